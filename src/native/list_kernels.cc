// Collected values → what aggregates without a DuckDB counterpart make of them: bitmaps,
// histograms.
#include <algorithm>
#include <cmath>

#include "native/kernel.h"
#include "native/text_kernel_groups.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using duckdb::Value;

/// Bytes of one bitmap (Spark: BitmapExpressionUtils.NUM_BYTES).
constexpr size_t kBitmapBytes = 4096;

Value bitmap_value(const std::string& bitmap) {
  return Value::BLOB(duckdb::const_data_ptr_cast(bitmap.data()), bitmap.size());
}

Value construct_bitmap(const KernelContext& context, const duckdb::vector<Value>& arguments) {
  std::string bitmap(kBitmapBytes, '\0');
  for (const Value& each : duckdb::ListValue::GetChildren(arguments[0])) {
    if (each.IsNull()) continue;
    const int64_t position = each.GetValue<int64_t>();
    if (position < 0 || position >= static_cast<int64_t>(8 * kBitmapBytes)) {
      context.raise(core::make_error(core::ErrorClass::kRuntime, "INVALID_BITMAP_POSITION",
                                     {{"bitPosition", std::to_string(position)},
                                      {"bitmapNumBytes", std::to_string(kBitmapBytes)},
                                      {"bitmapNumBits", std::to_string(8 * kBitmapBytes)}}));
    }
    char& byte = bitmap[static_cast<size_t>(position / 8)];
    byte = static_cast<char>(byte | (1 << (position % 8)));
  }
  return bitmap_value(bitmap);
}

Value join_bitmaps(const KernelContext&, const duckdb::vector<Value>& arguments) {
  std::string bitmap(kBitmapBytes, '\0');
  for (const Value& each : duckdb::ListValue::GetChildren(arguments[0])) {
    if (each.IsNull()) continue;
    const std::string& other = duckdb::StringValue::Get(each);
    for (size_t i = 0; i < std::min(other.size(), bitmap.size()); ++i) {
      bitmap[i] = static_cast<char>(bitmap[i] | other[i]);
    }
  }
  return bitmap_value(bitmap);
}

/// A bin of NumericHistogram (Ben-Haim and Yom-Tov): its centre and how many values fell into it.
struct Bin {
  double x;
  double y;
};

/// java.util.Random with the seed by which NumericHistogram chooses among equal distances.
class TieBreaker {
 public:
  /// The next double in [0, 1).
  double next() {
    const uint64_t high = bits(26) << 27;
    return static_cast<double>(high + bits(27)) * 0x1.0p-53;
  }

 private:
  static constexpr uint64_t kMultiplier = 0x5DEECE66DULL;
  static constexpr uint64_t kMask = (1ULL << 48) - 1;

  uint64_t bits(int count) {
    state_ = (state_ * kMultiplier + 0xB) & kMask;
    return state_ >> (48 - count);
  }

  uint64_t state_ = (31183 ^ kMultiplier) & kMask;
};

/// Merges the two neighbours that lie closest together until `most` bins are left.
void trim_bins(std::vector<Bin>* bins, size_t most, TieBreaker* ties) {
  while (bins->size() > most) {
    size_t closest = 0;
    double least = (*bins)[1].x - (*bins)[0].x;
    int equals = 1;
    for (size_t i = 1; i + 1 < bins->size(); ++i) {
      const double distance = (*bins)[i + 1].x - (*bins)[i].x;
      if (distance < least) {
        least = distance;
        closest = i;
        equals = 1;
      } else if (distance == least && ties->next() <= 1.0 / ++equals) {
        closest = i;
      }
    }
    Bin& kept = (*bins)[closest];
    const Bin gone = (*bins)[closest + 1];
    const double count = kept.y + gone.y;
    kept = {kept.x * (kept.y / count) + gone.x / count * gone.y, count};
    bins->erase(bins->begin() + static_cast<long>(closest) + 1);
  }
}

Value numeric_histogram(const KernelContext&, const duckdb::vector<Value>& arguments,
                        const LogicalType& bin_type) {
  std::vector<Bin> bins;
  TieBreaker ties;
  const auto most = static_cast<size_t>(arguments[1].GetValue<int32_t>());
  for (const Value& each : duckdb::ListValue::GetChildren(arguments[0])) {
    if (each.IsNull()) continue;
    const auto x = each.GetValue<double>();
    // Java's search: a NaN is neither below nor above, and so stops it.
    size_t low = 0;
    size_t middle = 0;
    for (size_t high = bins.size(); low < high;) {
      middle = (low + high) / 2;
      if (bins[middle].x > x) {
        high = middle;
      } else if (bins[middle].x < x) {
        low = ++middle;
      } else {
        break;
      }
    }
    const auto at = bins.begin() + static_cast<long>(middle);
    if (at != bins.end() && at->x == x) {
      at->y += 1;
    } else {
      bins.insert(at, {x, 1});
      trim_bins(&bins, most, &ties);
    }
  }
  duckdb::vector<Value> values;
  for (const Bin& bin : bins) {
    values.push_back(Value::STRUCT(bin_type, {Value::DOUBLE(bin.x), Value::DOUBLE(bin.y)}));
  }
  if (values.empty()) return Value(LogicalType::LIST(bin_type));
  return Value::LIST(bin_type, std::move(values));
}

}  // namespace

void add_list_kernels(KernelRegistry& registry) {
  // Not a strict kernel: a comparator that gives null is an error.
  duckdb::ScalarFunction before(
      "grebe_goes_before", {LogicalType::INTEGER, LogicalType::BIGINT, LogicalType::BIGINT},
      LogicalType::BOOLEAN,
      [](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        for (duckdb::idx_t row = 0; row < input.size(); ++row) {
          const Value order = input.data[0].GetValue(row);
          if (order.IsNull()) {
            context.raise(core::make_error(core::ErrorClass::kRuntime, "COMPARATOR_RETURNS_NULL",
                                           {{"firstValue", "null"}, {"secondValue", "null"}}));
          }
          const auto sign = order.GetValue<int32_t>();
          const bool is_earlier = input.data[1].GetValue(row).GetValue<int64_t>() <
                                  input.data[2].GetValue(row).GetValue<int64_t>();
          result.SetValue(row, Value::BOOLEAN(sign < 0 || (sign == 0 && is_earlier)));
        }
      });
  before.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  before.SetFallible();
  registry.add(before);
  registry.add(value_kernel("grebe_bitmap_construct", {LogicalType::LIST(LogicalType::BIGINT)},
                            LogicalType::BLOB, construct_bitmap));
  registry.add(value_kernel("grebe_bitmap_join", {LogicalType::LIST(LogicalType::BLOB)},
                            LogicalType::BLOB, join_bitmaps));
  const LogicalType bin =
      LogicalType::STRUCT({{"f0", LogicalType::DOUBLE}, {"f1", LogicalType::DOUBLE}});
  registry.add(value_kernel(
      "grebe_numeric_histogram", {LogicalType::LIST(LogicalType::DOUBLE), LogicalType::INTEGER},
      LogicalType::LIST(bin),
      [bin](const KernelContext& context, const duckdb::vector<Value>& arguments) {
        return numeric_histogram(context, arguments, bin);
      }));
}

}  // namespace grebe::native
