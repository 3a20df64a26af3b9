// One process at a time may own a warehouse: a locked file that names its holder.
#pragma once

#include <string>

namespace grebe::catalog {

/// Holds the lock while alive; the system frees it when the process dies.
class WarehouseLock {
 public:
  /// Throws an error that names the other process when the lock is taken.
  explicit WarehouseLock(const std::string& path);
  ~WarehouseLock();
  WarehouseLock(const WarehouseLock&) = delete;
  WarehouseLock& operator=(const WarehouseLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace grebe::catalog
