// SPDX-License-Identifier: MIT
// needs: readline
// The prompt with GNU readline, or libedit's copy of its functions.
//
// Invariants
//  - The library works through its callback interface: this file waits, so that scheduled functions and interrupt handlers of the board run
//    while a line is edited. While a program runs the library is not installed and the terminal is as it was found.
//  - `statement` holds the lines entered so far; each line is edited by itself. A recalled or pasted line may hold several
//    statements, which are run one after the other.
//  - While os.dupterm() shares the terminal the built-in editor takes over, for good.
//  - What TAB, Enter and the first blank of a line do is what they do on a board (src/repl/). Ctrl-E on an empty line is paste mode,
//    Ctrl-A there the raw prompt, which the built-in editor takes over.
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <readline/readline.h>
#include <readline/history.h>

#include "heap/heap.h"
#include "host.h"
#include "objects/text.h"
#include "objects/types.h"
#include "ports/unix/port.h"
#include "ports/unix/prompt.h"
#include "repl/complete.h"
#include "repl/history.h"
#include "repl/statement.h"
#include "repl/terminal.h"
#include "modules/stream.h"
#include "rt.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include "run/wait.h"
#include "syntax/parser.h"

static const char paste_on[] = "\033[200~", paste_off[] = "\033[201~"; // what a terminal puts around what it pastes

// libedit goes on using the line's old place when a longer one moves: its lines have no more bytes than there is room for at first.
enum { LIBEDIT_MOST = 1000 };
enum event { LINE_NONE, LINE_ENTERED, LINE_END, LINE_INTERRUPTED, LINE_PASTE, LINE_RAW, LINE_SHARED };

static struct {
    char *statement;
    size_t len, room;
    char prompt[256];
    enum event event;
    char *line;       // LINE_ENTERED: malloc'ed by the library
    int ahead[sizeof paste_on]; // keys that were looked at before libedit reads them
    int n_ahead;
    bool pasting, indent_off;
    size_t indent;    // blanks put before the line, while nothing was typed
    bool colon;
} edit;

static void statement_add(const char *text, size_t len) {
    if (edit.len + len + 1 > edit.room) edit.statement = host_resize(edit.statement, edit.room = edit.room * 2 + len + 128);
    memcpy(edit.statement + edit.len, text, len);
    edit.len += len;
    edit.statement[edit.len] = 0;
}

// ---- prompts ---------------------------------------------------------------------------------------------------------------
static void prompt_add(void *data, const char *text, size_t len) {
    (void)data;
    size_t used = strlen(edit.prompt);
    if (len > sizeof edit.prompt - 1 - used) len = sizeof edit.prompt - 1 - used;
    memcpy(edit.prompt + used, text, len);
    edit.prompt[used + len] = 0;
}

static void prompt_find(void *name) {
    obj_t pair[2] = {OBJ_NULL, OBJ_NULL};
    obj_t sys = import_builtin(Q_sys);
    if (sys) obj_load_method_maybe(sys, *(qstr_t *)name, pair);
    struct printer p = {NULL, prompt_add};
    if (pair[0]) obj_print(&p, pair[0], PRINT_STR);
}

static size_t escape_length(const char *text) { // of ESC [ ... letter; 0: it is not one
    size_t n = 2;
    if (text[0] != '\033' || text[1] != '[') return 0;
    while (text[n] && (text[n] < '@' || text[n] > '~')) n++;
    return text[n] ? n + 1 : 0;
}

// The library has to be told what of a prompt takes no room: it is put between two marks. Lines before the last one are only shown.
static const char *prompt_text(void) {
    static char text[2 * sizeof edit.prompt];
    qstr_t name = edit.len > 0 ? Q_ps2 : Q_ps1;
    edit.prompt[0] = 0;
    if (edit.pasting) return "=== ";
    protect(prompt_find, &name, NULL);
    const char *end = strrchr(edit.prompt, '\n'), *from = end ? end + 1 : edit.prompt;
    host_write(1, edit.prompt, (size_t)(from - edit.prompt));
    if (strchr(from, RL_PROMPT_START_IGNORE)) return from;
    size_t n = 0;
    while (*from) {
        size_t hidden = escape_length(from), len = hidden > 0 ? hidden : 1;
        if (hidden > 0) text[n++] = RL_PROMPT_START_IGNORE;
        memcpy(text + n, from, len);
        n += len;
        from += len;
        if (hidden > 0) text[n++] = RL_PROMPT_END_IGNORE;
    }
    text[n] = 0;
    return text;
}

