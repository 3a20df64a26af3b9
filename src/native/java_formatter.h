// A java.util.Formatter pattern and typed arguments → text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// An argument as the JVM would hold it: `type` is one of the letters of kFormatTypes, the text is
/// how CAST(… AS STRING) or, for numbers, a plain CAST writes it. Without a text it is null.
struct FormatArgument {
  char type = 't';
  std::optional<std::string> text;
};

/// Letters of the types that conversions tell apart: byte, short, int, long, float, double,
/// decimal, boolean, text, anything else.
inline constexpr std::string_view kFormatTypes = "bsilfdDztx";

/// The formatted text, or the message of the exception that java.util.Formatter throws.
struct Formatted {
  std::string text;
  std::optional<std::string> failure;
  /// A conversion that is Java's and not done here, as `%a`.
  std::optional<std::string> missing;
};

/// Formatter.format with %b %s %c %d %o %x %e %f %g %n %% and Java's flags, widths and precisions.
Formatted java_format(std::string_view pattern, const std::vector<FormatArgument>& arguments);

}  // namespace grebe::native
