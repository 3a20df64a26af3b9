// jobs/tpch/queries/qNN.sql → the text to run and what is needed to judge its answer.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grebe::lab::tpch {

/// One query of the benchmark.
struct Query {
  /// "q01" … "q22".
  std::string name;
  std::string sql;
  /// Output columns that the query orders by, most significant first; empty when it fixes none.
  std::vector<std::string> order;
};

/// Reads one query file; its headers are `-- @order a, b` (the sort columns) and
/// `-- @divide-by-scale-factor LITERAL` (a literal that the specification divides by SF).
/// Throws std::runtime_error that names the file and what is wrong with it.
Query read_query(const std::filesystem::path& file, double scale_factor);

/// Reads the queries of these numbers from a folder.
std::vector<Query> read_queries(const std::filesystem::path& folder,
                                const std::vector<int>& numbers, double scale_factor);

/// A statement file → its statements with `${name}` replaced; a variable that is not given is an
/// error. Statements end with a semicolon at the end of a line; lines starting with `--` are
/// dropped.
std::vector<std::string> read_statements(
    const std::filesystem::path& file,
    const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace grebe::lab::tpch
