// Map and struct functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kMap;

// clang-format off
constexpr Entry kMaps[] = {
    {.name = "getmapvalue", .group = kGroup, .since = "1.0.0", .overloads = {{"(map<K, V>, K) -> V?", "list_extract(map_extract($1, $2), 1)"}}},
    {.name = "map", .group = kGroup, .since = "2.0.0", .overloads = {{.signature = "rule", .lower = &lower_map}}, .bind = &bind_map},
    {.name = "map_concat", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_map_concat}}, .bind = &bind_map_concat},
    {.name = "map_contains_key", .group = kGroup, .since = "3.3.0", .overloads = {{"(map<K, V>, K) -> boolean?", "list_contains(map_keys($1), $2)"}}, .bind = &bind_map_contains_key},
    {.name = "map_entries", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_map_entries}}, .bind = &bind_map_entries},
    {.name = "map_from_arrays", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "(array<K>, array<V>) -> map<K, V>", .lower = &lower_map_from_arrays}}},
    {.name = "map_from_entries", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_map_from_entries}}, .bind = &bind_map_from_entries},
    {.name = "map_keys", .group = kGroup, .since = "2.0.0", .overloads = {{"(map<K, V>) -> array<K?>", "map_keys($1)"}}},
    {.name = "map_values", .group = kGroup, .since = "2.0.0", .overloads = {{"(map<K, V>) -> array<V?>", "map_values($1)"}}},
    {.name = "named_struct", .group = Group::kStruct, .since = "1.5.0", .overloads = {{.signature = "rule", .lower = &lower_struct}}, .bind = &bind_named_struct},
    {.name = "struct", .group = Group::kStruct, .since = "1.4.0", .overloads = {{.signature = "rule", .lower = &lower_struct}}, .bind = &bind_named_struct},
};
// clang-format on
static_assert(is_sorted_table(kMaps));

}  // namespace

EntryTable map_entries() { return kMaps; }

}  // namespace grebe::functions
