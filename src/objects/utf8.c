// SPDX-License-Identifier: MIT
// UTF-8 as MicroPython has it: a lead byte 00..7f or c0..f7 and the continuation bytes it announces. Overlong forms and surrogates
// are accepted, codes above 10ffff too.
//
// Most text is ASCII, and positions in it must cost nothing: counting and walking take eight bytes at a step. In such a word a byte is
// a continuation (10xxxxxx) when its top bit is set and the next one is not.
// Valid text may be walked without looking at its end, because a NUL follows it and a NUL is no continuation.
#include "objects/text.h"

enum { WORD = 8 };
static const uint64_t TOP_BITS = 0x8080808080808080u, LOW_BITS = 0x0101010101010101u;

static inline uint64_t word_load(const char *p) {
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

static inline bool is_continuation(char c) { return ((uint8_t)c & 0xc0) == 0x80; }

static inline unsigned word_characters(uint64_t w) {
    return WORD - (unsigned)__builtin_popcountll((w >> 7) & ~(w >> 6) & LOW_BITS);
}

bool utf8_ascii(const char *data, size_t len) {
    size_t i = 0;
    for (; i + WORD <= len; i += WORD)
        if (word_load(data + i) & TOP_BITS) return false;
    for (; i < len; i++)
        if ((uint8_t)data[i] & 0x80) return false;
    return true;
}

size_t utf8_length(const char *data, size_t len) {
    size_t i = 0, n = 0;
    for (; i + WORD <= len; i += WORD) {
        uint64_t w = word_load(data + i);
        n += w & TOP_BITS ? word_characters(w) : WORD;
    }
    for (; i < len; i++) n += !is_continuation(data[i]);
    return n;
}

// Continuation bytes that follow a lead byte; -1: not a lead byte.
static int lead_follows(uint8_t lead) {
    if (lead < 0x80) return 0;
    if (lead < 0xc0 || lead >= 0xf8) return -1;
    return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

size_t utf8_valid_start(const char *data, size_t len, size_t *wrong) {
    size_t i = 0;
    *wrong = 0;
    while (i < len) {
        if (i + WORD <= len && !(word_load(data + i) & TOP_BITS)) {
            i += WORD;
            continue;
        }
        size_t start = i;
        int follows = lead_follows((uint8_t)data[i++]);
        while (follows > 0 && i < len && is_continuation(data[i])) follows--, i++;
        if (follows == 0) continue;
        *wrong = i - start;
        return start;
    }
    return len;
}

bool utf8_valid(const char *data, size_t len) {
    size_t wrong;
    return utf8_valid_start(data, len, &wrong) == len;
}

size_t utf8_forward(const char *data, size_t len, size_t n, size_t *left) {
    size_t i = 0;
    while (n >= WORD && i + WORD <= len) {
        uint64_t w = word_load(data + i);
        n -= w & TOP_BITS ? word_characters(w) : WORD;
        i += WORD;
    }
    // a word may have ended inside a character; its lead byte is counted already
    while (i < len && is_continuation(data[i])) i++;
    while (n > 0 && i < len) {
        n--;
        i++;
        while (i < len && is_continuation(data[i])) i++;
    }
    *left = n;
    return i;
}

size_t utf8_backward(const char *data, size_t len, size_t n, size_t *left) {
    size_t i = len;
    while (n > WORD && i >= WORD) {
        uint64_t w = word_load(data + i - WORD);
        n -= w & TOP_BITS ? word_characters(w) : WORD;
        i -= WORD;
    }
    while (n > 0 && i > 0) {
        do i--;
        while (i > 0 && is_continuation(data[i]));
        n--;
    }
    *left = n;
    return i;
}

size_t utf8_cut(const char *data, size_t len) {
    size_t start = len;
    for (unsigned back = 0; start > 0 && back < 4; back++) {
        start--;
        if (!is_continuation(data[start])) {
            int follows = lead_follows((uint8_t)data[start]);
            return follows >= 0 && start + 1 + (size_t)follows <= len ? len : start;
        }
    }
    return len;
}

size_t utf8_width(const char *p) {
    size_t n = 1;
    if (!((uint8_t)*p & 0x80)) return 1;
    while (n < 4 && is_continuation(p[n])) n++;
    return n;
}

unsigned utf8_put(char out[4], uint32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | (code >> 18 & 7));
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

const char *utf8_next(const char *p, uint32_t *code) {
    uint8_t lead = (uint8_t)*p++;
    int follows = lead_follows(lead);
    if (follows <= 0) {
        *code = lead;
        return p;
    }
    uint32_t c = lead & (0x3fu >> follows);
    for (; follows > 0 && is_continuation(*p); follows--) c = c << 6 | ((uint8_t)*p++ & 0x3f);
    *code = c;
    return p;
}
