// The functions that give another value each time, and expressions that call one.
#include "resolved/determinism.h"

#include <algorithm>

#include "resolved/compare.h"

namespace grebe::resolved {
namespace {

/// The function table marks them too.
constexpr std::string_view kVolatile[] = {"#distributed_sequence_id",
                                          "current_timestamp",
                                          "input_file_block_length",
                                          "input_file_block_start",
                                          "input_file_name",
                                          "monotonically_increasing_id",
                                          "rand",
                                          "randn",
                                          "random",
                                          "shuffle",
                                          "spark_partition_id",
                                          "uuid"};

}  // namespace

bool is_volatile(std::string_view function) {
  return std::find(std::begin(kVolatile), std::end(kVolatile), function) != std::end(kVolatile);
}

bool is_deterministic(const Expression& expression) {
  return !any_node(expression, [](const Expression& node) {
    const auto* call = std::get_if<Call>(&node.node);
    return call && is_volatile(call->function) && call->function != "current_timestamp";
  });
}

}  // namespace grebe::resolved
