// Statements that do something: DDL, writes, views, settings, SHOW and DESCRIBE, catalog calls.
// Long: one struct for each command, and the variant of them all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plan/relation.h"

namespace grebe::plan {

/// A possibly qualified name as written, one to three parts.
using Name = std::vector<std::string>;

enum class SaveMode : uint8_t { kErrorIfExists, kAppend, kOverwrite, kIgnore };

/// One column of CREATE TABLE or ALTER TABLE ADD COLUMNS.
struct ColumnDefinition {
  std::string name;
  types::DataType type;
  bool nullable = true;
  std::string comment;
  ExpressionPtr default_value;
};

/// df.write.format(…).mode(…).save(path) or saveAsTable/insertInto.
struct WriteOperation {
  enum class Target : uint8_t { kPath, kSaveAsTable, kInsertInto };
  RelationPtr input;
  /// Empty: spark.sql.sources.default.
  std::string format;
  SaveMode mode = SaveMode::kErrorIfExists;
  Target target = Target::kPath;
  std::string path;
  Name table;
  std::vector<std::string> partition_by;
  std::vector<std::string> sort_by;
  std::vector<std::string> bucket_by;
  int32_t buckets = 0;
  Options options;
};

/// df.writeTo(table).create()/append()/….
struct WriteOperationV2 {
  enum class Mode : uint8_t {
    kCreate,
    kReplace,
    kCreateOrReplace,
    kAppend,
    kOverwrite,
    kOverwritePartitions
  };
  RelationPtr input;
  Name table;
  Mode mode = Mode::kAppend;
  std::string provider;
  std::vector<ExpressionPtr> partition_by;
  Options options;
  Options table_properties;
  ExpressionPtr overwrite_condition;
};

/// createTempView / CREATE [GLOBAL] TEMPORARY VIEW / CREATE VIEW.
struct CreateView {
  enum class Scope : uint8_t { kLocalTemp, kGlobalTemp, kPermanent };
  Name name;
  Scope scope = Scope::kLocalTemp;
  RelationPtr input;
  bool replace = false;
  bool if_not_exists = false;
  std::vector<ColumnDefinition> columns;
  std::string comment;
  Options properties;
  /// The query's own text, for permanent views.
  std::string text;
};

/// CREATE TEMPORARY VIEW v USING format OPTIONS (…).
struct CreateTempViewUsing {
  Name name;
  bool replace = false;
  bool global = false;
  std::vector<ColumnDefinition> columns;
  std::string provider;
  Options options;
};

/// CREATE TABLE […] USING […] [AS query], REPLACE TABLE.
struct CreateTable {
  Name name;
  bool if_not_exists = false;
  bool replace = false;
  bool or_create = false;
  bool external = false;
  std::vector<ColumnDefinition> columns;
  /// Empty: spark.sql.sources.default.
  std::string provider;
  Options options;
  Options properties;
  /// Partition columns or transforms (`days(ts)`) as expressions.
  std::vector<ExpressionPtr> partition_by;
  std::vector<std::string> bucket_by;
  int32_t buckets = 0;
  std::string location;
  std::string comment;
  /// CTAS; null otherwise.
  RelationPtr query;
};

/// CREATE TABLE a LIKE b.
struct CreateTableLike {
  Name name;
  Name source;
  bool if_not_exists = false;
  std::string provider;
  std::string location;
  Options properties;
};

/// INSERT INTO/OVERWRITE [PARTITION (…)] [(columns)] query; REPLACE WHERE.
struct InsertInto {
  Name table;
  RelationPtr query;
  bool overwrite = false;
  bool if_partition_not_exists = false;
  /// Partition spec: value null for dynamic.
  std::vector<std::pair<std::string, ExpressionPtr>> partition;
  std::vector<std::string> columns;
  bool by_name = false;
  ExpressionPtr replace_where;
};

/// FROM … INSERT … INSERT …: one InsertInto after the other.
struct MultiInsert {
  std::vector<CommandPtr> inserts;
};

struct DropTable {
  Name name;
  bool if_exists = false;
  bool purge = false;
  bool is_view = false;
};

/// spark.catalog.dropTempView / dropGlobalTempView → boolean.
struct DropTempView {
  std::string name;
  bool global = false;
};

struct TruncateTable {
  Name name;
  std::vector<std::pair<std::string, ExpressionPtr>> partition;
};

struct CreateDatabase {
  Name name;
  bool if_not_exists = false;
  std::string comment;
  std::string location;
  Options properties;
};

struct DropDatabase {
  Name name;
  bool if_exists = false;
  bool cascade = false;
};

struct UseDatabase {
  Name name;
  /// SET CATALOG: the name is a catalog's.
  bool is_catalog = false;
};

/// ALTER TABLE/VIEW … by one action.
struct AlterTable {
  struct Rename {
    Name to;
  };
  struct SetProperties {
    Options properties;
  };
  struct UnsetProperties {
    std::vector<std::string> keys;
    bool if_exists = false;
  };
  struct AddColumns {
    std::vector<ColumnDefinition> columns;
  };
  struct DropColumns {
    std::vector<Name> columns;
    bool if_exists = false;
  };
  struct RenameColumn {
    Name from;
    std::string to;
  };
  struct SetLocation {
    std::string location;
  };
  struct SetViewText {
    RelationPtr query;
    std::string text;
  };
  using Action = std::variant<Rename, SetProperties, UnsetProperties, AddColumns, DropColumns,
                              RenameColumn, SetLocation, SetViewText>;
  Name name;
  bool is_view = false;
  Action action;
};

/// A partition's columns and values as the catalog knows them: texts, nothing for NULL.
using PartitionTexts = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// ALTER TABLE … PARTITION, RECOVER PARTITIONS and MSCK REPAIR TABLE.
struct AlterPartitions {
  struct NewPartition {
    PartitionTexts values;
    /// Empty: below the table.
    std::string location;
  };
  struct Add {
    std::vector<NewPartition> partitions;
    bool if_not_exists = false;
  };
  struct Drop {
    std::vector<PartitionTexts> partitions;
    bool if_exists = false;
  };
  struct Rename {
    PartitionTexts from;
    PartitionTexts to;
  };
  struct SetLocation {
    PartitionTexts partition;
    std::string location;
  };
  /// Partitions whose directories are there are added, those whose are not are forgotten.
  struct Repair {
    bool adds = true;
    bool forgets = false;
    /// ALTER TABLE RECOVER PARTITIONS instead of MSCK REPAIR TABLE.
    bool is_alter = false;
  };
  using Action = std::variant<Rename, SetLocation, Add, Drop, Repair>;
  Name name;
  Action action;
};

/// ALTER TABLE … ALTER | CHANGE COLUMN.
struct AlterColumn {
  Name table;
  /// Empty: REPLACE COLUMNS.
  Name column;
  std::optional<types::DataType> type;
  std::optional<std::string> comment;
  /// SQL text of a new default; empty drops it.
  std::optional<std::string> default_text;
  /// SET | DROP NOT NULL.
  bool changes_nullability = false;
  /// FIRST | AFTER.
  bool moves = false;
};

/// ALTER TABLE … SET SERDE | SERDEPROPERTIES.
struct SetSerde {
  Name table;
  std::optional<std::string> serde;
  Options properties;
  bool of_partition = false;
};

/// ALTER DATABASE … SET and COMMENT ON DATABASE.
struct AlterDatabase {
  Name name;
  Options properties;
  std::optional<std::string> location;
  std::optional<std::string> comment;
};

/// UPDATE, DELETE and MERGE parse, and answer with a typed error until they have rooms.
struct RowLevelOperation {
  std::string kind;
  Name table;
};

/// SHOW … of one kind; unused members stay empty.
struct Show {
  enum class Kind : uint8_t {
    kDatabases,
    kTables,
    kTableExtended,
    kViews,
    kColumns,
    kFunctions,
    kPartitions,
    kTblProperties,
    kCreateTable,
    kCatalogs,
    kCurrentNamespace
  };
  Kind kind = Kind::kTables;
  /// Database or table.
  Name name;
  /// LIKE pattern, SHOW FUNCTIONS scope (ALL/SYSTEM/USER), property key.
  std::optional<std::string> pattern;
  std::string scope;
  bool as_serde = false;
  /// SHOW PARTITIONS and SHOW TABLE EXTENDED.
  std::vector<std::pair<std::string, ExpressionPtr>> partition;
};

/// DESCRIBE TABLE/QUERY/DATABASE/FUNCTION/HISTORY.
struct Describe {
  enum class Kind : uint8_t { kTable, kColumn, kQuery, kDatabase, kFunction, kHistory };
  Kind kind = Kind::kTable;
  Name name;
  Name column;
  RelationPtr query;
  bool extended = false;
  std::vector<std::pair<std::string, ExpressionPtr>> partition;
  /// DESCRIBE QUERY: the query's own text.
  std::string query_text;
  /// DESCRIBE HISTORY: how many of the newest commits, none for all.
  std::optional<int64_t> limit = {};
};

enum class ExplainMode : uint8_t { kSimple, kExtended, kCodegen, kCost, kFormatted };

struct Explain {
  ExplainMode mode = ExplainMode::kSimple;
  RelationPtr query;
  CommandPtr command;
};

/// SET, SET k, SET k = v, SET -v, SET TIME ZONE.
struct SetConfig {
  std::optional<std::string> key;
  std::optional<std::string> value;
  bool verbose = false;
  bool is_time_zone = false;
};

struct ResetConfig {
  std::optional<std::string> key;
};

/// CACHE [LAZY] TABLE t [OPTIONS] [AS query], UNCACHE TABLE, CLEAR CACHE, REFRESH, ANALYZE.
struct CacheTable {
  Name name;
  bool lazy = false;
  Options options;
  RelationPtr query;
};
struct UncacheTable {
  Name name;
  bool if_exists = false;
};
struct ClearCache {};
struct RefreshTable {
  Name name;
  /// REFRESH 'path'.
  std::string path;
};
struct AnalyzeTable {
  Name name;
  std::vector<std::string> columns;
  bool no_scan = false;
  /// The columns of PARTITION (…).
  std::vector<std::string> partition_columns;
};

/// spark.catalog.* calls of the protocol that are not statements above; `method` is its name in
/// the protocol in snake case (list_tables, get_table, table_exists, is_cached …).
struct CatalogCall {
  std::string method;
  std::optional<std::string> name;
  std::optional<std::string> database;
  std::optional<std::string> pattern;
  std::optional<std::string> path;
  std::optional<std::string> source;
  std::optional<std::string> description;
  std::optional<types::DataType> schema;
  Options options;
};

/// df.checkpoint()/localCheckpoint() and removal of a kept frame.
struct Checkpoint {
  RelationPtr input;
  bool local = false;
  bool eager = true;
};
struct RemoveCachedRemoteRelation {
  std::string relation_id;
};

/// A statement that parses but has no room yet: named by a typed error.
struct UnsupportedCommand {
  std::string name;
};

struct Command {
  using Node =
      std::variant<WriteOperation, WriteOperationV2, CreateView, CreateTempViewUsing, CreateTable,
                   CreateTableLike, InsertInto, MultiInsert, DropTable, DropTempView, TruncateTable,
                   CreateDatabase, DropDatabase, UseDatabase, AlterTable, AlterPartitions,
                   AlterColumn, SetSerde, AlterDatabase, RowLevelOperation, Show, Describe, Explain,
                   SetConfig, ResetConfig, CacheTable, UncacheTable, ClearCache, RefreshTable,
                   AnalyzeTable, CatalogCall, Checkpoint, RemoveCachedRemoteRelation,
                   UnsupportedCommand>;
  Node node;
  core::Origin origin;
  /// Where the statement names the table it is about.
  core::Origin table_place = {};
};

/// Wraps a node.
CommandPtr make_command(Command::Node node, core::Origin origin = {},
                        core::Origin table_place = {});

/// What one statement or one request means: rows, or an effect.
using Statement = std::variant<RelationPtr, CommandPtr>;

}  // namespace grebe::plan
