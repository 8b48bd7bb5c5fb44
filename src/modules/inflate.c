// SPDX-License-Identifier: MIT
// The decompressor of DEFLATE.
//
// Invariants
//  - A byte is taken from the stream only when the next code cannot be told without it.
//  - `bits` holds n_bits bits that are taken and not used, lowest first; at most 22.
//  - Whatever is read of a block or wrapper that cannot be taken up again in the middle is read with stage FAILED; a stream that
//    raises there leaves it so. Between two symbols the stage is right, and reading can go on after an exception.
//  - The last `window_size` bytes (or fewer, `history`) are in the window; a distance larger than that is an error.
// A code table has the lengths' counts and the symbols in order of their codes, and a table over the next bits that tells symbol and
// length of short codes at once; an entry 0 says "longer, or no code". A board has the first two only: 1296 bytes.
#include "heap/heap.h"
#include "modules/deflate.h"
#include "modules/stream.h"
#include "run/raise.h"

#include <errno.h>

enum { BOARD_WORDS = 1296 / 4, LITERALS = 288, DISTANCES = 32, LITERAL_FAST = 9, DISTANCE_FAST = 7 };
enum stage { STAGE_HEADER, STAGE_BLOCK, STAGE_STORED, STAGE_CODES, STAGE_TRAILER, STAGE_DONE, STAGE_FAILED };

struct code_table {
    uint16_t *count, *symbol, *fast; // count[length], symbol[in order of codes], fast[next bits]: symbol << 4 | length
    unsigned fast_bits;
};

struct inflate { // BOARD_WORDS words
    uint8_t *window;
    const uint8_t *lent, *at, *end; // while reading from a stream in memory: its bytes, from lent on; those before at are used
    uint32_t window_size, place, history; // place: where the next byte goes in the window
    uint32_t bits;
    uint8_t n_bits, stage, format, window_bits;
    bool last;                 // this is the last block
    uint32_t stored;           // bytes left of a stored block
    uint32_t length, distance; // of the reference that is being copied
    uint32_t checksum, total;
    uint16_t literal_count[CODE_BITS_MOST + 1], literal_symbol[LITERALS], literal_fast[1 << LITERAL_FAST];
    uint16_t distance_count[CODE_BITS_MOST + 1], distance_symbol[DISTANCES], distance_fast[1 << DISTANCE_FAST];
};
_Static_assert(sizeof(struct inflate) <= 8 * BOARD_WORDS, "fits the run of the desktop");

const uint16_t deflate_length_base[LENGTH_CODES] = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
const uint8_t deflate_length_extra[LENGTH_CODES] = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
const uint16_t deflate_distance_base[DISTANCE_CODES] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
    1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
const uint8_t deflate_distance_extra[DISTANCE_CODES] = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

uint32_t deflate_adler(uint32_t adler, const uint8_t *data, size_t len) {
    enum { MODULUS = 65521, RUN = 5552, STEP = 32 }; // so many bytes fit before the sums overflow
    uint32_t a = adler & 0xffff, b = adler >> 16;
    while (len > 0) {
        size_t n = len < RUN ? len : RUN;
        len -= n;
        for (; n >= STEP; n -= STEP, data += STEP) { // both sums of a step at once: this loop is to become vector instructions
            uint32_t sum = 0, weighted = 0;
            for (uint32_t i = 0; i < STEP; i++) {
                sum += data[i];
                weighted += (STEP - i) * data[i];
            }
            b += STEP * a + weighted;
            a += sum;
        }
        for (; n > 0; n--) {
            a += *data++;
            b += a;
        }
        a %= MODULUS;
        b %= MODULUS;
    }
    return b << 16 | a;
}

// ---- bytes and bits ---------------------------------------------------------------------------------------------------------
// Gives back to the stream in memory what was not used of its bytes.
static void inflate_settle(struct inflate *z, obj_t stream) {
    if (z->lent) memory_stream_skip(stream, (size_t)(z->at - z->lent));
    z->lent = z->at = z->end = NULL;
}

_Noreturn static void inflate_bad(struct inflate *z, obj_t stream) {
    inflate_settle(z, stream);
    raise_os(EINVAL);
}

static uint8_t stream_byte_slowly(struct inflate *z, obj_t stream) {
    uint8_t byte;
    int error = 0;
    inflate_settle(z, stream);
    const struct stream_ops *ops = obj_stream(stream);
    if (!ops->read) raise_message(&type_OSError, "stream operation not supported");
    ptrdiff_t n = ops->read(stream, &byte, 1, &error);
    if (n < 0) raise_os(error);
    if (n == 0) raise_type(&type_EOFError);
    return byte;
}

