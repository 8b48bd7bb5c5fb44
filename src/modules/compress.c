// SPDX-License-Identifier: MIT
// The compressor of DEFLATE: one block with the fixed codes, references found greedily.
//
// At each place the longest match within the window is taken, of equally long ones the nearest; it looks ahead as far as the data of this
// call, and at most SEARCH_MOST bytes. This is what a board's compressor does, so the result is the same byte for byte.
//
// Data and window are put side by side in host memory for one call. Places with the same next three bytes are chained there, nearest first,
// so that the search does not compare with every place; `earlier` holds the window's places only.
// Each byte goes to the stream when its eight bits are there. When the stream raises, the rest of the call's data is lost and the byte is
// tried again at the next occasion.
#include "heap/heap.h"
#include "modules/deflate.h"
#include "modules/stream.h"
#include "run/raise.h"
#include "run/vm.h"

#include <errno.h>

enum { BOARD_BYTES = 48, SEARCH_MOST = MATCH_MOST + 1, HASH_BITS = 14, POLL_BYTES = 4096 };

struct compress { // BOARD_BYTES bytes and the window
    uint32_t bits, n_bits;
    uint32_t window_size, history; // the last bytes of the window are history
    uint32_t checksum, total;
    uint8_t format, window_bits;
    bool has_header;
    uint8_t window[];
};

// One call of compress_write.
struct search {
    struct compress *c;
    obj_t stream;
    uint8_t *text;              // the history, then the data
    size_t start, end;          // of the data
    int32_t *newest, *earlier;  // chains of places: newest[hash], earlier[place & (window_size - 1)]; -1 ends
};

struct compress *compress_new(enum deflate_format format, unsigned window_bits) {
    if (window_bits == 0) window_bits = WINDOW_BITS_USUAL;
    struct compress *c = heap_new(0, BOARD_BYTES + ((size_t)1 << window_bits), HEAP_DATA);
    c->format = (uint8_t)(format == DEFLATE_AUTO ? DEFLATE_RAW : format);
    c->window_bits = (uint8_t)window_bits;
    c->window_size = 1u << window_bits;
    c->checksum = format == DEFLATE_ZLIB ? 1 : 0;
    c->bits = 3; // the last block, fixed codes
    c->n_bits = 3;
    return c;
}

// ---- bits ---------------------------------------------------------------------------------------------------------------------
static void bits_flush(struct compress *c, obj_t stream) {
    while (c->n_bits >= 8) {
        uint8_t byte = (uint8_t)c->bits;
        stream_write_all(stream, &byte, 1);
        c->bits >>= 8;
        c->n_bits -= 8;
    }
}

static void bits_put(struct compress *c, obj_t stream, uint32_t value, unsigned n) {
    if (c->n_bits >= 8) bits_flush(c, stream); // a byte that the stream refused before
    c->bits |= value << c->n_bits;
    c->n_bits += n;
    bits_flush(c, stream);
}

// Codes go out highest bit first.
static void code_put(struct compress *c, obj_t stream, uint32_t code, unsigned n) {
    uint32_t reversed = 0;
    for (unsigned i = 0; i < n; i++) reversed |= (code >> i & 1) << (n - 1 - i);
    bits_put(c, stream, reversed, n);
}

static void symbol_put(struct compress *c, obj_t stream, unsigned symbol) {
    if (symbol < 144) code_put(c, stream, 0x30 + symbol, 8);
    else if (symbol < 256) code_put(c, stream, 0x190 + symbol - 144, 9);
    else if (symbol < 280) code_put(c, stream, symbol - 256, 7);
    else code_put(c, stream, 0xc0 + symbol - 280, 8);
}

static unsigned table_index(const uint16_t *base, unsigned n, uint32_t value) {
    unsigned i = n - 1;
    while (base[i] > value) i--;
    return i;
}

static void reference_put(struct compress *c, obj_t stream, uint32_t distance, uint32_t length) {
    while (length > 0) {
        uint32_t part = length > MATCH_MOST ? MATCH_MOST - 2 : length; // what is left is no shorter than a reference can be
        unsigned i = table_index(deflate_length_base, LENGTH_CODES, part);
        symbol_put(c, stream, END_OF_BLOCK + 1 + i);
        bits_put(c, stream, part - deflate_length_base[i], deflate_length_extra[i]);
        i = table_index(deflate_distance_base, DISTANCE_CODES, distance);
        code_put(c, stream, i, 5);
        bits_put(c, stream, distance - deflate_distance_base[i], deflate_distance_extra[i]);
        length -= part;
    }
}

