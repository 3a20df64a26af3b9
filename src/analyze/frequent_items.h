// df.stat.freqItems → the plan of its one row.
#pragma once

#include "plan/relation.h"

namespace grebe::analyze {

/// One row with a list `<column>_freqItems` for each column: the values that more than `support` of
/// the rows hold. As in Spark, all values are listed while there are no more than 1 / support.
plan::RelationPtr frequent_items(const plan::StatFreqItems& node);

}  // namespace grebe::analyze
