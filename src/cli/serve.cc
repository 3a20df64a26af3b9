// `grebe serve`: options → a Spark Connect server that runs until SIGTERM or SIGINT.
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <optional>

#include "cli/local_engine.h"
#include "cli/subcommand.h"
#include "generated/build_info.h"
#include "lakehouse/iceberg/rest_server.h"
#include "server/server.h"

namespace grebe::cli {

namespace {

constexpr const char* kCatalogToken = "GREBE_ICEBERG_CATALOG_TOKEN";
constexpr const char* kExamples = R"(
Examples:
  grebe serve                                   listen on 127.0.0.1:15002, warehouse ./spark-warehouse
  grebe serve --port 0 --warehouse /data/lake   any free port; the line that says "ready" names it
  grebe serve --iceberg-catalog-port 8181        other engines use its Iceberg tables by name
  grebe serve --memory-limit 8GB --threads 4 --spill-directory /fast/spill

  >>> from pyspark.sql import SparkSession
  >>> spark = SparkSession.builder.remote("sc://127.0.0.1:15002").getOrCreate())";

struct ServeOptions {
  EngineFlags engine;
  std::string host = "127.0.0.1";
  uint16_t port = 15002;
  int64_t idle_timeout_seconds = 3600;
  int64_t reattach_timeout_seconds = 300;
  int64_t drain_seconds = 10;
  std::optional<uint16_t> iceberg_catalog_port;
};

/// The warehouse's Iceberg tables for other engines, null unless it was asked for.
std::unique_ptr<lakehouse::iceberg::RestServer> serve_iceberg_catalog(
    const ServeOptions& options, const std::shared_ptr<session::SharedState>& shared) {
  if (!options.iceberg_catalog_port) return nullptr;
  using lakehouse::iceberg::RestCatalog;
  const char* token = std::getenv(kCatalogToken);
  return std::make_unique<lakehouse::iceberg::RestServer>(
      std::make_unique<RestCatalog>(std::shared_ptr<catalog::Catalog>(shared, &shared->catalog()),
                                    lakehouse::local_store()),
      lakehouse::iceberg::RestServerOptions{.host = options.host,
                                            .port = *options.iceberg_catalog_port,
                                            .token = token == nullptr ? "" : token});
}

/// Blocks the signals that end the server, in this thread and all later ones.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int serve(const ServeOptions& options) {
  const sigset_t signals = block_end_signals();
  // A write beyond the limit of file sizes is that statement's error, not the server's end.
  signal(SIGXFSZ, SIG_IGN);
  give_threads_deep_stacks();
  const auto shared = open_local_engine(options.engine);
  server::Server server(
      shared,
      {.host = options.host,
       .port = options.port,
       .service = {.sessions = {.idle_timeout = std::chrono::seconds(options.idle_timeout_seconds)},
                   .operations = {.reattach_timeout =
                                      std::chrono::seconds(options.reattach_timeout_seconds)}}});
  const auto iceberg_catalog = serve_iceberg_catalog(options, shared);
  std::cout << fmt::format("grebe {} (Spark {}) ready at sc://{}:{}  warehouse {}",
                           build_info::kVersion, build_info::kSparkVersion, options.host,
                           server.port(), shared->warehouse_directory())
            << (iceberg_catalog ? fmt::format("  iceberg catalog http://{}:{}", options.host,
                                              iceberg_catalog->port())
                                : std::string())
            << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  std::cerr << fmt::format("grebe: {}, finishing what runs (at most {} s)\n",
                           signal == SIGTERM ? "SIGTERM" : "interrupted", options.drain_seconds);
  server.drain(std::chrono::seconds(options.drain_seconds));
  return 0;
}

}  // namespace

Subcommand add_serve(CLI::App& app) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* serve_app = app.add_subcommand("serve", "Serve Spark Connect until SIGTERM");
  serve_app->add_option("--host", options->host, "Address to listen on")->capture_default_str();
  serve_app->add_option("--port", options->port, "Port to listen on; 0 takes a free one")
      ->capture_default_str();
  add_engine_flags(*serve_app, options->engine);
  serve_app
      ->add_option("--idle-timeout", options->idle_timeout_seconds,
                   "Seconds after which an unused session ends")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  serve_app
      ->add_option("--reattach-timeout", options->reattach_timeout_seconds,
                   "Seconds for which a reattachable operation waits for a lost client")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  serve_app
      ->add_option("--drain-timeout", options->drain_seconds,
                   "Seconds that running operations get after SIGTERM")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  serve_app->add_option("--iceberg-catalog-port", options->iceberg_catalog_port,
                        fmt::format("Also serve the warehouse's Iceberg tables as an Iceberg REST "
                                    "catalog on this port; 0 takes a free one. Clients must send "
                                    "${} as bearer token where it is set",
                                    kCatalogToken));
  serve_app->footer(kExamples);
  return {.app = serve_app, .run = [options] { return serve(*options); }};
}

}  // namespace grebe::cli
