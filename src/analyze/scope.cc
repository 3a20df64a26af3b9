// A name as written + the columns in sight → the column, a struct field of it, or Spark's error.
#include "analyze/scope.h"

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "types/type_names.h"

namespace grebe::analyze {
namespace {

bool qualifier_ends_with(const std::vector<std::string>& qualifier,
                         const std::vector<std::string>& parts, size_t count, bool case_sensitive) {
  if (qualifier.size() < count) return false;
  for (size_t i = 0; i < count; ++i) {
    if (!same_identifier(qualifier[qualifier.size() - count + i], parts[i], case_sensitive)) {
      return false;
    }
  }
  return true;
}

/// The qualifier that the parser gives a subquery without a name; messages leave it out.
constexpr const char* kUnnamedSubquery = "__auto_generated_subquery_name";

/// Levenshtein distance by bytes.
size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t previous = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = previous;
    }
  }
  return row[b.size()];
}

}  // namespace

bool same_identifier(const std::string& left, const std::string& right, bool case_sensitive) {
  if (case_sensitive) return left == right;
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(left[i])) !=
        std::tolower(static_cast<unsigned char>(right[i]))) {
      return false;
    }
  }
  return true;
}

std::optional<Match> find_column(const std::vector<resolved::Attribute>& attributes,
                                 const std::vector<std::string>& name_parts, bool case_sensitive,
                                 const core::Origin& origin) {
  for (size_t qualifiers = std::min<size_t>(3, name_parts.size() - 1) + 1; qualifiers-- > 0;) {
    std::vector<const resolved::Attribute*> found;
    for (const auto& attribute : attributes) {
      if (!same_identifier(attribute.name, name_parts[qualifiers], case_sensitive)) continue;
      if (!qualifier_ends_with(attribute.qualifier, name_parts, qualifiers, case_sensitive)) {
        continue;
      }
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](const auto* other) { return other->id == attribute.id; });
      if (!known) found.push_back(&attribute);
    }
    if (found.empty()) continue;
    if (found.size() > 1) {
      std::string joined;
      // Spark lists one name for each candidate, duplicates included, sorted.
      std::vector<std::string> listed;
      for (const auto* attribute : found) {
        auto full = attribute->qualifier;
        if (full == std::vector<std::string>{kUnnamedSubquery}) full.clear();
        full.push_back(attribute->name);
        listed.push_back(core::quote_name(full));
      }
      std::sort(listed.begin(), listed.end());
      for (const auto& name : listed) joined += (joined.empty() ? "" : ", ") + name;
      throw core::analysis_error(
          "AMBIGUOUS_REFERENCE",
          {{"name", core::quote_name(name_parts)}, {"referenceNames", "[" + joined + "]"}}, origin);
    }
    // The column goes by its name as it is written here.
    Match match{*found.front(),
                {name_parts.begin() + static_cast<long>(qualifiers) + 1, name_parts.end()}};
    match.attribute.name = name_parts[qualifiers];
    return match;
  }
  return std::nullopt;
}

std::optional<Match> find_frame_column(const Scope& scope, int64_t plan_id,
                                       const std::vector<std::string>& name_parts,
                                       bool case_sensitive, const core::Origin& origin) {
  std::optional<Match> result;
  for (const auto& frame : scope.frames) {
    if (frame.plan_id != plan_id) continue;
    auto match = find_column(frame.output, name_parts, case_sensitive, origin);
    if (!match) continue;
    const bool present =
        std::any_of(scope.attributes.begin(), scope.attributes.end(),
                    [&](const auto& attribute) { return attribute.id == match->attribute.id; });
    const bool hidden =
        std::any_of(scope.hidden.begin(), scope.hidden.end(),
                    [&](const auto& attribute) { return attribute.id == match->attribute.id; });
    if (!present && !hidden) continue;
    if (result && result->attribute.id != match->attribute.id) {
      throw core::analysis_error("AMBIGUOUS_COLUMN_REFERENCE",
                                 {{"name", core::quote_name(name_parts)}}, origin);
    }
    // The scope's copy knows the nullability after joins.
    const auto& pool = present ? scope.attributes : scope.hidden;
    for (const auto& attribute : pool) {
      if (attribute.id == match->attribute.id) match->attribute.nullable = attribute.nullable;
    }
    result = std::move(match);
  }
  return result;
}

core::SparkError unresolved_column(const std::vector<std::string>& name_parts,
                                   const std::vector<resolved::Attribute>& candidates,
                                   const core::Origin& origin) {
  const std::string wanted = core::quote_name(name_parts);
  if (candidates.empty()) {
    return core::analysis_error("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", wanted}},
                                origin);
  }
  // As StringUtils.orderSuggestedIdentifiersBySimilarity: by name, then by likeness to the name as
  // written; qualifiers that all share are left out.
  std::vector<std::vector<std::string>> names;
  for (const auto& candidate : candidates) {
    names.push_back(candidate.qualifier);
    names.back().push_back(candidate.name);
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.back() < b.back(); });
  const auto all_share_prefix = [&](size_t kept) {
    const auto prefix = [&](const std::vector<std::string>& name) {
      const size_t length = name.size() > kept ? name.size() - kept : 0;
      return std::vector<std::string>(name.begin(), name.begin() + static_cast<long>(length));
    };
    return std::all_of(names.begin(), names.end(),
                       [&](const auto& name) { return prefix(name) == prefix(names.front()); });
  };
  const size_t kept = name_parts.size() == 1 && all_share_prefix(1)   ? 1
                      : name_parts.size() <= 2 && all_share_prefix(2) ? 2
                                                                      : SIZE_MAX;
  std::string plain;
  for (const auto& part : name_parts) {
    plain += (plain.empty() ? "" : ".") + types::quote_if_needed(part);
  }
  std::vector<std::pair<size_t, std::string>> ranked;
  for (auto& name : names) {
    if (name.size() > kept) name.erase(name.begin(), name.end() - static_cast<long>(kept));
    const std::string quoted = core::quote_name(name);
    ranked.emplace_back(edit_distance(quoted, plain), quoted);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string proposal;
  for (size_t i = 0; i < ranked.size() && i < 5; ++i) {
    proposal += (i == 0 ? "" : ", ") + ranked[i].second;
  }
  return core::analysis_error("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                              {{"objectName", wanted}, {"proposal", proposal}}, origin);
}

resolved::ExpressionPtr reference(const resolved::Attribute& attribute,
                                  const core::Origin& origin) {
  return resolved::make_expression(
      resolved::AttributeRef{attribute.id, attribute.name, attribute.qualifier}, attribute.type,
      attribute.nullable, origin);
}

resolved::ExpressionPtr as_outer(const resolved::Expression& column) {
  const auto& ref = std::get<resolved::AttributeRef>(column.node);
  return resolved::make_expression(resolved::OuterRef{ref.id, ref.name, ref.qualifier}, column.type,
                                   column.nullable, column.origin);
}

resolved::NamedExpression pass_through(const resolved::Attribute& attribute) {
  return {reference(attribute), attribute};
}

}  // namespace grebe::analyze
