// What counts as the same answer, and planted wrong ones that must be found.
#include "lab/tpch/verify.h"

#include <gtest/gtest.h>

#include <cmath>

namespace grebe::lab::tpch {
namespace {

using client::Date;
using client::Decimal;
using client::Table;
using client::Value;

Table table(std::vector<std::vector<Value>> rows) {
  Table made{{"k", "v"}, std::move(rows)};
  return made;
}

TEST(Verify, IntegersTextAndDatesAreExact) {
  EXPECT_TRUE(is_equal(int64_t{3}, int64_t{3}));
  EXPECT_FALSE(is_equal(int64_t{3}, int64_t{4}));
  EXPECT_FALSE(is_equal(std::string("a"), std::string("a ")));
  EXPECT_FALSE(is_equal(Date{1}, Date{2}));
  EXPECT_FALSE(is_equal(Date{1}, int64_t{1}));
  EXPECT_TRUE(is_equal(std::monostate(), std::monostate()));
  EXPECT_FALSE(is_equal(std::monostate(), int64_t{0}));
}

TEST(Verify, DecimalsAreExactWhateverTheirScale) {
  EXPECT_TRUE(is_equal(Decimal{150, 2}, Decimal{15, 1}));
  EXPECT_FALSE(is_equal(Decimal{150, 2}, Decimal{151, 2}));
  EXPECT_TRUE(is_equal(Decimal{300, 2}, int64_t{3}));
  EXPECT_FALSE(is_equal(Decimal{301, 2}, int64_t{3}));
}

TEST(Verify, ADecimalMayDifferFromADoubleByOneUnit) {
  EXPECT_TRUE(is_equal(Decimal{25522006, 6}, 25.522005853257337));
  EXPECT_TRUE(is_equal(25.522005853257337, Decimal{25522006, 6}));
  EXPECT_FALSE(is_equal(Decimal{25522008, 6}, 25.522005853257337));
  EXPECT_TRUE(is_equal(Decimal{static_cast<__int128>(123456789012345678), 2}, 1234567890123456.5));
}

TEST(Verify, DoublesAreEqualToNineDigits) {
  EXPECT_TRUE(is_equal(1.0, 1.0 + 5e-10));
  EXPECT_FALSE(is_equal(1.0, 1.0 + 5e-9));
  EXPECT_TRUE(is_equal(std::nan(""), std::nan("")));
  EXPECT_FALSE(is_equal(0.0, 1e-12));
}

TEST(Verify, OrderCountsOnlyWhereTheQueryFixesIt) {
  Table reference = table({{int64_t{1}, std::string("a")},
                           {int64_t{1}, std::string("b")},
                           {int64_t{2}, std::string("c")}});
  Table ties = table({{int64_t{1}, std::string("b")},
                      {int64_t{1}, std::string("a")},
                      {int64_t{2}, std::string("c")}});
  Table swapped = table({{int64_t{2}, std::string("c")},
                         {int64_t{1}, std::string("a")},
                         {int64_t{1}, std::string("b")}});
  EXPECT_FALSE(find_difference(ties, reference, {"k"}));
  EXPECT_TRUE(find_difference(swapped, reference, {"k"}));
  EXPECT_FALSE(find_difference(swapped, reference, {}));
}

TEST(Verify, PlantedDifferencesAreNamed) {
  Table reference = table({{int64_t{1}, Decimal{100, 2}}, {int64_t{2}, Decimal{200, 2}}});
  Table wrong_cell = table({{int64_t{1}, Decimal{100, 2}}, {int64_t{2}, Decimal{201, 2}}});
  Table too_few = table({{int64_t{1}, Decimal{100, 2}}});
  Table doubled = table({{int64_t{1}, Decimal{100, 2}}, {int64_t{1}, Decimal{100, 2}}});
  EXPECT_EQ(find_difference(wrong_cell, reference, {"k"}),
            "row 2 is [2 | 2.01], expected [2 | 2.00]");
  EXPECT_EQ(find_difference(too_few, reference, {}), "1 rows, expected 2");
  EXPECT_TRUE(find_difference(doubled, reference, {}));
}

}  // namespace
}  // namespace grebe::lab::tpch
