// SPDX-License-Identifier: MIT
// The program `mpy-dump`: header, names, constants and listing of a .mpy file.
//
// The file is read and verified as an import would do it, so what is shown is what would run. A file that is refused gives the reason
// on stderr and status 1; a wrong command line or an unreadable file, a message and status 2.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code/code.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "objects/types.h"
#include "rt.h"
#include "run/raise.h"

struct dump {
    const char *path;
    const uint8_t *data;
    size_t len;
};

static void dump_header(const struct dump *d) {
    if (d->len < 4 || d->data[0] != 'M') return;
    printf("%s: %zu bytes\nversion %u.%u, %u-bit small integers\n", d->path, d->len, d->data[1], d->data[2] & 3u, d->data[3]);
}

static void dump_run(void *arg) {
    struct dump *d = arg;
    struct printer out = printer_stdout;
    dump_header(d);
    fflush(stdout);
    struct context *context = context_new(NULL);
    struct code *code = mpy_read(d->data, d->len, context);
    for (uint32_t i = 0; i < context->n_names; i++) {
        print_format(&out, "name %u: ", i);
        obj_print(&out, OBJ_QSTR(context_names(context)[i]), PRINT_REPR);
        print_text(&out, "\n");
    }
    for (uint32_t i = 0; i < context->n_constants; i++) {
        print_format(&out, "constant %u: ", i);
        obj_print(&out, context_constants(context)[i], PRINT_REPR);
        print_text(&out, "\n");
    }
    code_disassemble(&out, code, context);
}

static __attribute__((noinline)) int dump_main(const char *path, char *top) {
    struct dump d = {.path = path};
    int error = 0;
    char *text = host_read_file(path, &d.len, &error);
    if (!text) {
        fprintf(stderr, "mpy-dump: can't read '%s': %s\n", path, strerror(error));
        return 2;
    }
    d.data = (const uint8_t *)text;
    rt.profile = profiles[0];
    rt.c_stack_top = top;
    rt.c_stack_limit = 4 << 20;
    if (!heap_start(0)) host_fatal("no memory for the heap");
    rt_start();
    obj_t exception;
    bool ok = protect(dump_run, &d, &exception);
    if (!ok) {
        struct printer p = printer_stderr;
        print_format(&p, "mpy-dump: %s: ", path);
        exception_print(&p, exception);
    }
    rt_stop();
    heap_stop();
    host_free(text);
    return ok ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        puts("usage: mpy-dump FILE\nShows header, names, constants and bytecode of a .mpy file.");
        return 0;
    }
    if (argc != 2) {
        fputs("mpy-dump: one file, please: mpy-dump FILE\n", stderr);
        return 2;
    }
    return dump_main(argv[1], (char *)(((uintptr_t)__builtin_frame_address(0) + 63) & ~(uintptr_t)63));
}
