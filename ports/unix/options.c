// SPDX-License-Identifier: MIT
// The command line.
//
//   micropython [options] [-c COMMAND | -m MODULE | FILE | -] [ARGS]
//
// Options stand before the subject; everything behind it belongs to the program (sys.argv). What cannot be understood is answered
// on stderr with `micropython: what is wrong: what to do` and exit status 2, before the interpreter starts.
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "ports/unix/desk.h"
#include "ports/unix/keys.h"
#include "profile.h"

static const char usage_text[] =
    "usage: micropython [options] [-c COMMAND | -m MODULE | FILE | -] [ARGS]\n"
    "Runs a Python program as MicroPython 1.28 does. Without a subject: the prompt, or the program on standard input.\n"
    "\n"
    "  -c COMMAND        run this text\n"
    "  -m MODULE         run this module of sys.path as the main program\n"
    "  -i                show the prompt when the program has ended (also: MICROPYINSPECT=1)\n"
    "  -O, -O2, -O3      leave out assertions; __debug__ is False; -O3 also line numbers\n"
    "  -v                say more (twice: list the code)\n"
    "  -X heapsize=N[w][K|M]    size of the heap, in bytes or words\n"
    "  -X emit=bytecode|native  how functions are compiled by default\n"
    "  -X compile-only          compile, do not run\n"
    "  -X realtime              ask the host for real-time priority\n"
    "  -X settrace              sys.settrace(), sys._getframe(): for coverage, profiles, debuggers\n"
    "  -X fail-at=N             refuse the N-th request to the heap\n"
    "  --board=NAME      run in the memory of this board (see --list-boards)\n"
    "  --list-boards     name the boards\n"
    "  --clock=real|virtual     whose time the board lives in; virtual time is the same at every run, and sleeping takes none\n"
    "  --until=TIME      end the run at this time of the board's clock (10ms, 2s, 1h)\n"
    "  --wire A=B        solder two pins together (may be repeated)\n"
    "  --uart N=WHERE    the wires of a UART lead to pty, tcp:HOST:PORT, file:PATH or stdio\n"
    "  --flash FILE      keep the flash in this file; --flash-fault=cut:N[:torn], wear:BLOCK:N, flip:SEED: what goes wrong with it\n"
    "  --stimulus FILE   what happens to the board from outside, at given times (see docs/boards.md; or a VCD file)\n"
    "  --trace FILE      write every change of a pin, interrupts, collections as a VCD file; --trace-pins=A,B: only these pins\n"
    "  --report=irq,pins,time   show at the end what interrupts and pins did; latency: a histogram of each line\n"
    "  --panel           show the board in a window; --panel=detach: the window may be closed without ending the program\n"
    "  --screenshot FILE[@TIME] save a picture of the panel (PNG) at that time, or at the end; no display is needed\n"
    "  --record FILE.gif|FOLDER save the panel every 50 ms of the board's time\n"
    "  --panel-size=WxH, --panel-views=board,logic,heap,console, --panel-span=TIME,\n"
    "  --panel-decode=X1:uart,X9:i2c, --panel-theme=light, --panel-scale=2\n"
    "  --trace-heap      remember which line asked for which block (shown in the panel)\n"
    "  --strict          a short, or reading a pin that nothing drives, is an error\n"
    "  --device          start the board as a device: boot.py, main.py, the prompt on a serial line (a pseudo-terminal, which is named)\n"
    "  --link PATH       of a device: make a symbolic link to the pseudo-terminal\n"
    "  --serial=LINE     of a device: pty, tcp:HOST:PORT or stdio instead\n"
    "  --fs DIR          of a device: the folder that is its flash (default ~/.local/share/breadboard/BOARD)\n"
    "  --raw-repl-exec FILE     run FILE as if it had been sent to the raw prompt of a freshly started board\n"
    "  -h, --help        this text\n"
    "  --version         the version\n"
    "\n"
    "MICROPYPATH: folders for sys.path, separated by colons (default .frozen:~/.micropython/lib:/usr/lib/micropython)\n";

_Noreturn void usage_fail(const char *what, const char *subject, const char *advice) {
    console_flush();
    if (subject) fprintf(stderr, "micropython: %s '%s': %s\n", what, subject, advice);
    else fprintf(stderr, "micropython: %s: %s\n", what, advice);
    exit(2);
}

static _Noreturn void boards_list(void) {
    for (const struct profile *p = profiles; p->name; p++) {
        char heap[32] = "heap grows on demand";
        if (p->heap_region) snprintf(heap, sizeof(heap), "heap %zu bytes", p->heap_region);
        printf("%-12s %u-bit words, %u-bit floats, %s\n", p->name, p->word_bytes * 8u, p->float_bytes * 8u, heap);
    }
    exit(0);
}

