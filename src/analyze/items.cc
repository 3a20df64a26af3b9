// A SELECT list → named, typed items: stars expanded, names generated, aliases in sight to the
// right.
#include <algorithm>

#include "analyze/analyzer.h"
#include "analyze/file_metadata.h"
#include "plan/print.h"

namespace grebe::analyze {
namespace {

using resolved::Attribute;
using resolved::NamedExpression;

/// Columns that a star stands for; `target` is a table's qualifier or a struct column.
std::vector<NamedExpression> expand_star(Analyzer& analyzer, const plan::UnresolvedStar& star,
                                         const ExpressionScope& scope, const core::Origin& origin) {
  const bool sensitive = analyzer.case_sensitive();
  static const Scope kEmpty;
  const Scope& sight = scope.input ? *scope.input : kEmpty;
  const auto excluded = [&](const Attribute& attribute) {
    return std::any_of(star.except.begin(), star.except.end(), [&](const auto& name) {
      return find_column({attribute}, name, sensitive, origin).has_value();
    });
  };
  std::vector<NamedExpression> out;
  if (star.plan_id) {
    for (const auto& frame : sight.frames) {
      if (frame.plan_id != *star.plan_id) continue;
      for (const auto& attribute : frame.output) {
        const bool present = std::any_of(sight.attributes.begin(), sight.attributes.end(),
                                         [&](const auto& a) { return a.id == attribute.id; });
        if (present) out.push_back(pass_through(attribute));
      }
      return out;
    }
  }
  if (star.target.empty()) {
    for (const auto& attribute : sight.attributes) {
      if (!excluded(attribute)) out.push_back(pass_through(attribute));
    }
    return out;
  }
  const auto matches_qualifier = [&](const Attribute& attribute) {
    const auto& qualifier = attribute.qualifier;
    if (qualifier.size() < star.target.size()) return false;
    const size_t skip = qualifier.size() - star.target.size();
    for (size_t i = 0; i < star.target.size(); ++i) {
      if (!same_identifier(qualifier[skip + i], star.target[i], sensitive)) return false;
    }
    return true;
  };
  // Spark puts the columns that only a qualified name reaches first.
  for (const auto* pool : {&sight.hidden, &sight.attributes}) {
    for (const auto& attribute : *pool) {
      if (pool == &sight.hidden && attribute.name == kFileMetadata) continue;
      if (matches_qualifier(attribute) && !excluded(attribute)) {
        out.push_back(pass_through(attribute));
      }
    }
  }
  if (!out.empty()) return out;
  auto match = find_column(sight.attributes, star.target, sensitive, origin);
  if (!match && mentions_file_metadata(star.target)) {
    analyzer.want_file_metadata();
    match = find_column(sight.hidden, star.target, sensitive, origin);
  }
  if (match) {
    auto base = analyzer.expression(
        plan::make_expression(plan::UnresolvedAttribute{.name_parts = star.target}, origin), scope);
    if (base->type.is(types::TypeKind::kStruct)) {
      int32_t ordinal = 0;
      for (const auto& field : base->type.fields()) {
        auto value =
            resolved::make_expression(resolved::GetField{base, ordinal++, field.name}, field.type,
                                      base->nullable || field.nullable, origin);
        out.push_back(analyzer.name_expression(std::move(value), field.name));
      }
      return out;
    }
    std::string target;
    for (const auto& part : star.target) target += (target.empty() ? "" : ", ") + part;
    throw core::make_error(core::ErrorClass::kAnalysis, "_LEGACY_ERROR_TEMP_1050",
                           {{"attributes", "ArrayBuffer(" + target + ")"}}, origin);
  }
  std::string columns;
  for (const auto& attribute : sight.attributes) {
    columns += (columns.empty() ? "" : ", ") + core::quote_identifier(attribute.name);
  }
  throw core::analysis_error(
      "CANNOT_RESOLVE_STAR_EXPAND",
      {{"targetString", core::quote_name(star.target)}, {"columns", columns}}, origin);
}

std::vector<NamedExpression> expand_regex(Analyzer& analyzer, const plan::UnresolvedRegex& pattern,
                                          const ExpressionScope& scope) {
  std::vector<NamedExpression> out;
  if (!scope.input) return out;
  // The whole name must match, by Java's rules, which the function knows.
  const auto pattern_text = Analyzer::string_literal(
      (analyzer.case_sensitive() ? "^(?:" : "(?i)^(?:") + pattern.pattern + ")$");
  for (const auto& attribute : scope.input->attributes) {
    const auto matches = analyzer.evaluator().evaluate(
        analyzer.call("rlike", {Analyzer::string_literal(attribute.name), pattern_text}));
    const auto* flag = std::get_if<bool>(&matches.data);
    if (flag && *flag) out.push_back(pass_through(attribute));
  }
  return out;
}

}  // namespace

resolved::ExpressionPtr Analyzer::select_expression(const plan::ExpressionPtr& written,
                                                    const ExpressionScope& scope) {
  try {
    return expression(written, scope);
  } catch (const core::SparkError& error) {
    // The error names the whole expression of the list, not the generator inside it.
    if (error.condition() != "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS") throw;
    throw core::analysis_error("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                               {{"expression", core::quote_sql(plan::print_expression(*written))}});
  }
}

std::vector<NamedExpression> Analyzer::items(
    const std::vector<plan::ExpressionPtr>& expressions, ExpressionScope scope,
    std::map<size_t, std::vector<std::string>>* generator_names) {
  std::vector<NamedExpression> out;
  if (options_.lateral_aliases) scope.lateral_aliases = &out;
  for (const auto& written : expressions) {
    if (const auto* star = std::get_if<plan::UnresolvedStar>(&written->node)) {
      for (auto& item : expand_star(*this, *star, scope, written->origin)) {
        out.push_back(std::move(item));
      }
      continue;
    }
    if (const auto* pattern = std::get_if<plan::UnresolvedRegex>(&written->node)) {
      for (auto& item : expand_regex(*this, *pattern, scope)) out.push_back(std::move(item));
      continue;
    }
    const auto* alias = std::get_if<plan::Alias>(&written->node);
    std::vector<std::string> lateral_uses;
    scope.lateral_uses = &lateral_uses;
    auto bound = select_expression(alias ? alias->child : written, scope);
    scope.lateral_uses = nullptr;
    if (alias) {
      if (generator_names) (*generator_names)[out.size()] = alias->names;
      auto item = name_expression(std::move(bound), alias->names.front());
      item.attribute.metadata_json = alias->metadata_json;
      out.push_back(std::move(item));
      continue;
    }
    if (const auto* ref = std::get_if<resolved::AttributeRef>(&bound->node)) {
      Attribute attribute;
      attribute.id = ref->id;
      attribute.name = ref->name;
      attribute.type = bound->type;
      attribute.nullable = bound->nullable;
      attribute.qualifier = ref->qualifier;
      const Scope* sights[] = {scope.input, scope.fallback};
      for (const Scope* sight : sights) {
        if (!sight) continue;
        for (const auto& known : sight->attributes) {
          if (known.id == ref->id) attribute.metadata_json = known.metadata_json;
        }
      }
      out.push_back({std::move(bound), std::move(attribute)});
      continue;
    }
    // `a.b` names its column after the last part; everything else gets Spark's generated name.
    const auto* attribute = std::get_if<plan::UnresolvedAttribute>(&written->node);
    const bool is_function = std::holds_alternative<resolved::Call>(bound->node);
    const bool is_named = attribute && (!is_function || attribute->name_parts.size() > 1);
    std::string name = is_named ? attribute->name_parts.back() : generated_name(*bound);
    if (!attribute && !lateral_uses.empty()) {
      // Spark names the column before it looks up what is to the left.
      ExpressionScope shown = scope;
      shown.shows_lateral_aliases = true;
      name = generated_name(*select_expression(written, shown));
    }
    out.push_back(name_expression(std::move(bound), std::move(name)));
  }
  return out;
}

}  // namespace grebe::analyze
