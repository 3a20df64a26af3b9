// A bound call and its arguments' SQL → DuckDB SQL.
#include <fmt/format.h>

#include <cctype>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/entry.h"
#include "functions/registry.h"
#include "functions/rules/checked_map.h"
#include "types/carrier.h"
#include "types/ordering.h"

namespace grebe::functions {

namespace {

std::string join_from(const std::vector<std::string>& arguments, size_t first) {
  std::string joined;
  for (size_t i = first; i < arguments.size(); ++i) {
    if (i > first) joined += ", ";
    joined += arguments[i];
  }
  return joined;
}

/// Fills $1 $2* $* $R $T1 $O1; everything else stands for itself.
std::string fill_template(std::string_view sql, const LowerInput& input) {
  std::string filled;
  for (size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '$' || i + 1 == sql.size()) {
      filled += sql[i];
      continue;
    }
    const char next = sql[++i];
    if (next == '*') {
      filled += join_from(input.sql, 0);
    } else if (next == 'R') {
      filled += types::carrier_type(input.type);
    } else if (next == 'T') {
      filled += types::carrier_type(input.type_of(static_cast<size_t>(sql[++i] - '1')));
    } else if (next == 'O') {
      const auto index = static_cast<size_t>(sql[++i] - '1');
      filled += types::ordering_key(input.sql.at(index), input.type_of(index));
    } else if (std::isdigit(static_cast<unsigned char>(next))) {
      const auto index = static_cast<size_t>(next - '1');
      if (i + 1 < sql.size() && sql[i + 1] == '*') {
        filled += join_from(input.sql, index);
        ++i;
      } else {
        filled += input.sql.at(index);
      }
    } else {
      throw core::internal_error("unknown placeholder in " + std::string(sql));
    }
  }
  return filled;
}

/// A template that names an argument twice gets it bound once, unless it costs nothing to repeat.
std::string fill_once(std::string_view sql, const LowerInput& input) {
  std::vector<std::string> names = input.sql;
  std::vector<size_t> repeated;
  for (size_t i = 0; i < names.size() && i < 9; ++i) {
    const std::string mark = "$" + std::to_string(i + 1);
    const size_t first = sql.find(mark);
    if (first == std::string_view::npos || sql.find(mark, first + 2) == std::string_view::npos) {
      continue;
    }
    if (is_cheap_sql(names[i])) continue;
    names[i] = fmt::format("a{}_{}", i, names[i].size());
    repeated.push_back(i);
  }
  const LowerInput renamed{.function = input.function,
                           .type = input.type,
                           .arguments = input.arguments,
                           .sql = names,
                           .ansi = input.ansi,
                           .nullable = input.nullable};
  std::string text = fill_template(sql, renamed);
  for (const size_t i : repeated) {
    text = fmt::format("list_transform([{}], lambda {}: {})[1]", input.sql[i], names[i], text);
  }
  return text;
}

const Overload& overload_of(const std::string& function, int32_t overload) {
  const Entry* entry = find_entry(std::string(without_key_policy(function)));
  if (entry == nullptr || overload < 0 ||
      static_cast<size_t>(overload) >= std::size(entry->overloads)) {
    throw core::internal_error("no lowering for the function " + function);
  }
  return entry->overloads[overload];
}

std::string lower(const Overload& overload, const LowerInput& input) {
  if (overload.lower != nullptr) return overload.lower(input);
  const bool use_ansi = input.ansi && !overload.ansi_sql.empty();
  const std::string_view sql = use_ansi ? overload.ansi_sql : overload.sql;
  if (sql.empty()) throw core::internal_error("no lowering for the function " + input.function);
  return fill_once(sql, input);
}

/// A template marks aggregate calls as `@name(args)@`: the parts that take DISTINCT and the suffix
/// (FILTER, OVER), whatever is computed around them. The marks are read before arguments are
/// filled in, which may hold any character.
std::string lower_marked(const Overload& overload, const LowerInput& input) {
  if (overload.lower != nullptr) return overload.lower(input);
  const bool use_ansi = input.ansi && !overload.ansi_sql.empty();
  const std::string_view sql = use_ansi ? overload.ansi_sql : overload.sql;
  std::string placed;
  size_t at = 0;
  for (;;) {
    const size_t open = sql.find('@', at);
    if (open == std::string_view::npos) break;
    const size_t close = sql.find('@', open + 1);
    if (close == std::string_view::npos) {
      throw core::internal_error("an unclosed aggregate mark in the lowering of " + input.function);
    }
    const std::string_view call = sql.substr(open + 1, close - open - 1);
    const size_t arguments = call.find('(') + 1;
    placed += fill_template(sql.substr(at, open - at), input);
    placed += std::string(call.substr(0, arguments)) + input.distinct_prefix;
    placed += fill_template(call.substr(arguments), input) + input.suffix;
    at = close + 1;
  }
  if (at == 0) {
    throw core::internal_error("no aggregate call marked in the lowering of " + input.function);
  }
  return placed + fill_template(sql.substr(at), input);
}

}  // namespace

std::string lower_call(const resolved::Call& call, const resolved::Expression& node,
                       const std::vector<std::string>& arguments) {
  return lower(overload_of(call.function, call.overload), {.function = call.function,
                                                           .type = node.type,
                                                           .arguments = call.arguments,
                                                           .sql = arguments,
                                                           .ansi = call.ansi,
                                                           .nullable = node.nullable});
}

std::string lower_aggregate(const resolved::AggregateCall& call, const resolved::Expression& node,
                            const std::vector<std::string>& arguments,
                            const std::string& distinct_prefix, const std::string& suffix) {
  const Overload& overload = overload_of(call.function, call.overload);
  const LowerInput input{.function = call.function,
                         .type = node.type,
                         .arguments = call.arguments,
                         .sql = arguments,
                         .ansi = call.ansi,
                         .nullable = node.nullable,
                         .distinct_prefix = distinct_prefix,
                         .suffix = suffix};
  return lower_marked(overload, input);
}

std::string lower_window_function(const resolved::Call& call, const resolved::Expression& node,
                                  const std::vector<std::string>& arguments,
                                  const std::string& suffix) {
  const LowerInput input{.function = call.function,
                         .type = node.type,
                         .arguments = call.arguments,
                         .sql = arguments,
                         .ansi = call.ansi,
                         .nullable = node.nullable,
                         .suffix = suffix};
  return lower_marked(overload_of(call.function, call.overload), input);
}

}  // namespace grebe::functions
