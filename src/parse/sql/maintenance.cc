// CACHE, REFRESH, ANALYZE, COMMENT, TRUNCATE, LOAD, ADD/LIST, REPAIR, EXPLAIN.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::CommandPtr Grammar::cache_statement() {
  const size_t first = position_;
  const TokenKind verb = next().kind;
  if (verb == kClear) {
    expect(kCache);
    return make(plan::ClearCache{}, first);
  }
  if (verb == kUncache) {
    expect(kTable);
    plan::UncacheTable uncache;
    uncache.if_exists = if_exists();
    uncache.name = identifier_reference();
    return make(std::move(uncache), first);
  }
  plan::CacheTable cache;
  cache.lazy = accept(kLazy);
  expect(kTable);
  cache.name = identifier_reference();
  if (at_sequence({kOptions, kLeftParen})) {
    next();
    cache.options = property_list();
  }
  if (accept(kAs) || at_query()) {
    cache.query = query();
    if (cache.name.size() > 1) {
      const Name qualifier(cache.name.begin(), cache.name.end() - 1);
      fail("_LEGACY_ERROR_TEMP_0037", {{"quoted", quoted_if_needed(qualifier)}}, first);
    }
  }
  return make(std::move(cache), first);
}

// Parts are quoted only when they are no plain words (CatalogV2Implicits.quoted).
std::string Grammar::quoted_if_needed(const Name& name) {
  std::string text;
  for (const std::string& part : name) {
    if (!text.empty()) text += ".";
    text += is_column_pattern(part) ? core::quote_identifier(part) : part;
  }
  return text;
}

plan::CommandPtr Grammar::refresh_statement() {
  const size_t first = position_;
  next();
  plan::RefreshTable refresh;
  if (at(kTable) && at_identifier(1)) {
    next();
    refresh.name = command_table();
    return make(std::move(refresh), first);
  }
  if (at(kFunction) && at_identifier(1)) {
    next();
    identifier_reference();
    return unsupported_command("REFRESH FUNCTION", first);
  }
  if (at_string() && at_any({kEndOfInput, kSemicolon}, 1)) {
    refresh.path = string_value();
    return make(std::move(refresh), first);
  }
  std::string path(remainder_after(first));
  path.erase(0, path.find_first_not_of(" \t\r\n"));
  path.erase(path.find_last_not_of(" \t\r\n") + 1);
  skip_to_end();
  const char* complaint = nullptr;
  if (path.empty()) {
    complaint = "Resource paths cannot be empty in REFRESH statements. Use / to match everything";
  } else if (path.find_first_of(" \t\r\n") != std::string::npos) {
    complaint =
        "REFRESH statements cannot contain ' ', '\\n', '\\r', '\\t' inside unquoted resource "
        "paths";
  }
  if (complaint != nullptr) fail("_LEGACY_ERROR_TEMP_0064", {{"msg", complaint}}, first);
  refresh.path = std::move(path);
  return make(std::move(refresh), first);
}

plan::CommandPtr Grammar::analyze_statement() {
  const size_t first = position_;
  next();
  if (accept(kTables)) {
    if (accept_any({kFrom, kIn})) identifier_reference();
    expect(kCompute);
    expect(kStatistics);
    no_scan(first);
    return unsupported_command("ANALYZE TABLES", first);
  }
  expect(kTable);
  plan::AnalyzeTable analyze;
  analyze.name = command_table();
  std::optional<Partition> partition;
  if (at(kPartition)) partition = partition_spec();
  expect(kCompute);
  expect(kStatistics);
  if (at(kFor) && at(kColumns, 1)) {
    position_ += 2;
    analyze.columns = identifier_seq();
  } else if (at_sequence({kFor, kAll, kColumns})) {
    position_ += 3;
    analyze.columns = {"*"};
  } else {
    analyze.no_scan = no_scan(first);
    if (partition) {
      for (const auto& [column, value] : *partition) analyze.partition_columns.push_back(column);
    }
  }
  return make(std::move(analyze), first);
}

