// Lines of CSV and JSON files → fields; malformed records → errors.
#include "native/csv_line.h"
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/lenient_json.h"

namespace grebe::native {
namespace {

using duckdb::LogicalType;

/// Runs `split(text, setting)` → texts for each row; `setting` is a constant as a rule.
template <class Split>
void run_split(duckdb::DataChunk& input, duckdb::Vector& result, Split split) {
  const auto count = input.size();
  duckdb::UnifiedVectorFormat texts;
  duckdb::UnifiedVectorFormat settings;
  input.data[0].ToUnifiedFormat(count, texts);
  input.data[1].ToUnifiedFormat(count, settings);
  const auto* text_data = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(texts);
  const auto* setting_data = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(settings);
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  auto* entries = duckdb::ListVector::GetData(result);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    const auto text_index = texts.sel->get_index(row);
    if (!texts.validity.RowIsValid(text_index)) {
      duckdb::FlatVector::SetNull(result, row, true);
      continue;
    }
    const auto& setting = setting_data[settings.sel->get_index(row)];
    const auto& text = text_data[text_index];
    const std::vector<std::optional<std::string>> parts =
        split(std::string_view(text.GetData(), text.GetSize()),
              std::string_view(setting.GetData(), setting.GetSize()));
    const auto offset = duckdb::ListVector::GetListSize(result);
    duckdb::ListVector::Reserve(result, offset + parts.size());
    auto& child = duckdb::ListVector::GetEntry(result);
    auto* values = duckdb::FlatVector::GetData<duckdb::string_t>(child);
    for (duckdb::idx_t i = 0; i < parts.size(); ++i) {
      duckdb::FlatVector::SetNull(child, offset + i, !parts[i]);
      if (parts[i]) {
        values[offset + i] =
            duckdb::StringVector::AddStringOrBlob(child, parts[i]->data(), parts[i]->size());
      }
    }
    duckdb::ListVector::SetListSize(result, offset + parts.size());
    entries[row].offset = offset;
    entries[row].length = parts.size();
  }
}

template <class Split>
duckdb::ScalarFunction split_kernel(const char* name, Split split) {
  return duckdb::ScalarFunction(
      name, {LogicalType::VARCHAR, LogicalType::VARCHAR}, LogicalType::LIST(LogicalType::VARCHAR),
      [split](duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& result) {
        run_split(input, result, split);
      });
}

std::vector<std::optional<std::string>> csv_records(std::string_view text,
                                                    std::string_view dialect) {
  const auto records = split_csv_records(text, decode_dialect(dialect));
  return {records.begin(), records.end()};
}

/// A file that is one JSON value: an array's items, or the value itself; malformed text is one
/// null.
std::vector<std::optional<std::string>> json_records(std::string_view text,
                                                     std::string_view flags) {
  const auto value = parse_lenient_json(text, decode_leniency(flags));
  if (!value) return {std::nullopt};
  if (value->kind != JsonValue::Kind::kArray) return {to_strict_json(*value)};
  std::vector<std::optional<std::string>> out;
  for (const auto& item : value->items) out.emplace_back(to_strict_json(item));
  return out;
}

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

/// CHAR and VARCHAR of a table: spaces beyond the limit are cut, other characters refused
/// (Spark: CharVarcharCodegenUtils).
std::string fit_text(const KernelContext& context, std::string_view text, int32_t limit,
                     bool pads) {
  const auto most = static_cast<size_t>(limit);
  size_t characters = count_characters(text);
  while (characters > most && text.back() == ' ') {
    text.remove_suffix(1);
    --characters;
  }
  if (characters > most) {
    context.raise(core::runtime_error("EXCEED_LIMIT_LENGTH", {{"limit", std::to_string(limit)}}));
  }
  std::string out(text);
  if (pads) out.append(most - characters, ' ');
  return out;
}

}  // namespace

void add_record_kernels(KernelRegistry& registry) {
  registry.add(split_kernel("grebe_csv_split", [](std::string_view line, std::string_view dialect) {
    return split_csv_line(line, decode_dialect(dialect));
  }));
  registry.add(split_kernel("grebe_csv_records", csv_records));
  registry.add(split_kernel("grebe_json_records", json_records));
  registry.add(binary_kernel<std::string_view, std::string_view>(
      "grebe_json_record", LogicalType::VARCHAR, LogicalType::VARCHAR, LogicalType::VARCHAR,
      [](const KernelContext&, std::string_view text,
         std::string_view flags) -> std::optional<std::string> {
        const auto value = parse_lenient_json(text, decode_leniency(flags));
        if (!value) return std::nullopt;
        return to_strict_json(*value);
      }));
  registry.add(unary_kernel<std::string_view>(
      "grebe_raise_malformed_record", LogicalType::VARCHAR, LogicalType::BOOLEAN,
      [](const KernelContext& context, std::string_view record) -> bool {
        context.raise(core::make_error(
            core::ErrorClass::kSpark, "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
            {{"badRecord", std::string(record)}, {"failFastMode", "FAILFAST"}}));
      }));
  for (const bool pads : {false, true}) {
    registry.add(binary_kernel<std::string_view, int32_t>(
        pads ? "grebe_char_write" : "grebe_varchar_write", LogicalType::VARCHAR,
        LogicalType::INTEGER, LogicalType::VARCHAR,
        [pads](const KernelContext& context, std::string_view text, int32_t limit) -> std::string {
          return fit_text(context, text, limit, pads);
        }));
  }
}

}  // namespace grebe::native
