// Tokens → tree: one recursive-descent reader, a method for each rule of Spark's SqlBaseParser.
// Long: the rules call each other, so they are methods of one class; the bodies are in many files.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/spark_error.h"
#include "parse/sql/lexer.h"
#include "parse/sql/parser.h"
#include "plan/command.h"

namespace grebe::parse::sql {

struct TimestampText;

/// Reads one text. Methods named after a grammar rule consume exactly that rule and throw
/// SparkError when the text does not match; `at_…` only look.
class Grammar {
 public:
  Grammar(std::string_view text, const ParseOptions& options);

  // Whole texts (grammar.cc).
  plan::Statement single_statement();
  plan::ExpressionPtr single_expression();
  plan::Name single_multipart_identifier();
  types::DataType single_data_type();
  types::Schema single_table_schema();

 private:
  using ExpressionPtr = plan::ExpressionPtr;
  using RelationPtr = plan::RelationPtr;
  using CommandPtr = plan::CommandPtr;
  using Expressions = std::vector<ExpressionPtr>;
  using Name = plan::Name;
  using Partition = std::vector<std::pair<std::string, ExpressionPtr>>;

  // Nested rules are counted so that no text can overflow the stack.
  struct Nesting {
    explicit Nesting(Grammar& grammar) : grammar(grammar) { grammar.enter(); }
    ~Nesting() { --grammar.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    Grammar& grammar;
  };

  // Left-deep chains (a + b + …) make deep trees without recursion; counted in the same way.
  struct Chain {
    explicit Chain(Grammar& grammar) : grammar(grammar), outer(grammar.chain_depth_) {
      grammar.chain_depth_ = 0;
    }
    ~Chain() { grammar.chain_depth_ = std::max(outer, grammar.chain_depth_); }
    Chain(const Chain&) = delete;
    Chain& operator=(const Chain&) = delete;
    void add_link() { grammar.add_chain_link(); }
    Grammar& grammar;
    int outer;
  };

  // --- Cursor (cursor.cc) ---
  const Token& peek(size_t ahead = 0) const {
    const size_t i = position_ + ahead;
    return i < tokens_.size() ? tokens_[i] : tokens_.back();
  }
  bool at(TokenKind kind, size_t ahead = 0) const { return peek(ahead).kind == kind; }
  bool at_any(std::initializer_list<TokenKind> kinds, size_t ahead = 0) const;
  bool at_sequence(std::initializer_list<TokenKind> kinds, size_t ahead = 0) const;
  const Token& next() {
    return position_ + 1 < tokens_.size() ? tokens_[position_++] : tokens_.back();
  }
  bool accept(TokenKind kind);
  bool accept_any(std::initializer_list<TokenKind> kinds);
  bool accept_sequence(std::initializer_list<TokenKind> kinds);
  void expect(TokenKind kind);
  void expect_mended(TokenKind kind, bool insertable);
  void expect_any(std::initializer_list<TokenKind> kinds);
  /// Trailing semicolons, then the end.
  void expect_end();
  void expect_end_of_input();
  std::string extra_input() const;
  std::string_view text_of(const Token& token) const;
  /// Source text from token `first` to the last token read.
  std::string source_from(size_t first) const;
  /// Tokens from `first` to the last one read, joined without white space (ANTLR's getText).
  std::string joined_text(size_t first) const;
  /// Text after the token `index`, to the end.
  std::string_view remainder_after(size_t index) const;
  /// Span from token `first` to the last token read.
  core::Origin span(size_t first) const;
  core::Origin token_span(size_t index) const;
  /// `span`, but shown at the line and column of a token: Spark takes them from different rules.
  core::Origin shown_at(core::Origin span, size_t token) const;
  /// Index of the parenthesis that closes the one at `open`; the end when there is none.
  size_t closing(size_t open);
  void enter();
  void add_chain_link();
  void check_unclosed_comment() const;
  [[noreturn]] void too_complex() const;
  /// Runs a rule; when it does not match, goes back to its start and gives null. For rules that
  /// begin with a keyword which is a name to Spark when the rule fails.
  template <typename Rule>
  ExpressionPtr attempt(Rule rule) {
    const size_t start = position_;
    const int depth = depth_;
    if (failed_.contains(start)) return nullptr;  // else nested attempts would take 2^n steps
    try {
      return rule();
    } catch (const core::SparkError& error) {
      if (error.condition() != "PARSE_SYNTAX_ERROR") throw;
    }
    failed_.insert(start);
    position_ = start;
    depth_ = depth;
    return nullptr;
  }
  [[noreturn]] void syntax_error() const { syntax_error_at(position_); }
  [[noreturn]] void syntax_error_at(size_t index, std::string hint = {}) const;
  [[noreturn]] void fail(std::string condition, core::ErrorParameters parameters,
                         size_t first) const;
  [[noreturn]] void fail(std::string condition, core::ErrorParameters parameters,
                         const core::Origin& origin) const;
  [[noreturn]] void operation_not_allowed(std::string message, size_t first) const;

