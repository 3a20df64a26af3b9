// Globs, one path component after the other.
#include "sources/glob.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace grebe::sources {
namespace {

namespace fs = std::filesystem;

/// `a{b,c}d` → {abd, acd}, nested braces included.
std::vector<std::string> expand_braces(const std::string& pattern) {
  const auto open = pattern.find('{');
  if (open == std::string::npos) return {pattern};
  int depth = 0;
  std::vector<std::string> alternatives(1);
  size_t close = open;
  for (size_t i = open; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '{' && depth++ == 0) continue;
    if (c == '}' && --depth == 0) {
      close = i;
      break;
    }
    if (c == ',' && depth == 1) {
      alternatives.emplace_back();
    } else {
      alternatives.back() += c;
    }
  }
  if (close == open) return {pattern};  // no closing brace: an ordinary character
  std::vector<std::string> out;
  for (const auto& alternative : alternatives) {
    for (auto& expanded :
         expand_braces(pattern.substr(0, open) + alternative + pattern.substr(close + 1))) {
      out.push_back(std::move(expanded));
    }
  }
  return out;
}

void expand(const std::string& directory, const std::vector<std::string>& components, size_t next,
            std::set<std::string>& out) {
  if (next == components.size()) {
    out.insert(directory.empty() ? "/" : directory);
    return;
  }
  const std::string& component = components[next];
  std::error_code failure;
  if (component.find_first_of("*?[") == std::string::npos) {
    const std::string path = directory + "/" + component;
    if (fs::exists(path, failure)) expand(path, components, next + 1, out);
    return;
  }
  for (const auto& entry : fs::directory_iterator(directory.empty() ? "/" : directory, failure)) {
    const std::string name = entry.path().filename().string();
    if (matches_glob(name, component)) {
      expand(directory + "/" + name, components, next + 1, out);
    }
  }
}

}  // namespace

bool has_glob(const std::string& path) { return path.find_first_of("*?[{") != std::string::npos; }

bool matches_glob(const std::string& name, const std::string& pattern) {
  for (const auto& alternative : expand_braces(pattern)) {
    if (::fnmatch(alternative.c_str(), name.c_str(), FNM_PATHNAME) == 0) return true;
  }
  return false;
}

std::vector<std::string> expand_glob(const std::string& pattern) {
  std::set<std::string> out;
  for (const auto& alternative : expand_braces(pattern)) {
    std::vector<std::string> components;
    for (const auto& part : fs::path(alternative)) {
      if (part != "/" && !part.empty()) components.push_back(part.string());
    }
    expand("", components, 0, out);
  }
  return {out.begin(), out.end()};
}

}  // namespace grebe::sources
