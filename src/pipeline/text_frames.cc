// A frame of strings → a table over the records that they hold (spark.read.json(df), csv(df)).
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/session_tables.h"

namespace grebe::pipeline {
namespace {

/// A file that goes with its last owner.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& suffix) {
    path_ = (std::filesystem::temp_directory_path() / ("grebe_text_XXXXXX" + suffix)).string();
    const int file = ::mkstemps(path_.data(), static_cast<int>(suffix.size()));
    if (file < 0) {
      throw core::plain_error(core::ErrorClass::kSpark, "No temporary file can be made: " + path_);
    }
    ::close(file);
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

analyze::ResolvedTable SessionTables::parse_text(const resolved::RelationPtr& text,
                                                 const plan::ParseText& how) {
  // The readers know files, so the rows become one: a record in each line.
  const auto file = std::make_shared<TemporaryFile>("." + how.format);
  {
    std::ofstream out(file->path(), std::ios::binary);
    for (auto& row : engine::read_rows(*runner_.run(text))) {
      auto* record = std::get_if<std::string>(&row.at(0).data);
      if (!record) continue;
      // Outside of its strings JSON takes any white space, and inside them no raw line break.
      if (how.format == "json") std::replace(record->begin(), record->end(), '\n', ' ');
      out << *record << '\n';
    }
    if (!out.flush()) {
      throw core::plain_error(core::ErrorClass::kSpark,
                              "The temporary file " + file->path() + " cannot be written");
    }
  }
  runner_.hold(file);
  plan::ReadDataSource source;
  source.format = how.format;
  source.paths = {file->path()};
  source.schema = how.schema;
  source.options = how.options;
  return open_data_source(source);
}

}  // namespace grebe::pipeline
