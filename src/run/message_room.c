// SPDX-License-Identifier: MIT
// How long a board's image stores the template of a message. Boards keep messages packed: a mark, then one byte for each of the 128 words
// that save most over all messages, other words spelled out with the spaces between them. A formatted message starts with a buffer of
// that length and a NUL (spec/heap-model.md 2.10; example: 7 bytes for "%q index out of range").
//
// The list below was made the same way from the messages of this program. Which rare words are in a board's list depends on its build;
// then the estimate is off by a few bytes, seldom by a block.
// Invariant: common[] is sorted by strcmp.
#include "run/message_room.h"
#include "rt.h"
#include <stdlib.h>
#include <string.h>

static const char *const common[] = {
    "%d", "%q", "%q()", "%q:", "%s", "%u", "'%c'", "'%q'", "'%s'", "'%s',", ".mpy", "1", "2", "3", "a", "allocation", "an", "and", "arg",
    "argument", "arguments", "assignment", "at", "attribute", "bad", "be", "buffer", "but", "by", "bytes", "can't", "class", "code",
    "complex", "convert", "divide", "doesn't", "empty", "expected", "extra", "failed,", "file", "for", "format", "found", "from", "full",
    "function", "generator", "given", "got", "has", "import", "in", "indent", "index", "indices", "int", "integers,", "invalid", "is",
    "isn't", "issubclass()", "item", "iterator", "keyword", "length", "list", "long", "memory", "missing", "mktime", "module", "multiple",
    "must", "name", "negative", "no", "not", "number", "object", "of", "on", "operation", "or", "out", "overflow", "pop", "positional",
    "range", "required", "sequence", "set", "should", "step", "string", "support", "supported", "syntax", "takes", "to", "too", "tuple",
    "type", "types", "unexpected", "unknown", "unpack", "unsupported", "use", "value", "values", "were", "with", "wrong", "zero",
};

enum { LONGEST_WORD = 16 };

static int word_compare(const void *a, const void *b) { return strcmp(a, *(const char *const *)b); }

static bool word_common(const char *word, size_t len) {
    char copy[LONGEST_WORD];
    if (len >= sizeof copy) return false;
    if ((len == 3 && memcmp(word, "%lu", 3) == 0) || (len == 3 && memcmp(word, "%zu", 3) == 0)) return true; // written %d on boards
    memcpy(copy, word, len);
    copy[len] = 0;
    return bsearch(copy, common, sizeof common / sizeof *common, sizeof *common, word_compare) != NULL;
}

size_t message_room(const char *format) {
    size_t stored = 1;
    bool spelled = false;
    if (!rt.profile.packed_messages) return strlen(format) + 1;
    while (*format) {
        size_t len = strcspn(format, " ");
        bool packed = word_common(format, len);
        if (len) stored += packed ? 1 : len + spelled;
        spelled = !packed;
        format += len + (format[len] == ' ');
    }
    return stored + 1;
}
