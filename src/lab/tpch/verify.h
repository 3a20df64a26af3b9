// A result and the reference result → equal by value, or the first difference in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/table.h"

namespace grebe::lab::tpch {

/// Compares by value: integers, booleans, text, dates exactly; decimals exactly, whatever their
/// scale; a decimal against a double to one unit of the decimal's last place or 1e-9 relative;
/// doubles to 1e-9 relative. `order` names the columns whose sequence the query fixes; rows that
/// tie in them may come in any order, and so may all rows when it is empty. Returns nullopt when
/// equal, else what differs first.
std::optional<std::string> find_difference(const client::Table& result,
                                           const client::Table& reference,
                                           const std::vector<std::string>& order);

/// The comparison of two cells by the rules above.
bool is_equal(const client::Value& result, const client::Value& reference);

}  // namespace grebe::lab::tpch
