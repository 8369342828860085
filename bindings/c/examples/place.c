/* Places an occupation: ./place MAP.json "Solar panel installer" */
#include <stdio.h>
#include <stdlib.h>
#include <tlevel.h>

static void stop_at(TlevelError *error) {
    if (error == NULL) return;
    fprintf(stderr, "place: %s\n", error->message);
    if (error->line > 0) fprintf(stderr, "  at line %u, column %u\n", error->line, error->column);
    tlevel_free_error(error);
    exit(2);
}

/* Reads a whole file. */
static uint8_t *file(const char *path, size_t *length) {
    FILE *stream = fopen(path, "rb");
    uint8_t *bytes = malloc(64u << 20);
    if (stream == NULL || bytes == NULL) {
        perror(path);
        exit(2);
    }
    *length = fread(bytes, 1, 64u << 20, stream);
    fclose(stream);
    return bytes;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: %s MAP.json TITLE\n", words[0]);
        return 2;
    }
    size_t length;
    uint8_t *bytes = file(words[1], &length);
    TlevelMap *map;
    TlevelPlacer *placer;
    TlevelError *error;
    char *text;

    tlevel_read(bytes, length, &map, &error);
    stop_at(error);
    free(bytes);
    tlevel_placer(map, NULL, &placer, &error);
    stop_at(error);
    tlevel_free_map(map); /* the placer does not need it */

    /* a title with quotes or backslashes would have to be escaped */
    char occupation[1024];
    snprintf(occupation, sizeof occupation, "{\"title\": \"%s\"}", words[2]);
    tlevel_suggest(placer, occupation, "{\"top\": 1}", &text, &error);
    stop_at(error);
    fputs(text, stdout);

    tlevel_free_text(text);
    tlevel_free_placer(placer);
    return 0;
}
