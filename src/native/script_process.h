// A shell script and its input → its output, as SELECT TRANSFORM runs it.
#pragma once

#include <functional>
#include <string>

namespace grebe::native {

/// What became of a script.
struct ScriptOutcome {
  std::string output;
  /// The end of what it wrote to its standard error (Spark keeps 2,048 bytes).
  std::string errors;
  /// As the shell counts: 128 + n for a script that signal n ended.
  int exit_code = 0;
  bool is_cancelled = false;
};

/// Runs `script` by /bin/bash -c in a process group of its own, writes `input` to it and reads all
/// that it answers. `is_cancelled` is asked every tenth of a second; then the whole group is
/// killed. Throws std::system_error when no process can be made.
ScriptOutcome run_script(const std::string& script, const std::string& input,
                         const std::function<bool()>& is_cancelled);

}  // namespace grebe::native
