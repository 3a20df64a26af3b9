// A terminal → lines, with editing, history and completion of the history's file.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace grebe::cli {

/// Editing as in the user's .editrc; history is kept in a file between runs.
class LineEditor {
 public:
  /// `history_file` may be empty: then nothing is kept.
  LineEditor(const std::string& name, std::string history_file);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// The next line without its end, or nothing at the end of input.
  std::optional<std::string> read_line(const std::string& prompt);
  /// Keeps a statement, on one line, and appends it to the file.
  void remember(const std::string& statement);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
  std::string history_file_;
};

/// `grebe/sql_history` below XDG_STATE_HOME, else below ~/.local/state; empty without a home.
/// Makes its directory.
std::string default_history_file();

}  // namespace grebe::cli