// N[w][K|M]
static size_t heap_size_parse(const char *text) {
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 0);
    size_t unit = 1;
    if (*end == 'w') {
        unit = sizeof(void *);
        end++;
    }
    if (*end == 'k' || *end == 'K') unit *= 1024, end++;
    else if (*end == 'm' || *end == 'M') unit *= 1024 * 1024, end++;
    if (end == text || *end || errno || text[0] == '-') usage_fail("heap size not understood", text, "write a number such as 64K or 2M");
    if (n > SIZE_MAX / 4 / unit) usage_fail("heap size too large", text, "choose less");
    if (n * unit < 700) usage_fail("heap size too small", text, "at least 700 bytes are needed");
    return (size_t)n * unit;
}

static long count_parse(const char *text) {
    char *end;
    errno = 0;
    long n = strtol(text, &end, 0);
    if (end == text || *end || errno || n < 0) usage_fail("not a count", text, "write a number such as 0 or 100");
    return n;
}

static void implementation_option(struct options *o, const char *text) {
    if (strncmp(text, "heapsize=", 9) == 0) o->heap_size = heap_size_parse(text + 9);
    else if (strcmp(text, "emit=bytecode") == 0) o->native = false;
    else if (strcmp(text, "emit=native") == 0 || strcmp(text, "emit=viper") == 0) o->native = true;
    else if (strcmp(text, "compile-only") == 0) o->compile_only = true;
    else if (strcmp(text, "settrace") == 0) o->settrace = true;
    else if (strcmp(text, "realtime") == 0) o->realtime = true;
    else if (strncmp(text, "fail-at=", 8) == 0) o->fail_at = count_parse(text + 8);
    else usage_fail("unknown -X option", text, "see micropython -h");
}

// -O -OO -O2; -v -vv. Returns false when the text is something else.
static bool level_option(struct options *o, const char *text) {
    char letter = text[1];
    size_t run = strspn(text + 1, letter == 'O' ? "O" : "v");
    if ((letter != 'O' && letter != 'v') || run == 0) return false;
    const char *rest = text + 1 + run;
    int level = (int)run;
    if (letter == 'O' && run == 1 && rest[0] >= '0' && rest[0] <= '9' && !rest[1]) level = rest[0] - '0';
    else if (*rest) return false;
    if (letter == 'v') o->verbose += level;
    else o->optimise = level == 1 && run == 1 && !*rest ? o->optimise + 1 : level;
    return true;
}

static void clock_option(struct options *o, const char *text) {
    if (strcmp(text, "virtual") == 0) o->desk.is_virtual = true;
    else if (strcmp(text, "real") == 0) o->desk.is_virtual = false;
    else usage_fail("unknown clock", text, "write --clock=real or --clock=virtual");
}

