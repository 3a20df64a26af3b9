// A path pattern → the paths that match it, as Hadoop's glob does.
#pragma once

#include <string>
#include <vector>

namespace grebe::sources {

/// Tells whether the path holds any of `* ? [ {`.
bool has_glob(const std::string& path);

/// Existing paths that match, sorted. `{a,b}` alternatives are expanded first.
std::vector<std::string> expand_glob(const std::string& pattern);

/// Matches one file name against a pattern (pathGlobFilter).
bool matches_glob(const std::string& name, const std::string& pattern);

}  // namespace grebe::sources
