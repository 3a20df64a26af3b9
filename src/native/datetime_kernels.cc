// Date and time functions that need patterns, zones or calendar rules.
// Long: one short kernel for each function of the group.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <unordered_map>

#include "native/calendar_names.h"
#include "native/datetime_format.h"
#include "native/exact_date.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/legacy_datetime.h"
#include "native/value_kernel.h"
#include "native/zones.h"
#include "types/zone_names.h"

namespace grebe::native {

namespace {

using duckdb::date_t;
using duckdb::LogicalType;
using duckdb::timestamp_t;
using types::floor_div;
using types::floor_mod;
using types::kMicrosPerDay;

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

std::shared_ptr<const types::TimeZone> session_zone(const KernelContext& context) {
  return types::require_time_zone(context.settings().time_zone);
}

std::shared_ptr<const types::TimeZone> require_zone(const KernelContext& context,
                                                    std::string_view name) {
  auto zone = types::TimeZone::find(name);
  if (!zone) {
    const bool is_offset = name.size() <= 1 || name[0] == '+' || name[0] == '-';
    context.raise(core::plain_error(
        core::ErrorClass::kDateTime,
        (is_offset ? "Invalid ID for ZoneOffset, invalid format: " : "Unknown time-zone ID: ") +
            std::string(name)));
  }
  return zone;
}

/// A pattern with the policy that its mark names (functions: marked_pattern), read both ways.
struct MarkedPattern {
  enum class Policy : unsigned char { kException, kLegacy, kCorrected };
  Policy policy = Policy::kException;
  Leniency leniency = Leniency::kStrict;
  std::string text;
  std::shared_ptr<const DatetimePattern> current;
  std::string fault;
  std::shared_ptr<const LegacyPattern> legacy;
  std::string legacy_fault;
};

MarkedPattern read_pattern(std::string_view marked) {
  MarkedPattern pattern;
  if (!marked.empty() && marked[0] >= '\1' && marked[0] <= '\4') {
    using Policy = MarkedPattern::Policy;
    const char mark = marked[0];
    pattern.policy = mark == '\2'   ? Policy::kCorrected
                     : mark == '\3' ? Policy::kException
                                    : Policy::kLegacy;
    if (mark >= '\3') pattern.leniency = Leniency::kLenient;
    marked.remove_prefix(1);
  }
  pattern.text = std::string(marked);
  pattern.current = DatetimePattern::compile(marked, &pattern.fault);
  pattern.legacy = LegacyPattern::compile(marked, &pattern.legacy_fault);
  return pattern;
}

const MarkedPattern& cached_pattern(std::string_view marked) {
  thread_local std::unordered_map<std::string, MarkedPattern> cache;
  const auto [found, is_new] = cache.try_emplace(std::string(marked));
  if (is_new) found->second = read_pattern(marked);
  return found->second;
}

enum class Wanted : unsigned char { kInstant, kLocal, kDate };

/// Raises what is wrong with a pattern that the current formatter refuses; that the legacy one
/// takes it is another error.
[[noreturn]] void raise_pattern(const KernelContext& context, const MarkedPattern& pattern,
                                const std::string& fault, Wanted wanted = Wanted::kInstant) {
  if (wanted == Wanted::kLocal) {
    // Spark 2 had no local times, so there is nothing to compare with.
    context.raise(core::make_error(core::ErrorClass::kRuntime, "_LEGACY_ERROR_TEMP_2130",
                                   {{"pattern", "'" + pattern.text + "'"},
                                    {"docroot", "https://spark.apache.org/docs/latest"}}));
  }
  if (pattern.policy == MarkedPattern::Policy::kException && pattern.legacy) {
    context.raise(
        core::make_error(core::ErrorClass::kUpgrade,
                         "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                         {{"pattern", "'" + pattern.text + "'"},
                          {"config", "\"spark.sql.legacy.timeParserPolicy\""},
                          {"docroot", "https://spark.apache.org/docs/latest"}}));
  }
  context.raise(core::plain_error(core::ErrorClass::kIllegalArgument, fault));
}

/// The pattern that the policy asks for, usable.
const MarkedPattern& require_pattern(const KernelContext& context, std::string_view marked,
                                     Wanted wanted = Wanted::kInstant) {
  const MarkedPattern& pattern = cached_pattern(marked);
  if (pattern.policy == MarkedPattern::Policy::kLegacy) {
    if (pattern.legacy) return pattern;
    context.raise(core::plain_error(core::ErrorClass::kIllegalArgument, pattern.legacy_fault));
  }
  if (!pattern.current) raise_pattern(context, pattern, pattern.fault, wanted);
  return pattern;
}

/// The instant that a text names, or its local time when that is wanted.
int64_t as_wanted(int64_t instant, const types::TimeZone& zone, Wanted wanted) {
  return wanted == Wanted::kInstant ? instant : instant + zone.offset_at(instant);
}

/// A text by a pattern, as UTC or local microseconds.
std::optional<int64_t> parse_by(const KernelContext& context, std::string_view text,
                                std::string_view marked, Wanted wanted) {
  const MarkedPattern& pattern = require_pattern(context, marked, wanted);
  const auto zone = session_zone(context);
  if (pattern.policy == MarkedPattern::Policy::kLegacy) {
    const auto instant = pattern.legacy->parse(text, *zone, pattern.leniency);
    if (!instant) return std::nullopt;
    return as_wanted(*instant, *zone, wanted);
  }
  if (const char letter = pattern.current->letter_against_parsing(); letter != 0) {
    raise_pattern(context, pattern, std::string("Illegal pattern character: ") + letter, wanted);
  }
  const auto parsed = pattern.current->parse(text);
  if (!parsed) {
    const bool compares =
        pattern.policy == MarkedPattern::Policy::kException && wanted != Wanted::kLocal;
    if (compares && pattern.legacy && pattern.legacy->parse(text, *zone, pattern.leniency)) {
      context.raise(
          core::make_error(core::ErrorClass::kUpgrade,
                           "INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER",
                           {{"datetime", "'" + std::string(text) + "'"},
                            {"config", "\"spark.sql.legacy.timeParserPolicy\""}}));
    }
    return std::nullopt;
  }
  if (parsed->is_beyond) {
    context.raise(core::plain_error(core::ErrorClass::kArithmetic, "long overflow"));
  }
  std::shared_ptr<const types::TimeZone> named;
  if (!parsed->zone.empty()) {
    named = types::TimeZone::find(parsed->zone);
    if (!named) named = types::TimeZone::find(types::zone_of_name(parsed->zone));
    if (!named) return std::nullopt;
  }
  if (wanted != Wanted::kInstant) return parsed->local_micros;
  if (parsed->offset_micros) return parsed->local_micros - *parsed->offset_micros;
  if (named) return named->to_utc(parsed->local_micros);
  return zone->to_utc(parsed->local_micros);
}

[[noreturn]] void raise_unparsable(const KernelContext& context, std::string_view text) {
  context.raise(core::make_error(
      core::ErrorClass::kDateTime, "CANNOT_PARSE_TIMESTAMP",
      {{"message", "Text '" + std::string(text) + "' could not be parsed at index 0"},
       {"ansiConfig", "\"spark.sql.ansi.enabled\""}}));
}

template <bool kRaises>
void add_parsers(KernelRegistry& registry, const std::string& suffix) {
  const LogicalType text = LogicalType::VARCHAR;
  const auto add_timestamp = [&](const std::string& name, Wanted wanted) {
    registry.add(binary_kernel<std::string_view, std::string_view>(
        name + suffix, text, text, LogicalType::TIMESTAMP,
        [wanted](const KernelContext& context, std::string_view value,
                 std::string_view pattern) -> std::optional<timestamp_t> {
          const auto micros = parse_by(context, value, pattern, wanted);
          if (!micros && kRaises) raise_unparsable(context, value);
          if (!micros) return std::nullopt;
          return timestamp_t(*micros);
        }));
  };
  add_timestamp("grebe_parse_timestamp", Wanted::kInstant);
  add_timestamp("grebe_parse_timestamp_ntz", Wanted::kLocal);
  registry.add(binary_kernel<std::string_view, std::string_view>(
      "grebe_parse_date" + suffix, text, text, LogicalType::DATE,
      [](const KernelContext& context, std::string_view value,
         std::string_view pattern) -> std::optional<date_t> {
        const auto micros = parse_by(context, value, pattern, Wanted::kDate);
        if (!micros && kRaises) raise_unparsable(context, value);
        if (!micros) return std::nullopt;
        return date_t(static_cast<int32_t>(floor_div(*micros, kMicrosPerDay)));
      }));
}

/// Truncation units by the names Spark knows.
enum class Unit : unsigned char {
  kYear,
  kQuarter,
  kMonth,
  kWeek,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kMillisecond,
  kMicrosecond,
};

struct UnitName {
  std::string_view name;
  Unit unit;
};

constexpr UnitName kUnitNames[] = {
    {"DAY", Unit::kDay},
    {"DD", Unit::kDay},
    {"DAYOFYEAR", Unit::kDay},
    {"HOUR", Unit::kHour},
    {"MICROSECOND", Unit::kMicrosecond},
    {"MILLISECOND", Unit::kMillisecond},
    {"MINUTE", Unit::kMinute},
    {"MM", Unit::kMonth},
    {"MON", Unit::kMonth},
    {"MONTH", Unit::kMonth},
    {"QUARTER", Unit::kQuarter},
    {"SECOND", Unit::kSecond},
    {"WEEK", Unit::kWeek},
    {"YEAR", Unit::kYear},
    {"YY", Unit::kYear},
    {"YYYY", Unit::kYear},
};

std::optional<Unit> find_unit(std::string_view name) {
  const std::string upper = upper_case(name);
  for (const UnitName& each : kUnitNames) {
    if (each.name == upper) return each.unit;
  }
  return std::nullopt;
}

int64_t truncate_days(int64_t days, Unit unit) {
  const types::CivilDate date = types::civil_from_days(days);
  switch (unit) {
    case Unit::kYear:
      return types::days_from_civil({date.year, 1, 1});
    case Unit::kQuarter:
      return types::days_from_civil({date.year, (date.month - 1) / 3 * 3 + 1, 1});
    case Unit::kMonth:
      return types::days_from_civil({date.year, date.month, 1});
    case Unit::kWeek:
      return days - floor_mod(days + 3, 7);
    default:
      return days;
  }
}

int64_t unit_micros(Unit unit) {
  switch (unit) {
    case Unit::kHour:
      return types::kMicrosPerHour;
    case Unit::kMinute:
      return types::kMicrosPerMinute;
    case Unit::kSecond:
      return types::kMicrosPerSecond;
    case Unit::kMillisecond:
      return 1000;
    case Unit::kMicrosecond:
      return 1;
    default:
      return kMicrosPerDay;
  }
}

/// timestampadd: whole calendar units in local time, the others in elapsed time.
int64_t add_units(int64_t micros, std::string_view name, int64_t amount,
                  const types::TimeZone& zone) {
  const Unit unit = find_unit(name).value_or(Unit::kDay);
  switch (unit) {
    case Unit::kYear:
      return add_calendar(micros, amount * 12, 0, 0, zone);
    case Unit::kQuarter:
      return add_calendar(micros, amount * 3, 0, 0, zone);
    case Unit::kMonth:
      return add_calendar(micros, amount, 0, 0, zone);
    case Unit::kWeek:
      return add_calendar(micros, 0, amount * 7, 0, zone);
    case Unit::kDay:
      return add_calendar(micros, 0, amount, 0, zone);
    default:
      return micros + amount * unit_micros(unit);
  }
}

int64_t truncate_local(int64_t local, Unit unit) {
  if (unit > Unit::kDay) return floor_div(local, unit_micros(unit)) * unit_micros(unit);
  return truncate_days(floor_div(local, kMicrosPerDay), unit) * kMicrosPerDay;
}

double months_between(int64_t left, int64_t right, bool rounds, const types::TimeZone& zone) {
  const int64_t a = left + zone.offset_at(left);
  const int64_t b = right + zone.offset_at(right);
  const int64_t day_a = floor_div(a, kMicrosPerDay);
  const int64_t day_b = floor_div(b, kMicrosPerDay);
  const types::CivilDate x = types::civil_from_days(day_a);
  const types::CivilDate y = types::civil_from_days(day_b);
  const double months = static_cast<double>((x.year - y.year) * 12 + x.month - y.month);
  const auto is_last = [](int64_t days, const types::CivilDate& date) {
    return types::civil_from_days(days + 1).month != date.month;
  };
  if (x.day == y.day || (is_last(day_a, x) && is_last(day_b, y))) return months;
  // What has passed since the day began: an hour less or more on the days that clocks change.
  const auto seconds_of = [&](int64_t utc, int64_t day) {
    return floor_div(utc - zone.to_utc(day * kMicrosPerDay), types::kMicrosPerSecond);
  };
  const int64_t seconds_a = seconds_of(left, day_a);
  const int64_t seconds_b = seconds_of(right, day_b);
  const double seconds =
      static_cast<double>((int64_t{x.day} - y.day) * 86400 + seconds_a - seconds_b);
  const double difference = months + seconds / (31.0 * 86400.0);
  return rounds ? std::round(difference * 1e8) / 1e8 : difference;
}

std::optional<int> weekday_index(std::string_view name) {
  constexpr std::string_view kNames[] = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                         "FRIDAY", "SATURDAY", "SUNDAY"};
  const std::string upper = upper_case(name);
  for (int i = 0; i < 7; ++i) {
    if (upper == kNames[i] || upper == kNames[i].substr(0, 3) || upper == kNames[i].substr(0, 2)) {
      return i;
    }
  }
  return std::nullopt;
}

