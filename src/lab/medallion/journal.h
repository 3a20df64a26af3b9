// Finished operations of a run → lines of a file that survive a kill at any moment.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace grebe::lab::medallion {

/// An append-only file of JSON lines. A line cut short by a kill is dropped when it is read.
class Journal {
 public:
  /// Opens or makes the file and reads what it holds.
  explicit Journal(std::filesystem::path path);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  const std::vector<nlohmann::ordered_json>& entries() const { return entries_; }
  /// Adds an entry; it is on disk when the call returns.
  void append(const nlohmann::ordered_json& entry);

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  std::vector<nlohmann::ordered_json> entries_;
};

}  // namespace grebe::lab::medallion
