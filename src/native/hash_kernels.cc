// Hashes as kernels; a null leaves the seed as it is.
#include <cmath>
#include <cstring>
#include <limits>

#include "native/hash_functions.h"
#include "native/kernel.h"
#include "native/kernel_groups.h"

namespace grebe::native {

namespace {

using duckdb::hugeint_t;
using duckdb::LogicalType;

/// Both hashes behind one set of overloads.
struct Murmur3 {
  using Seed = int32_t;
  static constexpr const char* kName = "grebe_murmur3";
  static LogicalType seed_type() { return LogicalType::INTEGER; }
  static Seed of_int(int32_t value, Seed seed) { return murmur3_int(value, seed); }
  static Seed of_long(int64_t value, Seed seed) { return murmur3_long(value, seed); }
  static Seed of_bytes(std::string_view value, Seed seed) { return murmur3_bytes(value, seed); }
};
struct XxHash64 {
  using Seed = int64_t;
  static constexpr const char* kName = "grebe_xxhash64";
  static LogicalType seed_type() { return LogicalType::BIGINT; }
  static Seed of_int(int32_t value, Seed seed) { return xxhash64_int(value, seed); }
  static Seed of_long(int64_t value, Seed seed) { return xxhash64_long(value, seed); }
  static Seed of_bytes(std::string_view value, Seed seed) { return xxhash64_bytes(value, seed); }
};

template <class Hash, class T, class F>
void add_hash(KernelRegistry& registry, const LogicalType& type, F f) {
  using Seed = typename Hash::Seed;
  duckdb::ScalarFunction function(
      Hash::kName, {type, Hash::seed_type()}, Hash::seed_type(),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& result) {
        duckdb::UnifiedVectorFormat values;
        duckdb::UnifiedVectorFormat seeds;
        input.data[0].ToUnifiedFormat(input.size(), values);
        input.data[1].ToUnifiedFormat(input.size(), seeds);
        const auto* data = duckdb::UnifiedVectorFormat::GetData<T>(values);
        const auto* seed = duckdb::UnifiedVectorFormat::GetData<Seed>(seeds);
        auto* out = duckdb::FlatVector::GetData<Seed>(result);
        for (duckdb::idx_t i = 0; i < input.size(); ++i) {
          const auto at = values.sel->get_index(i);
          const Seed s = seed[seeds.sel->get_index(i)];
          out[i] = values.validity.RowIsValid(at) ? f(data[at], s) : s;
        }
        if (input.AllConstant()) result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
      });
  function.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  registry.add(std::move(function));
}

/// Two's complement bytes, big-endian, without needless leading ones (BigInteger.toByteArray).
std::string big_integer_bytes(const hugeint_t& value) {
  std::string bytes;
  for (int i = 7; i >= 0; --i) {
    bytes += static_cast<char>(static_cast<uint64_t>(value.upper) >> (8 * i));
  }
  for (int i = 7; i >= 0; --i) bytes += static_cast<char>(value.lower >> (8 * i));
  while (bytes.size() > 1) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    const bool next_is_negative = (static_cast<unsigned char>(bytes[1]) & 0x80) != 0;
    if ((first == 0 && !next_is_negative) || (first == 0xFF && next_is_negative)) {
      bytes.erase(0, 1);
    } else {
      break;
    }
  }
  return bytes;
}

duckdb::unique_ptr<duckdb::FunctionData> bind_decimal(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  uint8_t width = 0;
  uint8_t scale = 0;
  arguments[0]->return_type.GetDecimalProperties(width, scale);
  function.arguments[0] = LogicalType::DECIMAL(width <= 18 ? 18 : 38, scale);
  return nullptr;
}

