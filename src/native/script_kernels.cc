// Lines of text through a script → the lines that it answers: grebe_run_script(script, lines).
#include "native/script_kernels.h"

#include <system_error>

#include "duckdb/common/exception.hpp"
#include "native/kernel.h"
#include "native/script_process.h"

namespace grebe::native {
namespace {

using duckdb::LogicalType;

/// The lines of a text as BufferedReader.readLine finds them: "\n", "\r" or both end one.
void append_lines(const std::string& text, duckdb::Vector& list) {
  size_t start = 0;
  while (start < text.size()) {
    const size_t end = std::min(text.find_first_of("\r\n", start), text.size());
    duckdb::ListVector::PushBack(list, duckdb::Value(text.substr(start, end - start)));
    start = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
}

std::string transformed(const KernelContext& context, duckdb::ClientContext& client,
                        const std::string& script, const std::string& input) {
  ScriptOutcome outcome;
  try {
    outcome = run_script(script, input, [&client] { return client.IsInterrupted(); });
  } catch (const std::system_error& error) {
    context.raise(
        core::plain_error(core::ErrorClass::kSpark,
                          std::string("Cannot run program \"/bin/bash\": ") + error.what()));
  }
  if (outcome.is_cancelled) throw duckdb::InterruptException();
  if (outcome.exit_code != 0) {
    context.raise(core::make_error(
        core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2264",
        {{"exitCode", std::to_string(outcome.exit_code)}, {"stderrBuffer", outcome.errors}}));
  }
  return std::move(outcome.output);
}

void run_scripts(duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
  const KernelContext context(state);
  auto& client = state.GetContext();
  input.Flatten();
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  auto* places = duckdb::FlatVector::GetData<duckdb::list_entry_t>(result);
  const auto* lists = duckdb::FlatVector::GetData<duckdb::list_entry_t>(input.data[1]);
  auto& texts = duckdb::ListVector::GetEntry(input.data[1]);
  texts.Flatten(duckdb::ListVector::GetListSize(input.data[1]));
  const auto* lines = duckdb::FlatVector::GetData<duckdb::string_t>(texts);
  for (duckdb::idx_t row = 0; row < input.size(); ++row) {
    places[row].offset = duckdb::ListVector::GetListSize(result);
    const bool has_rows = duckdb::FlatVector::Validity(input.data[1]).RowIsValid(row);
    // Without rows there is no process.
    if (has_rows && lists[row].length > 0) {
      std::string text;
      for (duckdb::idx_t i = 0; i < lists[row].length; ++i) {
        const auto& line = lines[lists[row].offset + i];
        text.append(line.GetData(), line.GetSize());
        text += '\n';
      }
      append_lines(
          transformed(context, client, input.data[0].GetValue(row).GetValue<std::string>(), text),
          result);
    }
    places[row].length = duckdb::ListVector::GetListSize(result) - places[row].offset;
  }
}

}  // namespace

void add_script_kernels(KernelRegistry& registry) {
  duckdb::ScalarFunction function("grebe_run_script",
                                  {LogicalType::VARCHAR, LogicalType::LIST(LogicalType::VARCHAR)},
                                  LogicalType::LIST(LogicalType::VARCHAR), &run_scripts);
  function.SetFallible();
  function.SetVolatile();
  function.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  registry.add(std::move(function));
}

}  // namespace grebe::native
