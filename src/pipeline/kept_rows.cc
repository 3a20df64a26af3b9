// Analyzed plans → the same plans reading what cache() keeps; see kept_rows.h.
#include "pipeline/kept_rows.h"

#include <cctype>
#include <functional>
#include <map>

#include "resolved/map_inputs.h"
#include "session/shared_state.h"

namespace grebe::pipeline {
namespace {

using resolved::RelationPtr;

/// Scans by what they read, so that the text does not depend on the files of the moment.
RelationPtr with_named_scans(const RelationPtr& relation) {
  if (const auto* scan = std::get_if<resolved::FileScan>(&relation->node)) {
    std::string name = std::to_string(static_cast<int>(scan->format)) + " " + scan->description;
    for (const auto& [key, value] : scan->options) name += "\n" + key + "=" + value;
    resolved::StoredData named;
    named.table = std::move(name);
    for (const auto& column : scan->columns) named.output.push_back(column.attribute);
    for (const auto& column : scan->partition_columns) named.output.push_back(column);
    return resolved::make_relation(std::move(named), relation->output);
  }
  return resolved::map_inputs(relation, with_named_scans);
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// Column ids (`c17`) and aliases (`t3`) by their first appearance; quoted text is left alone.
std::string renumbered(const std::string& sql) {
  std::map<std::string, std::string> names;
  std::string out;
  for (size_t i = 0; i < sql.size();) {
    if (sql[i] == '\'' || sql[i] == '"') {
      const size_t end = sql.find(sql[i], i + 1);
      const size_t stop = end == std::string::npos ? sql.size() : end + 1;
      out.append(sql, i, stop - i);
      i = stop;
      continue;
    }
    if (!is_word(sql[i])) {
      out += sql[i++];
      continue;
    }
    size_t stop = i;
    while (stop < sql.size() && is_word(sql[stop])) ++stop;
    std::string word = sql.substr(i, stop - i);
    const bool is_id = word.size() > 1 && (word[0] == 'c' || word[0] == 't') &&
                       word.find_first_not_of("0123456789", 1) == std::string::npos;
    if (is_id) {
      auto [known, is_new] = names.try_emplace(word, "");
      if (is_new) known->second = word[0] + std::string("#") + std::to_string(names.size());
      word = known->second;
    }
    out += word;
    i = stop;
  }
  return out;
}

/// Files below a plan and the directories in which new ones would appear.
void collect_sources(const RelationPtr& relation, std::vector<session::SourceState>& out) {
  if (const auto* scan = std::get_if<resolved::FileScan>(&relation->node)) {
    std::vector<std::string> paths;
    for (const auto& file : scan->files) {
      paths.push_back(file.path);
      std::string directory = file.path;
      for (size_t level = 0; level <= scan->partition_columns.size(); ++level) {
        directory.resize(std::min(directory.rfind('/'), directory.size()));
        if (paths.empty() || paths.back() != directory) paths.push_back(directory);
      }
    }
    for (auto& state : session::source_states(paths)) out.push_back(std::move(state));
    // Nothing says where the first file would appear, so any write counts.
    if (scan->files.empty()) out.push_back({"", -2, 0});
    return;
  }
  resolved::map_inputs(relation, [&](const RelationPtr& input) {
    collect_sources(input, out);
    return input;
  });
}

}  // namespace

RelationPtr without_renames(const RelationPtr& relation) {
  const auto* project = std::get_if<resolved::Project>(&relation->node);
  if (!project || project->items.size() != project->input->output.size()) return relation;
  for (size_t i = 0; i < project->items.size(); ++i) {
    const auto* ref = std::get_if<resolved::AttributeRef>(&project->items[i].expression->node);
    if (!ref || ref->id != project->input->output[i].id) return relation;
  }
  return without_renames(project->input);
}

std::string meaning_of(const RelationPtr& relation) {
  const auto query = emit::emit_query(*with_named_scans(relation));
  std::string text = renumbered(query.sql);
  for (const auto& table : query.local_tables) {
    text += "\n" + table.name + "=" + std::to_string(table.arrow_stream->size()) + "/" +
            std::to_string(std::hash<std::string>{}(*table.arrow_stream));
  }
  return text;
}

std::shared_ptr<session::KeptTable> make_rows(StatementRunner& runner,
                                              const RelationPtr& relation) {
  auto table = runner.session().shared().kept_frames().new_table();
  const auto query = emit::emit_query(*relation);
  auto& connection = runner.connection();
  runner.prepare(connection, query);
  std::string names = "s0";
  for (size_t i = 1; i < query.schema.size(); ++i) names += ", s" + std::to_string(i);
  connection.execute("CREATE TABLE " + table->name() + " AS SELECT * FROM (" + query.sql +
                     ") AS made(" + names + ")");
  return table;
}

RelationPtr with_kept_rows(StatementRunner& runner, const RelationPtr& relation) {
  auto& kept = runner.session().shared().kept_frames();
  if (kept.empty()) return relation;
  const auto map = [&](const RelationPtr& input) { return with_kept_rows(runner, input); };
  const auto root = without_renames(relation);
  if (std::holds_alternative<resolved::ShowRows>(root->node) ||
      !kept.may_hold(root->node.index(), root->output.size())) {
    return resolved::map_inputs(relation, map);
  }
  std::shared_ptr<session::KeptFrame> frame;
  try {
    frame = kept.find(meaning_of(root));
  } catch (const core::SparkError&) {
    // A part that cannot stand alone (it uses a definition of a WITH above) is not what was kept.
  }
  if (!frame) return resolved::map_inputs(relation, map);
  std::lock_guard lock(frame->making);
  if (!frame->table) {
    std::vector<session::SourceState> sources;
    collect_sources(root, sources);
    frame->table = make_rows(runner, resolved::map_inputs(root, map));
    frame->sources = std::move(sources);
  }
  runner.hold(frame->table);
  return resolved::make_relation(resolved::StoredData{frame->table->name(), relation->output},
                                 relation->output);
}

}  // namespace grebe::pipeline
