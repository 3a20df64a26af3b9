// fillna, dropna and replace of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::Relation::Node Conversion::na_fill(const sc::NAFill& message) {
  if (message.values_size() == 0) throw invalid_plan("values must contains at least 1 item!");
  if (message.values_size() > 1 && message.values_size() != message.cols_size()) {
    throw invalid_plan(
        "When values contains more than 1 items, values and cols should have the same length!");
  }
  plan::NaFill out{
      .input = relation(message.input()), .columns = strings_of(message.cols()), .values = {}};
  for (const auto& value : message.values()) out.values.push_back(literal(value));
  return out;
}

plan::Relation::Node Conversion::na_drop(const sc::NADrop& message) {
  return plan::NaDrop{.input = relation(message.input()),
                      .columns = strings_of(message.cols()),
                      .min_non_nulls = message.has_min_non_nulls()
                                           ? std::optional<int32_t>(message.min_non_nulls())
                                           : std::nullopt};
}

plan::Relation::Node Conversion::na_replace(const sc::NAReplace& message) {
  plan::NaReplace out{.input = relation(message.input()),
                      .columns = strings_of(message.cols()),
                      .replacements = {}};
  for (const auto& replacement : message.replacements()) {
    out.replacements.emplace_back(literal(replacement.old_value()),
                                  literal(replacement.new_value()));
  }
  return out;
}

}  // namespace grebe::parse::proto