  // --- Names and strings (identifier.cc) ---
  bool at_identifier(size_t ahead = 0) const;
  bool at_strict_identifier(size_t ahead = 0) const;
  bool at_string(size_t ahead = 0) const;
  /// Tells that the token there can only follow a complete expression or relation.
  bool ends_expression(size_t ahead) const;
  std::string identifier_text(const Token& token) const;
  std::string identifier();
  std::string strict_identifier();
  std::string error_capturing_identifier();
  Name multipart_identifier();
  Name identifier_reference();
  /// The name of the table that a command is about; its place goes with the command.
  Name command_table();
  /// `IDENTIFIER(expr)` or a name; the expression is null for a plain name.
  std::pair<Name, ExpressionPtr> identifier_or_clause();
  bool at_identifier_clause() const;
  std::vector<std::string> identifier_list();
  std::vector<std::string> identifier_seq();
  std::string string_value();
  std::string unescape(std::string_view token_text) const;
  std::optional<std::string> accept_comment();

  // --- Expressions (expression.cc) ---
  ExpressionPtr expression();
  ExpressionPtr or_expression();
  ExpressionPtr and_expression();
  ExpressionPtr not_expression();
  ExpressionPtr exists_or_predicated();
  bool at_predicate() const;
  ExpressionPtr predicate(ExpressionPtr left);
  ExpressionPtr like_predicate(ExpressionPtr left, bool negated, size_t first);
  ExpressionPtr is_predicate(ExpressionPtr left, size_t first);
  ExpressionPtr in_predicate(ExpressionPtr left, bool negated, size_t first);
  ExpressionPtr in_list(ExpressionPtr left, bool negated, size_t first);
  ExpressionPtr quantified_like(ExpressionPtr left, const std::string& name, bool negated,
                                size_t first);
  ExpressionPtr negate(ExpressionPtr operand, bool negated, size_t first);
  ExpressionPtr value_expression(int precedence = 1);
  ExpressionPtr unary_expression();
  ExpressionPtr named_expression();
  /// `value` with the alias that may follow it.
  ExpressionPtr alias_of(ExpressionPtr value, size_t first);
  Expressions named_expression_seq();
  Expressions expression_seq();
  plan::SortOrder sort_item();
  std::vector<plan::SortOrder> sort_items();
  bool at_select_alias() const;

