// The parts of this folder behind the seam; see iceberg_format.h.
#include "lakehouse/iceberg/iceberg_format.h"

#include "lakehouse/iceberg/commit.h"
#include "lakehouse/iceberg/snapshot.h"

namespace grebe::lakehouse::iceberg {

namespace {

class IcebergFormat : public TableFormat {
 public:
  std::string_view name() const override { return "iceberg"; }
  bool exists(const Environment& environment, const std::string& location) const override {
    return has_metadata(*environment.store, location);
  }
  Snapshot open_snapshot(const Environment& environment, const std::string& location,
                         const SnapshotSelector& selector, const Properties&) const override {
    return open_table(environment, location, selector);
  }
  WriteResult write(const Environment& environment, const WriteRequest& request) const override {
    return write_table(environment, request);
  }
};

}  // namespace

const TableFormat& iceberg_format() {
  static const IcebergFormat format;
  return format;
}

}  // namespace grebe::lakehouse::iceberg
