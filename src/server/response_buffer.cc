// Waiting, handing out, forgetting; see response_buffer.h.
#include "server/response_buffer.h"

namespace grebe::server {

namespace {

core::SparkError invalid_cursor(const std::string& kind, core::ErrorParameters parameters) {
  return core::make_error(core::ErrorClass::kSql, "INVALID_CURSOR." + kind, std::move(parameters));
}

}  // namespace

bool ResponseBuffer::push(Response response) {
  const size_t bytes = response.bytes.Length();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || unsent_bytes_ < limits_.unsent_bytes; });
  if (closed_) return false;
  entries_.push_back({std::move(response), bytes});
  unsent_bytes_ += bytes;
  changed_.notify_all();
  return true;
}

void ResponseBuffer::finish(std::optional<core::SparkError> error) {
  std::lock_guard lock(mutex_);
  if (finished_) return;
  finished_ = true;
  error_ = std::move(error);
  changed_.notify_all();
}

bool ResponseBuffer::is_finished() const {
  std::lock_guard lock(mutex_);
  return finished_;
}

bool ResponseBuffer::has_failed() const {
  std::lock_guard lock(mutex_);
  return error_.has_value();
}

ResponseBuffer::Reader ResponseBuffer::attach(const std::string& after_response_id) {
  std::lock_guard lock(mutex_);
  Reader reader{.token = ++reader_token_, .next_index = 0};
  changed_.notify_all();  // the old reader leaves
  if (after_response_id.empty()) {
    if (first_index_ > 0) {
      throw invalid_cursor("POSITION_NOT_AVAILABLE",
                           {{"index", "1"}, {"responseId", after_response_id}});
    }
    return reader;
  }
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].response.id == after_response_id) {
      reader.next_index = first_index_ + i + 1;
      return reader;
    }
  }
  // What was released is gone, and so is the memory of its id: the next one follows it.
  if (first_index_ > 0 && after_response_id == last_released_id_) {
    reader.next_index = first_index_;
    return reader;
  }
  throw invalid_cursor("POSITION_NOT_FOUND", {{"responseId", after_response_id}});
}

ResponseBuffer::ReadOutcome ResponseBuffer::read(Reader& reader, std::chrono::milliseconds patience,
                                                 Response& response) {
  std::unique_lock lock(mutex_);
  const auto is_ready = [&] {
    return closed_ || reader.token != reader_token_ || reader.next_index < end_index() || finished_;
  };
  if (!changed_.wait_for(lock, patience, is_ready)) return ReadOutcome::kTimeout;
  if (reader.token != reader_token_) throw invalid_cursor("DISCONNECTED", {});
  if (closed_) return ReadOutcome::kEnd;
  if (reader.next_index < first_index_) {
    throw invalid_cursor(
        "POSITION_NOT_AVAILABLE",
        {{"index", std::to_string(reader.next_index + 1)}, {"responseId", last_released_id_}});
  }
  if (reader.next_index < end_index()) {
    Entry& entry = entries_[reader.next_index - first_index_];
    response = entry.response;
    if (reader.next_index == sent_index_) {
      ++sent_index_;
      unsent_bytes_ -= entry.bytes;
      sent_bytes_ += entry.bytes;
    }
    ++reader.next_index;
    while (sent_bytes_ > limits_.sent_bytes && first_index_ + 1 < sent_index_) drop_front();
    changed_.notify_all();
    return ReadOutcome::kResponse;
  }
  if (error_) throw *error_;
  return ReadOutcome::kEnd;
}

void ResponseBuffer::drop_front() {
  sent_bytes_ -= entries_.front().bytes;
  last_released_id_ = entries_.front().response.id;
  entries_.pop_front();
  ++first_index_;
}

void ResponseBuffer::release_until(const std::string& response_id) {
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < entries_.size() && first_index_ + i < sent_index_; ++i) {
    if (entries_[i].response.id != response_id) continue;
    for (size_t dropped = 0; dropped <= i; ++dropped) drop_front();
    return;
  }
}

void ResponseBuffer::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  entries_.clear();
  first_index_ = sent_index_;
  unsent_bytes_ = sent_bytes_ = 0;
  changed_.notify_all();
}

}  // namespace grebe::server
