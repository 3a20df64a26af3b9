// Paths as users write them → absolute paths, and back to the URIs Spark prints.
#include <filesystem>

#include "core/spark_error.h"
#include "sources/file_table.h"

namespace grebe::sources {

std::string absolute_path(std::string_view path, const std::string& base_directory) {
  if (path.starts_with("file:")) {
    path.remove_prefix(5);
    // file:///a and file:/a name the same; a host is not supported by Spark either.
    while (path.starts_with("//")) path.remove_prefix(1);
  } else if (const auto colon = path.find("://"); colon != std::string_view::npos) {
    throw core::unsupported("the file system " + std::string(path.substr(0, colon)));
  }
  std::filesystem::path full(path);
  if (full.is_relative()) full = std::filesystem::path(base_directory) / full;
  std::string text = full.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string path_uri(std::string_view absolute_path) {
  return "file:" + std::string(absolute_path);
}

}  // namespace grebe::sources