// It shows what is added to a line only when told to, does not call the hook at the start of one, has its keys for itself but TAB, and does
// not know the marks around what a terminal pastes.
static bool is_libedit(void) { return strncmp(rl_library_version, "EditLine", 8) == 0; }

// ---- the window ---------------------------------------------------------------------------------------------------------------
static volatile sig_atomic_t resized;

static void window_signal(int number) {
    (void)number;
    resized = 1;
}

// A window may become too small, or absurdly large, while GNU readline is used: then it works as if it had the usual size.
static void window_fit(bool editing) {
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    bool usual = terminal_has_cursor(0);
    resized = 0;
    if (usual && editing) {
        rl_resize_terminal();
        return;
    }
    if (is_libedit()) return;
    if (usual) ioctl(0, TIOCGWINSZ, &size);
    rl_set_screen_size(size.ws_row > 0 ? size.ws_row : 24, size.ws_col);
}

static void window_watch(bool on) {
    struct sigaction action = {.sa_handler = on ? window_signal : SIG_DFL};
    sigaction(SIGWINCH, &action, NULL);
}

// libedit does not ask the terminal to mark what it pastes.
static void handler_install(rl_vcpfunc_t *done) {
    const char *prompt = prompt_text();
    window_watch(true);
    window_fit(false);
    rl_callback_handler_install(prompt, done);
    if (is_libedit()) host_write(1, "\033[?2004h", 8);
}

static void handler_remove(void) {
    window_watch(false);
    rl_callback_handler_remove();
    if (is_libedit()) host_write(1, "\033[?2004l", 8);
}

void rl_callback_sigcleanup(void) __attribute__((weak)); // libedit has none: it keeps no such state

// A line that is given up, perhaps in the middle of a search or of a key of several bytes.
static void handler_drop(void) {
    if (!is_libedit()) {
        rl_callback_sigcleanup();
        rl_free_line_state();
    }
    handler_remove();
}

static void text_insert(const char *text) {
    rl_insert_text(text);
    if (!is_libedit()) return;
    host_write(1, "\r", 1);
    rl_forced_update_display();
}

// ---- keys -------------------------------------------------------------------------------------------------------------------
static bool nothing_typed(void) {
    return edit.indent > 0 && (size_t)rl_end == edit.indent && rl_point == rl_end && strspn(rl_line_buffer, " ") == edit.indent;
}

static int key_blank(int count, int key) {
    if (nothing_typed() && edit.indent >= 4) {
        rl_delete_text(rl_end - 3, rl_end);
        rl_point = rl_end;
        edit.indent_off = true;
        edit.indent = 0;
        return 0;
    }
    edit.indent = 0;
    return rl_insert(count, key);
}

static int key_backspace(int count, int key) {
    (void)count, (void)key;
    edit.indent = 0;
    int at = rl_point;
    if (at >= 4 && strspn(rl_line_buffer, " ") >= (size_t)at) at -= 4;
    else if (at > 0) at--;
    while (at > 0 && (rl_line_buffer[at] & 0xc0) == 0x80) at--; // a whole character
    rl_delete_text(at, rl_point);
    rl_point = at;
    return 0;
}

static void completions_show(void) {
    host_write(1, "\n", 1);
    struct printer p = printer_terminal;
    complete_list(&p, edit.statement, edit.len);
    if (is_libedit()) {
        rl_forced_update_display(); // its rl_redisplay() types Ctrl-R, which searches
        return;
    }
    rl_on_new_line();
    rl_redisplay();
}

static int key_tab(int count, int key) {
    (void)count, (void)key;
    if (nothing_typed()) {
        edit.indent_off = true;
        edit.indent = 0;
        return 0;
    }
    edit.indent = 0;
    if (edit.pasting || (rl_point > 0 ? rl_line_buffer[rl_point - 1] == ' ' : edit.len > 0)) {
        text_insert("    ");
        return 0;
    }
    char more[COMPLETE_ROOM + 1];
    size_t before = edit.len, n;
    statement_add(rl_line_buffer, (size_t)rl_point); // what stands before the cursor, for the moment
    enum complete_result r = complete(edit.statement, edit.len, more, &n);
    if (r == COMPLETE_LIST) completions_show();
    if (r == COMPLETE_STOPPED) __atomic_fetch_or(&rt.poll, POLL_KEYBOARD, __ATOMIC_SEQ_CST); // the line is given up
    edit.len = before;
    edit.statement[before] = 0;
    if (r == COMPLETE_INSERT) {
        more[n] = 0;
        text_insert(more);
    }
    return 0;
}

