// The parts of this folder behind the seam; see hudi_format.h.
#include "lakehouse/hudi/hudi_format.h"

#include "core/spark_error.h"
#include "lakehouse/hudi/commit.h"
#include "lakehouse/hudi/snapshot.h"

namespace grebe::lakehouse::hudi {

namespace {

class HudiFormat : public TableFormat {
 public:
  std::string_view name() const override { return "hudi"; }
  bool exists(const Environment& environment, const std::string& location) const override {
    return is_table(*environment.store, location);
  }
  Snapshot open_snapshot(const Environment& environment, const std::string& location,
                         const SnapshotSelector& selector,
                         const Properties& options) const override {
    // A copy-on-write table has nothing that a read-optimized query would leave out.
    const auto type = options.find("hoodie.datasource.query.type");
    if (type != options.end() && type->second != "read_optimized") {
      refuse_read_options(options, {{"hoodie.datasource.query.type", "snapshot"}});
    }
    refuse_read_options(options, {{"hoodie.datasource.read.begin.instanttime", ""},
                                  {"hoodie.datasource.read.end.instanttime", ""},
                                  {"hoodie.datasource.read.incr.path.glob", ""}});
    return make_snapshot(read_table(*environment.store, location, selector), location);
  }
  std::vector<HistoryEntry> history(const Environment&, const std::string&) const override {
    throw core::unsupported("DESCRIBE HISTORY of a Hudi table");
  }
  WriteResult write(const Environment& environment, const WriteRequest& request) const override {
    return write_table(environment, request);
  }
};

}  // namespace

const TableFormat& hudi_format() {
  static const HudiFormat format;
  return format;
}

}  // namespace grebe::lakehouse::hudi
