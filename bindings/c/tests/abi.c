/*
 * The C ABI from C: every function, every error, threads. bindings/c/test runs it, also
 * under Valgrind.
 *
 *   abi MAP.json OTHER.json
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlevel.h>

#define CHECK(what)                                                                   \
    do {                                                                              \
        if (!(what)) {                                                                \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #what);      \
            exit(1);                                                                  \
        }                                                                             \
    } while (0)

/* Something that a function must overwrite. */
#define RUBBISH ((void *)0x7)

static const char *const panel = "{\"policy\": \"panel\"}";

static uint8_t *file(const char *path, size_t *length) {
    FILE *stream = fopen(path, "rb");
    CHECK(stream != NULL);
    CHECK(fseek(stream, 0, SEEK_END) == 0);
    *length = (size_t)ftell(stream);
    rewind(stream);
    uint8_t *bytes = malloc(*length);
    CHECK(bytes != NULL && fread(bytes, 1, *length, stream) == *length);
    fclose(stream);
    return bytes;
}

static TlevelMap *map_of(const char *path) {
    size_t length;
    uint8_t *bytes = file(path, &length);
    TlevelMap *map = RUBBISH;
    TlevelError *error = RUBBISH;
    CHECK(tlevel_read(bytes, length, &map, &error) == TLEVEL_CODE_OK);
    CHECK(map != NULL && error == NULL);
    free(bytes);
    return map;
}

/* That a call failed as it should, and frees the error. */
#define failed(...) failed_at(__LINE__, __VA_ARGS__)
static void failed_at(int line, TlevelCode code, TlevelCode expected, TlevelError *error, const char *message) {
    const char *found = error == NULL ? "no error" : error->message;
    if (error == NULL || error->code != code || code != expected || strstr(found, message) == NULL) {
        fprintf(stderr, "line %d: expected code %d and \"%s\", found code %d: %s\n", line, expected, message, code, found);
        exit(1);
    }
    tlevel_free_error(error);
}

/* That a call succeeded, what its text begins with, and frees the text. */
static void gave(TlevelCode code, char *text, const TlevelError *error, const char *begin) {
    if (error != NULL) fprintf(stderr, "%s\n", error->message);
    CHECK(code == TLEVEL_CODE_OK && error == NULL && text != NULL);
    CHECK(strncmp(text, begin, strlen(begin)) == 0 && text[strlen(text) - 1] == '\n');
    tlevel_free_text(text);
}

static void results(const TlevelMap *map, const TlevelMap *other, const char *path) {
    char *text = RUBBISH;
    TlevelError *error = RUBBISH;
    TlevelCode code;
    size_t length;
    uint8_t *bytes = file(path, &length);
    code = tlevel_check(bytes, length, &text, &error);
    gave(code, text, error, "{\n  \"format\": \"tlevel-findings\"");
    free(bytes);
    code = tlevel_native(map, &text, &error);
    gave(code, text, error, "{\n  \"format\": \"tlevel-map\"");
    code = tlevel_derive(map, NULL, &text, &error);
    gave(code, text, error, "{\n  \"format\": \"tlevel-programmes\"");
    code = tlevel_derive(map, "{\"policy\": \"panel\", \"routeQuorum\": \"2/3\"}", &text, &error);
    gave(code, text, error, "{\n  \"format\": \"tlevel-programmes\"");
    code = tlevel_explain(map, "health-and-safety", panel, &text, &error);
    gave(code, text, error, "{\n");
    code = tlevel_harmonise(map, NULL, &text, &error);
    gave(code, text, error, "{\n");
    code = tlevel_topics(map, panel, &text, &error);
    gave(code, text, error, "{\n");
    code = tlevel_diff(map, other, "{\"names\": [\"before\", \"after\"]}", &text, &error);
    gave(code, text, error, "{\n");
}

