// Building blocks of bind rules: calls by name, constants, casts to a meeting type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "functions/entry.h"
#include "types/coercion.h"

namespace grebe::functions {

/// Binds a built-in over expressions, as if the user had called it.
resolved::ExpressionPtr call(const std::string& name,
                             std::vector<resolved::ExpressionPtr> arguments,
                             const BindContext& context, const core::Origin& origin = {});

/// An implicit cast under the context's mode; the child itself when nothing changes.
resolved::ExpressionPtr cast_to(const resolved::ExpressionPtr& child, const types::DataType& type,
                                const BindContext& context);

resolved::ExpressionPtr int_literal(int32_t value);
resolved::ExpressionPtr string_literal(std::string text);
resolved::ExpressionPtr boolean_literal(bool value);
resolved::ExpressionPtr null_literal(types::DataType type);

/// A literal's value, looking through implicit casts; nothing for other expressions.
const types::Value* literal_value(const resolved::Expression& expression);

/// The text of a foldable string argument, folded through the engine when it is not a literal;
/// nothing when it is null. Throws NON_FOLDABLE_INPUT-like errors when it is not foldable.
std::optional<std::string> constant_text(const BindInput& input, size_t index,
                                         const std::string& parameter_name);

/// The integral value of a foldable argument, as above.
std::optional<int64_t> constant_integer(const BindInput& input, size_t index,
                                        const std::string& parameter_name);

/// A scalar call with the entry's name and the given type.
resolved::ExpressionPtr make_call(const BindInput& input,
                                  std::vector<resolved::ExpressionPtr> arguments,
                                  types::DataType type, bool nullable, int overload = 0);

/// The same for an aggregate, with the request's modifiers.
resolved::ExpressionPtr make_aggregate(const BindInput& input,
                                       std::vector<resolved::ExpressionPtr> arguments,
                                       types::DataType type, bool nullable, int overload = 0);

/// True when any expression may be null.
bool any_nullable(const std::vector<resolved::ExpressionPtr>& expressions);

/// Casts all to the type they meet in (`wider_type`); throws DATATYPE_MISMATCH.DATA_DIFF_TYPES.
std::vector<resolved::ExpressionPtr> cast_to_common(
    const BindInput& input, const std::vector<resolved::ExpressionPtr>& expressions);

/// Binds by the entry's overloads (what happens when an entry has no rule).
resolved::ExpressionPtr bind_overloads(const BindInput& input,
                                       std::vector<resolved::ExpressionPtr> arguments);

/// Appends the entry's defaults for arguments left out at the end.
std::vector<resolved::ExpressionPtr> with_defaults(const Entry& entry,
                                                   std::vector<resolved::ExpressionPtr> arguments);

/// Throws WRONG_NUM_ARGS unless the number of arguments is one of `counts`.
void require_count(const BindInput& input, const std::vector<size_t>& counts);

}  // namespace grebe::functions
