// Literals as numbers; see constant.h.
#include "resolved/constant.h"

namespace grebe::resolved {

std::optional<int64_t> constant_number(const ExpressionPtr& expression) {
  const auto* constant = expression ? std::get_if<Literal>(&expression->node) : nullptr;
  const auto* number = constant ? std::get_if<int64_t>(&constant->value.data) : nullptr;
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace grebe::resolved
