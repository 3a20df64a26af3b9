// The words of Spark's grammar in the order and with the flags that sql_keywords() gives.
#pragma once

#include <string_view>
#include <vector>

namespace grebe::parse::sql {

/// A keyword and whether ANSI mode with enforced reserved keywords keeps it from being a name.
struct ListedKeyword {
  std::string_view text;
  bool is_reserved;
};

/// Every keyword with one spelling, by name; those with two (NOT or !, RLIKE or REGEXP, TEMPORARY
/// or TEMP) are not listed by Spark either.
std::vector<ListedKeyword> listed_keywords();

}  // namespace grebe::parse::sql
