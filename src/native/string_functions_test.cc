// String functions at their edges.
#include "native/string_functions.h"

#include <gtest/gtest.h>

namespace grebe::native {
namespace {

TEST(StringFunctions, SubstringCountsFromOneZeroAndTheEnd) {
  EXPECT_EQ(substring_characters("Spark SQL", 5, 1), "k");
  EXPECT_EQ(substring_characters("Spark SQL", -3, INT32_MAX), "SQL");
  EXPECT_EQ(substring_characters("Spark", 0, 2), "Sp");
  EXPECT_EQ(substring_characters("äöü", 2, 1), "ö");
  EXPECT_EQ(substring_characters("abc", -5, 3), "a");
  EXPECT_EQ(substring_characters("abc", 2, -1), "");
}

TEST(StringFunctions, SubstringIndex) {
  EXPECT_EQ(substring_index("www.apache.org", ".", 2), "www.apache");
  EXPECT_EQ(substring_index("www.apache.org", ".", -2), "apache.org");
  EXPECT_EQ(substring_index("www", ".", -1), "www");
}

TEST(StringFunctions, Base64BreaksLinesAt76) {
  EXPECT_EQ(encode_base64("Spark SQL"), "U3BhcmsgU1FM");
  EXPECT_EQ(encode_base64(std::string(58, 'a')).substr(76, 2), "\r\n");
  EXPECT_EQ(decode_base64("U3BhcmsgU1FM"), "Spark SQL");
}

TEST(StringFunctions, GroupsDigitsHalfEven) {
  EXPECT_EQ(group_digits("12332.123456", 4), "12,332.1235");
  EXPECT_EQ(group_digits("0.5", 0), "0");
  EXPECT_EQ(group_digits("1.5", 0), "2");
  EXPECT_EQ(group_digits("-1234567", 0), "-1,234,567");
}

TEST(StringFunctions, Urls) {
  EXPECT_EQ(url_encode("https://spark.apache.org"), "https%3A%2F%2Fspark.apache.org");
  EXPECT_EQ(parse_url("http://spark.apache.org/path?query=1", "QUERY", "query"), "1");
  EXPECT_EQ(parse_url("http://user@host:80/p", "HOST", ""), "host");
}

}  // namespace
}  // namespace grebe::native
