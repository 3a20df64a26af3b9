// Patterns and arguments → what a JVM printed.
#include "native/java_formatter.h"

#include <gtest/gtest.h>

namespace grebe::native {
namespace {

std::string formatted(std::string_view pattern, const std::vector<FormatArgument>& arguments) {
  const Formatted out = java_format(pattern, arguments);
  return out.failure ? "!" + *out.failure : out.missing ? "?" + *out.missing : out.text;
}

TEST(JavaFormatter, WritesWholeNumbers) {
  const FormatArgument forty_two{'i', "42"};
  EXPECT_EQ(
      formatted("%5d|%-5d|%05d|%+d|% d", {forty_two, forty_two, forty_two, forty_two, forty_two}),
      "   42|42   |00042|+42| 42");
  EXPECT_EQ(formatted("%(d|%,d", {{'i', "-42"}, {'l', "1234567"}}), "(42)|1,234,567");
  EXPECT_EQ(formatted("%x %X %o %#x", {{'i', "-1"}, {'i', "255"}, {'i', "8"}, {'i', "255"}}),
            "ffffffff FF 10 0xff");
  EXPECT_EQ(formatted("%x %x", {{'l', "-1"}, {'b', "-1"}}), "ffffffffffffffff ff");
}

TEST(JavaFormatter, WritesRealNumbers) {
  EXPECT_EQ(formatted("%08.3f|%.2f|%,.2f|%(.2f",
                      {{'d', "3.14159"}, {'d', "2.675"}, {'d', "1234567.891"}, {'d', "-5.0"}}),
            "0003.142|2.68|1,234,567.89|(5.00)");
  EXPECT_EQ(formatted("%e|%.2e|%E", {{'d', "12345.678"}, {'d', "1.2E-4"}, {'d', "1.0"}}),
            "1.234568e+04|1.20e-04|1.000000E+00");
  EXPECT_EQ(formatted("%g|%.3g|%g", {{'d', "12345.678"}, {'d', "1.234E-5"}, {'d', "1.0E10"}}),
            "12345.7|1.23e-05|1.00000e+10");
  EXPECT_EQ(
      formatted("%.0f %.0f %.1f %.1f", {{'d', "0.5"}, {'d', "1.5"}, {'d', "0.25"}, {'d', "0.35"}}),
      "1 2 0.3 0.4");
  EXPECT_EQ(formatted("%.3f %.20f %f", {{'d', "1.0E-10"}, {'d', "0.1"}, {'d', "1.0E20"}}),
            "0.000 0.10000000000000000000 100000000000000000000.000000");
  EXPECT_EQ(formatted("%f %f %9.1f", {{'d', "NaN"}, {'d', "Infinity"}, {'d', "-Infinity"}}),
            "NaN Infinity -Infinity");
}

TEST(JavaFormatter, WritesTexts) {
  EXPECT_EQ(
      formatted("%10s|%-5s|%.2s|%S", {{'t', "abc"}, {'t', "abc"}, {'t', "abc"}, {'t', "abc"}}),
      "       abc|abc  |ab|ABC");
  EXPECT_EQ(formatted("%2$s %1$s %<s", {{'t', "a"}, {'t', "b"}}), "b a a");
  EXPECT_EQ(formatted("%b %b %B %c|%5c",
                      {{'z', "true"}, {'z', {}}, {'z', "false"}, {'i', "97"}, {'i', "98"}}),
            "true false FALSE a|    b");
  EXPECT_EQ(formatted("%d %s %%", {{'i', {}}, {'t', {}}}), "null null %");
}

TEST(JavaFormatter, FailsAsJavaDoes) {
  EXPECT_EQ(formatted("%d", {{'d', "2.5"}}), "!d != java.lang.Double");
  EXPECT_EQ(formatted("%c", {{'l', "65"}}), "!c != java.lang.Long");
  EXPECT_EQ(formatted("%s %s", {{'i', "1"}}), "!Format specifier '%s'");
  EXPECT_EQ(formatted("%q", {{'i', "1"}}), "!Conversion = 'q'");
  EXPECT_EQ(formatted("%5", {}), "!Conversion = '5'");
  EXPECT_EQ(formatted("%-d", {{'i', "5"}}), "!%-d");
  EXPECT_EQ(formatted("%.2d", {{'i', "5"}}), "!2");
  EXPECT_EQ(formatted("%,x", {{'i', "5"}}), "!Conversion = x, Flags = ,");
  EXPECT_EQ(formatted("%tY", {{'i', "5"}}), "!Y != java.lang.Integer");
  EXPECT_EQ(formatted("%a", {{'d', "1.0"}}), "?%a");
}

}  // namespace
}  // namespace grebe::native
