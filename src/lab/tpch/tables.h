// The eight TPC-H tables by name, smallest first.
#pragma once

#include <array>
#include <string_view>

namespace grebe::lab::tpch {

inline constexpr std::array<std::string_view, 8> kTables = {
    "region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem"};

/// Whether `table` grows with the scale factor, so that parts make sense.
constexpr bool grows(std::string_view table) { return table != "region" && table != "nation"; }

}  // namespace grebe::lab::tpch
