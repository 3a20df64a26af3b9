// The parts of this folder behind the seam; see hudi_format.h.
#include "lakehouse/hudi/hudi_format.h"

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
                         const SnapshotSelector& selector, const Properties&) const override {
    return make_snapshot(read_table(*environment.store, location, selector), location);
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
