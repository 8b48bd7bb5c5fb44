// SPDX-License-Identifier: MIT
// The heap against a board and against the plainest possible model.
//
//  - Traces: what a Cortex-M4F board did, call by call; every placement and the final map must be the same.
//    A n b: n bytes were served at block b. F l b: freed at lock depth l. r n b m ... R n b: reallocation (m: may move), with the
//    allocations (a) and frees (f) inside it. C: collection; S . b: it freed the run at b. 65535: the null pointer.
//  - Random: a byte for each block, searched from the bottom, against heap_try_new() and the rest; the invariants are checked as it goes.
//
// usage: heap_test [FOLDER OF TRACES]; the folder is $srcdir/tests/unit/traces by default.
#include "heap/blocks.h"
#include "heap/intern.h"
#include "rt.h"
#include <stdio.h>
#include <stdlib.h>

enum { NONE = 65535, OPS_MAX = 20000, BLOCKS_MAX = 1 << 16 };

static int failures;
static unsigned char live[BLOCKS_MAX]; // heads that the next collection must keep
static char text[1 << 20];
static size_t text_len;

static void expect(bool good, const char *what, long a, long b) {
    if (good) return;
    failures++;
    printf("FAILED: %s (%ld, %ld)\n", what, a, b);
    if (failures > 20) exit(1);
}

static void text_write(void *data, const char *p, size_t len) {
    (void)data;
    if (text_len + len >= sizeof text) exit(1);
    memcpy(text + text_len, p, len);
    text_len += len;
    text[text_len] = 0;
}
static const struct printer to_text = {NULL, text_write};

// ---- blocks by number ---------------------------------------------------------------------------------------------------
static char *pool;

static size_t number(const void *p) { return p ? (size_t)((const char *)p - pool) / 32 : NONE; }
static void *pointer(size_t b) { return b == NONE ? NULL : pool + b * 32; }

static void live_mark(void) {
    for (size_t b = 0; b < BLOCKS_MAX; b++)
        if (live[b]) heap_mark(pointer(b));
}

static void heap_fresh(const char *profile, size_t limit) {
    heap_stop();
    memset(live, 0, sizeof live);
    rt.profile = *profile_find(profile);
    rt.c_stack_top = NULL;
    if (!heap_start(limit)) exit(1);
    heap_add_root(live_mark);
    pool = heap_try_new(1, 0, HEAP_DATA); // the first block of an empty heap
    heap_free(pool);
}

// What lies where: '.' free, '=' tail, 'h' head.
static char *map_now(size_t blocks) {
    static char map[BLOCKS_MAX + 1];
    for (size_t b = 0; b < blocks;) {
        size_t n = heap_run_blocks(pointer(b));
        if (n == 0) {
            map[b++] = '.';
            continue;
        }
        map[b] = 'h';
        memset(map + b + 1, '=', n - 1);
        b += n;
    }
    map[blocks] = 0;
    return map;
}

// ---- traces ---------------------------------------------------------------------------------------------------------------
struct op {
    char kind;
    long n[3];
};
static struct op ops[OPS_MAX];
static size_t n_ops;
static char maps[2][BLOCKS_MAX + 1]; // first and last map of the file
static size_t map_blocks;

static void trace_map_line(const char *line, char *map, size_t *at) {
    unsigned offset, lines;
    char row[128];
    if (sscanf(line, " (%u lines all free)", &lines) == 1) {
        *at += (size_t)lines * 64;
    } else if (sscanf(line, "%8x: %100s", &offset, row) == 2) {
        *at = offset / 16;
        for (char *c = row; *c; c++) map[(*at)++] = *c == '.' || *c == '=' ? *c : 'h';
    }
}

static bool trace_read(const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) return false;
    char line[256];
    unsigned total;
    char *map = NULL;
    size_t at = 0, n_maps = 0;
    n_ops = 0;
    while (fgets(line, sizeof line, f)) {
        struct op o = {0};
        if (sscanf(line, "GC: total: %u,", &total) == 1) {
            map_blocks = total / 16;
            map = maps[n_maps++ ? 1 : 0];
            memset(map, '.', map_blocks);
            at = 0;
        } else if (strchr("AFrRaCSf", line[0]) && (line[1] == ' ' || line[1] == '\n') && n_ops < OPS_MAX) {
            sscanf(line, "%c %ld %ld %ld", &o.kind, &o.n[0], &o.n[1], &o.n[2]);
            ops[n_ops++] = o;
        } else if (map) {
            trace_map_line(line, map, &at);
        }
    }
    fclose(f);
    return true;
}

