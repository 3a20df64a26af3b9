// A Spark Connect server, ours to start or already there → Engine.
#include "lab/engines/connect_engine.h"

#include <fmt/format.h>

#include <thread>

#include "lab/monitor/process_tree.h"

namespace grebe::lab::engines {
namespace {

using client::CallFailure;
using client::RemoteError;
using Clock = std::chrono::steady_clock;

RemoteError unavailable(std::string message) {
  return RemoteError::with_message(CallFailure::kUnavailable, std::move(message));
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.rfind("127.", 0) == 0;
}

}  // namespace

void ConnectEngine::start_server(std::string_view format) {
  bool is_usable =
      server_ && server_->is_alive() && (options_.serves_all_formats || server_format_ == format);
  if (is_usable) return;
  session_.reset();
  server_.reset();
  int port = find_free_port();
  options_.endpoint.host = "127.0.0.1";
  options_.endpoint.port = port;
  server_ = std::make_unique<ChildProcess>(options_.start(format, port));
  server_format_ = std::string(format);
}

void ConnectEngine::open(std::string_view format) {
  session_.reset();
  if (options_.start) start_server(format);
  auto deadline = Clock::now() + options_.start_timeout;
  for (;;) {
    if (server_ && !server_->is_alive()) {
      throw unavailable(fmt::format("{} ended before it was ready ({}): {}", options_.name,
                                    server_->ending(), server_->log_tail()));
    }
    try {
      // Short attempts, so that a server that dies while it starts is noticed.
      client::SessionOptions session_options{
          .user_id = "grebe-bench",
          .connect_timeout = std::chrono::milliseconds(options_.start ? 1000 : 10000)};
      session_ = std::make_unique<client::Session>(options_.endpoint, session_options);
      version_ = session_->spark_version();
      return;
    } catch (const RemoteError& error) {
      bool may_come = error.fields().failure != CallFailure::kAnswered && options_.start;
      if (!may_come || Clock::now() > deadline) {
        throw unavailable(fmt::format("{} does not answer at {}: {}", options_.name,
                                      options_.endpoint.target(), error.what()));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

client::Session& ConnectEngine::session() {
  if (!session_) throw unavailable(options_.name + " has no open session");
  return *session_;
}

void ConnectEngine::use_tables(const TableSet& set) {
  for (const TableSet::Table& table : set.tables) {
    session().create_view(table.name, {.format = set.format, .path = table.path.string()},
                          {.timeout = std::chrono::minutes(2)});
  }
}

client::ArrowResult ConnectEngine::query(const std::string& sql,
                                         const client::CallOptions& options) {
  return session().query(sql, options);
}

void ConnectEngine::execute(const std::string& sql, const client::CallOptions& options) {
  session().execute(sql, options);
}

std::optional<pid_t> ConnectEngine::process() {
  if (server_) return server_->pid();
  if (!is_loopback(options_.endpoint.host)) return std::nullopt;
  return monitor::find_listener(options_.endpoint.port);
}

bool ConnectEngine::is_alive() { return session_ && (!server_ || server_->is_alive()); }

void ConnectEngine::close() {
  if (server_ && !server_->is_alive()) {
    // Nobody is there to release the session; dropping it must not wait for a dead server.
    server_.reset();
  }
  session_.reset();
  server_.reset();
}

nlohmann::ordered_json ConnectEngine::describe() {
  nlohmann::ordered_json facts;
  facts["name"] = options_.name;
  facts["kind"] = options_.kind;
  facts["spark_version"] =
      version_.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(version_);
  if (!options_.start) facts["endpoint"] = "sc://" + options_.endpoint.target();
  for (const auto& [key, value] : options_.facts.items()) facts[key] = value;
  return facts;
}

}  // namespace grebe::lab::engines
