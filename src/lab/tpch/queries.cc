// jobs/tpch/queries/qNN.sql → the text to run and what is needed to judge its answer.
#include "lab/tpch/queries.h"

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "lab/data/files.h"

namespace grebe::lab::tpch {
namespace {

std::string trim(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(trim(part));
  return parts;
}

std::string replace_once(std::string text, const std::string& literal, const std::string& value,
                         const std::filesystem::path& file) {
  size_t found = text.find(literal);
  if (found == std::string::npos) {
    throw std::runtime_error(
        fmt::format("{}: literal {} is not in the text", file.string(), literal));
  }
  return text.replace(found, literal.size(), value);
}

std::string substitute(const std::string& text, const std::filesystem::path& file,
                       const std::vector<std::pair<std::string, std::string>>& variables) {
  std::string done;
  for (size_t at = 0; at < text.size();) {
    size_t start = text.find("${", at);
    done.append(text, at, start == std::string::npos ? std::string::npos : start - at);
    if (start == std::string::npos) break;
    size_t end = text.find('}', start);
    std::string name = text.substr(start + 2, end == std::string::npos ? 0 : end - start - 2);
    const std::string* value = nullptr;
    for (const auto& [key, candidate] : variables) {
      if (key == name) value = &candidate;
    }
    if (value == nullptr) {
      throw std::runtime_error(fmt::format("{}: unknown variable ${{{}}}", file.string(), name));
    }
    done += *value;
    at = end + 1;
  }
  return done;
}

}  // namespace

Query read_query(const std::filesystem::path& file, double scale_factor) {
  constexpr std::string_view kOrder = "-- @order ";
  constexpr std::string_view kDivide = "-- @divide-by-scale-factor ";
  Query query;
  query.name = file.stem().string();
  std::vector<std::string> divided;
  std::istringstream lines(data::read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(kOrder, 0) == 0) {
      query.order = split(line.substr(kOrder.size()), ',');
    } else if (line.rfind(kDivide, 0) == 0) {
      divided.push_back(trim(line.substr(kDivide.size())));
    } else if (line.rfind("--", 0) != 0) {
      query.sql += line + "\n";
    }
  }
  query.sql = trim(query.sql);
  if (query.sql.empty()) throw std::runtime_error(fmt::format("{}: no statement", file.string()));
  for (const std::string& literal : divided) {
    std::string value =
        fmt::format("{:.12f}", std::strtod(literal.c_str(), nullptr) / scale_factor);
    query.sql = replace_once(std::move(query.sql), literal, value, file);
  }
  return query;
}

std::vector<Query> read_queries(const std::filesystem::path& folder,
                                const std::vector<int>& numbers, double scale_factor) {
  std::vector<Query> queries;
  for (int number : numbers) {
    queries.push_back(read_query(folder / fmt::format("q{:02}.sql", number), scale_factor));
  }
  return queries;
}

std::vector<std::string> read_statements(
    const std::filesystem::path& file,
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> statements;
  std::string statement;
  std::istringstream lines(data::read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("--", 0) == 0) continue;
    statement += line + "\n";
    std::string trimmed = trim(line);
    if (trimmed.empty() || trimmed.back() != ';') continue;
    statement = trim(statement);
    statement.pop_back();
    statements.push_back(substitute(statement, file, variables));
    statement.clear();
  }
  if (!trim(statement).empty()) {
    throw std::runtime_error(
        fmt::format("{}: the last statement does not end with a semicolon", file.string()));
  }
  return statements;
}

}  // namespace grebe::lab::tpch