static inline uint8_t stream_byte(struct inflate *z, obj_t stream) {
    return z->at < z->end ? *z->at++ : stream_byte_slowly(z, stream);
}

static void bits_pull(struct inflate *z, obj_t stream) {
    uint8_t byte = stream_byte(z, stream);
    z->bits |= (uint32_t)byte << z->n_bits;
    z->n_bits += 8;
}

static uint32_t bits_take(struct inflate *z, obj_t stream, unsigned n) {
    while (z->n_bits < n) bits_pull(z, stream);
    uint32_t value = z->bits & ((1u << n) - 1);
    z->bits >>= n;
    z->n_bits -= (uint8_t)n;
    return value;
}

// ---- codes --------------------------------------------------------------------------------------------------------------------
static struct code_table table_literals(struct inflate *z) {
    return (struct code_table){z->literal_count, z->literal_symbol, z->literal_fast, LITERAL_FAST};
}
static struct code_table table_distances(struct inflate *z) {
    return (struct code_table){z->distance_count, z->distance_symbol, z->distance_fast, DISTANCE_FAST};
}

static uint32_t bits_reversed(uint32_t code, unsigned n) {
    uint32_t r = 0;
    for (; n > 0; n--, code >>= 1) r = r << 1 | (code & 1);
    return r;
}

// From the code lengths of n symbols. More codes than there is room for are an error; too few are one when they are met.
static void table_build(struct inflate *z, obj_t stream, struct code_table t, const uint8_t *lengths, size_t n) {
    uint16_t next[CODE_BITS_MOST + 2] = {0}, code[CODE_BITS_MOST + 2] = {0};
    memset(t.count, 0, (CODE_BITS_MOST + 1) * sizeof *t.count);
    memset(t.fast, 0, sizeof *t.fast << t.fast_bits);
    for (size_t i = 0; i < n; i++) t.count[lengths[i]]++;
    t.count[0] = 0;
    int32_t room = 1;
    for (unsigned len = 1; len <= CODE_BITS_MOST; len++) {
        room = 2 * room - t.count[len];
        if (room < 0) inflate_bad(z, stream);
        next[len + 1] = (uint16_t)(next[len] + t.count[len]);
        code[len + 1] = (uint16_t)((code[len] + t.count[len]) << 1);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned len = lengths[i];
        if (len == 0) continue;
        t.symbol[next[len]++] = (uint16_t)i;
        uint32_t own = bits_reversed(code[len]++, len);
        for (; len <= t.fast_bits && own < 1u << t.fast_bits; own += 1u << len) t.fast[own] = (uint16_t)(i << 4 | len);
    }
}

// Bit by bit, for codes that the fast table does not know. -1: more bits are needed.
static int symbol_slowly(struct inflate *z, obj_t stream, struct code_table t) {
    int32_t code = 0, first = 0, index = 0;
    for (unsigned len = 1; len <= CODE_BITS_MOST; len++) {
        if (len > z->n_bits) return -1;
        code |= (int32_t)(z->bits >> (len - 1) & 1);
        int32_t count = t.count[len];
        if (code - first < count) {
            z->bits >>= len;
            z->n_bits -= (uint8_t)len;
            return t.symbol[index + code - first];
        }
        index += count;
        first = (first + count) << 1;
        code <<= 1;
    }
    inflate_bad(z, stream);
}

static inline unsigned symbol_read(struct inflate *z, obj_t stream, struct code_table t) {
    for (;;) {
        unsigned entry = t.fast[z->bits & ((1u << t.fast_bits) - 1)], len = entry & 15;
        if (len > 0 && len <= z->n_bits) {
            z->bits >>= len;
            z->n_bits -= (uint8_t)len;
            return entry >> 4;
        }
        if (len == 0) {
            int symbol = symbol_slowly(z, stream, t);
            if (symbol >= 0) return (unsigned)symbol;
        }
        bits_pull(z, stream);
    }
}

