// Array functions. Elements are compared as DuckDB compares them; nulls as each template says.
#include "functions/rules/array_order.h"
#include "functions/rules/rules.h"
#include "functions/rules/text_joins.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kArray;

// clang-format off
constexpr Entry kArrays[] = {
    {.name = "#run_script", .group = kGroup, .since = "1.6.0", .overloads = {{"(string, array<string>) -> array<string>!", "grebe_run_script($1, $2)"}}},
    {.name = "array", .group = kGroup, .since = "1.1.0", .overloads = {{"rule", "CAST(list_value($*) AS $R)"}}, .bind = &bind_array},
    {.name = "array_append", .group = kGroup, .since = "3.4.0",
     .overloads = {{"(array<T>, T) -> array<T?>", "CASE WHEN $1 IS NOT NULL THEN list_append($1, $2) END"}}, .bind = &bind_append},
    {.name = "array_compact", .group = kGroup, .since = "3.4.0", .overloads = {{"(array<T>) -> $1", "list_filter($1, lambda x: x IS NOT NULL)"}}},
    {.name = "array_contains", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(array<T>, T) -> boolean?", "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_count($1) < len($1) THEN NULL ELSE false END"}}, .bind = &bind_array_search},
    {.name = "array_distinct", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>) -> array<T>", "list_filter($1, lambda x, i: list_position($1, x) = i)"}}},
    {.name = "array_except", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, array<T>) -> array<T>", "CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x, i: list_position($2, x) IS NULL AND list_position($1, x) = i) END"}}, .bind = &bind_array_pair},
    {.name = "array_insert", .group = kGroup, .since = "3.4.0",
     .overloads = {{"(array<T>, int, T) -> array<T?>", "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN grebe_element_index($2) > 0 THEN list_concat(list_resize($1, $2 - 1)[1:$2 - 1], [$3], $1[$2:]) WHEN -($2) > len($1) + 1 THEN list_concat([$3], list_resize(CAST([] AS $T1), -($2) - len($1) - 1), $1) ELSE list_concat($1[1:len($1) + 1 + $2], [$3], $1[len($1) + $2 + 2:]) END"}}, .bind = &bind_array_insert},
    {.name = "array_intersect", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, array<T>) -> array<T>", "CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x, i: list_position($2, x) IS NOT NULL AND list_position($1, x) = i) END"}}, .bind = &bind_array_pair},
    {.name = "array_join", .group = kGroup, .since = "2.4.0",
     .overloads = {{.signature = "(array<string>, string) -> string", .lower = &lower_array_join},
                   {.signature = "(array<string>, string, string) -> string", .lower = &lower_array_join}}},
    {.name = "array_max", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "(array<T>) -> T?", .lower = &lower_array_extreme}}},
    {.name = "array_min", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "(array<T>) -> T?", .lower = &lower_array_extreme}}},
    {.name = "array_position", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, T) -> long", "CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN CAST(coalesce(list_position($1, $2), 0) AS BIGINT) END"}}, .bind = &bind_array_search},
    {.name = "array_prepend", .group = kGroup, .since = "3.5.0",
     .overloads = {{"(array<T>, T) -> array<T?>", "CASE WHEN $1 IS NOT NULL THEN list_prepend($2, $1) END"}}, .bind = &bind_append},
    {.name = "array_remove", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, T) -> array<T>", "CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x: x IS DISTINCT FROM $2) END"}}, .bind = &bind_array_remove},
    {.name = "array_repeat", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(any, int) -> array<$1?>", "list_transform(range(CASE WHEN $2 < 0 THEN 0 ELSE $2 END), lambda i: $1)"}}, .bind = &bind_array_repeat},
    {.name = "array_size", .group = kGroup, .since = "3.3.0", .overloads = {{"(array<T>) -> int", "CAST(len($1) AS INTEGER)"}}},
    {.name = "array_union", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, array<T>) -> array<T>", "CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN list_concat(list_filter($1, lambda x, i: list_position($1, x) = i), list_filter($2, lambda x, i: list_position($1, x) IS NULL AND list_position($2, x) = i)) END"}}, .bind = &bind_array_pair},
    {.name = "arrays_overlap", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, array<T>) -> boolean?", "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN len(list_filter($1, lambda x: x IS NOT NULL AND list_contains($2, x))) > 0 THEN true WHEN len($1) = 0 OR len($2) = 0 THEN false WHEN list_count($1) < len($1) OR list_count($2) < len($2) THEN NULL ELSE false END"}}, .bind = &bind_array_pair},
    {.name = "arrays_zip", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_arrays_zip}}, .bind = &bind_arrays_zip},
    {.name = "cardinality", .group = Group::kCollection, .since = "2.4.0", .overloads = {{"(array<T>) -> int", "coalesce(CAST(len($1) AS INTEGER), -1)", "CAST(len($1) AS INTEGER)"}, {"(map<K, V>) -> int", "coalesce(CAST(cardinality($1) AS INTEGER), -1)", "CAST(cardinality($1) AS INTEGER)"}}, .bind = &bind_size},
    {.name = "element_at", .group = Group::kMap, .since = "2.4.0",
     .overloads = {{"rule", "list_extract($1, grebe_element_index($2))", "list_extract($1, grebe_check_element_index($2, len($1)))"}, {"rule", "list_extract(map_extract($1, $2), 1)"}}, .bind = &bind_element_at},
    {.name = "flatten", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<array<T>>) -> array<T>?", "CASE WHEN list_count($1) = len($1) THEN flatten($1) END"}}, .bind = &bind_flatten},
    {.name = "get", .group = kGroup, .since = "3.4.0", .overloads = {{"(array<T>, int) -> T?", "list_extract($1, CASE WHEN $2 BETWEEN 0 AND 2147483646 THEN CAST($2 AS BIGINT) + 1 END)"}}, .bind = &bind_array_item},
    {.name = "getarrayitem", .group = kGroup, .since = "1.0.0",
     .overloads = {{"(array<T>, int|long|short|byte) -> T?", "list_extract($1, CASE WHEN $2 BETWEEN 0 AND 2147483646 THEN CAST($2 AS BIGINT) + 1 END)", "list_extract($1, grebe_check_array_index($2, len($1)) + 1)"}}, .bind = &bind_array_item},
    {.name = "sequence", .group = kGroup, .since = "2.4.0", .overloads = {{.signature = "rule", .lower = &lower_sequence}}, .bind = &bind_sequence},
    {.name = "shuffle", .group = kGroup, .since = "2.4.0", .overloads = {{"(array<T>) -> array<T>", "list_transform(list_sort(list_transform($1, lambda x: {'k': random(), 'v': x})), lambda x: x.v)"},
                   {"(array<T>, long) -> array<T>", "list_transform(list_sort(list_transform($1, lambda x, i: {'k': hash(i, $2), 'v': x})), lambda x: x.v)"}}, .is_volatile = true},
    {.name = "size", .group = Group::kCollection, .since = "1.5.0", .overloads = {{"(array<T>) -> int", "coalesce(CAST(len($1) AS INTEGER), -1)", "CAST(len($1) AS INTEGER)"}, {"(map<K, V>) -> int", "coalesce(CAST(cardinality($1) AS INTEGER), -1)", "CAST(cardinality($1) AS INTEGER)"}}, .bind = &bind_size},
    {.name = "slice", .group = kGroup, .since = "2.4.0",
     .overloads = {{"(array<T>, int, int) -> array<T>", "CASE WHEN $2 > 0 THEN list_slice($1, $2, grebe_slice_length($2, $3) + $2 - 1) WHEN grebe_slice_length($2, $3) < 0 OR -CAST($2 AS BIGINT) > len($1) THEN $1[1:0] ELSE list_slice($1, len($1) + $2 + 1, len($1) + $2 + $3) END"}}},
    {.name = "sort_array", .group = kGroup, .since = "1.5.0",
     .overloads = {{.signature = "(array<T>) -> array<T>", .lower = &lower_array_order},
                   {.signature = "(array<T>, boolean) -> array<T>", .lower = &lower_array_order}}, .defaults = "true"},
    {.name = "try_element_at", .group = Group::kMap, .since = "3.5.0",
     .overloads = {{"rule", "list_extract($1, grebe_element_index($2))"}, {"rule", "list_extract(map_extract($1, $2), 1)"}}, .bind = &bind_element_at},
};
// clang-format on
static_assert(is_sorted_table(kArrays));

}  // namespace

EntryTable array_entries() { return kArrays; }

}  // namespace grebe::functions
