// AddArtifacts and ArtifactStatus: chunks of bytes, each with its checksum → a session's artifacts.
#include <array>

#include "server/request_session.h"

namespace grebe::server {

using spark::connect::AddArtifactsRequest;
using spark::connect::AddArtifactsResponse;

namespace {

/// CRC-32 as in zip and java.util.zip.CRC32.
uint32_t crc32(std::string_view bytes) {
  static constexpr auto kTable = [] {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value & 1 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
      table[i] = value;
    }
    return table;
  }();
  uint32_t crc = ~0U;
  for (const unsigned char byte : bytes) crc = kTable[(crc ^ byte) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

bool is_intact(const AddArtifactsRequest::ArtifactChunk& chunk) {
  return static_cast<int64_t>(crc32(chunk.data())) == chunk.crc();
}

/// Only cached relations have a use here; files and jars serve code that Grebe does not run yet.
void check_name(const std::string& name) {
  if (!name.starts_with("cache/") || name.find("..") != std::string::npos) {
    throw core::unsupported("the artifact " + name + " (only cached relations are kept)");
  }
}

/// Puts the chunks of one call together.
class Assembly {
 public:
  Assembly(session::Session& session, int64_t max_bytes, AddArtifactsResponse& response)
      : session_(session), max_bytes_(max_bytes), response_(response) {}

  void take(const AddArtifactsRequest& request) {
    switch (request.payload_case()) {
      case AddArtifactsRequest::kBatch:
        for (const auto& artifact : request.batch().artifacts()) {
          begin(artifact.name(), 1);
          add(artifact.data());
        }
        return;
      case AddArtifactsRequest::kBeginChunk:
        begin(request.begin_chunk().name(), request.begin_chunk().num_chunks());
        return add(request.begin_chunk().initial_chunk());
      case AddArtifactsRequest::kChunk:
        return add(request.chunk());
      case AddArtifactsRequest::PAYLOAD_NOT_SET:
        return;
    }
  }

  void finish() const {
    if (missing_chunks_ > 0) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "The artifact " + name_ + " ended before its last chunk.");
    }
  }

 private:
  void begin(const std::string& name, int64_t chunks) {
    finish();
    check_name(name);
    name_ = name;
    missing_chunks_ = chunks;
    is_intact_ = true;
    bytes_ = std::make_shared<std::string>();
  }

  void add(const AddArtifactsRequest::ArtifactChunk& chunk) {
    if (missing_chunks_ <= 0) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "A chunk came that belongs to no artifact.");
    }
    if (static_cast<int64_t>(bytes_->size() + chunk.data().size()) > max_bytes_) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "The artifact " + name_ + " is larger than the server allows.");
    }
    is_intact_ = is_intact_ && is_intact(chunk);
    bytes_->append(chunk.data());
    if (--missing_chunks_ > 0) return;
    if (is_intact_) session_.put_artifact(name_, std::move(bytes_));
    auto& summary = *response_.add_artifacts();
    summary.set_name(name_);
    summary.set_is_crc_successful(is_intact_);
  }

  session::Session& session_;
  int64_t max_bytes_;
  AddArtifactsResponse& response_;
  std::string name_;
  int64_t missing_chunks_ = 0;
  bool is_intact_ = true;
  std::shared_ptr<std::string> bytes_;
};

}  // namespace

void Service::add_artifacts(const std::function<bool(AddArtifactsRequest&)>& next,
                            AddArtifactsResponse& response) {
  std::shared_ptr<session::Session> session;
  std::optional<Assembly> assembly;
  while (true) {
    AddArtifactsRequest request;
    if (!next(request)) break;
    if (!session) {
      session = session_of(request);
      sign(*session, response);
      assembly.emplace(*session, options_.max_artifact_bytes, response);
    }
    assembly->take(request);
  }
  if (assembly) assembly->finish();
}

void Service::artifact_status(const spark::connect::ArtifactStatusesRequest& request,
                              spark::connect::ArtifactStatusesResponse& response) {
  const auto session = session_of(request);
  sign(*session, response);
  for (const auto& name : request.names()) {
    (*response.mutable_statuses())[name].set_exists(session->find_artifact(name) != nullptr);
  }
}

}  // namespace grebe::server
