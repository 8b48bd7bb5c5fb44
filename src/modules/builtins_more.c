// SPDX-License-Identifier: MIT
// Builtin functions about numbers and sequences: abs all any bin chr divmod hex iter len max min next oct ord pow round sorted sum.
#include "heap/intern.h"
#include "modules/builtins.h"
#include "objects/instance.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "rt.h"
#include "run/raise.h"
#include <math.h>

// ---- one number -------------------------------------------------------------------------------------------------------------
static obj_t abs_do(obj_t o) { return obj_unary(OP_ABS, o); }
const struct builtin builtin_abs = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = abs_do}};

// Requests as the board makes them: bin() goes through str.format, hex() and oct() through %.
static obj_t bin_do(obj_t o) { return call_method_1(OBJ_QSTR(Q_brace_b), Q_format, o); }
const struct builtin builtin_bin = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = bin_do}};

static obj_t hex_do(obj_t o) { return str_format_percent(OBJ_QSTR(Q_percent_hash_x), o); }
const struct builtin builtin_hex = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = hex_do}};

static obj_t oct_do(obj_t o) { return str_format_percent(OBJ_QSTR(Q_percent_hash_o), o); }
const struct builtin builtin_oct = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = oct_do}};

static obj_t chr_do(obj_t o) {
    intptr_t code = obj_get_int(o);
    if (code < 0 || code > 0x10ffff) raise_message(&type_ValueError, "chr() arg not in range(0x110000)");
    char text[4];
    return OBJ_QSTR(intern(text, utf8_put(text, (uint32_t)code)));
}
const struct builtin builtin_chr = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = chr_do}};

static obj_t ord_do(obj_t o) {
    size_t len, characters;
    const char *text = str_data(o, &len);
    if (obj_is_str(o)) {
        characters = utf8_length(text, len);
        uint32_t code;
        if (characters == 1) {
            utf8_next(text, &code);
            return OBJ_INT(code);
        }
    } else {
        characters = len;
        if (len == 1) return OBJ_INT((uint8_t)text[0]);
    }
    raise_format(&type_TypeError, "ord() expected a character, but string of length %d found", (int)characters);
}
const struct builtin builtin_ord = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = ord_do}};

static obj_t divmod_do(obj_t a, obj_t b) { return obj_binary(OP_DIVMOD, a, b); }
const struct builtin builtin_divmod = {BUILTIN_TYPE(FORM_2), FORM_2, 2, 2, 0, {.f2 = divmod_do}};

static obj_t pow_do(size_t n, const obj_t *args) {
    if (n == 2 || args[2] == OBJ_NONE) return obj_binary(OP_POW, args[0], args[1]);
    for (size_t i = 0; i < 3; i++)
        if (!obj_is_integer(args[i])) raise_message(&type_TypeError, "pow() with 3 arguments requires integers");
    return int_pow_mod(args[0], args[1], args[2]);
}
const struct builtin builtin_pow = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 2, 3, 0, {.var = pow_do}};

// o to a multiple of 10 ** places, halves to the even multiple.
static obj_t round_integer(obj_t o, intptr_t places) {
    if (obj_is(o, &type_bool)) o = OBJ_INT(o == OBJ_TRUE);
    if ((size_t)places > int_bit_length(o) / 3 + 2) return OBJ_INT(0);
    obj_t unit = obj_binary(OP_POW, OBJ_INT(10), OBJ_INT(places));
    obj_t rest = obj_binary(OP_MOD, o, unit); // 0 <= rest < unit
    obj_t down = obj_binary(OP_SUB, o, rest);
    int half = int_compare(obj_binary(OP_ADD, rest, rest), unit);
    if (half == 0) half = obj_true(obj_binary(OP_MOD, obj_binary(OP_FLOORDIV, down, unit), OBJ_INT(2))) ? 1 : -1;
    return half > 0 ? obj_binary(OP_ADD, down, unit) : down;
}

static obj_t round_do(size_t n, const obj_t *args) {
    obj_t o = args[0];
    if (obj_is_integer(o)) {
        intptr_t digits = n > 1 ? obj_get_int(args[1]) : 0;
        if (digits < 0 && digits != INTPTR_MIN) return round_integer(o, -digits);
        return obj_is(o, &type_bool) ? OBJ_INT(o == OBJ_TRUE) : o;
    }
    double v = obj_get_float(o);
    if (n == 1) return int_from_double(nearbyint(v));
    double scale = pow(10, (double)obj_get_int(args[1]));
    return float_new(nearbyint(v * scale) / scale);
}
const struct builtin builtin_round = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = round_do}};