bool Grammar::no_scan(size_t statement) {
  if (!at_identifier()) return false;
  const size_t first = position_;
  std::string word = identifier();
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (word == "noscan") return true;
  fail("INVALID_SQL_SYNTAX.ANALYZE_TABLE_UNEXPECTED_NOSCAN", {{"ctx", upper_text(first)}},
       shown_at(span(statement), first));
}

std::string Grammar::upper_text(size_t first) const {
  std::string text = joined_text(first);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// COMMENT ON TABLE sets the property that holds the comment.
plan::CommandPtr Grammar::comment_statement() {
  const size_t first = position_;
  next();
  expect(kOn);
  const bool is_table = at(kTable);
  if (!is_table && !at_namespace_word()) syntax_error();
  next();
  Name name = identifier_reference();
  expect(kIs);
  std::string comment;
  if (!accept(kNull)) comment = string_value();
  if (!is_table) {
    return make(plan::AlterDatabase{.name = std::move(name), .comment = std::move(comment)}, first);
  }
  plan::AlterTable alter;
  alter.name = std::move(name);
  alter.action = plan::AlterTable::SetProperties{{{"comment", std::move(comment)}}};
  return make(std::move(alter), first);
}

plan::CommandPtr Grammar::truncate_statement() {
  const size_t first = position_;
  next();
  expect_mended(kTable, at_identifier());
  plan::TruncateTable truncate;
  truncate.name = command_table();
  if (at(kPartition)) truncate.partition = full_partition_spec();
  return make(std::move(truncate), first);
}

plan::CommandPtr Grammar::load_statement() {
  const size_t first = position_;
  next();
  expect(kData);
  accept(kLocal);
  expect(kInpath);
  string_value();
  accept(kOverwrite);
  expect(kInto);
  expect(kTable);
  identifier_reference();
  if (at(kPartition)) full_partition_spec();
  return unsupported_command("LOAD DATA", first);
}

// ADD JAR path, LIST FILES ….
plan::CommandPtr Grammar::resource_statement() {
  const size_t first = position_;
  const bool adds = next().kind == kAdd;
  std::string kind = identifier();
  for (char& c : kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  skip_to_end();
  std::string singular = kind;
  if (singular.ends_with('s')) singular.pop_back();
  const std::string verb = adds ? "ADD" : "LIST";
  if (singular != "file" && singular != "jar" && singular != "archive") {
    operation_not_allowed(verb + " with resource type '" + kind + "'", first);
  }
  for (char& c : singular) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return make(plan::UnsupportedCommand{verb + " " + singular}, first);
}

plan::CommandPtr Grammar::repair_statement() {
  const size_t first = position_;
  accept(kMsck);
  expect(kRepair);
  expect(kTable);
  plan::AlterPartitions repair{.name = command_table()};
  plan::AlterPartitions::Repair what;
  if (at_any({kAdd, kDrop, kSync})) {
    what.adds = !at(kDrop);
    what.forgets = next().kind != kAdd;
    expect(kPartitions);
  }
  repair.action = what;
  return make(std::move(repair), first);
}

plan::CommandPtr Grammar::explain_statement() {
  const size_t first = position_;
  next();
  plan::Explain explain;
  bool logical = false;
  if (!ends_expression(1)) {
    switch (peek().kind) {
      case kLogical:
        logical = true;
        break;
      case kExtended:
        explain.mode = plan::ExplainMode::kExtended;
        break;
      case kCodegen:
        explain.mode = plan::ExplainMode::kCodegen;
        break;
      case kCost:
        explain.mode = plan::ExplainMode::kCost;
        break;
      case kFormatted:
        explain.mode = plan::ExplainMode::kFormatted;
        break;
      default:
        --position_;
        break;
    }
    ++position_;
  }
  plan::Statement explained = statement();
  if (logical) operation_not_allowed("EXPLAIN LOGICAL", first);
  if (auto* relation = std::get_if<RelationPtr>(&explained)) {
    explain.query = std::move(*relation);
  } else {
    explain.command = std::get<CommandPtr>(std::move(explained));
  }
  return make(std::move(explain), first);
}

}  // namespace grebe::parse::sql
