// SPDX-License-Identifier: MIT
// Mutation fuzzer without libFuzzer: damages given files (bit flips, bytes, truncations, splices, insertions) and feeds them to the
// target linked with it. Deterministic: case N of seed S is always the same. Prints progress; stops at the first crash by itself.
// usage: mutate SEED CASES FILE...
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct file {
    uint8_t *data;
    size_t len;
};

static uint64_t state;
static uint32_t rnd(uint32_t n) { // xorshift64*
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return n ? (uint32_t)((state * 2685821657736338717u) >> 33) % n : 0;
}

static size_t mutate_once(uint8_t *p, size_t len, size_t room, const struct file *other) {
    if (len == 0) return 0;
    switch (rnd(7)) {
    case 0: p[rnd((uint32_t)len)] ^= (uint8_t)(1u << rnd(8)); return len;
    case 1: p[rnd((uint32_t)len)] = (uint8_t)rnd(256); return len;
    case 2: return rnd((uint32_t)len + 1);
    case 3: { // overwrite with a piece of another file
        size_t at = rnd((uint32_t)len), from = rnd((uint32_t)other->len), n = rnd(16) + 1;
        if (n > len - at) n = len - at;
        if (n > other->len - from) n = other->len - from;
        memcpy(p + at, other->data + from, n);
        return len;
    }
    case 4: { // insert
        size_t at = rnd((uint32_t)len);
        if (len + 1 > room) return len;
        memmove(p + at + 1, p + at, len - at);
        p[at] = (uint8_t)rnd(256);
        return len + 1;
    }
    case 5: { // remove
        size_t at = rnd((uint32_t)len), n = 1 + rnd(4);
        if (n > len - at) n = len - at;
        memmove(p + at, p + at + n, len - at - n);
        return len - n;
    }
    default: { // the tail of another file
        size_t at = rnd((uint32_t)len), from = rnd((uint32_t)other->len), n = other->len - from;
        if (n > room - at) n = room - at;
        memcpy(p + at, other->data + from, n);
        return at + n;
    }
    }
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: %s SEED CASES FILE...\n", argv[0]);
        return 2;
    }
    uint64_t seed = strtoull(argv[1], NULL, 10);
    long cases = atol(argv[2]);
    int n = argc - 3;
    size_t largest = 0;
    struct file *files = calloc((size_t)n, sizeof *files);
    for (int i = 0; i < n; i++) {
        FILE *f = fopen(argv[3 + i], "rb");
        if (!f) return 2;
        fseek(f, 0, SEEK_END);
        files[i].len = (size_t)ftell(f);
        rewind(f);
        files[i].data = malloc(files[i].len + 1);
        if (fread(files[i].data, 1, files[i].len, f) != files[i].len) return 2;
        fclose(f);
        if (files[i].len > largest) largest = files[i].len;
    }
    size_t room = 2 * largest + 64;
    const char *only = getenv("MUTATE_ONLY");
    long first = only ? atol(only) : 0;
    if (only) cases = first + 1;
    for (long c = first; c < cases; c++) {
        state = (seed + 1) * 0x9e3779b97f4a7c15u + (uint64_t)c * 0xbf58476d1ce4e5b9u + 1;
        for (int i = 0; i < 8; i++) rnd(1);
        uint8_t *p = malloc(room);
        const struct file *base = &files[rnd((uint32_t)n)];
        size_t len = base->len;
        memcpy(p, base->data, len);
        for (unsigned k = 1 + rnd(4); k; k--) {
            const struct file *other = &files[rnd((uint32_t)n)];
            if (other->len) len = mutate_once(p, len, room, other);
        }
        uint8_t *exact = malloc(len ? len : 1); // so that a read past the end is seen
        memcpy(exact, p, len);
        if (only) fprintf(stderr, "case %ld: %zu bytes\n", c, len);
        if (getenv("MUTATE_TRACE")) {
            FILE *f = fopen(getenv("MUTATE_TRACE"), "wb");
            if (f) {
                fwrite(exact, 1, len, f);
                fclose(f);
            }
        }
        LLVMFuzzerTestOneInput(exact, len);
        free(exact);
        free(p);
        if (c % 1000 == 0) {
            fprintf(stderr, "\r%ld of %ld", c, cases);
            fflush(stderr);
        }
    }
    fprintf(stderr, "\r%ld cases, nothing found\n", cases);
    return 0;
}
