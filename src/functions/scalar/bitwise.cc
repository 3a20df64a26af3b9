// Bit operators and functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kBitwise;

// clang-format off
constexpr Entry kBitwise[] = {
    {.name = "&", .group = kGroup, .since = "1.4.0", .overloads = {{"rule", "($1 & $2)"}}, .bind = &bind_bitwise},
    {.name = "^", .group = kGroup, .since = "1.4.0", .overloads = {{"rule", "xor($1, $2)"}}, .bind = &bind_bitwise},
    {.name = "bit_count", .group = kGroup, .since = "3.0.0",
     .overloads = {{"(integral) -> int", "CAST(bit_count(CAST($1 AS BIGINT)) AS INTEGER)"},
                   {"(boolean) -> int", "CAST($1 AS INTEGER)"}}},
    {.name = "bit_get", .group = kGroup, .since = "3.2.0",
     .overloads = {{"(integral, int) -> byte", "grebe_getbit($1, $2)"}}},
    {.name = "getbit", .group = kGroup, .since = "3.2.0",
     .overloads = {{"(integral, int) -> byte", "grebe_getbit($1, $2)"}}},
    {.name = "shiftleft", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(int, int) -> int", "grebe_shiftleft($1, $2)"}, {"(long, int) -> long", "grebe_shiftleft($1, $2)"}}},
    {.name = "shiftright", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(int, int) -> int", "grebe_shiftright($1, $2)"}, {"(long, int) -> long", "grebe_shiftright($1, $2)"}}},
    {.name = "shiftrightunsigned", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(int, int) -> int", "grebe_shiftrightunsigned($1, $2)"}, {"(long, int) -> long", "grebe_shiftrightunsigned($1, $2)"}}},
    {.name = "|", .group = kGroup, .since = "1.4.0", .overloads = {{"rule", "($1 | $2)"}}, .bind = &bind_bitwise},
    {.name = "~", .group = kGroup, .since = "1.4.0", .overloads = {{"(integral) -> $1", "(~$1)"}}},
};
// clang-format on
static_assert(is_sorted_table(kBitwise));

}  // namespace

EntryTable bitwise_entries() { return kBitwise; }

}  // namespace grebe::functions
