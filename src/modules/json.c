// SPDX-License-Identifier: MIT
// Module json: values to JSON text and back.
//
// Writing goes to a text buffer (dumps) or straight into a stream (dump). Lists, tuples and dictionaries are walked here, because the
// separators can be chosen; everything else prints itself (PRINT_JSON).
//
// Reading (json_read) needs no recursion: the containers that are open are in a heap run of their own, which grows by doubling from 4.
// The grammar is the lenient one of MicroPython: between two values any number of blanks, commas and colons may stand, any closing bracket
// closes the innermost container, and in an object a value without a partner is dropped. After the outermost value only blanks may follow.
//
// Heap (spec/heap-model.md 2.3): one buffer of 8 for all texts and numbers, growing as if characters came one by one, freed at the end;
// the run of open containers stays behind as garbage.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/patience.h"
#include "run/raise.h"

enum { FIRST_CAPACITY = 8, FIRST_DEPTH = 4 };

// Adds to the buffer with the growth that single characters cause.
static void text_add_slowly(struct text_buffer *b, const char *data, size_t len) {
    while (len > b->capacity - b->len) {
        size_t room = b->capacity - b->len;
        poll_keyboard();
        text_buffer_add(b, data, room);
        *text_buffer_extend(b, 1) = data[room];
        data += room + 1;
        len -= room + 1;
    }
    text_buffer_add(b, data, len);
}

// ---- writing ----------------------------------------------------------------------------------------------------------
struct json_writer {
    struct printer printer;   // of the same target
    struct text_buffer *text; // NULL: a stream
    struct span { const char *data; size_t len; } between, colon;
};

static void json_put(struct json_writer *w, const char *data, size_t len) {
    if (w->text) text_buffer_add(w->text, data, len);
    else print_bytes(&w->printer, data, len);
}

static size_t json_escape(char out[6], uint8_t c) {
    static const char letters[] = "n\nr\rt\t\"\"\\\\";
    out[0] = '\\';
    for (const char *at = letters; *at; at += 2)
        if (at[1] == (char)c) {
            out[1] = at[0];
            return 2;
        }
    memcpy(out + 1, "u00", 3);
    out[4] = (char)('0' + (c >> 4));
    out[5] = "0123456789abcdef"[c & 15];
    return 6;
}

static void json_put_run(struct json_writer *w, const char *data, size_t len) {
    if (w->text) text_add_slowly(w->text, data, len);
    else print_bytes(&w->printer, data, len);
}

static void json_write_text(struct json_writer *w, obj_t o) {
    size_t len;
    const char *at = str_data(o, &len), *end = at + len, *plain = at;
    json_put(w, "\"", 1);
    for (; at < end; at++) {
        uint8_t c = (uint8_t)*at;
        patience((size_t)(end - at));
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        char out[6];
        json_put_run(w, plain, (size_t)(at - plain));
        json_put(w, out, json_escape(out, c));
        plain = at + 1;
    }
    json_put_run(w, plain, (size_t)(end - plain));
    json_put(w, "\"", 1);
}

static void json_write_int(struct json_writer *w, intptr_t v) {
    char text[24], *at = text + sizeof text;
    uintptr_t rest = v < 0 ? 0 - (uintptr_t)v : (uintptr_t)v;
    do *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0) *--at = '-';
    json_put(w, at, (size_t)(text + sizeof text - at));
}

static void json_write(struct json_writer *w, obj_t o);

// The writing may run Python code (a stream, a __repr__) that changes the container: length and items are read each time.
static void json_write_items(struct json_writer *w, const size_t *len, obj_t *const *items) {
    json_put(w, "[", 1);
    for (size_t i = 0; i < *len; i++) {
        if (i > 0) json_put(w, w->between.data, w->between.len);
        json_write(w, (*items)[i]);
    }
    json_put(w, "]", 1);
}

static void json_write_key(struct json_writer *w, obj_t key) {
    bool is_text = obj_is_str_or_bytes(key);
    if (!is_text) json_put(w, "\"", 1);
    json_write(w, key);
    if (!is_text) json_put(w, "\"", 1);
}

static void json_write_dict(struct json_writer *w, const struct map *m) {
    size_t cursor = 0;
    bool first = true;
    json_put(w, "{", 1);
    for (struct map_slot *s; (s = map_next(m, &cursor)) != NULL; first = false) {
        obj_t value = s->value, key = s->key;
        if (!first) json_put(w, w->between.data, w->between.len);
        json_write_key(w, key);
        json_put(w, w->colon.data, w->colon.len);
        json_write(w, value);
    }
    json_put(w, "}", 1);
}