// N[ns|us|ms|s|m|h], in ns
bool duration_read(const char *text, uint64_t *ns) {
    static const struct { const char *unit; double ns; } units[] = {
        {"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
    char *end;
    double n = strtod(text, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0 && end != text && n > 0 && n * units[i].ns < 1e19) {
            *ns = (uint64_t)(n * units[i].ns + 0.5);
            return true;
        }
    return false;
}

static uint64_t duration_parse(const char *text) {
    uint64_t ns;
    if (!duration_read(text, &ns)) usage_fail("not a time", text, "write a number and a unit, as 500ms or 2s");
    return ns;
}

// The value of option `name` at *at: behind its = or in the next word. NULL: it is another option.
static const char *option_valued(const char *name, int argc, char **argv, int *at) {
    size_t n = strlen(name);
    const char *text = argv[*at];
    if (strncmp(text, name, n) != 0 || (text[n] != '=' && text[n])) return NULL;
    if (text[n] == '=') return text + n + 1;
    if (*at + 1 >= argc) usage_fail("option needs a value", text, "see micropython -h");
    return argv[++*at];
}

static void report_option(struct options *o, const char *words) {
    o->desk.report = report_parse(words);
    if (!o->desk.report) usage_fail("unknown report", words, "write --report=irq,latency,pins,time or all");
}

static void flash_fault_option(struct options *o, const char *text) {
    if (o->desk.n_flash_faults == FLASH_FAULTS_MAX) usage_fail("too many flash faults", text, "16 are the most");
    o->desk.flash_faults[o->desk.n_flash_faults++] = text;
    o->desk.power = true; // so that a fault in the text is told
}

static void uart_option(struct options *o, const char *text) {
    if (o->desk.n_uarts == UARTS_MAX) usage_fail("too many UARTs", text, "8 are the most");
    o->desk.uarts[o->desk.n_uarts++] = text;
    o->desk.power = true;
}

static void flash_option(struct options *o, const char *path) {
    o->desk.flash = path;
    o->desk.power = true;
}

static void wire_option(struct options *o, const char *text) {
    if (o->desk.n_wires == WIRES_MAX) usage_fail("too many wires", text, "64 are the most");
    o->desk.wires[o->desk.n_wires++] = text;
}

static void size_option(struct panel_options *p, const char *text) {
    if (sscanf(text, "%dx%d", &p->width, &p->height) != 2 || p->width < 320 || p->height < 240 || p->width > 7680 || p->height > 4320)
        usage_fail("not a size", text, "write --panel-size=1280x800");
}

static void scale_option(struct panel_options *p, const char *text) {
    char *end;
    p->scale = strtod(text, &end);
    if (*end || !(p->scale >= 0.5 && p->scale <= 4)) usage_fail("not a scale", text, "write --panel-scale=2; 0.5 to 4");
}

static void shot_option(struct panel_options *p, const char *text) {
    if (p->n_shots == SHOTS_MAX) usage_fail("too many pictures", text, "1000 are the most; see --record");
    p->shots[p->n_shots++] = text;
}

static bool panel_option(struct options *o, int argc, char **argv, int *at) {
    struct panel_options *p = &o->panel;
    const char *v, *text = argv[*at];
    if (strcmp(text, "--panel") == 0) p->window = true;
    else if (strcmp(text, "--panel=detach") == 0) p->window = p->detach = true;
    else if (strcmp(text, "--trace-heap") == 0) p->sites = true;
    else if ((v = option_valued("--screenshot", argc, argv, at)) != NULL) shot_option(p, v);
    else if ((v = option_valued("--record", argc, argv, at)) != NULL) p->record = v;
    else if ((v = option_valued("--panel-size", argc, argv, at)) != NULL) size_option(p, v);
    else if ((v = option_valued("--panel-scale", argc, argv, at)) != NULL) scale_option(p, v);
    else if ((v = option_valued("--panel-span", argc, argv, at)) != NULL) p->span = duration_parse(v);
    else if ((v = option_valued("--panel-decode", argc, argv, at)) != NULL) p->decode = v;
    else if ((v = option_valued("--panel-views", argc, argv, at)) != NULL) p->views = v;
    else if (strcmp(text, "--panel-theme=light") == 0) p->light = true;
    else if (strcmp(text, "--panel-theme=dark") == 0) p->light = false;
    else return false;
    return true;
}

static bool desk_option(struct options *o, int argc, char **argv, int *at) {
    const char *v;
    if ((v = option_valued("--trace", argc, argv, at)) != NULL) o->desk.trace = v;
    else if ((v = option_valued("--trace-pins", argc, argv, at)) != NULL) o->desk.trace_pins = v;
    else if ((v = option_valued("--stimulus", argc, argv, at)) != NULL) o->desk.stimulus = v;
    else if ((v = option_valued("--report", argc, argv, at)) != NULL) report_option(o, v);
    else if ((v = option_valued("--wire", argc, argv, at)) != NULL) wire_option(o, v);
    else if ((v = option_valued("--flash", argc, argv, at)) != NULL) flash_option(o, v);
    else if ((v = option_valued("--flash-fault", argc, argv, at)) != NULL) flash_fault_option(o, v);
    else if ((v = option_valued("--uart", argc, argv, at)) != NULL) uart_option(o, v);
    else return panel_option(o, argc, argv, at);
    return true;
}

// The value of an option that stands in the next word.
static const char *option_value(int argc, char **argv, int *at, const char *advice) {
    if (*at + 1 >= argc) usage_fail("option needs a value", argv[*at], advice);
    return argv[++*at];
}

// --NAME VALUE or --NAME=VALUE: the value, or NULL when it is another option
static const char *named_value(const char *name, int argc, char **argv, int *at, const char *advice) {
    size_t len = strlen(name);
    const char *text = argv[*at];
    if (strncmp(text, name, len) != 0 || (text[len] && text[len] != '=')) return NULL;
    return text[len] ? text + len + 1 : option_value(argc, argv, at, advice);
}

static bool device_option(struct options *o, int argc, char **argv, int *at) {
    const char *value;
    if (strcmp(argv[*at], "--device") == 0) o->mode = RUN_DEVICE;
    else if ((value = named_value("--link", argc, argv, at, "name the link"))) o->link = value;
    else if ((value = named_value("--serial", argc, argv, at, "write pty, tcp:HOST:PORT or stdio"))) o->serial = value;
    else if ((value = named_value("--fs", argc, argv, at, "name a folder"))) o->fs = value;
    else return false;
    return true;
}

static void long_option(struct options *o, int argc, char **argv, int *at) {
    const char *text = argv[*at];
    if (strcmp(text, "--help") == 0) {
        fputs(usage_text, stdout);
        exit(0);
    } else if (strcmp(text, "--version") == 0) {
        banner_write();
        exit(0);
    } else if (strcmp(text, "--list-boards") == 0) {
        boards_list();
    } else if (strncmp(text, "--board=", 8) == 0) {
        o->board = text + 8;
    } else if (strcmp(text, "--board") == 0) {
        o->board = option_value(argc, argv, at, "write --board=NAME");
    } else if (strncmp(text, "--clock=", 8) == 0) {
        clock_option(o, text + 8);
    } else if (strncmp(text, "--until=", 8) == 0) {
        o->desk.until = duration_parse(text + 8);
    } else if (desk_option(o, argc, argv, at)) {
    } else if (strcmp(text, "--strict") == 0) {
        o->desk.strict = true;
    } else if (device_option(o, argc, argv, at)) {
    } else if (strcmp(text, "--raw-repl-exec") == 0) {
        o->mode = RUN_RAW_REPL;
        o->subject = option_value(argc, argv, at, "name a file");
    } else {
        usage_fail("unknown option", text, "see micropython -h");
    }
}

// Everything from argv[at] on belongs to the program; argv[at] itself is sys.argv[0] when `named`.
static void subject_set(struct options *o, enum run_mode mode, const char *subject, int argc, char **argv, int at) {
    o->mode = mode;
    o->subject = subject;
    o->n_args = argc - at;
    o->args = argv + at;
}

static void mode_find(struct options *o, int argc, char **argv) {
    int at = 1;
    for (; at < argc && argv[at][0] == '-' && argv[at][1] && o->mode != RUN_RAW_REPL; at++) {
        const char *text = argv[at];
        if (strcmp(text, "-c") == 0) {
            const char *command = option_value(argc, argv, &at, "write -c 'print(1)'");
            o->argv0 = "-c";
            subject_set(o, RUN_COMMAND, command, argc, argv, at + 1);
            return;
        } else if (strcmp(text, "-m") == 0) {
            o->argv0 = option_value(argc, argv, &at, "name a module of sys.path");
            subject_set(o, RUN_MODULE, o->argv0, argc, argv, at + 1);
            return;
        } else if (strcmp(text, "-X") == 0) {
            implementation_option(o, option_value(argc, argv, &at, "see micropython -h"));
        } else if (strcmp(text, "-i") == 0) {
            o->inspect = true;
        } else if (strcmp(text, "-h") == 0) {
            fputs(usage_text, stdout);
            exit(0);
        } else if (strncmp(text, "--", 2) == 0) {
            long_option(o, argc, argv, &at);
        } else if (!level_option(o, text)) {
            usage_fail("unknown option", text, "see micropython -h");
        }
    }
    if (o->mode == RUN_DEVICE) {
        if (at < argc) usage_fail("a device takes no program", argv[at], "copy it into the folder of --fs as main.py");
        if (!o->board) o->board = "pybv11";
    } else if (o->mode == RUN_RAW_REPL) {
        subject_set(o, RUN_RAW_REPL, o->subject, argc, argv, at);
    } else if (at < argc && strcmp(argv[at], "-") == 0) {
        subject_set(o, RUN_STDIN, NULL, argc, argv, at);
    } else if (at < argc) {
        subject_set(o, RUN_FILE, argv[at], argc, argv, at);
    } else {
        bool typed = console_is_tty(0) || (o->panel.window && keys_stdin_is_nothing());
        subject_set(o, typed ? RUN_PROMPT : RUN_STDIN, NULL, argc, argv, at);
        o->argv0 = "";
    }
}

void options_parse(struct options *o, int argc, char **argv) {
    memset(o, 0, sizeof(*o));
    o->fail_at = -1;
    o->mode = RUN_PROMPT;
    mode_find(o, argc, argv);
    if (o->mode != RUN_DEVICE && (o->link || o->serial || o->fs))
        usage_fail("--link, --serial and --fs are for a device", NULL, "add --device");
    o->argv = argv;
    o->panel.device = o->mode == RUN_DEVICE;
    const char *inspect = getenv("MICROPYINSPECT");
    if (inspect && *inspect) o->inspect = true;
    if (o->mode == RUN_STDIN && o->inspect && !o->n_args) o->mode = RUN_PROMPT;
    o->panel.prompt = o->mode == RUN_PROMPT || o->mode == RUN_DEVICE;
    if (o->board && !board_name_is_file(o->board) && !profile_find(o->board))
        usage_fail("unknown board", o->board, "micropython --list-boards names them");
}
