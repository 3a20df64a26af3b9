// The resolved tree → indented text.
#include "resolved/print.h"

namespace grebe::resolved {
namespace {

struct Printer {
  std::string out;
  int level = 0;

  void line(const std::string& text) { out += std::string(2 * level, ' ') + text + "\n"; }

  void below(const RelationPtr& input) {
    ++level;
    node(*input);
    --level;
  }

  static std::string columns(const std::vector<Attribute>& list) {
    std::string text = "[";
    for (size_t i = 0; i < list.size(); ++i) {
      text += (i == 0 ? "" : ", ") + list[i].name + "#" + std::to_string(list[i].id) + ": " +
              list[i].type.simple_string() + (list[i].nullable ? "" : " not null");
    }
    return text + "]";
  }

  static std::string items(const std::vector<NamedExpression>& list) {
    std::string text = "[";
    for (size_t i = 0; i < list.size(); ++i) {
      text += (i == 0 ? "" : ", ") + sql_text(*list[i].expression) + " AS " +
              list[i].attribute.name + "#" + std::to_string(list[i].attribute.id);
    }
    return text + "]";
  }

  static std::string keys(const std::vector<SortKey>& list) {
    std::string text = "[";
    for (size_t i = 0; i < list.size(); ++i) {
      text += (i == 0 ? "" : ", ") + sql_text(*list[i].child) +
              (list[i].ascending ? " ASC" : " DESC") +
              (list[i].nulls_first ? " NULLS FIRST" : " NULLS LAST");
    }
    return text + "]";
  }

  void node(const Relation& relation) { std::visit(*this, relation.node); }

  void operator()(const FileScan& n) {
    static constexpr const char* kNames[] = {"parquet", "csv", "json", "text"};
    std::vector<Attribute> list;
    for (const auto& column : n.columns) list.push_back(column.attribute);
    list.insert(list.end(), n.partition_columns.begin(), n.partition_columns.end());
    line(std::string("FileScan ") + kNames[static_cast<int>(n.format)] + " " + n.description +
         " files=" + std::to_string(n.files.size()) + " " + columns(list));
  }
  void operator()(const ExtensionScan& n) {
    std::vector<Attribute> list;
    for (const auto& column : n.columns) list.push_back(column.attribute);
    line("ExtensionScan " + n.extension + " " + n.description + " " + columns(list));
  }
  void operator()(const LocalData& n) { line("LocalData " + columns(n.output)); }
  void operator()(const Values& n) {
    line("Values rows=" + std::to_string(n.rows.size()) + " " + columns(n.output));
  }
  void operator()(const OneRow&) { line("OneRow"); }
  void operator()(const Range& n) {
    line("Range (" + std::to_string(n.start) + ", " + std::to_string(n.end) +
         ", step=" + std::to_string(n.step) + ") " + columns({n.output}));
  }
  void operator()(const CteRef& n) {
    line("CteRef " + std::to_string(n.cte_id) + " " + columns(n.output));
  }
  void operator()(const StoredData& n) { line("StoredData " + columns(n.output)); }
  void operator()(const Project& n) {
    line("Project " + items(n.items));
    below(n.input);
  }
  void operator()(const Filter& n) {
    line("Filter " + sql_text(*n.condition));
    below(n.input);
  }
  void operator()(const Join& n) {
    static constexpr const char* kNames[] = {"Inner",    "LeftOuter", "RightOuter", "FullOuter",
                                             "LeftSemi", "LeftAnti",  "Cross"};
    line(std::string(n.lateral ? "LateralJoin " : "Join ") + kNames[static_cast<int>(n.type)] +
         (n.condition ? " " + sql_text(*n.condition) : ""));
    below(n.left);
    below(n.right);
  }
  void operator()(const Aggregate& n) {
    line("Aggregate " + items(n.groups) + " " + items(n.items) +
         (n.grouping_sets ? " sets=" + std::to_string(n.grouping_sets->size()) : ""));
    below(n.input);
  }
  void operator()(const Sort& n) {
    line("Sort " + keys(n.keys));
    below(n.input);
  }
  void operator()(const Limit& n) {
    line("Limit " + (n.limit ? std::to_string(*n.limit) : std::string("all")) +
         (n.offset > 0 ? " offset " + std::to_string(n.offset) : ""));
    below(n.input);
  }
  void operator()(const Tail& n) {
    line("Tail " + std::to_string(n.limit));
    below(n.input);
  }
  void operator()(const SetOperation& n) {
    static constexpr const char* kNames[] = {"Union", "Intersect", "Except"};
    line(kNames[static_cast<int>(n.type)] + std::string(n.all ? " All " : " ") + columns(n.output));
    for (const auto& input : n.inputs) below(input);
  }
  void operator()(const Distinct& n) {
    line("Distinct");
    below(n.input);
  }
  void operator()(const DeduplicateOn& n) {
    std::string ids;
    for (const auto id : n.keys) ids += (ids.empty() ? "#" : ", #") + std::to_string(id);
    line("DeduplicateOn [" + ids + "]");
    below(n.input);
  }
  void operator()(const Generate& n) {
    line("Generate " + sql_text(*n.generator) + (n.outer ? " outer " : " ") + columns(n.generated));
    below(n.input);
  }
  void operator()(const Expand& n) {
    line("Expand " + std::to_string(n.projections.size()) + " " + columns(n.output));
    below(n.input);
  }
  void operator()(const Sample& n) {
    line("Sample " + std::to_string(n.lower_bound) + ", " + std::to_string(n.upper_bound) +
         " seed=" + std::to_string(n.seed));
    below(n.input);
  }
  void operator()(const WithCte& n) {
    line("WithCte");
    for (const auto& definition : n.definitions) {
      ++level;
      line("Cte " + std::to_string(definition.cte_id) + " " + definition.name);
      below(definition.relation);
      --level;
    }
    below(n.input);
  }
  void operator()(const ShowRows& n) {
    line("ShowRows " + std::to_string(n.rows));
    below(n.input);
  }
  void operator()(const Observe& n) {
    line("Observe " + n.name + " " + items(n.metrics));
    below(n.input);
  }
};

}  // namespace

std::string print_relation(const Relation& relation) {
  Printer printer;
  printer.node(relation);
  return std::move(printer.out);
}

}  // namespace grebe::resolved
