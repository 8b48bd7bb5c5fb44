// SPDX-License-Identifier: MIT
// Integers as text and as bytes.
//
// Parsing walks the text once; a value that stays small costs no heap. A longer one gets a store of n * 8 / 16 + 1 digits for n
// characters, whatever the base, and is built by multiply-and-add over chunks that fit a limb, a very long one by GMP.
// Printing a big integer takes the digit text, then a scratch copy of the magnitude (GMP's conversion destroys its input) which is
// freed before the text is written (spec/heap-model.md 2.2).
// Bytes: to_bytes follows the preview of 1.29, which checks the range as `signed` says; 1.28 took whatever fits either way.
#include "heap/heap.h"
#include "int_big.h"
#include "int_long.h"
#include "run/patience.h"
#include "run/raise.h"
#include "str.h"

// ---- parsing ---------------------------------------------------------------------------------------------------------------

struct int_scan {
    const char *at, *end; // what is left
    unsigned base;        // after looking at the prefix
    bool negative;
};

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    c |= 0x20;
    if (c >= 'a' && c <= 'z') return (unsigned)(c - 'a') + 10;
    return 99;
}

static unsigned prefix_base(char letter) {
    switch (letter | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 0;
    }
}

// White space, sign and prefix.
static void scan_start(struct int_scan *s, const char *text, size_t len, int base) {
    s->at = text;
    s->end = text + len;
    s->negative = false;
    s->base = (unsigned)base;
    while (s->at < s->end && is_space(*s->at)) s->at++;
    if (s->at < s->end && (*s->at == '+' || *s->at == '-')) s->negative = *s->at++ == '-';
    if (base == 0 && (s->at == s->end || s->at[0] != '0')) s->base = 10;
    if (s->end - s->at < 2 || s->at[0] != '0') return;
    unsigned prefix = prefix_base(s->at[1]);
    if (prefix != 0 && (base == 0 || (unsigned)base == prefix)) {
        s->base = prefix;
        s->at += 2;
    }
}

// Does the rest hold digits and underscores, then white space? *count: digits and underscores.
static bool scan_check(const struct int_scan *s, size_t *count) {
    const char *p = s->at;
    bool zeros_only = s->base == 0 && p < s->end && *p == '0'; // "017" without a base is an error, "00" is not
    unsigned base = s->base ? s->base : 10;
    while (p < s->end && (*p == '_' || digit_value(*p) < (zeros_only ? 1 : base))) p++;
    *count = (size_t)(p - s->at);
    while (p < s->end && is_space(*p)) p++;
    return *count > 0 && p == s->end;
}

