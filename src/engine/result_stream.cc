// A running DuckDB query → Arrow batches of about 4 MB.
#include <algorithm>
#include <optional>

#include "duckdb/common/arrow/arrow_appender.hpp"
#include "duckdb/main/stream_query_result.hpp"
#include "engine/arrow_batch.h"
#include "engine/connection.h"
#include "engine/test_knobs.h"

namespace grebe::engine {

namespace {

class DuckdbStream : public ResultStream {
 public:
  DuckdbStream(std::shared_ptr<ConnectionState> state, const std::string& sql,
               const types::Schema& schema)
      : state_(std::move(state)), schema_(schema) {
    state_->check_interrupt();
    try {
      auto pending = state_->connection.context->PendingQuery(
          sql, duckdb::QueryParameters(duckdb::QueryResultOutputType::ALLOW_STREAMING));
      if (pending->HasError()) state_->fail(pending->GetErrorObject());
      check_carriers(schema_, pending->types);
      // DuckDB forgets an interrupt that came while it planned.
      state_->check_interrupt();
      result_ = state_->finish(*pending);
    } catch (const core::SparkError&) {
      throw;
    } catch (...) {
      state_->fail_current_exception();
    }
    if (result_->HasError()) state_->fail(result_->GetErrorObject());
  }

  const types::Schema& schema() const override { return schema_; }

  std::optional<ArrowBatch> next() override {
    try {
      return collect();
    } catch (const core::SparkError&) {
      throw;
    } catch (...) {
      state_->fail_current_exception();
    }
  }

 private:
  std::optional<ArrowBatch> collect() {
    std::optional<duckdb::ArrowAppender> appender;
    const size_t limit = test_knobs().batch_bytes;
    size_t bytes = 0;
    while (bytes < limit && fetch()) {
      if (!appender) {
        appender.emplace(
            result_->types, chunk_->size(), result_->client_properties,
            duckdb::unordered_map<duckdb::idx_t,
                                  const duckdb::shared_ptr<duckdb::ArrowTypeExtensionData>>());
      }
      // Rows may be large: take no more of the chunk than fits.
      const duckdb::idx_t left = chunk_->size() - chunk_row_;
      const duckdb::idx_t fitting =
          std::max<size_t>(1, (limit - bytes) / std::max<size_t>(1, row_bytes_));
      const duckdb::idx_t take = std::min<duckdb::idx_t>(left, fitting);
      appender->Append(*chunk_, chunk_row_, chunk_row_ + take, chunk_->size());
      chunk_row_ += take;
      bytes += take * row_bytes_;
    }
    if (!appender) return std::nullopt;
    return spark_batch(appender->Finalize(), schema_);
  }

  /// Tells whether `chunk_` has rows left, fetching the next one when it has not.
  bool fetch() {
    if (chunk_ && chunk_row_ < chunk_->size()) return true;
    if (ended_) return false;
    chunk_ = result_->Fetch();
    if (result_->HasError()) state_->fail(result_->GetErrorObject());
    chunk_row_ = 0;
    if (!chunk_ || chunk_->size() == 0) {
      ended_ = true;
      chunk_.reset();
      return false;
    }
    row_bytes_ = estimate_bytes(*chunk_) / chunk_->size() + 1;
    return true;
  }

  std::shared_ptr<ConnectionState> state_;
  types::Schema schema_;
  duckdb::unique_ptr<duckdb::QueryResult> result_;
  duckdb::unique_ptr<duckdb::DataChunk> chunk_;
  duckdb::idx_t chunk_row_ = 0;
  size_t row_bytes_ = 1;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ResultStream> open_stream(std::shared_ptr<ConnectionState> state,
                                          const std::string& sql, const types::Schema& schema) {
  return std::make_unique<DuckdbStream>(std::move(state), sql, schema);
}

}  // namespace grebe::engine