  // --- Primary expressions (primary.cc, special_form.cc, function_call.cc, window.cc) ---
  ExpressionPtr primary_expression();
  ExpressionPtr primary_base();
  ExpressionPtr postfix(ExpressionPtr base, size_t first);
  ExpressionPtr parenthesized();
  ExpressionPtr lambda();
  bool at_lambda_parameters();
  ExpressionPtr name_or_call();
  ExpressionPtr column_reference(size_t first);
  /// Tells that a quoted name is a pattern under quotedRegexColumnNames.
  static bool is_column_pattern(std::string_view name);
  /// One of the forms with a syntax of their own (CASE, CAST, EXTRACT …); null when not at one.
  ExpressionPtr special_form();
  ExpressionPtr case_expression();
  ExpressionPtr cast_expression();
  ExpressionPtr struct_expression();
  ExpressionPtr position_expression();
  ExpressionPtr extract_expression();
  ExpressionPtr substring_expression();
  ExpressionPtr trim_expression();
  ExpressionPtr overlay_expression();
  ExpressionPtr timestamp_arithmetic();
  /// Index of `kind` among the direct tokens of the parentheses opened at `open`, 0 if absent.
  size_t find_inside(size_t open, TokenKind kind);
  size_t count_inside(size_t open, TokenKind kind);
  ExpressionPtr function_call(Name name, size_t first);
  ExpressionPtr identifier_call();
  ExpressionPtr function_argument();
  ExpressionPtr call_suffix(plan::UnresolvedFunction call, size_t first);
  ExpressionPtr over(plan::Expression::Node function, size_t first);
  bool at_over() const;
  plan::Window window_spec();
  plan::WindowFrame window_frame();
  plan::FrameBound frame_bound();
  void skip_interval_values();
  [[noreturn]] void refuse_second_range(size_t place, size_t literal);

  // --- Literals (literal.cc, interval.cc) ---
  /// A constant, or null when not at one.
  ExpressionPtr constant();
  bool at_number(size_t ahead = 0) const;
  ExpressionPtr number();
  ExpressionPtr integral_number(std::string digits, size_t first);
  ExpressionPtr decimal_number(std::string text, size_t first);
  ExpressionPtr sized_number(std::string digits, types::DataType type, int64_t low, int64_t high,
                             size_t first);
  ExpressionPtr floating_number(std::string text, bool is_double, size_t first);
  ExpressionPtr timestamp_literal(const std::string& text, const TimestampText& parsed,
                                  types::DataType type, size_t first);
  ExpressionPtr timestamp_cast(const std::string& text, types::DataType type, size_t first);
  ExpressionPtr special_datetime(const std::string& text, const types::DataType& type,
                                 size_t first);
  ExpressionPtr typed_literal();
  ExpressionPtr string_literal();
  ExpressionPtr make_literal(types::DataType type, types::Value value, size_t first);
  bool at_interval() const;
  bool at_interval_value(size_t ahead) const;
  types::CalendarInterval interval_value(std::vector<std::string>* units, bool* is_range);
  ExpressionPtr day_time_literal(types::CalendarInterval value, types::IntervalField from,
                                 types::IntervalField to, size_t first);
  ExpressionPtr interval_literal();
  ExpressionPtr interval_text_literal(const std::string& text, size_t first);
  types::CalendarInterval multi_units_interval(std::vector<std::string>* units);
  types::CalendarInterval unit_to_unit_interval(std::vector<std::string>* units);
  std::string interval_number();
  ExpressionPtr units_literal(types::CalendarInterval value, const std::vector<std::string>& units,
                              size_t first);

  // --- Data types (data_type.cc) ---
  types::DataType data_type();
  types::DataType simple_type();
  types::DataType interval_type();
  types::DataType decimal_type(int precision, int scale);
  types::StructField complex_col_type();
  types::StructField col_type();
  types::Schema col_type_list();

  // --- Queries (query.cc, select.cc, group_by.cc) ---
  bool at_query(size_t ahead = 0);
  bool at_parenthesized_query(size_t ahead = 0);
  RelationPtr query();
  std::vector<plan::WithCte::Item> ctes();
  void check_duplicate_ctes(const std::vector<plan::WithCte::Item>& items, size_t first) const;
  RelationPtr query_term(int precedence);
  RelationPtr query_primary();
  RelationPtr query_organization(RelationPtr input);
  RelationPtr select_query();
  RelationPtr select_body(RelationPtr from, size_t first);
  RelationPtr whole_block(const plan::Relation& made, ExpressionPtr where, size_t first);
  RelationPtr transform_query();
  RelationPtr transform_body(RelationPtr from, size_t first);
  RelationPtr list_body(RelationPtr from, Expressions select, size_t first);
  bool at_transform();
  bool find_transform(size_t index);
  bool at_grouping_analytics() const;
  RelationPtr from_query();
  RelationPtr from_statement_body(RelationPtr from);
  RelationPtr window_clause(RelationPtr input);
  using HintCalls = std::vector<plan::Hint>;
  HintCalls hints();
  RelationPtr aggregation(RelationPtr input, Expressions select);
  struct GroupingElement;
  static bool is_constant(const plan::Expression& expression);
  GroupingElement group_by_element();
  std::vector<Expressions> grouping_set_list(bool nested);
  Expressions grouping_set();

