// Session values, checks, and what fits no other group.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Group kGroup = Group::kMisc;

// clang-format off
// input_file_*: the values for rows of no file; analyze gives those of files (file_metadata.h).
constexpr Entry kMisc[] = {
    {.name = "#distributed_sequence_id", .group = kGroup, .since = "3.1.0", .overloads = {{"() -> long!", "(row_number() OVER () - 1)"}}, .is_volatile = true},
    {.name = "aes_decrypt", .group = kGroup, .since = "3.3.0", .overloads = {{"(binary, binary, string, string, binary) -> binary?", "grebe_aes_decrypt($1, $2, $3, $4, $5)"}}, .defaults = "'GCM','DEFAULT',''"},
    {.name = "aes_encrypt", .group = kGroup, .since = "3.3.0", .overloads = {{"(binary, binary, string, string, binary, binary) -> binary?", "grebe_aes_encrypt($1, $2, $3, $4, $5, $6)"}}, .defaults = "'GCM','DEFAULT','',''", .is_volatile = true},
    {.name = "assert_true", .group = kGroup, .since = "2.0.0", .overloads = {{"(boolean, string) -> void?", "grebe_assert_true(coalesce($1, false), $2)"}}, .bind = &bind_assert_true},
    {.name = "bitmap_bit_position", .group = kGroup, .since = "3.5.0", .overloads = {{"(long) -> long", "grebe_bitmap_bit_position($1)"}}},
    {.name = "bitmap_bucket_number", .group = kGroup, .since = "3.5.0", .overloads = {{"(long) -> long", "grebe_bitmap_bucket_number($1)"}}},
    {.name = "bitmap_count", .group = kGroup, .since = "3.5.0", .overloads = {{"(binary) -> long", "grebe_bitmap_count($1)"}}},
    {.name = "current_catalog", .group = kGroup, .since = "3.1.0", .bind = &bind_session_value},
    {.name = "current_database", .group = kGroup, .since = "1.6.0", .bind = &bind_session_value},
    {.name = "current_schema", .group = kGroup, .since = "3.4.0", .bind = &bind_session_value},
    {.name = "current_user", .group = kGroup, .since = "3.2.0", .bind = &bind_session_value},
    {.name = "hll_sketch_estimate", .group = kGroup, .since = "3.5.0", .overloads = {{"(binary) -> long", "grebe_hll_estimate($1)"}}},
    {.name = "hll_union", .group = kGroup, .since = "3.5.0", .overloads = {{"(binary, binary, boolean) -> binary", "grebe_hll_union($1, $2, $3)"}}, .defaults = "false"},
    {.name = "input_file_block_length", .group = kGroup, .since = "2.2.0", .overloads = {{"() -> long!", "CAST(-1 AS BIGINT)"}}, .is_volatile = true},
    {.name = "input_file_block_start", .group = kGroup, .since = "2.2.0", .overloads = {{"() -> long!", "CAST(-1 AS BIGINT)"}}, .is_volatile = true},
    {.name = "input_file_name", .group = kGroup, .since = "1.5.0", .overloads = {{"() -> string!", "''"}}, .is_volatile = true},
    {.name = "java_method", .group = kGroup, .since = "2.0.0", .bind = &bind_reflect, .is_volatile = true},
    {.name = "monotonically_increasing_id", .group = kGroup, .since = "1.4.0", .overloads = {{"() -> long!", "grebe_increasing_id()"}}, .is_volatile = true},
    {.name = "raise_error", .group = kGroup, .since = "3.1.0", .overloads = {{"(string) -> void?", "grebe_raise_error($1)"}}},
    {.name = "reflect", .group = kGroup, .since = "2.0.0", .bind = &bind_reflect, .is_volatile = true},
    {.name = "spark_partition_id", .group = kGroup, .since = "1.4.0", .overloads = {{"() -> int!", "CAST(0 AS INTEGER)"}}, .is_volatile = true},
    {.name = "try_aes_decrypt", .group = kGroup, .since = "3.5.0", .overloads = {{"(binary, binary, string, string, binary) -> binary?", "grebe_aes_try_decrypt($1, $2, $3, $4, $5)"}}, .defaults = "'GCM','DEFAULT',''"},
    {.name = "typeof", .group = kGroup, .since = "3.0.0", .bind = &bind_typeof},
    {.name = "user", .group = kGroup, .since = "3.4.0", .bind = &bind_session_value},
    {.name = "uuid", .group = kGroup, .since = "2.3.0", .overloads = {{"() -> string!", "CAST(uuid() AS VARCHAR)"}}, .is_volatile = true},
    {.name = "version", .group = kGroup, .since = "3.0.0", .bind = &bind_session_value},
};
// clang-format on
static_assert(is_sorted_table(kMisc));

}  // namespace

EntryTable misc_entries() { return kMisc; }

}  // namespace grebe::functions
