// Requirements and updates of REST commits on metadata documents, and Avro's bytes.
#include "lakehouse/iceberg/table_update.h"

#include <gtest/gtest.h>

#include "lakehouse/iceberg/avro.h"
#include "lakehouse/iceberg/bounds.h"
#include "lakehouse/iceberg/partition.h"

namespace grebe::lakehouse::iceberg {
namespace {

using types::DataType;

Json table() {
  Json document = empty_document("/t");
  const NumberedSchema numbered =
      number_schema({{"id", DataType::long_type()}, {"ts", DataType::timestamp()}}, 0, 0);
  apply_update(document, {{"action", "add-schema"}, {"schema", numbered.schema}});
  apply_update(document, {{"action", "set-current-schema"}, {"schema-id", -1}});
  apply_update(document, {{"action", "add-spec"},
                          {"spec", make_spec({"days(ts)"}, numbered.schema, 0, 999)}});
  apply_update(document, {{"action", "set-default-spec"}, {"spec-id", -1}});
  return document;
}

TEST(TableUpdate, BuildsATable) {
  const Json document = table();
  EXPECT_EQ(document.at("last-column-id"), 2);
  EXPECT_EQ(document.at("last-partition-id"), 1000);
  EXPECT_EQ(document.at("partition-specs")[0].at("fields")[0].at("name"), "ts_day");
}

TEST(TableUpdate, MovesTheMainBranch) {
  Json document = table();
  apply_update(document, {{"action", "add-snapshot"},
                          {"snapshot", {{"snapshot-id", 7}, {"sequence-number", 1}}}});
  apply_update(document, {{"action", "set-snapshot-ref"},
                          {"ref-name", "main"},
                          {"type", "branch"},
                          {"snapshot-id", 7}});
  EXPECT_EQ(document.at("current-snapshot-id"), 7);
  EXPECT_EQ(document.at("snapshot-log").size(), 1u);
  check_requirement(document,
                    {{"type", "assert-ref-snapshot-id"}, {"ref", "main"}, {"snapshot-id", 7}});
  EXPECT_THROW(check_requirement(
                   document,
                   {{"type", "assert-ref-snapshot-id"}, {"ref", "main"}, {"snapshot-id", nullptr}}),
               RestError);
}

TEST(TableUpdate, RefusesWhatItDoesNotKnow) {
  Json document = table();
  EXPECT_THROW(apply_update(document, {{"action", "invent"}}), RestError);
  EXPECT_THROW(check_requirement(document, {{"type", "assert-create"}}), RestError);
  EXPECT_THROW(check_requirement(Json(), {{"type", "assert-table-uuid"}, {"uuid", "x"}}),
               RestError);
}

TEST(Avro, EncodesZigZag) {
  AvroEncoder encoder;
  for (const int64_t value : {0, -1, 1, -64, 64}) encoder.put_long(value);
  EXPECT_EQ(encoder.bytes(), std::string("\x00\x01\x02\x7f\x80\x01", 6));
}

TEST(Bounds, AreSafe) {
  EXPECT_EQ(encode_bound(DataType::string(), "aaaaaaaaaaaaaaaaX", Bound::kUpper),
            "aaaaaaaaaaaaaaab");
  EXPECT_EQ(encode_bound(DataType::string(), "aaaaaaaaaaaaaaaaX", Bound::kLower),
            "aaaaaaaaaaaaaaaa");
  EXPECT_EQ(encode_bound(DataType::decimal(9, 2), "-1.28", Bound::kLower), "\x80");
  EXPECT_EQ(encode_bound(DataType::decimal(9, 2), "1.28", Bound::kLower), std::string("\0\x80", 2));
  EXPECT_EQ(decimal_length(9), 4);
  EXPECT_EQ(decimal_length(18), 8);
  EXPECT_EQ(decimal_length(38), 16);
}

}  // namespace
}  // namespace grebe::lakehouse::iceberg