  // --- Relations (from.cc, join.cc, pivot.cc, table_function.cc, sample.cc) ---
  RelationPtr from_clause();
  RelationPtr relation();
  RelationPtr relation_extensions(RelationPtr left, size_t first);
  void check_lateral(size_t first);
  bool at_temporal_clause() const;
  bool at_table_function();
  bool at_pivot() const;
  bool at_unpivot() const;
  plan::JoinType join_type();
  std::string unpivot_alias();
  ExpressionPtr unpivot_column();
  static std::string fraction_text(double value);
  [[noreturn]] void refuse_sample_bytes(size_t clause, size_t first);
  RelationPtr relation_primary();
  RelationPtr table_name();
  RelationPtr temporal_clause(plan::ReadTable table, size_t first);
  RelationPtr inline_table();
  RelationPtr table_function();
  ExpressionPtr table_function_argument();
  bool at_join() const;
  RelationPtr join_relation(RelationPtr left);
  RelationPtr lateral_view(RelationPtr input);
  RelationPtr pivot_clause(RelationPtr input);
  RelationPtr unpivot_clause(RelationPtr input, size_t relation_first);
  RelationPtr sample(RelationPtr input);
  struct TableAlias {
    std::string name;
    std::vector<std::string> columns;
    bool present = false;
  };
  bool at_table_alias();
  /// Tells that what stands there may follow a complete relation in FROM.
  bool follows_relation(size_t ahead) const;
  /// Tells that a clause after FROM starts there with its own words (WHERE x, GROUP BY …).
  bool at_clause(size_t ahead) const;
  TableAlias table_alias();
  RelationPtr alias_relation(RelationPtr input, TableAlias alias, size_t first);

  // --- Statements (statement.cc and one file a family) ---
  plan::Statement statement();
  plan::Statement with_statement();
  CommandPtr command();
  CommandPtr unsupported_command(std::string name, size_t first);
  void skip_to_end();
  bool if_not_exists();
  bool if_exists();
  bool at_namespace_word(size_t ahead = 0) const;
  std::optional<std::string> like_pattern();
  static std::string dotted(const Name& name);
  static std::string quoted_if_needed(const Name& name);
  std::string joined_name();
  std::string upper_text(size_t first) const;

  // insert.cc, row_level.cc
  CommandPtr insert_statement(std::vector<plan::WithCte::Item> ctes);
  plan::InsertInto insert_header();
  void insert_directory();
  bool at_multi_insert();
  CommandPtr multi_insert();
  Partition partition_spec();
  Partition full_partition_spec(std::optional<size_t> statement = {});
  void check_duplicate_partition_keys(const Partition& partition, size_t first);
  CommandPtr delete_statement();
  CommandPtr update_statement();
  CommandPtr merge_statement();
  void merge_clauses(size_t first);
  void merge_action(bool inserts);
  void assignment_list();
  void dml_alias(std::string_view operation);

