// SPDX-License-Identifier: MIT
// Module hashlib: MD5, SHA-1, SHA-256, computed by mbedTLS.
//
// needs: mbedtls
//
// A hash object is in the heap as a board has it: a word, 4 bytes, and the state of the algorithm, which is plain data (mbedTLS keeps no
// pointers in it). digest() ends it: afterwards it is only good for being thrown away.
//
// mbedTLS 2 and 3 share those functions that the older one calls deprecated, because they do not answer whether they failed: computed in
// software they cannot fail.
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/patience.h"
#include "run/raise.h"

#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations" // see above

struct hash { // 1 word, 4 bytes and the state
    const struct type *type;
    uint32_t is_final;
    union {
        mbedtls_md5_context md5;
        mbedtls_sha1_context sha1;
        mbedtls_sha256_context sha256;
    } state;
};

static const struct type type_md5, type_sha1, type_sha256;

static size_t hash_state_bytes(const struct type *type) {
    if (type == &type_md5) return sizeof(mbedtls_md5_context);
    return type == &type_sha1 ? sizeof(mbedtls_sha1_context) : sizeof(mbedtls_sha256_context);
}

static obj_t hash_update(obj_t self, obj_t data) {
    struct hash *h = (struct hash *)self;
    struct buffer b;
    if (h->is_final) raise_message(&type_ValueError, "hash is final");
    obj_buffer(data, &b, BUFFER_READ);
    for (size_t done = 0, piece; done < b.len; done += piece) {
        const uint8_t *at = (const uint8_t *)b.data + done;
        piece = patience_piece(b.len - done);
        if (h->type == &type_md5) mbedtls_md5_update(&h->state.md5, at, piece);
        else if (h->type == &type_sha1) mbedtls_sha1_update(&h->state.sha1, at, piece);
        else mbedtls_sha256_update(&h->state.sha256, at, piece);
    }
    return OBJ_NONE;
}

static obj_t hash_digest(obj_t self) {
    struct hash *h = (struct hash *)self;
    unsigned char digest[32];
    size_t len;
    if (h->is_final) raise_message(&type_ValueError, "hash is final");
    h->is_final = 1;
    if (h->type == &type_md5) {
        mbedtls_md5_finish(&h->state.md5, digest);
        len = 16;
    } else if (h->type == &type_sha1) {
        mbedtls_sha1_finish(&h->state.sha1, digest);
        len = 20;
    } else {
        mbedtls_sha256_finish(&h->state.sha256, digest);
        len = 32;
    }
    return bytes_new((const char *)digest, len);
}

static obj_t hash_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 0, 1, false);
    struct hash *h = heap_new(1, 4 + hash_state_bytes(type), HEAP_REFS);
    h->type = type;
    if (type == &type_md5) mbedtls_md5_starts(&h->state.md5);
    else if (type == &type_sha1) mbedtls_sha1_starts(&h->state.sha1);
    else mbedtls_sha256_starts(&h->state.sha256, 0);
    if (n > 0) hash_update(OBJ_PTR(h), args[0]);
    return OBJ_PTR(h);
}

BUILTIN_2(update_fn, hash_update);
BUILTIN_1(digest_fn, hash_digest);
static const struct map_slot hash_members[] = {MEMBER(update, &update_fn), MEMBER(digest, &digest_fn)};
static FIXED_DICT(hash_dict, hash_members);
static const struct type_ops hash_ops = {.construct = hash_construct};
static const struct type type_md5 = {.type = &type_type, .name = Q_md5, .ops = &hash_ops, .members = &hash_dict};
static const struct type type_sha1 = {.type = &type_type, .name = Q_sha1, .ops = &hash_ops, .members = &hash_dict};
static const struct type type_sha256 = {.type = &type_type, .name = Q_sha256, .ops = &hash_ops, .members = &hash_dict};

static const struct map_slot hashlib_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_hashlib)),
    MEMBER(sha256, &type_sha256),
    MEMBER(sha1, &type_sha1),
    MEMBER(md5, &type_md5),
};
static FIXED_DICT(hashlib_dict, hashlib_members);
const struct module module_hashlib = {&type_module, &hashlib_dict, {0}};
MODULE(hashlib, true, NULL, "");
