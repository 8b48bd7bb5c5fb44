// SPDX-License-Identifier: MIT
// The program `mpy-cross`: one source file to one .mpy file, byte for byte what the reference cross-compiler writes.
//
// Options may stand before and after the file name. OUT defaults to the file with `.py` replaced by `.mpy`; `-` reads from standard
// input and writes to standard output, as does `-o -`. A faulty source gives a traceback on stderr and status 1; a wrong command line
// or a file that cannot be read or written, a message and status 2. Nothing is written unless the whole file compiled.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "compile/compile.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "host.h"
#include "objects/types.h"
#include "port.h"
#include "rt.h"
#include "run/raise.h"

static struct {
    const char *source, *out, *name;
    int optimise, small_bits, verbose;
    bool no_lines;
} cross = {.small_bits = 31};

struct output {
    char *data;
    size_t len, room;
};

static _Noreturn void cross_fail(const char *what, const char *subject, const char *advice) {
    fprintf(stderr, "mpy-cross: %s '%s': %s\n", what, subject, advice);
    exit(2);
}

static void cross_help(void) {
    puts("usage: mpy-cross [options] FILE|-\n"
         "  -o OUT                    output file (default: FILE with .mpy; - is standard output)\n"
         "  -s NAME                   source name to keep in the file (default: FILE)\n"
         "  -O[N], -OO, -OOO          optimisation level\n"
         "  -msmall-int-bits=N        width of small integers of the target (default 31)\n"
         "  -march=none               no machine code (the only choice)\n"
         "  -X emit=bytecode          code generator (the only choice)\n"
         "  -X no-source-lines        leave line tables empty\n"
         "  -v                        list the code\n"
         "  --version");
}

// ---- command line ---------------------------------------------------------------------------------------------------

static void option_level(const char *text) {
    if (*text == 'O' || *text == 0) {
        cross.optimise = 1 + (int)strspn(text, "O");
        if (text[strspn(text, "O")] != 0) cross_fail("unknown option", text, "write -O, -OO, -OOO or -ON");
        return;
    }
    char *end;
    long level = strtol(text, &end, 10);
    if (*end != 0 || level < 0 || level > 9) cross_fail("unknown level", text, "choose 0 to 9");
    cross.optimise = (int)level;
}

static void option_machine(const char *text) {
    static const char bits[] = "small-int-bits=";
    if (strncmp(text, bits, sizeof(bits) - 1) == 0) {
        char *end;
        const char *number = text + sizeof(bits) - 1;
        long n = strtol(number, &end, 10);
        if (*end != 0 || n < 2 || n > 63) cross_fail("wrong number of bits", number, "choose 2 to 63");
        cross.small_bits = (int)n;
    } else if (strcmp(text, "arch=none") != 0) {
        cross_fail("unknown option", text, "only bytecode can be made");
    }
}

static void option_x(const char *text) {
    if (strcmp(text, "no-source-lines") == 0) cross.no_lines = true;
    else if (strncmp(text, "heapsize=", 9) != 0 && strcmp(text, "emit=bytecode") != 0)
        cross_fail("unknown option", text, "see mpy-cross --help");
}

static const char *option_value(int argc, char **argv, int *i) {
    if (++*i >= argc) cross_fail("missing value after", argv[argc - 1], "see mpy-cross --help");
    return argv[*i];
}

static void options_read(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i];
        if (a[0] != '-' || a[1] == 0) {
            if (cross.source != NULL) cross_fail("second file", a, "compile one file at a time");
            cross.source = a;
        } else if (strcmp(a, "--version") == 0) {
            puts("MicroPython v1.28.0; mpy-cross emitting mpy v6.3; breadboard version");
            exit(0);
        } else if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) {
            cross_help();
            exit(0);
        } else if (strcmp(a, "-o") == 0) {
            cross.out = option_value(argc, argv, &i);
        } else if (strcmp(a, "-s") == 0) {
            cross.name = option_value(argc, argv, &i);
        } else if (strcmp(a, "-X") == 0) {
            option_x(option_value(argc, argv, &i));
        } else if (a[1] == 'O') {
            // the level may also be the next word
            bool next = a[2] == 0 && i + 1 < argc && strlen(argv[i + 1]) == 1 && argv[i + 1][0] >= '0' && argv[i + 1][0] <= '9';
            option_level(next ? argv[++i] : a + 2);
        } else if (a[1] == 'm') {
            option_machine(a + 2);
        } else if (a[1] == 'v' && a[1 + strspn(a + 1, "v")] == 0) {
            cross.verbose += (int)strlen(a + 1);
        } else {
            cross_fail("unknown option", a, "see mpy-cross --help");
        }
    }
    if (cross.source == NULL) cross_fail("nothing to compile", "", "name a file");
}

