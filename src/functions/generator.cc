// Generators: functions that turn one row into many. Each lowers to a list: of values when it makes
// one column, of structs f0, f1 … when it makes several.
#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr FunctionKind kKind = FunctionKind::kGenerator;
constexpr Group kGroup = Group::kGenerator;

/// In FROM, where it belongs, the analyzer gives its rows (table_function).
resolved::ExpressionPtr bind_sql_keywords(const BindInput& input) {
  require_count(input, {0});
  throw core::unsupported("sql_keywords() outside of FROM", input.request.origin);
}

// clang-format off
constexpr Entry kGenerators[] = {
    {.name = "explode", .group = kGroup, .since = "1.0.0", .kind = kKind,
     .overloads = {{"rule", "$1"}, {"rule", "list_transform(map_entries($1), lambda e: {'f0': e.key, 'f1': e.value})"}}, .bind = &bind_explode},
    {.name = "explode_outer", .group = kGroup, .since = "1.0.0", .kind = kKind,
     .overloads = {{"rule", "$1"}, {"rule", "list_transform(map_entries($1), lambda e: {'f0': e.key, 'f1': e.value})"}}, .bind = &bind_explode},
    {.name = "inline", .group = kGroup, .since = "2.0.0", .kind = kKind, .overloads = {{"rule", "$1"}, {"rule", "list_transform($1, lambda e: e.f0)"}}, .bind = &bind_inline},
    {.name = "inline_outer", .group = kGroup, .since = "2.0.0", .kind = kKind, .overloads = {{"rule", "$1"}, {"rule", "list_transform($1, lambda e: e.f0)"}}, .bind = &bind_inline},
    {.name = "json_tuple", .group = Group::kJson, .since = "1.6.0", .kind = kKind, .overloads = {{.signature = "rule", .lower = &lower_json_tuple}}, .bind = &bind_json_tuple},
    {.name = "posexplode", .group = kGroup, .since = "2.0.0", .kind = kKind,
     .overloads = {{"rule", "list_transform($1, lambda e, i: {'f0': CAST(i - 1 AS INTEGER), 'f1': e})"},
                   {"rule", "list_transform(map_entries($1), lambda e, i: {'f0': CAST(i - 1 AS INTEGER), 'f1': e.key, 'f2': e.value})"}}, .bind = &bind_explode},
    {.name = "posexplode_outer", .group = kGroup, .since = "2.0.0", .kind = kKind,
     .overloads = {{"rule", "list_transform($1, lambda e, i: {'f0': CAST(i - 1 AS INTEGER), 'f1': e})"},
                   {"rule", "list_transform(map_entries($1), lambda e, i: {'f0': CAST(i - 1 AS INTEGER), 'f1': e.key, 'f2': e.value})"}}, .bind = &bind_explode},
    {.name = "sql_keywords", .group = kGroup, .since = "3.5.0", .kind = kKind, .bind = &bind_sql_keywords},
    {.name = "stack", .group = kGroup, .since = "2.0.0", .kind = kKind, .overloads = {{.signature = "rule", .lower = &lower_stack}}, .bind = &bind_stack},
};
// clang-format on
static_assert(is_sorted_table(kGenerators));

}  // namespace

EntryTable generator_entries() { return kGenerators; }

}  // namespace grebe::functions
