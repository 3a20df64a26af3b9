// Java regular expressions and SQL LIKE patterns → compiled matchers, cached per thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// One match: byte offsets of the whole and of each group; -1 for groups that took no part.
struct RegexMatch {
  struct Span {
    int64_t start = -1;
    int64_t end = -1;
  };
  std::vector<Span> groups;
};

/// A compiled java.util.regex pattern (by PCRE2 in UTF mode).
class Regex {
 public:
  /// Null when the pattern is malformed; `message` then says why.
  static std::shared_ptr<const Regex> compile(std::string_view pattern, std::string* message);
  /// As above, remembered by each thread.
  static std::shared_ptr<const Regex> cached(std::string_view pattern, std::string* message);

  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex();

  /// The first match at or after `start`.
  std::optional<RegexMatch> find(std::string_view text, size_t start) const;
  size_t group_count() const { return group_count_; }

 private:
  explicit Regex(void* code);
  void* code_;
  size_t group_count_ = 0;
};

/// The regular expression of a LIKE pattern; nothing when the escape is misused.
std::optional<std::string> like_to_regex(std::string_view pattern, std::string_view escape,
                                         bool ignore_case);

}  // namespace grebe::native
