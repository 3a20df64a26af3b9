// Any text → a type in DDL and in JSON; what was read must read the same from its own text again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "parse/sql/parser.h"
#include "small_catalog.h"
#include "types/data_type.h"

namespace sql = grebe::parse::sql;
namespace types = grebe::types;

namespace {

void expect_round_trips(const types::DataType& type) {
  const auto json = type.json();
  if (types::parse_json_type(json).json() != json) {
    std::fputs(json.c_str(), stderr);
    std::abort();
  }
  type.sql();
  type.simple_string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  grebe::fuzz::expect_typed_errors([&] { expect_round_trips(sql::parse_data_type(text)); });
  grebe::fuzz::expect_typed_errors(
      [&] { expect_round_trips(types::DataType::struct_type(sql::parse_table_schema(text))); });
  grebe::fuzz::expect_typed_errors([&] { expect_round_trips(types::parse_json_type(text)); });
  return 0;
}
