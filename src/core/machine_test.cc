// Trees of /proc and /sys as they look in containers → limits and derived settings.
#include "core/machine.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace grebe::core {
namespace {

namespace fs = std::filesystem;

class MachineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("grebe_machine_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    write("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:    8388608 kB\n");
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Test CPU 3000\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  Machine inspect() const { return inspect_machine({.root = root_}); }

  fs::path root_;
};

TEST_F(MachineTest, ReadsAMachineWithoutControlGroups) {
  const Machine machine = inspect();
  EXPECT_EQ(machine.processor, "Test CPU 3000");
  EXPECT_EQ(machine.memory, int64_t{16} << 30);
  EXPECT_EQ(machine.memory_available, int64_t{8} << 30);
  EXPECT_EQ(machine.cgroup_version, 0);
  EXPECT_FALSE(machine.memory_limit);
  EXPECT_GE(machine.cores, 1);
}

TEST_F(MachineTest, TakesTheTightestLimitOfVersionTwo) {
  write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
  write("proc/self/cgroup", "0::/outer/inner\n");
  write("sys/fs/cgroup/outer/memory.max", "2147483648\n");
  write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
  write("sys/fs/cgroup/outer/inner/cpu.max", "150000 100000\n");
  const Machine machine = inspect();
  EXPECT_EQ(machine.cgroup_version, 2);
  EXPECT_EQ(machine.memory_limit, int64_t{2} << 30);
  EXPECT_DOUBLE_EQ(machine.cpu_quota.value(), 1.5);
}

TEST_F(MachineTest, ReadsVersionOneAndItsWordForNoLimit) {
  write("proc/self/cgroup", "5:memory:/job\n4:cpu,cpuacct:/\n");
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "1073741824\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  const Machine machine = inspect();
  EXPECT_EQ(machine.cgroup_version, 1);
  EXPECT_EQ(machine.memory_limit, int64_t{1} << 30);
  EXPECT_FALSE(machine.cpu_quota);
}

TEST(EngineSettings, FollowTheSmallerOfMachineAndGroup) {
  Machine machine;
  machine.cores = 8;
  machine.cpu_quota = 2.5;
  machine.memory = int64_t{16} << 30;
  machine.memory_limit = int64_t{4} << 30;
  const EngineSettings settings = derive_engine_settings(machine, {});
  EXPECT_EQ(settings.threads, 3);
  EXPECT_EQ(settings.memory_limit, int64_t{3} << 30);
  ASSERT_EQ(settings.derivation.size(), 3u);
  EXPECT_EQ(settings.derivation[1].rule, "75 % of the control group's limit (4.0 GiB)");
}

TEST(EngineSettings, GiveWayToTheUser) {
  Machine machine;
  machine.memory = int64_t{16} << 30;
  const EngineSettings settings = derive_engine_settings(
      machine, {.threads = 7, .memory_limit = 1000, .spill_directory = "/spill"});
  EXPECT_EQ(settings.threads, 7);
  EXPECT_EQ(settings.memory_limit, 1000);
  EXPECT_EQ(settings.spill_directory, "/spill");
  EXPECT_EQ(settings.derivation[0].rule, "given by the user");
}

TEST(ByteSize, ReadsUnitsAndRefusesTheRest) {
  EXPECT_EQ(parse_byte_size("1024"), 1024);
  EXPECT_EQ(parse_byte_size("12GB"), 12'000'000'000);
  EXPECT_EQ(parse_byte_size("1.5 GiB"), int64_t{3} << 29);
  EXPECT_EQ(parse_byte_size("4k"), 4000);
  EXPECT_EQ(parse_byte_size("7b"), 7);
  EXPECT_FALSE(parse_byte_size("lots"));
  EXPECT_FALSE(parse_byte_size("3XB"));
  EXPECT_FALSE(parse_byte_size("-1GB"));
  EXPECT_FALSE(parse_byte_size(""));
}

}  // namespace
}  // namespace grebe::core
