// Queries on bronze by native DuckDB → the answers that all others are compared with.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/table.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/tpch/queries.h"

namespace grebe::lab::medallion {

/// The answers by query name. They are kept as Arrow IPC files in the layout's reference folder,
/// and made again when the query's text or bronze (`bronze_sum`) has changed.
std::map<std::string, client::Table> provide_reference(const Settings& settings,
                                                       const Layout& layout,
                                                       const std::vector<tpch::Query>& queries,
                                                       const std::string& bronze_sum,
                                                       Observer& observer);

}  // namespace grebe::lab::medallion
