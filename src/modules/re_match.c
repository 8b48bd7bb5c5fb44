// SPDX-License-Identifier: MIT
// Runs the program of a regular expression over a text, by backtracking, without recursion.
//
// What is still to be tried is on a stack of choices in host memory (the first ones are on the C stack):
//     a place where to go on      program place, text place
//     a repeated character        the same, and how far back the text place may move: one choice for all its repetitions
//     an old value of a group     put back when the choice before it is tried
// A board follows choices by recursion, so each of them counts LEVEL_BYTES of its C stack, each repetition of a character as well: when the
// profile's stack is used up it is RuntimeError, as there. The desktop allows CHOICES_MOST. A loop that matches nothing again and again
// ends the same way. STEPS_MOST bounds the time: who needs more has written an expression that never ends in practice.
#include "heap/heap.h"
#include "modules/re.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include "run/vm.h"

enum { FIRST_CHOICES = 64, LEVEL_BYTES = 64, CHOICES_MOST = 1 << 20, POLL_STEPS = 1 << 16, STEPS_MOST = 200000000 };
enum choice_kind { CHOICE_PLACE, CHOICE_REPEAT, CHOICE_SAVED };

struct choice {
    uint32_t kind, code; // place in the program; CHOICE_SAVED: number of the place
    size_t at, low;      // text place (or the old value); CHOICE_REPEAT: at may move back to low
};

enum outcome { RUN_FAILED, RUN_MATCHED, RUN_TOO_DEEP, RUN_TOO_LONG, RUN_POLL };

struct run {
    const uint8_t *code;
    struct re_subject s;
    size_t *places;
    uint32_t pc;      // where the run goes on after RUN_POLL
    size_t at;
    bool retreat;     // it goes on with the last choice
    struct choice *choices;
    size_t n, room;
    size_t levels, levels_most; // of the board's recursion
    size_t steps, poll_at;
    struct choice first[FIRST_CHOICES];
};

bool re_named_matches(uint8_t letter, uint32_t c) {
    bool in;
    switch (letter | 0x20) {
    case 'd': in = c - '0' < 10; break;
    case 's': in = c == ' ' || c - '\t' < 5; break;
    default: in = c - '0' < 10 || (c | 0x20) - 'a' < 26 || c == '_';
    }
    return in == ((letter & 0x20) != 0);
}

static bool class_matches(const uint8_t *code, uint32_t c) {
    for (const uint8_t *at = code + 2, *end = at + code[1]; at < end;) {
        uint32_t from = at[0], to = at[1];
        if (from == RE_NAMED_MARK) {
            if (re_named_matches((uint8_t)to, c)) return *code == RE_CLASS;
            at += 2;
            continue;
        }
        if ((from | to) < 0x80) at += 2;
        else at = (const uint8_t *)utf8_next(utf8_next((const char *)at, &from), &to);
        if (c >= from && c <= to) return *code == RE_CLASS;
    }
    return *code == RE_CLASS_NOT;
}

// Bytes that the one-character instruction takes at `at`; 0: it does not match.
static inline size_t one_matches(const struct re_subject *s, const uint8_t *code, size_t at) {
    if (at >= s->end) return 0;
    uint32_t c = s->data[at];
    size_t width = 1;
    if (*code == RE_CHAR) return c == code[1];
    if (s->characters && c >= 0xc0) width = (size_t)(utf8_next((const char *)s->data + at, &c) - (const char *)s->data) - at;
    if (width > s->end - at) return 0;
    if (*code == RE_ANY) return width;
    if (*code == RE_NAMED) return re_named_matches(code[1], c) ? width : 0;
    return class_matches(code, c) ? width : 0;
}

static bool choice_push(struct run *r, enum choice_kind kind, uint32_t code, size_t at, size_t low) {
    if (r->n == CHOICES_MOST) return false;
    if (r->n == r->room) {
        size_t room = r->room * 2;
        struct choice *old = r->choices == r->first ? NULL : r->choices;
        r->choices = host_resize(old, room * sizeof *r->choices);
        if (!old) memcpy(r->choices, r->first, sizeof r->first);
        r->room = room;
    }
    r->choices[r->n++] = (struct choice){kind, code, at, low};
    return ++r->levels <= r->levels_most;
}

// The last choice: false when there is none.
static bool choice_take(struct run *r) {
    while (r->n > 0) {
        struct choice *c = &r->choices[r->n - 1];
        r->pc = c->code;
        r->at = c->at;
        r->levels--;
        switch (c->kind) {
        case CHOICE_SAVED: r->places[c->code] = c->at; break;
        case CHOICE_REPEAT:
            if (c->at > c->low) { // it stays for the next time, one character shorter
                c->at--;
                while (r->s.characters && c->at > c->low && (r->s.data[c->at] & 0xc0) == 0x80) c->at--;
                return true;
            }
            r->n--;
            return true;
        default: r->n--; return true;
        }
        r->n--;
    }
    return false;
}

// A loop over one character, greedy: takes all it can, and leaves one choice for all shorter ends. `exit` is the place behind the loop.
static bool repeat_one(struct run *r, const uint8_t *one, uint32_t exit) {
    size_t low = r->at, at = low, before = low, width;
    while ((width = one_matches(&r->s, one, at)) != 0) {
        before = at;
        at += width;
        r->levels++;
    }
    r->pc = exit;
    r->at = at;
    if (at == low) return true;
    r->levels--;
    return choice_push(r, CHOICE_REPEAT, exit, before, low);
}

