// A resolved expression → Spark's generated column name and its SQL text in messages.
#include <fmt/format.h>

#include "resolved/call_text.h"
#include "resolved/determinism.h"
#include "resolved/expression.h"
#include "resolved/outer_references.h"
#include "types/type_names.h"
#include "types/value_sql.h"

namespace grebe::resolved {

namespace {

/// kMessage is kPretty without the aliases inside struct(), which Spark has trimmed by then.
enum class Style : unsigned char { kPretty, kMessage, kSql };

/// Builds either text; one visit per node kind.
class Writer {
 public:
  explicit Writer(Style style) : style_(style) {}

  std::string text(const Expression& e) const {
    return std::visit([&](const auto& node) { return write(node, e); }, e.node);
  }

 private:
  std::vector<std::string> texts(const std::vector<ExpressionPtr>& expressions) const {
    std::vector<std::string> all;
    for (const ExpressionPtr& each : expressions) all.push_back(text(*each));
    return all;
  }

  std::string name_text(const std::string& name, const std::vector<std::string>& qualifier) const {
    if (style_ != Style::kSql) return name;
    std::string full;
    for (const std::string& part : qualifier) full += types::quote_if_needed(part) + ".";
    return full + types::quote_if_needed(name);
  }

  std::string write(const Literal& node, const Expression& e) const {
    // Both sides are views: a common type of std::string would be a temporary.
    const std::string_view zone =
        node.time_zone.empty() ? std::string_view("UTC") : std::string_view(node.time_zone);
    return style_ != Style::kSql ? types::literal_pretty_sql(node.value, e.type, zone)
                                 : types::literal_sql(node.value, e.type, zone);
  }
  std::string write(const AttributeRef& node, const Expression&) const {
    return name_text(node.name, node.qualifier);
  }
  std::string write(const OuterRef& node, const Expression&) const {
    // Spark makes the names of its own columns pretty, those of others not.
    std::string full;
    for (const std::string& part : node.qualifier) full += types::quote_if_needed(part) + ".";
    return "outer(" + full + types::quote_if_needed(node.name) + ")";
  }
  std::string write(const Call& node, const Expression& e) const {
    if (node.function == "struct") return struct_text(node);
    // JsonToStructs names maps by the column of its schema.
    if (node.function == "from_json" && e.type.is(types::TypeKind::kMap)) return "entries";
    const bool skips_nulls = node.function == "nth_value" && node.overload == 1;
    return call_text(node.function, texts(node.arguments)) + (skips_nulls ? " ignore nulls" : "");
  }
  /// The name that struct() gives a field by itself; other names were written as aliases.
  static std::string own_name(const Expression& value, size_t position) {
    if (const auto* column = std::get_if<AttributeRef>(&value.node)) return column->name;
    if (const auto* column = std::get_if<OuterRef>(&value.node)) return column->name;
    if (const auto* variable = std::get_if<LambdaVariable>(&value.node)) return variable->name;
    if (const auto* field = std::get_if<GetField>(&value.node)) return field->name;
    if (auto key = map_key(value)) return *key;
    return "col" + std::to_string(position);
  }
  std::string struct_text(const Call& node) const {
    std::string joined;
    for (size_t i = 1; i < node.arguments.size(); i += 2) {
      joined += (joined.empty() ? "" : ", ") + text(*node.arguments[i]);
      const auto* name = std::get_if<Literal>(&node.arguments[i - 1]->node);
      const auto* written = name ? std::get_if<std::string>(&name->value.data) : nullptr;
      const std::string own = own_name(*node.arguments[i], i / 2 + 1);
      const bool is_own = written == nullptr || *written == own;
      if (!is_own && style_ != Style::kMessage) joined += " AS " + types::quote_if_needed(*written);
    }
    return "struct(" + joined + ")";
  }
  std::string write(const Cast& node, const Expression& e) const {
    if (node.is_implicit && style_ != Style::kSql) return text(*node.child);
    if (node.is_implicit && std::holds_alternative<Literal>(node.child->node)) {
      return text(*node.child);
    }
    // Spark writes casts to nested types, which only its analyzer used to make, as their child.
    if (e.type.is_nested()) return text(*node.child);
    return fmt::format("{}({} AS {})", node.mode == CastMode::kTry ? "TRY_CAST" : "CAST",
                       text(*node.child), e.type.sql());
  }
  std::string write(const GetField& node, const Expression&) const {
    return text(*node.child) + "." +
           (style_ != Style::kSql ? node.name : types::quote_if_needed(node.name));
  }
  std::string write(const GetArrayStructFields& node, const Expression&) const {
    return text(*node.child) + "." +
           (style_ != Style::kSql ? node.name : types::quote_if_needed(node.name));
  }
  std::string write(const AggregateCall& node, const Expression&) const {
    std::vector<std::string> arguments = texts(node.arguments);
    std::string result;
    if (node.is_distinct) {
      std::string joined;
      for (const std::string& each : arguments) joined += (joined.empty() ? "" : ", ") + each;
      result = fmt::format("{}(DISTINCT {})", printed_name(node.function), joined);
    } else {
      result = call_text(node.function, arguments);
    }
    if (!node.within_group.empty()) {
      result += " WITHIN GROUP (ORDER BY " + sort_text(node.within_group, false) + ")";
    }
    if (node.filter) result += fmt::format(" FILTER (WHERE {})", text(*node.filter));
    return result;
  }
  std::string write(const WindowCall& node, const Expression&) const {
    return fmt::format("{} OVER ({})", text(*node.function), window_text(node));
  }

