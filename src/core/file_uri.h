// An absolute path → its text in a `file:` URI.
#pragma once

#include <string>
#include <string_view>

namespace grebe::core {

/// Percent-encodes what java.net.URI does not allow in a path; letters beyond ASCII stay.
std::string uri_path(std::string_view path);

}  // namespace grebe::core
