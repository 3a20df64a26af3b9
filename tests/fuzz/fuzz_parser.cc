// Any text → the SQL parser as a statement, an expression and a name, in both ANSI modes.
#include <cstddef>
#include <cstdint>

#include "parse/sql/parser.h"
#include "small_catalog.h"

namespace sql = grebe::parse::sql;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool ansi : {false, true}) {
    sql::ParseOptions options;
    options.ansi = ansi;
    options.enforce_reserved_keywords = ansi;
    options.double_quoted_identifiers = ansi;
    grebe::fuzz::expect_typed_errors([&] { sql::parse_statement(text, options); });
    grebe::fuzz::expect_typed_errors([&] { sql::parse_expression(text, options); });
  }
  grebe::fuzz::expect_typed_errors([&] { sql::parse_identifier(text); });
  grebe::fuzz::expect_typed_errors([&] { sql::split_statements(text); });
  return 0;
}