template <class Hash>
void add_decimal_hash(KernelRegistry& registry) {
  using Seed = typename Hash::Seed;
  duckdb::ScalarFunction function(
      Hash::kName, {LogicalType(duckdb::LogicalTypeId::DECIMAL), Hash::seed_type()},
      Hash::seed_type(),
      [](duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& result) {
        duckdb::UnifiedVectorFormat values;
        duckdb::UnifiedVectorFormat seeds;
        input.data[0].ToUnifiedFormat(input.size(), values);
        input.data[1].ToUnifiedFormat(input.size(), seeds);
        const bool is_wide = input.data[0].GetType().InternalType() == duckdb::PhysicalType::INT128;
        const auto* seed = duckdb::UnifiedVectorFormat::GetData<Seed>(seeds);
        auto* out = duckdb::FlatVector::GetData<Seed>(result);
        for (duckdb::idx_t i = 0; i < input.size(); ++i) {
          const auto at = values.sel->get_index(i);
          const Seed s = seed[seeds.sel->get_index(i)];
          if (!values.validity.RowIsValid(at)) {
            out[i] = s;
          } else if (is_wide) {
            out[i] = Hash::of_bytes(
                big_integer_bytes(duckdb::UnifiedVectorFormat::GetData<hugeint_t>(values)[at]), s);
          } else {
            out[i] = Hash::of_long(duckdb::UnifiedVectorFormat::GetData<int64_t>(values)[at], s);
          }
        }
        if (input.AllConstant()) result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
      },
      &bind_decimal);
  function.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  registry.add(std::move(function));
}

template <class Hash>
void add_hashes(KernelRegistry& registry) {
  using Seed = typename Hash::Seed;
  const auto of_int = [](auto value, Seed seed) {
    return Hash::of_int(static_cast<int32_t>(value), seed);
  };
  add_hash<Hash, bool>(registry, LogicalType::BOOLEAN, of_int);
  add_hash<Hash, int8_t>(registry, LogicalType::TINYINT, of_int);
  add_hash<Hash, int16_t>(registry, LogicalType::SMALLINT, of_int);
  add_hash<Hash, int32_t>(registry, LogicalType::INTEGER, of_int);
  add_hash<Hash, int64_t>(registry, LogicalType::BIGINT,
                          [](int64_t value, Seed seed) { return Hash::of_long(value, seed); });
  add_hash<Hash, float>(registry, LogicalType::FLOAT, [](float value, Seed seed) {
    if (value == 0.0F) value = 0.0F;                                         // −0.0 hashes as 0.0
    if (std::isnan(value)) value = std::numeric_limits<float>::quiet_NaN();  // one NaN in Java
    int32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return Hash::of_int(bits, seed);
  });
  add_hash<Hash, double>(registry, LogicalType::DOUBLE, [](double value, Seed seed) {
    if (value == 0.0) value = 0.0;
    if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
    int64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return Hash::of_long(bits, seed);
  });
  add_hash<Hash, duckdb::date_t>(registry, LogicalType::DATE, [](duckdb::date_t value, Seed seed) {
    return Hash::of_int(value.days, seed);
  });
  add_hash<Hash, duckdb::timestamp_t>(
      registry, LogicalType::TIMESTAMP,
      [](duckdb::timestamp_t value, Seed seed) { return Hash::of_long(value.value, seed); });
  for (const LogicalType& type : {LogicalType::VARCHAR, LogicalType::BLOB}) {
    add_hash<Hash, duckdb::string_t>(registry, type, [](duckdb::string_t value, Seed seed) {
      return Hash::of_bytes({value.GetData(), value.GetSize()}, seed);
    });
  }
  add_hash<Hash, duckdb::interval_t>(
      registry, LogicalType::INTERVAL, [](duckdb::interval_t value, Seed seed) {
        return Hash::of_int(value.months,
                            Hash::of_int(value.days, Hash::of_long(value.micros, seed)));
      });
  add_decimal_hash<Hash>(registry);
}

}  // namespace

void add_hash_kernels(KernelRegistry& registry) {
  add_hashes<Murmur3>(registry);
  add_hashes<XxHash64>(registry);
  registry.add(unary_kernel<std::string_view>("grebe_crc32", LogicalType::BLOB, LogicalType::BIGINT,
                                              [](const KernelContext&, std::string_view bytes) {
                                                return static_cast<int64_t>(crc32(bytes));
                                              }));
  registry.add(binary_kernel<std::string_view, int32_t>(
      "grebe_sha2", LogicalType::BLOB, LogicalType::INTEGER, LogicalType::VARCHAR,
      [](const KernelContext&, std::string_view bytes, int32_t bits) {
        return sha2_hex(bytes, bits);
      }));
}

}  // namespace grebe::native
