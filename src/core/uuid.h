// Randomness → UUIDs of version 4, as clients and formats expect for ids.
#pragma once

#include <string>

namespace grebe::core {

/// A fresh random UUID in its usual form of 36 characters.
std::string new_uuid();

}  // namespace grebe::core