static void placing(const TlevelMap *map) {
    TlevelPlacer *placer = RUBBISH, *loaded = RUBBISH;
    TlevelError *error = RUBBISH;
    char *text, *again;
    uint8_t *bytes;
    size_t length;
    const char *new = "{\"title\": \"Dachdecker f\xc3\xbcr Solaranlagen\", \"level\": 3}\n{\"title\": \"Plasterer\"}\n";
    CHECK(tlevel_placer(map, "{\"wordsOnly\": true}", &placer, &error) == TLEVEL_CODE_OK && error == NULL);
    CHECK(tlevel_suggest(placer, new, "{\"top\": 2, \"explain\": true}", &text, NULL) == TLEVEL_CODE_OK);
    CHECK(strncmp(text, "[\n{\"occupation\":", 16) == 0 && strstr(text, "\"explanations\":") != NULL);

    CHECK(tlevel_save_placer(placer, &length, &bytes, &error) == TLEVEL_CODE_OK && length > 1000);
    tlevel_free_placer(placer);
    CHECK(tlevel_load_placer(bytes, length, &loaded, &error) == TLEVEL_CODE_OK);
    CHECK(tlevel_suggest(loaded, new, "{\"top\": 2, \"explain\": true}", &again, NULL) == TLEVEL_CODE_OK);
    CHECK(strcmp(text, again) == 0);
    tlevel_free_text(text);
    tlevel_free_text(again);

    bytes[length / 2] ^= 1;
    placer = RUBBISH;
    TlevelCode code = tlevel_load_placer(bytes, length, &placer, &error);
    CHECK(placer == NULL);
    failed(code, TLEVEL_CODE_BAD_PLACER, error, "the index is damaged");
    tlevel_free_bytes(bytes, length);

    code = tlevel_suggest(loaded, "{\"title\": \"Baker\"}\n{\"titel\": 5}", NULL, &text, &error);
    CHECK(text == NULL && error->line == 2 && error->column == 1);
    failed(code, TLEVEL_CODE_BAD_OCCUPATIONS, error, "nothing to go by");
    code = tlevel_suggest(loaded, "[]", "{\"tpo\": 1}", &text, &error);
    failed(code, TLEVEL_CODE_BAD_OPTIONS, error, "unknown field `tpo`");
    tlevel_free_placer(loaded);
}

/* what another library would hand over: a column of titles */
static const char *const TITLES = "PlastererRoofer";
static const int32_t OFFSETS[3] = {0, 9, 15};
static int released;

static void release(struct ArrowArray *rows) {
    released++;
    rows->release = NULL;
}

