// flock(2) on a file below the warehouse.
#include "catalog/warehouse_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/spark_error.h"

namespace grebe::catalog {

WarehouseLock::WarehouseLock(const std::string& path) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        "The warehouse's lock file " + path + " cannot be opened: " + std::strerror(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    char holder[64] = {};
    const auto length = ::pread(descriptor_, holder, sizeof(holder) - 1, 0);
    ::close(descriptor_);
    std::string who(holder, length > 0 ? static_cast<size_t>(length) : 0);
    while (!who.empty() && who.back() == '\n') who.pop_back();
    throw core::plain_error(
        core::ErrorClass::kSpark,
        "The warehouse is in use by another process" +
            (who.empty() ? std::string() : " (pid " + who + ")") +
            ": stop it, or give this one another --warehouse. Lock file: " + path);
  }
  const std::string own = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor_, 0) == 0) {
    // The content is only a hint for the message above; the lock holds without it.
    [[maybe_unused]] const auto written = ::pwrite(descriptor_, own.data(), own.size(), 0);
  }
}

WarehouseLock::~WarehouseLock() { ::close(descriptor_); }

}  // namespace grebe::catalog
