// `grebe sql`: a statement, a file, stdin or a prompt → rows, on the engine in this process.
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>

#include "cli/line_editor.h"
#include "cli/local_engine.h"
#include "cli/sql_output.h"
#include "cli/sql_text.h"
#include "cli/subcommand.h"
#include "pipeline/pipeline.h"

namespace grebe::cli {

namespace {

constexpr const char* kExamples = R"(
Examples:
  grebe sql "SELECT * FROM parquet.`/data/trips/*.parquet` LIMIT 5"
  grebe sql --file report.sql --output csv > report.csv
  echo "SHOW TABLES" | grebe sql --output json
  grebe sql                                     a prompt with history; statements end with ;)";

constexpr const char* kPromptHelp =
    "Statements end with a semicolon and may take several lines. exit or Ctrl-D leaves, Ctrl-C "
    "stops\n"
    "what runs. Arrow keys and Ctrl-R go through the history.\n";

struct SqlOptions {
  EngineFlags engine;
  std::string statement;
  std::string file;
  RowOutputOptions output;
  std::vector<std::string> configuration;
};

/// Runs statements one after the other; an interrupt stops the one that runs.
class SqlRunner {
 public:
  explicit SqlRunner(const SqlOptions& options)
      : output_(options.output), session_("grebe", "grebe-sql", open_local_engine(options.engine)) {
    for (const std::string& setting : options.configuration) {
      const size_t equals = setting.find('=');
      if (equals == std::string::npos) {
        throw std::invalid_argument("--conf takes KEY=VALUE, not '" + setting + "'");
      }
      session_.config().set(setting.substr(0, equals), setting.substr(equals + 1));
    }
  }

  /// Throws SparkError. Returns the number of rows written.
  int64_t run(const std::string& text) {
    auto cancellation = std::make_shared<pipeline::Cancellation>();
    set_running(cancellation);
    const std::shared_ptr<void> done(nullptr, [this](void*) { set_running(nullptr); });
    const plan::Statement statement = pipeline::parse(session_, {.text = text});
    pipeline::Execution execution = pipeline::run(session_, statement, *cancellation);
    RowOutputOptions output = output_;
    output.time_zone = session_.config().time_zone();
    const int64_t rows = write_rows(*execution.rows, output, std::cout);
    std::cout.flush();
    return rows;
  }

  /// Stops what runs, from another thread. False when nothing runs.
  bool interrupt() {
    const std::lock_guard lock(mutex_);
    if (running_ == nullptr) return false;
    running_->cancel();
    return true;
  }

 private:
  void set_running(std::shared_ptr<pipeline::Cancellation> cancellation) {
    const std::lock_guard lock(mutex_);
    running_ = std::move(cancellation);
  }

  RowOutputOptions output_;
  session::Session session_;
  std::mutex mutex_;
  std::shared_ptr<pipeline::Cancellation> running_;
};

/// Runs all statements of a text until one fails.
int run_text(SqlRunner& runner, const std::string& text) {
  SplitText split = split_statements(text);
  if (!is_blank_sql(split.rest)) split.statements.push_back(split.rest);
  for (const std::string& statement : split.statements) {
    try {
      runner.run(statement);
    } catch (const std::exception& error) {
      std::cout.flush();
      std::cerr << error.what() << '\n';
      return 1;
    }
  }
  return 0;
}

void run_from_prompt(SqlRunner& runner, LineEditor& editor, const std::string& statement) {
  editor.remember(statement + ";");
  const auto started = std::chrono::steady_clock::now();
  try {
    const int64_t rows = runner.run(statement);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    std::cout << fmt::format("{} {} in {:.3f} s\n", rows, rows == 1 ? "row" : "rows",
                             seconds.count());
  } catch (const std::exception& error) {
    std::cout << error.what() << '\n';
  }
}

/// Reads statements until the end of input; an error does not end the prompt.
int run_prompt(SqlRunner& runner) {
  LineEditor editor("grebe", default_history_file());
  std::cout << "help; tells how this works.\n";
  std::string pending;
  while (true) {
    const bool continues = !is_blank_sql(pending);
    const auto line = editor.read_line(continues ? "     > " : "grebe> ");
    if (!line) break;
    if (!continues && (*line == "exit" || *line == "quit")) break;
    pending += *line + "\n";
    SplitText split = split_statements(pending);
    pending = split.rest;
    for (const std::string& statement : split.statements) {
      if (statement == "exit" || statement == "quit") return 0;
      if (statement == "help") {
        std::cout << kPromptHelp;
      } else {
        run_from_prompt(runner, editor, statement);
      }
    }
  }
  std::cout << '\n';
  return 0;
}

/// Takes Ctrl-C in a thread of its own, as nothing that stops a query may run in a handler. All
/// threads have the signal blocked.
class InterruptWatcher {
 public:
  explicit InterruptWatcher(SqlRunner& runner) : thread_([this, &runner] { watch(runner); }) {}
  InterruptWatcher(const InterruptWatcher&) = delete;
  InterruptWatcher& operator=(const InterruptWatcher&) = delete;
  ~InterruptWatcher() {
    is_done_ = true;
    pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
  }

 private:
  void watch(SqlRunner& runner) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    for (int signal = 0; sigwait(&signals, &signal) == 0 && !is_done_;) {
      // Without a prompt there is nothing to go back to.
      if (!runner.interrupt() && isatty(STDIN_FILENO) == 0) _exit(130);
    }
  }

  std::atomic<bool> is_done_{false};
  std::thread thread_;
};

std::string read_all(std::istream& input) {
  return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

int run_sql(const SqlOptions& options) {
  SqlRunner runner(options);
  const InterruptWatcher watcher(runner);
  if (!options.statement.empty()) return run_text(runner, options.statement);
  if (!options.file.empty()) {
    std::ifstream file(options.file);
    if (!file) throw std::invalid_argument("cannot read '" + options.file + "'");
    return run_text(runner, read_all(file));
  }
  if (isatty(STDIN_FILENO) == 0) return run_text(runner, read_all(std::cin));
  return run_prompt(runner);
}

/// Deeply nested plans need a deep stack, which the first thread of a process has not.
int run_on_deep_stack(const SqlOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  give_threads_deep_stacks();
  int code = 1;
  std::exception_ptr failure;
  std::thread([&] {
    try {
      code = run_sql(options);
    } catch (...) {
      failure = std::current_exception();
    }
  }).join();
  if (failure) std::rethrow_exception(failure);
  return code;
}

}  // namespace

Subcommand add_sql(CLI::App& app) {
  auto options = std::make_shared<SqlOptions>();
  CLI::App* command = app.add_subcommand("sql", "Run SQL on the engine in this process");
  command->add_option("statement", options->statement,
                      "Statements; without them --file, stdin or a prompt");
  command->add_option("-f,--file", options->file, "Read statements from a file")->type_name("FILE");
  const std::map<std::string, RowFormat> formats = {
      {"table", RowFormat::kTable}, {"json", RowFormat::kJsonLines}, {"csv", RowFormat::kCsv}};
  command
      ->add_option("-o,--output", options->output.format,
                   "Form of the rows: table, json (one object a line) or csv")
      ->transform(CLI::CheckedTransformer(formats))
      ->default_str("table");
  command->add_option("--rows", options->output.table_rows, "Most rows of a table that are shown")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--conf", options->configuration, "Session configuration, KEY=VALUE; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  add_engine_flags(*command, options->engine);
  command->footer(kExamples);
  return {command, [options] { return run_on_deep_stack(*options); }};
}

}  // namespace grebe::cli
