// A store and a number n → the same store whose n-th call fails; for tests of commits.
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "core/spark_error.h"
#include "lakehouse/storage/object_store.h"

namespace grebe::lakehouse {

/// Where the fault strikes: before the call has its effect, or after it (the answer is lost).
enum class FaultMoment { kBefore, kAfter };

/// Fails every call from the `fail_at`-th on (1-based), as a disk that went away does.
class FaultyStore : public ObjectStore {
 public:
  FaultyStore(std::shared_ptr<ObjectStore> inner, int fail_at, FaultMoment moment)
      : inner_(std::move(inner)), fail_at_(fail_at), moment_(moment) {}

  /// Calls seen so far.
  int calls() const { return calls_; }

  std::optional<std::string> read(const std::string& path) override {
    return guarded([&] { return inner_->read(path); });
  }
  std::string read_end(const std::string& path, size_t count) override {
    return guarded([&] { return inner_->read_end(path, count); });
  }
  void patch_end(const std::string& path, size_t from_end, std::string_view bytes) override {
    guarded([&] { return inner_->patch_end(path, from_end, bytes), 0; });
  }
  std::vector<ObjectInfo> list(const std::string& directory) override {
    return guarded([&] { return inner_->list(directory); });
  }
  bool exists(const std::string& path) override {
    return guarded([&] { return inner_->exists(path); });
  }
  bool put_if_absent(const std::string& path, std::string_view bytes) override {
    return guarded([&] { return inner_->put_if_absent(path, bytes); });
  }
  void replace(const std::string& path, std::string_view bytes) override {
    guarded([&] { return inner_->replace(path, bytes), 0; });
  }
  void remove(const std::string& path) override {
    guarded([&] { return inner_->remove(path), 0; });
  }
  void rename(const std::string& from, const std::string& to) override {
    guarded([&] { return inner_->rename(from, to), 0; });
  }
  std::unique_ptr<StoreLock> lock(const std::string& path) override {
    return guarded([&] { return inner_->lock(path); });
  }
  void make_directory(const std::string& path) override {
    guarded([&] { return inner_->make_directory(path), 0; });
  }
  void sync(const std::string& path) override {
    guarded([&] { return inner_->sync(path), 0; });
  }

 private:
  template <typename Call>
  std::invoke_result_t<Call> guarded(Call call) {
    const bool fails = ++calls_ >= fail_at_;
    if (fails && (moment_ == FaultMoment::kBefore || calls_ > fail_at_)) throw fault();
    auto result = call();
    if (fails) throw fault();
    return result;
  }
  static core::SparkError fault() {
    return core::plain_error(core::ErrorClass::kSpark, "injected storage fault");
  }

  std::shared_ptr<ObjectStore> inner_;
  int fail_at_;
  FaultMoment moment_;
  int calls_ = 0;
};

}  // namespace grebe::lakehouse
