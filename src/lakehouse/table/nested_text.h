// DuckDB's text of a nested value → maps of text, for the statistics that COPY returns.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::lakehouse {

/// `{a=1, 'b c'=NULL}` → entries; nested maps stay text. Throws INTERNAL_ERROR on other text.
std::map<std::string, std::optional<std::string>> parse_map_text(std::string_view text);

/// `"a"."b ""q"""` → {a, b "q"}.
std::vector<std::string> parse_column_path(std::string_view text);

}  // namespace grebe::lakehouse
