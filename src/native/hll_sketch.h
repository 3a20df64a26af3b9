// Values → a HyperLogLog sketch in the binary form of Apache DataSketches, and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// Why bytes are no sketch. `message` is DataSketches' own where it has one, else empty.
struct HllFormatError {
  std::string message;
};

/// A sketch of 2^lg_k registers. Few values are kept as coupons (a list, then a hash set), many as
/// registers with the running estimate of the order in which they came.
class HllSketch {
 public:
  static constexpr int32_t kMinLgK = 4;
  static constexpr int32_t kMaxLgK = 21;

  explicit HllSketch(int32_t lg_k) : lg_k_(lg_k) {}

  /// Reads a sketch of any of DataSketches' modes. Throws HllFormatError.
  static HllSketch parse(std::string_view bytes);
  /// The updatable form that Spark keeps in a column.
  std::string serialize() const;

  void add_long(int64_t value);
  /// Text and bytes; the empty value counts as nothing.
  void add_bytes(std::string_view bytes);
  /// Adds what another sketch has seen; the coarser of the two decides the registers.
  void merge(const HllSketch& other);

  int32_t lg_k() const { return lg_k_; }
  double estimate() const;

 private:
  enum class Mode : unsigned char { kList = 0, kSet = 1, kRegisters = 2 };

  void add_coupon(int32_t coupon);
  void add_to_list(int32_t coupon);
  void add_to_set(int32_t coupon);
  void add_to_registers(int32_t coupon);
  void become_set();
  void become_registers();
  void recount();
  /// The same with fewer registers.
  void coarsen(int32_t lg_k);
  double ordered_free_estimate() const;
  std::string serialize_registers() const;
  void parse_registers(std::string_view bytes, int type);

  int32_t lg_k_;
  Mode mode_ = Mode::kList;
  /// The list in its order, or the hash table of 2^lg_table_ places where 0 is empty.
  std::vector<int32_t> coupons_;
  size_t coupon_count_ = 0;
  int32_t lg_table_ = 3;
  std::vector<uint8_t> registers_;
  double running_estimate_ = 0;
  /// Sums of 2^-register for registers below 32 and from 32 on.
  double low_sum_ = 0;
  double high_sum_ = 0;
  /// Set once sketches were merged: the running estimate then says nothing.
  bool is_out_of_order_ = false;
};

}  // namespace grebe::native
