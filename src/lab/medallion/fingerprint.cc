// A table → a number that changes when any cell of any row changes, by native DuckDB.
#include "lab/medallion/fingerprint.h"

#include <fmt/format.h>

#include "client/arrow_ipc.h"

namespace grebe::lab::medallion {
namespace {

std::string text_of(const client::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : client::print_value(value);
}

}  // namespace

Fingerprint fingerprint_table(engines::DuckDbEngine& duckdb, std::string_view format,
                              const std::filesystem::path& path,
                              const std::filesystem::path& typed_like) {
  client::CallOptions options{.timeout = std::chrono::hours(24)};
  auto ask = [&](const std::string& sql) {
    return client::decode_ipc(duckdb.query(sql, options).streams);
  };
  client::Table columns =
      ask("DESCRIBE SELECT * FROM " + engines::scan_expression("parquet", typed_like));
  std::string cells;
  for (const auto& row : columns.rows) {
    cells += fmt::format("{}CAST(\"{}\" AS {})", cells.empty() ? "" : ", ", text_of(row[0]),
                         text_of(row[1]));
  }
  client::Table sums = ask(fmt::format(
      "SELECT CAST(count(*) AS VARCHAR), CAST(coalesce(sum(hash({})), 0) AS VARCHAR) FROM {}",
      cells, engines::scan_expression(format, path)));
  return {text_of(sums.rows.at(0)[0]), text_of(sums.rows.at(0)[1])};
}

}  // namespace grebe::lab::medallion