// ---- matches ------------------------------------------------------------------------------------------------------------------
static uint32_t place_hash(const uint8_t *p) {
    uint32_t three = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
    return three * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void search_enter(struct search *s, size_t at) {
    if (s->end - at < MATCH_LEAST) return;
    int32_t *newest = &s->newest[place_hash(s->text + at)];
    s->earlier[at & (s->c->window_size - 1)] = *newest;
    *newest = (int32_t)at;
}

static uint64_t load(const uint8_t *p, size_t n) {
    uint64_t v = 0;
    memcpy(&v, p, n);
    return v;
}

// The end of what must be the same: byte `best` and the three before it.
static inline bool could_be_longer(const uint8_t *a, const uint8_t *b, size_t best) {
    return best < MATCH_LEAST || (uint32_t)load(a + best - 3, 4) == (uint32_t)load(b + best - 3, 4);
}

// Bytes that are the same, at most `most`; a is before b.
static inline size_t common_length(const uint8_t *a, const uint8_t *b, size_t most) {
    size_t n = 0;
    while (n + 8 <= most && load(a + n, 8) == load(b + n, 8)) n += 8;
    while (n < most && a[n] == b[n]) n++;
    return n;
}

static size_t search_longest(const struct search *s, size_t at, size_t *distance) {
    size_t most = s->end - at < SEARCH_MOST ? s->end - at : SEARCH_MOST, best = 0;
    if (most < MATCH_LEAST) return 0;
    const uint8_t *here = s->text + at;
    size_t window = s->c->window_size;
    for (int32_t from = s->newest[place_hash(here)]; from >= 0 && at - (size_t)from <= window;) {
        const uint8_t *there = s->text + from;
        size_t n = could_be_longer(there, here, best) ? common_length(there, here, most) : 0;
        if (n > best) {
            best = n;
            *distance = at - (size_t)from;
            if (best == most) break;
        }
        int32_t next = s->earlier[(size_t)from & (window - 1)];
        if (next >= from) break; // its slot belongs to a newer place
        from = next;
    }
    return best < MATCH_LEAST ? 0 : best;
}

// The last bytes before `at` become the history.
static void window_keep(struct search *s, size_t at) {
    struct compress *c = s->c;
    size_t n = at < c->window_size ? at : c->window_size;
    memcpy(c->window + c->window_size - n, s->text + at - n, n);
    c->history = (uint32_t)n;
}

static void search_run(void *arg) {
    struct search *s = arg;
    for (size_t at = 0; at < s->start; at++) search_enter(s, at);
    for (size_t at = s->start, distance = 0, polled = 0; at < s->end;) {
        size_t length = search_longest(s, at, &distance);
        if (length == 0) symbol_put(s->c, s->stream, s->text[at]);
        else reference_put(s->c, s->stream, (uint32_t)distance, (uint32_t)length);
        for (size_t end = at + (length ? length : 1); at < end; at++) search_enter(s, at);
        if (at - polled > POLL_BYTES) {
            polled = at;
            poll_keyboard();
        }
    }
}

// ---- wrappers ---------------------------------------------------------------------------------------------------------------
static void header_put(struct compress *c, obj_t stream) {
    uint8_t header[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3};
    size_t len = 10;
    if (c->format == DEFLATE_RAW) return;
    if (c->format == DEFLATE_ZLIB) {
        unsigned first = (c->window_bits < 9 ? 1u : c->window_bits - 8u) << 4 | 8, level = 2 << 6; // it can state 512 bytes and more
        header[0] = (uint8_t)first;
        header[1] = (uint8_t)(level + 31 - (first << 8 | level) % 31);
        len = 2;
    }
    int error;
    const struct stream_ops *ops = obj_stream(stream);
    if (!ops->write) raise_message(&type_OSError, "stream operation not supported");
    if (ops->write(stream, header, len, &error) < 0) raise_os(EINVAL);
}

void compress_start(struct compress *c, obj_t stream) {
    if (!c->has_header) header_put(c, stream);
    c->has_header = true;
}

void compress_write(struct compress *c, obj_t stream, const uint8_t *data, size_t len) {
    if (len == 0) return;
    if (len > INT32_MAX - c->window_size) raise_no_memory(len);
    compress_start(c, stream);
    struct search s = {.c = c, .stream = stream, .start = c->history, .end = c->history + len};
    s.text = host_alloc(s.end);
    s.newest = host_alloc(sizeof *s.newest << HASH_BITS);
    s.earlier = host_alloc(sizeof *s.earlier * c->window_size);
    memcpy(s.text, c->window + c->window_size - c->history, c->history);
    memcpy(s.text + s.start, data, len); // the stream may be one that changes them
    memset(s.newest, 0xff, sizeof *s.newest << HASH_BITS);
    if (c->format == DEFLATE_ZLIB) c->checksum = deflate_adler(c->checksum, s.text + s.start, len);
    else if (c->format == DEFLATE_GZIP) c->checksum = binascii_crc(c->checksum, s.text + s.start, len);
    c->total += (uint32_t)len;
    obj_t exception;
    bool written = protect(search_run, &s, &exception);
    window_keep(&s, s.end);
    host_free(s.text);
    host_free(s.newest);
    host_free(s.earlier);
    if (!written) raise_object(exception);
}

void compress_end(struct compress *c, obj_t stream) {
    if (!c->has_header) return; // nothing was written: nothing is
    symbol_put(c, stream, END_OF_BLOCK);
    if (c->n_bits > 0) bits_put(c, stream, 0, 8 - c->n_bits);
    uint8_t trailer[8];
    if (c->format == DEFLATE_ZLIB) {
        for (int i = 0; i < 4; i++) trailer[i] = (uint8_t)(c->checksum >> (24 - 8 * i));
        stream_write_all(stream, trailer, 4);
    } else if (c->format == DEFLATE_GZIP) {
        for (int i = 0; i < 4; i++) trailer[i] = (uint8_t)(c->checksum >> 8 * i);
        for (int i = 0; i < 4; i++) trailer[4 + i] = (uint8_t)(c->total >> 8 * i);
        stream_write_all(stream, trailer, 8);
    }
}
