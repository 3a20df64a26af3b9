// Values → Avro's binary encoding and object container files (Avro 1.11 specification).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grebe::lakehouse::iceberg {

/// Appends values in the order of the writer's schema.
class AvroEncoder {
 public:
  void put_long(int64_t value);
  void put_int(int32_t value) { put_long(value); }
  void put_boolean(bool value) { bytes_ += static_cast<char>(value ? 1 : 0); }
  void put_float(float value);
  void put_double(double value);
  /// A string or bytes value.
  void put_bytes(std::string_view value);
  /// Raw bytes of a fixed value.
  void put_fixed(std::string_view value) { bytes_ += value; }
  /// The branch of a union; for ["null", T] 0 is null and 1 is T.
  void put_branch(int64_t branch) { put_long(branch); }
  /// Starts a block of `count` array items; end_array() closes the array.
  void start_array(size_t count) {
    if (count > 0) put_long(static_cast<int64_t>(count));
  }
  void end_array() { put_long(0); }

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// A container file of `count` encoded objects, one uncompressed block. `metadata` goes into the
/// header besides avro.schema and avro.codec.
std::string write_avro_file(const std::string& schema_json,
                            const std::vector<std::pair<std::string, std::string>>& metadata,
                            size_t count, const std::string& objects);

}  // namespace grebe::lakehouse::iceberg
