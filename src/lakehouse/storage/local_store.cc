// POSIX files as an ObjectStore: link(2) decides who commits, rename(2) replaces.
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/spark_error.h"
#include "lakehouse/storage/object_store.h"

namespace grebe::lakehouse {

namespace {

core::SparkError io_error(std::string_view action, const std::string& path, int code) {
  return core::plain_error(core::ErrorClass::kSpark,
                           fmt::format("Cannot {} {}: {}", action, path, std::strerror(code)));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

void write_all(const File& file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw io_error("write", path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (::fsync(file.get()) != 0) throw io_error("sync", path, errno);
}

void sync_directory(const std::string& path) {
  File directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || ::fsync(directory.get()) != 0) throw io_error("sync", path, errno);
}

std::string parent_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

/// A name that no reader of a table format looks at: hidden, and unique to the process and call.
std::string temporary_name(const std::string& path) {
  static std::atomic<uint64_t> counter{0};
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return join_path(parent_of(path),
                   fmt::format(".grebe-{}-{}-{}.tmp", ::getpid(),
                               now.tv_sec * 1'000'000'000 + now.tv_nsec, counter.fetch_add(1)));
}

/// A file that vanishes with its owner unless it was renamed away.
class Temporary {
 public:
  Temporary(const std::string& target, std::string_view bytes) : path_(temporary_name(target)) {
    File file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (file.get() < 0) throw io_error("create", path_, errno);
    try {
      write_all(file, path_, bytes);
    } catch (...) {
      ::unlink(path_.c_str());
      throw;
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// flock(2): the kernel releases it when the process ends, however it does.
class LocalLock : public StoreLock {
 public:
  explicit LocalLock(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (file_.get() < 0) throw io_error("lock", path, errno);
    while (::flock(file_.get(), LOCK_EX) != 0) {
      if (errno != EINTR) throw io_error("lock", path, errno);
    }
  }

 private:
  File file_;
};

class LocalStore : public ObjectStore {
 public:
  std::optional<std::string> read(const std::string& path) override {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
      if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
      throw io_error("open", path, errno);
    }
    std::string bytes;
    char block[65536];
    for (;;) {
      const ssize_t count = ::read(file.get(), block, sizeof block);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw io_error("read", path, errno);
      if (count == 0) return bytes;
      bytes.append(block, static_cast<size_t>(count));
    }
  }

  std::string read_end(const std::string& path, size_t count) override {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) throw io_error("open", path, errno);
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    if (size < 0) throw io_error("read", path, errno);
    std::string bytes(std::min(count, static_cast<size_t>(size)), '\0');
    size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t got = ::pread(file.get(), bytes.data() + done, bytes.size() - done,
                                  size - static_cast<off_t>(bytes.size() - done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw io_error("read", path, got < 0 ? errno : EIO);
      done += static_cast<size_t>(got);
    }
    return bytes;
  }

  void patch_end(const std::string& path, size_t from_end, std::string_view bytes) override {
    File file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0) throw io_error("open", path, errno);
    if (::lseek(file.get(), -static_cast<off_t>(from_end), SEEK_END) < 0) {
      throw io_error("write", path, errno);
    }
    write_all(file, path, bytes);
  }

  std::vector<ObjectInfo> list(const std::string& directory) override {
    std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(directory.c_str()), &::closedir);
    if (!handle) {
      if (errno == ENOENT || errno == ENOTDIR) return {};
      throw io_error("list", directory, errno);
    }
    std::vector<ObjectInfo> found;
    for (;;) {
      errno = 0;
      const dirent* entry = ::readdir(handle.get());
      if (entry == nullptr) {
        if (errno != 0) throw io_error("list", directory, errno);
        break;
      }
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      struct stat facts {};
      if (::stat(join_path(directory, name).c_str(), &facts) != 0) continue;  // gone meanwhile
      found.push_back({name, S_ISDIR(facts.st_mode), facts.st_size,
                       facts.st_mtim.tv_sec * 1000 + facts.st_mtim.tv_nsec / 1'000'000});
    }
    std::sort(found.begin(), found.end(),
              [](const ObjectInfo& a, const ObjectInfo& b) { return a.name < b.name; });
    return found;
  }

  bool exists(const std::string& path) override {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    throw io_error("look at", path, errno);
  }

  bool put_if_absent(const std::string& path, std::string_view bytes) override {
    Temporary temporary(path, bytes);
    if (::link(temporary.path().c_str(), path.c_str()) != 0) {
      if (errno == EEXIST) return false;
      throw io_error("create", path, errno);
    }
    // The object is there for every reader now, so a failure from here on is not one of the
    // commit: telling the caller "failed" would make him write his rows a second time.
    try {
      sync_directory(parent_of(path));
    } catch (const core::SparkError&) {
    }
    return true;
  }

  void replace(const std::string& path, std::string_view bytes) override {
    Temporary temporary(path, bytes);
    if (::rename(temporary.path().c_str(), path.c_str()) != 0) {
      throw io_error("replace", path, errno);
    }
    sync_directory(parent_of(path));
  }

  void remove(const std::string& path) override {
    if (::remove(path.c_str()) != 0 && errno != ENOENT) throw io_error("remove", path, errno);
  }

  void rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) throw io_error("move", from, errno);
  }

  std::unique_ptr<StoreLock> lock(const std::string& path) override {
    return std::make_unique<LocalLock>(path);
  }

  void make_directory(const std::string& path) override {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) throw io_error("make directory", path, error.value());
  }

  void sync(const std::string& path) override {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0 || ::fsync(file.get()) != 0) throw io_error("sync", path, errno);
  }
};

}  // namespace

std::shared_ptr<ObjectStore> local_store() {
  static const auto store = std::make_shared<LocalStore>();
  return store;
}

std::string local_path(std::string_view location) {
  if (location.substr(0, 5) == "file:") {
    location.remove_prefix(5);
    while (location.substr(0, 2) == "//") location.remove_prefix(1);
  } else if (const size_t colon = location.find("://"); colon != std::string_view::npos) {
    throw core::unsupported(fmt::format("tables at {} locations", location.substr(0, colon)));
  }
  std::string path = std::filesystem::absolute(location).lexically_normal().string();
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string join_path(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty() && path.back() != '/') path += '/';
  return path.append(name);
}

}  // namespace grebe::lakehouse