static void line_done(char *line) {
    handler_remove();
    if (edit.event == LINE_NONE) edit.event = line ? LINE_ENTERED : LINE_END;
    edit.line = line;
}

// With more than libedit has room for, the line is entered at once.
static void text_paste(const char *text) {
    size_t len = strlen(text), end = (size_t)rl_end, at = (size_t)rl_point;
    if (!is_libedit() || len + end < LIBEDIT_MOST) {
        text_insert(text);
        return;
    }
    char *line = malloc(end + len + 1);
    if (!line) return;
    memcpy(line, rl_line_buffer, at);
    memcpy(line + at, text, len);
    memcpy(line + at + len, rl_line_buffer + at, end - at);
    line[end + len] = 0;
    host_write(1, "\n", 1);
    line_done(line);
}

// The next byte of a text that is pasted; -1: Ctrl-C, or the end.
static int pasted_byte(void) {
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    struct pollfd p = {.fd = 0, .events = POLLIN};
    while (!(rt.poll & POLL_KEYBOARD) && ppoll(&p, 1, NULL, &old) <= 0) {}
    bool stopped = rt.poll & POLL_KEYBOARD;
    sigprocmask(SIG_SETMASK, &old, NULL);
    unsigned char c;
    return !stopped && read(0, &c, 1) == 1 ? c : -1;
}

// What is pasted, up to the mark of its end, into the line. Its lines end with \n there; the last of them is for Enter to end.
static void paste_take(void) {
    size_t len = 0, room = 0, end = sizeof paste_off - 1;
    char *text = NULL;
    for (int c; (c = pasted_byte()) >= 0;) {
        if (len + 1 >= room) text = host_resize(text, room = room * 2 + 128);
        text[len++] = c == '\r' ? '\n' : (char)c;
        text[len] = 0;
        if (len < end || strcmp(text + len - end, paste_off) != 0) continue;
        len -= end;
        text[len - (len > 0 && text[len - 1] == '\n')] = 0;
        text_paste(text);
        break;
    }
    host_free(text);
}

static int key_paste(int count, int key) {
    (void)count, (void)key;
    edit.indent = 0;
    paste_take();
    return 0;
}

static int leave(enum event event) {
    edit.event = event;
    rl_done = 1;
    return 0;
}

static bool at_prompt(void) { return rl_end == 0 && edit.len == 0 && !edit.pasting; }

static int key_end(int count, int key) {
    (void)count, (void)key;
    if (at_prompt()) return leave(LINE_PASTE);
    rl_point = rl_end;
    return 0;
}

static int key_start(int count, int key) {
    (void)count, (void)key;
    if (at_prompt()) return leave(LINE_RAW);
    rl_point = 0;
    return 0;
}

// The library's own idea of an end of file differs from version to version: Ctrl-D, where it ends something, is an Enter that says so.
static int key_read(FILE *from) {
    if (edit.n_ahead > 0) {
        int key = edit.ahead[0];
        memmove(edit.ahead, edit.ahead + 1, (size_t)--edit.n_ahead * sizeof *edit.ahead);
        return key;
    }
    unsigned char c;
    ssize_t n = read(fileno(from), &c, 1);
    if (n > 0 && !(c == 4 && (rl_end == 0 || edit.pasting))) return c;
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    edit.event = LINE_END;
    return '\n';
}

static int line_begins(void) {
    edit.indent = 0;
    if (edit.len == 0 || edit.pasting || edit.indent_off) return 0;
    size_t n = editor_indent(edit.statement, edit.len - 1); // without its last \n
    if (n == 0 || n > 200) return 0;
    char blanks[201];
    memset(blanks, ' ', n);
    blanks[n] = 0;
    text_insert(blanks);
    edit.indent = n;
    return 0;
}

// ---- lines --------------------------------------------------------------------------------------------------------------------
static void work_do(void *unused) {
    (void)unused;
    poll_run();
}

// os.dupterm() is in use: keys come from elsewhere too, which the library does not know. Or the library cannot be used any more.
static bool terminal_is_shared(void) {
    if (is_libedit() && !terminal_has_cursor(0)) return true; // it looks for itself how large the window is, and fails in such a one
    for (size_t i = 0; i < sizeof rt.terminal_slots / sizeof *rt.terminal_slots; i++)
        if (rt.terminal_slots[i]) return true;
    return false;
}

// ---- libedit: its keys cannot be bound to functions of a program, so those of a prompt are taken before it sees them ----------
// One byte of what a key sends, which comes at once; -1: it does not come.
static int byte_soon(void) {
    enum { AT_ONCE_MS = 50 };
    struct pollfd p = {.fd = 0, .events = POLLIN};
    unsigned char c;
    return poll(&p, 1, AT_ONCE_MS) > 0 && read(0, &c, 1) == 1 ? c : -1;
}

