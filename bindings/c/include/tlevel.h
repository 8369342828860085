/*
 * tlevel: T Level programme structures from an occupational map.
 *
 * Written by cbindgen from bindings/c/src; bindings/c/README.md is the manual.
 *
 * Rules for every function
 *
 * Texts      are UTF-8 and end with a zero byte. Results are JSON, byte for byte what
 *            the command line prints. Options are a JSON object with the options of the
 *            command line in camel case ({"routeQuorum": "2/3"}); NULL means none.
 * Results    are written to the last but one argument, which must not be NULL. It
 *            becomes NULL if the call fails. Free each result with its own function.
 *            tlevel_suggest_batch has two, which are released as Arrow asks.
 * Errors     are written to the last argument: NULL after a success, otherwise an error
 *            for tlevel_free_error. Pass NULL if the code is enough.
 * Pointers   that are NULL where something is needed are errors. Any other pointer must
 *            be what its argument asks for, and not freed. Freeing NULL does nothing;
 *            freeing anything twice is undefined, as with free().
 * Threads    may share maps and placers: no call changes them. Free them when no call
 *            uses them any longer. An error or text belongs to one thread at a time.
 * Panics     do not cross the boundary: they become TLEVEL_CODE_INTERNAL.
 */

#ifndef TLEVEL_H
#define TLEVEL_H

#include <stddef.h>
#include <stdint.h>
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

/* Arrow's C data interface, as every library that knows it declares it:
   https://arrow.apache.org/docs/format/CDataInterface.html */
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif


// How a call ended.
enum TlevelCode
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    // It is done.
    TLEVEL_CODE_OK = 0,
    // An argument is NULL, or a length that no memory can have.
    TLEVEL_CODE_BAD_ARGUMENT = 1,
    // A text is not UTF-8.
    TLEVEL_CODE_NOT_UTF8 = 2,
    // The bytes are not a map, or nothing on it can be used.
    TLEVEL_CODE_BAD_MAP = 3,
    // An option is unknown or wrong, or a file given as an option.
    TLEVEL_CODE_BAD_OPTIONS = 4,
    // New occupations cannot be read.
    TLEVEL_CODE_BAD_OCCUPATIONS = 5,
    // The bytes are not a saved placer of this version.
    TLEVEL_CODE_BAD_PLACER = 6,
    // What was asked about is not on the map.
    TLEVEL_CODE_NOT_FOUND = 7,
    // A fault of the library, such as a panic; please report it.
    TLEVEL_CODE_INTERNAL = 8,
    // An Arrow table cannot be used: a column is missing or has another type, or a value
    // is null where one is needed.
    TLEVEL_CODE_BAD_TABLE = 9,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum TlevelCode TlevelCode;
#else
typedef int32_t TlevelCode;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// A checked map.
typedef struct TlevelMap TlevelMap;

// What is known of a map's clusters, to place new occupations.
typedef struct TlevelPlacer TlevelPlacer;

// Why a call failed. The library owns it and its texts: tlevel_free_error frees all.
typedef struct TlevelError {
    // What kind of failure it is.
    TlevelCode code;
    // The line in the input, from 1; 0 if there is none.
    uint32_t line;
    // The column in the line, in characters, from 1; 0 if there is none.
    uint32_t column;
    // What is wrong, where, and what to do.
    const char *message;
    // The place as people write it, such as "line 3, column 7" or "'Sheet'!F7", or NULL.
    const char *place;
    // The JSON pointer of the value that is wrong, such as "/routes/0", or NULL.
    const char *pointer;
} TlevelError;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Returns the version of the library, such as "0.1.0". It is not to be freed.
const char *tlevel_version(void);

// Reads and checks a map, in any format that the command line knows. Records that
// cannot be used are set aside; tlevel_check reports them.
//
// Free the map with tlevel_free_map.
TlevelCode tlevel_read(const uint8_t *bytes,
                       size_t length,
                       struct TlevelMap **map,
                       struct TlevelError **error);

// Returns what the rules find in a map: tlevel check --format json.
//
// Also for maps that tlevel_read refuses because nothing on them can be used.
TlevelCode tlevel_check(const uint8_t *bytes,
                        size_t length,
                        char **text,
                        struct TlevelError **error);

// Returns the map in the native format: tlevel convert.
TlevelCode tlevel_native(const struct TlevelMap *map, char **text, struct TlevelError **error);

