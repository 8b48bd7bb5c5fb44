// SPDX-License-Identifier: MIT
// Module binascii: hexadecimal, base 64, CRC-32.
//
// Results are bytes, made in one run of the largest size they can have and shrunk to their own.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/text.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

static obj_t binascii_hexlify(size_t n, const obj_t *args) {
    struct buffer from;
    obj_buffer(args[0], &from, BUFFER_READ);
    size_t separator_len;
    const char *separator = n > 1 ? str_data(args[1], &separator_len) : NULL; // its first byte counts
    if (from.len == 0) return bytes_empty();
    size_t len = separator ? 3 * from.len - 1 : 2 * from.len;
    char *run = text_run(len), *out = run;
    obj_buffer(args[0], &from, BUFFER_READ);
    const uint8_t *data = from.data;
    for (size_t i = 0; i < from.len; i++) {
        patience(i);
        if (i > 0 && separator) *out++ = *separator;
        *out++ = "0123456789abcdef"[data[i] >> 4];
        *out++ = "0123456789abcdef"[data[i] & 15];
    }
    return str_take(&type_bytes, run, len);
}

static obj_t binascii_unhexlify(obj_t digits) { return text_method_fromhex(OBJ_PTR(&type_bytes), digits); }

// ---- base 64 --------------------------------------------------------------------------------------------------------------
static int base64_value(uint8_t c) { // -1: no digit
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static obj_t binascii_a2b_base64(obj_t text) {
    struct buffer from;
    obj_buffer(text, &from, BUFFER_READ);
    struct text_buffer out;
    text_buffer_init(&out, from.len / 4 * 3 + 1);
    obj_buffer(text, &from, BUFFER_READ);
    const uint8_t *data = from.data;
    uint32_t bits = 0;
    unsigned place = 0, pads = 0; // of the digit in its group of four; = signs since the last digit
    for (size_t i = 0; i < from.len; i++) {
        patience(i);
        int value = base64_value(data[i]);
        if (data[i] == '=' && place >= 2 && place + ++pads >= 4) { // the group is complete
            place = 0;
            break;
        }
        if (value < 0) continue;
        pads = 0;
        bits = bits << 6 | (uint32_t)value;
        if (place > 0) *text_buffer_extend(&out, 1) = (char)(bits >> (6 - 2 * place));
        place = (place + 1) % 4;
    }
    if (place != 0) raise_message(&type_ValueError, "incorrect padding");
    return text_buffer_bytes(&out);
}

static obj_t binascii_b2a_base64(size_t n, size_t kw, const obj_t *args) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const struct arg_spec spec[] = {{Q_word_newline, ARG_BOOL, ARG_KW_ONLY, {.b = true}}};
    union arg_value v[1];
    args_parse(0, kw, args + n, 1, spec, v);
    struct buffer from;
    obj_buffer(args[0], &from, BUFFER_READ);
    size_t len = (from.len + 2) / 3 * 4 + v[0].b;
    char *run = text_run(len), *out = run;
    obj_buffer(args[0], &from, BUFFER_READ);
    const uint8_t *data = from.data;
    for (size_t i = 0; i < from.len; i += 3) {
        patience(i);
        size_t left = from.len - i;
        uint32_t bits = (uint32_t)data[i] << 16 | (left > 1 ? data[i + 1] << 8 : 0) | (left > 2 ? data[i + 2] : 0);
        *out++ = digits[bits >> 18];
        *out++ = digits[bits >> 12 & 63];
        *out++ = left > 1 ? digits[bits >> 6 & 63] : '=';
        *out++ = left > 2 ? digits[bits & 63] : '=';
    }
    if (v[0].b) *out = '\n';
    return str_take(&type_bytes, run, len);
}

// ---- CRC-32 ---------------------------------------------------------------------------------------------------------------
// Table i tells what a byte does to the checksum i bytes later (polynomial of ZIP and Ethernet, bits reversed).
static uint32_t crc_tables[8][256];

static void crc_fill_tables(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++) c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
        crc_tables[0][i] = c;
    }
    for (size_t k = 1; k < 8; k++)
        for (size_t i = 0; i < 256; i++) crc_tables[k][i] = crc_tables[k - 1][i] >> 8 ^ crc_tables[0][crc_tables[k - 1][i] & 255];
}

uint32_t binascii_crc(uint32_t crc, const uint8_t *p, size_t len) {
    if (crc_tables[0][1] == 0) crc_fill_tables();
    crc = ~crc;
    for (; len >= 8; len -= 8, p += 8) {
        uint32_t low = crc ^ (p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
        crc = crc_tables[7][low & 255] ^ crc_tables[6][low >> 8 & 255] ^ crc_tables[5][low >> 16 & 255] ^ crc_tables[4][low >> 24] ^
              crc_tables[3][p[4]] ^ crc_tables[2][p[5]] ^ crc_tables[1][p[6]] ^ crc_tables[0][p[7]];
    }
    for (; len > 0; len--) crc = crc >> 8 ^ crc_tables[0][(crc ^ *p++) & 255];
    return ~crc;
}

static obj_t binascii_crc32(size_t n, const obj_t *args) {
    uint32_t start = n > 1 ? (uint32_t)obj_get_int_truncated(args[1]) : 0;
    struct buffer from;
    obj_buffer(args[0], &from, BUFFER_READ);
    for (size_t done = 0, piece; done < from.len; done += piece) {
        piece = patience_piece(from.len - done);
        start = binascii_crc(start, (const uint8_t *)from.data + done, piece);
    }
    return int_from_u64(start);
}

BUILTIN_VAR(hexlify_fn, 1, 2, binascii_hexlify);
BUILTIN_1(unhexlify_fn, binascii_unhexlify);
BUILTIN_1(a2b_base64_fn, binascii_a2b_base64);
BUILTIN_KW(b2a_base64_fn, 1, 255, binascii_b2a_base64);
BUILTIN_VAR(crc32_fn, 1, 2, binascii_crc32);

static const struct map_slot binascii_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_binascii)),
    MEMBER(hexlify, &hexlify_fn),
    MEMBER(unhexlify, &unhexlify_fn),
    MEMBER(a2b_base64, &a2b_base64_fn),
    MEMBER(b2a_base64, &b2a_base64_fn),
    MEMBER(crc32, &crc32_fn),
};
static FIXED_DICT(binascii_dict, binascii_members);
const struct module module_binascii = {&type_module, &binascii_dict, {0}};
MODULE(binascii, true, NULL, "");