static bool is_one(uint8_t code) { return code <= RE_NAMED; }

// SPLIT and RSPLIT. A loop over a single character is recognised: `SPLIT; one; JUMP back` and `one; RSPLIT back`.
static bool run_split(struct run *r) {
    const uint8_t *code = r->code + r->pc;
    int distance = (int8_t)code[1];
    uint32_t next = r->pc + 2, target = (uint32_t)((int)next + distance);
    bool lazy = *code == RE_RSPLIT;
    if (!lazy && distance > 0 && is_one(code[2])) {
        size_t size = re_code_size(code + 2);
        const uint8_t *jump = code + 2 + size;
        if ((size_t)distance == size + 2 && *jump == RE_JUMP && (int8_t)jump[1] == -(int)size - 4) return repeat_one(r, code + 2, target);
    }
    if (lazy && distance < 0 && is_one(r->code[target]) && target + re_code_size(r->code + target) == r->pc)
        return repeat_one(r, r->code + target, next);
    r->pc = lazy ? target : next;
    return choice_push(r, CHOICE_PLACE, lazy ? next : target, r->at, 0);
}

// One instruction that can fail; true: it matched.
static inline bool run_test(struct run *r, const uint8_t *code) {
    size_t width;
    switch (*code) {
    case RE_BOL: r->pc++; return r->at == 0;
    case RE_EOL: r->pc++; return r->at == r->s.end;
    default:
        width = one_matches(&r->s, code, r->at);
        r->at += width;
        r->pc += (uint32_t)re_code_size(code);
        return width != 0;
    }
}

static enum outcome run_on(struct run *r) {
    for (;;) {
        if (r->retreat && !choice_take(r)) return RUN_FAILED;
        r->retreat = false;
        if (++r->steps >= r->poll_at) {
            r->poll_at = r->steps + POLL_STEPS;
            if (r->steps > STEPS_MOST) return RUN_TOO_LONG;
            if (rt.poll & POLL_KEYBOARD) return RUN_POLL;
        }
        const uint8_t *code = r->code + r->pc;
        switch (*code) {
        case RE_SAVE:
            if (!choice_push(r, CHOICE_SAVED, code[1], r->places[code[1]], 0)) return RUN_TOO_DEEP;
            r->places[code[1]] = r->at;
            r->pc += 2;
            break;
        case RE_SPLIT:
        case RE_RSPLIT:
            if (!run_split(r) || r->levels > r->levels_most) return RUN_TOO_DEEP;
            break;
        case RE_JUMP: r->pc = (uint32_t)((int)r->pc + 2 + (int8_t)code[1]); break;
        case RE_MATCH: return RUN_MATCHED;
        default: r->retreat = !run_test(r, code);
        }
    }
}

static void run_poll(void *unused) {
    (void)unused;
    poll_keyboard();
}

static bool run_at(struct run *r, size_t at) {
    r->pc = RE_SEARCH_BYTES;
    r->at = at;
    r->n = r->levels = 0;
    r->retreat = false;
    for (;;) {
        enum outcome outcome = run_on(r);
        if (outcome == RUN_MATCHED) return true;
        if (outcome == RUN_FAILED) return false;
        obj_t exception = OBJ_NULL;
        if (outcome == RUN_POLL && protect(run_poll, NULL, &exception)) continue;
        if (r->choices != r->first) host_free(r->choices);
        if (outcome == RUN_POLL) raise_object(exception);
        raise_message(&type_RuntimeError, outcome == RUN_TOO_DEEP ? "maximum recursion depth exceeded" : "regex takes too long");
    }
}

// The next place where a match can start; false: there is none. The first instruction behind SAVE 0 tells.
static bool run_next_start(const struct run *r, size_t *at) {
    const uint8_t *first = r->code + RE_SEARCH_BYTES + 2;
    if (*first == RE_BOL) return *at == 0;
    if (*first != RE_CHAR) return *at <= r->s.end;
    const uint8_t *found = *at < r->s.end ? memchr(r->s.data + *at, first[1], r->s.end - *at) : NULL;
    if (found) *at = (size_t)(found - r->s.data);
    return found != NULL;
}

static size_t run_levels_most(void) {
    if (rt.profile.stack_limit == 0) return SIZE_MAX;
    return rt.board_stack < rt.profile.stack_limit ? (rt.profile.stack_limit - rt.board_stack) / LEVEL_BYTES : 0;
}

bool re_run(const struct regex *regex, const struct re_subject *s, size_t from, bool search, size_t *places) {
    struct run r;
    poll_keyboard();
    r.code = regex->code;
    r.s = *s;
    r.places = places;
    r.choices = r.first;
    r.room = FIRST_CHOICES;
    r.levels_most = run_levels_most();
    r.steps = 0;
    r.poll_at = POLL_STEPS;
    for (size_t i = 0; i < 2 * (regex->groups + (size_t)1); i++) places[i] = PTRDIFF_MAX;
    bool found = false;
    for (size_t at = from; at <= s->end; at++) {
        while (search && s->characters && at < s->end && (s->data[at] & 0xc0) == 0x80) at++;
        if (search && !run_next_start(&r, &at)) break;
        found = run_at(&r, at);
        if (found || !search) break;
    }
    if (r.choices != r.first) host_free(r.choices);
    return found;
}
