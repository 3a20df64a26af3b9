// Kernels run through the engine: SQL in, texts out.
#include <gtest/gtest.h>

#include "engine/database.h"
#include "native/register_kernels.h"

namespace grebe::native {
namespace {

struct Case {
  const char* sql;
  /// Empty pointer: null.
  const char* text;
};

engine::Database& database() {
  static const std::shared_ptr<engine::Database> kShared = [] {
    engine::DatabaseOptions options;
    options.threads = 2;
    options.register_kernels = &register_kernels;
    return engine::Database::open(options);
  }();
  return *kShared;
}

void expect_all(const std::vector<Case>& cases, const engine::ExecutionSettings& settings = {}) {
  const auto connection = database().connect(settings);
  for (const Case& each : cases) {
    SCOPED_TRACE(each.sql);
    try {
      const auto rows = connection->rows(std::string("SELECT CAST(") + each.sql + " AS VARCHAR)");
      ASSERT_EQ(rows.size(), 1u);
      if (each.text == nullptr) {
        EXPECT_FALSE(rows[0][0].has_value()) << *rows[0][0];
      } else {
        EXPECT_EQ(rows[0][0].value_or("NULL"), each.text);
      }
    } catch (const core::SparkError& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

std::string condition_of(const std::string& sql) {
  const auto connection = database().connect({.ansi = true});
  try {
    connection->rows("SELECT " + sql);
  } catch (const core::SparkError& error) {
    return error.condition();
  }
  return "";
}

TEST(Kernels, IntegersWrapRaiseOrGiveNull) {
  expect_all({{"grebe_add(2147483647::INTEGER, 1::INTEGER)", "-2147483648"},
              {"grebe_multiply(9223372036854775807::BIGINT, 2::BIGINT)", "-2"},
              {"grebe_add_try(127::TINYINT, 1::TINYINT)", nullptr},
              {"grebe_remainder(-5::INTEGER, 3::INTEGER)", "-2"},
              {"grebe_pmod(-5::INTEGER, 3::INTEGER)", "1"},
              {"grebe_integral_divide(7::BIGINT, 0::BIGINT)", nullptr}});
  EXPECT_EQ(condition_of("grebe_add_ansi(2147483647::INTEGER, 1::INTEGER)"), "ARITHMETIC_OVERFLOW");
  EXPECT_EQ(condition_of("grebe_integral_divide_ansi(1::BIGINT, 0::BIGINT)"), "DIVIDE_BY_ZERO");
}

TEST(Kernels, DecimalsAreExactInEveryWidth) {
  expect_all(
      {{"grebe_decimal_multiply(1.10::DECIMAL(15,2), 0.95::DECIMAL(16,2), 32, 4)", "1.0450"},
       {"grebe_decimal_multiply(99999999999999999999.99::DECIMAL(38,2), 1.5::DECIMAL(38,1), 38, 2)",
        "149999999999999999999.99"},
       {"grebe_decimal_divide(1::DECIMAL(10,0), 3::DECIMAL(10,0), 21, 11)", "0.33333333333"},
       {"grebe_decimal_divide(2::DECIMAL(10,0), 3::DECIMAL(10,0), 21, 11)", "0.66666666667"},
       {"grebe_decimal_divide(2::DECIMAL(10,0), 0::DECIMAL(10,0), 21, 11)", nullptr},
       {"grebe_decimal_remainder(2::DECIMAL(1,0), 1.8::DECIMAL(2,1), 2, 1)", "0.2"},
       {"grebe_decimal_integral_divide(7.5::DECIMAL(2,1), 2::DECIMAL(1,0))", "3"},
       {"grebe_decimal_rescale(1.25::DECIMAL(3,2), 2, 1)", "1.3"},
       {"grebe_decimal_rescale(99.95::DECIMAL(4,2), 3, 1)", nullptr},
       {"grebe_decimal_round(2.5::DECIMAL(2,1), 'half_even', 0, 2, 0)", "2"},
       {"grebe_decimal_round(-0.1::DECIMAL(1,1), 'ceiling', 0, 1, 0)", "0"},
       {"grebe_decimal_text(0::DECIMAL(38,18))", "0E-18"}});
}

TEST(Kernels, CastsFollowJava) {
  expect_all({{"grebe_to_int('nan'::DOUBLE)", "0"},
              {"grebe_to_int(1e20::DOUBLE)", "2147483647"},
              {"grebe_to_byte(300::INTEGER)", "44"},
              {"grebe_double_text(1e7::DOUBLE)", "1.0E7"},
              {"grebe_double_text(100::DOUBLE)", "100.0"},
              {"grebe_text_to_int(' 12.7 ')", "12"},
              {"grebe_text_to_decimal('1.005', 10, 2)", "1.01"},
              {"grebe_double_to_decimal('1.005', 10, 2)", "1.01"},
              {"grebe_text_to_date('2024-2-3')", "2024-02-03"},
              {"grebe_text_to_timestamp('2024-02-03 01:02:03Z')", "2024-02-03 01:02:03"},
              {"grebe_text_to_boolean('Yes')", "true"},
              {"grebe_sum_to_long(9223372036854775808::HUGEINT)", "-9223372036854775808"}});
  EXPECT_EQ(condition_of("grebe_text_to_int_ansi('a')"), "CAST_INVALID_INPUT");
  EXPECT_EQ(condition_of("grebe_to_byte_ansi(300::INTEGER)"), "CAST_OVERFLOW");
}

TEST(Kernels, PatternsAndTexts) {
  expect_all({{"grebe_like('a_c', 'a\\_c', '\\')", "true"},
              {"grebe_like('abc', 'a\\_c', '\\')", "false"},
              {"grebe_rlike('Spark', '^S.*k$', 'rlike')", "true"},
              {"grebe_regexp_extract('100-200', '(\\d+)-(\\d+)', 2)", "200"},
              {"grebe_regexp_replace('100-200', '(\\d+)', 'num$1')", "num100-num200"},
              {"grebe_split('oneAtwoBthreeC', '[ABC]', -1)", "[one, two, three, '']"},
              {"grebe_split('oneAtwoBthreeC', '[ABC]', 2)", "[one, twoBthreeC]"},
              {"grebe_str_to_map('a:1,b', ',', ':', false)", "{a=1, b=NULL}"},
              {"grebe_lpad('hi', 5, '??')", "???hi"},
              {"grebe_conv('100', 2, 10)", "4"},
              {"grebe_conv('-10', 16, -10)", "-16"},
              {"grebe_get_json_object('{\"a\":{\"b\":[1,2]}}', '$.a.b[1]')", "2"},
              {"grebe_format_number('12332.123456', 4)", "12,332.1235"},
              {"grebe_mask('abcd-EFGH-8765', ['X', 'x', 'n', NULL])", "xxxx-XXXX-nnnn"}});
}

TEST(Kernels, TimesInAZone) {
  const engine::ExecutionSettings berlin{.time_zone = "Europe/Berlin"};
  expect_all({{"grebe_timestamp_text(TIMESTAMP '2024-07-01 00:00:00')", "2024-07-01 02:00:00"},
              {"grebe_local_to_utc(TIMESTAMP '2024-07-01 02:00:00')", "2024-07-01 00:00:00"},
              {"grebe_date_format(TIMESTAMP '2024-07-01 00:00:00', 'HH:mm')", "02:00"},
              {"grebe_date_trunc('DAY', TIMESTAMP '2024-06-30 23:00:00')", "2024-06-30 22:00:00"}},
             berlin);
  expect_all(
      {{"grebe_utc_to_local(TIMESTAMP '2024-07-01 00:00:00')", "2024-07-01 00:00:00"},
       {"grebe_months_between(TIMESTAMP '1997-02-28 10:30:00', TIMESTAMP '1996-10-30', true)",
        "3.94959677"},
       {"grebe_make_date(2013, 7, 15)", "2013-07-15"},
       {"grebe_make_date(2019, 13, 1)", nullptr},
       {"grebe_next_day(DATE '2015-01-14', 'TU')", "2015-01-20"}});
}

TEST(Kernels, HashesAndRows) {
  expect_all({{"grebe_murmur3(NULL::INTEGER, 42::INTEGER)", "42"},
              {"grebe_sequence(5, 1, -2)", "[5, 3, 1]"},
              {"grebe_rand(0)", "0.7604953758285915"}});
  EXPECT_EQ(condition_of("list_extract([1], grebe_element_index(0))"), "INVALID_INDEX_OF_ZERO");
}

}  // namespace
}  // namespace grebe::native
