// JSON, CSV, XML and URL functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr std::string_view kNoCsv = "CSV texts are not implemented";
constexpr std::string_view kNoXml = "XPath is not implemented";

// clang-format off
constexpr Entry kJson[] = {
    {.name = "from_json", .group = Group::kJson, .since = "2.2.0", .overloads = {{.signature = "rule", .lower = &lower_from_json}}, .bind = &bind_from_json},
    {.name = "get_json_object", .group = Group::kJson, .since = "1.5.0", .overloads = {{"(string, string) -> string?", "grebe_get_json_object($1, $2)"}}},
    {.name = "json_array_length", .group = Group::kJson, .since = "3.1.0", .overloads = {{"(string) -> int?", "grebe_json_array_length($1)"}}},
    {.name = "json_object_keys", .group = Group::kJson, .since = "3.1.0", .overloads = {{"(string) -> array<string>?", "grebe_json_object_keys($1)"}}},
    {.name = "schema_of_json", .group = Group::kJson, .since = "2.4.0", .unsupported = "schema inference of one text is not implemented"},
    {.name = "to_json", .group = Group::kJson, .since = "2.2.0", .overloads = {{.signature = "rule", .lower = &lower_to_json}}, .bind = &bind_to_json},
};

constexpr Entry kCsv[] = {
    {.name = "from_csv", .group = Group::kCsv, .since = "3.0.0", .unsupported = kNoCsv},
    {.name = "schema_of_csv", .group = Group::kCsv, .since = "3.0.0", .unsupported = kNoCsv},
    {.name = "to_csv", .group = Group::kCsv, .since = "3.0.0", .unsupported = kNoCsv},
};

constexpr Entry kXml[] = {
    {.name = "xpath", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_boolean", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_double", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_float", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_int", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_long", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_number", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_short", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
    {.name = "xpath_string", .group = Group::kXml, .since = "2.0.0", .unsupported = kNoXml},
};

constexpr Entry kUrls[] = {
    {.name = "parse_url", .group = Group::kUrl, .since = "2.0.0",
     .overloads = {{"(string, string) -> string?", "grebe_parse_url($1, $2, '')"}, {"(string, string, string) -> string?", "grebe_parse_url($1, $2, $3)"}}},
    {.name = "url_decode", .group = Group::kUrl, .since = "3.4.0", .overloads = {{"(string) -> string", "grebe_url_decode($1)"}}},
    {.name = "url_encode", .group = Group::kUrl, .since = "3.4.0", .overloads = {{"(string) -> string", "grebe_url_encode($1)"}}},
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
