// Names of zones: long ones from ICU, short ones from ICU where English has them, else from a
// table; see zone_names.h.
#include "types/zone_names.h"

#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>
#include <unicode/unistr.h>

#include <memory>

namespace grebe::types {

namespace {

/// Short names of ICU's metazones that CLDR leaves out and Java has.
struct ShortNames {
  std::string_view metazone;
  std::string_view standard;
  std::string_view daylight;
};

constexpr ShortNames kShortNames[] = {
    {"Africa_Central", "CAT", "CAT"},
    {"Africa_Eastern", "EAT", "EAT"},
    {"Africa_Southern", "SAST", "SAST"},
    {"Africa_Western", "WAT", "WAST"},
    {"Australia_Central", "ACST", "ACDT"},
    {"Australia_Eastern", "AEST", "AEDT"},
    {"Australia_Western", "AWST", "AWDT"},
    {"Brasilia", "BRT", "BRST"},
    {"China", "CST", "CDT"},
    {"Europe_Central", "CET", "CEST"},
    {"Europe_Eastern", "EET", "EEST"},
    {"Europe_Western", "WET", "WEST"},
    {"GMT", "GMT", "GMT"},
    {"Hong_Kong", "HKT", "HKST"},
    {"India", "IST", "IST"},
    {"Indonesia_Western", "WIB", "WIB"},
    {"Israel", "IST", "IDT"},
    {"Japan", "JST", "JDT"},
    {"Korea", "KST", "KDT"},
    {"Moscow", "MSK", "MSD"},
    {"New_Zealand", "NZST", "NZDT"},
    {"Pakistan", "PKT", "PKST"},
    {"Philippines", "PHT", "PHST"},
    {"Singapore", "SGT", "SGT"},
};

/// Names that texts use for zones, as Java reads them.
struct NamedZone {
  std::string_view name;
  std::string_view zone;
};

constexpr NamedZone kNamedZones[] = {
    {"CDT", "America/Chicago"},
    {"CEST", "Europe/Paris"},
    {"CET", "Europe/Paris"},
    {"CST", "America/Chicago"},
    {"EDT", "America/New_York"},
    {"EEST", "Europe/Athens"},
    {"EET", "Europe/Athens"},
    {"EST", "America/New_York"},
    {"GMT", "UTC"},
    {"JST", "Asia/Tokyo"},
    {"MDT", "America/Denver"},
    {"MSK", "Europe/Moscow"},
    {"MST", "America/Denver"},
    {"PDT", "America/Los_Angeles"},
    {"PST", "America/Los_Angeles"},
    {"UTC", "UTC"},
    {"WEST", "Europe/Lisbon"},
    {"WET", "Europe/Lisbon"},
};

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

}  // namespace

std::string zone_display_name(std::string_view zone_id, int64_t utc_micros, ZoneNameStyle style) {
  const auto id =
      icu::UnicodeString::fromUTF8({zone_id.data(), static_cast<int32_t>(zone_id.size())});
  if (zone_id == "UTC" || zone_id == "Z" || zone_id == "Etc/UTC") {
    return style == ZoneNameStyle::kShort ? "UTC" : "Coordinated Universal Time";
  }
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  const bool is_named =
      zone && *zone != icu::TimeZone::getUnknown() && zone_id.find('/') != std::string_view::npos;
  if (!is_named) return std::string(zone_id);
  const UDate date = static_cast<double>(utc_micros) / 1000.0;
  int32_t raw = 0;
  int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(date, 0, raw, saving, status);
  const bool is_daylight = U_SUCCESS(status) != 0 && saving != 0;
  icu::UnicodeString name;
  if (style == ZoneNameStyle::kLong) {
    zone->getDisplayName(is_daylight, icu::TimeZone::LONG, icu::Locale::getUS(), name);
    return utf8(name);
  }
  const std::unique_ptr<icu::TimeZoneNames> names(
      icu::TimeZoneNames::createInstance(icu::Locale::getUS(), status));
  if (U_SUCCESS(status) != 0 && names) {
    icu::UnicodeString metazone;
    names->getMetaZoneID(id, date, metazone);
    const std::string metazone_id = utf8(metazone);
    for (const ShortNames& each : kShortNames) {
      if (each.metazone != metazone_id) continue;
      if (each.metazone == "GMT" && is_daylight) return "BST";
      return std::string(is_daylight ? each.daylight : each.standard);
    }
  }
  zone->getDisplayName(is_daylight, icu::TimeZone::SHORT, icu::Locale::getUS(), name);
  return utf8(name);
}

std::string zone_of_name(std::string_view name) {
  for (const NamedZone& each : kNamedZones) {
    if (each.name == name) return std::string(each.zone);
  }
  return {};
}

}  // namespace grebe::types
