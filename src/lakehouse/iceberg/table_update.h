// A REST commit's requirements and updates → a changed metadata document.
#pragma once

#include <stdexcept>
#include <string>

#include "lakehouse/iceberg/schema.h"

namespace grebe::lakehouse::iceberg {

/// What a REST client is told: an HTTP status and an Iceberg error type.
class RestError : public std::runtime_error {
 public:
  RestError(int status, std::string type, const std::string& message)
      : std::runtime_error(message), status_(status), type_(std::move(type)) {}
  int status() const { return status_; }
  const std::string& type() const { return type_; }

 private:
  int status_;
  std::string type_;
};

/// Throws RestError 409 when the document is not as a requirement says; null is no table.
void check_requirement(const Json& document, const Json& requirement);

/// Applies one update. Throws RestError 400 for updates that we do not know or that do not fit.
void apply_update(Json& document, const Json& update);

/// A document of format version 2 without schema, spec and snapshots.
Json empty_document(const std::string& location);

}  // namespace grebe::lakehouse::iceberg