constexpr int64_t kLastYear = 999'999'999;  // java.time.Year.MAX_VALUE

std::optional<int64_t> valid_days(int64_t year, int64_t month, int64_t day) {
  if (month < 1 || month > 12 || day < 1 || day > 31 || std::abs(year) > kLastYear) {
    return std::nullopt;
  }
  const int64_t days =
      types::days_from_civil({year, static_cast<int>(month), static_cast<int>(day)});
  const types::CivilDate back = types::civil_from_days(days);
  if (back.month != month || back.day != day) return std::nullopt;
  return days;
}

std::vector<int64_t> integers(const duckdb::Value& list) {
  std::vector<int64_t> values;
  for (const duckdb::Value& each : duckdb::ListValue::GetChildren(list)) {
    if (each.IsNull()) return {};
    values.push_back(each.GetValue<int64_t>());
  }
  return values;
}

/// java.time's words for a date that is none.
std::string why_no_date(int64_t year, int64_t month, int64_t day) {
  if (std::abs(year) > kLastYear) {
    return fmt::format("Invalid value for Year (valid values -999999999 - 999999999): {}", year);
  }
  if (month < 1 || month > 12) {
    return fmt::format("Invalid value for MonthOfYear (valid values 1 - 12): {}", month);
  }
  if (day < 1 || day > 31) {
    return fmt::format("Invalid value for DayOfMonth (valid values 1 - 28/31): {}", day);
  }
  if (month == 2 && day == 29) {
    return fmt::format("Invalid date 'February 29' as '{}' is not a leap year", year);
  }
  return fmt::format("Invalid date '{} {}'", upper_case(kMonthNames[month - 1]), day);
}

