// An XML text and an XPath 1.0 expression → nodes, a number, a text or a truth value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace grebe::native {

/// A node that a path selected: its own value (nothing for elements, as DOM's getNodeValue) and its
/// text content.
struct XmlMatch {
  std::optional<std::string> value;
  std::string content;
};

using XPathValue = std::variant<std::vector<XmlMatch>, double, std::string, bool>;

/// Why an expression gave no value.
enum class XPathFailure : unsigned char { kMalformedXml, kUnsupportedPath };

/// Evaluates location paths (`a/b`, `//b`, `@id`, `text()`, `*`, `.`, `..`, predicates), the
/// functions sum, count, string, number, boolean, not, concat, contains and literals joined by
/// comparisons and `+ -`.
std::variant<XPathValue, XPathFailure> evaluate_xpath(std::string_view xml, std::string_view path);

/// XPath's conversions.
bool xpath_boolean(const XPathValue& value);
double xpath_number(const XPathValue& value);
std::string xpath_string(const XPathValue& value);

}  // namespace grebe::native
