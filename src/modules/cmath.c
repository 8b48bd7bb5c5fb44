// SPDX-License-Identifier: MIT
// The cmath module: the few functions of MicroPython's, by the plain polar formulas. No domain errors; infinities and nan pass through.
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include <math.h>

static struct float_object value_e = {&type_float, 2.71828182845904523536}, value_pi = {&type_float, 3.14159265358979323846};

void cmath_start(void) {
    value_e.value = float_narrow(2.71828182845904523536);
    value_pi.value = float_narrow(3.14159265358979323846);
}

static double size_squared(double real, double imag) { return float_narrow(real * real + imag * imag); }

static obj_t cmath_phase(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    return float_new(atan2(imag, real));
}

static obj_t cmath_polar(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    obj_t pair[2] = {float_new(sqrt(size_squared(real, imag))), float_new(atan2(imag, real))};
    return tuple_new(2, pair);
}

static obj_t cmath_rect(obj_t size_object, obj_t angle_object) {
    double size = obj_get_float(size_object), angle = obj_get_float(angle_object);
    return complex_new(size * cos(angle), size * sin(angle));
}

static obj_t cmath_exp(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    double size = float_narrow(exp(real));
    return complex_new(size * cos(imag), size * sin(imag));
}

static obj_t cmath_log(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    return complex_new(0.5 * log(size_squared(real, imag)), atan2(imag, real));
}

static obj_t cmath_log10(obj_t o) {
    const double scale = 0.43429448190325182765; // log10(e)
    double real, imag;
    obj_get_complex(o, &real, &imag);
    return complex_new(0.5 * log10(size_squared(real, imag)), scale * atan2(imag, real));
}

static obj_t cmath_sqrt(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    double size = pow(size_squared(real, imag), 0.25), angle = 0.5 * atan2(imag, real);
    return complex_new(size * cos(angle), size * sin(angle));
}

static obj_t cmath_cos(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    return complex_new(cos(real) * cosh(imag), -sin(real) * sinh(imag));
}

static obj_t cmath_sin(obj_t o) {
    double real, imag;
    obj_get_complex(o, &real, &imag);
    return complex_new(sin(real) * cosh(imag), cos(real) * sinh(imag));
}

BUILTIN_1(phase_builtin, cmath_phase);
BUILTIN_1(polar_builtin, cmath_polar);
BUILTIN_2(rect_builtin, cmath_rect);
BUILTIN_1(exp_builtin, cmath_exp);
BUILTIN_1(log_builtin, cmath_log);
BUILTIN_1(log10_builtin, cmath_log10);
BUILTIN_1(sqrt_builtin, cmath_sqrt);
BUILTIN_1(cos_builtin, cmath_cos);
BUILTIN_1(sin_builtin, cmath_sin);

static const struct map_slot cmath_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_cmath)), MEMBER(e, &value_e),           MEMBER(pi, &value_pi),
    MEMBER(phase, &phase_builtin),       MEMBER(polar, &polar_builtin), MEMBER(rect, &rect_builtin),
    MEMBER(exp, &exp_builtin),           MEMBER(log, &log_builtin),     MEMBER(log10, &log10_builtin),
    MEMBER(sqrt, &sqrt_builtin),         MEMBER(cos, &cos_builtin),     MEMBER(sin, &sin_builtin),
};
static FIXED_DICT(cmath_dict, cmath_members);
const struct module module_cmath = {.type = &type_module, .globals = &cmath_dict};
MODULE(cmath, false, cmath_start, "");
