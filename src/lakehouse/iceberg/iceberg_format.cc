// The parts of this folder behind the seam; see iceberg_format.h.
#include "lakehouse/iceberg/iceberg_format.h"

#include "core/spark_error.h"
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
                         const SnapshotSelector& selector,
                         const Properties& options) const override {
    refuse_read_options(options, {{"start-snapshot-id", ""},
                                  {"end-snapshot-id", ""},
                                  {"start-timestamp", ""},
                                  {"end-timestamp", ""}});
    return open_table(environment, location, selector);
  }
  std::vector<HistoryEntry> history(const Environment&, const std::string&) const override {
    throw core::unsupported("DESCRIBE HISTORY of an Iceberg table");
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