// Makes the heap look like the map: everything is handed out from the bottom, then the holes are freed.
static void trace_restore(const char *map) {
    void *holes[4096];
    size_t n_holes = 0;
    for (size_t b = 0; b < map_blocks;) {
        size_t n = 1;
        char next = map[b] == '.' ? '.' : '=';
        while (b + n < map_blocks && map[b + n] == next) n++;
        void *p = heap_try_new(0, n * 16, HEAP_DATA);
        expect(number(p) == b, "restoring the first map", (long)number(p), (long)b);
        if (map[b] == '.') holes[n_holes++] = p;
        else live[b] = 1;
        b += n;
    }
    while (n_holes > 0) heap_free(holes[--n_holes]);
}

static void trace_collect(size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (ops[i].kind == 'S' || ops[i].kind == 'F') live[ops[i].n[1]] = 0;
    heap_collect();
}

static size_t trace_realloc(size_t i, long *right) {
    size_t end = i + 1;
    while (ops[end].kind != 'R') end++;
    for (size_t k = i + 1; k < end; k++)
        if (ops[k].kind == 'C') trace_collect(k + 1, end);
    void *old = pointer((size_t)ops[i].n[1]);
    void *p = heap_try_resize(old, 0, (size_t)ops[i].n[0], HEAP_DATA, ops[i].n[2] != 0);
    expect((long)number(p) == ops[end].n[1], "reallocation", (long)number(p), ops[end].n[1]);
    if (p) {
        if (old) live[number(old)] = 0;
        live[number(p)] = 1;
    }
    if ((long)number(p) == ops[end].n[1]) ++*right;
    return end;
}

static void trace_replay(const char *folder, const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!trace_read(path)) {
        expect(false, "cannot read a trace", 0, 0);
        return;
    }
    heap_fresh("pybv11", 0);
    expect(heap_total() == map_blocks * 16, "size of the heap", (long)heap_total(), (long)map_blocks * 16);
    trace_restore(maps[0]);
    long right = 0;
    for (size_t i = 0; i < n_ops; i++) {
        const struct op *o = &ops[i];
        if (o->kind == 'A' || o->kind == 'a') {
            void *p = heap_try_new(0, (size_t)o->n[0], HEAP_DATA);
            expect((long)number(p) == o->n[1], "placement", (long)number(p), o->n[1]);
            if (p) live[number(p)] = 1;
            right += (long)number(p) == o->n[1];
        } else if (o->kind == 'F' && o->n[0] == 0 && o->n[1] != NONE) {
            heap_free(pointer((size_t)o->n[1]));
            live[o->n[1]] = 0;
        } else if (o->kind == 'r') {
            i = trace_realloc(i, &right);
        } else if (o->kind == 'C') {
            size_t end = i + 1;
            while (end < n_ops && (ops[end].kind == 'S' || (ops[end].kind == 'F' && ops[end + 1].kind == 'S'))) end++;
            trace_collect(i + 1, end);
            i = end - 1;
        }
        if (i % 50 == 0) expect(heap_check(&to_text), "heap_check", (long)i, 0);
    }
    expect(strcmp(map_now(map_blocks), maps[1]) == 0, "final map", 0, 0);
    printf("%s: %ld placements\n", name, right);
}

// ---- random operations ------------------------------------------------------------------------------------------------------
static char model[BLOCKS_MAX + 1];
static uint32_t seed = 7;

