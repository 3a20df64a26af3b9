// Any text → parsed, analyzed over a small catalog, emitted.
#include <cstddef>
#include <cstdint>

#include "small_catalog.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool ansi : {false, true}) {
    grebe::fuzz::expect_typed_errors([&] { grebe::fuzz::analyze_text(text, ansi); });
  }
  return 0;
}