  /// What stands between the brackets behind OVER.
  std::string window_text(const WindowCall& node) const {
    std::string window;
    if (!node.partition_by.empty()) {
      window = "PARTITION BY ";
      for (size_t i = 0; i < node.partition_by.size(); ++i) {
        window += (i == 0 ? "" : ", ") + text(*node.partition_by[i]);
      }
    }
    if (!node.order_by.empty()) {
      window += (window.empty() ? "ORDER BY " : " ORDER BY ") + sort_text(node.order_by, true);
    }
    return window + (window.empty() ? "" : " ") + frame_text(node.frame);
  }
  std::string write(const LambdaVariable& node, const Expression&) const {
    return style_ != Style::kSql ? "namedlambdavariable()" : node.name;
  }
  std::string write(const Lambda& node, const Expression&) const {
    std::string parameters;
    for (const LambdaParameter& parameter : node.parameters) {
      parameters += ", ";
      parameters += style_ != Style::kSql ? "namedlambdavariable()" : parameter.name;
    }
    return fmt::format("lambdafunction({}{})", text(*node.body), parameters);
  }
  /// The outer columns that a subquery names, which is all that Spark shows of it.
  std::string outer_text(const RelationPtr& subquery) const {
    std::string names;
    for (const OuterRef* column : outer_references(*subquery)) {
      names += (names.empty() ? "" : ", ") + name_text(column->name, column->qualifier);
    }
    return names;
  }
  std::string write(const ScalarSubquery& node, const Expression&) const {
    return "scalarsubquery(" + outer_text(node.relation) + ")";
  }
  std::string write(const Exists& node, const Expression&) const {
    return "exists(" + outer_text(node.relation) + ")";
  }
  std::string write(const InSubquery& node, const Expression&) const {
    std::string values;
    for (const ExpressionPtr& value : node.values) {
      values += (values.empty() ? "" : ", ") + text(*value);
    }
    return fmt::format("({} IN (listquery({})))", values, outer_text(node.relation));
  }

  friend std::string resolved::frame_text(const WindowFrame& frame);
  friend std::string resolved::window_text(const WindowCall& call);

