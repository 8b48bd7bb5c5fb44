// SPDX-License-Identifier: MIT
// Module cryptolib: the cipher AES, computed by mbedTLS.
//
// needs: mbedtls
//
// Invariants
//  - The key schedule is made at the first use, which decides the direction; until then the key waits where the schedule will be.
//  - The schedule points into itself: the object never moves.
//  - ECB and CBC take whole blocks of 16 bytes; CTR goes on inside a block where the last call ended.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

#include <mbedtls/aes.h>

enum mode { MODE_ECB = 1, MODE_CBC = 2, MODE_CTR = 6 };
enum direction { UNUSED, ENCRYPTS, DECRYPTS };
enum { BLOCK = 16, BOARD_BYTES = 4 + BLOCK + 4 + 4 * 68, BOARD_CTR_BYTES = 4 + BLOCK };

struct aes { // 2 words and BOARD_BYTES, in mode CTR also BOARD_CTR_BYTES
    const struct type *type;
    uint8_t mode, direction, key_len, used; // used: bytes of the CTR stream block that are spent
    uint8_t iv[BLOCK];
    union {
        uint8_t key[32];
        mbedtls_aes_context context;
    } u;
    uint8_t stream[]; // MODE_CTR: the block of the key stream
};

static obj_t aes_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 2, 3, false);
    intptr_t mode = obj_get_int(args[1]);
    if (mode != MODE_ECB && mode != MODE_CBC && mode != MODE_CTR) raise_message(&type_ValueError, "mode");
    struct buffer key, iv = {NULL, 0, 'B'};
    obj_buffer(args[0], &key, BUFFER_READ);
    if (key.len != 16 && key.len != 24 && key.len != 32) raise_message(&type_ValueError, "key");
    bool has_iv = n > 2 && args[2] != OBJ_NONE;
    if (has_iv) obj_buffer(args[2], &iv, BUFFER_READ);
    if (has_iv ? iv.len != BLOCK : mode != MODE_ECB) raise_message(&type_ValueError, "IV");
    struct aes *a = heap_new(2, BOARD_BYTES + (mode == MODE_CTR ? BOARD_CTR_BYTES : 0), HEAP_REFS);
    a->type = type;
    a->mode = (uint8_t)mode;
    a->key_len = (uint8_t)key.len;
    memcpy(a->u.key, key.data, key.len);
    if (has_iv) memcpy(a->iv, iv.data, BLOCK);
    return OBJ_PTR(a);
}

static void aes_start(struct aes *a, enum direction direction) {
    uint8_t key[32];
    a->direction = (uint8_t)direction;
    memcpy(key, a->u.key, sizeof key);
    mbedtls_aes_init(&a->u.context);
    if (direction == ENCRYPTS || a->mode == MODE_CTR) mbedtls_aes_setkey_enc(&a->u.context, key, a->key_len * 8u);
    else mbedtls_aes_setkey_dec(&a->u.context, key, a->key_len * 8u);
}

static void aes_run(struct aes *a, const uint8_t *in, uint8_t *out, size_t len) {
    int way = a->direction == ENCRYPTS ? MBEDTLS_AES_ENCRYPT : MBEDTLS_AES_DECRYPT;
    if (a->mode == MODE_CBC) {
        mbedtls_aes_crypt_cbc(&a->u.context, way, len, a->iv, in, out);
    } else if (a->mode == MODE_CTR) {
        size_t used = a->used;
        mbedtls_aes_crypt_ctr(&a->u.context, len, &used, a->iv, a->stream, in, out);
        a->used = (uint8_t)used;
    } else {
        for (size_t at = 0; at < len; at += BLOCK) mbedtls_aes_crypt_ecb(&a->u.context, way, in + at, out + at);
    }
}

static obj_t aes_process(size_t n, const obj_t *args, enum direction direction) {
    struct aes *a = (struct aes *)args[0];
    struct buffer in, out = {NULL, 0, 'B'};
    bool has_out = n > 2 && args[2] != OBJ_NONE;
    obj_buffer(args[1], &in, BUFFER_READ);
    if (has_out) obj_buffer(args[2], &out, BUFFER_WRITE);
    if (a->mode != MODE_CTR && in.len % BLOCK != 0) raise_message(&type_ValueError, "blksize % 16");
    if (has_out && out.len < in.len) raise_message(&type_ValueError, "output too small");
    if (a->direction != UNUSED && a->direction != (uint8_t)direction) raise_message(&type_ValueError, "can't encrypt & decrypt");
    char *run = NULL;
    if (!has_out) out.data = run = text_run(in.len);
    if (a->direction == UNUSED) aes_start(a, direction);
    for (size_t done = 0, piece; done < in.len; done += piece) {
        piece = patience_piece(in.len - done);
        aes_run(a, (const uint8_t *)in.data + done, (uint8_t *)out.data + done, piece);
    }
    return has_out ? args[2] : str_take(&type_bytes, run, in.len);
}

static obj_t aes_encrypt(size_t n, const obj_t *args) { return aes_process(n, args, ENCRYPTS); }
static obj_t aes_decrypt(size_t n, const obj_t *args) { return aes_process(n, args, DECRYPTS); }

BUILTIN_VAR(encrypt_fn, 2, 3, aes_encrypt);
BUILTIN_VAR(decrypt_fn, 2, 3, aes_decrypt);
static const struct map_slot aes_members[] = {MEMBER(encrypt, &encrypt_fn), MEMBER(decrypt, &decrypt_fn)};
static FIXED_DICT(aes_dict, aes_members);
static const struct type_ops aes_ops = {.construct = aes_construct};
static const struct type type_aes = {.type = &type_type, .name = Q_aes, .ops = &aes_ops, .members = &aes_dict};

static const struct map_slot cryptolib_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_cryptolib)),
    MEMBER(aes, &type_aes),
    MEMBER(MODE_ECB, OBJ_INT(MODE_ECB)),
    MEMBER(MODE_CBC, OBJ_INT(MODE_CBC)),
    MEMBER(MODE_CTR, OBJ_INT(MODE_CTR)),
};
static FIXED_DICT(cryptolib_dict, cryptolib_members);
const struct module module_cryptolib = {&type_module, &cryptolib_dict, {0}};
MODULE(cryptolib, false, NULL, "");
