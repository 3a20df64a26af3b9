// SQL and reads → Arrow batches from any Spark Connect server; no other door to an engine.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/endpoint.h"
#include "client/remote_error.h"

namespace grebe::client {

struct SessionOptions {
  std::string user_id = "grebe";
  /// How long a new connection may take.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(30);
};

struct CallOptions {
  /// Zero waits for ever. When it passes, the operation is interrupted on the server.
  std::chrono::milliseconds timeout{0};
};

/// The answer of one operation, still encoded: one IPC stream a batch.
struct ArrowResult {
  std::vector<std::string> streams;
  int64_t rows = 0;
};

/// What `spark.read.format(…).options(…).load(path)` names.
struct ReadSource {
  std::string format;
  std::string path;
  std::map<std::string, std::string> options = {};
};

/// One Spark Connect session. Calls throw RemoteError. Not for use from two threads at once.
class Session {
 public:
  /// Opens a channel and asks for the version, so that a dead address is found here.
  Session(const Endpoint& endpoint, const SessionOptions& options);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  /// Releases the session on the server when it can still be reached.
  ~Session();

  /// Runs a query (`plan.root`) and takes every batch, as `spark.sql(…).collect()` does.
  ArrowResult query(std::string_view sql, const CallOptions& options = {});
  /// Runs a statement for its effect (`SqlCommand`): CREATE, INSERT, DROP ….
  void execute(std::string_view sql, const CallOptions& options = {});
  /// Makes `source` the temporary view `name`, replacing one of that name.
  void create_view(const std::string& name, const ReadSource& source,
                   const CallOptions& options = {});
  void set_config(const std::map<std::string, std::string>& values);
  /// The value of a configuration key; throws RemoteError when the server knows none.
  std::string config(const std::string& key);
  /// What the server calls its Spark version.
  const std::string& spark_version() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grebe::client
