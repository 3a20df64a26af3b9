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

}  // namespace grebe::native