static int unread = -1; // a byte that belongs to the next key

// One character; 0 where there is none now, or none that is one; -1 at the end. libedit wants whole ones.
static int character_read(void) {
    unsigned char first = (unsigned char)unread;
    ssize_t n = unread >= 0 ? 1 : read(0, &first, 1);
    unread = -1;
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    if (n <= 0) return -1;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    if (first < 0x80) return first;
    if (more == 0 || first > 0xf4) return 0;
    int c = first & (0x3f >> more);
    for (int next; more > 0; more--) {
        if ((next = byte_soon()) < 0 || (next & 0xc0) != 0x80) {
            unread = next;
            return 0;
        }
        c = c << 6 | (next & 0x3f);
    }
    return c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : c;
}

static void key_hand_over(int key, int times) {
    while (times-- > 0) {
        edit.ahead[edit.n_ahead++] = key;
        rl_callback_read_char();
    }
}

// An escape sequence: what the terminal sends for a key comes at once.
static void escape_for_libedit(void) {
    int n = 0;
    edit.ahead[n++] = *paste_on;
    while (paste_on[n] && edit.ahead[n - 1] == paste_on[n - 1]) {
        int key = byte_soon();
        if (key <= 0) break;
        edit.ahead[n++] = key;
    }
    if (!paste_on[n] && edit.ahead[n - 1] == paste_on[n - 1]) {
        paste_take();
        return;
    }
    edit.n_ahead = n;
    while (edit.n_ahead > 0) rl_callback_read_char();
}

static void key_for_libedit(void) {
    enum { BACKSPACE = 127, YANK = 25 };
    int key = character_read();
    bool end = key < 0 || (key == 4 && (rl_end == 0 || edit.pasting));
    if (end || ((key == 5 || key == 1) && at_prompt())) {
        if (end) host_write(1, "\n", 1);
        edit.event = end ? LINE_END : key == 5 ? LINE_PASTE : LINE_RAW;
        line_done(strndup(rl_line_buffer, end ? (size_t)rl_end : 0));
        return;
    }
    size_t indent = edit.indent; // what it says of the line is right only after the first key
    if (key != 0) edit.indent = 0;
    if (key == ' ' && indent >= 4) {
        edit.indent_off = true;
        key_hand_over(BACKSPACE, 3);
    } else if ((key == BACKSPACE || key == 8) && (indent >= 4 || (rl_point >= 4 && (int)strspn(rl_line_buffer, " ") >= rl_point))) {
        key_hand_over(BACKSPACE, 4);
    } else if (key == '\t' && indent > 0) {
        edit.indent_off = true;
    } else if (key == *paste_on) {
        escape_for_libedit();
    } else if (key != 0 && (rl_end < (key == YANK ? LIBEDIT_MOST / 2 : LIBEDIT_MOST) || (key < ' ' && key != YANK) || key == BACKSPACE)) {
        key_hand_over(key, 1);
    } else if (key != 0) {
        host_write(1, "\a", 1);
    }
}

static void key_next(void) {
    if (!is_libedit()) rl_callback_read_char();
    else do key_for_libedit();
        while (unread >= 0 && edit.event == LINE_NONE);
}

static void input_wait(void) {
    if (thread_others()) { // they run meanwhile
        int error;
        struct host_poll typed = {0, STREAM_READABLE, 0};
        enum { LOOK_AGAIN_US = 100000 }; // at what they did: os.dupterm()
        wait_away(&typed, 1, LOOK_AGAIN_US);
        if (host_poll(&typed, 1, 0, &error) > 0) key_next();
        return;
    }
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    struct pollfd p = {.fd = 0, .events = POLLIN};
    bool ready = !rt.poll && !resized && ppoll(&p, 1, NULL, &old) > 0;
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (resized) window_fit(true);
    if (ready) key_next();
}

// One line into edit.line, or another event.
static enum event line_read(void) {
    edit.event = LINE_NONE;
    edit.line = NULL;
    console_flush();
    if (terminal_is_shared()) return LINE_SHARED;
    handler_install(line_done);
    if (is_libedit()) {
        rl_point = rl_end = 0; // it leaves them as they were in the line before until there is a key
        line_begins();
    }
    while (edit.event == LINE_NONE) {
        if (terminal_is_shared()) {
            handler_drop();
            return LINE_SHARED;
        }
        input_wait();
        if (edit.event == LINE_NONE && (rt.poll & POLL_KEYBOARD)) {
            rt.poll &= ~POLL_KEYBOARD;
            handler_drop();
            host_write(1, "\n", 1);
            return LINE_INTERRUPTED;
        }
        obj_t exception;
        if (edit.event == LINE_NONE && rt.poll && !protect(work_do, NULL, &exception)) exception_show(exception);
    }
    return edit.event;
}