  // create.cc, create_table.cc, storage_clause.cc, property.cc
  CommandPtr create_statement();
  CommandPtr create_namespace(size_t first);
  void check_reserved_namespace_properties(const plan::Options& properties, size_t first);
  CommandPtr create_view(size_t first, bool replace);
  bool at_view_using();
  CommandPtr create_view_using(plan::CreateTempViewUsing view, size_t first);
  CommandPtr create_function(size_t first, bool replace);
  CommandPtr create_index(size_t first);
  CommandPtr drop_statement();
  CommandPtr create_table(size_t first, bool replace, bool or_create);
  CommandPtr create_temporary_table(plan::CreateTable table, size_t first);
  CommandPtr create_table_like(plan::CreateTable header, size_t first);
  struct TableClauses;
  TableClauses table_clauses();
  void refuse_mixed_partitioning(const TableClauses& clauses, size_t first);
  void move_path_option(TableClauses& clauses, size_t first);
  void check_reserved_properties(const plan::Options& properties, size_t first);
  void bucket_spec(TableClauses& clauses);
  void skew_spec();
  plan::ColumnDefinition table_column();
  Expressions partition_fields(std::vector<plan::ColumnDefinition>* columns);
  ExpressionPtr qualified_column();
  ExpressionPtr transform();
  struct RowFormat;
  RowFormat row_format(size_t first);
  std::string file_format(size_t first);
  struct Property {
    std::string key;
    std::optional<std::string> value;
  };
  std::vector<Property> properties();
  plan::Options property_list();
  std::vector<std::string> property_keys();
  plan::Options expression_property_list();
  bool at_property_value() const;
  std::string option_value();
  std::string property_key();
  std::string property_value();

  // alter.cc
  CommandPtr alter_statement();
  CommandPtr alter_view(plan::AlterTable alter, size_t first);
  CommandPtr alter_rename(plan::AlterTable alter, size_t first, bool has_partition);
  CommandPtr alter_set(plan::AlterTable alter, size_t first, bool has_partition);
  CommandPtr alter_unset(plan::AlterTable alter, size_t first);
  CommandPtr alter_add(plan::AlterTable alter, size_t first);
  CommandPtr alter_drop(plan::AlterTable alter, size_t first);
  CommandPtr alter_column(Name table, size_t first, bool has_partition);
  CommandPtr alter_namespace(size_t first);
  void check_hive_change(const std::string& name, const types::StructField& renamed, size_t first);
  struct PositionedColumn {
    Name name;
    plan::ColumnDefinition definition;
    bool has_position = false;
  };
  PositionedColumn positioned_column();
  void column_position();

  // show.cc, setting.cc, maintenance.cc, hive_command.cc
  CommandPtr show_statement();
  CommandPtr show_functions(size_t first);
  CommandPtr describe_statement();
  Name described_function();
  CommandPtr use_statement();
  CommandPtr set_statement();
  CommandPtr set_value(plan::SetConfig set, size_t first);
  CommandPtr set_time_zone(size_t first);
  static std::string zone_offset_text(int64_t seconds);
  CommandPtr reset_statement();
  CommandPtr cache_statement();
  CommandPtr refresh_statement();
  CommandPtr analyze_statement();
  bool no_scan(size_t statement);
  CommandPtr comment_statement();
  CommandPtr truncate_statement();
  CommandPtr load_statement();
  CommandPtr resource_statement();
  CommandPtr repair_statement();
  CommandPtr explain_statement();
  CommandPtr hive_native_command();
  template <size_t kRows, size_t kWords>
  bool match_words(const TokenKind (&rows)[kRows][kWords], size_t ahead, std::string* words) const;

  CommandPtr make(plan::Command::Node node, size_t first) {
    return plan::make_command(std::move(node), span(first), table_place_);
  }
  RelationPtr relate(plan::Relation::Node node, size_t first) {
    return plan::make_relation(std::move(node), std::nullopt, span(first));
  }
  ExpressionPtr express(plan::Expression::Node node, size_t first) {
    return plan::make_expression(std::move(node), span(first));
  }
  ExpressionPtr call(std::string name, Expressions arguments, size_t first) {
    return plan::make_call(std::move(name), std::move(arguments), span(first));
  }

  ParseOptions options_;
  std::shared_ptr<const std::string> text_;
  std::vector<Token> tokens_;
  int32_t unclosed_comment_;
  size_t position_ = 0;
  int depth_ = 0;
  int chain_depth_ = 0;
  std::vector<uint32_t> closing_;
  std::unordered_set<size_t> failed_;
  /// Where parameter markers were read.
  std::vector<size_t> markers_;
  /// Of the command being read; see command_table.
  core::Origin table_place_;
};

}  // namespace grebe::parse::sql
