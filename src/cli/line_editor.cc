// libedit's calls, and nothing else of it.
#include "cli/line_editor.h"

#include <histedit.h>
#include <locale.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace grebe::cli {

namespace {

constexpr int kHistorySize = 2000;

/// libedit asks for the prompt by a function; the text is read from the editor's client data.
char* current_prompt(EditLine* editor) {
  void* text = nullptr;
  el_get(editor, EL_CLIENTDATA, &text);
  return static_cast<char*>(text);
}

}  // namespace

struct LineEditor::Handles {
  EditLine* editor = nullptr;
  History* history = nullptr;
  std::string prompt;
};

LineEditor::LineEditor(const std::string& name, std::string history_file)
    : handles_(std::make_unique<Handles>()), history_file_(std::move(history_file)) {
  setlocale(LC_CTYPE, "");
  handles_->history = history_init();
  HistEvent event;
  history(handles_->history, &event, H_SETSIZE, kHistorySize);
  history(handles_->history, &event, H_SETUNIQUE, 1);
  if (!history_file_.empty()) {
    history(handles_->history, &event, H_LOAD, history_file_.c_str());
  }
  handles_->editor = el_init(name.c_str(), stdin, stdout, stderr);
  el_set(handles_->editor, EL_PROMPT, &current_prompt);
  el_set(handles_->editor, EL_EDITOR, "emacs");
  el_set(handles_->editor, EL_HIST, history, handles_->history);
  el_set(handles_->editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_source(handles_->editor, nullptr);
}

LineEditor::~LineEditor() {
  el_end(handles_->editor);
  history_end(handles_->history);
}

std::optional<std::string> LineEditor::read_line(const std::string& prompt) {
  handles_->prompt = prompt;
  el_set(handles_->editor, EL_CLIENTDATA, handles_->prompt.data());
  int length = 0;
  const char* line = el_gets(handles_->editor, &length);
  if (line == nullptr || length <= 0) return std::nullopt;
  std::string text(line, static_cast<size_t>(length));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

void LineEditor::remember(const std::string& statement) {
  std::string line = statement;
  std::replace(line.begin(), line.end(), '\n', ' ');
  HistEvent event;
  history(handles_->history, &event, H_ENTER, line.c_str());
  if (!history_file_.empty()) {
    history(handles_->history, &event, H_SAVE, history_file_.c_str());
  }
}

std::string default_history_file() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path directory;
  if (state != nullptr && *state != '\0') {
    directory = state;
  } else if (home != nullptr && *home != '\0') {
    directory = std::filesystem::path(home) / ".local/state";
  } else {
    return "";
  }
  directory /= "grebe";
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  return failed ? "" : (directory / "sql_history").string();
}

}  // namespace grebe::cli
