// LIKE with escapes and the regexp functions.
#include <algorithm>

#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/patterns.h"
#include "native/text_list_kernel.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

/// A text as a SQL literal in an error's parameters.
std::string quoted_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

/// The character behind the first escape that escapes nothing.
std::string misused_escape(std::string_view pattern, std::string_view escape) {
  for (size_t at = 0; at + escape.size() < pattern.size(); ++at) {
    if (pattern.substr(at, escape.size()) != escape) continue;
    const std::string_view rest = pattern.substr(at + escape.size());
    if (rest[0] == '_' || rest[0] == '%' || rest.starts_with(escape)) {
      at += escape.size();
      continue;
    }
    size_t width = 1;
    while (width < rest.size() && (static_cast<unsigned char>(rest[width]) & 0xC0) == 0x80) ++width;
    return std::string(rest.substr(0, width));
  }
  return std::string(escape);
}

std::shared_ptr<const Regex> require_regex(const KernelContext& context, std::string_view function,
                                           std::string_view pattern) {
  std::string message;
  auto regex = Regex::cached(pattern, &message);
  if (!regex) {
    context.raise(core::runtime_error("INVALID_PARAMETER_VALUE.PATTERN",
                                      {{"parameter", core::quote_identifier("regexp")},
                                       {"functionName", core::quote_identifier(function)},
                                       {"value", quoted_text(pattern)}}));
  }
  return regex;
}

bool like(const KernelContext& context, std::string_view text, std::string_view pattern,
          std::string_view escape, bool ignore_case) {
  const auto regex = like_to_regex(pattern, escape, ignore_case);
  if (!regex) {
    std::string shown(pattern);
    if (ignore_case) {
      for (char& c : shown) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    pattern = shown;
    const bool at_end =
        pattern.size() >= escape.size() && pattern.substr(pattern.size() - escape.size()) == escape;
    context.raise(core::analysis_error(
        at_end ? "INVALID_FORMAT.ESC_AT_THE_END" : "INVALID_FORMAT.ESC_IN_THE_MIDDLE",
        {{"format", quoted_text(pattern)},
         {"char", quoted_text(at_end ? escape : misused_escape(pattern, escape))}}));
  }
  return require_regex(context, "like", *regex)->find(text, 0).has_value();
}

/// Expands Java's replacement text: $1 … groups, backslash escapes.
void append_replacement(const KernelContext& context, std::string_view replacement,
                        std::string_view text, const RegexMatch& match, std::string* out) {
  for (size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] == '\\' && i + 1 < replacement.size()) {
      *out += replacement[++i];
    } else if (replacement[i] == '$' && i + 1 < replacement.size() &&
               std::isdigit(static_cast<unsigned char>(replacement[i + 1]))) {
      size_t group = static_cast<size_t>(replacement[++i] - '0');
      if (group >= match.groups.size()) {
        context.raise(
            core::plain_error(core::ErrorClass::kRuntime, "No group " + std::to_string(group)));
      }
      while (i + 1 < replacement.size() &&
             std::isdigit(static_cast<unsigned char>(replacement[i + 1]))) {
        const size_t longer = group * 10 + static_cast<size_t>(replacement[i + 1] - '0');
        if (longer >= match.groups.size()) break;
        group = longer;
        ++i;
      }
      const auto& span = match.groups[group];
      if (span.start >= 0) {
        *out += text.substr(static_cast<size_t>(span.start),
                            static_cast<size_t>(span.end - span.start));
      }
    } else {
      *out += replacement[i];
    }
  }
}

/// Calls `visit` for each match from left to right; an empty match moves one character on.
template <class Visit>
void each_match(const Regex& regex, std::string_view text, Visit visit) {
  size_t at = 0;
  while (at <= text.size()) {
    const auto match = regex.find(text, at);
    if (!match) return;
    if (!visit(*match)) return;
    const auto& whole = match->groups[0];
    at = static_cast<size_t>(whole.end);
    if (whole.end == whole.start) {
      ++at;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    }
  }
}

