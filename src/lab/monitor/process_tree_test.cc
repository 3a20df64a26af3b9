// What the meter sees of processes whose work is known.
#include "lab/monitor/process_tree.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "lab/engines/child_process.h"

namespace grebe::lab::monitor {
namespace {

void burn(std::chrono::milliseconds time) {
  timespec start{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
  for (;;) {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    if ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1'000'000 >=
        time.count())
      return;
  }
}

TEST(Meter, CountsCpuOfThreadsThatHaveEnded) {
  Meter meter(::getpid());
  meter.start();
  std::thread([] { burn(std::chrono::milliseconds(50)); }).join();
  Usage usage = meter.stop();
  ASSERT_TRUE(usage.cpu_s);
  EXPECT_GE(*usage.cpu_s, 0.049);
  EXPECT_LT(*usage.cpu_s, 1.0);
  EXPECT_GE(usage.wall_s, 0.049);
}

TEST(Meter, PeakIsThatOfTheOperationAlone) {
  constexpr size_t kBytes = 200 << 20;
  { std::vector<char> before(kBytes, 1); }
  Meter meter(::getpid());
  meter.start();
  Usage usage = meter.stop();
  ASSERT_TRUE(usage.peak_rss_bytes);
  EXPECT_LT(*usage.peak_rss_bytes, static_cast<int64_t>(kBytes));
}

TEST(Meter, SeesChildren) {
  engines::ProcessOptions options;
  options.arguments = {"sh", "-c", "sleep 30 & wait"};
  options.log = "/dev/null";
  engines::ChildProcess child(options);
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (list_tree(child.pid()).size() < 2 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(list_tree(child.pid()).size(), 2);
  child.stop(std::chrono::milliseconds(2000));
  EXPECT_FALSE(child.is_alive());
}

TEST(Meter, AnEngineElsewhereHasOnlyWallTime) {
  Meter meter(std::nullopt);
  meter.start();
  EXPECT_FALSE(meter.stop().cpu_s);
}

}  // namespace
}  // namespace grebe::lab::monitor
