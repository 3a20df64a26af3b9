// The fixed parts of the report page.
#pragma once

#include <string_view>

namespace grebe::lab::report {

extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace grebe::lab::report