/// The same for a time of the day; seconds are microseconds of the minute.
std::string why_no_time(int64_t hour, int64_t minute, int64_t seconds) {
  if (hour < 0 || hour > 23) {
    return fmt::format("Invalid value for HourOfDay (valid values 0 - 23): {}", hour);
  }
  if (minute < 0 || minute > 59) {
    return fmt::format("Invalid value for MinuteOfHour (valid values 0 - 59): {}", minute);
  }
  return fmt::format("Invalid value for SecondOfMinute (valid values 0 - 59): {}",
                     seconds / types::kMicrosPerSecond);
}

core::SparkError invalid_date(const std::string& message) {
  return core::plain_error(
      core::ErrorClass::kDateTime,
      message + ". If necessary set \"spark.sql.ansi.enabled\" to false to bypass this error.");
}

void add_makers(KernelRegistry& registry) {
  const LogicalType integers_type = LogicalType::LIST(LogicalType::INTEGER);
  for (const bool raises : {false, true}) {
    const std::string suffix = raises ? "_ansi" : "";
    const LogicalType integer = LogicalType::INTEGER;
    registry.add(ternary_kernel<int32_t, int32_t, int32_t>(
        "grebe_make_date" + suffix, integer, integer, integer, LogicalType::DATE,
        [raises](const KernelContext& context, int32_t year, int32_t month,
                 int32_t day) -> std::optional<date_t> {
          const auto days = valid_days(year, month, day);
          if (!days && raises) context.raise(invalid_date(why_no_date(year, month, day)));
          if (!days) return std::nullopt;
          return exact_date(context, *days);
        }));
    registry.add(value_kernel(
        "grebe_make_timestamp" + suffix, {integers_type, LogicalType::BIGINT, LogicalType::VARCHAR},
        LogicalType::TIMESTAMP,
        [raises](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
          const std::vector<int64_t> parts = integers(arguments[0]);
          if (parts.size() != 5) return duckdb::Value(LogicalType::TIMESTAMP);
          const int64_t seconds = arguments[1].GetValue<int64_t>();
          const auto days = valid_days(parts[0], parts[1], parts[2]);
          const bool is_valid = days && parts[3] >= 0 && parts[3] < 24 && parts[4] >= 0 &&
                                parts[4] < 60 && seconds >= 0 && seconds <= 60'000'000;
          if (raises && days && seconds > 60'000'000 && seconds < 61'000'000) {
            context.raise(core::make_error(core::ErrorClass::kDateTime,
                                           "INVALID_FRACTION_OF_SECOND",
                                           {{"ansiConfig", "\"spark.sql.ansi.enabled\""}}));
          }
          if (!is_valid && raises) {
            context.raise(invalid_date(days ? why_no_time(parts[3], parts[4], seconds)
                                            : why_no_date(parts[0], parts[1], parts[2])));
          }
          if (!is_valid) return duckdb::Value(LogicalType::TIMESTAMP);
          const int64_t local = *days * kMicrosPerDay + parts[3] * types::kMicrosPerHour +
                                parts[4] * types::kMicrosPerMinute + seconds;
          const std::string zone_name = arguments[2].ToString();
          const auto zone =
              zone_name.empty() ? session_zone(context) : require_zone(context, zone_name);
          return duckdb::Value::TIMESTAMP(timestamp_t(zone->to_utc(local)));
        }));
  }
}

