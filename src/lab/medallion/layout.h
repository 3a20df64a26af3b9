// A data root and a scale factor → where everything lies (the layout of the medallion).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grebe::lab::medallion {

/// Paths below one root for one scale factor ("sf1").
struct Layout {
  std::filesystem::path root;
  std::string scale;

  std::filesystem::path metadata() const { return root / "bronze/tpch/_metadata"; }
  std::filesystem::path state() const { return metadata() / "state.json"; }
  std::filesystem::path generation_index() const { return metadata() / "generation_index.json"; }
  std::filesystem::path scale_info() const { return metadata() / (scale + "_info.json"); }
  std::filesystem::path lock() const { return metadata() / "lock"; }
  std::filesystem::path bronze() const { return root / "bronze/tpch" / scale; }
  /// A file, or a folder of parts, which every reader of Parquet takes alike.
  std::filesystem::path bronze_table(std::string_view table) const {
    return bronze() / (std::string(table) + ".parquet");
  }
  std::filesystem::path silver(std::string_view format) const {
    return root / "silver" / format / "tpch" / scale;
  }
  std::filesystem::path silver_table(std::string_view format, std::string_view table) const {
    return silver(format) / table;
  }
  std::filesystem::path metrics() const { return root / "gold/metrics"; }
  std::filesystem::path reports() const { return root / "gold/reports"; }
  std::filesystem::path reference() const { return root / "gold/reference" / scale; }
  std::filesystem::path phase_metrics(std::string_view phase) const {
    return root / "results/metrics" / (std::string(phase) + "_" + scale + ".json");
  }
  /// The same of whichever scale factor came last.
  std::filesystem::path newest_phase_metrics(std::string_view phase) const {
    return root / "results/metrics" / (std::string(phase) + ".json");
  }
};

}  // namespace grebe::lab::medallion