static void json_write(struct json_writer *w, obj_t o) {
    poll_keyboard();
    if (obj_is_int(o)) {
        json_write_int(w, obj_int(o));
    } else if (obj_is_qstr(o) || obj_is(o, &type_str) || obj_is(o, &type_bytes)) {
        json_write_text(w, o);
    } else if (obj_is(o, &type_list)) {
        stack_check();
        struct list *l = (struct list *)o;
        json_write_items(w, &l->len, &l->items);
    } else if (obj_is(o, &type_tuple)) {
        stack_check();
        struct tuple *t = (struct tuple *)o;
        obj_t *items = t->items;
        json_write_items(w, &t->len, &items);
    } else if (obj_is_dict(o)) {
        stack_check();
        json_write_dict(w, dict_map(o));
    } else {
        obj_print(&w->printer, o, PRINT_JSON);
    }
}

static void json_stream_put(void *data, const char *text, size_t len) { stream_write_all(*(obj_t *)data, text, len); }

static struct json_writer json_writer_start(size_t kw, const obj_t *pairs) {
    static const struct arg_spec spec[] = {{Q_separators, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}}};
    union arg_value v[1];
    args_parse(0, kw, pairs, 1, spec, v);
    struct json_writer w = {.between = {", ", 2}, .colon = {": ", 2}};
    if (v[0].obj != OBJ_NONE) {
        obj_t *items;
        seq_items_of_length(v[0].obj, 2, &items); // the caller's arguments keep them
        w.between.data = str_data(items[0], &w.between.len);
        w.colon.data = str_data(items[1], &w.colon.len);
    }
    return w;
}

static obj_t json_dump(size_t n, size_t kw, const obj_t *args) {
    if (n > 2) raise_message(&type_TypeError, "extra positional arguments given");
    struct json_writer w = json_writer_start(kw, args + n);
    obj_t stream = args[1];
    if (!obj_stream(stream)->write) raise_message(&type_OSError, "stream operation not supported");
    w.printer = (struct printer){&stream, json_stream_put};
    json_write(&w, args[0]);
    return OBJ_NONE;
}

static obj_t json_dumps(size_t n, size_t kw, const obj_t *args) {
    if (n > 1) raise_message(&type_TypeError, "extra positional arguments given");
    struct json_writer w = json_writer_start(kw, args + n);
    struct text_buffer text;
    text_buffer_init(&text, FIRST_CAPACITY);
    w.text = &text;
    w.printer = text_buffer_printer(&text);
    json_write(&w, args[0]);
    return text_buffer_str(&text);
}

// ---- reading ----------------------------------------------------------------------------------------------------------
enum { END = -1 };
struct json_reader {
    const uint8_t *at, *end;   // bytes that are here already; of a stream there are none
    obj_t stream;              // OBJ_NULL: all bytes are here
    const struct stream_ops *ops;
    int now;                   // the byte that is looked at, or END
    struct text_buffer text;
    obj_t *open;               // containers around the innermost one, outermost first: a heap run
    size_t depth, room;
    obj_t top;                 // innermost open container, OBJ_NULL outside
    obj_t key;                 // of the innermost object, waiting for its value
    obj_t result;
};

_Noreturn static void json_raise(void) { raise_message(&type_ValueError, "syntax error in JSON"); }

static int json_stream_byte(struct json_reader *r) {
    uint8_t byte;
    int error = 0;
    ptrdiff_t n = r->ops->read(r->stream, &byte, 1, &error);
    if (n < 0) raise_os(error);
    return n == 0 ? END : byte;
}

static inline void json_next(struct json_reader *r) {
    if (r->at < r->end) r->now = *r->at++;
    else r->now = r->stream != OBJ_NULL && r->now != END ? json_stream_byte(r) : END;
}

static unsigned json_hex_digit(struct json_reader *r) {
    json_next(r);
    int c = r->now, letter = c | 0x20;
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (letter >= 'a' && letter <= 'f' && c != END) return (unsigned)(letter - 'a' + 10);
    json_raise();
}

static void json_read_escape(struct json_reader *r) {
    json_next(r);
    char c = (char)r->now;
    switch (r->now) {
    case END: json_raise();
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'n': c = '\n'; break;
    case 'r': c = '\r'; break;
    case 't': c = '\t'; break;
    case 'u': {
        uint32_t code = 0;
        for (int i = 0; i < 4; i++) code = code << 4 | json_hex_digit(r);
        char out[4];
        text_add_slowly(&r->text, out, utf8_put(out, code));
        return;
    }
    default: break;
    }
    text_add_slowly(&r->text, &c, 1);
}

// Bytes of a text that need no look are taken at once.
static void json_read_plain(struct json_reader *r) {
    const uint8_t *at = r->at;
    while (at < r->end && *at != '"' && *at != '\\' && *at != 0) patience((size_t)(++at - r->at));
    text_add_slowly(&r->text, (const char *)r->at, (size_t)(at - r->at));
    r->at = at;
}

static obj_t json_read_text(struct json_reader *r) {
    r->text.len = 0;
    for (;;) {
        json_read_plain(r);
        json_next(r);
        if (r->now == '"') break;
        if (r->now == END || r->now == 0) json_raise();
        char c = (char)r->now;
        if (c == '\\') json_read_escape(r);
        else text_add_slowly(&r->text, &c, 1);
    }
    json_next(r);
    return str_new(r->text.data, r->text.len);
}

