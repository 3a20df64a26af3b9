// Real functions as java.lang.StrictMath computes them, to the last bit.
#pragma once

namespace grebe::native {

/// fdlibm's e_exp.c, s_cbrt.c, e_cosh.c, e_sinh.c and s_tanh.c (StrictMath is specified by them);
/// the C library's differ in the last place for some arguments.
double java_exp(double x);
double java_cbrt(double x);
double java_cosh(double x);
double java_sinh(double x);
double java_tanh(double x);

/// e_log.c, e_log10.c, s_log1p.c, s_expm1.c and e_pow.c.
double java_log(double x);
double java_log10(double x);
double java_log1p(double x);
double java_expm1(double x);
double java_pow(double x, double y);

/// e_asin.c, e_acos.c, s_atan.c, e_atan2.c and e_hypot.c.
double java_asin(double x);
double java_acos(double x);
double java_atan(double x);
double java_atan2(double y, double x);
double java_hypot(double x, double y);

}  // namespace grebe::native
