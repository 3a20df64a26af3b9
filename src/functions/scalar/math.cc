// Mathematical functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kMath;
constexpr std::string_view kDouble = "(double) -> double?";

// clang-format off
constexpr Entry kMath[] = {
    {.name = "abs", .group = kGroup, .since = "1.2.0",
     .overloads = {{.signature = "rule", .lower = &lower_abs}}, .bind = &bind_abs},
    {.name = "acos", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_acos($1)"}}},
    {.name = "acosh", .group = kGroup, .since = "3.0.0", .overloads = {{kDouble, "grebe_acosh($1)"}}},
    {.name = "asin", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_asin($1)"}}},
    {.name = "asinh", .group = kGroup, .since = "3.0.0", .overloads = {{kDouble, "grebe_asinh($1)"}}},
    {.name = "atan", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_atan($1)"}}},
    {.name = "atan2", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(double, double) -> double", "grebe_atan2($1, $2)"}}},
    {.name = "atanh", .group = kGroup, .since = "3.0.0", .overloads = {{kDouble, "grebe_atanh($1)"}}},
    {.name = "bin", .group = kGroup, .since = "1.5.0", .overloads = {{"(long) -> string", "bin($1)"}}},
    {.name = "bround", .group = kGroup, .since = "2.0.0",
     .overloads = {{.signature = "rule", .lower = &lower_round}}, .bind = &bind_round},
    {.name = "cbrt", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_cbrt($1)"}}},
    {.name = "ceil", .group = kGroup, .since = "1.4.0",
     .overloads = {{.signature = "rule", .lower = &lower_ceil_floor}}, .bind = &bind_ceil_floor},
    {.name = "ceiling", .group = kGroup, .since = "1.4.0",
     .overloads = {{.signature = "rule", .lower = &lower_ceil_floor}}, .bind = &bind_ceil_floor},
    {.name = "conv", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(string, int, int) -> string?", "grebe_conv($1, $2, $3)"}}},
    {.name = "cos", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_cos($1)"}}},
    {.name = "cosh", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_cosh($1)"}}},
    {.name = "cot", .group = kGroup, .since = "2.3.0", .overloads = {{kDouble, "grebe_cot($1)"}}},
    {.name = "csc", .group = kGroup, .since = "3.3.0", .overloads = {{kDouble, "grebe_csc($1)"}}},
    {.name = "degrees", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "($1 * 57.29577951308232::DOUBLE)"}}},
    {.name = "e", .group = kGroup, .since = "1.5.0",
     .overloads = {{"() -> double!", "2.718281828459045::DOUBLE"}}},
    {.name = "exp", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_exp($1)"}}},
    {.name = "expm1", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_expm1($1)"}}},
    {.name = "factorial", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(int) -> long?", "grebe_factorial($1)"}}},
    {.name = "floor", .group = kGroup, .since = "1.4.0",
     .overloads = {{.signature = "rule", .lower = &lower_ceil_floor}}, .bind = &bind_ceil_floor},
    {.name = "hex", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(long) -> string", "hex($1)"}, {"(binary) -> string", "hex($1)"},
                   {"(string) -> string", "hex($1)"}}},
    {.name = "hypot", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(double, double) -> double", "grebe_hypot($1, $2)"}}},
    {.name = "ln", .group = kGroup, .since = "1.4.0", .overloads = {{"(double) -> double?", "grebe_ln($1)"}}},
    {.name = "log", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(double) -> double?", "grebe_ln($1)"},
                   {"(double, double) -> double?", "(grebe_ln($2) / grebe_ln($1))"}}},
    {.name = "log10", .group = kGroup, .since = "1.4.0", .overloads = {{"(double) -> double?", "grebe_log10($1)"}}},
    {.name = "log1p", .group = kGroup, .since = "1.4.0", .overloads = {{"(double) -> double?", "grebe_log1p($1)"}}},
    {.name = "log2", .group = kGroup, .since = "1.4.0", .overloads = {{"(double) -> double?", "grebe_log2($1)"}}},
    {.name = "pi", .group = kGroup, .since = "1.5.0",
     .overloads = {{"() -> double!", "3.141592653589793::DOUBLE"}}},
    {.name = "pow", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(double, double) -> double", "grebe_pow($1, $2)"}}},
    {.name = "power", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(double, double) -> double", "grebe_pow($1, $2)"}}},
    {.name = "radians", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "($1 * 0.017453292519943295::DOUBLE)"}}},
    {.name = "rand", .group = kGroup, .since = "1.5.0",
     .overloads = {{"() -> double!", "random()"}, {"(integral) -> double!", "grebe_rand(coalesce(CAST($1 AS BIGINT), 0))"}}, .is_volatile = true},
    {.name = "randn", .group = kGroup, .since = "1.5.0",
     .overloads = {{"() -> double!", "grebe_randn(CAST(floor(random() * 1e15) AS BIGINT))"}, {"(integral) -> double!", "grebe_randn(coalesce(CAST($1 AS BIGINT), 0))"}}, .is_volatile = true},
    {.name = "random", .group = kGroup, .since = "3.0.0",
     .overloads = {{"() -> double!", "random()"}, {"(integral) -> double!", "grebe_rand(coalesce(CAST($1 AS BIGINT), 0))"}}, .is_volatile = true},
    {.name = "rint", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_rint($1)"}}},
    {.name = "round", .group = kGroup, .since = "1.5.0",
     .overloads = {{.signature = "rule", .lower = &lower_round}}, .bind = &bind_round},
    {.name = "sec", .group = kGroup, .since = "3.3.0", .overloads = {{kDouble, "grebe_sec($1)"}}},
    {.name = "sign", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(year_month_interval) -> double?", "CAST(sign($1) AS DOUBLE)"}, {"(day_time_interval) -> double?", "CAST(sign($1) AS DOUBLE)"}, {kDouble, "grebe_signum($1)"}}},
    {.name = "signum", .group = kGroup, .since = "1.4.0",
     .overloads = {{"(year_month_interval) -> double?", "CAST(sign($1) AS DOUBLE)"}, {"(day_time_interval) -> double?", "CAST(sign($1) AS DOUBLE)"}, {kDouble, "grebe_signum($1)"}}},
    {.name = "sin", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_sin($1)"}}},
    {.name = "sinh", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_sinh($1)"}}},
    {.name = "sqrt", .group = kGroup, .since = "1.1.1", .overloads = {{kDouble, "grebe_sqrt($1)"}}},
    {.name = "tan", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_tan($1)"}}},
    {.name = "tanh", .group = kGroup, .since = "1.4.0", .overloads = {{kDouble, "grebe_tanh($1)"}}},
    {.name = "unhex", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(string) -> binary?", "grebe_unhex($1)"}}},
    {.name = "width_bucket", .group = kGroup, .since = "3.1.0",
     .overloads = {{"(double, double, double, long) -> long?", "grebe_width_bucket($1, $2, $3, CAST(nullif($4, 9223372036854775807) AS DOUBLE))"},
                   {"(year_month_interval, year_month_interval, year_month_interval, long) -> long?", "grebe_width_bucket(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE), CAST($3 AS DOUBLE), CAST($4 AS DOUBLE))"},
                   {"(day_time_interval, day_time_interval, day_time_interval, long) -> long?", "grebe_width_bucket(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE), CAST($3 AS DOUBLE), CAST($4 AS DOUBLE))"}}, .bind = &bind_width_bucket},
};
// clang-format on
static_assert(is_sorted_table(kMath));

}  // namespace

EntryTable math_entries() { return kMath; }

}  // namespace grebe::functions
