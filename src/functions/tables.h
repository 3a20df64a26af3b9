// The function tables, one a group; registry.cc joins them.
#pragma once

#include "functions/entry.h"

namespace grebe::functions {

EntryTable operator_entries();
EntryTable predicate_entries();
EntryTable conditional_entries();
EntryTable conversion_entries();
EntryTable math_entries();
EntryTable bitwise_entries();
EntryTable string_entries();
EntryTable datetime_entries();
EntryTable array_entries();
EntryTable lambda_entries();
EntryTable map_entries();
EntryTable json_entries();
EntryTable csv_entries();
EntryTable xml_entries();
EntryTable hash_entries();
EntryTable url_entries();
EntryTable misc_entries();
EntryTable generator_entries();
EntryTable window_entries();
EntryTable aggregate_entries();

}  // namespace grebe::functions
