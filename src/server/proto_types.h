// Spark's types and values → spark.connect messages.
#pragma once

#include "types/data_type.h"
#include "types/value.h"

namespace spark::connect {
class DataType;
class Expression_Literal;
}  // namespace spark::connect

namespace grebe::server {

/// Fills `message` (which must be empty) with the type.
void fill_data_type(const types::DataType& type, spark::connect::DataType& message);

/// Fills `message` with the schema as one struct.
void fill_schema(const types::Schema& schema, spark::connect::DataType& message);

/// Fills `message` with a value of that type.
void fill_literal(const types::DataType& type, const types::Value& value,
                  spark::connect::Expression_Literal& message);

}  // namespace grebe::server
