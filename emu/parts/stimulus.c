// SPDX-License-Identifier: MIT
// Stimuli: parsed whole before anything runs, then one event that goes from entry to entry.
//
// Invariants
//  - Entries are sorted by (time, line); `event` is armed for entries[next] while there are entries left.
//  - Each net that was ever driven from outside has one pad here (named "stimulus"), in the list `pads`.
//  - Names are looked up when the text is read, so a wrong one is an error with its line, not a surprise later; parts and UARTs may appear
//    later and are looked up when their time comes (a report says when there is none).
#include "emu/parts/stimulus.h"
#include "emu/boards/board.h"
#include "emu/chip/gpio.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"
#include "emu/core/net.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stimulus_actions stimulus_actions;

enum action { ACT_DRIVE, ACT_PRESS, ACT_RELEASE, ACT_TURN, ACT_UART };

struct entry {
    uint64_t at;
    size_t order; // in the file
    uint32_t line;
    enum action action;
    char name[STIMULUS_NAME_ROOM], value[STIMULUS_NAME_ROOM];
    struct net *net;
    uint8_t *data; // ACT_UART
    size_t len;
};

struct outside { // our connection to a net
    struct pad pad;
    struct outside *next;
};

static struct {
    struct entry *entries;
    size_t n, room, next;
    struct event event;
    struct outside *pads;
} s;

// ---- acting --------------------------------------------------------------------------------------------------------------------
struct net *stimulus_net(const char *name) {
    const struct board_pin *pin = board_current ? board_pin_find(board_current, name) : NULL;
    return pin ? net_root(pin->gpio->net) : net_find(name);
}

static struct pad *pad_of(struct net *net) {
    net = net_root(net);
    for (struct outside *o = s.pads; o; o = o->next)
        if (o->pad.net == net) return &o->pad;
    struct outside *o = emu_new(sizeof *o);
    o->pad.name = "stimulus";
    o->next = s.pads;
    s.pads = o;
    pad_attach(&o->pad, net);
    return &o->pad;
}

static bool drive_parse(const char *value, enum drive *drive, double *volts) {
    static const struct {
        const char *word;
        enum drive drive;
    } words[] = {{"0", DRIVE_LOW},  {"1", DRIVE_HIGH},     {"Z", DRIVE_NONE},
                 {"z", DRIVE_NONE}, {"up", DRIVE_PULL_UP}, {"down", DRIVE_PULL_DOWN}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(value, words[i].word) == 0) {
            *drive = words[i].drive;
            return true;
        }
    char *end;
    *volts = strtod(value, &end);
    *drive = DRIVE_ANALOGUE;
    return end != value && strcmp(end, "V") == 0 && isfinite(*volts);
}

bool stimulus_drive(struct net *net, const char *value) {
    enum drive drive;
    double volts = 0;
    if (!drive_parse(value, &drive, &volts)) return false;
    if (drive == DRIVE_ANALOGUE)
        pad_drive_volts(pad_of(net), volts);
    else
        pad_drive(pad_of(net), drive);
    return true;
}

void stimulus_drive_wave(struct net *net, const struct wave *wave) { pad_drive_wave(pad_of(net), wave); }

static void entry_do(struct entry *e) {
    bool done = false;
    switch (e->action) {
    case ACT_DRIVE: done = stimulus_drive(e->net, e->value); break;
    case ACT_PRESS:
    case ACT_RELEASE: done = stimulus_actions.press && stimulus_actions.press(e->name, e->action == ACT_PRESS); break;
    case ACT_TURN: done = stimulus_actions.turn && stimulus_actions.turn(e->name, strtod(e->value, NULL)); break;
    case ACT_UART: done = stimulus_actions.uart && stimulus_actions.uart(e->name, e->data, e->len); break;
    }
    if (!done) emu_report(EMU_WARNING, "stimulus, line %u: there is no \"%s\"", (unsigned)e->line, e->name);
}

static void time_came(void *data) {
    (void)data;
    uint64_t now = s.event.at;
    while (s.next < s.n && s.entries[s.next].at <= now) entry_do(&s.entries[s.next++]);
    if (s.next < s.n) event_arm(&s.event, s.entries[s.next].at);
}

void stimulus_stop(void) {
    event_cancel(&s.event);
    for (size_t i = 0; i < s.n; i++) emu_free(s.entries[i].data);
    emu_free(s.entries);
    while (s.pads) {
        struct outside *next = s.pads->next;
        pad_detach(&s.pads->pad);
        emu_free(s.pads);
        s.pads = next;
    }
    memset(&s, 0, sizeof s);
}

// ---- reading -------------------------------------------------------------------------------------------------------------
struct reader {
    const char *p, *end;
    uint32_t line;
    uint64_t last;
    char *error;
    size_t room;
};