std::string_view group_text(std::string_view text, const RegexMatch& match, size_t group) {
  const auto& span = match.groups[group];
  if (span.start < 0) return {};
  return text.substr(static_cast<size_t>(span.start), static_cast<size_t>(span.end - span.start));
}

size_t require_group(const KernelContext& context, std::string_view function, const Regex& regex,
                     int32_t index) {
  if (index < 0 || static_cast<size_t>(index) > regex.group_count()) {
    context.raise(core::runtime_error("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
                                      {{"parameter", core::quote_identifier("idx")},
                                       {"functionName", core::quote_identifier(function)},
                                       {"groupCount", std::to_string(regex.group_count())},
                                       {"groupIndex", std::to_string(index)}}));
  }
  return static_cast<size_t>(index);
}

std::string replace_all(const KernelContext& context, std::string_view text,
                        std::string_view pattern, std::string_view replacement) {
  const auto regex = require_regex(context, "regexp_replace", pattern);
  std::string out;
  size_t copied = 0;
  each_match(*regex, text, [&](const RegexMatch& match) {
    const auto start = static_cast<size_t>(match.groups[0].start);
    out += text.substr(copied, start - copied);
    append_replacement(context, replacement, text, match, &out);
    copied = static_cast<size_t>(match.groups[0].end);
    return true;
  });
  out += text.substr(copied);
  return out;
}

/// String.split(regex, limit) with Spark's handling of limits.
std::vector<std::string> split(const KernelContext& context, std::string_view text,
                               std::string_view pattern, int32_t limit) {
  std::vector<std::string> parts;
  if (pattern.empty()) {
    for (size_t at = 0; at < text.size();) {
      size_t end = at + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      if (limit > 0 && static_cast<int32_t>(parts.size()) == limit) break;
      parts.emplace_back(text.substr(at, end - at));
      at = end;
    }
    if (text.empty()) parts.emplace_back();
    return parts;
  }
  size_t start = 0;
  if (pattern.find_first_of("\\.[]{}()*+-?^$|") == std::string_view::npos) {
    // A plain text: no expression has to be run.
    for (size_t at = text.find(pattern); at != std::string_view::npos;
         at = text.find(pattern, start)) {
      if (limit > 0 && static_cast<int32_t>(parts.size()) == limit - 1) break;
      parts.emplace_back(text.substr(start, at - start));
      start = at + pattern.size();
    }
    parts.emplace_back(text.substr(start));
    return parts;
  }
  const auto regex = require_regex(context, "split", pattern);
  each_match(*regex, text, [&](const RegexMatch& match) {
    if (limit > 0 && static_cast<int32_t>(parts.size()) == limit - 1) return false;
    const auto from = static_cast<size_t>(match.groups[0].start);
    const auto to = static_cast<size_t>(match.groups[0].end);
    // A match of no width at the very start makes no empty part.
    if (to == 0) return true;
    parts.emplace_back(text.substr(start, from - start));
    start = to;
    return true;
  });
  parts.emplace_back(text.substr(start));
  return parts;
}

