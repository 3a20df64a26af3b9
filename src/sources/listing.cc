// Recursive listings with Spark's rules for hidden names (InMemoryFileIndex).
#include "sources/listing.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "core/spark_error.h"
#include "sources/glob.h"
#include "sources/text_values.h"

namespace grebe::sources {
namespace {

namespace fs = std::filesystem;

/// Reads the file's size and time; false when it vanished meanwhile.
bool read_status(const std::string& path, ListedFile& file) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return false;
  file.size = status.st_size;
  file.modified =
      static_cast<int64_t>(status.st_mtim.tv_sec) * 1'000'000 + status.st_mtim.tv_nsec / 1'000;
  return true;
}

void list_directory(const std::string& directory, const std::string& base,
                    std::vector<ListedFile>& out) {
  std::vector<fs::directory_entry> entries;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(directory, failure)) entries.push_back(entry);
  if (failure) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        "The directory " + directory + " cannot be listed: " + failure.message());
  }
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (is_hidden_name(name)) continue;
    if (entry.is_directory(failure)) {
      list_directory(entry.path().string(), base, out);
    } else {
      ListedFile file{.path = entry.path().string(), .base = base};
      if (read_status(file.path, file)) out.push_back(std::move(file));
    }
  }
}

std::string option_or(const Options& options, const std::string& key) {
  const auto found = options.find(key);
  return found == options.end() ? std::string() : found->second;
}

}  // namespace

bool is_hidden_name(const std::string& name) {
  if (name.starts_with("_common_metadata") || name.starts_with("_metadata")) return true;
  return (name.starts_with("_") && name.find('=') == std::string::npos) || name.starts_with(".") ||
         name.ends_with("._COPYING_");
}

std::vector<ListedFile> list_files(const std::vector<std::string>& roots, const Options& options) {
  const std::string base_path = option_or(options, "basepath");
  std::vector<ListedFile> files;
  for (const auto& root : roots) {
    std::vector<std::string> matches = {root};
    std::error_code failure;
    const bool globbed = has_glob(root) && !fs::exists(root, failure);
    if (globbed) matches = expand_glob(root);
    if (matches.empty() || (!globbed && !fs::exists(root, failure))) {
      if (option_or(options, "ignoremissingfiles") == "true") continue;
      throw core::analysis_error("PATH_NOT_FOUND", {{"path", path_uri(root)}});
    }
    for (const auto& match : matches) {
      if (fs::is_directory(match, failure)) {
        list_directory(match, base_path.empty() ? match : base_path, files);
      } else {
        ListedFile file{
            .path = match,
            .base = base_path.empty() ? fs::path(match).parent_path().string() : base_path};
        if (read_status(match, file)) files.push_back(std::move(file));
      }
    }
  }
  if (const auto filter = option_or(options, "pathglobfilter"); !filter.empty()) {
    std::erase_if(files, [&](const ListedFile& file) {
      return !matches_glob(fs::path(file.path).filename().string(), filter);
    });
  }
  for (const char* key : {"modifiedbefore", "modifiedafter"}) {
    const auto text = option_or(options, key);
    if (text.empty()) continue;
    const auto zone = option_or(options, "timezone");
    const auto moment = parse_timestamp(text, zone.empty() ? "UTC" : zone);
    if (!moment) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1294",
                                 {{"strategy", key}, {"timeString", text}});
    }
    const bool is_before = key == std::string_view("modifiedbefore");
    std::erase_if(files, [&](const ListedFile& file) {
      return is_before ? file.modified >= *moment : file.modified <= *moment;
    });
  }
  std::sort(files.begin(), files.end(),
            [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace grebe::sources
