// A rewrite's text over $1 $2 … → a bound expression.
#pragma once

#include <string_view>

#include "functions/entry.h"

namespace grebe::functions {

/// `if(isnotnull($1), $2, $3)`: calls, arguments, integers, 'texts', null, true, false. Throws
/// whatever binding the calls throws.
resolved::ExpressionPtr bind_rewrite(std::string_view text,
                                     const std::vector<resolved::ExpressionPtr>& arguments,
                                     const BindContext& context, const core::Origin& origin);

/// One more than the highest argument named by a rewrite.
size_t rewrite_arity(std::string_view text);

}  // namespace grebe::functions
