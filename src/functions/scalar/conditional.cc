// CASE, IF and what chooses among values.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr Entry kConditionals[] = {
    {.name = "case",
     .group = Group::kConditional,
     .since = "1.0.1",
     .overloads = {{.signature = "rule", .lower = &lower_when}},
     .bind = &bind_when},
    {.name = "coalesce",
     .group = Group::kConditional,
     .since = "1.0.0",
     .overloads = {{"rule", "coalesce($*)"}},
     .bind = &bind_coalesce},
    {.name = "greatest",
     .group = Group::kConditional,
     .since = "1.5.0",
     .overloads = {{.signature = "rule", .lower = &lower_greatest_least}},
     .bind = &bind_extreme},
    {.name = "if",
     .group = Group::kConditional,
     .since = "1.0.0",
     .overloads = {{"rule", "CASE WHEN $1 THEN $2 ELSE $3 END"}},
     .bind = &bind_if},
    {.name = "ifnull",
     .group = Group::kConditional,
     .since = "2.0.0",
     .rewrite = "coalesce($1, $2)"},
    {.name = "least",
     .group = Group::kConditional,
     .since = "1.5.0",
     .overloads = {{.signature = "rule", .lower = &lower_greatest_least}},
     .bind = &bind_extreme},
    {.name = "nanvl",
     .group = Group::kConditional,
     .since = "1.5.0",
     .overloads = {{"(double, double) -> double", "CASE WHEN isnan($1) THEN $2 ELSE $1 END"},
                   {"(float, float) -> float", "CASE WHEN isnan($1) THEN $2 ELSE $1 END"}}},
    {.name = "nullif",
     .group = Group::kConditional,
     .since = "2.0.0",
     .rewrite = "if(=($1, $2), null, $1)"},
    {.name = "nvl", .group = Group::kConditional, .since = "2.0.0", .rewrite = "coalesce($1, $2)"},
    {.name = "nvl2",
     .group = Group::kConditional,
     .since = "2.0.0",
     .rewrite = "if(isnotnull($1), $2, $3)"},
    {.name = "when",
     .group = Group::kConditional,
     .since = "1.0.1",
     .overloads = {{.signature = "rule", .lower = &lower_when}},
     .bind = &bind_when},
};
static_assert(is_sorted_table(kConditionals));

}  // namespace

EntryTable conditional_entries() { return kConditionals; }

}  // namespace grebe::functions