static bool refuse(struct reader *r, const char *what, const char *word) {
    snprintf(r->error, r->room, "line %u: %s%s%s%s", (unsigned)r->line, what, word ? " \"" : "", word ? word : "", word ? "\"" : "");
    return false;
}

static struct entry *entry_new(struct reader *r, uint64_t at) {
    if (s.n == s.room) s.entries = emu_host->resize(s.entries, (s.room = s.room * 2 + 64) * sizeof *s.entries);
    struct entry *e = &s.entries[s.n++];
    memset(e, 0, sizeof *e);
    e->at = at;
    e->line = r->line;
    return e;
}

// The next word of the line (blanks end it); "" at its end. Words that are too long are cut, which makes them unknown.
static void word_next(struct reader *r, char out[STIMULUS_NAME_ROOM]) {
    size_t n = 0;
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r')) r->p++;
    for (; r->p < r->end && !strchr(" \t\r\n#", *r->p); r->p++)
        if (n + 1 < STIMULUS_NAME_ROOM) out[n++] = *r->p;
    out[n] = 0;
}

static bool time_parse(const char *text, uint64_t *out) {
    static const struct {
        const char *unit;
        double ns;
    } units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
    char *end;
    double n = strtod(text, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0 && end != text && n >= 0 && n * units[i].ns < 1e18) {
            *out = (uint64_t)(n * units[i].ns + 0.5);
            return true;
        }
    *out = 0;
    return strcmp(text, "0") == 0;
}

static int escape_read(const char **p, const char *end) { // behind a backslash
    static const char letters[] = "nrt0\\\"", values[] = "\n\r\t\0\\\"";
    if (*p >= end) return -1;
    char c = *(*p)++;
    if (c == 'x' && end - *p >= 2) {
        char hex[3] = {(*p)[0], (*p)[1], 0}, *stop;
        long v = strtol(hex, &stop, 16);
        *p += 2;
        return *stop ? -1 : (int)v;
    }
    const char *at = strchr(letters, c);
    return at && c ? (unsigned char)values[at - letters] : -1;
}

static bool text_read(struct reader *r, struct entry *e) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t')) r->p++;
    const char *stop = r->p;
    while (stop < r->end && *stop != '\n') stop++;
    if (r->p >= stop || *r->p != '"') return refuse(r, "a text in double quotes is missing", NULL);
    e->data = emu_new((size_t)(stop - r->p) + 1);
    for (r->p++; r->p < stop && *r->p != '"';) {
        int c = (unsigned char)*r->p++;
        if (c == '\\') c = escape_read(&r->p, stop);
        if (c < 0) return refuse(r, "an escape in the text is not understood", NULL);
        e->data[e->len++] = (uint8_t)c;
    }
    if (r->p >= stop) return refuse(r, "the text has no end", NULL);
    r->p++;
    return true;
}

static bool drive_read(struct reader *r, struct entry *e, const char *name) {
    char word[STIMULUS_NAME_ROOM];
    enum drive drive;
    double volts;
    word_next(r, word);
    if (strcmp(word, "=") != 0) return refuse(r, "not understood:", name);
    word_next(r, e->value);
    e->net = stimulus_net(name);
    if (!e->net) return refuse(r, "there is no pin or net", name);
    if (!drive_parse(e->value, &drive, &volts)) return refuse(r, "not a level (0, 1, Z, up, down or volts as 1.5V):", e->value);
    return true;
}

static bool line_read(struct reader *r, const char *first) {
    static const struct {
        const char *word;
        enum action action;
    } verbs[] = {{"press", ACT_PRESS}, {"release", ACT_RELEASE}, {"turn", ACT_TURN}, {"uart", ACT_UART}};
    uint64_t at;
    bool relative = first[0] == '+';
    if (!time_parse(first + relative, &at)) return refuse(r, "not a time:", first);
    if (relative) at += r->last;
    r->last = at;
    struct entry *e = entry_new(r, at);
    char word[STIMULUS_NAME_ROOM];
    word_next(r, word);
    size_t i = 0;
    while (i < 4 && strcmp(word, verbs[i].word) != 0) i++;
    if (i == 4) return drive_read(r, e, word);
    e->action = verbs[i].action;
    word_next(r, e->name);
    if (!e->name[0]) return refuse(r, "a name is missing behind", word);
    if (e->action == ACT_UART) return text_read(r, e);
    if (e->action != ACT_TURN) return true;
    char *stop;
    word_next(r, e->value);
    double v = strtod(e->value, &stop);
    return stop != e->value && !*stop && v >= 0 && v <= 1 ? true : refuse(r, "a number from 0 to 1 is missing, not", e->value);
}

