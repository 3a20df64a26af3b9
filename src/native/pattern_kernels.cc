// LIKE with escapes and the regexp functions.
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/patterns.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

std::shared_ptr<const Regex> require_regex(const KernelContext& context, std::string_view function,
                                           std::string_view pattern) {
  std::string message;
  auto regex = Regex::cached(pattern, &message);
  if (!regex) {
    context.raise(core::runtime_error("INVALID_PARAMETER_VALUE.PATTERN",
                                      {{"parameter", core::quote_identifier("regexp")},
                                       {"functionName", core::quote_identifier(function)},
                                       {"value", "'" + std::string(pattern) + "'"}}));
  }
  return regex;
}

bool like(const KernelContext& context, std::string_view text, std::string_view pattern,
          std::string_view escape, bool ignore_case) {
  const auto regex = like_to_regex(pattern, escape, ignore_case);
  if (!regex) {
    const bool at_end =
        pattern.size() >= escape.size() && pattern.substr(pattern.size() - escape.size()) == escape;
    context.raise(core::analysis_error(
        at_end ? "INVALID_FORMAT.ESC_AT_THE_END" : "INVALID_FORMAT.ESC_IN_THE_MIDDLE",
        {{"format", "'" + std::string(pattern) + "'"}, {"char", "'" + std::string(escape) + "'"}}));
  }
  return require_regex(context, "like", *regex)->find(text, 0).has_value();
}

}  // namespace

void add_pattern_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(ternary_kernel<std::string_view, std::string_view, std::string_view>(
      "grebe_like", text, text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern,
         std::string_view escape) { return like(context, value, pattern, escape, false); }));
  registry.add(ternary_kernel<std::string_view, std::string_view, std::string_view>(
      "grebe_ilike", text, text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern,
         std::string_view escape) { return like(context, value, pattern, escape, true); }));
  registry.add(binary_kernel<std::string_view, std::string_view>(
      "grebe_rlike", text, text, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view value, std::string_view pattern) {
        return require_regex(context, "rlike", pattern)->find(value, 0).has_value();
      }));
}

}  // namespace grebe::native
