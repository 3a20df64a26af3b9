// Keyword text → token kind, by a hash table that is built at compile time.
// Long: one row a keyword of the grammar.
#include "parse/sql/keyword.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "parse/sql/keyword_list.h"

namespace grebe::parse::sql {
namespace {

struct Keyword {
  std::string_view text;
  TokenKind kind;
  KeywordUse use;
};

// One row a keyword: text, kind, {non-reserved under ANSI, not an alias in the default mode}.
// Facts from the keyword lists of Spark 3.5's SqlBaseParser. In the default mode every keyword can
// be a name.
constexpr Keyword kKeywords[] = {
    {"ADD", TokenKind::kAdd, {true, false}},
    {"AFTER", TokenKind::kAfter, {true, false}},
    {"ALL", TokenKind::kAll, {false, false}},
    {"ALTER", TokenKind::kAlter, {true, false}},
    {"ALWAYS", TokenKind::kAlways, {true, false}},
    {"ANALYZE", TokenKind::kAnalyze, {true, false}},
    {"AND", TokenKind::kAnd, {false, false}},
    {"ANTI", TokenKind::kAnti, {true, true}},
    {"ANY", TokenKind::kAny, {false, false}},
    {"ANY_VALUE", TokenKind::kAnyValue, {true, false}},
    {"ARCHIVE", TokenKind::kArchive, {true, false}},
    {"ARRAY", TokenKind::kArray, {true, false}},
    {"AS", TokenKind::kAs, {false, false}},
    {"ASC", TokenKind::kAsc, {true, false}},
    {"AT", TokenKind::kAt, {true, false}},
    {"AUTHORIZATION", TokenKind::kAuthorization, {false, false}},
    {"BETWEEN", TokenKind::kBetween, {true, false}},
    {"BIGINT", TokenKind::kBigint, {true, false}},
    {"BINARY", TokenKind::kBinary, {true, false}},
    {"BOOLEAN", TokenKind::kBoolean, {true, false}},
    {"BOTH", TokenKind::kBoth, {false, false}},
    {"BUCKET", TokenKind::kBucket, {true, false}},
    {"BUCKETS", TokenKind::kBuckets, {true, false}},
    {"BY", TokenKind::kBy, {true, false}},
    {"BYTE", TokenKind::kByte, {true, false}},
    {"CACHE", TokenKind::kCache, {true, false}},
    {"CASCADE", TokenKind::kCascade, {true, false}},
    {"CASE", TokenKind::kCase, {false, false}},
    {"CAST", TokenKind::kCast, {false, false}},
    {"CATALOG", TokenKind::kCatalog, {true, false}},
    {"CATALOGS", TokenKind::kCatalogs, {true, false}},
    {"CHANGE", TokenKind::kChange, {true, false}},
    {"CHAR", TokenKind::kChar, {true, false}},
    {"CHARACTER", TokenKind::kCharacter, {true, false}},
    {"CHECK", TokenKind::kCheck, {false, false}},
    {"CLEAR", TokenKind::kClear, {true, false}},
    {"CLUSTER", TokenKind::kCluster, {true, false}},
    {"CLUSTERED", TokenKind::kClustered, {true, false}},
    {"CODEGEN", TokenKind::kCodegen, {true, false}},
    {"COLLATE", TokenKind::kCollate, {false, false}},
    {"COLLECTION", TokenKind::kCollection, {true, false}},
    {"COLUMN", TokenKind::kColumn, {false, false}},
    {"COLUMNS", TokenKind::kColumns, {true, false}},
    {"COMMENT", TokenKind::kComment, {true, false}},
    {"COMMIT", TokenKind::kCommit, {true, false}},
    {"COMPACT", TokenKind::kCompact, {true, false}},
    {"COMPACTIONS", TokenKind::kCompactions, {true, false}},
    {"COMPUTE", TokenKind::kCompute, {true, false}},
    {"CONCATENATE", TokenKind::kConcatenate, {true, false}},
    {"CONSTRAINT", TokenKind::kConstraint, {false, false}},
    {"COST", TokenKind::kCost, {true, false}},
    {"CREATE", TokenKind::kCreate, {false, false}},
    {"CROSS", TokenKind::kCross, {false, true}},
    {"CUBE", TokenKind::kCube, {true, false}},
    {"CURRENT", TokenKind::kCurrent, {true, false}},
    {"CURRENT_DATE", TokenKind::kCurrentDate, {false, false}},
    {"CURRENT_TIME", TokenKind::kCurrentTime, {false, false}},
    {"CURRENT_TIMESTAMP", TokenKind::kCurrentTimestamp, {false, false}},
    {"CURRENT_USER", TokenKind::kCurrentUser, {false, false}},
    {"DAY", TokenKind::kDay, {true, false}},
    {"DAYS", TokenKind::kDays, {true, false}},
    {"DAYOFYEAR", TokenKind::kDayofyear, {true, false}},
    {"DATA", TokenKind::kData, {true, false}},
    {"DATE", TokenKind::kDate, {true, false}},
    {"DATABASE", TokenKind::kDatabase, {true, false}},
    {"DATABASES", TokenKind::kDatabases, {true, false}},
    {"DATEADD", TokenKind::kDateadd, {true, false}},
    {"DATE_ADD", TokenKind::kDateAdd, {true, false}},
    {"DATEDIFF", TokenKind::kDatediff, {true, false}},
    {"DATE_DIFF", TokenKind::kDateDiff, {true, false}},
    {"DBPROPERTIES", TokenKind::kDbproperties, {true, false}},
    {"DEC", TokenKind::kDec, {true, false}},
    {"DECIMAL", TokenKind::kDecimal, {true, false}},
    {"DEFAULT", TokenKind::kDefault, {true, false}},
    {"DEFINED", TokenKind::kDefined, {true, false}},
    {"DELETE", TokenKind::kDelete, {true, false}},
    {"DELIMITED", TokenKind::kDelimited, {true, false}},
    {"DESC", TokenKind::kDesc, {true, false}},
    {"DESCRIBE", TokenKind::kDescribe, {true, false}},
    {"DFS", TokenKind::kDfs, {true, false}},
    {"DIRECTORIES", TokenKind::kDirectories, {true, false}},
    {"DIRECTORY", TokenKind::kDirectory, {true, false}},
    {"DISTINCT", TokenKind::kDistinct, {false, false}},
    {"DISTRIBUTE", TokenKind::kDistribute, {true, false}},
    {"DIV", TokenKind::kDiv, {true, false}},
    {"DOUBLE", TokenKind::kDouble, {true, false}},
    {"DROP", TokenKind::kDrop, {true, false}},
    {"ELSE", TokenKind::kElse, {false, false}},
    {"END", TokenKind::kEnd, {false, false}},
    {"ESCAPE", TokenKind::kEscape, {false, false}},
    {"ESCAPED", TokenKind::kEscaped, {true, false}},
    {"EXCEPT", TokenKind::kExcept, {false, true}},
    {"EXCHANGE", TokenKind::kExchange, {true, false}},
    {"EXCLUDE", TokenKind::kExclude, {true, false}},
    {"EXISTS", TokenKind::kExists, {true, false}},
    {"EXPLAIN", TokenKind::kExplain, {true, false}},
    {"EXPORT", TokenKind::kExport, {true, false}},
    {"EXTENDED", TokenKind::kExtended, {true, false}},
    {"EXTERNAL", TokenKind::kExternal, {true, false}},
    {"EXTRACT", TokenKind::kExtract, {true, false}},
    {"FALSE", TokenKind::kFalse, {false, false}},
    {"FETCH", TokenKind::kFetch, {false, false}},
    {"FIELDS", TokenKind::kFields, {true, false}},
    {"FILTER", TokenKind::kFilter, {false, false}},
    {"FILEFORMAT", TokenKind::kFileformat, {true, false}},
    {"FIRST", TokenKind::kFirst, {true, false}},
    {"FLOAT", TokenKind::kFloat, {true, false}},
    {"FOLLOWING", TokenKind::kFollowing, {true, false}},
    {"FOR", TokenKind::kFor, {false, false}},
    {"FOREIGN", TokenKind::kForeign, {false, false}},
    {"FORMAT", TokenKind::kFormat, {true, false}},
    {"FORMATTED", TokenKind::kFormatted, {true, false}},
    {"FROM", TokenKind::kFrom, {false, false}},
    {"FULL", TokenKind::kFull, {false, true}},
    {"FUNCTION", TokenKind::kFunction, {true, false}},
    {"FUNCTIONS", TokenKind::kFunctions, {true, false}},
    {"GENERATED", TokenKind::kGenerated, {true, false}},
    {"GLOBAL", TokenKind::kGlobal, {true, false}},
    {"GRANT", TokenKind::kGrant, {false, false}},
    {"GROUP", TokenKind::kGroup, {false, false}},
    {"GROUPING", TokenKind::kGrouping, {true, false}},
    {"HAVING", TokenKind::kHaving, {false, false}},
    {"X", TokenKind::kBinaryHex, {true, false}},
    {"HOUR", TokenKind::kHour, {true, false}},
    {"HOURS", TokenKind::kHours, {true, false}},
    {"IDENTIFIER", TokenKind::kIdentifierKw, {true, false}},
    {"IF", TokenKind::kIf, {true, false}},
    {"IGNORE", TokenKind::kIgnore, {true, false}},
    {"IMPORT", TokenKind::kImport, {true, false}},
    {"IN", TokenKind::kIn, {false, false}},
    {"INCLUDE", TokenKind::kInclude, {true, false}},
    {"INDEX", TokenKind::kIndex, {true, false}},
    {"INDEXES", TokenKind::kIndexes, {true, false}},
    {"INNER", TokenKind::kInner, {false, true}},
    {"INPATH", TokenKind::kInpath, {true, false}},
    {"INPUTFORMAT", TokenKind::kInputformat, {true, false}},
    {"INSERT", TokenKind::kInsert, {true, false}},
    {"INTERSECT", TokenKind::kIntersect, {false, true}},
    {"INTERVAL", TokenKind::kInterval, {true, false}},
    {"INT", TokenKind::kInt, {true, false}},
    {"INTEGER", TokenKind::kInteger, {true, false}},
    {"INTO", TokenKind::kInto, {false, false}},
    {"IS", TokenKind::kIs, {false, false}},
    {"ITEMS", TokenKind::kItems, {true, false}},
    {"JOIN", TokenKind::kJoin, {false, true}},
    {"KEYS", TokenKind::kKeys, {true, false}},
    {"LAST", TokenKind::kLast, {true, false}},
    {"LATERAL", TokenKind::kLateral, {false, true}},
    {"LAZY", TokenKind::kLazy, {true, false}},
    {"LEADING", TokenKind::kLeading, {false, false}},
    {"LEFT", TokenKind::kLeft, {false, true}},
    {"LIKE", TokenKind::kLike, {true, false}},
    {"ILIKE", TokenKind::kIlike, {true, false}},
    {"LIMIT", TokenKind::kLimit, {true, false}},
    {"LINES", TokenKind::kLines, {true, false}},
    {"LIST", TokenKind::kList, {true, false}},
    {"LOAD", TokenKind::kLoad, {true, false}},
    {"LOCAL", TokenKind::kLocal, {true, false}},
    {"LOCATION", TokenKind::kLocation, {true, false}},
    {"LOCK", TokenKind::kLock, {true, false}},
    {"LOCKS", TokenKind::kLocks, {true, false}},
    {"LOGICAL", TokenKind::kLogical, {true, false}},
    {"LONG", TokenKind::kLong, {true, false}},
    {"MACRO", TokenKind::kMacro, {true, false}},
    {"MAP", TokenKind::kMap, {true, false}},
    {"MATCHED", TokenKind::kMatched, {true, false}},
    {"MERGE", TokenKind::kMerge, {true, false}},
    {"MICROSECOND", TokenKind::kMicrosecond, {true, false}},
    {"MICROSECONDS", TokenKind::kMicroseconds, {true, false}},
    {"MILLISECOND", TokenKind::kMillisecond, {true, false}},
    {"MILLISECONDS", TokenKind::kMilliseconds, {true, false}},
    {"MINUTE", TokenKind::kMinute, {true, false}},
    {"MINUTES", TokenKind::kMinutes, {true, false}},
    {"MONTH", TokenKind::kMonth, {true, false}},
    {"MONTHS", TokenKind::kMonths, {true, false}},
    {"MSCK", TokenKind::kMsck, {true, false}},
    {"NAME", TokenKind::kName, {true, false}},
    {"NAMESPACE", TokenKind::kNamespace, {true, false}},
    {"NAMESPACES", TokenKind::kNamespaces, {true, false}},
    {"NANOSECOND", TokenKind::kNanosecond, {true, false}},
    {"NANOSECONDS", TokenKind::kNanoseconds, {true, false}},
    {"NATURAL", TokenKind::kNatural, {false, true}},
    {"NO", TokenKind::kNo, {true, false}},
    {"NOT", TokenKind::kNot, {false, false}},
    {"NULL", TokenKind::kNull, {false, false}},
    {"NULLS", TokenKind::kNulls, {true, false}},
    {"NUMERIC", TokenKind::kNumeric, {true, false}},
    {"OF", TokenKind::kOf, {true, false}},
    {"OFFSET", TokenKind::kOffset, {false, false}},
    {"ON", TokenKind::kOn, {false, true}},
    {"ONLY", TokenKind::kOnly, {false, false}},
    {"OPTION", TokenKind::kOption, {true, false}},
    {"OPTIONS", TokenKind::kOptions, {true, false}},
    {"OR", TokenKind::kOr, {false, false}},
    {"ORDER", TokenKind::kOrder, {false, false}},
    {"OUT", TokenKind::kOut, {true, false}},
    {"OUTER", TokenKind::kOuter, {false, false}},
    {"OUTPUTFORMAT", TokenKind::kOutputformat, {true, false}},
    {"OVER", TokenKind::kOver, {true, false}},
    {"OVERLAPS", TokenKind::kOverlaps, {false, false}},
    {"OVERLAY", TokenKind::kOverlay, {true, false}},
    {"OVERWRITE", TokenKind::kOverwrite, {true, false}},
    {"PARTITION", TokenKind::kPartition, {true, false}},
    {"PARTITIONED", TokenKind::kPartitioned, {true, false}},
    {"PARTITIONS", TokenKind::kPartitions, {true, false}},
    {"PERCENTILE_CONT", TokenKind::kPercentileCont, {false, false}},
    {"PERCENTILE_DISC", TokenKind::kPercentileDisc, {false, false}},
    {"PERCENT", TokenKind::kPercentlit, {true, false}},
    {"PIVOT", TokenKind::kPivot, {true, false}},
    {"PLACING", TokenKind::kPlacing, {true, false}},
    {"POSITION", TokenKind::kPosition, {true, false}},
    {"PRECEDING", TokenKind::kPreceding, {true, false}},
    {"PRIMARY", TokenKind::kPrimary, {false, false}},
    {"PRINCIPALS", TokenKind::kPrincipals, {true, false}},
    {"PROPERTIES", TokenKind::kProperties, {true, false}},
    {"PURGE", TokenKind::kPurge, {true, false}},
    {"QUARTER", TokenKind::kQuarter, {true, false}},
    {"QUERY", TokenKind::kQuery, {true, false}},
    {"RANGE", TokenKind::kRange, {true, false}},
    {"REAL", TokenKind::kReal, {true, false}},
    {"RECORDREADER", TokenKind::kRecordreader, {true, false}},
    {"RECORDWRITER", TokenKind::kRecordwriter, {true, false}},
    {"RECOVER", TokenKind::kRecover, {true, false}},
    {"REDUCE", TokenKind::kReduce, {true, false}},
    {"REFERENCES", TokenKind::kReferences, {false, false}},
    {"REFRESH", TokenKind::kRefresh, {true, false}},
    {"RENAME", TokenKind::kRename, {true, false}},
    {"REPAIR", TokenKind::kRepair, {true, false}},
    {"REPEATABLE", TokenKind::kRepeatable, {true, false}},
    {"REPLACE", TokenKind::kReplace, {true, false}},
    {"RESET", TokenKind::kReset, {true, false}},
    {"RESPECT", TokenKind::kRespect, {true, false}},
    {"RESTRICT", TokenKind::kRestrict, {true, false}},
    {"REVOKE", TokenKind::kRevoke, {true, false}},
    {"RIGHT", TokenKind::kRight, {false, true}},
    {"RLIKE", TokenKind::kRlike, {true, false}},
    {"REGEXP", TokenKind::kRlike, {true, false}},
    {"ROLE", TokenKind::kRole, {true, false}},
    {"ROLES", TokenKind::kRoles, {true, false}},
    {"ROLLBACK", TokenKind::kRollback, {true, false}},
    {"ROLLUP", TokenKind::kRollup, {true, false}},
    {"ROW", TokenKind::kRow, {true, false}},
    {"ROWS", TokenKind::kRows, {true, false}},
    {"SECOND", TokenKind::kSecond, {true, false}},
    {"SECONDS", TokenKind::kSeconds, {true, false}},
    {"SCHEMA", TokenKind::kSchema, {true, false}},
    {"SCHEMAS", TokenKind::kSchemas, {true, false}},
    {"SELECT", TokenKind::kSelect, {false, false}},
    {"SEMI", TokenKind::kSemi, {true, true}},
    {"SEPARATED", TokenKind::kSeparated, {true, false}},
    {"SERDE", TokenKind::kSerde, {true, false}},
    {"SERDEPROPERTIES", TokenKind::kSerdeproperties, {true, false}},
    {"SESSION_USER", TokenKind::kSessionUser, {false, false}},
    {"SET", TokenKind::kSet, {true, false}},
    {"MINUS", TokenKind::kSetminus, {true, true}},
    {"SETS", TokenKind::kSets, {true, false}},
    {"SHORT", TokenKind::kShort, {true, false}},
    {"SHOW", TokenKind::kShow, {true, false}},
    {"SKEWED", TokenKind::kSkewed, {true, false}},
    {"SMALLINT", TokenKind::kSmallint, {true, false}},
    {"SOME", TokenKind::kSome, {false, false}},
    {"SORT", TokenKind::kSort, {true, false}},
    {"SORTED", TokenKind::kSorted, {true, false}},
    {"SOURCE", TokenKind::kSource, {true, false}},
    {"START", TokenKind::kStart, {true, false}},
    {"STATISTICS", TokenKind::kStatistics, {true, false}},
    {"STORED", TokenKind::kStored, {true, false}},
    {"STRATIFY", TokenKind::kStratify, {true, false}},
    {"STRING", TokenKind::kString, {true, false}},
    {"STRUCT", TokenKind::kStruct, {true, false}},
    {"SUBSTR", TokenKind::kSubstr, {true, false}},
    {"SUBSTRING", TokenKind::kSubstring, {true, false}},
    {"SYNC", TokenKind::kSync, {true, false}},
    {"SYSTEM_TIME", TokenKind::kSystemTime, {true, false}},
    {"SYSTEM_VERSION", TokenKind::kSystemVersion, {true, false}},
    {"TABLE", TokenKind::kTable, {false, false}},
    {"TABLES", TokenKind::kTables, {true, false}},
    {"TABLESAMPLE", TokenKind::kTablesample, {true, false}},
    {"TARGET", TokenKind::kTarget, {true, false}},
    {"TBLPROPERTIES", TokenKind::kTblproperties, {true, false}},
    {"TEMPORARY", TokenKind::kTemporary, {true, false}},
    {"TEMP", TokenKind::kTemporary, {true, false}},
    {"TERMINATED", TokenKind::kTerminated, {true, false}},
    {"THEN", TokenKind::kThen, {false, false}},
    {"TIME", TokenKind::kTime, {false, false}},
    {"TIMESTAMP", TokenKind::kTimestamp, {true, false}},
    {"TIMESTAMP_LTZ", TokenKind::kTimestampLtz, {true, false}},
    {"TIMESTAMP_NTZ", TokenKind::kTimestampNtz, {true, false}},
    {"TIMESTAMPADD", TokenKind::kTimestampadd, {true, false}},
    {"TIMESTAMPDIFF", TokenKind::kTimestampdiff, {true, false}},
    {"TINYINT", TokenKind::kTinyint, {true, false}},
    {"TO", TokenKind::kTo, {false, false}},
    {"TOUCH", TokenKind::kTouch, {true, false}},
    {"TRAILING", TokenKind::kTrailing, {false, false}},
    {"TRANSACTION", TokenKind::kTransaction, {true, false}},
    {"TRANSACTIONS", TokenKind::kTransactions, {true, false}},
    {"TRANSFORM", TokenKind::kTransform, {true, false}},
    {"TRIM", TokenKind::kTrim, {true, false}},
    {"TRUE", TokenKind::kTrue, {true, false}},
    {"TRUNCATE", TokenKind::kTruncate, {true, false}},
    {"TRY_CAST", TokenKind::kTryCast, {true, false}},
    {"TYPE", TokenKind::kType, {true, false}},
    {"UNARCHIVE", TokenKind::kUnarchive, {true, false}},
    {"UNBOUNDED", TokenKind::kUnbounded, {true, false}},
    {"UNCACHE", TokenKind::kUncache, {true, false}},
    {"UNION", TokenKind::kUnion, {false, true}},
    {"UNIQUE", TokenKind::kUnique, {false, false}},
    {"UNKNOWN", TokenKind::kUnknown, {false, false}},
    {"UNLOCK", TokenKind::kUnlock, {true, false}},
    {"UNPIVOT", TokenKind::kUnpivot, {true, false}},
    {"UNSET", TokenKind::kUnset, {true, false}},
    {"UPDATE", TokenKind::kUpdate, {true, false}},
    {"USE", TokenKind::kUse, {true, false}},
    {"USER", TokenKind::kUser, {false, false}},
    {"USING", TokenKind::kUsing, {false, true}},
    {"VALUES", TokenKind::kValues, {true, false}},
    {"VARCHAR", TokenKind::kVarchar, {true, false}},
    {"VERSION", TokenKind::kVersion, {true, false}},
    {"VIEW", TokenKind::kView, {true, false}},
    {"VIEWS", TokenKind::kViews, {true, false}},
    {"VOID", TokenKind::kVoid, {true, false}},
    {"WEEK", TokenKind::kWeek, {true, false}},
    {"WEEKS", TokenKind::kWeeks, {true, false}},
    {"WHEN", TokenKind::kWhen, {false, false}},
    {"WHERE", TokenKind::kWhere, {false, false}},
    {"WINDOW", TokenKind::kWindow, {true, false}},
    {"WITH", TokenKind::kWith, {false, false}},
    {"WITHIN", TokenKind::kWithin, {false, false}},
    {"YEAR", TokenKind::kYear, {true, false}},
    {"YEARS", TokenKind::kYears, {true, false}},
    {"ZONE", TokenKind::kZone, {true, false}},
};

constexpr size_t kTableSize = 1024;
constexpr size_t kLongestKeyword = 17;

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

constexpr size_t hash_word(std::string_view word) {
  uint32_t hash = 2166136261u;
  for (char c : word) hash = (hash ^ static_cast<uint8_t>(upper(c))) * 16777619u;
  return (hash ^ (hash >> 15)) % kTableSize;
}

constexpr std::array<uint16_t, kTableSize> build_table() {
  std::array<uint16_t, kTableSize> table{};
  uint16_t row = 0;
  for (const Keyword& keyword : kKeywords) {
    size_t slot = hash_word(keyword.text);
    while (table[slot] != 0) slot = (slot + 1) % kTableSize;
    table[slot] = ++row;
  }
  return table;
}

constexpr std::array<uint16_t, kTableSize> kTable = build_table();

bool same_word(std::string_view word, std::string_view keyword) {
  if (word.size() != keyword.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (upper(word[i]) != keyword[i]) return false;
  }
  return true;
}

const Keyword& keyword_row(TokenKind kind) {
  static const std::array<uint16_t, 512> kRows = [] {
    std::array<uint16_t, 512> result{};
    uint16_t row = 0;
    for (const Keyword& keyword : kKeywords) {
      uint16_t& first = result[static_cast<size_t>(keyword.kind)];
      if (first == 0)
        first = ++row;
      else
        ++row;
    }
    return result;
  }();
  return kKeywords[kRows[static_cast<size_t>(kind)] - 1];
}

}  // namespace

TokenKind find_keyword(std::string_view word) {
  if (word.size() > kLongestKeyword) return TokenKind::kIdentifier;
  for (size_t slot = hash_word(word); kTable[slot] != 0; slot = (slot + 1) % kTableSize) {
    const Keyword& keyword = kKeywords[kTable[slot] - 1];
    if (same_word(word, keyword.text)) return keyword.kind;
  }
  return TokenKind::kIdentifier;
}

bool is_keyword(TokenKind kind) { return kind >= TokenKind::kAdd && kind <= TokenKind::kZone; }

std::vector<ListedKeyword> listed_keywords() {
  std::vector<ListedKeyword> list;
  for (const Keyword& keyword : kKeywords) {
    const bool has_two_spellings = keyword.kind == TokenKind::kNot ||
                                   keyword.kind == TokenKind::kRlike ||
                                   keyword.kind == TokenKind::kTemporary;
    if (!has_two_spellings) list.push_back({keyword.text, !keyword.use.ansi_non_reserved});
  }
  std::sort(list.begin(), list.end(),
            [](const auto& left, const auto& right) { return left.text < right.text; });
  return list;
}

KeywordUse keyword_use(TokenKind kind) { return keyword_row(kind).use; }

std::string_view fixed_text(TokenKind kind) {
  switch (kind) {
    case TokenKind::kSemicolon:
      return ";";
    case TokenKind::kLeftParen:
      return "(";
    case TokenKind::kRightParen:
      return ")";
    case TokenKind::kComma:
      return ",";
    case TokenKind::kDot:
      return ".";
    case TokenKind::kLeftBracket:
      return "[";
    case TokenKind::kRightBracket:
      return "]";
    case TokenKind::kNullSafeEqual:
      return "<=>";
    case TokenKind::kNotEqual:
      return "<>";
    case TokenKind::kNotEqualBang:
      return "!=";
    case TokenKind::kLess:
      return "<";
    case TokenKind::kGreater:
      return ">";
    case TokenKind::kPlus:
      return "+";
    case TokenKind::kMinus:
      return "-";
    case TokenKind::kAsterisk:
      return "*";
    case TokenKind::kSlash:
      return "/";
    case TokenKind::kPercent:
      return "%";
    case TokenKind::kTilde:
      return "~";
    case TokenKind::kAmpersand:
      return "&";
    case TokenKind::kPipe:
      return "|";
    case TokenKind::kConcat:
      return "||";
    case TokenKind::kHat:
      return "^";
    case TokenKind::kColon:
      return ":";
    case TokenKind::kArrow:
      return "->";
    case TokenKind::kFatArrow:
      return "=>";
    case TokenKind::kHintStart:
      return "/*+";
    case TokenKind::kHintEnd:
      return "*/";
    case TokenKind::kQuestion:
      return "?";
    default:
      break;
  }
  return is_keyword(kind) ? keyword_row(kind).text : std::string_view{};
}

}  // namespace grebe::parse::sql