static uint32_t random_below(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static size_t model_find(size_t blocks, size_t want) {
    size_t run = 0;
    for (size_t b = 0; b < blocks; b++) {
        run = model[b] == '.' ? run + 1 : 0;
        if (run == want) return b + 1 - want;
    }
    return NONE;
}

static void model_use(size_t b, size_t n) {
    memset(model + b, '=', n);
    model[b] = 'h';
    live[b] = 1;
}

static size_t model_length(size_t b) {
    size_t n = 1;
    while (model[b + n] == '=') n++;
    return n;
}

static void model_free(size_t b) {
    memset(model + b, '.', model_length(b));
    live[b] = 0;
}

static size_t random_head(size_t blocks) {
    size_t b = random_below((uint32_t)blocks);
    while (b < blocks && model[b] != 'h') b++;
    return b < blocks ? b : NONE;
}

static void random_resize(size_t blocks, size_t b, size_t want) {
    size_t have = model_length(b), room = have, expected = b;
    bool move = random_below(3) > 0;
    while (room < want && b + room < blocks && model[b + room] == '.') room++;
    if (room < want) expected = move ? model_find(blocks, want) : NONE;
    heap_enable(false);
    void *p = heap_try_resize(pointer(b), 0, want * rt.profile.word_bytes * 4, HEAP_DATA, move);
    heap_enable(true);
    expect(number(p) == expected, "random reallocation", (long)number(p), (long)expected);
    if (!p) return;
    model_free(b);
    model_use(expected, want);
}

static uint32_t random_size(void) {
    static const uint32_t sizes[] = {1, 1, 1, 1, 1, 2, 2, 3, 4, 7, 12, 33, 63, 64, 65, 130, 300};
    uint32_t s = sizes[random_below(sizeof sizes / sizeof *sizes)];
    return s > 300 / 2 && random_below(4) ? 2 : s;
}

static void random_step(size_t blocks) {
    uint32_t dice = random_below(1000);
    size_t b = random_head(blocks), want = random_size();
    if (dice < 500) {
        size_t expected = model_find(blocks, want);
        heap_enable(false);
        void *p = heap_try_new(0, want * rt.profile.word_bytes * 4, HEAP_DATA);
        heap_enable(true);
        expect(number(p) == expected, "random placement", (long)number(p), (long)expected);
        if (p) {
            for (size_t i = 0; i < want * 32; i++) expect(((char *)p)[i] == 0, "a run that is not zero", (long)i, 0);
            memset(p, 0x55, want * 32);
            model_use(expected, want);
        }
    } else if (dice < 800 && b != NONE) {
        heap_free(pointer(b));
        model_free(b);
    } else if (dice < 995 && b != NONE) {
        random_resize(blocks, b, 1 + random_below(random_below(8) ? 20 : 200));
    } else if (dice >= 999) {
        size_t dead = 0;
        for (size_t i = 0; i < blocks; i++)
            if (model[i] == 'h' && random_below(2)) {
                model_free(i);
                dead++;
            }
        size_t freed = heap_collect();
        expect(freed == dead, "number of freed runs", (long)freed, (long)dead);
    }
}

static void random_test(const char *profile, size_t limit) {
    heap_fresh(profile, limit);
    size_t blocks = heap_total() / (rt.profile.word_bytes * 4u);
    if (blocks > BLOCKS_MAX) blocks = BLOCKS_MAX;
    memset(model, '.', blocks);
    model[blocks] = 0;
    for (int i = 0; i < 40000; i++) {
        random_step(blocks);
        if (i % 100 == 0) expect(heap_check(&to_text) && strcmp(map_now(blocks), model) == 0, "heap_check or map", i, 0);
    }
    printf("random %s: %zu blocks\n", profile, blocks);
}

// ---- threshold, lock, report ------------------------------------------------------------------------------------------------
static size_t threshold_count(intptr_t bytes) {
    heap_fresh("pybv11", 0);
    heap_set_threshold(bytes);
    struct heap_stats s;
    for (int i = 0; i < 100; i++) {
        heap_try_new(4, 0, HEAP_REFS);
        heap_try_new(0, 100, HEAP_DATA);
    }
    heap_stats(&s);
    return s.collections;
}

static void settings_test(void) {
    expect(threshold_count(1280) == 9, "threshold 1280", 0, 0);
    expect(threshold_count(640) == 19, "threshold 640", 0, 0);
    expect(threshold_count(128) == 99, "threshold 128", 0, 0);
    heap_set_threshold(1000);
    expect(heap_threshold() == 992, "threshold read back", (long)heap_threshold(), 992);
    heap_set_threshold(-7);
    expect(heap_threshold() == -1, "threshold off", (long)heap_threshold(), -1);
    heap_lock();
    heap_lock();
    expect(heap_try_new(1, 0, 0) == NULL, "allocation while locked", 0, 0);
    expect(heap_unlock() == 1 && heap_unlock() == 0, "lock depth", 0, 0);
    heap_fail_at(2);
    expect(heap_try_new(1, 0, 0) && heap_try_new(1, 0, 0) && !heap_try_new(1, 0, 0) && heap_try_new(1, 0, 0), "heap_fail_at", 0, 0);
    expect(heap_try_new(SIZE_MAX / 2, 0, 0) == NULL && heap_try_new(0, SIZE_MAX, 0) == NULL, "sizes that overflow", 0, 0);
    expect(heap_try_new(1, SIZE_MAX - 2, 0) == NULL && heap_try_new(SIZE_MAX / 4 + 1, 4, 0) == NULL, "sizes that wrap", 0, 0);
}

static void report_test(void) {
    static const struct type *const types[] = {&type_tuple, &type_list, &type_dict, &type_str, &type_bytes, &type_bytearray, &type_array,
                                               &type_float, &type_function, &type_generator_function, &type_module};
    heap_fresh("pybv11", 0);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) *(const struct type **)heap_try_new(4 + (i & 1), 0, HEAP_REFS) = types[i];
    void *p = heap_try_new(0, 64 * 16, HEAP_DATA);
    void *q = heap_try_new(1, 0, HEAP_DATA);
    heap_free(p);
    text_len = 0;
    heap_report(&to_text, true);
    expect(strstr(text, "GC: total: 103168, used: 272, free: 102896\n No. of 1-blocks: 7, 2-blocks: 5, "
                        "max blk sz: 2, max free sz: 6367\n") != NULL,
           "summary", 0, 0);
    expect(strstr(text, "GC memory layout; from 20002d00:\n"
                        "00000000: TL=DS=SA=AF=Bh=M................................................\n"
                        "00000400: ................h...............................................\n"
                        "       (98 lines all free)\n"
                        "00019000: ................................................\n") != NULL,
           "map", 0, 0);
    expect(heap_address(q) == 0x20002d00 + 80 * 16 && heap_pointer(heap_address(q)) == q, "addresses", 0, 0);
    if (failures) fputs(text, stdout);
}

