// See parse_options.h.
#include "server/parse_options.h"

#include "types/time_zone.h"

namespace grebe::server {

parse::proto::ConvertOptions convert_options(const session::Session& session) {
  const auto& config = session.config();
  parse::sql::ParseOptions sql;
  sql.ansi = config.ansi();
  sql.enforce_reserved_keywords = config.boolean("spark.sql.ansi.enforceReservedKeywords");
  sql.double_quoted_identifiers = config.boolean("spark.sql.ansi.doubleQuotedIdentifiers");
  sql.escaped_string_literals = config.boolean("spark.sql.parser.escapedStringLiterals");
  sql.quoted_regex_column_names = config.boolean("spark.sql.parser.quotedRegexColumnNames");
  sql.legacy_setops_precedence = config.boolean("spark.sql.legacy.setopsPrecedence.enabled");
  sql.case_sensitive = config.case_sensitive();
  sql.timestamp_is_ntz = config.get("spark.sql.timestampType") == "TIMESTAMP_NTZ";
  auto zone = types::TimeZone::find(config.time_zone());
  if (zone) sql.local_to_utc = [zone](int64_t local) { return zone->to_utc(local); };
  return {.sql = std::move(sql)};
}

}  // namespace grebe::server
