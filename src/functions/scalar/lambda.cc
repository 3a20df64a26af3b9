// Higher-order functions over arrays and maps.
#include "functions/rules/array_order.h"
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kLambda;

// clang-format off
constexpr Entry kLambdas[] = {
    {.name = "aggregate", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_aggregate_lambda}}, .bind = &bind_aggregate},
    {.name = "array_sort", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "(array<T>) -> array<T>", .lower = &lower_array_order}, {.signature = "rule", .lower = &lower_array_sort}}, .bind = &bind_array_sort},
    {.name = "exists", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_exists}}, .bind = &bind_exists},
    {.name = "filter", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_filter}}, .bind = &bind_filter},
    {.name = "forall", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_forall}}, .bind = &bind_exists},
    {.name = "map_filter", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_map_filter}}, .bind = &bind_map_lambda},
    {.name = "map_zip_with", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_map_zip_with}}, .bind = &bind_map_zip_with},
    {.name = "reduce", .group = kGroup, .since = "3.4.0", .overloads = {{.signature = "rule", .lower = &lower_aggregate_lambda}}, .bind = &bind_aggregate},
    {.name = "transform", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_transform}}, .bind = &bind_transform},
    {.name = "transform_keys", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_transform_keys}}, .bind = &bind_map_lambda},
    {.name = "transform_values", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_transform_values}}, .bind = &bind_map_lambda},
    {.name = "zip_with", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_zip_with}}, .bind = &bind_zip_with},
};
// clang-format on
static_assert(is_sorted_table(kLambdas));

}  // namespace

EntryTable lambda_entries() { return kLambdas; }

}  // namespace grebe::functions
