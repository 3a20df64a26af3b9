// The group tables → one index by name.
#include "functions/registry.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>

#include "core/spark_error.h"
#include "functions/tables.h"
#include "generated/function_descriptions.h"

namespace grebe::functions {

namespace {

using Index = std::map<std::string_view, const Entry*>;

Index make_index() {
  Index index;
  for (const EntryTable table :
       {operator_entries(), predicate_entries(), conditional_entries(), conversion_entries(),
        math_entries(),     bitwise_entries(),   string_entries(),      datetime_entries(),
        array_entries(),    lambda_entries(),    map_entries(),         json_entries(),
        csv_entries(),      xml_entries(),       hash_entries(),        url_entries(),
        misc_entries(),     generator_entries(), window_entries(),      aggregate_entries()}) {
    for (const Entry& entry : table) {
      if (!index.emplace(entry.name, &entry).second) {
        throw core::internal_error("two entries for the function " + std::string(entry.name));
      }
    }
  }
  return index;
}

const Index& index() {
  static const Index kEntries = make_index();
  return kEntries;
}

}  // namespace

const Entry* find_entry(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = index().find(lower);
  return found == index().end() ? nullptr : found->second;
}

std::vector<const Entry*> list_entries() {
  std::vector<const Entry*> entries;
  for (const auto& [name, entry] : index()) entries.push_back(entry);
  return entries;
}

std::vector<ShownFunction> shown_functions() {
  std::vector<ShownFunction> shown;
  for (const auto& row : generated::kFunctionDescriptions) {
    shown.push_back({.name = row.name, .has_class = !row.class_name.empty()});
  }
  return shown;
}

Description describe_function(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::lower_bound(
      std::begin(generated::kFunctionDescriptions), std::end(generated::kFunctionDescriptions),
      lower, [](const auto& row, std::string_view wanted) { return row.name < wanted; });
  if (found == std::end(generated::kFunctionDescriptions) || found->name != lower) return {};
  return {found->class_name, found->usage, found->extended};
}

std::optional<FunctionKind> find_kind(const std::string& name) {
  const Entry* entry = find_entry(name);
  return entry == nullptr ? std::nullopt : std::optional(entry->kind);
}

std::vector<FunctionListing> list_functions() {
  std::vector<FunctionListing> listing;
  for (const auto& [name, entry] : index()) {
    if (name.front() == '#' || name == "getarrayitem" || name == "getmapvalue") continue;
    listing.push_back({.name = std::string(name),
                       .since = std::string(entry->since),
                       .kind = entry->kind,
                       .unsupported = std::string(entry->unsupported)});
  }
  return listing;
}

}  // namespace grebe::functions
