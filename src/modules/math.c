// SPDX-License-Identifier: MIT
// The math module, on the C library's double functions; results are rounded to the profile's width.
//
// One rule decides about errors: a result that is nan although no argument is, or infinite although no argument is, is a
// ValueError `math domain error` (so overflow counts too). log() and factorial() have their own checks.
// The constants are objects of this file; math_start() gives them the values that the profile can hold.
#include "heap/heap.h"
#include "objects/num.h"
#include "objects/map.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"
#include <limits.h>
#include <math.h>

static const double pi = 3.14159265358979323846, euler = 2.71828182845904523536;

static struct float_object value_e = {&type_float, 2.71828182845904523536}, value_pi = {&type_float, 3.14159265358979323846},
                           value_tau = {&type_float, 6.28318530717958647692}, value_inf = {&type_float, INFINITY},
                               value_nan = {&type_float, NAN};

void math_start(void) {
    value_e.value = float_narrow(euler);
    value_pi.value = float_narrow(pi);
    value_tau.value = float_narrow(2 * pi);
}

static _Noreturn void raise_domain(void) { raise_message(&type_ValueError, "math domain error"); }

static obj_t apply(double (*f)(double), obj_t o) {
    double x = obj_get_float(o), y = float_narrow(f(x));
    if ((isnan(y) && !isnan(x)) || (isinf(y) && !isinf(x))) raise_domain();
    return float_new(y);
}

static obj_t apply_2(double (*f)(double, double), obj_t a, obj_t b) {
    double x = obj_get_float(a), y = obj_get_float(b), z = float_narrow(f(x, y));
    if ((isnan(z) && !isnan(x) && !isnan(y)) || (isinf(z) && !isinf(x) && !isinf(y))) raise_domain();
    return float_new(z);
}

static double to_degrees(double x) { return x * (180 / pi); }
static double to_radians(double x) { return x * (pi / 180); }

static obj_t math_acos(obj_t x) { return apply(acos, x); }
static obj_t math_acosh(obj_t x) { return apply(acosh, x); }
static obj_t math_asin(obj_t x) { return apply(asin, x); }
static obj_t math_asinh(obj_t x) { return apply(asinh, x); }
static obj_t math_atan(obj_t x) { return apply(atan, x); }
static obj_t math_atan2(obj_t y, obj_t x) { return apply_2(atan2, y, x); }
static obj_t math_atanh(obj_t x) { return apply(atanh, x); }
static obj_t math_copysign(obj_t x, obj_t y) { return apply_2(copysign, x, y); }
static obj_t math_cos(obj_t x) { return apply(cos, x); }
static obj_t math_cosh(obj_t x) { return apply(cosh, x); }
static obj_t math_degrees(obj_t x) { return apply(to_degrees, x); }
static obj_t math_erf(obj_t x) { return apply(erf, x); }
static obj_t math_erfc(obj_t x) { return apply(erfc, x); }
static obj_t math_exp(obj_t x) { return apply(exp, x); }
static obj_t math_expm1(obj_t x) { return apply(expm1, x); }
static obj_t math_fabs(obj_t x) { return apply(fabs, x); }
static obj_t math_fmod(obj_t x, obj_t y) { return apply_2(fmod, x, y); }
static obj_t math_gamma(obj_t x) { return apply(tgamma, x); }
static obj_t math_lgamma(obj_t x) { return apply(lgamma, x); }
static obj_t math_log10(obj_t x) { return apply(log10, x); }
static obj_t math_log2(obj_t x) { return apply(log2, x); }
static obj_t math_pow(obj_t x, obj_t y) { return apply_2(pow, x, y); }
static obj_t math_radians(obj_t x) { return apply(to_radians, x); }
static obj_t math_sin(obj_t x) { return apply(sin, x); }
static obj_t math_sinh(obj_t x) { return apply(sinh, x); }
static obj_t math_sqrt(obj_t x) { return apply(sqrt, x); }
static obj_t math_tan(obj_t x) { return apply(tan, x); }
static obj_t math_tanh(obj_t x) { return apply(tanh, x); }

