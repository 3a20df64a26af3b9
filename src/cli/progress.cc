// Progress of the laboratory → a bar with rate and ETA on a terminal, plain lines elsewhere.
#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace grebe::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::string format_duration(double seconds) {
  auto whole = static_cast<int64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

/// ", 12 s left"; empty until enough is done to tell, for the first steps also start engines.
std::string time_left(double elapsed, int64_t done, int64_t total) {
  constexpr int64_t kTelling = 20;
  if (done <= 0 || done * kTelling < total) return "";
  double rest = elapsed / static_cast<double>(done) * static_cast<double>(total - done);
  return fmt::format(", {} left", format_duration(rest));
}

/// The first `columns` characters of a UTF-8 text.
std::string clip(const std::string& text, size_t columns) {
  size_t seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    bool starts_character = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts_character && seen++ == columns) return text.substr(0, i);
  }
  return text;
}

/// One line that is drawn over itself.
class TerminalProgress : public lab::medallion::Observer {
 public:
  void begin(const std::string& title, int64_t total, const std::string& unit) override {
    title_ = title;
    total_ = total;
    unit_ = unit;
    started_ = Clock::now();
    done_ = 0;
    label_.clear();
    draw();
  }
  void advance(int64_t done, const std::string& label) override {
    if (done == done_ && label == label_) return;
    done_ = done;
    label_ = label;
    draw();
  }
  void end(const std::string& summary) override {
    std::fprintf(stderr, "\r\033[K✓ %s: %s\n", title_.c_str(), summary.c_str());
    total_ = 0;
  }
  void note(const std::string& text) override {
    std::fprintf(stderr, "\r\033[K! %s\n", text.c_str());
    if (total_ > 0) draw();
  }

 private:
  void draw() {
    double elapsed = std::chrono::duration<double>(Clock::now() - started_).count();
    constexpr int kWidth = 24;
    int filled = total_ > 0 ? static_cast<int>(kWidth * done_ / total_) : 0;
    std::string bar;
    for (int i = 0; i < kWidth; ++i) bar += i < filled ? "━" : "─";
    std::string line = fmt::format("{} {} {}/{}", title_, bar, done_, total_);
    if (done_ > 0 && elapsed > 0.5) {
      line += fmt::format(" {:.1f} {}/s{}", static_cast<double>(done_) / elapsed, unit_,
                          time_left(elapsed, done_, total_));
    }
    if (!label_.empty()) line += "  " + label_;
    winsize window{};
    size_t columns = ::ioctl(2, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
    std::fprintf(stderr, "\r\033[K%s", clip(line, columns - 1).c_str());
    std::fflush(stderr);
  }

  std::string title_;
  std::string unit_;
  std::string label_;
  int64_t total_ = 0;
  int64_t done_ = 0;
  Clock::time_point started_;
};

/// A line when a phase begins, some while it lasts, one when it ends.
class LineProgress : public lab::medallion::Observer {
 public:
  void begin(const std::string& title, int64_t total, const std::string& unit) override {
    title_ = title;
    total_ = total;
    started_ = last_ = Clock::now();
    if (total > 0) say(fmt::format("{}: {} {}", title, total, unit));
  }
  void advance(int64_t done, const std::string& label) override {
    constexpr std::chrono::seconds kPause{5};
    if (Clock::now() - last_ < kPause) return;
    last_ = Clock::now();
    double elapsed = std::chrono::duration<double>(last_ - started_).count();
    say(fmt::format("{}: {}/{} {}{}", title_, done, total_, label,
                    time_left(elapsed, done, total_)));
  }
  void end(const std::string& summary) override { say(title_ + ": " + summary); }
  void note(const std::string& text) override { say("note: " + text); }

 private:
  static void say(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

  std::string title_;
  int64_t total_ = 0;
  Clock::time_point started_;
  Clock::time_point last_;
};

}  // namespace

std::unique_ptr<lab::medallion::Observer> make_progress() {
  if (::isatty(2) != 0) return std::make_unique<TerminalProgress>();
  return std::make_unique<LineProgress>();
}

}  // namespace grebe::cli
