// SPDX-License-Identifier: MIT
// DEFLATE (RFC 1951) with its wrappers zlib (RFC 1950) and gzip (RFC 1952): between inflate.c, compress.c and deflate.c.
//
// Why not a library: Python sees what a library hides. Reading takes not one byte more from the stream than it needs; writing gives each
// byte to the stream as soon as it is complete; a reference that reaches further back than the window is an error; windows start at 32
// bytes; and what a board's compressor makes is made here byte for byte.
#ifndef SRC_DEFLATE_H
#define SRC_DEFLATE_H

#include "obj.h"

enum deflate_format { DEFLATE_AUTO, DEFLATE_RAW, DEFLATE_ZLIB, DEFLATE_GZIP };
enum {
    WINDOW_BITS_LEAST = 5, WINDOW_BITS_MOST = 15, WINDOW_BITS_USUAL = 8,
    MATCH_LEAST = 3, MATCH_MOST = 258, // bytes of one reference
    CODE_BITS_MOST = 15, LENGTH_CODES = 29, DISTANCE_CODES = 30, END_OF_BLOCK = 256
};
// Lengths and distances of references: code i means base[i] and extra[i] bits more.
extern const uint16_t deflate_length_base[LENGTH_CODES], deflate_distance_base[DISTANCE_CODES];
extern const uint8_t deflate_length_extra[LENGTH_CODES], deflate_distance_extra[DISTANCE_CODES];

uint32_t deflate_adler(uint32_t adler, const uint8_t *data, size_t len);  // start with 1
uint32_t binascii_crc(uint32_t crc, const uint8_t *data, size_t len);     // binascii.c; start with 0

// Reading. The state is a heap run, made at the first read; so is the window, made when the header is known.
struct inflate;
struct inflate *inflate_new(enum deflate_format format, unsigned window_bits); // window_bits 0: as the header says
// Up to len bytes; 0: the end, checksums are right. EOFError, OSError(EINVAL), what the stream raises.
size_t inflate_read(struct inflate *z, obj_t stream, uint8_t *out, size_t len);

// Writing. The state is a heap run of 48 bytes and the window.
struct compress;
struct compress *compress_new(enum deflate_format format, unsigned window_bits);
void compress_start(struct compress *c, obj_t stream); // writes the header; compress_write() does it at need
void compress_write(struct compress *c, obj_t stream, const uint8_t *data, size_t len);
void compress_end(struct compress *c, obj_t stream);

#endif
