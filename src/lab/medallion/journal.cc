// Finished operations of a run → lines of a file that survive a kill at any moment.
#include "lab/medallion/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "lab/data/files.h"

namespace grebe::lab::medallion {
namespace {

std::system_error journal_error(const std::filesystem::path& path) {
  return std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

}  // namespace

Journal::Journal(std::filesystem::path path) : path_(std::move(path)) {
  std::filesystem::create_directories(path_.parent_path());
  fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd_ < 0) throw journal_error(path_);
  std::string text = data::read_file(path_);
  size_t whole = 0;
  for (size_t end; (end = text.find('\n', whole)) != std::string::npos; whole = end + 1) {
    auto entry = nlohmann::ordered_json::parse(text.substr(whole, end - whole), nullptr, false);
    if (entry.is_discarded()) break;
    entries_.push_back(std::move(entry));
  }
  if (whole < text.size() && ::ftruncate(fd_, static_cast<off_t>(whole)) != 0) {
    throw journal_error(path_);
  }
}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

void Journal::append(const nlohmann::ordered_json& entry) {
  std::string line = entry.dump() + "\n";
  for (size_t done = 0; done < line.size();) {
    ssize_t wrote = ::write(fd_, line.data() + done, line.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) throw journal_error(path_);
    done += static_cast<size_t>(wrote);
  }
  if (::fdatasync(fd_) != 0) throw journal_error(path_);
  entries_.push_back(entry);
}

}  // namespace grebe::lab::medallion
