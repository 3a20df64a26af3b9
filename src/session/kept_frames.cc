// Frames that cache() and checkpoint() keep; see kept_frames.h.
#include "session/kept_frames.h"

#include <sys/stat.h>

namespace grebe::session {

KeptTable::KeptTable(std::shared_ptr<engine::Database> database, std::string name)
    : database_(std::move(database)), name_(std::move(name)) {}

KeptTable::~KeptTable() {
  try {
    database_->connect({})->execute("DROP TABLE IF EXISTS " + name_);
  } catch (const std::exception&) {
    // The instance is gone, and the table with it.
  }
}

std::vector<SourceState> source_states(const std::vector<std::string>& paths) {
  std::vector<SourceState> states;
  for (const auto& path : paths) {
    struct stat found = {};
    if (::stat(path.c_str(), &found) != 0) {
      states.push_back({path, -1, 0});
    } else {
      states.push_back({path, S_ISDIR(found.st_mode) ? 0 : static_cast<int64_t>(found.st_size),
                        found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec});
    }
  }
  return states;
}

KeptFrames::KeptFrames(std::shared_ptr<engine::Database> database)
    : database_(std::move(database)) {}

void KeptFrames::add(std::shared_ptr<KeptFrame> frame) {
  std::lock_guard lock(mutex_);
  const std::string key = frame->key;
  frames_.try_emplace(key, std::move(frame));
}

void KeptFrames::remove(const std::string& key) {
  std::shared_ptr<KeptFrame> gone;  // its table is dropped outside the lock
  std::lock_guard lock(mutex_);
  const auto found = frames_.find(key);
  if (found == frames_.end()) return;
  gone = std::move(found->second);
  frames_.erase(found);
}

void KeptFrames::clear() {
  std::map<std::string, std::shared_ptr<KeptFrame>> gone;
  std::lock_guard lock(mutex_);
  gone.swap(frames_);
}

std::shared_ptr<KeptFrame> KeptFrames::find(const std::string& key) const {
  std::lock_guard lock(mutex_);
  const auto found = frames_.find(key);
  return found == frames_.end() ? nullptr : found->second;
}

bool KeptFrames::empty() const {
  std::lock_guard lock(mutex_);
  return frames_.empty();
}

bool KeptFrames::may_hold(size_t root_kind, size_t width) const {
  std::lock_guard lock(mutex_);
  for (const auto& [key, frame] : frames_) {
    if (frame->root_kind == root_kind && frame->width == width) return true;
  }
  return false;
}

std::vector<std::shared_ptr<KeptFrame>> KeptFrames::frames() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<KeptFrame>> all;
  for (const auto& [key, frame] : frames_) all.push_back(frame);
  return all;
}

void KeptFrames::drop_stale_rows() {
  for (const auto& frame : frames()) {
    std::lock_guard lock(frame->making);
    if (!frame->table) continue;
    std::vector<std::string> paths;
    for (const auto& source : frame->sources) paths.push_back(source.path);
    if (source_states(paths) != frame->sources) frame->table = nullptr;
  }
}

void KeptFrames::drop_rows_from(const std::string& path) {
  for (const auto& frame : frames()) {
    std::lock_guard lock(frame->making);
    for (const auto& source : frame->sources) {
      if (path.empty() || source.path.starts_with(path)) frame->table = nullptr;
    }
  }
}

std::shared_ptr<KeptTable> KeptFrames::new_table() {
  std::lock_guard lock(mutex_);
  return std::make_shared<KeptTable>(database_, "kept_" + std::to_string(++last_table_));
}

void KeptFrames::put_checkpoint(const std::string& id, Checkpointed checkpoint) {
  std::lock_guard lock(mutex_);
  checkpoints_.insert_or_assign(id, std::move(checkpoint));
}

std::optional<Checkpointed> KeptFrames::find_checkpoint(const std::string& id) const {
  std::lock_guard lock(mutex_);
  const auto found = checkpoints_.find(id);
  return found == checkpoints_.end() ? std::nullopt : std::optional(found->second);
}

void KeptFrames::remove_checkpoint(const std::string& id) {
  std::optional<Checkpointed> gone;
  std::lock_guard lock(mutex_);
  const auto found = checkpoints_.find(id);
  if (found == checkpoints_.end()) return;
  gone = std::move(found->second);
  checkpoints_.erase(found);
}

void KeptFrames::release_session(const std::string& session) {
  std::vector<Checkpointed> gone;
  std::lock_guard lock(mutex_);
  for (auto entry = checkpoints_.begin(); entry != checkpoints_.end();) {
    if (entry->second.session == session) {
      gone.push_back(std::move(entry->second));
      entry = checkpoints_.erase(entry);
    } else {
      ++entry;
    }
  }
}

}  // namespace grebe::session
