// Window functions. A template marks the part that takes OVER by @…@.
#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

constexpr FunctionKind kKind = FunctionKind::kWindow;
constexpr Group kGroup = Group::kWindow;

constexpr Entry kWindowFunctions[] = {
    {.name = "cume_dist",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"(any...) -> double!", "@cume_dist()@"}}},
    {.name = "dense_rank",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"(any...) -> int!", "CAST(@dense_rank()@ AS INTEGER)"}}},
    {.name = "lag",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"rule", "@lag($*)@"}, {"rule", "@lag($* IGNORE NULLS)@"}},
     .bind = &bind_lag_lead},
    {.name = "lead",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"rule", "@lead($*)@"}, {"rule", "@lead($* IGNORE NULLS)@"}},
     .bind = &bind_lag_lead},
    {.name = "nth_value",
     .group = kGroup,
     .since = "3.1.0",
     .kind = kKind,
     .overloads = {{"(any, int) -> $1?", "@nth_value($1, $2)@"},
                   {"(any, int) -> $1?", "@nth_value($1, $2 IGNORE NULLS)@"}},
     .bind = &bind_window_function},
    {.name = "ntile",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"(int) -> int!", "CAST(@ntile($1)@ AS INTEGER)"}},
     .bind = &bind_ntile},
    {.name = "percent_rank",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"(any...) -> double!", "@percent_rank()@"}}},
    {.name = "rank",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"(any...) -> int!", "CAST(@rank()@ AS INTEGER)"}}},
    {.name = "row_number",
     .group = kGroup,
     .since = "2.0.0",
     .kind = kKind,
     .overloads = {{"() -> int!", "CAST(@row_number()@ AS INTEGER)"}}},
};
static_assert(is_sorted_table(kWindowFunctions));

}  // namespace

EntryTable window_entries() { return kWindowFunctions; }

}  // namespace grebe::functions
