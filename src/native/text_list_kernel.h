// A function of a text, a text and a number → a DuckDB scalar function that gives a list of texts.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "native/kernel.h"

namespace grebe::native {

/// `f(context, text, pattern, number)` → std::vector<std::string>; the texts are written straight
/// into the list's vector. A null argument gives null.
template <class F>
duckdb::ScalarFunction text_list_kernel(std::string name, F f) {
  const auto text_type = duckdb::LogicalType::VARCHAR;
  duckdb::ScalarFunction function(
      std::move(name), {text_type, text_type, duckdb::LogicalType::INTEGER},
      duckdb::LogicalType::LIST(text_type),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        const bool is_constant = input.AllConstant();
        const duckdb::idx_t count = is_constant ? 1 : input.size();
        duckdb::UnifiedVectorFormat columns[3];
        for (size_t i = 0; i < 3; ++i) input.data[i].ToUnifiedFormat(count, columns[i]);
        const auto* texts = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(columns[0]);
        const auto* patterns = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(columns[1]);
        const auto* numbers = duckdb::UnifiedVectorFormat::GetData<int32_t>(columns[2]);
        result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
        auto* lists = duckdb::FlatVector::GetData<duckdb::list_entry_t>(result);
        duckdb::idx_t written = 0;
        for (duckdb::idx_t row = 0; row < count; ++row) {
          duckdb::idx_t at[3];
          bool has_null = false;
          for (size_t i = 0; i < 3; ++i) {
            at[i] = columns[i].sel->get_index(row);
            has_null = has_null || !columns[i].validity.RowIsValid(at[i]);
          }
          lists[row] = {written, 0};
          if (has_null) {
            duckdb::FlatVector::SetNull(result, row, true);
            continue;
          }
          const auto& text = texts[at[0]];
          const auto& pattern = patterns[at[1]];
          const std::vector<std::string> parts =
              f(context, std::string_view(text.GetData(), text.GetSize()),
                std::string_view(pattern.GetData(), pattern.GetSize()), numbers[at[2]]);
          lists[row].length = parts.size();
          duckdb::ListVector::Reserve(result, written + parts.size());
          auto& items = duckdb::ListVector::GetEntry(result);
          auto* slots = duckdb::FlatVector::GetData<duckdb::string_t>(items);
          for (const std::string& part : parts) {
            slots[written++] = duckdb::StringVector::AddString(items, part);
          }
        }
        duckdb::ListVector::SetListSize(result, written);
        if (is_constant) result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
      });
  function.SetFallible();
  return function;
}

}  // namespace grebe::native
