// Hash functions.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kHash;

// clang-format off
constexpr Entry kHashes[] = {
    {.name = "crc32", .group = kGroup, .since = "1.5.0", .overloads = {{"(binary) -> long", "grebe_crc32($1)"}}},
    {.name = "hash", .group = kGroup, .since = "2.0.0", .overloads = {{.signature = "rule", .lower = &lower_hash}}, .bind = &bind_hash},
    {.name = "md5", .group = kGroup, .since = "1.5.0", .overloads = {{"(binary) -> string", "md5($1)"}}},
    {.name = "sha", .group = kGroup, .since = "1.5.0", .overloads = {{"(binary) -> string", "sha1($1)"}}},
    {.name = "sha1", .group = kGroup, .since = "1.5.0", .overloads = {{"(binary) -> string", "sha1($1)"}}},
    {.name = "sha2", .group = kGroup, .since = "1.5.0", .overloads = {{"(binary, int) -> string?", "CASE WHEN $2 IN (0, 256) THEN sha256($1) ELSE grebe_sha2($1, $2) END"}}},
    {.name = "xxhash64", .group = kGroup, .since = "3.0.0", .overloads = {{.signature = "rule", .lower = &lower_hash}}, .bind = &bind_hash},
};
// clang-format on
static_assert(is_sorted_table(kHashes));

}  // namespace

EntryTable hash_entries() { return kHashes; }

}  // namespace grebe::functions
