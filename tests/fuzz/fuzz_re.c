// SPDX-License-Identifier: MIT
// libFuzzer target: an expression and a text. First byte: length of the expression, second: bit 0 text or bytes, bit 1 the same for the text.
#include "harness.h"
#include "objects/num.h"
#include "objects/str.h"
#include "run/call.h"
#include "run/raise.h"

struct parts { obj_t pattern, text; };

static void re_try(void *arg) {
    struct parts *p = arg;
    obj_t regex = call_1(harness_function("re", "compile"), p->pattern);
    call_2(harness_function("re", "match"), regex, p->text);
    call_2(harness_function("re", "search"), regex, p->text);
    obj_t args[3] = {regex, str_new("<\\g<1>\\0>", 9), p->text};
    call(harness_function("re", "sub"), 3, 0, args);
    call_method_1(regex, Q_split, p->text);
}

static obj_t text_of(const uint8_t *data, size_t len, bool bytes) {
    return bytes ? bytes_new((const char *)data, len) : str_new((const char *)data, len);
}

static void re_case(const uint8_t *data, size_t size) {
    if (size < 2) return;
    size_t len = data[0] < size - 2 ? data[0] : size - 2;
    struct parts p = {text_of(data + 2, len, data[1] & 1), text_of(data + 2 + len, size - 2 - len, data[1] & 2)};
    re_try(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    harness_case(re_case, data, size);
    return 0;
}
