// The parts of this folder behind the seam; see delta_format.h.
#include "lakehouse/delta/delta_format.h"

#include "core/spark_error.h"
#include "lakehouse/delta/commit.h"
#include "lakehouse/delta/scan.h"
#include "lakehouse/delta/snapshot.h"

namespace grebe::lakehouse::delta {

namespace {

class DeltaFormat : public TableFormat {
 public:
  std::string_view name() const override { return "delta"; }
  bool exists(const Environment& environment, const std::string& location) const override {
    return latest_version(*environment.store, location) >= 0;
  }
  Snapshot open_snapshot(const Environment& environment, const std::string& location,
                         const SnapshotSelector& selector,
                         const Properties& options) const override {
    refuse_read_options(options, {{"readchangefeed", "false"},
                                  {"readchangedata", "false"},
                                  {"startingversion", ""},
                                  {"startingtimestamp", ""}});
    return make_snapshot(replay_log(environment, location, selector), location);
  }
  std::vector<HistoryEntry> history(const Environment& environment,
                                    const std::string& location) const override {
    return read_history(environment, location);
  }
  WriteResult write(const Environment& environment, const WriteRequest& request) const override {
    return write_table(environment, request);
  }
};

}  // namespace

const TableFormat& delta_format() {
  static const DeltaFormat format;
  return format;
}

}  // namespace grebe::lakehouse::delta
