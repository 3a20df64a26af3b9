// Routes of the REST specification that clients use, and its error bodies; see rest_server.h.
#include "lakehouse/iceberg/rest_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <functional>
#include <thread>

#include "core/spark_error.h"
#include "lakehouse/iceberg/table_update.h"

namespace grebe::lakehouse::iceberg {

namespace {

constexpr const char* kJson = "application/json";

void answer_error(httplib::Response& response, int status, const std::string& type,
                  const std::string& message) {
  response.status = status;
  const Json body = {{"error", {{"message", message}, {"type", type}, {"code", status}}}};
  response.set_content(body.dump(-1, ' ', false, Json::error_handler_t::replace), kJson);
}

}  // namespace

class RestServer::Impl {
 public:
  Impl(std::unique_ptr<RestCatalog> catalog, const RestServerOptions& options)
      : catalog_(std::move(catalog)),
        token_(options.token.empty() ? "" : "Bearer " + options.token) {
    add_routes();
    const int port = options.port == 0 ? server_.bind_to_any_port(options.host)
                     : server_.bind_to_port(options.host, options.port) ? options.port
                                                                        : -1;
    if (port <= 0) {
      throw core::plain_error(
          core::ErrorClass::kSpark,
          fmt::format("The Iceberg catalog cannot listen on {}:{}", options.host, options.port));
    }
    port_ = static_cast<uint16_t>(port);
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~Impl() {
    server_.stop();
    thread_.join();
  }

  uint16_t port() const { return port_; }

 private:
  using Handler = std::function<Json(const httplib::Request&)>;

  /// Checks the token, turns results and errors into bodies. A null result has no body.
  httplib::Server::Handler guarded(const Handler& handler) {
    return [this, handler](const httplib::Request& request, httplib::Response& response) {
      if (!token_.empty() && request.get_header_value("Authorization") != token_) {
        return answer_error(response, 401, "NotAuthorizedException", "The token is not valid");
      }
      try {
        const Json result = handler(request);
        if (result.is_null()) {
          response.status = 204;
        } else {
          response.set_content(result.dump(), kJson);
        }
      } catch (const RestError& error) {
        answer_error(response, error.status(), error.type(), error.what());
      } catch (const Json::exception& error) {
        answer_error(response, 400, "BadRequestException", error.what());
      } catch (const std::exception& error) {
        answer_error(response, 500, "InternalServerError", error.what());
      }
    };
  }

  static Json body(const httplib::Request& request) { return Json::parse(request.body); }

  void add_routes() {
    server_.set_error_handler([](const httplib::Request& request, httplib::Response& response) {
      if (!response.body.empty()) return;  // one of ours
      answer_error(response, response.status, "BadRequestException",
                   fmt::format("{} {} is not served", request.method, request.path));
    });
    constexpr const char* kNamespaces = "/v1/namespaces";
    constexpr const char* kNamespace = "/v1/namespaces/([^/]+)";
    constexpr const char* kTables = "/v1/namespaces/([^/]+)/tables";
    constexpr const char* kTable = "/v1/namespaces/([^/]+)/tables/([^/]+)";
    server_.Get("/v1/config", guarded([](const auto&) {
                  return Json{{"defaults", Json::object()}, {"overrides", Json::object()}};
                }));
    server_.Get(kNamespaces, guarded([this](const auto&) { return catalog_->list_namespaces(); }));
    server_.Post(kNamespaces, guarded([this](const auto& request) {
                   return catalog_->create_namespace(body(request));
                 }));
    server_.Get(kNamespace, guarded([this](const auto& request) {
                  return catalog_->load_namespace(request.matches[1]);
                }));
    server_.Delete(kNamespace, guarded([this](const auto& request) {
                     catalog_->drop_namespace(request.matches[1]);
                     return Json();
                   }));
    server_.Get(kTables, guarded([this](const auto& request) {
                  return catalog_->list_tables(request.matches[1]);
                }));
    server_.Post(kTables, guarded([this](const auto& request) {
                   return catalog_->create_table(request.matches[1], body(request));
                 }));
    server_.Get(kTable, guarded([this](const auto& request) {
                  return catalog_->load_table(request.matches[1], request.matches[2]);
                }));
    server_.Post(kTable, guarded([this](const auto& request) {
                   return catalog_->commit_table(request.matches[1], request.matches[2],
                                                 body(request));
                 }));
    server_.Delete(kTable, guarded([this](const auto& request) {
                     using Files = RestCatalog::TableFiles;
                     const bool purges = request.get_param_value("purgeRequested") == "true";
                     catalog_->drop_table(request.matches[1], request.matches[2],
                                          purges ? Files::kRemove : Files::kKeep);
                     return Json();
                   }));
    server_.Post("/v1/tables/rename", guarded([this](const auto& request) {
                   catalog_->rename_table(body(request));
                   return Json();
                 }));
    server_.Post("/v1/transactions/commit", guarded([this](const auto& request) {
                   catalog_->commit_transaction(body(request));
                   return Json();
                 }));
  }

  std::unique_ptr<RestCatalog> catalog_;
  std::string token_;
  httplib::Server server_;
  std::thread thread_;
  uint16_t port_ = 0;
};

RestServer::RestServer(std::unique_ptr<RestCatalog> catalog, const RestServerOptions& options)
    : impl_(std::make_unique<Impl>(std::move(catalog), options)) {}

RestServer::~RestServer() = default;

uint16_t RestServer::port() const { return impl_->port(); }

}  // namespace grebe::lakehouse::iceberg
