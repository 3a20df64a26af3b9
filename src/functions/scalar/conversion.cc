// Types as functions: int(x), string(x) …
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Entry kConversionEntries[] = {
    {.name = "bigint", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "binary", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "boolean", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "cast",
     .group = Group::kConversion,
     .since = "1.0.0",
     .unsupported = "CAST is written with AS"},
    {.name = "date", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "decimal", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "double", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "float", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "int", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "smallint", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "string", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "timestamp", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
    {.name = "tinyint", .group = Group::kConversion, .since = "2.0.1", .bind = &bind_conversion},
};
static_assert(is_sorted_table(kConversionEntries));

}  // namespace

EntryTable conversion_entries() { return kConversionEntries; }

}  // namespace grebe::functions
