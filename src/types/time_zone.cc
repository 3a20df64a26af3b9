// Zones from ICU's data; fixed offsets by ourselves.
#include "types/time_zone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <map>
#include <mutex>

#include "core/spark_error.h"

namespace grebe::types {
namespace {

class FixedZone final : public TimeZone {
 public:
  explicit FixedZone(int64_t offset) : offset_(offset) {}
  int64_t offset_at(int64_t) const override { return offset_; }
  int64_t to_utc(int64_t local_micros) const override { return local_micros - offset_; }

 private:
  int64_t offset_;
};

class NamedZone final : public TimeZone {
 public:
  explicit NamedZone(std::unique_ptr<icu::TimeZone> zone) : zone_(std::move(zone)) {}

  int64_t offset_at(int64_t utc_micros) const override {
    int32_t raw = 0;
    int32_t daylight = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_->getOffset(static_cast<UDate>(floor_div(utc_micros, 1000)), /*local=*/false, raw,
                     daylight, status);
    return static_cast<int64_t>(raw + daylight) * 1000;
  }

  int64_t to_utc(int64_t local_micros) const override {
    // The offsets a day before and after bracket any transition.
    const int64_t before = offset_at(local_micros - kMicrosPerDay);
    const int64_t after = offset_at(local_micros + kMicrosPerDay);
    const int64_t early = local_micros - before;
    if (before == after) {
      const int64_t here = offset_at(early);
      return here == before ? early : local_micros - here;
    }
    // `before` still holds: also where clocks go back, whose earlier instant is wanted.
    if (offset_at(early) == before) return early;
    const int64_t late = local_micros - after;
    if (offset_at(late) == after) return late;
    // In a gap: java.time moves the local time forward by the gap's length.
    return early;
  }

 private:
  std::unique_ptr<icu::TimeZone> zone_;
};

/// "+8", "+08", "+08:00", "+0800", "+08:00:30"; nothing when the text is something else.
std::optional<int64_t> parse_offset(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  int parts[3] = {0, 0, 0};
  int part = 0;
  int digits = 0;
  const bool colons = text.find(':') != std::string_view::npos;
  for (const char c : text.substr(1)) {
    if (c == ':') {
      if (digits == 0 || part == 2) return std::nullopt;
      ++part;
      digits = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (digits == 2) {
      if (colons || part == 2) return std::nullopt;
      ++part;
      digits = 0;
    }
    parts[part] = parts[part] * 10 + (c - '0');
    ++digits;
  }
  if (digits == 0 || (part > 0 && digits != 2 && !colons)) return std::nullopt;
  if (parts[0] > 18 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  const int64_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  if (seconds > 18 * 3600) return std::nullopt;
  return sign * seconds * kMicrosPerSecond;
}

std::shared_ptr<const TimeZone> make_zone(std::string_view name) {
  if (name == "Z" || name == "UTC" || name == "GMT" || name == "UT") {
    return std::make_shared<FixedZone>(0);
  }
  std::string_view rest = name;
  for (const std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (name.starts_with(prefix)) {
      rest = name.substr(prefix.size());
      break;
    }
  }
  if (const auto offset = parse_offset(rest)) return std::make_shared<FixedZone>(*offset);
  // Java's short ids (ZoneId.SHORT_IDS) that Spark accepts and ICU reads otherwise.
  static const std::map<std::string_view, const char*> kShortIds = {
      {"ACT", "Australia/Darwin"},
      {"AET", "Australia/Sydney"},
      {"AGT", "America/Argentina/Buenos_Aires"},
      {"ART", "Africa/Cairo"},
      {"AST", "America/Anchorage"},
      {"BET", "America/Sao_Paulo"},
      {"BST", "Asia/Dhaka"},
      {"CAT", "Africa/Harare"},
      {"CNT", "America/St_Johns"},
      {"CST", "America/Chicago"},
      {"CTT", "Asia/Shanghai"},
      {"EAT", "Africa/Addis_Ababa"},
      {"ECT", "Europe/Paris"},
      {"EST", "-05:00"},
      {"HST", "-10:00"},
      {"IET", "America/Indiana/Indianapolis"},
      {"IST", "Asia/Kolkata"},
      {"JST", "Asia/Tokyo"},
      {"MIT", "Pacific/Apia"},
      {"MST", "-07:00"},
      {"NET", "Asia/Yerevan"},
      {"NST", "Pacific/Auckland"},
      {"PLT", "Asia/Karachi"},
      {"PNT", "America/Phoenix"},
      {"PRT", "America/Puerto_Rico"},
      {"PST", "America/Los_Angeles"},
      {"SST", "Pacific/Guadalcanal"},
      {"VST", "Asia/Ho_Chi_Minh"}};
  if (const auto found = kShortIds.find(name); found != kShortIds.end()) {
    return make_zone(found->second);
  }
  // Region names have a slash or are known words; ICU would take anything else as GMT.
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<int32_t>(name.size())))));
  if (zone == nullptr || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return std::make_shared<NamedZone>(std::move(zone));
}

}  // namespace

std::shared_ptr<const TimeZone> TimeZone::find(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const TimeZone>, std::less<>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  auto zone = make_zone(name);
  // Only real zones are kept, so that bad names cannot fill the table.
  if (zone != nullptr) known.emplace(std::string(name), zone);
  return zone;
}

std::shared_ptr<const TimeZone> require_time_zone(std::string_view name) {
  if (auto zone = TimeZone::find(name)) return zone;
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          "'" + std::string(name) +
                              "' in spark.sql.session.timeZone is invalid. Cannot resolve the "
                              "given timezone with either ZoneId.of or TimeZone.getTimeZone.");
}

CivilDate civil_from_days(int64_t days) {
  // Howard Hinnant, "chrono-compatible low-level date algorithms".
  days += 719468;
  const int64_t era = floor_div(days, 146097);
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

int64_t days_from_civil(const CivilDate& date) {
  const int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const int64_t era = floor_div(year, 400);
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

}  // namespace grebe::types
