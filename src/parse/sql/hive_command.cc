// Hive's statements that Spark's grammar knows only to refuse them.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

// The words that begin such a statement, longest form first where one begins another.
constexpr TokenKind kNone = kEndOfInput;
constexpr TokenKind kStatements[][3] = {
    {kCreate, kRole, kNone},       {kDrop, kRole, kNone},         {kGrant, kRole, kNone},
    {kGrant, kNone, kNone},        {kRevoke, kRole, kNone},       {kRevoke, kNone, kNone},
    {kShow, kGrant, kNone},        {kShow, kRole, kGrant},        {kShow, kRole, kNone},
    {kShow, kPrincipals, kNone},   {kShow, kRoles, kNone},        {kShow, kCurrent, kRoles},
    {kExport, kTable, kNone},      {kImport, kTable, kNone},      {kShow, kCompactions, kNone},
    {kShow, kTransactions, kNone}, {kShow, kIndexes, kNone},      {kShow, kLocks, kNone},
    {kAlter, kIndex, kNone},       {kLock, kTable, kNone},        {kLock, kDatabase, kNone},
    {kUnlock, kTable, kNone},      {kUnlock, kDatabase, kNone},   {kCreate, kTemporary, kMacro},
    {kDrop, kTemporary, kMacro},   {kStart, kTransaction, kNone}, {kCommit, kNone, kNone},
    {kRollback, kNone, kNone},     {kDfs, kNone, kNone},          {kSet, kRole, kNone},
};

// The same behind ALTER TABLE name [PARTITION (…)].
constexpr TokenKind kTableActions[][4] = {
    {kNot, kClustered, kNone, kNone},     {kClustered, kBy, kNone, kNone},
    {kNot, kSorted, kNone, kNone},        {kSkewed, kBy, kNone, kNone},
    {kNot, kSkewed, kNone, kNone},        {kNot, kStored, kAs, kDirectories},
    {kSet, kSkewed, kLocation, kNone},    {kExchange, kPartition, kNone, kNone},
    {kArchive, kPartition, kNone, kNone}, {kUnarchive, kPartition, kNone, kNone},
    {kTouch, kNone, kNone, kNone},        {kCompact, kNone, kNone, kNone},
    {kConcatenate, kNone, kNone, kNone},  {kSet, kFileformat, kNone, kNone},
};

}  // namespace

// Appends the words of the first of `rows` that stands at `ahead`; false when none does.
template <size_t kRows, size_t kWords>
bool Grammar::match_words(const TokenKind (&rows)[kRows][kWords], size_t ahead,
                          std::string* words) const {
  for (const auto& row : rows) {
    size_t count = 0;
    while (count < kWords && row[count] != kNone && at(row[count], ahead + count)) ++count;
    if (count < kWords && row[count] != kNone) continue;
    for (size_t i = 0; i < count; ++i) {
      if (!words->empty()) *words += " ";
      *words += text_of(peek(ahead + i));
    }
    return true;
  }
  return false;
}

plan::CommandPtr Grammar::hive_native_command() {
  const size_t first = position_;
  std::string words;
  bool refused = match_words(kStatements, 0, &words);
  if (!refused && at_sequence({kAlter, kTable}) && at_identifier(2)) {
    size_t ahead = 3;
    while (at(kDot, ahead) && at_identifier(ahead + 1)) ahead += 2;
    if (at(kPartition, ahead) && at(kLeftParen, ahead + 1)) {
      ahead = closing(position_ + ahead + 1) + 1 - position_;
    }
    words = std::string(text_of(peek())) + " " + std::string(text_of(peek(1)));
    refused = match_words(kTableActions, ahead, &words);
  }
  if (!refused) return nullptr;
  if (at(kSet)) words = "SET ROLE";
  skip_to_end();
  operation_not_allowed(words, first);
}

}  // namespace grebe::parse::sql
