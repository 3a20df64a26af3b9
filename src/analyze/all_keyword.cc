// The keyword ALL in place of a list of keys; see all_keyword.h.
#include "analyze/all_keyword.h"

namespace grebe::analyze {

bool is_all_keyword(const plan::ExpressionPtr& written, const Scope& input, bool case_sensitive) {
  const auto* name = std::get_if<plan::UnresolvedAttribute>(&written->node);
  return name && !name->plan_id && name->name_parts.size() == 1 &&
         same_identifier(name->name_parts.front(), "all", false) &&
         !find_column(input.attributes, name->name_parts, case_sensitive, {});
}

}  // namespace grebe::analyze
