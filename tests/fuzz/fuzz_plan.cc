// Any bytes → decoded as a plan of the protocol, converted, analyzed over a small catalog, emitted.
#include <cstddef>
#include <cstdint>

#include "parse/proto/fuzz.h"
#include "small_catalog.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  grebe::fuzz::expect_typed_errors([&] {
    if (const auto statement = grebe::parse::proto::convert_plan_bytes(bytes)) {
      grebe::fuzz::analyze_statement(*statement, false);
    }
  });
  return 0;
}