// ---- statements -----------------------------------------------------------------------------------------------------------------
static void text_add(const char *statement) {
    if (!is_libedit() || strlen(statement) < LIBEDIT_MOST) add_history(statement);
}

// Runs what was entered. True: the program ends.
static bool statement_run(int input, int *status) {
    char *text = edit.statement;
    size_t len = edit.len;
    while (len > 0 && text[len - 1] == '\n') len--;
    if (len == 0) return false;
    text[len] = 0;
    text_add(text);
    history_file_add(text, len);
    text[len] = edit.len > len ? '\n' : 0;
    if (input != PARSE_SINGLE) return prompt_text_run(text, edit.len, input, status);
    for (size_t at = 0, n; at < edit.len; at += n) {
        n = statement_length(text + at, edit.len - at);
        if (strspn(text + at, " \n") < n && prompt_text_run(text + at, n, input, status)) return true;
    }
    return false;
}

static void line_take(void) {
    statement_add(edit.line, strlen(edit.line));
    free(edit.line); // the library's
    edit.line = NULL;
}

// Reads one statement. LINE_ENTERED: it is complete.
static enum event statement_read(void) {
    edit.len = 0;
    edit.indent_off = false;
    statement_add("", 0);
    for (;;) {
        enum event event = line_read();
        if (event == LINE_END && edit.len > 0) return LINE_ENTERED; // as far as it goes
        if (event != LINE_ENTERED) return event;
        bool several = strchr(edit.line, '\n') != NULL;
        line_take();
        if (edit.len == 0) continue;
        bool more = !several && parse_needs_more(edit.statement, edit.len);
        statement_add("\n", 1);
        if (!more) return LINE_ENTERED;
    }
}

static enum event paste_read(void) {
    host_write(1, "\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\n", 48);
    edit.pasting = true;
    edit.len = 0;
    statement_add("", 0);
    enum event event;
    while ((event = line_read()) == LINE_ENTERED) {
        line_take();
        statement_add("\n", 1);
    }
    if (event == LINE_END && edit.line) line_take();
    edit.pasting = false;
    return event;
}

static void library_start(void) {
    if (MB_CUR_MAX == 1 && (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1)) setlocale(LC_CTYPE, "C.UTF-8");
    rl_readline_name = "micropython";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_getc_function = key_read;
    rl_startup_hook = line_begins;
    rl_initialize();
    if (!is_libedit()) rl_variable_bind("bind-tty-special-chars", "off"); // the keys below stay bound
    using_history();
    stifle_history(HISTORY_MOST);
    history_file_load(text_add);
    rl_add_defun("board-tab", key_tab, '\t');
    if (is_libedit()) return;
    char bind_paste[] = "\"\\e[200~\": board-paste";
    rl_add_defun("board-paste", key_paste, -1);
    rl_parse_and_bind(bind_paste);
    rl_add_defun("board-blank", key_blank, ' ');
    rl_add_defun("board-start", key_start, 1);
    rl_add_defun("board-end", key_end, 5);
    rl_add_defun("board-rubout", key_backspace, 8);
    rl_add_defun("board-backspace", key_backspace, 127);
}

bool prompt_readline(int *status) {
    static const char help[] = "Type \"help()\" for more information.\n";
    *status = 0;
    banner_write();
    host_write(1, help, sizeof help - 1);
    library_start();
    for (;;) {
        enum event event = statement_read();
        int input = PARSE_SINGLE;
        if (event == LINE_PASTE) {
            event = paste_read();
            if (event == LINE_END) event = LINE_ENTERED;
            input = PARSE_FILE;
        }
        if (event == LINE_SHARED) {
            host_write(1, "\n", 1);
            *status = prompt_editor(REPL_FRIENDLY, false);
            break;
        }
        if (event == LINE_RAW) {
            host_write(1, "\n", 1);
            *status = prompt_editor(REPL_RAW, false);
            break;
        }
        if (event == LINE_END) {
            *status = 0;
            break;
        }
        if (event == LINE_ENTERED && statement_run(input, status)) break;
    }
    host_free(edit.statement);
    edit.statement = NULL;
    return true;
}