// ---- files ----------------------------------------------------------------------------------------------------------

static void output_put(void *data, const void *p, size_t n) {
    struct output *o = data;
    if (o->len + n > o->room) {
        o->room = 2 * (o->len + n);
        o->data = host_resize(o->data, o->room);
    }
    memcpy(o->data + o->len, p, n);
    o->len += n;
}

static char *source_read(size_t *len) {
    int error = 0;
    bool from_stdin = strcmp(cross.source, "-") == 0;
    char *text = host_read_file(from_stdin ? "/dev/stdin" : cross.source, len, &error);
    if (text == NULL) cross_fail("can't open file", cross.source, strerror(error));
    return text;
}

static void output_write(const struct output *o) {
    char *made = NULL;
    const char *path = cross.out;
    if (path == NULL && strcmp(cross.source, "-") != 0) {
        size_t n = strlen(cross.source);
        if (n > 3 && strcmp(cross.source + n - 3, ".py") == 0) n -= 3;
        made = host_alloc(n + 5);
        memcpy(made, cross.source, n);
        memcpy(made + n, ".mpy", 5);
        path = made;
    }
    bool standard = path == NULL || strcmp(path, "-") == 0;
    FILE *f = standard ? stdout : fopen(path, "wb");
    if (f == NULL || fwrite(o->data, 1, o->len, f) != o->len || (standard ? fflush(f) : fclose(f)) != 0)
        cross_fail("can't write", standard ? "standard output" : path, strerror(errno));
    host_free(made);
}

// ---- compiling ------------------------------------------------------------------------------------------------------

struct job {
    const char *text;
    size_t len;
    struct output out;
};

static void cross_run(void *arg) {
    struct job *job = arg;
    const char *path = strcmp(cross.source, "-") == 0 ? "<stdin>" : cross.source;
    qstr_t file = intern_text(path);
    qstr_t name = cross.name != NULL ? intern_text(cross.name) : file;
    struct parse_options how = {
        .input = PARSE_FILE, .file = name, .optimise = cross.optimise, .small_bits = cross.small_bits, .cross = true, .embedded = file};
    struct context *context = context_new(NULL);
    struct tree *tree = parse(job->text, job->len, &how);
    struct compile_options options = {
        .optimise = cross.optimise, .no_lines = cross.no_lines, .cross = true, .small_bits = cross.small_bits};
    struct code *code = compile_tree(tree, context, &options);
    if (cross.verbose > 0) code_disassemble(&printer_stdout, code, context);
    mpy_write(code, context, cross.small_bits, output_put, &job->out);
}

static size_t stack_size(void) {
    enum { LARGEST = 64 << 20, DEFAULT = 8 << 20, SMALLEST = 64 << 10 };
    struct rlimit limit;
    size_t size = DEFAULT;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) size = limit.rlim_cur;
    if (size > LARGEST) size = LARGEST;
    size_t margin = size / 4 + (32 << 10);
    return size > margin + SMALLEST ? size - margin : SMALLEST;
}

static __attribute__((noinline)) int cross_main(char *top) {
    struct job job = {0};
    char *text = source_read(&job.len);
    job.text = text;
    rt.profile = profiles[0];
    rt.c_stack_top = top;
    rt.c_stack_limit = stack_size();
    if (!heap_start(0)) host_fatal("no memory for the heap");
    rt_start();
    obj_t exception;
    bool ok = protect(cross_run, &job, &exception);
    console_flush(); // the listing, before a file on standard output
    if (ok) {
        output_write(&job.out);
    } else {
        struct printer p = printer_stderr;
        exception_print(&p, exception);
        console_flush();
    }
    rt_stop();
    heap_stop();
    host_free(text);
    host_free(job.out.data);
    return ok ? 0 : 1;
}

int main(int argc, char **argv) {
    options_read(argc, argv);
    return cross_main((char *)(((uintptr_t)__builtin_frame_address(0) + 63) & ~(uintptr_t)63));
}
