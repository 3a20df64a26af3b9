// Configuration, views and the life of sessions.
#include "session/session.h"

#include <gtest/gtest.h>

#include "session/registry.h"
#include "session/shared_state.h"

namespace grebe::session {
namespace {

std::string condition_of(const auto& action) {
  try {
    action();
  } catch (const core::SparkError& error) {
    return error.condition().empty() ? error.what() : error.condition();
  }
  return "none";
}

std::shared_ptr<SharedState> make_shared_state() {
  return std::make_shared<SharedState>(SharedState::Options{
      .database = nullptr,
      .warehouse_directory = "/w",
      .configuration = {{"spark.sql.warehouse.dir", "file:/w"}, {"spark.app.name", "grebe"}}});
}

TEST(ConfigTest, KnowsSparksDefaults) {
  Config config(std::map<std::string, std::string>{{"spark.sql.warehouse.dir", "file:/w"}});
  EXPECT_EQ(config.get("spark.sql.shuffle.partitions"), "200");
  EXPECT_EQ(config.get("spark.sql.warehouse.dir"), "file:/w");
  EXPECT_FALSE(config.ansi());
  EXPECT_EQ(config.integer("spark.sql.session.localRelationCacheThreshold"), 67108864);
  EXPECT_EQ(condition_of([&] { config.get("no.such.key"); }), "SQL_CONF_NOT_FOUND");
  EXPECT_EQ(config.get_or("spark.sql.shuffle.partitions", "7"), "7");
}

TEST(ConfigTest, SetsUnsetsAndRefuses) {
  Config config{};
  config.set("spark.sql.ansi.enabled", "TRUE");
  EXPECT_TRUE(config.ansi());
  EXPECT_EQ(config.get("spark.sql.ansi.enabled"), "TRUE");
  config.unset("spark.sql.ansi.enabled");
  EXPECT_FALSE(config.ansi());
  config.set("my.own.key", "1");
  EXPECT_EQ(config.all().at("my.own.key"), "1");
  EXPECT_FALSE(config.is_modifiable("my.own.key"));
  EXPECT_TRUE(config.is_modifiable("spark.sql.ansi.enabled"));
  EXPECT_FALSE(config.is_modifiable("spark.sql.warehouse.dir"));
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.warehouse.dir", "x"); }),
            "Cannot modify the value of a static config: spark.sql.warehouse.dir.");
  EXPECT_EQ(condition_of([&] { config.set("spark.executor.memory", "1g"); }),
            "CANNOT_MODIFY_CONFIG");
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.ansi.enabled", "foo"); }),
            "spark.sql.ansi.enabled should be boolean, but was foo");
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.shuffle.partitions", "-1"); }),
            "'-1' in spark.sql.shuffle.partitions is invalid. The value of "
            "spark.sql.shuffle.partitions must be positive");
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.sources.partitionOverwriteMode", "foo"); }),
            "The value of spark.sql.sources.partitionOverwriteMode should be one of DYNAMIC, "
            "STATIC, but was FOO");
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.session.timeZone", "Nowhere/Else"); }),
            "'Nowhere/Else' in spark.sql.session.timeZone is invalid. Cannot resolve the given "
            "timezone with ZoneId.of(_, ZoneId.SHORT_IDS)");
  config.set("spark.sql.session.timeZone", "Europe/Berlin");
  EXPECT_EQ(config.time_zone(), "Europe/Berlin");
}

TEST(ConfigTest, KeepsToTheDefaultWhereItKnowsNoOther) {
  Config config{};
  config.set("spark.sql.crossJoin.enabled", "True");
  EXPECT_EQ(condition_of([&] { config.set("spark.sql.crossJoin.enabled", "false"); }),
            "UNSUPPORTED_FEATURE");
  EXPECT_EQ(config.get("spark.sql.crossJoin.enabled"), "True");
  config.set("spark.sql.parquet.datetimeRebaseModeInRead", "corrected");
  EXPECT_EQ(
      condition_of([&] { config.set("spark.sql.parquet.datetimeRebaseModeInRead", "LEGACY"); }),
      "UNSUPPORTED_FEATURE");
  config.set("spark.sql.mapKeyDedupPolicy", "last_win");
  EXPECT_EQ(config.get("spark.sql.mapKeyDedupPolicy"), "last_win");
  EXPECT_EQ(config.meaning("spark.sql.mapKeyDedupPolicy"), "LAST_WIN");
  EXPECT_EQ(config.meaning("spark.sql.ansi.enabled"), "false");
}

TEST(SessionTest, ViewsAreCaseInsensitive) {
  Session session("user", "id", make_shared_state());
  session.put_temp_view("V", {.text = "one"}, false);
  EXPECT_EQ(session.find_temp_view("v")->text, "one");
  EXPECT_EQ(condition_of([&] { session.put_temp_view("v", {}, false); }),
            "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS");
  session.put_temp_view("v", {.text = "two"}, true);
  EXPECT_EQ(session.find_temp_view("V")->text, "two");
  EXPECT_TRUE(session.drop_temp_view("v"));
  EXPECT_FALSE(session.drop_temp_view("v"));
  session.shared().put_global_temp_view("g", {}, false);
  EXPECT_EQ(session.shared().global_temp_view_names(), std::vector<std::string>{"g"});
}

TEST(SessionRegistryTest, LivesAreSeparateAndEnd) {
  SessionRegistry registry(make_shared_state(), {.idle_timeout = std::chrono::seconds(60)});
  const SessionKey a{"ann", "00112233-4455-6677-8899-aabbccddeeff"};
  const SessionKey b{"bob", "00112233-4455-6677-8899-aabbccddeeff"};
  EXPECT_EQ(registry.obtain(a), registry.obtain(a));
  EXPECT_NE(registry.obtain(a), registry.obtain(b));
  EXPECT_EQ(condition_of([&] { registry.obtain({"ann", "seven"}); }), "INVALID_HANDLE.FORMAT");
  EXPECT_TRUE(registry.release(a));
  EXPECT_FALSE(registry.release(a));
  EXPECT_EQ(condition_of([&] { registry.obtain(a); }), "INVALID_HANDLE.SESSION_NOT_FOUND");
  EXPECT_TRUE(registry.expire().empty());
  EXPECT_EQ(registry.expire(SessionRegistry::Clock::now() + std::chrono::seconds(61)).size(), 1u);
  EXPECT_EQ(registry.size(), 0u);
}

}  // namespace
}  // namespace grebe::session
