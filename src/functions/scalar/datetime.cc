// Dates, timestamps and intervals.
#include <fmt/format.h>

#include "functions/rules/rules.h"
#include "functions/tables.h"

namespace grebe::functions {

namespace {

std::string lower_timestampadd(const LowerInput& input) {
  const bool is_local = input.type.is(types::TypeKind::kTimestampNtz);
  return fmt::format("grebe_{}timestampadd({}, {}, {})", is_local ? "local_" : "", input.sql[0],
                     input.sql[1], input.sql[2]);
}

constexpr Group kGroup = Group::kDatetime;

// clang-format off
constexpr Entry kDatetimes[] = {
    {.name = "add_months", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, int) -> date", "grebe_date_add_months($1, $2)"}}},
    {.name = "convert_timezone", .group = kGroup, .since = "3.4.0",
     .overloads = {{"(string, string, timestamp_ntz) -> timestamp_ntz", "grebe_convert_timezone($1, $2, $3)"},
                   {"(string, timestamp_ntz) -> timestamp_ntz", "grebe_convert_timezone(grebe_session_zone('') , $1, $2)"}}},
    {.name = "curdate", .group = kGroup, .since = "3.4.0", .bind = &bind_now},
    {.name = "current_date", .group = kGroup, .since = "1.5.0", .bind = &bind_now},
    {.name = "current_timestamp", .group = kGroup, .since = "1.5.0", .bind = &bind_now},
    {.name = "current_timezone", .group = kGroup, .since = "3.1.0", .bind = &bind_now},
    {.name = "date_add", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, int) -> date", "grebe_date_add($1, $2)"}}, .bind = &bind_date_add},
    {.name = "date_diff", .group = kGroup, .since = "3.4.0", .overloads = {{"(date, date) -> int", "grebe_date_difference($1, $2)"}}},
    {.name = "date_format", .group = kGroup, .since = "1.5.0", .overloads = {{"(timestamp, string) -> string", "grebe_date_format($1, $2)"}}, .bind = &bind_with_pattern},
    {.name = "date_from_unix_date", .group = kGroup, .since = "3.1.0", .overloads = {{"(int) -> date", "grebe_date_add(DATE '1970-01-01', $1)"}}},
    {.name = "date_part", .group = kGroup, .since = "3.0.0", .bind = &bind_extract},
    {.name = "date_sub", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, int) -> date", "grebe_date_subtract($1, $2)"}}, .bind = &bind_date_add},
    {.name = "date_trunc", .group = kGroup, .since = "2.3.0", .overloads = {{"(string, timestamp) -> timestamp?", "grebe_date_trunc($1, $2)"}}},
    {.name = "dateadd", .group = kGroup, .since = "3.4.0", .overloads = {{"(date, int) -> date", "grebe_date_add($1, $2)"}}, .bind = &bind_date_add},
    {.name = "datediff", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, date) -> int", "grebe_date_difference($1, $2)"}}},
    {.name = "datepart", .group = kGroup, .since = "3.4.0", .bind = &bind_extract},
    {.name = "day", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(day($1) AS INTEGER)"}}},
    {.name = "dayofmonth", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(day($1) AS INTEGER)"}}},
    {.name = "dayofweek", .group = kGroup, .since = "2.3.0", .overloads = {{"(date) -> int", "CAST(dayofweek($1) + 1 AS INTEGER)"}}},
    {.name = "dayofyear", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(dayofyear($1) AS INTEGER)"}}},
    {.name = "extract", .group = kGroup, .since = "3.0.0", .bind = &bind_extract},
    {.name = "from_unixtime", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(long) -> string", "grebe_date_format(grebe_micros_to_timestamp(grebe_multiply($1, 1000000::BIGINT)), 'yyyy-MM-dd HH:mm:ss')"},
                   {"(long, string) -> string?", "grebe_date_format(grebe_micros_to_timestamp(grebe_multiply($1, 1000000::BIGINT)), $2)"}}, .bind = &bind_with_pattern, .defaults = "'yyyy-MM-dd HH:mm:ss'"},
    {.name = "from_utc_timestamp", .group = kGroup, .since = "1.5.0", .overloads = {{"(timestamp, string) -> timestamp", "grebe_from_utc_timestamp($1, $2)"}}},
    {.name = "hour", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(timestamp) -> int", "CAST(hour(grebe_utc_to_local($1)) AS INTEGER)"}, {"(timestamp_ntz) -> int", "CAST(hour($1) AS INTEGER)"}}},
    {.name = "last_day", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> date", "last_day($1)"}}},
    {.name = "localtimestamp", .group = kGroup, .since = "3.4.0", .bind = &bind_now},
    {.name = "make_date", .group = kGroup, .since = "3.0.0", .overloads = {{"(int, int, int) -> date?", "grebe_make_date($1, $2, $3)", "grebe_make_date_ansi($1, $2, $3)"}}},
    {.name = "make_dt_interval", .group = kGroup, .since = "3.2.0",
     .overloads = {{"() -> day_time_interval", "CAST(0 AS BIGINT)"},
                   {"(int) -> day_time_interval", "(CAST($1 AS BIGINT) * 86400000000)"},
                   {"(int, int) -> day_time_interval", "((CAST($1 AS BIGINT) * 24 + $2) * 3600000000)"},
                   {"(int, int, int) -> day_time_interval", "(((CAST($1 AS BIGINT) * 24 + $2) * 60 + $3) * 60000000)"},
                   {"(int, int, int, decimal(18,6)) -> day_time_interval", "(((CAST($1 AS BIGINT) * 24 + $2) * 60 + $3) * 60000000 + CAST(CAST($4 AS DECIMAL(24,6)) * 1000000 AS BIGINT))"}}, .defaults = "0,0,0,0.000000"},
    {.name = "make_interval", .group = kGroup, .since = "3.0.0",
     .overloads = {{"() -> calendar_interval", "to_months(0)"},
                   {"(int) -> calendar_interval", "to_years($1)"},
                   {"(int, int) -> calendar_interval", "to_months($1 * 12 + $2)"},
                   {"(int, int, int) -> calendar_interval", "(to_months($1 * 12 + $2) + to_days($3 * 7))"},
                   {"(int, int, int, int) -> calendar_interval", "(to_months($1 * 12 + $2) + to_days($3 * 7 + $4))"},
                   {"(int, int, int, int, int) -> calendar_interval", "(to_months($1 * 12 + $2) + to_days($3 * 7 + $4) + to_hours($5))"},
                   {"(int, int, int, int, int, int) -> calendar_interval", "(to_months($1 * 12 + $2) + to_days($3 * 7 + $4) + to_minutes($5::BIGINT * 60 + $6))"},
                   {"(int, int, int, int, int, int, decimal(18,6)) -> calendar_interval", "(to_months($1 * 12 + $2) + to_days($3 * 7 + $4) + to_microseconds(($5::BIGINT * 60 + $6) * 60000000 + CAST(CAST($7 AS DECIMAL(24,6)) * 1000000 AS BIGINT)))"}}, .bind = &bind_make_interval, .defaults = "0,0,0,0,0,0,0.000000"},
    {.name = "make_timestamp", .group = kGroup, .since = "3.0.0",
     .overloads = {{"(int, int, int, int, int, decimal(16,6)) -> timestamp?", "grebe_make_timestamp([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), '')", "grebe_make_timestamp_ansi([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), '')"},
                   {"(int, int, int, int, int, decimal(16,6), string) -> timestamp?", "grebe_make_timestamp([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), $7)", "grebe_make_timestamp_ansi([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), $7)"}}, .bind = &bind_make_timestamp},
    {.name = "make_timestamp_ltz", .group = kGroup, .since = "3.4.0",
     .overloads = {{"(int, int, int, int, int, decimal(16,6)) -> timestamp?", "grebe_make_timestamp([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), '')", "grebe_make_timestamp_ansi([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), '')"},
                   {"(int, int, int, int, int, decimal(16,6), string) -> timestamp?", "grebe_make_timestamp([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), $7)", "grebe_make_timestamp_ansi([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), $7)"}}},
    {.name = "make_timestamp_ntz", .group = kGroup, .since = "3.4.0",
     .overloads = {{"(int, int, int, int, int, decimal(16,6)) -> timestamp_ntz?", "grebe_make_timestamp([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), 'UTC')", "grebe_make_timestamp_ansi([$1, $2, $3, $4, $5], CAST($6 * 1000000 AS BIGINT), 'UTC')"}}},
    {.name = "make_ym_interval", .group = kGroup, .since = "3.2.0",
     .overloads = {{"() -> year_month_interval", "CAST(0 AS INTEGER)"}, {"(int) -> year_month_interval", "grebe_make_year_month($1, 0)"},
                   {"(int, int) -> year_month_interval", "grebe_make_year_month($1, $2)"}}, .defaults = "0,0"},
    {.name = "minute", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(timestamp) -> int", "CAST(minute(grebe_utc_to_local($1)) AS INTEGER)"}, {"(timestamp_ntz) -> int", "CAST(minute($1) AS INTEGER)"}}},
    {.name = "month", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(month($1) AS INTEGER)"}}},
    {.name = "months_between", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(timestamp, timestamp) -> double", "grebe_months_between($1, $2, true)"}, {"(timestamp, timestamp, boolean) -> double", "grebe_months_between($1, $2, $3)"}}, .defaults = "true"},
    {.name = "next_day", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, string) -> date?", "grebe_next_day($1, $2)", "grebe_next_day_ansi($1, $2)"}}},
    {.name = "now", .group = kGroup, .since = "1.6.0", .bind = &bind_now},
    {.name = "quarter", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(quarter($1) AS INTEGER)"}}},
    {.name = "second", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(timestamp) -> int", "CAST(second(grebe_utc_to_local($1)) AS INTEGER)"}, {"(timestamp_ntz) -> int", "CAST(second($1) AS INTEGER)"}}},
    {.name = "session_window", .group = kGroup, .since = "3.2.0", .bind = &bind_session_window},
    {.name = "timestamp_micros", .group = kGroup, .since = "3.1.0", .overloads = {{"(integral) -> timestamp", "grebe_micros_to_timestamp(CAST($1 AS BIGINT))"}}},
    {.name = "timestamp_millis", .group = kGroup, .since = "3.1.0", .overloads = {{"(integral) -> timestamp", "grebe_count_to_timestamp(CAST($1 AS BIGINT), 1000::BIGINT)"}}},
    {.name = "timestamp_seconds", .group = kGroup, .since = "3.1.0",
     .overloads = {{"(integral) -> timestamp", "grebe_count_to_timestamp(CAST($1 AS BIGINT), 1000000::BIGINT)"},
                   {"(decimal) -> timestamp", "grebe_micros_to_timestamp(grebe_exact_micros(CAST($1 AS VARCHAR)))"},
                   {"(double|float) -> timestamp?", "grebe_double_to_timestamp(CAST($1 AS DOUBLE))"}}},
    {.name = "timestampadd", .group = kGroup, .since = "3.3.0", .overloads = {{.signature = "(string, long, any_timestamp) -> $3", .lower = &lower_timestampadd}}},
    {.name = "timestampdiff", .group = kGroup, .since = "3.3.0", 
     .overloads = {{"(string, timestamp, timestamp) -> long", "grebe_timestampdiff($1, $2, $3)"},
                   {"(string, timestamp_ntz, timestamp_ntz) -> long", "grebe_timestampdiff($1, grebe_local_to_utc($2), grebe_local_to_utc($3))"}}},
    {.name = "to_date", .group = kGroup, .since = "1.5.0",
     .overloads = {{"rule", "grebe_parse_date($1, $2)", "grebe_parse_date_ansi($1, $2)"}}, .bind = &bind_timestamp_parse},
    {.name = "to_timestamp", .group = kGroup, .since = "2.2.0",
     .overloads = {{"rule", "grebe_parse_timestamp($1, $2)", "grebe_parse_timestamp_ansi($1, $2)"}}, .bind = &bind_timestamp_parse},
    {.name = "to_timestamp_ltz", .group = kGroup, .since = "3.4.0",
     .overloads = {{"rule", "grebe_parse_timestamp($1, $2)", "grebe_parse_timestamp_ansi($1, $2)"}}, .bind = &bind_timestamp_parse},
    {.name = "to_timestamp_ntz", .group = kGroup, .since = "3.4.0",
     .overloads = {{"rule", "grebe_parse_timestamp_ntz($1, $2)", "grebe_parse_timestamp_ntz_ansi($1, $2)"}}, .bind = &bind_timestamp_parse},
    {.name = "to_unix_timestamp", .group = kGroup, .since = "1.6.0",
     .overloads = {{"(date) -> long", "(epoch_us(grebe_local_to_utc(CAST($1 AS TIMESTAMP))) // 1000000)"}, {"(timestamp|timestamp_ntz) -> long", "(epoch_us($1) // 1000000)"},
                   {"(date, string) -> long", "(epoch_us(grebe_local_to_utc(CAST($1 AS TIMESTAMP))) // 1000000)"}, {"(timestamp|timestamp_ntz, string) -> long", "(epoch_us($1) // 1000000)"},
                   {"(string) -> long?", "(epoch_us(grebe_parse_timestamp($1, 'yyyy-MM-dd HH:mm:ss')) // 1000000)", "(epoch_us(grebe_parse_timestamp_ansi($1, 'yyyy-MM-dd HH:mm:ss')) // 1000000)"},
                   {"(string, string) -> long?", "(epoch_us(grebe_parse_timestamp($1, $2)) // 1000000)", "(epoch_us(grebe_parse_timestamp_ansi($1, $2)) // 1000000)"}}, .bind = &bind_unix_timestamp, .defaults = "'yyyy-MM-dd HH:mm:ss'"},
    {.name = "to_utc_timestamp", .group = kGroup, .since = "1.5.0", .overloads = {{"(timestamp, string) -> timestamp", "grebe_to_utc_timestamp($1, $2)"}}},
    {.name = "trunc", .group = kGroup, .since = "1.5.0", .overloads = {{"(date, string) -> date?", "CAST(grebe_trunc_date(CAST($1 AS TIMESTAMP), $2) AS DATE)"}}},
    {.name = "try_to_timestamp", .group = kGroup, .since = "3.5.0",
     .overloads = {{"rule", "grebe_parse_timestamp($1, $2)"}}, .bind = &bind_timestamp_parse},
    {.name = "unix_date", .group = kGroup, .since = "3.1.0", .overloads = {{"(date) -> int", "grebe_date_difference($1, DATE '1970-01-01')"}}},
    {.name = "unix_micros", .group = kGroup, .since = "3.1.0", .overloads = {{"(timestamp) -> long", "epoch_us($1)"}}},
    {.name = "unix_millis", .group = kGroup, .since = "3.1.0", .overloads = {{"(timestamp) -> long", "grebe_timestamp_millis($1)"}}},
    {.name = "unix_seconds", .group = kGroup, .since = "3.1.0", .overloads = {{"(timestamp) -> long", "grebe_timestamp_seconds($1)"}}},
    {.name = "unix_timestamp", .group = kGroup, .since = "1.5.0",
     .overloads = {{"(date) -> long", "(epoch_us(grebe_local_to_utc(CAST($1 AS TIMESTAMP))) // 1000000)"}, {"(timestamp|timestamp_ntz) -> long", "(epoch_us($1) // 1000000)"},
                   {"(date, string) -> long", "(epoch_us(grebe_local_to_utc(CAST($1 AS TIMESTAMP))) // 1000000)"}, {"(timestamp|timestamp_ntz, string) -> long", "(epoch_us($1) // 1000000)"},
                   {"(string) -> long?", "(epoch_us(grebe_parse_timestamp($1, 'yyyy-MM-dd HH:mm:ss')) // 1000000)", "(epoch_us(grebe_parse_timestamp_ansi($1, 'yyyy-MM-dd HH:mm:ss')) // 1000000)"},
                   {"(string, string) -> long?", "(epoch_us(grebe_parse_timestamp($1, $2)) // 1000000)", "(epoch_us(grebe_parse_timestamp_ansi($1, $2)) // 1000000)"}},
     .bind = &bind_unix_timestamp, .defaults = "'yyyy-MM-dd HH:mm:ss'"},
    {.name = "weekday", .group = kGroup, .since = "2.4.0", .overloads = {{"(date) -> int", "CAST(isodow($1) - 1 AS INTEGER)"}}},
    {.name = "weekofyear", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(week($1) AS INTEGER)"}}},
    {.name = "window", .group = kGroup, .since = "2.0.0", .overloads = {{.signature = "rule", .lower = &lower_time_window}}, .bind = &bind_time_window},
    {.name = "window_time", .group = kGroup, .since = "3.4.0", .overloads = {{"rule", "(struct_extract($1, 'f1') - INTERVAL 1 MICROSECOND)"}}, .bind = &bind_window_time},
    {.name = "year", .group = kGroup, .since = "1.5.0", .overloads = {{"(date) -> int", "CAST(year($1) AS INTEGER)"}}},
};
// clang-format on
static_assert(is_sorted_table(kDatetimes));

}  // namespace

EntryTable datetime_entries() { return kDatetimes; }

}  // namespace grebe::functions
