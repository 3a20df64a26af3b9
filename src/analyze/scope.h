// A name as written + the columns in sight → the column, a struct field of it, or Spark's error.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/spark_error.h"
#include "resolved/relation.h"

namespace grebe::analyze {

/// The output of a client's frame inside the plan below, for columns that carry a plan id.
struct Frame {
  int64_t plan_id = 0;
  std::vector<resolved::Attribute> output;
};

/// Columns in sight at one place of a query.
struct Scope {
  std::vector<resolved::Attribute> attributes;
  std::vector<Frame> frames;
  /// Columns that only a qualified name finds (the hidden sides of USING joins).
  std::vector<resolved::Attribute> hidden;
  /// What is known of the files that the rows come from, one struct a source; filled only in an
  /// analysis that asks for it (file_metadata.h).
  std::vector<resolved::Attribute> files;
};

/// Compares identifiers under spark.sql.caseSensitive.
bool same_identifier(const std::string& left, const std::string& right, bool case_sensitive);

/// A found column: the attribute and the struct fields that follow it in the name.
struct Match {
  resolved::Attribute attribute;
  std::vector<std::string> nested;
};

/// Looks a dotted name up among attributes as Spark's AttributeSeq does: longest qualifier first.
/// Throws AMBIGUOUS_REFERENCE. Nothing when no column matches.
std::optional<Match> find_column(const std::vector<resolved::Attribute>& attributes,
                                 const std::vector<std::string>& name_parts, bool case_sensitive,
                                 const core::Origin& origin);

/// Looks a column up in the frames of `plan_id`; only columns still present in the scope count.
/// Throws AMBIGUOUS_COLUMN_REFERENCE when several of them are.
std::optional<Match> find_frame_column(const Scope& scope, int64_t plan_id,
                                       const std::vector<std::string>& name_parts,
                                       bool case_sensitive, const core::Origin& origin);

/// UNRESOLVED_COLUMN.WITH_SUGGESTION, or .WITHOUT_SUGGESTION when nothing is in sight.
core::SparkError unresolved_column(const std::vector<std::string>& name_parts,
                                   const std::vector<resolved::Attribute>& candidates,
                                   const core::Origin& origin);

/// A reference to an attribute as an expression.
resolved::ExpressionPtr reference(const resolved::Attribute& attribute,
                                  const core::Origin& origin = {});

/// The same column as a subquery of the query that has it sees it.
resolved::ExpressionPtr as_outer(const resolved::Expression& column);

/// An item that passes an attribute on unchanged.
resolved::NamedExpression pass_through(const resolved::Attribute& attribute);

}  // namespace grebe::analyze