void add_unit_kernels(KernelRegistry& registry) {
  const LogicalType timestamp = LogicalType::TIMESTAMP;
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<std::string_view, timestamp_t>(
      "grebe_date_trunc", text, timestamp, timestamp,
      [](const KernelContext& context, std::string_view name,
         timestamp_t value) -> std::optional<timestamp_t> {
        const auto unit = find_unit(name);
        if (!unit) return std::nullopt;
        const auto zone = session_zone(context);
        const int64_t local = value.value + zone->offset_at(value.value);
        return timestamp_t(zone->to_utc(truncate_local(local, *unit)));
      }));
  registry.add(binary_kernel<timestamp_t, std::string_view>(
      "grebe_trunc_date", timestamp, text, timestamp,
      [](const KernelContext&, timestamp_t value,
         std::string_view name) -> std::optional<timestamp_t> {
        const auto unit = find_unit(name);
        if (!unit || *unit >= Unit::kDay) return std::nullopt;
        return timestamp_t(truncate_local(value.value, *unit));
      }));
  registry.add(ternary_kernel<std::string_view, int64_t, timestamp_t>(
      "grebe_timestampadd", text, LogicalType::BIGINT, timestamp, timestamp,
      [](const KernelContext& context, std::string_view name, int64_t amount, timestamp_t value) {
        return timestamp_t(add_units(value.value, name, amount, *session_zone(context)));
      }));
  registry.add(ternary_kernel<std::string_view, int64_t, timestamp_t>(
      "grebe_local_timestampadd", text, LogicalType::BIGINT, timestamp, timestamp,
      [](const KernelContext&, std::string_view name, int64_t amount, timestamp_t value) {
        return timestamp_t(add_units(value.value, name, amount, *types::require_time_zone("UTC")));
      }));
  registry.add(ternary_kernel<std::string_view, timestamp_t, timestamp_t>(
      "grebe_timestampdiff", text, timestamp, timestamp, LogicalType::BIGINT,
      [](const KernelContext& context, std::string_view name, timestamp_t start,
         timestamp_t end) -> int64_t {
        const Unit unit = find_unit(name).value_or(Unit::kDay);
        const auto zone = session_zone(context);
        const int64_t a = start.value + zone->offset_at(start.value);
        const int64_t b = end.value + zone->offset_at(end.value);
        if (unit > Unit::kDay) return (b - a) / unit_micros(unit);
        if (unit == Unit::kDay) return (b - a) / kMicrosPerDay;
        if (unit == Unit::kWeek) return (b - a) / (7 * kMicrosPerDay);
        const types::CivilDate x = types::civil_from_days(floor_div(a, kMicrosPerDay));
        const types::CivilDate y = types::civil_from_days(floor_div(b, kMicrosPerDay));
        int64_t months = (y.year - x.year) * 12 + y.month - x.month;
        const int64_t rest_a = x.day * kMicrosPerDay + floor_mod(a, kMicrosPerDay);
        const int64_t rest_b = y.day * kMicrosPerDay + floor_mod(b, kMicrosPerDay);
        if (months > 0 && rest_b < rest_a) --months;
        if (months < 0 && rest_b > rest_a) ++months;
        if (unit == Unit::kYear) return months / 12;
        return unit == Unit::kQuarter ? months / 3 : months;
      }));
}

}  // namespace

