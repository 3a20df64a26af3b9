// Regular expressions by PCRE2; see patterns.h.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "native/patterns.h"

#include <pcre2.h>

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace grebe::native {

namespace {

/// Steps over one UTF-8 character.
size_t character_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

/// The end of a character class that starts at `at`, or of the text.
size_t class_end(std::string_view pattern, size_t at) {
  for (size_t depth = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == '[') {
      ++depth;
    } else if (pattern[at] == ']' && --depth == 0) {
      return at;
    }
  }
  return at;
}

/// A brace that repeats nothing: a character to PCRE, an error to Java.
bool has_lone_brace(std::string_view pattern) {
  if (pattern.find('{') == std::string_view::npos) return false;
  bool is_atom = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (pattern.substr(i, 2) == "\\Q") {
        i = std::min(pattern.find("\\E", i), pattern.size());
      } else if (const auto named = pattern.substr(i + 1, 2);
                 named.size() == 2 && named[1] == '{' && std::isalpha(named[0])) {
        i = std::min(pattern.find('}', i), pattern.size());  // \p{L}, \x{41}
      }
      ++i;
      is_atom = true;
      continue;
    }
    if (c == '[') i = class_end(pattern, i);
    const bool counts = i + 1 < pattern.size() && std::isdigit(pattern[i + 1]);
    if (c == '{' && (!is_atom || !counts)) return true;
    is_atom = c != '(' && c != '|';
  }
  return false;
}

}  // namespace

Regex::Regex(void* code) : code_(code) {
  uint32_t count = 0;
  pcre2_pattern_info(static_cast<pcre2_code*>(code_), PCRE2_INFO_CAPTURECOUNT, &count);
  group_count_ = count;
}

Regex::~Regex() { pcre2_code_free(static_cast<pcre2_code*>(code_)); }

std::shared_ptr<const Regex> Regex::compile(std::string_view pattern, std::string* message) {
  if (has_lone_brace(pattern)) {
    *message = "Illegal repetition";
    return nullptr;
  }
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                   PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_MATCH_UNSET_BACKREF,
                                   &error, &offset, nullptr);
  if (code == nullptr) {
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(error, text, sizeof(text));
    *message = reinterpret_cast<const char*>(text);
    return nullptr;
  }
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  return std::shared_ptr<const Regex>(new Regex(code));
}

std::shared_ptr<const Regex> Regex::cached(std::string_view pattern, std::string* message) {
  thread_local std::unordered_map<std::string, std::shared_ptr<const Regex>> cache;
  const std::string key(pattern);
  const auto found = cache.find(key);
  if (found != cache.end()) return found->second;
  auto regex = compile(pattern, message);
  if (!regex) return nullptr;
  if (cache.size() > 256) cache.clear();
  cache.emplace(key, regex);
  return regex;
}

std::optional<RegexMatch> Regex::find(std::string_view text, size_t start) const {
  if (start > text.size()) return std::nullopt;
  auto* code = static_cast<pcre2_code*>(code_);
  pcre2_match_data* data = pcre2_match_data_create_from_pattern(code, nullptr);
  const int count = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), start,
                                PCRE2_NO_UTF_CHECK, data, nullptr);
  std::optional<RegexMatch> match;
  if (count > 0) {
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data);
    match.emplace();
    for (size_t i = 0; i <= group_count_; ++i) {
      if (i >= static_cast<size_t>(count) || offsets[2 * i] == PCRE2_UNSET) {
        match->groups.push_back({});
      } else {
        match->groups.push_back(
            {static_cast<int64_t>(offsets[2 * i]), static_cast<int64_t>(offsets[2 * i + 1])});
      }
    }
  }
  pcre2_match_data_free(data);
  return match;
}

std::optional<std::string> like_to_regex(std::string_view pattern, std::string_view escape,
                                         bool ignore_case) {
  std::string regex = ignore_case ? "(?si)\\A" : "(?s)\\A";
  const auto add_literal = [&](std::string_view character) {
    const unsigned char c = static_cast<unsigned char>(character[0]);
    if (character.size() == 1 && !std::isalnum(c) && c < 0x80) regex += '\\';
    regex += character;
  };
  for (size_t i = 0; i < pattern.size();) {
    if (!escape.empty() && pattern.substr(i, escape.size()) == escape) {
      i += escape.size();
      const std::string_view next = pattern.substr(i);
      if (next.empty()) return std::nullopt;
      const bool is_escape = next.substr(0, escape.size()) == escape;
      if (next[0] != '_' && next[0] != '%' && !is_escape) return std::nullopt;
      const size_t length = character_length(static_cast<unsigned char>(next[0]));
      add_literal(next.substr(0, length));
      i += length;
      continue;
    }
    const size_t length = character_length(static_cast<unsigned char>(pattern[i]));
    if (pattern[i] == '_') {
      regex += '.';
    } else if (pattern[i] == '%') {
      regex += ".*";
    } else {
      add_literal(pattern.substr(i, length));
    }
    i += length;
  }
  return regex + "\\z";
}

}  // namespace grebe::native
