// A format like `S$99,999.99` → texts to decimals and decimals to texts (to_number, to_char).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::types {

/// What is wrong with a format: a sub-condition of INVALID_FORMAT, and the token it speaks of.
struct NumberFormatFault {
  std::string condition;
  std::string token;
};

class NumberFormat {
 public:
  /// Reads a format in any case; whether it is one says `fault`.
  explicit NumberFormat(std::string_view text);

  /// The first rule that the format breaks.
  std::optional<NumberFormatFault> fault() const;
  /// Digits of the format in all, and after the point.
  int precision() const { return whole_digits_ + fraction_digits_; }
  int scale() const { return fraction_digits_; }

  /// The plain number that a text spells; nothing when it does not fit.
  std::optional<std::string> parse(std::string_view text) const;
  /// A plain number (`-12.50`) in this format; `#` for its digits when they are too many.
  std::string format(std::string_view number) const;

 private:
  enum class Kind : unsigned char {
    kDigits,
    kPoint,
    kCurrency,
    kSign,
    kMinus,
    kOpen,
    kClose,
    kUnknown
  };
  /// Digits of a group: `0…` before the point wants exactly so many, `9…` at most.
  struct Digits {
    bool is_separator = false;
    bool is_exact = false;
    int count = 0;
  };
  struct Token {
    Kind kind;
    std::vector<Digits> digits = {};
    char unknown = 0;
  };

  static std::string name_of(const Token& token);
  void append_digits(const Token& token, std::string_view digits, size_t* at, bool is_fraction,
                     std::string* result) const;
  std::optional<std::string_view> take_digits(const Token& token, std::string_view text,
                                              std::string* digits) const;

  bool is_empty_ = false;
  std::vector<Token> tokens_;
  int whole_digits_ = 0;
  int fraction_digits_ = 0;
};

}  // namespace grebe::types
