// Batches of every kind that the laboratory compares, there and back.
#include "client/arrow_ipc.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "nanoarrow/nanoarrow.hpp"

namespace grebe::client {
namespace {

/// A schema of one column.
void make_schema(ArrowSchema& schema, ArrowType type) {
  ArrowSchemaInit(&schema);
  ASSERT_EQ(ArrowSchemaSetTypeStruct(&schema, 1), NANOARROW_OK);
  ASSERT_EQ(ArrowSchemaSetType(schema.children[0], type), NANOARROW_OK);
  ASSERT_EQ(ArrowSchemaSetName(schema.children[0], "c"), NANOARROW_OK);
}

TEST(ArrowIpc, TextAndNullsComeBack) {
  ArrowSchema schema;
  make_schema(schema, NANOARROW_TYPE_STRING);
  std::vector<ArrowArray> batches(2);
  for (ArrowArray& batch : batches) {
    ASSERT_EQ(ArrowArrayInitFromSchema(&batch, &schema, nullptr), NANOARROW_OK);
    ASSERT_EQ(ArrowArrayStartAppending(&batch), NANOARROW_OK);
    ASSERT_EQ(ArrowArrayAppendString(batch.children[0], ArrowCharView("a longer text")),
              NANOARROW_OK);
    ASSERT_EQ(ArrowArrayFinishElement(&batch), NANOARROW_OK);
    ASSERT_EQ(ArrowArrayAppendNull(batch.children[0], 1), NANOARROW_OK);
    ASSERT_EQ(ArrowArrayFinishElement(&batch), NANOARROW_OK);
    ASSERT_EQ(ArrowArrayFinishBuildingDefault(&batch, nullptr), NANOARROW_OK);
  }
  Table table = decode_ipc({encode_ipc(schema, batches)});
  EXPECT_EQ(table.columns, std::vector<std::string>{"c"});
  ASSERT_EQ(table.rows.size(), 4);
  EXPECT_EQ(print_value(table.rows[2][0]), "'a longer text'");
  EXPECT_EQ(print_value(table.rows[3][0]), "NULL");
}

TEST(ArrowIpc, DecimalsKeepScaleAndSign) {
  ArrowSchema schema;
  ArrowSchemaInit(&schema);
  ASSERT_EQ(ArrowSchemaSetTypeStruct(&schema, 1), NANOARROW_OK);
  ASSERT_EQ(ArrowSchemaSetTypeDecimal(schema.children[0], NANOARROW_TYPE_DECIMAL128, 25, 2),
            NANOARROW_OK);
  ASSERT_EQ(ArrowSchemaSetName(schema.children[0], "c"), NANOARROW_OK);
  std::vector<ArrowArray> batches(1);
  ASSERT_EQ(ArrowArrayInitFromSchema(&batches[0], &schema, nullptr), NANOARROW_OK);
  ASSERT_EQ(ArrowArrayStartAppending(&batches[0]), NANOARROW_OK);
  ArrowDecimal decimal;
  ArrowDecimalInit(&decimal, 128, 25, 2);
  ArrowDecimalSetInt(&decimal, -105);
  ASSERT_EQ(ArrowArrayAppendDecimal(batches[0].children[0], &decimal), NANOARROW_OK);
  ASSERT_EQ(ArrowArrayFinishElement(&batches[0]), NANOARROW_OK);
  ASSERT_EQ(ArrowArrayFinishBuildingDefault(&batches[0], nullptr), NANOARROW_OK);
  Table table = decode_ipc({encode_ipc(schema, batches)});
  EXPECT_EQ(print_value(table.rows.at(0)[0]), "-1.05");
}

TEST(ArrowIpc, MalformedBytesAreAnError) {
  EXPECT_THROW(decode_ipc({"these are no Arrow bytes at all, but long enough"}),
               std::runtime_error);
}

TEST(PrintValue, DatesAndTimestamps) {
  EXPECT_EQ(print_value(Date{0}), "1970-01-01");
  EXPECT_EQ(print_value(Date{-719162}), "0001-01-01");
  EXPECT_EQ(print_value(Date{9204}), "1995-03-15");
  EXPECT_EQ(print_value(Timestamp{-1, true}), "1969-12-31 23:59:59.999999Z");
}

}  // namespace
}  // namespace grebe::client