static bool json_number_byte(int c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '+' || c == '-' || c == 'e' || c == 'E';
}

static obj_t json_read_number(struct json_reader *r) {
    bool is_float = false, is_plain = true;
    intptr_t value = 0;
    r->text.len = 0;
    for (; json_number_byte(r->now); json_next(r)) {
        char c = (char)r->now;
        text_add_slowly(&r->text, &c, 1);
        if (c >= '0' && c <= '9') {
            if (r->text.len < 18) value = value * 10 + (c - '0');
            continue;
        }
        if (c == '.' || c == 'e' || c == 'E') is_float = true;
        if (r->text.len > 1 || c != '-') is_plain = false;
    }
    const char *text = r->text.data;
    size_t len = r->text.len;
    if (is_float) return number_from_text(text, len, false, false);
    if (!is_plain || len >= 18 || (len == 1 && text[0] == '-')) return int_from_text(text, len, 10);
    return int_from(text[0] == '-' ? -value : value);
}

static obj_t json_read_word(struct json_reader *r) {
    static const struct { char text[6]; obj_t value; } words[] = {{"null", OBJ_NONE}, {"true", OBJ_TRUE}, {"false", OBJ_FALSE}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].text[0] != r->now) continue;
        for (const char *c = words[i].text; *c; c++, json_next(r))
            if (r->now != *c) json_raise();
        return words[i].value;
    }
    json_raise();
}

// A finished value goes into the innermost container.
static void json_place(struct json_reader *r, obj_t value) {
    if (r->top == OBJ_NULL) {
        r->result = value;
    } else if (obj_is(r->top, &type_list)) {
        list_append(r->top, value);
    } else if (r->key == OBJ_NULL) {
        if (!obj_is_integer(value) && !obj_is_str(value) && !obj_is_float(value) && value != OBJ_NONE) json_raise();
        r->key = value;
    } else {
        obj_t key = r->key;
        r->key = OBJ_NULL;
        dict_set(r->top, key, value);
    }
}

static void json_open(struct json_reader *r) {
    obj_t container = r->now == '[' ? list_new(0, NULL) : dict_new(0);
    if (r->top != OBJ_NULL && obj_is_dict(r->top) && r->key == OBJ_NULL) json_raise(); // a container is no key
    json_place(r, container);
    if (r->top != OBJ_NULL) {
        if (r->depth == r->room) {
            size_t room = r->room ? 2 * r->room : FIRST_DEPTH;
            r->open = heap_resize(r->open, room, 0, HEAP_REFS);
            r->room = room;
        }
        r->open[r->depth++] = r->top;
    }
    r->top = container;
    json_next(r);
}

static void json_close(struct json_reader *r) {
    if (r->top == OBJ_NULL) json_raise();
    r->top = r->depth > 0 ? r->open[--r->depth] : OBJ_NULL;
    r->key = OBJ_NULL;
    json_next(r);
}

static bool json_blank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void json_read_one(struct json_reader *r) {
    poll_keyboard();
    switch (r->now) {
    case '[':
    case '{': json_open(r); break;
    case ']':
    case '}': json_close(r); break;
    case '"': json_place(r, json_read_text(r)); break;
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        json_place(r, json_read_number(r));
        break;
    default: json_place(r, json_read_word(r));
    }
}

static obj_t json_read(struct json_reader *r) {
    text_buffer_init(&r->text, FIRST_CAPACITY);
    json_next(r);
    do {
        while (json_blank(r->now) || r->now == ',' || r->now == ':') json_next(r);
        json_read_one(r);
    } while (r->top != OBJ_NULL);
    while (json_blank(r->now)) json_next(r);
    if (r->now != END) json_raise();
    text_buffer_free(&r->text);
    return r->result;
}

static obj_t json_load(obj_t stream) {
    struct json_reader r = {.stream = stream, .ops = obj_stream(stream)};
    if (!r.ops->read) raise_message(&type_OSError, "stream operation not supported");
    return json_read(&r);
}

static obj_t json_loads(obj_t text) {
    struct buffer b;
    obj_buffer(text, &b, BUFFER_READ);
    const uint8_t *data = b.data;
    struct json_reader r = {.at = data, .end = b.len ? data + b.len : data};
    return json_read(&r);
}

BUILTIN_KW(dump_fn, 2, 255, json_dump);
BUILTIN_KW(dumps_fn, 1, 255, json_dumps);
BUILTIN_1(load_fn, json_load);
BUILTIN_1(loads_fn, json_loads);

static const struct map_slot json_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_json)),
    MEMBER(dump, &dump_fn),
    MEMBER(dumps, &dumps_fn),
    MEMBER(load, &load_fn),
    MEMBER(loads, &loads_fn),
};
static FIXED_DICT(json_dict, json_members);
const struct module module_json = {&type_module, &json_dict, {0}};
MODULE(json, true, NULL, "");