// Many digits: GMP needs less than quadratic time, but a limb more than the value.
static size_t scan_long(const struct int_scan *s, size_t count, mp_limb_t *limb) {
    unsigned base = s->base ? s->base : 10;
    unsigned char *digit = host_alloc(count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (s->at[i] != '_' && (n || s->at[i] != '0')) digit[n++] = (unsigned char)digit_value(s->at[i]);
    size_t bits = 32 - (unsigned)__builtin_clz(base), room = n * bits / LIMB_BITS + 2, len = 0;
    mp_limb_t *value = host_alloc(room * sizeof(mp_limb_t));
    bool done = n == 0 || int_long_scan(value, &len, digit, n, base);
    while (len > 0 && value[len - 1] == 0) len--;
    if (done) memcpy(limb, value, len * sizeof(mp_limb_t));
    host_free(value);
    host_free(digit);
    if (!done) int_long_stop();
    return len;
}

static obj_t scan_big(const struct int_scan *s, size_t count) {
    enum { LONG = 1000 }; // digits
    unsigned base = s->base ? s->base : 10;
    struct bigint *z = bigint_new(count * 8 / DIGIT_BITS + 1);
    z->negative = s->negative;
    mp_limb_t *limb = bigint_limbs(z);
    size_t len = 0, i = 0;
    if (count > LONG) return bigint_finish(z, scan_long(s, count, limb));
    while (i < count) {
        mp_limb_t chunk = 0, scale = 1;
        for (; i < count && scale < ((mp_limb_t)1 << 58); i++) {
            if (s->at[i] == '_') continue;
            chunk = chunk * base + digit_value(s->at[i]);
            scale *= base;
        }
        mp_limb_t carry = len ? mpn_mul_1(limb, limb, (mp_size_t)len, scale) : 0;
        if (carry) limb[len++] = carry;
        if (len == 0) {
            if (chunk) limb[len++] = chunk;
        } else if (mpn_add_1(limb, limb, (mp_size_t)len, chunk)) {
            limb[len++] = 1;
        }
    }
    return bigint_finish(z, len);
}

static obj_t scan_value(const struct int_scan *s, size_t count) {
    unsigned base = s->base ? s->base : 10;
    intptr_t value = 0;
    for (size_t i = 0; i < count; i++) {
        if (s->at[i] == '_') continue;
        // built negative, because the range of small integers reaches one further there
        if (__builtin_mul_overflow(value, (intptr_t)base, &value) ||
            __builtin_sub_overflow(value, (intptr_t)digit_value(s->at[i]), &value) || value < rt.small_min) {
            return scan_big(s, count);
        }
    }
    if (s->negative) return OBJ_INT(value);
    return int_fits(-value) ? OBJ_INT(-value) : scan_big(s, count);
}

obj_t int_parse(const char *text, size_t len, int base, bool *ok) {
    struct int_scan s;
    size_t count;
    scan_start(&s, text, len, base);
    *ok = scan_check(&s, &count);
    return *ok ? scan_value(&s, count) : OBJ_NULL;
}

obj_t int_from_text(const char *text, size_t len, int base) {
    struct int_scan s;
    size_t count;
    scan_start(&s, text, len, base);
    if (scan_check(&s, &count)) return scan_value(&s, count);
    struct text_buffer b;
    text_buffer_init(&b, 50);
    struct printer p = text_buffer_printer(&b);
    print_format(&p, "invalid syntax for integer with base %d: ", (int)s.base);
    str_print_quoted(&p, s.at, (size_t)(s.end - s.at), true);
    raise_value(&type_ValueError, text_buffer_str(&b));
}

// ---- printing --------------------------------------------------------------------------------------------------------------

static const char lower_digits[] = "0123456789abcdefghijklmnopqrstuvwxyz", upper_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

enum { SMALL_TEXT = LIMB_BITS + 1 };

// Digits of a word at the end of `out`; returns the first.
static char *word_digits(uint64_t v, unsigned base, const char *letters, char out[SMALL_TEXT]) {
    char *p = out + SMALL_TEXT;
    do {
        *--p = letters[v % base];
        v /= base;
    } while (v);
    return p;
}

static size_t digit_text_room(const struct magnitude *m, unsigned base) {
    unsigned bits = 31 - (unsigned)__builtin_clz(base);
    return DIGIT_BITS * magnitude_digits(m) / bits + 3;
}

char *int_digits(obj_t o, unsigned base, bool upper, size_t *len, bool *negative) {
    const char *letters = upper ? upper_digits : lower_digits;
    struct magnitude m;
    magnitude_of(o, &m);
    *negative = m.negative;
    if (m.len <= 1 && !obj_is(o, &type_int)) {
        char here[SMALL_TEXT + 1], *first = word_digits(m.len ? m.limb[0] : 0, base, letters, here);
        *len = (size_t)(here + SMALL_TEXT - first);
        char *run = heap_new(0, *len + 1, HEAP_DATA);
        memcpy(run, first, *len);
        return run;
    }
    char *text = heap_new(0, digit_text_room(&m, base), HEAP_DATA);
    mp_limb_t *copy = heap_new(0, magnitude_digits(&m) * 2, HEAP_DATA);
    mpn_copyi(copy, m.limb, (mp_size_t)m.len);
    size_t n = int_long_digits((unsigned char *)text, base, copy, m.len), zeros = 0;
    if (n == 0) int_long_stop();
    heap_free(copy);
    while (zeros + 1 < n && text[zeros] == 0) zeros++;
    n -= zeros;
    for (size_t i = 0; i < n; i++) text[i] = letters[(unsigned char)text[i + zeros]];
    text[n] = 0;
    *len = n;
    return text;
}

void int_print(struct printer *p, obj_t o) {
    o = int_plain(o);
    if (obj_is_int(o)) {
        intptr_t v = obj_int(o);
        char here[SMALL_TEXT + 1], *first = word_digits(v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 10, lower_digits, here + 1);
        if (v < 0) *--first = '-';
        print_bytes(p, first, (size_t)(here + 1 + SMALL_TEXT - first));
        return;
    }
    size_t len;
    bool negative;
    char *text = int_digits(o, 10, false, &len, &negative);
    if (negative) print_bytes(p, "-", 1);
    print_bytes(p, text, len);
    heap_free(text);
}

// ---- bytes -----------------------------------------------------------------------------------------------------------------

static obj_t words_from_bytes(uint64_t word, size_t len, bool is_signed) {
    if (!is_signed || len == 0) return int_from_u64(word);
    unsigned spare = LIMB_BITS - 8 * (unsigned)len;
    return int_from_i64((int64_t)(word << spare) >> spare);
}

obj_t int_from_bytes(const uint8_t *data, size_t len, bool little, bool is_signed) {
    // a long row of zeros still makes a small integer, without asking the heap
    while (!is_signed && len > 8 && data[little ? len - 1 : 0] == 0) {
        patience(len);
        if (!little) data++;
        len--;
    }
    if (len <= 8) {
        uint64_t word = 0;
        for (size_t i = 0; i < len; i++) word = word << 8 | data[little ? len - 1 - i : i];
        return words_from_bytes(word, len, is_signed);
    }
    struct bigint *z = bigint_new((len + 1) / 2);
    mp_limb_t *limb = bigint_limbs(z);
    size_t used = (len + 7) / 8;
    for (size_t i = 0; i < len; i++) {
        patience(i);
        limb[i / 8] |= (mp_limb_t)data[little ? i : len - 1 - i] << (i % 8 * 8);
    }
    if (is_signed && data[little ? len - 1 : 0] & 0x80) {
        // magnitude = 2^(8 * len) - value
        mpn_neg(limb, limb, (mp_size_t)used);
        unsigned spare = (unsigned)(used * 8 - len) * 8;
        limb[used - 1] &= ~(mp_limb_t)0 >> spare;
        z->negative = true;
    }
    return bigint_finish(z, used);
}

bool int_fits_bytes(obj_t o, size_t len, bool is_signed) {
    struct magnitude m;
    magnitude_of(o, &m);
    size_t bits = magnitude_bits(&m);
    if (!is_signed) return !m.negative && (len > SIZE_MAX / 16 || bits <= 8 * len);
    if (m.negative) bits = int_bit_length(int_binary(OP_ADD, o, OBJ_INT(1))); // as many as ~o has
    return bits == 0 ? len > 0 || !m.negative : len > SIZE_MAX / 16 || bits < 8 * len;
}

void int_store_bytes(obj_t o, uint8_t *out, size_t len, bool little) {
    struct magnitude m;
    magnitude_of(o, &m);
    unsigned carry = m.negative, flip = m.negative ? 0xff : 0;
    for (size_t i = 0; i < len; i++) {
        patience(i);
        unsigned byte = i / 8 < m.len ? (unsigned)(m.limb[i / 8] >> (i % 8 * 8)) & 0xff : 0;
        byte = (byte ^ flip) + carry;
        carry = byte >> 8;
        out[little ? i : len - 1 - i] = (uint8_t)byte;
    }
}
