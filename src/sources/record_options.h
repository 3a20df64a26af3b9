// Reader options of CSV and JSON → how lines are cut and parsed.
#pragma once

#include <string>
#include <vector>

#include "native/csv_line.h"
#include "native/lenient_json.h"
#include "sources/file_table.h"

namespace grebe::sources {

/// The option's value, or `otherwise`.
std::string option_or(const Options& options, const std::string& key, const std::string& otherwise);
bool option_is_on(const Options& options, const std::string& key, bool otherwise);

/// Throws for separators and quotes that no reader takes.
native::CsvDialect csv_dialect(const Options& options);
native::JsonLeniency json_leniency(const Options& options);

/// Lines (or, with multiLine, whole texts) of files, at most `limit`, through the engine, which
/// knows compression. Blank lines come as empty texts.
std::vector<std::string> read_lines(engine::Connection& connection,
                                    const std::vector<std::string>& paths, int64_t limit);
std::vector<std::string> read_texts(engine::Connection& connection,
                                    const std::vector<std::string>& paths);

}  // namespace grebe::sources