void add_datetime_kernels(KernelRegistry& registry) {
  const LogicalType timestamp = LogicalType::TIMESTAMP;
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<timestamp_t, std::string_view>(
      "grebe_date_format", timestamp, text, text,
      [](const KernelContext& context, timestamp_t value, std::string_view pattern) {
        const MarkedPattern& marked = require_pattern(context, pattern);
        const auto zone = session_zone(context);
        const std::string& zone_id = context.settings().time_zone;
        return marked.policy == MarkedPattern::Policy::kLegacy
                   ? marked.legacy->format(value.value, *zone, zone_id)
                   : marked.current->format(value.value, *zone, zone_id);
      }));
  add_parsers<false>(registry, "");
  add_parsers<true>(registry, "_ansi");
  add_makers(registry);
  add_unit_kernels(registry);
  registry.add(ternary_kernel<timestamp_t, timestamp_t, bool>(
      "grebe_months_between", timestamp, timestamp, LogicalType::BOOLEAN, LogicalType::DOUBLE,
      [](const KernelContext& context, timestamp_t left, timestamp_t right, bool rounds) {
        return months_between(left.value, right.value, rounds, *session_zone(context));
      }));
  for (const bool raises : {false, true}) {
    registry.add(binary_kernel<date_t, std::string_view>(
        raises ? "grebe_next_day_ansi" : "grebe_next_day", LogicalType::DATE, text,
        LogicalType::DATE,
        [raises](const KernelContext& context, date_t value,
                 std::string_view name) -> std::optional<date_t> {
          const auto day = weekday_index(name);
          if (!day && raises) {
            context.raise(core::plain_error(
                core::ErrorClass::kIllegalArgument,
                fmt::format("Illegal input for day of week: {}. If necessary set "
                            "\"spark.sql.ansi.enabled\" to false to bypass this error.",
                            name)));
          }
          if (!day) return std::nullopt;
          const int64_t today = floor_mod(value.days + 3, 7);
          const int64_t ahead = floor_mod(*day - today - 1, 7) + 1;
          return date_t(static_cast<int32_t>(value.days + ahead));
        }));
  }
  registry.add(binary_kernel<timestamp_t, std::string_view>(
      "grebe_from_utc_timestamp", timestamp, text, timestamp,
      [](const KernelContext& context, timestamp_t value, std::string_view name) {
        const auto zone = require_zone(context, name);
        return timestamp_t(value.value + zone->offset_at(value.value));
      }));
  registry.add(binary_kernel<timestamp_t, std::string_view>(
      "grebe_to_utc_timestamp", timestamp, text, timestamp,
      [](const KernelContext& context, timestamp_t value, std::string_view name) {
        return timestamp_t(require_zone(context, name)->to_utc(value.value));
      }));
  registry.add(ternary_kernel<std::string_view, std::string_view, timestamp_t>(
      "grebe_convert_timezone", text, text, timestamp, timestamp,
      [](const KernelContext& context, std::string_view from, std::string_view to,
         timestamp_t value) {
        const int64_t instant = require_zone(context, from)->to_utc(value.value);
        return timestamp_t(instant + require_zone(context, to)->offset_at(instant));
      }));
  registry.add(unary_kernel<std::string_view>(
      "grebe_session_zone", text, text,
      [](const KernelContext& context, std::string_view) { return context.settings().time_zone; }));
}

}  // namespace grebe::native