// ---- blocks -------------------------------------------------------------------------------------------------------------------
static void block_fixed(struct inflate *z, obj_t stream) {
    uint8_t lengths[LITERALS];
    for (size_t i = 0; i < LITERALS; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    table_build(z, stream, table_literals(z), lengths, LITERALS);
    memset(lengths, 5, DISTANCES);
    table_build(z, stream, table_distances(z), lengths, DISTANCES);
}

static void block_dynamic(struct inflate *z, obj_t stream) {
    static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint8_t lengths[LITERALS + DISTANCES] = {0};
    size_t literals = 257 + bits_take(z, stream, 5), distances = 1 + bits_take(z, stream, 5), n = 4 + bits_take(z, stream, 4);
    if (literals > LITERALS - 2) inflate_bad(z, stream);
    for (size_t i = 0; i < n; i++) lengths[order[i]] = (uint8_t)bits_take(z, stream, 3);
    table_build(z, stream, table_literals(z), lengths, 19);
    memset(lengths, 0, 19);
    for (size_t at = 0; at < literals + distances;) {
        unsigned symbol = symbol_read(z, stream, table_literals(z));
        if (symbol < 16) {
            lengths[at++] = (uint8_t)symbol;
            continue;
        }
        if (symbol == 16 && at == 0) inflate_bad(z, stream);
        uint8_t value = symbol == 16 ? lengths[at - 1] : 0;
        size_t repeat = symbol == 18 ? 11 + bits_take(z, stream, 7) : 3 + bits_take(z, stream, symbol == 16 ? 2 : 3);
        if (repeat > literals + distances - at) inflate_bad(z, stream);
        memset(lengths + at, value, repeat);
        at += repeat;
    }
    table_build(z, stream, table_literals(z), lengths, literals);
    table_build(z, stream, table_distances(z), lengths + literals, distances);
}

static void block_start(struct inflate *z, obj_t stream) {
    z->stage = STAGE_FAILED;
    z->last = bits_take(z, stream, 1);
    switch (bits_take(z, stream, 2)) {
    case 0:
        z->bits = z->n_bits = 0; // the rest of the byte
        z->stored = bits_take(z, stream, 16);
        if ((bits_take(z, stream, 16) ^ z->stored) != 0xffff) inflate_bad(z, stream);
        z->stage = STAGE_STORED;
        return;
    case 1: block_fixed(z, stream); break;
    case 2: block_dynamic(z, stream); break;
    default: inflate_bad(z, stream);
    }
    z->stage = STAGE_CODES;
}

// ---- wrappers -----------------------------------------------------------------------------------------------------------------
static void skip_text(struct inflate *z, obj_t stream) {
    while (stream_byte(z, stream) != 0) {}
}

static void header_gzip(struct inflate *z, obj_t stream) { // behind the two bytes that tell what it is
    enum { HEADER_CRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16, REST = 6 };
    if (stream_byte(z, stream) != 8) inflate_bad(z, stream);
    unsigned flags = stream_byte(z, stream), extra = 0;
    for (int i = 0; i < REST; i++) stream_byte(z, stream);
    if (flags & EXTRA) {
        extra = stream_byte(z, stream);
        extra |= (unsigned)stream_byte(z, stream) << 8;
    }
    for (; extra > 0; extra--) stream_byte(z, stream);
    if (flags & NAME) skip_text(z, stream);
    if (flags & COMMENT) skip_text(z, stream);
    for (int i = 0; i < 2 && (flags & HEADER_CRC); i++) stream_byte(z, stream);
}

static void header_read(struct inflate *z, obj_t stream) {
    z->stage = STAGE_FAILED;
    unsigned wanted = z->window_bits;
    if (z->format != DEFLATE_RAW) {
        unsigned first = stream_byte(z, stream), second = stream_byte(z, stream);
        if (z->format == DEFLATE_AUTO) z->format = first == 0x1f && second == 0x8b ? DEFLATE_GZIP : DEFLATE_ZLIB;
        if (z->format == DEFLATE_GZIP) {
            if (first != 0x1f || second != 0x8b) inflate_bad(z, stream);
            header_gzip(z, stream);
            if (wanted == 0) wanted = WINDOW_BITS_MOST;
        } else {
            unsigned stated = (first >> 4) + 8;
            bool fits = (first & 15) == 8 && stated <= WINDOW_BITS_MOST && !(second & 0x20); // 0x20: wants a dictionary
            if (!fits || (first << 8 | second) % 31 != 0) inflate_bad(z, stream);
            if (wanted == 0 || stated < wanted) wanted = stated;
        }
    }
    if (wanted == 0) wanted = WINDOW_BITS_USUAL;
    inflate_settle(z, stream);
    z->window = heap_new(0, (size_t)1 << wanted, HEAP_DATA);
    z->window_size = 1u << wanted;
    z->checksum = z->format == DEFLATE_ZLIB ? 1 : 0;
    z->stage = STAGE_BLOCK;
}

static void trailer_read(struct inflate *z, obj_t stream) {
    z->stage = STAGE_FAILED;
    uint32_t sum = 0, total = 0;
    if (z->format == DEFLATE_ZLIB) {
        for (int i = 0; i < 4; i++) sum = sum << 8 | stream_byte(z, stream);
    } else if (z->format == DEFLATE_GZIP) {
        for (int i = 0; i < 32; i += 8) sum |= (uint32_t)stream_byte(z, stream) << i;
        for (int i = 0; i < 32; i += 8) total |= (uint32_t)stream_byte(z, stream) << i;
        if (total != z->total) inflate_bad(z, stream);
    }
    if (z->format != DEFLATE_RAW && sum != z->checksum) inflate_bad(z, stream);
    z->stage = STAGE_DONE;
}

// ---- reading --------------------------------------------------------------------------------------------------------------------
struct inflate *inflate_new(enum deflate_format format, unsigned window_bits) {
    struct inflate *z = heap_new(BOARD_WORDS, 0, HEAP_REFS);
    z->format = (uint8_t)format;
    z->window_bits = (uint8_t)window_bits;
    return z;
}

static inline void window_put(struct inflate *z, uint8_t byte) {
    z->window[z->place] = byte;
    z->place = (z->place + 1) & (z->window_size - 1);
    z->history += z->history < z->window_size;
}

static size_t stored_read(struct inflate *z, obj_t stream, uint8_t *out, size_t len) {
    size_t done = 0;
    for (; done < len && z->stored > 0; z->stored--) {
        out[done] = stream_byte(z, stream);
        window_put(z, out[done++]);
    }
    if (z->stored == 0) z->stage = z->last ? STAGE_TRAILER : STAGE_BLOCK;
    return done;
}

static size_t reference_copy(struct inflate *z, uint8_t *out, size_t len) {
    size_t n = z->length < len ? z->length : len;
    uint32_t mask = z->window_size - 1, from = (z->place - z->distance) & mask;
    if (z->place + n <= z->window_size && from + n <= z->window_size) { // neither goes around the end
        size_t first = z->distance < n ? z->distance : n;
        memcpy(out, z->window + from, first);
        for (size_t i = first; i < n; i++) out[i] = out[i - first]; // it repeats itself
        memcpy(z->window + z->place, out, n);
        z->place = (z->place + (uint32_t)n) & mask;
    } else {
        for (size_t i = 0; i < n; i++) {
            out[i] = z->window[from++ & mask];
            z->window[z->place] = out[i];
            z->place = (z->place + 1) & mask;
        }
    }
    z->history = z->window_size - z->history < n ? z->window_size : z->history + (uint32_t)n;
    z->length -= (uint32_t)n;
    return n;
}

// Length and distance behind a length symbol. Half a reference cannot be taken up again.
static void reference_start(struct inflate *z, obj_t stream, unsigned symbol) {
    z->stage = STAGE_FAILED;
    symbol -= END_OF_BLOCK + 1;
    if (symbol >= LENGTH_CODES) inflate_bad(z, stream);
    uint32_t length = deflate_length_base[symbol] + bits_take(z, stream, deflate_length_extra[symbol]);
    symbol = symbol_read(z, stream, table_distances(z));
    if (symbol >= DISTANCE_CODES) inflate_bad(z, stream);
    z->distance = deflate_distance_base[symbol] + bits_take(z, stream, deflate_distance_extra[symbol]);
    if (z->distance > z->history) inflate_bad(z, stream);
    z->length = length;
    z->stage = STAGE_CODES;
}

static size_t codes_read(struct inflate *z, obj_t stream, uint8_t *out, size_t len) {
    size_t done = 0;
    struct code_table literals = table_literals(z);
    while (done < len) {
        if (z->length > 0) {
            done += reference_copy(z, out + done, len - done);
            continue;
        }
        unsigned symbol = symbol_read(z, stream, literals);
        if (symbol < END_OF_BLOCK) {
            out[done] = (uint8_t)symbol;
            window_put(z, out[done++]);
        } else if (symbol > END_OF_BLOCK) {
            reference_start(z, stream, symbol);
        } else {
            z->stage = z->last ? STAGE_TRAILER : STAGE_BLOCK;
            break;
        }
    }
    return done;
}

size_t inflate_read(struct inflate *z, obj_t stream, uint8_t *out, size_t len) {
    size_t done = 0;
    while (done < len && z->stage != STAGE_DONE) {
        size_t n = 0, left;
        if (!z->lent && (z->lent = z->at = memory_stream_peek(stream, &left))) z->end = z->at + left;
        switch (z->stage) {
        case STAGE_HEADER: header_read(z, stream); break;
        case STAGE_BLOCK: block_start(z, stream); break;
        case STAGE_STORED: n = stored_read(z, stream, out + done, len - done); break;
        case STAGE_CODES: n = codes_read(z, stream, out + done, len - done); break;
        case STAGE_TRAILER: trailer_read(z, stream); break;
        default: inflate_bad(z, stream);
        }
        if (z->format == DEFLATE_ZLIB) z->checksum = deflate_adler(z->checksum, out + done, n);
        else if (z->format == DEFLATE_GZIP) z->checksum = binascii_crc(z->checksum, out + done, n);
        z->total += (uint32_t)n;
        done += n;
    }
    inflate_settle(z, stream);
    return done;
}
