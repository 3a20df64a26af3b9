// double and float → the digits that Java 17 prints (not the shortest ones).
#pragma once

#include <string>

namespace grebe::types {

/// Double.toString of JDK 17: "1.0", "1.0E10", "NaN", "-Infinity".
std::string java_double_text(double value);

/// Float.toString of JDK 17.
std::string java_float_text(float value);

}  // namespace grebe::types
