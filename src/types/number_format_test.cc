// Number formats, both ways.
#include "types/number_format.h"

#include <gtest/gtest.h>

namespace grebe::types {
namespace {

TEST(NumberFormat, Formats) {
  EXPECT_EQ(NumberFormat("999").format("454"), "454");
  EXPECT_EQ(NumberFormat("000D00").format("454.00"), "454.00");
  EXPECT_EQ(NumberFormat("99G999").format("12454"), "12,454");
  EXPECT_EQ(NumberFormat("$99.99").format("78.12"), "$78.12");
  EXPECT_EQ(NumberFormat("99G999D9S").format("-12454.8"), "12,454.8-");
  EXPECT_EQ(NumberFormat("999").format("1234"), "###");
}

TEST(NumberFormat, Parses) {
  EXPECT_EQ(NumberFormat("$99.99").parse("$78.12"), "78.12");
  EXPECT_EQ(NumberFormat("99,999.9PR").parse("<12,454.8>"), "-12454.8");
  EXPECT_EQ(NumberFormat("999").parse("1234"), std::nullopt);
}

TEST(NumberFormat, NamesTheRuleThatIsBroken) {
  EXPECT_EQ(NumberFormat("").fault()->condition, "INVALID_FORMAT.EMPTY");
  EXPECT_EQ(NumberFormat("9,,9").fault()->condition, "INVALID_FORMAT.CONT_THOUSANDS_SEPS");
  EXPECT_EQ(NumberFormat("9$").fault()->condition, "INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT");
  EXPECT_FALSE(NumberFormat("S$9,999.99").fault().has_value());
}

}  // namespace
}  // namespace grebe::types
