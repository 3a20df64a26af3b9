// Texts in to_number formats; see string_functions.h.
#include "types/number_format.h"
#include "native/string_functions.h"

namespace grebe::native {

std::optional<std::string> parse_by_number_format(std::string_view text, std::string_view format) {
  return types::NumberFormat(format).parse(text);
}

}  // namespace grebe::native