static bool lines_read(struct reader *r) {
    for (; r->p < r->end; r->line++) {
        char first[STIMULUS_NAME_ROOM], rest[STIMULUS_NAME_ROOM];
        word_next(r, first);
        if (first[0] && !line_read(r, first)) return false;
        word_next(r, rest);
        if (rest[0]) return refuse(r, "not understood:", rest);
        while (r->p < r->end && *r->p != '\n') r->p++; // a comment
        if (r->p < r->end) r->p++;
    }
    return true;
}

// ---- value change dumps -----------------------------------------------------------------------------------------------------
struct vcd_signal {
    char id[8];
    struct net *net;
};

static bool token(struct reader *r, char out[64]) {
    size_t n = 0;
    while (r->p < r->end && strchr(" \t\r\n", *r->p)) r->line += *r->p++ == '\n';
    for (; r->p < r->end && !strchr(" \t\r\n", *r->p); r->p++)
        if (n + 1 < 64) out[n++] = *r->p;
    out[n] = 0;
    return n > 0;
}

static double timescale_read(struct reader *r) {
    char word[64], all[64] = "";
    while (token(r, word) && strcmp(word, "$end") != 0)
        if (strlen(all) + strlen(word) < sizeof all) strcat(all, word);
    char *unit;
    double n = strtod(all, &unit);
    static const struct {
        const char *name;
        double ns;
    } units[] = {{"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1}, {"ps", 1e-3}, {"fs", 1e-6}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].name) == 0) return n * units[i].ns;
    return 0;
}

// $var TYPE WIDTH ID NAME ... $end: signals that bear the name of a pin are played, others are not.
static void variable_read(struct reader *r, struct vcd_signal *signals, size_t *n, size_t most) {
    char part[4][64] = {"", "", "", ""}, word[64];
    size_t i = 0;
    while (token(r, word) && strcmp(word, "$end") != 0)
        if (i < 4) strcpy(part[i++], word);
    if (strcmp(part[1], "1") != 0 || strlen(part[2]) >= sizeof signals->id || *n == most) return;
    struct net *net = stimulus_net(part[3]);
    if (!net) return;
    strcpy(signals[*n].id, part[2]);
    signals[(*n)++].net = net;
}

static void change_read(struct reader *r, const char *word, uint64_t at, const struct vcd_signal *signals, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(signals[i].id, word + 1) != 0) continue;
        struct entry *e = entry_new(r, at);
        e->net = signals[i].net;
        snprintf(e->value, sizeof e->value, "%c", strchr("01", word[0]) ? word[0] : 'Z');
        snprintf(e->name, sizeof e->name, "%s", signals[i].net->name);
        return;
    }
}

static bool vcd_read(struct reader *r) {
    enum { MOST = 256 };
    struct vcd_signal *signals = emu_new(MOST * sizeof *signals);
    size_t n = 0;
    double scale = 1;
    uint64_t at = 0;
    char word[64];
    bool good = true;
    while (good && token(r, word)) {
        if (strcmp(word, "$timescale") == 0) {
            scale = timescale_read(r);
            good = scale > 0 || refuse(r, "the time scale is not understood", NULL);
        } else if (strcmp(word, "$var") == 0) {
            variable_read(r, signals, &n, MOST);
        } else if (strcmp(word, "$comment") == 0 || strcmp(word, "$version") == 0 || strcmp(word, "$date") == 0 ||
                   strcmp(word, "$scope") == 0) {
            while (token(r, word) && strcmp(word, "$end") != 0) {}
        } else if (word[0] == '#') {
            double t = strtod(word + 1, NULL) * scale;
            good = (t >= 0 && t < 1e18) || refuse(r, "not a time:", word);
            at = good ? (uint64_t)(t + 0.5) : 0;
        } else if (strchr("01xXzZ", word[0])) {
            change_read(r, word, at, signals, n);
        }
    }
    if (good && n == 0) good = refuse(r, "no signal of the file has the name of a pin", NULL);
    emu_free(signals);
    return good;
}

static int by_time(const void *a, const void *b) { // lines of one time stay in their order
    const struct entry *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

bool stimulus_start(const char *text, size_t len, char *error, size_t room) {
    struct reader r = {text, text + len, 1, 0, error, room};
    s.event.fire = time_came;
    while (r.p < r.end && strchr(" \t\r\n", *r.p)) r.line += *r.p++ == '\n';
    bool is_dump = r.p < r.end && *r.p == '$';
    if (!(is_dump ? vcd_read(&r) : lines_read(&r))) {
        stimulus_stop();
        return false;
    }
    for (size_t i = 0; i < s.n; i++) s.entries[i].order = i;
    if (s.n > 1) qsort(s.entries, s.n, sizeof *s.entries, by_time);
    if (s.n > 0) event_arm(&s.event, s.entries[0].at);
    return true;
}
