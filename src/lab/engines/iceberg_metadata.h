// The folder of an Iceberg table → its newest metadata file, for readers without a catalog.
#pragma once

#include <filesystem>

namespace grebe::lab::engines {

/// The `*.metadata.json` with the highest version in its name, the youngest of several.
/// Throws std::runtime_error when there is none.
std::filesystem::path newest_iceberg_metadata(const std::filesystem::path& table);

}  // namespace grebe::lab::engines
