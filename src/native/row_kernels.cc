// Checks, sequences, indexes, row ids.
#include <atomic>

#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

constexpr int64_t kBitmapBits = 32768;

core::SparkError index_error(const char* condition, int64_t index, int64_t size) {
  return core::make_error(core::ErrorClass::kArrayIndex, condition,
                          {{"indexValue", std::to_string(index)},
                           {"arraySize", std::to_string(size)},
                           {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
}

core::SparkError index_of_zero() {
  return core::make_error(core::ErrorClass::kRuntime, "INVALID_INDEX_OF_ZERO", {});
}

/// The n-th thread that runs the call; DuckDB's threads play Spark's partitions.
struct IdState : public duckdb::FunctionLocalState {
  int64_t next = 0;
};

struct IdBindData : public duckdb::FunctionData {
  std::shared_ptr<std::atomic<int64_t>> threads = std::make_shared<std::atomic<int64_t>>(0);
  duckdb::unique_ptr<FunctionData> Copy() const override {
    return duckdb::make_uniq<IdBindData>(*this);
  }
  bool Equals(const FunctionData&) const override { return true; }
};

void add_increasing_id(KernelRegistry& registry) {
  duckdb::ScalarFunction function(
      "grebe_increasing_id", {}, LogicalType::BIGINT,
      [](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        auto& local = duckdb::ExecuteFunctionState::GetFunctionState(state)->Cast<IdState>();
        auto* ids = duckdb::FlatVector::GetData<int64_t>(result);
        for (duckdb::idx_t i = 0; i < input.size(); ++i) ids[i] = local.next++;
      },
      [](duckdb::ClientContext&, duckdb::ScalarFunction&,
         duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>&)
          -> duckdb::unique_ptr<duckdb::FunctionData> { return duckdb::make_uniq<IdBindData>(); });
  function.init_local_state =
      [](duckdb::ExpressionState&, const duckdb::BoundFunctionExpression&,
         duckdb::FunctionData* bind) -> duckdb::unique_ptr<duckdb::FunctionLocalState> {
    auto state = duckdb::make_uniq<IdState>();
    // The partition stands in the upper 31 bits.
    state->next = bind->Cast<IdBindData>().threads->fetch_add(1) << 33;
    return std::move(state);
  };
  function.SetVolatile();
  registry.add(std::move(function));
}

}  // namespace

void add_row_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  const LogicalType integer = LogicalType::INTEGER;
  const LogicalType bigint = LogicalType::BIGINT;
  registry.add(binary_kernel<bool, std::string_view>(
      "grebe_assert_true", LogicalType::BOOLEAN, text, integer,
      [](const KernelContext& context, bool holds,
         std::string_view message) -> std::optional<int32_t> {
        if (!holds) {
          context.raise(core::plain_error(core::ErrorClass::kRuntime, std::string(message)));
        }
        return std::nullopt;
      }));
  duckdb::ScalarFunction raise = unary_kernel<std::string_view>(
      "grebe_raise_error", text, integer,
      [](const KernelContext& context, std::string_view message) -> std::optional<int32_t> {
        context.raise(core::plain_error(core::ErrorClass::kRuntime, std::string(message)));
      });
  raise.SetVolatile();
  registry.add(std::move(raise));
  // What is wrong with a new map: "n" for a null key, "d" and the text of a doubled one, "l" for
  // lists of two lengths.
  duckdb::ScalarFunction map_key = unary_kernel<std::string_view>(
      "grebe_map_key_error", text, integer,
      [](const KernelContext& context, std::string_view what) -> std::optional<int32_t> {
        if (what == "n") {
          context.raise(core::make_error(core::ErrorClass::kRuntime, "NULL_MAP_KEY", {}));
        }
        if (what == "l") {
          context.raise(
              core::make_error(core::ErrorClass::kRuntime, "_LEGACY_ERROR_TEMP_2128", {}));
        }
        context.raise(core::make_error(core::ErrorClass::kRuntime, "DUPLICATED_MAP_KEY",
                                       {{"key", std::string(what.substr(1))},
                                        {"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}}));
      });
  map_key.SetVolatile();
  registry.add(std::move(map_key));
  // Array positions: element_at counts from one, or from the end when negative.
  registry.add(unary_kernel<int32_t>("grebe_element_index", integer, integer,
                                     [](const KernelContext& context, int32_t index) {
                                       if (index == 0) context.raise(index_of_zero());
                                       return index;
                                     }));
  // slice's length, which goes with a start counted from one.
  registry.add(binary_kernel<int32_t, int32_t>(
      "grebe_slice_length", integer, integer, bigint,
      [](const KernelContext& context, int32_t start, int32_t length) {
        if (start == 0 || length < 0) {
          context.raise(
              core::make_error(core::ErrorClass::kRuntime,
                               start == 0 ? "_LEGACY_ERROR_TEMP_2157" : "_LEGACY_ERROR_TEMP_2158",
                               {{"prettyName", "slice"}}));
        }
        return int64_t{length};
      }));
  registry.add(binary_kernel<int32_t, int64_t>(
      "grebe_check_element_index", integer, bigint, integer,
      [](const KernelContext& context, int32_t index, int64_t size) {
        if (index == 0) context.raise(index_of_zero());
        if (index > size || -static_cast<int64_t>(index) > size) {
          context.raise(index_error("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", index, size));
        }
        return index;
      }));
  registry.add(binary_kernel<int64_t, int64_t>(
      "grebe_check_array_index", bigint, bigint, bigint,
      [](const KernelContext& context, int64_t index, int64_t size) {
        if (index < 0 || index >= size) {
          context.raise(index_error("INVALID_ARRAY_INDEX", index, size));
        }
        return index;
      }));
  registry.add(value_kernel(
      "grebe_sequence", {bigint, bigint, bigint}, LogicalType::LIST(bigint),
      [](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
        const auto start = arguments[0].GetValue<int64_t>();
        const auto stop = arguments[1].GetValue<int64_t>();
        const auto step = arguments[2].GetValue<int64_t>();
        const bool is_valid = (step > 0 && start <= stop) || (step < 0 && start >= stop) ||
                              (step == 0 && start == stop);
        if (!is_valid) {
          context.raise(core::plain_error(core::ErrorClass::kIllegalArgument,
                                          "Illegal sequence boundaries: " + std::to_string(start) +
                                              " to " + std::to_string(stop) + " by " +
                                              std::to_string(step)));
        }
        duckdb::vector<duckdb::Value> values;
        const uint64_t distance = start <= stop ? static_cast<uint64_t>(stop) - start
                                                : static_cast<uint64_t>(start) - stop;
        const uint64_t width = step < 0 ? -static_cast<uint64_t>(step) : step == 0 ? 1 : step;
        for (uint64_t i = 0; i <= distance / width; ++i) {
          values.push_back(duckdb::Value::BIGINT(start + static_cast<int64_t>(i) * step));
        }
        return duckdb::Value::LIST(LogicalType::BIGINT, std::move(values));
      }));
  registry.add(unary_kernel<int64_t>(
      "grebe_bitmap_bit_position", bigint, bigint, [](const KernelContext&, int64_t value) {
        return value > 0 ? (value - 1) % kBitmapBits : -value % kBitmapBits;
      }));
  registry.add(unary_kernel<int64_t>(
      "grebe_bitmap_bucket_number", bigint, bigint, [](const KernelContext&, int64_t value) {
        return value > 0 ? 1 + (value - 1) / kBitmapBits : value / kBitmapBits;
      }));
  registry.add(unary_kernel<std::string_view>("grebe_bitmap_count", LogicalType::BLOB, bigint,
                                              [](const KernelContext&, std::string_view bytes) {
                                                int64_t count = 0;
                                                for (const char c : bytes)
                                                  count += __builtin_popcount(
                                                      static_cast<unsigned char>(c));
                                                return count;
                                              }));
  add_increasing_id(registry);
}

}  // namespace grebe::native