static obj_t math_ceil(obj_t x) { return int_from_double(ceil(obj_get_float(x))); }
static obj_t math_floor(obj_t x) { return int_from_double(floor(obj_get_float(x))); }
static obj_t math_trunc(obj_t x) { return int_from_double(trunc(obj_get_float(x))); }
static obj_t math_isfinite(obj_t x) { return obj_bool(isfinite(obj_get_float(x))); }
static obj_t math_isinf(obj_t x) { return obj_bool(isinf(obj_get_float(x))); }
static obj_t math_isnan(obj_t x) { return obj_bool(isnan(obj_get_float(x))); }

static obj_t math_log(size_t n, const obj_t *args) {
    double x = obj_get_float(args[0]);
    if (x <= 0) raise_domain();
    double l = log(x);
    if (n == 1) return float_new(l);
    double base = obj_get_float(args[1]);
    if (base <= 0) raise_domain();
    if (base == 1) raise_message(&type_ZeroDivisionError, "divide by zero");
    return float_new(float_narrow(l) / float_narrow(log(base)));
}

static obj_t math_ldexp(obj_t x, obj_t exponent) {
    double v = obj_get_float(x);
    intptr_t e = obj_get_int(exponent);
    return float_new(ldexp(v, e > INT_MAX ? INT_MAX : e < INT_MIN ? INT_MIN : (int)e));
}

static obj_t math_frexp(obj_t x) {
    double v = obj_get_float(x);
    int e = 0;
    double fraction = frexp(v, &e);
    obj_t pair[2] = {float_new(fraction), OBJ_INT(isfinite(v) ? e : 0)};
    return tuple_new(2, pair);
}

static obj_t math_modf(obj_t x) {
    double whole, fraction = modf(obj_get_float(x), &whole);
    obj_t pair[2] = {float_new(fraction), float_new(whole)};
    return tuple_new(2, pair);
}

