// A walk over Thrift's compact protocol that keeps offsets; see parquet_footer.h.
#include "lakehouse/table/parquet_footer.h"

#include <cstdint>
#include <functional>

#include "core/spark_error.h"

namespace grebe::lakehouse {

namespace {

// Wire types of the compact protocol.
enum Wire : uint8_t {
  kStop = 0,
  kTrue = 1,
  kFalse = 2,
  kByte = 3,
  kI16 = 4,
  kI32 = 5,
  kI64 = 6,
  kDouble = 7,
  kBinary = 8,
  kList = 9,
  kSet = 10,
  kMap = 11,
  kStruct = 12,
};

// Fields of parquet.thrift.
constexpr int kFileSchema = 2;
constexpr int kElementChildren = 5;
constexpr int kElementPrecision = 8;
constexpr int kElementLogicalType = 10;
constexpr int kLogicalDecimal = 5;
constexpr int kDecimalPrecision = 2;

class Walker {
 public:
  explicit Walker(std::string_view bytes) : bytes_(bytes) {}

  size_t position() const { return position_; }

  /// Visits every field of the struct here; the visitor has to consume the value.
  void fields(const std::function<void(int id, uint8_t type)>& visit) {
    int id = 0;
    for (;;) {
      const uint8_t head = byte();
      const uint8_t type = head & 0x0F;
      if (type == kStop) return;
      const int delta = head >> 4;
      id = delta != 0 ? id + delta : static_cast<int16_t>(zigzag(varint()));
      visit(id, type);
    }
  }

  /// Visits every element of the list here.
  void elements(const std::function<void(uint8_t type)>& visit) {
    const uint8_t head = byte();
    uint64_t count = head >> 4;
    if (count == 15) count = varint();
    for (uint64_t i = 0; i < count; ++i) visit(head & 0x0F);
  }

  void skip(uint8_t type) {
    switch (type) {
      case kTrue:
      case kFalse:
        return;  // the value is in the field's head
      case kByte:
        byte();
        return;
      case kI16:
      case kI32:
      case kI64:
        varint();
        return;
      case kDouble:
        return advance(8);
      case kBinary:
        return advance(varint());
      case kList:
      case kSet:
        return elements([this](uint8_t element) {
          element == kTrue || element == kFalse ? advance(1) : skip(element);
        });
      case kStruct:
        return fields([this](int, uint8_t field) { skip(field); });
      default:
        throw core::internal_error("a Parquet footer holds the Thrift type " +
                                   std::to_string(type));
    }
  }

 private:
  static int64_t zigzag(uint64_t value) {
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }

  uint8_t byte() {
    advance(1);
    return static_cast<uint8_t>(bytes_[position_ - 1]);
  }

  uint64_t varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t part = byte();
      value |= static_cast<uint64_t>(part & 0x7F) << shift;
      if ((part & 0x80) == 0) return value;
    }
    throw core::internal_error("a Parquet footer holds an endless number");
  }

  void advance(uint64_t count) {
    if (count > bytes_.size() - position_) {
      throw core::internal_error("a Parquet footer ends too early");
    }
    position_ += count;
  }

  std::string_view bytes_;
  size_t position_ = 0;
};

/// One SchemaElement; adds a leaf's places to `leaves`.
void read_element(Walker& walker, std::vector<std::vector<size_t>>& leaves) {
  bool is_leaf = true;
  std::vector<size_t> places;
  walker.fields([&](int id, uint8_t type) {
    if (id == kElementChildren) is_leaf = false;
    if (id == kElementPrecision) places.push_back(walker.position());
    if (id != kElementLogicalType) return walker.skip(type);
    walker.fields([&](int kind, uint8_t kind_type) {
      if (kind != kLogicalDecimal) return walker.skip(kind_type);
      walker.fields([&](int part, uint8_t part_type) {
        if (part == kDecimalPrecision) places.push_back(walker.position());
        walker.skip(part_type);
      });
    });
  });
  if (is_leaf) leaves.push_back(std::move(places));
}

}  // namespace

std::vector<std::vector<size_t>> find_decimal_precisions(std::string_view footer) {
  std::vector<std::vector<size_t>> leaves;
  Walker walker(footer);
  walker.fields([&](int id, uint8_t type) {
    if (id != kFileSchema) return walker.skip(type);
    walker.elements([&](uint8_t) { read_element(walker, leaves); });
  });
  return leaves;
}

}  // namespace grebe::lakehouse
