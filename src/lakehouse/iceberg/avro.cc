// Zig-zag varints, little-endian floats, one block; see avro.h.
#include "lakehouse/iceberg/avro.h"

#include <cstring>
#include <random>

namespace grebe::lakehouse::iceberg {

void AvroEncoder::put_long(int64_t value) {
  uint64_t rest = (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
  while (rest >= 0x80) {
    bytes_ += static_cast<char>(rest | 0x80);
    rest >>= 7;
  }
  bytes_ += static_cast<char>(rest);
}

void AvroEncoder::put_float(float value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes_.append(raw, sizeof raw);
}

void AvroEncoder::put_double(double value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes_.append(raw, sizeof raw);
}

void AvroEncoder::put_bytes(std::string_view value) {
  put_long(static_cast<int64_t>(value.size()));
  bytes_ += value;
}

std::string write_avro_file(const std::string& schema_json,
                            const std::vector<std::pair<std::string, std::string>>& metadata,
                            size_t count, const std::string& objects) {
  AvroEncoder file;
  file.put_fixed(std::string_view("Obj\x01", 4));
  file.start_array(metadata.size() + 2);  // a map's blocks look like an array's
  file.put_bytes("avro.schema");
  file.put_bytes(schema_json);
  file.put_bytes("avro.codec");
  file.put_bytes("null");
  for (const auto& [key, value] : metadata) {
    file.put_bytes(key);
    file.put_bytes(value);
  }
  file.end_array();
  std::random_device random;
  std::string sync;
  for (int i = 0; i < 4; ++i) {
    const uint32_t word = random();
    char raw[sizeof word];
    std::memcpy(raw, &word, sizeof word);
    sync.append(raw, sizeof raw);
  }
  file.put_fixed(sync);
  if (count > 0) {
    file.put_long(static_cast<int64_t>(count));
    file.put_long(static_cast<int64_t>(objects.size()));
    file.put_fixed(objects);
    file.put_fixed(sync);
  }
  return file.bytes();
}

}  // namespace grebe::lakehouse::iceberg
