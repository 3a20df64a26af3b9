// What was done and what was begun → state.json, whole at every moment; one laboratory at a time.
#include "lab/medallion/state.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <ctime>
#include <stdexcept>

#include "lab/data/files.h"

namespace grebe::lab::medallion {
namespace {

std::string format_now(const char* format) {
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, format, &utc);
  return text;
}

Json load(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    return {{"version", 1}, {"scale_factors", Json::object()}, {"benchmarks", Json::array()}};
  }
  Json document = Json::parse(data::read_file(path), nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || document.value("version", 0) != 1 ||
      !document["scale_factors"].is_object() || !document["benchmarks"].is_array()) {
    throw std::runtime_error(
        fmt::format("{} is no state of this program; move it away to begin anew", path.string()));
  }
  return document;
}

}  // namespace

std::string utc_now() { return format_now("%Y-%m-%dT%H:%M:%SZ"); }
std::string utc_stamp() { return format_now("%Y%m%d_%H%M%S"); }

State::State(Layout layout) : layout_(std::move(layout)) {
  std::filesystem::create_directories(layout_.metadata());
  lock_ = ::open(layout_.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    if (lock_ >= 0) ::close(lock_);
    throw std::runtime_error(
        fmt::format("another laboratory works in {}; wait for it or choose another --root",
                    layout_.root.string()));
  }
  document_ = load(layout_.state());
}

State::~State() { ::close(lock_); }

Json& State::phases() { return document_["scale_factors"][layout_.scale]["phases"]; }

Json State::phase(const std::string& name) const {
  const Json& factors = document_["scale_factors"];
  if (!factors.contains(layout_.scale)) return nullptr;
  const Json& phases = factors[layout_.scale]["phases"];
  return phases.contains(name) ? phases[name] : Json();
}

bool State::is_completed(const std::string& name) const {
  Json entry = phase(name);
  return entry.is_object() && entry.value("status", "") == "completed";
}

void State::begin(const std::string& name, const Json& facts) {
  Json entry = phase(name);
  Json history = Json::array();
  if (entry.is_object()) {
    if (entry.contains("history")) history = entry["history"];
    entry.erase("history");
    entry.erase("result");
    history.push_back(entry);
  }
  Json begun = {{"status", "running"}, {"started_at", utc_now()}};
  begun.update(facts);
  if (!history.empty()) begun["history"] = history;
  phases()[name] = begun;
  save();
}

void State::update(const std::string& name, const Json& facts) {
  phases()[name].update(facts);
  save();
}

void State::complete(const std::string& name, const Json& result) {
  update(name, {{"status", "completed"}, {"completed_at", utc_now()}, {"result", result}});
}

void State::fail(const std::string& name, const std::string& error) {
  update(name, {{"status", "failed"}, {"failed_at", utc_now()}, {"error", error}});
}

void State::record_benchmark(const Json& entry) {
  Json& history = document_["benchmarks"];
  for (Json& known : history) {
    if (known["benchmark_id"] == entry["benchmark_id"]) {
      known.update(entry);
      save();
      return;
    }
  }
  history.push_back(entry);
  save();
}

void State::save() {
  // Readers that know one scale factor only find here the one that was worked on last.
  Json current = Json::object();
  for (const auto& [name, phase] : phases().items()) {
    current[name] = phase;
    current[name].erase("history");
  }
  document_["phases"] = current;
  data::write_atomically(layout_.state(), document_.dump(2) + "\n");
}

}  // namespace grebe::lab::medallion