// ---- iterables ----------------------------------------------------------------------------------------------------------------
static obj_t len_do(obj_t o) { return obj_len(o); }
const struct builtin builtin_len = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = len_do}};

static obj_t iter_do(obj_t o) { return iter_begin(o, NULL); }
const struct builtin builtin_iter = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = iter_do}};

// Unlike in a loop, a StopIteration raised by Python code comes through with its arguments.
static obj_t next_do(size_t n, const obj_t *args) {
    obj_t item;
    if (n == 1 && obj_is_instance(args[0])) {
        item = instance_next_raising(args[0]);
        if (item != OBJ_NULL) return item;
        raise_stop(rt.stop_value);
    }
    item = iter_next(args[0]);
    if (item != OBJ_NULL) return item;
    if (n == 2) return args[1];
    raise_stop(rt.stop_value);
}
const struct builtin builtin_next = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = next_do}};

static obj_t all_do(obj_t o) {
    struct iter_buf buf;
    obj_t iterator = iter_begin(o, &buf), item;
    while ((item = iter_next(iterator)) != OBJ_NULL)
        if (!obj_true(item)) return OBJ_FALSE;
    return OBJ_TRUE;
}
const struct builtin builtin_all = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = all_do}};

static obj_t any_do(obj_t o) {
    struct iter_buf buf;
    obj_t iterator = iter_begin(o, &buf), item;
    while ((item = iter_next(iterator)) != OBJ_NULL)
        if (obj_true(item)) return OBJ_TRUE;
    return OBJ_FALSE;
}
const struct builtin builtin_any = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = any_do}};

static obj_t sum_do(size_t n, const obj_t *args) {
    obj_t total = n > 1 ? args[1] : OBJ_INT(0), item;
    struct iter_buf buf;
    obj_t iterator = iter_begin(args[0], &buf);
    while ((item = iter_next(iterator)) != OBJ_NULL) {
        if (obj_is_int(total) && obj_is_int(item) && int_fits(obj_int(total) + obj_int(item)))
            total = OBJ_INT(obj_int(total) + obj_int(item));
        else
            total = obj_binary(OP_ADD, total, item);
    }
    return total;
}
const struct builtin builtin_sum = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = sum_do}};

static obj_t keyword_find(size_t n, size_t kw, const obj_t *args, qstr_t name) {
    for (size_t i = 0; i < kw; i++)
        if (args[n + 2 * i] == OBJ_QSTR(name)) return args[n + 2 * i + 1];
    return OBJ_NULL;
}

// The item that stands in relation op to all before it.
static obj_t extreme(enum binary_op op, size_t n, size_t kw, const obj_t *args) {
    obj_t key = keyword_find(n, kw, args, Q_key), best = OBJ_NULL, best_key = OBJ_NULL, iterator = OBJ_NULL, item;
    struct iter_buf buf;
    if (n == 1) iterator = iter_begin(args[0], &buf);
    for (size_t i = 0;; i++) {
        item = iterator ? iter_next(iterator) : i < n ? args[i] : OBJ_NULL;
        if (item == OBJ_NULL) break;
        obj_t item_key = key == OBJ_NULL ? item : call_1(key, item);
        if (best == OBJ_NULL || obj_true(obj_binary(op, item_key, best_key))) {
            best = item;
            best_key = item_key;
        }
    }
    if (best != OBJ_NULL) return best;
    obj_t fallback = keyword_find(n, kw, args, Q_default);
    if (fallback == OBJ_NULL) raise_message(&type_ValueError, "arg is an empty sequence");
    return fallback;
}

static obj_t max_do(size_t n, size_t kw, const obj_t *args) { return extreme(OP_GT, n, kw, args); }
const struct builtin builtin_max = {BUILTIN_TYPE(FORM_KW), FORM_KW, 1, 255, 0, {.kw = max_do}};
static obj_t min_do(size_t n, size_t kw, const obj_t *args) { return extreme(OP_LT, n, kw, args); }
const struct builtin builtin_min = {BUILTIN_TYPE(FORM_KW), FORM_KW, 1, 255, 0, {.kw = min_do}};

static obj_t sorted_do(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_key, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NONE}},
        {Q_reverse, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
    };
    if (n > 1) raise_message(&type_TypeError, "must use keyword argument for key function");
    obj_t list = list_from_iterable(args[0]);
    union arg_value v[2];
    args_parse(0, kw, args + 1, 2, spec, v);
    list_sort(list, v[0].obj, v[1].b);
    return list;
}
const struct builtin builtin_sorted = {BUILTIN_TYPE(FORM_KW), FORM_KW, 1, 255, 0, {.kw = sorted_do}};