// Areas of a heap that grows as on the ESP32.
static void area_test(void) {
    heap_fresh("esp32", 0);
    expect(heap_total() == 56000, "first area", (long)heap_total(), 56000);
    size_t n = 0;
    void *p;
    while ((p = heap_try_new(0, 1000, HEAP_DATA)) != NULL) {
        memset(p, 1, 1000);
        if (number(p) < BLOCKS_MAX) live[number(p)] = 1;
        n++;
        expect(heap_check(&to_text), "heap_check", (long)n, 0);
    }
    expect(heap_total() > 150000 && heap_new_split() < 2048 + 1000, "growth by areas", (long)heap_total(), (long)heap_new_split());
    memset(live, 0, sizeof live);
    heap_collect();
    expect(heap_total() == 56000 && heap_used() == 0 && heap_check(&to_text), "areas given back", (long)heap_total(), (long)heap_used());
}

static void intern_test(void) {
    heap_fresh("pybv11", 0);
    intern_start();
    char name[40];
    qstr_t first = intern_text("zzz_first");
    expect(heap_used() == (8 + 11) * 16, "first chunk and pool", (long)heap_used(), 0);
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "zzz_%d_name", i);
        qstr_t q = intern_text(name);
        expect(q == first + 1 + (qstr_t)i && intern_find(name, strlen(name)) == q && strcmp(qstr_text(q, NULL), name) == 0, "intern", i, q);
    }
    heap_collect();
    expect(strcmp(qstr_text(first, NULL), "zzz_first") == 0 && heap_used() > 500 * 8, "texts survive", (long)heap_used(), 0);
    expect(intern_text("append") < first && intern_find("zzz_", 4) == 0, "built-in names", 0, 0);
    text_len = 0;
    intern_report(&to_text, true);
    expect(strstr(text, "n_pool=5, n_qstr=501") != NULL, "qstr_info", 0, 0);
    intern_stop();
}

int main(int argc, char **argv) {
    char folder[800];
    const char *top = getenv("srcdir");
    snprintf(folder, sizeof folder, "%s/tests/unit/traces", top ? top : ".");
    if (argc > 1) snprintf(folder, sizeof folder, "%s", argv[1]);
    heap_debug.collect_always = false; // the board did not
    trace_replay(folder, "t_boot.trace");
    trace_replay(folder, "t_compile.trace");
    trace_replay(folder, "t_mixed.trace");
    random_test("pybv11", 0);
    random_test("microbit", 0);
    random_test("desktop", 256 << 10);
    settings_test();
    report_test();
    area_test();
    intern_test();
    heap_stop();
    printf(failures ? "%d failures\n" : "passed\n", failures);
    return failures != 0;
}
