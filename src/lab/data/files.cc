// Bytes → files that are whole or not there; trees of files → their size and checksum.
#include "lab/data/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <system_error>
#include <vector>

namespace grebe::lab::data {
namespace {

namespace fs = std::filesystem;

std::system_error file_error(const char* verb, const fs::path& path) {
  return std::system_error(errno, std::generic_category(),
                           fmt::format("{} {}", verb, path.string()));
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

void sync_folder(const fs::path& folder) {
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) throw file_error("cannot sync", folder);
}

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(const void* bytes, size_t size) { EVP_DigestUpdate(context_.get(), bytes, size); }
  std::string hex() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes, &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

void add_file(const fs::path& path, Digest& digest) {
  Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) throw file_error("cannot open", path);
  std::vector<char> block(1 << 20);
  for (;;) {
    ssize_t got = ::read(opened.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw file_error("cannot read", path);
    if (got == 0) return;
    digest.add(block.data(), static_cast<size_t>(got));
  }
}

std::vector<fs::path> files_below(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_regular_file(path)) files.push_back(path);
  if (!fs::is_directory(path)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

void write_atomically(const fs::path& path, std::string_view content) {
  fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  fs::create_directories(folder);
  fs::path temporary = folder / fmt::format(".{}.{}.tmp", path.filename().string(), ::getpid());
  try {
    Descriptor opened(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (opened.get() < 0) throw file_error("cannot create", temporary);
    for (size_t done = 0; done < content.size();) {
      ssize_t wrote = ::write(opened.get(), content.data() + done, content.size() - done);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) throw file_error("cannot write", temporary);
      done += static_cast<size_t>(wrote);
    }
    if (::fsync(opened.get()) != 0) throw file_error("cannot sync", temporary);
    fs::rename(temporary, path);
  } catch (...) {
    std::error_code ignored;  // the first failure is the one to report
    fs::remove(temporary, ignored);
    throw;
  }
  sync_folder(folder);
}

std::string read_file(const fs::path& path) {
  Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) throw file_error("cannot open", path);
  std::string content;
  std::vector<char> block(1 << 16);
  for (;;) {
    ssize_t got = ::read(opened.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw file_error("cannot read", path);
    if (got == 0) return content;
    content.append(block.data(), static_cast<size_t>(got));
  }
}

Storage measure_storage(const fs::path& path) {
  Storage storage;
  for (const fs::path& file : files_below(path)) {
    storage.bytes += static_cast<int64_t>(fs::file_size(file));
    ++storage.files;
  }
  return storage;
}

std::string checksum(const fs::path& path) {
  if (!fs::exists(path)) {
    errno = ENOENT;
    throw file_error("cannot open", path);
  }
  Digest digest;
  for (const fs::path& file : files_below(path)) add_file(file, digest);
  return digest.hex();
}

std::string checksum_text(std::string_view text) {
  Digest digest;
  digest.add(text.data(), text.size());
  return digest.hex();
}

}  // namespace grebe::lab::data