void add_regexp_kernels(KernelRegistry& registry) {
  using View = std::string_view;
  const LogicalType text = LogicalType::VARCHAR;
  const LogicalType integer = LogicalType::INTEGER;
  registry.add(
      binary_kernel<View, View>("grebe_regexp_count", text, text, integer,
                                [](const KernelContext& context, View value, View pattern) {
                                  int32_t count = 0;
                                  each_match(*require_regex(context, "regexp_count", pattern),
                                             value, [&](const RegexMatch&) { return ++count > 0; });
                                  return count;
                                }));
  registry.add(binary_kernel<View, View>(
      "grebe_regexp_instr", text, text, integer,
      [](const KernelContext& context, View value, View pattern) {
        const auto match = require_regex(context, "regexp_instr", pattern)->find(value, 0);
        if (!match) return 0;
        int32_t position = 1;
        for (int64_t i = 0; i < match->groups[0].start; ++i) {
          position += (static_cast<unsigned char>(value[static_cast<size_t>(i)]) & 0xC0) != 0x80;
        }
        return position;
      }));
  registry.add(binary_kernel<View, View>(
      "grebe_regexp_substr", text, text, text,
      [](const KernelContext& context, View value, View pattern) -> std::optional<std::string> {
        const auto match = require_regex(context, "regexp_substr", pattern)->find(value, 0);
        if (!match || group_text(value, *match, 0).empty()) return std::nullopt;
        return std::string(group_text(value, *match, 0));
      }));
  registry.add(ternary_kernel<View, View, int32_t>(
      "grebe_regexp_extract", text, text, integer, text,
      [](const KernelContext& context, View value, View pattern, int32_t index) {
        const auto regex = require_regex(context, "regexp_extract", pattern);
        const auto match = regex->find(value, 0);
        if (!match) return std::string();
        return std::string(
            group_text(value, *match, require_group(context, "regexp_extract", *regex, index)));
      }));
  registry.add(ternary_kernel<View, View, View>("grebe_regexp_replace", text, text, text, text,
                                                &replace_all));
  registry.add(text_list_kernel(
      "grebe_regexp_extract_all",
      [](const KernelContext& context, View value, View pattern, int32_t index) {
        const auto regex = require_regex(context, "regexp_extract_all", pattern);
        std::vector<std::string> found;
        each_match(*regex, value, [&](const RegexMatch& match) {
          // As in Spark, the index matters only once something matches.
          const size_t group = require_group(context, "regexp_extract_all", *regex, index);
          found.emplace_back(group_text(value, match, group));
          return true;
        });
        return found;
      }));
  registry.add(text_list_kernel("grebe_split", &split));
  registry.add(value_kernel(
      "grebe_str_to_map", {text, text, text, LogicalType::BOOLEAN}, LogicalType::MAP(text, text),
      [](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
        duckdb::vector<duckdb::Value> keys;
        duckdb::vector<duckdb::Value> values;
        for (const std::string& entry : split(context, duckdb::StringValue::Get(arguments[0]),
                                              duckdb::StringValue::Get(arguments[1]), -1)) {
          const auto pair = split(context, entry, duckdb::StringValue::Get(arguments[2]), 2);
          const duckdb::Value value =
              pair.size() > 1 ? duckdb::Value(pair[1]) : duckdb::Value(LogicalType::VARCHAR);
          const auto same = std::find_if(keys.begin(), keys.end(), [&](const duckdb::Value& key) {
            return key.ToString() == pair[0];
          });
          if (same != keys.end()) {
            if (!duckdb::BooleanValue::Get(arguments[3])) {
              context.raise(core::make_error(
                  core::ErrorClass::kRuntime, "DUPLICATED_MAP_KEY",
                  {{"key", pair[0]}, {"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}}));
            }
            values[static_cast<size_t>(same - keys.begin())] = value;
            continue;
          }
          keys.emplace_back(pair[0]);
          values.push_back(value);
        }
        return duckdb::Value::MAP(LogicalType::VARCHAR, LogicalType::VARCHAR, std::move(keys),
                                  std::move(values));
      }));
}

}  // namespace

void add_pattern_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  add_regexp_kernels(registry);
  registry.add(ternary_kernel<std::string_view, std::string_view, std::string_view>(
      "grebe_like", text, text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern,
         std::string_view escape) { return like(context, value, pattern, escape, false); }));
  registry.add(ternary_kernel<std::string_view, std::string_view, std::string_view>(
      "grebe_ilike", text, text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern,
         std::string_view escape) { return like(context, value, pattern, escape, true); }));
  registry.add(ternary_kernel<std::string_view, std::string_view, std::string_view>(
      "grebe_rlike", text, text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern,
         std::string_view name) {
        return require_regex(context, name, pattern)->find(value, 0).has_value();
      }));
}

}  // namespace grebe::native
