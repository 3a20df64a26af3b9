// JSON, CSV, XML and URL functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

// clang-format off
constexpr Entry kJson[] = {
    {.name = "from_json", .group = Group::kJson, .since = "2.2.0", .overloads = {{.signature = "rule", .lower = &lower_from_json}}, .bind = &bind_from_json},
    {.name = "get_json_object", .group = Group::kJson, .since = "1.5.0", .overloads = {{"(string, string) -> string?", "grebe_get_json_object($1, $2)"}}},
    {.name = "json_array_length", .group = Group::kJson, .since = "3.1.0", .overloads = {{"(string) -> int?", "grebe_json_array_length($1)"}}, .bind = &bind_strict_text},
    {.name = "json_object_keys", .group = Group::kJson, .since = "3.1.0", .overloads = {{"(string) -> array<string>?", "grebe_json_object_keys($1)"}}, .bind = &bind_strict_text},
    {.name = "schema_of_json", .group = Group::kJson, .since = "2.4.0", .overloads = {{"rule", "grebe_schema_of_json($1, $2)"}}, .bind = &bind_schema_of_json},
    {.name = "to_json", .group = Group::kJson, .since = "2.2.0", .overloads = {{.signature = "rule", .lower = &lower_to_json}}, .bind = &bind_to_json},
};

constexpr Entry kCsv[] = {
    {.name = "from_csv", .group = Group::kCsv, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_from_csv}}, .bind = &bind_from_csv},
    {.name = "schema_of_csv", .group = Group::kCsv, .since = "3.0.0", .overloads = {{"rule", "grebe_schema_of_csv($1, $2)"}}, .bind = &bind_schema_of_csv},
    {.name = "to_csv", .group = Group::kCsv, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_to_csv}}, .bind = &bind_to_csv},
};

constexpr Entry kXml[] = {
    {.name = "xpath", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> array<string?>?", "grebe_xpath_nodes($1, $2)"}}},
    {.name = "xpath_boolean", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> boolean?", "grebe_xpath_boolean($1, $2)"}}},
    {.name = "xpath_double", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> double?", "grebe_xpath_number($1, $2)"}}},
    {.name = "xpath_float", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> float?", "CAST(grebe_xpath_number($1, $2) AS FLOAT)"}}},
    {.name = "xpath_int", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> int?", "grebe_xpath_int($1, $2)"}}},
    {.name = "xpath_long", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> long?", "grebe_xpath_long($1, $2)"}}},
    {.name = "xpath_number", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> double?", "grebe_xpath_number($1, $2)"}}},
    {.name = "xpath_short", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> short?", "grebe_to_short(grebe_xpath_int($1, $2))"}}},
    {.name = "xpath_string", .group = Group::kXml, .since = "2.0.0", .overloads = {{"(string, string) -> string?", "grebe_xpath_string($1, $2)"}}},
};

constexpr Entry kUrls[] = {
    {.name = "parse_url", .group = Group::kUrl, .since = "2.0.0",
     .overloads = {{"(string, string) -> string?", "grebe_parse_url($1, $2, '')"}, {"(string, string, string) -> string?", "grebe_parse_url($1, $2, $3)"}}},
    {.name = "url_decode", .group = Group::kUrl, .since = "3.4.0", .overloads = {{"(string) -> string?", "grebe_url_decode($1)"}}},
    {.name = "url_encode", .group = Group::kUrl, .since = "3.4.0", .overloads = {{"(string) -> string?", "grebe_url_encode($1)"}}},
};
// clang-format on
static_assert(is_sorted_table(kJson) && is_sorted_table(kCsv) && is_sorted_table(kXml) &&
              is_sorted_table(kUrls));

}  // namespace

EntryTable json_entries() { return kJson; }
EntryTable csv_entries() { return kCsv; }
EntryTable xml_entries() { return kXml; }
EntryTable url_entries() { return kUrls; }

}  // namespace grebe::functions
