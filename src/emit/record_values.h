// A text or JSON field → its Spark type in SQL, null where it does not fit. Private to emit/.
#pragma once

#include <map>
#include <string>

#include "types/data_type.h"

namespace grebe::emit {

/// Reader options, keys in lower case.
using ReaderOptions = std::map<std::string, std::string>;

/// The option's value, or `otherwise`.
std::string reader_option(const ReaderOptions& options, const std::string& key,
                          const std::string& otherwise);

/// SQL of a CSV field's text as the carrier of `type`.
std::string csv_value(const std::string& text, const types::DataType& type,
                      const ReaderOptions& options);

/// SQL of one member of the JSON record `record`, by name.
std::string json_value(const std::string& record, const std::string& name,
                       const types::DataType& type, const ReaderOptions& options);

/// `$."name"` as a SQL string.
std::string json_path(const std::string& name);

}  // namespace grebe::emit
