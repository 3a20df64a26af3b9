// A small reader of rewrite texts; see rewrite.h.
#include "functions/rewrite.h"

#include <cctype>

#include "core/spark_error.h"
#include "functions/calls.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::vector<ExpressionPtr>& arguments,
         const BindContext& context, const core::Origin& origin)
      : text_(text), arguments_(arguments), context_(context), origin_(origin) {}

  ExpressionPtr read() {
    skip_spaces();
    if (take('$')) return arguments_.at(static_cast<size_t>(read_number() - 1));
    if (take('\'')) {
      const size_t start = position_;
      while (text_.at(position_) != '\'') ++position_;
      return string_literal(std::string(text_.substr(start, position_++ - start)));
    }
    if (std::isdigit(static_cast<unsigned char>(text_.at(position_)))) {
      return int_literal(read_number());
    }
    const size_t start = position_;
    while (position_ < text_.size() && text_[position_] != '(' && text_[position_] != ',' &&
           text_[position_] != ')') {
      ++position_;
    }
    const std::string name(text_.substr(start, position_ - start));
    if (name == "null") return null_literal(types::DataType());
    if (name == "true" || name == "false") return boolean_literal(name == "true");
    if (!take('(')) throw core::internal_error("malformed rewrite: " + std::string(text_));
    std::vector<ExpressionPtr> arguments;
    if (!take(')')) {
      do {
        arguments.push_back(read());
        skip_spaces();
      } while (take(','));
      if (!take(')')) throw core::internal_error("malformed rewrite: " + std::string(text_));
    }
    return call(name, std::move(arguments), context_, origin_);
  }

 private:
  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  bool take(char c) {
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  int read_number() {
    int value = 0;
    while (position_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[position_]))) {
      value = value * 10 + (text_[position_++] - '0');
    }
    return value;
  }

  std::string_view text_;
  size_t position_ = 0;
  const std::vector<ExpressionPtr>& arguments_;
  const BindContext& context_;
  const core::Origin& origin_;
};

}  // namespace

ExpressionPtr bind_rewrite(std::string_view text, const std::vector<ExpressionPtr>& arguments,
                           const BindContext& context, const core::Origin& origin) {
  return Reader(text, arguments, context, origin).read();
}

size_t rewrite_arity(std::string_view text) {
  size_t arity = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '$') arity = std::max(arity, static_cast<size_t>(text[i + 1] - '0'));
  }
  return arity;
}

}  // namespace grebe::functions
