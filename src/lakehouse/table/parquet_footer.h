// A Parquet footer → where it says the precision of its decimals, so that it can be changed in
// place.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace grebe::lakehouse {

/// For each leaf column in schema order, the places in the footer (a FileMetaData in Thrift's
/// compact protocol) of the bytes that hold a decimal's precision; none for other types. A
/// precision is one byte there: twice its value. Throws on a footer that is none.
std::vector<std::vector<size_t>> find_decimal_precisions(std::string_view footer);

}  // namespace grebe::lakehouse