static obj_t math_isclose(size_t n, size_t kw, const obj_t *args) {
    static const struct arg_spec spec[] = {
        {Q_rel_tol, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
        {Q_abs_tol, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    };
    double a = obj_get_float(args[0]), b = obj_get_float(args[1]);
    union arg_value v[2];
    args_parse(n - 2, kw, args + 2, 2, spec, v);
    double relative = v[0].obj == OBJ_NULL ? float_narrow(1e-9) : obj_get_float(v[0].obj);
    double absolute = v[1].obj == OBJ_NULL ? 0 : obj_get_float(v[1].obj);
    if (relative < 0 || absolute < 0) raise_domain();
    if (a == b) return OBJ_TRUE;
    if (isinf(a) || isinf(b)) return OBJ_FALSE;
    double difference = float_narrow(fabs(a - b)), size = fmax(fabs(a), fabs(b));
    return obj_bool(difference <= float_narrow(relative * size) || difference <= absolute);
}

// low * (low + 1) * ... * high, by halves so that the factors of each product are about equally long
static obj_t product(intptr_t low, intptr_t high) {
    stack_check();
    if (rt.poll) poll_run();
    if (low > high) return OBJ_INT(1);
    if (low == high) return int_from(low);
    intptr_t middle = low + (high - low) / 2;
    obj_t left = product(low, middle);
    return int_binary(OP_MUL, left, product(middle + 1, high));
}

static obj_t math_factorial(obj_t o) {
    intptr_t n = obj_get_int(o);
    if (n < 0) raise_message(&type_ValueError, "negative factorial");
    double bytes = lgamma((double)n + 1) / (8 * log(2));
    if (bytes > 1e6 && bytes > (double)heap_largest_free()) {
        heap_collect();
        if (bytes > (double)heap_largest_free()) raise_no_memory(bytes < 0x1p62 ? (size_t)bytes : SIZE_MAX);
    }
    return product(1, n);
}

BUILTIN_1(acos_builtin, math_acos);
BUILTIN_1(acosh_builtin, math_acosh);
BUILTIN_1(asin_builtin, math_asin);
BUILTIN_1(asinh_builtin, math_asinh);
BUILTIN_1(atan_builtin, math_atan);
BUILTIN_2(atan2_builtin, math_atan2);
BUILTIN_1(atanh_builtin, math_atanh);
BUILTIN_1(ceil_builtin, math_ceil);
BUILTIN_2(copysign_builtin, math_copysign);
BUILTIN_1(cos_builtin, math_cos);
BUILTIN_1(cosh_builtin, math_cosh);
BUILTIN_1(degrees_builtin, math_degrees);
BUILTIN_1(erf_builtin, math_erf);
BUILTIN_1(erfc_builtin, math_erfc);
BUILTIN_1(exp_builtin, math_exp);
BUILTIN_1(expm1_builtin, math_expm1);
BUILTIN_1(fabs_builtin, math_fabs);
BUILTIN_1(factorial_builtin, math_factorial);
BUILTIN_1(floor_builtin, math_floor);
BUILTIN_2(fmod_builtin, math_fmod);
BUILTIN_1(frexp_builtin, math_frexp);
BUILTIN_1(gamma_builtin, math_gamma);
BUILTIN_KW(isclose_builtin, 2, 255, math_isclose);
BUILTIN_1(isfinite_builtin, math_isfinite);
BUILTIN_1(isinf_builtin, math_isinf);
BUILTIN_1(isnan_builtin, math_isnan);
BUILTIN_2(ldexp_builtin, math_ldexp);
BUILTIN_1(lgamma_builtin, math_lgamma);
BUILTIN_VAR(log_builtin, 1, 2, math_log);
BUILTIN_1(log10_builtin, math_log10);
BUILTIN_1(log2_builtin, math_log2);
BUILTIN_1(modf_builtin, math_modf);
BUILTIN_2(pow_builtin, math_pow);
BUILTIN_1(radians_builtin, math_radians);
BUILTIN_1(sin_builtin, math_sin);
BUILTIN_1(sinh_builtin, math_sinh);
BUILTIN_1(sqrt_builtin, math_sqrt);
BUILTIN_1(tan_builtin, math_tan);
BUILTIN_1(tanh_builtin, math_tanh);
BUILTIN_1(trunc_builtin, math_trunc);

static const struct map_slot math_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_math)),
    MEMBER(e, &value_e),
    MEMBER(pi, &value_pi),
    MEMBER(tau, &value_tau),
    MEMBER(inf, &value_inf),
    MEMBER(nan, &value_nan),
    MEMBER(acos, &acos_builtin),
    MEMBER(acosh, &acosh_builtin),
    MEMBER(asin, &asin_builtin),
    MEMBER(asinh, &asinh_builtin),
    MEMBER(atan, &atan_builtin),
    MEMBER(atan2, &atan2_builtin),
    MEMBER(atanh, &atanh_builtin),
    MEMBER(ceil, &ceil_builtin),
    MEMBER(copysign, &copysign_builtin),
    MEMBER(cos, &cos_builtin),
    MEMBER(cosh, &cosh_builtin),
    MEMBER(degrees, &degrees_builtin),
    MEMBER(erf, &erf_builtin),
    MEMBER(erfc, &erfc_builtin),
    MEMBER(exp, &exp_builtin),
    MEMBER(expm1, &expm1_builtin),
    MEMBER(fabs, &fabs_builtin),
    MEMBER(factorial, &factorial_builtin),
    MEMBER(floor, &floor_builtin),
    MEMBER(fmod, &fmod_builtin),
    MEMBER(frexp, &frexp_builtin),
    MEMBER(gamma, &gamma_builtin),
    MEMBER(isclose, &isclose_builtin),
    MEMBER(isfinite, &isfinite_builtin),
    MEMBER(isinf, &isinf_builtin),
    MEMBER(isnan, &isnan_builtin),
    MEMBER(ldexp, &ldexp_builtin),
    MEMBER(lgamma, &lgamma_builtin),
    MEMBER(log, &log_builtin),
    MEMBER(log10, &log10_builtin),
    MEMBER(log2, &log2_builtin),
    MEMBER(modf, &modf_builtin),
    MEMBER(pow, &pow_builtin),
    MEMBER(radians, &radians_builtin),
    MEMBER(sin, &sin_builtin),
    MEMBER(sinh, &sinh_builtin),
    MEMBER(sqrt, &sqrt_builtin),
    MEMBER(tan, &tan_builtin),
    MEMBER(tanh, &tanh_builtin),
    MEMBER(trunc, &trunc_builtin),
};
static FIXED_DICT(math_dict, math_members);
const struct module module_math = {.type = &type_module, .globals = &math_dict};
MODULE(math, false, math_start, "");
