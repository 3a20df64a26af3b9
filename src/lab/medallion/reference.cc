// Queries on bronze by native DuckDB → the answers that all others are compared with.
#include "lab/medallion/reference.h"

#include <fmt/format.h>

#include <memory>

#include "client/arrow_ipc.h"
#include "lab/data/files.h"
#include "lab/engines/duckdb_engine.h"
#include "lab/medallion/silver.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

/// The file of an answer; its name changes with everything that the answer depends on.
fs::path answer_file(const Layout& layout, const tpch::Query& query,
                     const std::string& bronze_sum) {
  std::string key = data::checksum_text(query.sql + '\n' + bronze_sum).substr(0, 16);
  return layout.reference() / fmt::format("{}-{}.arrow", query.name, key);
}

}  // namespace

std::map<std::string, client::Table> provide_reference(const Settings& settings,
                                                       const Layout& layout,
                                                       const std::vector<tpch::Query>& queries,
                                                       const std::string& bronze_sum,
                                                       Observer& observer) {
  std::map<std::string, client::Table> answers;
  std::unique_ptr<engines::DuckDbEngine> duckdb;
  observer.begin(fmt::format("reference {}", layout.scale), static_cast<int64_t>(queries.size()),
                 "queries");
  for (const tpch::Query& query : queries) {
    check_interrupt();
    observer.advance(static_cast<int64_t>(answers.size()), query.name);
    fs::path file = answer_file(layout, query, bronze_sum);
    if (!fs::exists(file)) {
      if (!duckdb) {
        duckdb = std::make_unique<engines::DuckDbEngine>(engine_settings(settings));
        duckdb->open("parquet");
        duckdb->use_tables(bronze_tables(layout));
      }
      client::CallOptions options{
          .timeout = std::chrono::milliseconds(static_cast<int64_t>(settings.timeout_s * 1000))};
      data::write_atomically(file, duckdb->query(query.sql, options).streams.at(0));
    }
    answers[query.name] = client::decode_ipc({data::read_file(file)});
  }
  observer.end(fmt::format("{} answers by native DuckDB on bronze", answers.size()));
  return answers;
}

}  // namespace grebe::lab::medallion