  std::string sort_text(const std::vector<SortKey>& keys, bool with_nulls) const {
    std::string joined;
    for (const SortKey& key : keys) {
      if (!joined.empty()) joined += ", ";
      joined += text(*key.child);
      if (with_nulls) {
        joined += fmt::format(" {} NULLS {}", key.ascending ? "ASC" : "DESC",
                              key.nulls_first ? "FIRST" : "LAST");
      } else if (!key.ascending) {
        joined += " DESC";
      }
    }
    return joined;
  }

  static bool is_implicit_cast(const Expression& expression) {
    const auto* cast = std::get_if<Cast>(&expression.node);
    return cast && cast->is_implicit;
  }

  std::string bound_text(const FrameBound& bound) const {
    switch (bound.kind) {
      case FrameBound::Kind::kUnboundedPreceding:
        return "UNBOUNDED PRECEDING";
      case FrameBound::Kind::kPreceding:
        // Spark knows a negated distance no more once a cast stands around it.
        return is_implicit_cast(*bound.offset) ? "(- " + text(*bound.offset) + ") FOLLOWING"
                                               : text(*bound.offset) + " PRECEDING";
      case FrameBound::Kind::kCurrentRow:
        return "CURRENT ROW";
      case FrameBound::Kind::kFollowing:
        return text(*bound.offset) + " FOLLOWING";
      case FrameBound::Kind::kUnboundedFollowing:
        return "UNBOUNDED FOLLOWING";
    }
    return {};
  }

  std::string frame_text(const WindowFrame& frame) const {
    return fmt::format("{} BETWEEN {} AND {}", frame.unit == FrameUnit::kRows ? "ROWS" : "RANGE",
                       bound_text(frame.lower), bound_text(frame.upper));
  }

  Style style_;
};

bool all_foldable(const std::vector<ExpressionPtr>& expressions) {
  for (const ExpressionPtr& each : expressions) {
    if (!is_foldable(*each)) return false;
  }
  return true;
}

struct Foldable {
  bool operator()(const Literal&) const { return true; }
  bool operator()(const AttributeRef&) const { return false; }
  bool operator()(const OuterRef&) const { return false; }
  bool operator()(const Call& node) const {
    return !is_volatile(node.function) && all_foldable(node.arguments);
  }
  bool operator()(const Cast& node) const { return is_foldable(*node.child); }
  bool operator()(const GetField& node) const { return is_foldable(*node.child); }
  bool operator()(const GetArrayStructFields& node) const { return is_foldable(*node.child); }
  bool operator()(const AggregateCall&) const { return false; }
  bool operator()(const WindowCall&) const { return false; }
  bool operator()(const LambdaVariable&) const { return false; }
  bool operator()(const Lambda&) const { return false; }
  bool operator()(const ScalarSubquery&) const { return false; }
  bool operator()(const Exists&) const { return false; }
  bool operator()(const InSubquery&) const { return false; }
};

}  // namespace

std::optional<std::string> map_key(const Expression& expression) {
  const auto* call = std::get_if<Call>(&expression.node);
  if (!call || call->function != "getmapvalue") return std::nullopt;
  const auto* key = std::get_if<Literal>(&call->arguments.at(1)->node);
  const auto* text = key ? std::get_if<std::string>(&key->value.data) : nullptr;
  return text ? std::optional(*text) : std::nullopt;
}

std::string pretty_name(const Expression& expression) {
  return Writer(Style::kPretty).text(expression);
}

std::string message_text(const Expression& expression) {
  return Writer(Style::kMessage).text(expression);
}

std::string frame_text(const WindowFrame& frame) {
  return Writer(Style::kPretty).frame_text(frame);
}

std::string window_text(const WindowCall& call) {
  return "(" + Writer(Style::kPretty).window_text(call) + ")";
}

std::string sql_text(const Expression& expression) { return Writer(Style::kSql).text(expression); }

bool is_foldable(const Expression& expression) { return std::visit(Foldable{}, expression.node); }

}  // namespace grebe::resolved
