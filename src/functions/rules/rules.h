// Bind and lowering rules that entries point at.
#pragma once

#include "functions/entry.h"

namespace grebe::functions {

// rules/arithmetic.cc
resolved::ExpressionPtr bind_add(const BindInput& input);
resolved::ExpressionPtr bind_subtract(const BindInput& input);
resolved::ExpressionPtr bind_multiply(const BindInput& input);
resolved::ExpressionPtr bind_divide(const BindInput& input);
resolved::ExpressionPtr bind_remainder(const BindInput& input);
resolved::ExpressionPtr bind_ntile(const BindInput& input);
resolved::ExpressionPtr bind_width_bucket(const BindInput& input);
resolved::ExpressionPtr bind_bitwise(const BindInput& input);
resolved::ExpressionPtr bind_integral_divide(const BindInput& input);
resolved::ExpressionPtr bind_negative(const BindInput& input);
resolved::ExpressionPtr bind_positive(const BindInput& input);
resolved::ExpressionPtr bind_abs(const BindInput& input);
resolved::ExpressionPtr bind_try_arithmetic(const BindInput& input);

// rules/lower_arithmetic.cc
std::string lower_add(const LowerInput& input);
std::string lower_subtract(const LowerInput& input);
std::string lower_multiply(const LowerInput& input);
std::string lower_divide(const LowerInput& input);
std::string lower_remainder(const LowerInput& input);
std::string lower_pmod(const LowerInput& input);
std::string lower_integral_divide(const LowerInput& input);
std::string lower_negative(const LowerInput& input);
std::string lower_abs(const LowerInput& input);

// rules/comparison.cc
resolved::ExpressionPtr bind_comparison(const BindInput& input);
resolved::ExpressionPtr bind_in(const BindInput& input);
/// `x LIKE ALL (…)` over constant patterns, which Spark gives a node of its own.
resolved::ExpressionPtr bind_like_many(const BindInput& input);
resolved::ExpressionPtr bind_logical(const BindInput& input);
std::string lower_like(const LowerInput& input);
std::string lower_ilike(const LowerInput& input);

// rules/conditional.cc
resolved::ExpressionPtr bind_when(const BindInput& input);
resolved::ExpressionPtr bind_if(const BindInput& input);
resolved::ExpressionPtr bind_coalesce(const BindInput& input);
resolved::ExpressionPtr bind_extreme(const BindInput& input);
std::string lower_greatest_least(const LowerInput& input);
std::string lower_when(const LowerInput& input);

// rules/conversion.cc
resolved::ExpressionPtr bind_conversion(const BindInput& input);

// rules/rounding.cc
resolved::ExpressionPtr bind_round(const BindInput& input);
resolved::ExpressionPtr bind_ceil_floor(const BindInput& input);
std::string lower_round(const LowerInput& input);
std::string lower_ceil_floor(const LowerInput& input);

// rules/text.cc
resolved::ExpressionPtr bind_concat(const BindInput& input);
resolved::ExpressionPtr bind_concat_ws(const BindInput& input);
resolved::ExpressionPtr bind_elt(const BindInput& input);
resolved::ExpressionPtr bind_decode(const BindInput& input);
resolved::ExpressionPtr bind_mask(const BindInput& input);
resolved::ExpressionPtr bind_printf(const BindInput& input);
std::string lower_printf(const LowerInput& input);
resolved::ExpressionPtr bind_format_number(const BindInput& input);
std::string lower_format_number(const LowerInput& input);
resolved::ExpressionPtr bind_substring(const BindInput& input);
std::string lower_substring(const LowerInput& input);
std::string lower_concat(const LowerInput& input);
std::string lower_concat_ws(const LowerInput& input);
resolved::ExpressionPtr bind_to_binary(const BindInput& input);
resolved::ExpressionPtr bind_regexp_replace(const BindInput& input);
resolved::ExpressionPtr bind_strict_text(const BindInput& input);
resolved::ExpressionPtr bind_to_char(const BindInput& input);
resolved::ExpressionPtr bind_to_number(const BindInput& input);
std::string lower_to_number(const LowerInput& input);

// rules/datetime.cc
resolved::ExpressionPtr bind_now(const BindInput& input);
resolved::ExpressionPtr bind_unix_timestamp(const BindInput& input);
resolved::ExpressionPtr bind_extract(const BindInput& input);
resolved::ExpressionPtr bind_make_timestamp(const BindInput& input);
resolved::ExpressionPtr bind_timestamp_parse(const BindInput& input);
resolved::ExpressionPtr bind_make_interval(const BindInput& input);
resolved::ExpressionPtr bind_date_add(const BindInput& input);

// rules/collections.cc
resolved::ExpressionPtr bind_size(const BindInput& input);
resolved::ExpressionPtr bind_array_item(const BindInput& input);
resolved::ExpressionPtr bind_array_membership(const BindInput& input);
resolved::ExpressionPtr bind_array_insert(const BindInput& input);
resolved::ExpressionPtr bind_array_pair(const BindInput& input);
resolved::ExpressionPtr bind_array_remove(const BindInput& input);
resolved::ExpressionPtr bind_array_search(const BindInput& input);
resolved::ExpressionPtr bind_map_contains_key(const BindInput& input);
resolved::ExpressionPtr bind_flatten(const BindInput& input);
/// Whether element_at over a list may be null, by its ordinal and the list's elements.
bool array_element_nullable(const BindInput& input, const resolved::ExpressionPtr& list,
                            const resolved::ExpressionPtr& ordinal);

// rules/nested.cc
resolved::ExpressionPtr bind_array(const BindInput& input);
resolved::ExpressionPtr bind_array_repeat(const BindInput& input);
resolved::ExpressionPtr bind_append(const BindInput& input);
resolved::ExpressionPtr bind_map(const BindInput& input);
resolved::ExpressionPtr bind_named_struct(const BindInput& input);
resolved::ExpressionPtr bind_element_at(const BindInput& input);
resolved::ExpressionPtr bind_arrays_zip(const BindInput& input);
resolved::ExpressionPtr bind_map_concat(const BindInput& input);
resolved::ExpressionPtr bind_sequence(const BindInput& input);
resolved::ExpressionPtr bind_map_from_entries(const BindInput& input);
resolved::ExpressionPtr bind_map_entries(const BindInput& input);
std::string lower_struct(const LowerInput& input);
std::string lower_map(const LowerInput& input);
std::string lower_map_concat(const LowerInput& input);
std::string lower_arrays_zip(const LowerInput& input);
std::string lower_sequence(const LowerInput& input);
std::string lower_map_from_arrays(const LowerInput& input);
std::string lower_map_from_entries(const LowerInput& input);
std::string lower_map_entries(const LowerInput& input);

// rules/lambda.cc
resolved::ExpressionPtr bind_transform(const BindInput& input);
resolved::ExpressionPtr bind_filter(const BindInput& input);
resolved::ExpressionPtr bind_exists(const BindInput& input);
resolved::ExpressionPtr bind_aggregate(const BindInput& input);
resolved::ExpressionPtr bind_zip_with(const BindInput& input);
resolved::ExpressionPtr bind_array_sort(const BindInput& input);
resolved::ExpressionPtr bind_map_lambda(const BindInput& input);
resolved::ExpressionPtr bind_map_zip_with(const BindInput& input);
std::string lower_array_sort(const LowerInput& input);
std::string lower_aggregate_lambda(const LowerInput& input);
std::string lower_exists(const LowerInput& input);
std::string lower_filter(const LowerInput& input);
std::string lower_forall(const LowerInput& input);
std::string lower_map_filter(const LowerInput& input);
std::string lower_map_zip_with(const LowerInput& input);
std::string lower_transform(const LowerInput& input);
std::string lower_transform_keys(const LowerInput& input);
std::string lower_transform_values(const LowerInput& input);
std::string lower_zip_with(const LowerInput& input);

// rules/aggregates.cc
resolved::ExpressionPtr bind_count(const BindInput& input);
resolved::ExpressionPtr bind_sum(const BindInput& input);
resolved::ExpressionPtr bind_avg(const BindInput& input);
resolved::ExpressionPtr bind_first(const BindInput& input);
resolved::ExpressionPtr bind_percentile(const BindInput& input);
resolved::ExpressionPtr bind_approx_percentile(const BindInput& input);
resolved::ExpressionPtr bind_grouping(const BindInput& input);
resolved::ExpressionPtr bind_histogram_numeric(const BindInput& input);
std::string lower_count(const LowerInput& input);
std::string lower_sum(const LowerInput& input);
std::string lower_avg(const LowerInput& input);
std::string lower_percentile(const LowerInput& input);
std::string lower_weighted_percentile(const LowerInput& input);
std::string lower_ignoring_nulls(const LowerInput& input);
std::string lower_histogram_numeric(const LowerInput& input);
std::string lower_bitmap_construct(const LowerInput& input);
std::string lower_bitmap_or(const LowerInput& input);
std::string lower_extreme(const LowerInput& input);
std::string lower_collect_list(const LowerInput& input);
std::string lower_collect_set(const LowerInput& input);

// rules/percentiles.cc
resolved::ExpressionPtr bind_percentile_within(const BindInput& input);
std::string lower_percentile_cont(const LowerInput& input);
std::string lower_percentile_cont_descending(const LowerInput& input);
std::string lower_percentile_disc(const LowerInput& input);
std::string lower_percentile_disc_descending(const LowerInput& input);

// rules/time_windows.cc
resolved::ExpressionPtr bind_time_window(const BindInput& input);
resolved::ExpressionPtr bind_session_window(const BindInput& input);
resolved::ExpressionPtr bind_window_time(const BindInput& input);
std::string lower_time_window(const LowerInput& input);
std::string lower_time_windows(const LowerInput& input);

// rules/windows.cc
resolved::ExpressionPtr bind_window_function(const BindInput& input);
resolved::ExpressionPtr bind_lag_lead(const BindInput& input);

// rules/generators.cc
resolved::ExpressionPtr bind_explode(const BindInput& input);
resolved::ExpressionPtr bind_inline(const BindInput& input);
resolved::ExpressionPtr bind_stack(const BindInput& input);
resolved::ExpressionPtr bind_json_tuple(const BindInput& input);
std::string lower_json_tuple(const LowerInput& input);
std::string lower_stack(const LowerInput& input);

// rules/csv.cc
resolved::ExpressionPtr bind_from_csv(const BindInput& input);
resolved::ExpressionPtr bind_schema_of_csv(const BindInput& input);
resolved::ExpressionPtr bind_schema_of_json(const BindInput& input);
resolved::ExpressionPtr bind_to_csv(const BindInput& input);
std::string lower_from_csv(const LowerInput& input);
std::string lower_to_csv(const LowerInput& input);

// rules/json.cc
resolved::ExpressionPtr bind_from_json(const BindInput& input);
resolved::ExpressionPtr bind_to_json(const BindInput& input);
std::string lower_from_json(const LowerInput& input);
std::string lower_to_json(const LowerInput& input);

// rules/hashes.cc
resolved::ExpressionPtr bind_hash(const BindInput& input);
std::string lower_hash(const LowerInput& input);

// rules/frequent_items.cc
resolved::ExpressionPtr bind_frequent_items(const BindInput& input);
std::string lower_frequent_items(const LowerInput& input);

// rules/sketches.cc
resolved::ExpressionPtr bind_count_min_sketch(const BindInput& input);
resolved::ExpressionPtr bind_hll_sketch_agg(const BindInput& input);
std::string lower_count_min_sketch(const LowerInput& input);
std::string lower_hll_sketch_agg(const LowerInput& input);

// rules/parser_policy.cc
resolved::ExpressionPtr bind_with_pattern(const BindInput& input);

// rules/reflection.cc
resolved::ExpressionPtr bind_reflect(const BindInput& input);

// rules/session.cc
resolved::ExpressionPtr bind_session_value(const BindInput& input);
resolved::ExpressionPtr bind_typeof(const BindInput& input);
resolved::ExpressionPtr bind_assert_true(const BindInput& input);

}  // namespace grebe::functions