static void keep(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void tables(const TlevelMap *map) {
    TlevelPlacer *placer;
    TlevelError *error = RUBBISH;
    CHECK(tlevel_placer(map, "{\"wordsOnly\": true}", &placer, &error) == TLEVEL_CODE_OK);
    const void *buffers[3] = {NULL, OFFSETS, TITLES};
    struct ArrowSchema schema = {.format = "u", .name = "title", .release = keep};
    for (int n = 0; n < 2; n++) {
        struct ArrowArray rows = {.length = 2, .n_buffers = 3, .buffers = buffers, .release = release};
        struct ArrowSchema found_schema;
        struct ArrowArray found;
        TlevelCode code = tlevel_suggest_batch(placer, &rows, &schema, "{\"top\": 1}", &found_schema, &found, &error);
        CHECK(code == TLEVEL_CODE_OK && error == NULL && rows.release == NULL && released == n + 1);
        CHECK(strcmp(found_schema.format, "+s") == 0 && found_schema.n_children == 9);
        CHECK(strcmp(found_schema.children[2]->name, "cluster") == 0 && found.length == 2);
        const int64_t *row = found.children[0]->buffers[1];
        CHECK(row[0] == 0 && row[1] == 1);
        const int32_t *ends = found.children[2]->buffers[1];
        CHECK(ends[1] > 0 && ends[2] > ends[1]);
        found.release(&found);
        found_schema.release(&found_schema);

        /* what is refused is released all the same */
        rows = (struct ArrowArray){.length = 2, .n_buffers = 3, .buffers = buffers, .release = release};
        code = tlevel_suggest_batch(placer, &rows, &schema, "{\"tpo\": 1}", &found_schema, &found, &error);
        CHECK(rows.release == NULL && released == n + 2 && found.release == NULL && found_schema.release == NULL);
        failed(code, TLEVEL_CODE_BAD_OPTIONS, error, "unknown field `tpo`");
        released--;
    }
    CHECK(schema.release == keep);
    tlevel_free_placer(placer);
}

static void errors(const TlevelMap *map) {
    TlevelMap *none = RUBBISH;
    TlevelPlacer *placer = RUBBISH;
    TlevelError *error = RUBBISH;
    char *text = RUBBISH;
    uint8_t *bytes = RUBBISH;
    size_t length = 0;
    TlevelCode code;

    const char *wrong = "{\"format\": \"tlevel-map\", \"version\": 1,\n \"routes\": 5}";
    code = tlevel_read((const uint8_t *)wrong, strlen(wrong), &none, &error);
    CHECK(none == NULL && error->line == 2 && error->column == 12);
    CHECK(strcmp(error->place, "line 2, column 12") == 0 && strcmp(error->pointer, "/routes") == 0);
    failed(code, TLEVEL_CODE_BAD_MAP, error, "expected ");
    code = tlevel_check((const uint8_t *)"\xff\xfe", 2, &text, &error);
    CHECK(text == NULL);
    failed(code, TLEVEL_CODE_BAD_MAP, error, "");
    code = tlevel_read((const uint8_t *)"", 0, &none, &error);
    CHECK(error->place == NULL && error->pointer == NULL && error->line == 0);
    failed(code, TLEVEL_CODE_BAD_MAP, error, "the input is empty");

    code = tlevel_derive(map, "{\"policy\": \"pannel\"}", &text, &error);
    failed(code, TLEVEL_CODE_BAD_OPTIONS, error, "did you mean \"panel\"?");
    code = tlevel_derive(map, "{\"decisions\": \"colour,size\\nred,3\\n\"}", &text, &error);
    failed(code, TLEVEL_CODE_BAD_OPTIONS, error, "decisions: ");
    code = tlevel_derive(map, "{\"pathway\": \"no such pathway\"}", &text, &error);
    failed(code, TLEVEL_CODE_NOT_FOUND, error, "pathway: ");
    code = tlevel_explain(map, "no such thing", NULL, &text, &error);
    failed(code, TLEVEL_CODE_NOT_FOUND, error, "neither a concept's id");
    code = tlevel_derive(map, "{\"policy\": \"\xff\"}", &text, &error);
    failed(code, TLEVEL_CODE_NOT_UTF8, error, "options: byte 13 is not UTF-8");

    /* NULL for every argument */
#define REFUSED(call)                                                                 \
    do {                                                                              \
        code = call;                                                                  \
        failed(code, TLEVEL_CODE_BAD_ARGUMENT, error, " is NULL");                    \
    } while (0)
    REFUSED(tlevel_read(NULL, 0, &none, &error));
    REFUSED(tlevel_read((const uint8_t *)"", 0, NULL, &error));
    REFUSED(tlevel_check(NULL, 10, &text, &error));
    REFUSED(tlevel_check((const uint8_t *)"", 0, NULL, &error));
    REFUSED(tlevel_native(NULL, &text, &error));
    REFUSED(tlevel_native(map, NULL, &error));
    REFUSED(tlevel_derive(NULL, NULL, &text, &error));
    REFUSED(tlevel_derive(map, NULL, NULL, &error));
    REFUSED(tlevel_explain(NULL, "x", NULL, &text, &error));
    REFUSED(tlevel_explain(map, NULL, NULL, &text, &error));
    REFUSED(tlevel_explain(map, "x", NULL, NULL, &error));
    REFUSED(tlevel_harmonise(NULL, NULL, &text, &error));
    REFUSED(tlevel_harmonise(map, NULL, NULL, &error));
    REFUSED(tlevel_topics(NULL, NULL, &text, &error));
    REFUSED(tlevel_topics(map, NULL, NULL, &error));
    REFUSED(tlevel_diff(NULL, map, NULL, &text, &error));
    REFUSED(tlevel_diff(map, NULL, NULL, &text, &error));
    REFUSED(tlevel_diff(map, map, NULL, NULL, &error));
    REFUSED(tlevel_placer(NULL, NULL, &placer, &error));
    REFUSED(tlevel_placer(map, NULL, NULL, &error));
    REFUSED(tlevel_suggest(NULL, "[]", NULL, &text, &error));
    CHECK(tlevel_suggest_batch(NULL, NULL, NULL, NULL, NULL, NULL, NULL) == TLEVEL_CODE_BAD_ARGUMENT);
    REFUSED(tlevel_save_placer(NULL, &length, &bytes, &error));
    REFUSED(tlevel_save_placer(NULL, NULL, &bytes, &error));
    REFUSED(tlevel_save_placer(NULL, &length, NULL, &error));
    REFUSED(tlevel_load_placer(NULL, 7, &placer, &error));
    REFUSED(tlevel_load_placer((const uint8_t *)"", 0, NULL, &error));
    CHECK(tlevel_derive(NULL, NULL, NULL, NULL) == TLEVEL_CODE_BAD_ARGUMENT);
    /* a length that nothing has */
    code = tlevel_read((const uint8_t *)"", SIZE_MAX, &none, &error);
    failed(code, TLEVEL_CODE_BAD_ARGUMENT, error, "is no length of anything in memory");

    tlevel_free_map(NULL);
    tlevel_free_placer(NULL);
    tlevel_free_text(NULL);
    tlevel_free_bytes(NULL, 3);
    tlevel_free_error(NULL);
}

static void *derived(void *map) {
    char *text;
    CHECK(tlevel_derive(map, panel, &text, NULL) == TLEVEL_CODE_OK);
    return text;
}

static void threads(TlevelMap *map) {
    pthread_t others[2];
    char *expected = derived(map);
    void *text;
    for (int n = 0; n < 2; n++) CHECK(pthread_create(&others[n], NULL, derived, map) == 0);
    for (int n = 0; n < 2; n++) {
        CHECK(pthread_join(others[n], &text) == 0);
        CHECK(strcmp(text, expected) == 0);
        tlevel_free_text(text);
    }
    tlevel_free_text(expected);
}

int main(int count, char **words) {
    CHECK(count == 3);
    CHECK(strchr(tlevel_version(), '.') != NULL);
    TlevelMap *map = map_of(words[1]), *other = map_of(words[2]);
    errors(map);
    results(map, other, words[1]);
    placing(map);
    tables(map);
    threads(map);
    tlevel_free_map(map);
    tlevel_free_map(other);
    puts("abi.c: all checks hold");
    return 0;
}