// Returns the programmes of a map: tlevel derive --format json.
//
// Options: policy, quorum, routeQuorum, near, specialisms, on, threshold, exact, share,
// pathway, topics, onlyTopics; and the texts of files: concepts, ledger, decisions,
// topicDecisions.
TlevelCode tlevel_derive(const struct TlevelMap *map,
                         const char *options,
                         char **text,
                         struct TlevelError **error);

// Returns why a concept, a statement ("LARS82 K4") or a topic is core or not: tlevel
// derive --explain ABOUT --format json. The options are those of tlevel_derive.
TlevelCode tlevel_explain(const struct TlevelMap *map,
                          const char *about,
                          const char *options,
                          char **text,
                          struct TlevelError **error);

// Returns concepts and topics: tlevel harmonise --format json.
//
// Options: policy, threshold, exact, ledger, topics, onlyTopics, topicDecisions.
TlevelCode tlevel_harmonise(const struct TlevelMap *map,
                            const char *options,
                            char **text,
                            struct TlevelError **error);

// Returns which occupation has which topic: tlevel derive --matrix FILE.json. The
// options are those of tlevel_derive.
TlevelCode tlevel_topics(const struct TlevelMap *map,
                         const char *options,
                         char **text,
                         struct TlevelError **error);

// Returns what differs between two maps, and what that does to the programmes: tlevel
// diff --format json.
//
// Options: those of tlevel_derive, newPolicy, and names, a list of the two maps' names.
TlevelCode tlevel_diff(const struct TlevelMap *old,
                       const struct TlevelMap *new_,
                       const char *options,
                       char **text,
                       struct TlevelError **error);

// Learns the clusters of a map. This takes a second or so for a large map; keep the
// placer, which needs the map no longer.
//
// Options: wordsOnly. Free the placer with tlevel_free_placer.
TlevelCode tlevel_placer(const struct TlevelMap *map,
                         const char *options,
                         struct TlevelPlacer **placer,
                         struct TlevelError **error);

// Returns the clusters that new occupations may belong to: tlevel suggest --new FILE
// --format json. The occupations are JSON: one, a list, or one a line.
//
// Options: top, explain.
TlevelCode tlevel_suggest(const struct TlevelPlacer *placer,
                          const char *occupations,
                          const char *options,
                          char **text,
                          struct TlevelError **error);

// Suggests clusters for each row of an Arrow table, through Arrow's C data interface.
// The table is a struct of columns, or one column of titles; bindings/c/README.md has
// the columns that are read, and those of the result.
//
// The call takes `rows`, as Arrow's importers do: it releases them, also if it fails, and
// marks them as released. `schema` stays the caller's, for the next rows. The caller
// releases `found_schema` and `found`; after a failure both are released already.
//
// Options: top (3 unless given), minConfidence, evidence, firstRow.
TlevelCode tlevel_suggest_batch(const struct TlevelPlacer *placer,
                                struct ArrowArray *rows,
                                const struct ArrowSchema *schema,
                                const char *options,
                                struct ArrowSchema *found_schema,
                                struct ArrowArray *found,
                                struct TlevelError **error);

// Returns a placer as bytes, to keep in a file: tlevel suggest --save-index. `length`
// receives how many there are. Free them with tlevel_free_bytes.
TlevelCode tlevel_save_placer(const struct TlevelPlacer *placer,
                              size_t *length,
                              uint8_t **bytes,
                              struct TlevelError **error);

// Loads a placer that tlevel_save_placer or the command line saved. This is faster than
// learning again. A placer loads only in the version of the library that saved it.
TlevelCode tlevel_load_placer(const uint8_t *bytes,
                              size_t length,
                              struct TlevelPlacer **placer,
                              struct TlevelError **error);

// Frees a map. NULL is ignored.
void tlevel_free_map(struct TlevelMap *map);

// Frees a placer. NULL is ignored.
void tlevel_free_placer(struct TlevelPlacer *placer);

// Frees a text. NULL is ignored.
void tlevel_free_text(char *text);

// Frees the bytes of tlevel_save_placer, with the length that it gave. NULL is ignored.
void tlevel_free_bytes(uint8_t *bytes, size_t length);

// Frees an error and its texts. NULL is ignored.
void tlevel_free_error(struct TlevelError *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* TLEVEL_H */
