"""What random expressions are made of: the type of a result → templates with the types of their children.

`{any}` is any one ordered type for all, `{same}` the result's type, `{scalar}` any ordered type, `{scalar0}`
one that is no date, `{number}` any number.
"""

from edges import CASTS, EDGES
from nested import NESTED
from times import TIMES

FUNCTIONS = {
    "int": [
        "length({string})", "size({array})", "datediff({date}, {date})", "year({date})", "month({timestamp})", "dayofweek({date})", "hour({timestamp})", "ascii({string})",
        "instr({string}, {string})", "locate({string}, {string})", "-{int}", "{int} + {int}", "{int} * {int}", "{int} % {int}", "abs({int})", "{int} & {int}", "{int} ^ {int}",
        "shiftleft({int}, 3)", "hash({any}, {any})", "levenshtein({string}, {string})", "array_max({array})", "{array}[1]", "try_element_at({array}, -1)",
        "aggregate({array}, 0, (acc, x) -> acc + coalesce(x, 0))", "weekofyear({date})", "quarter({date})", "bit_length({string})", "find_in_set({string}, 'a,apple,12')",
        "CAST({scalar} AS INT)", "dayofyear({date})", "CAST(sign({int}) AS INT)", "pmod({int}, {int})", "{struct}.x", "{map}['a']", "element_at({map}, {string})", "size({map})", "~{int}",
        "{int} | {int}", "{int} + {smallint}", "shiftright({int}, 1)", "shiftrightunsigned({int}, 1)", "char_length({string})", "second({timestamp})", "minute({timestamp})",
        "weekday({date})", "bit_count({bigint})", "extract(YEAR FROM {ntz})", "json_array_length({string})", "octet_length({binary})", "extract(DAY FROM {ds})", "unix_date({date})",
        "CAST(array_position({array}, {int}) AS INT)", "try_add({int}, {int})", "regexp_count({string}, 'p')", "array_size({array})",
    ],
    "bigint": [
        "{bigint} + {int}", "{bigint} - {bigint}", "{bigint} * {int}", "{bigint} div {int}", "ceil({double})", "floor({double})", "abs({bigint})", "CAST({scalar0} AS BIGINT)",
        "xxhash64({any})", "crc32(CAST({string} AS BINARY))", "array_position({array}, {int})", "unix_seconds({timestamp})", "factorial({int} % 10)", "bigint({boolean})",
        "round({bigint}, -1)", "-{bigint}", "{bigint} % {bigint}", "{decimal} div {decimal}", "unix_micros({timestamp})", "try_multiply({bigint}, {int})", "bround({bigint}, -2)",
        "CAST({timestamp} AS BIGINT)", "to_unix_timestamp({timestamp})", "width_bucket({double}, 0D, 10D, 5)", "greatest({bigint}, {int})", "timestampdiff(HOUR, {timestamp}, {timestamp})",
        "{ds} div INTERVAL '1' SECOND", "pmod({bigint}, {int})", "positive({bigint})", "CAST(getbit({bigint}, 3) AS BIGINT)", "xxhash64({array}, {struct})",
    ],
    "smallint": ["{smallint} + {smallint}", "-{smallint}", "CAST({scalar0} AS SMALLINT)", "abs({smallint})", "{smallint} % {smallint}", "coalesce({smallint}, {smallint})"],
    "double": [
        "{double} + {double}", "{double} * {int}", "{double} / {double}", "{int} / {int}", "sqrt({double})", "round({double}, 1)", "CAST({scalar0} AS DOUBLE)", "greatest({double}, {double})",
        "nanvl({double}, {double})", "signum({double})", "{double} % {double}", "-{double}", "bround({double})", "rint({double})", "months_between({timestamp}, {timestamp})", "{float} + {double}",
        "abs({double})", "pow({double}, 2)", "least({double}, {float})", "{double} - {bigint}", "try_divide({double}, {int})", "pmod({double}, {double})", "ln({double})", "degrees({double})",
        "CAST({timestamp} AS DOUBLE)", "hypot({double}, {int})", "log10({double})", "exp({int} % 20)",
    ],
    "float": ["{float} + {float}", "{float} * {float}", "-{float}", "CAST({scalar0} AS FLOAT)", "abs({float})", "round({float}, 1)", "{float} % {float}"],
    "decimal": [
        "{decimal} + {decimal}", "{decimal} * {decimal}", "{decimal} / {decimal}", "{decimal} - {int}", "{decimal} % {decimal}", "round({decimal}, 1)", "CAST({scalar0} AS DECIMAL(10,2))",
        "abs({decimal})", "ceil({decimal})", "-{decimal}", "try_divide({decimal}, {decimal})", "floor({decimal}, 1)", "least({decimal}, {int})", "{decimal} * {bigint}", "{decimal} + {smallint}",
        "bround({decimal}, -1)", "CAST({decimal} AS DECIMAL(38,10))", "CAST({double} AS DECIMAL(20,5))", "extract(SECOND FROM {timestamp})", "extract(SECOND FROM {ds})", "pmod({decimal}, {decimal})",
        "coalesce({decimal}, {int})", "try_subtract({decimal}, {decimal})",
    ],
    "string": [
        "concat({string}, {string})", "upper({string})", "substring({string}, {int}, 3)", "trim({string})", "CAST({scalar} AS STRING)", "lpad({string}, 6, '*')", "replace({string}, 'p', {string})",
        "reverse({string})", "date_format({timestamp}, 'yyyy-MM-dd HH:mm:ss')", "coalesce({string}, {string})", "concat_ws('-', {string}, {string})", "regexp_replace({string}, '[aeiou]+', '#')",
        "translate({string}, 'ap', 'x')", "initcap({string})", "left({string}, 2)", "md5({string})", "hex({bigint})", "split({string}, 'p')[0]", "array_join({array}, '/', 'n')",
        "format_number({double}, 2)", "conv({string}, 10, 16)", "to_json(struct({any}))", "{string} || {scalar0}", "repeat({string}, 2)", "overlay({string} PLACING '_' FROM 2)", "soundex({string})",
        "base64(CAST({string} AS BINARY))", "split_part({string}, 'p', 1)", "rtrim({string})", "bin({bigint})", "regexp_extract({string}, '([a-z]+)', 1)", "typeof({scalar})", "{struct}.y",
        "CAST({array} AS STRING)", "CAST({struct} AS STRING)", "CAST({map} AS STRING)", "CAST({ym} AS STRING)", "get_json_object({string}, '$.a')", "to_json({map})", "to_json({struct})",
        "from_json({string}, 'a INT, b STRING').b", "lower({string})", "substring_index({string}, 'p', 1)", "right({string}, {int} % 4)", "rpad({string}, 5)", "format_number({decimal}, 1)",
        "elt({int} % 3, {string}, {string})", "sha2({string}, 256)", "decode({binary}, 'UTF-8')", "hex({binary})", "CAST(unhex(hex({string})) AS STRING)", "to_csv(struct({scalar0}))", "mask({string})",
        "date_format({date}, 'EEE d MMM y')", "regexp_substr({string}, '[a-z]+')", "chr({int} % 128)", "nvl2({int}, {string}, {string})", "map_keys({map})[0]", "ltrim('a', {string})",
        "format_string('%s-%d', {string}, {int})", "printf('%5.2f', {double})", "CAST(dayofweek({date}) AS STRING)", "url_encode({string})", "array_join(split({string}, ''), ',')",
        "CAST({bigint} AS STRING)", "CAST(make_ym_interval(1, {int} % 12) AS STRING)", "substr({string}, -2)", "char({int} % 300)", "date_format({ntz}, 'HH:mm')",
    ],
    "boolean": [
        "{any} = {any}", "{any} < {any}", "{any} <=> {any}", "{scalar} IS NULL", "{boolean} AND {boolean}", "{boolean} OR {boolean}", "NOT {boolean}", "{string} LIKE {string}", "{number} >= {number}",
        "{any} IN ({any}, {any})", "{number} BETWEEN {number} AND {number}", "array_contains({array}, {int})", "{string} RLIKE '^a'", "isnan({double})", "exists({array}, x -> x > 1)",
        "startswith({string}, {string})", "{string} = {number}", "{date} < {timestamp}", "{any} != {any}", "arrays_overlap({array}, {array})", "{any} NOT IN ({any}, {any})", "contains({string}, {string})",
        "CAST({scalar0} AS BOOLEAN)", "{date} = {string}", "forall({array}, x -> x > 0)", "{number} < {number}", "{struct} = {struct}", "{array} < {array}", "{struct} <=> {struct}", "{ntz} < {timestamp}",
        "map_contains_key({map}, {string})", "{string} ILIKE 'A%'", "{boolean} IS NOT TRUE", "{any} IS DISTINCT FROM {any}", "endswith({string}, {string})", "{string} NOT LIKE '_p%'", "isnotnull({map})",
        "{string} LIKE ANY ('a%', {string})", "{any} > {any}", "{ds} >= {ds}", "{binary} = {string}", "equal_null({any}, {any})", "{boolean} = {int}", "{array} = {array}", "({int}, {string}) = ({int}, {string})",
        "({int}, {string}) IN (({int}, {string}), (1, 'apple'))", "{decimal} = {bigint}", "{date} BETWEEN {date} AND {timestamp}",
    ],
    "date": [
        "date_add({date}, {int} % 1000)", "add_months({date}, {int} % 100)", "last_day({date})", "trunc({date}, 'MM')", "CAST({timestamp} AS DATE)", "to_date({string})", "{date} + INTERVAL '1' MONTH",
        "next_day({date}, 'MON')", "make_date(2024, {int}, 1)", "greatest({date}, {date})", "{date} - INTERVAL '3' DAY", "coalesce({date}, {date})", "CAST({string} AS DATE)", "trunc({date}, 'week')",
        "date_sub({date}, {int} % 100)", "CAST({ntz} AS DATE)", "date_from_unix_date({int} % 100000)", "{date} + {int} % 50", "to_date({string}, 'yyyy-MM-dd')",
    ],
    "timestamp": [
        "date_trunc('HOUR', {timestamp})", "CAST({date} AS TIMESTAMP)", "{timestamp} + INTERVAL '1' DAY", "{timestamp} - INTERVAL '25' HOUR", "to_timestamp({string})",
        "from_utc_timestamp({timestamp}, 'Asia/Tokyo')", "date_trunc('week', {timestamp})", "coalesce({timestamp}, {timestamp})", "timestamp_seconds({int})", "{timestamp} + INTERVAL '1' MONTH",
        "to_utc_timestamp({timestamp}, 'Europe/Berlin')", "{timestamp} + {ds}", "{date} + {ds}", "{timestamp} - {ym}", "CAST({ntz} AS TIMESTAMP)", "timestamp_micros({bigint} % 1000000000000)",
        "timestampadd(DAY, {int} % 100, {timestamp})", "CAST({string} AS TIMESTAMP)", "make_timestamp(2024, 3, {int} % 20, 2, 30, 1.5)", "least({timestamp}, {date})", "CAST({double} % 1000000 AS TIMESTAMP)",
    ],
    "ntz": ["{ntz} + INTERVAL '1' HOUR", "CAST({timestamp} AS TIMESTAMP_NTZ)", "{ntz} - {ym}", "CAST({date} AS TIMESTAMP_NTZ)", "to_timestamp_ntz({string})", "{ntz} + {ds}", "coalesce({ntz}, {ntz})",
            "convert_timezone('UTC', 'Asia/Tokyo', {ntz})"],
    "ds": ["{ds} + {ds}", "{ds} * 2", "-{ds}", "{timestamp} - {timestamp}", "{ds} / 3", "{ntz} - {ntz}", "make_dt_interval({int} % 10, 1)", "abs({ds})", "{date} - {date}", "{timestamp} - {date}",
           "greatest({ds}, {ds})", "CAST('3 04:00:00' AS INTERVAL DAY TO SECOND)"],
    "ym": ["{ym} + {ym}", "{ym} * 3", "-{ym}", "make_ym_interval({int} % 10, 2)", "{ym} / 2"],
    "binary": ["CAST({string} AS BINARY)", "concat({binary}, {binary})", "substring({binary}, 1, 1)", "unhex({string})", "encode({string}, 'UTF-8')", "to_binary({string}, 'utf-8')", "coalesce({binary}, {binary})"],
    "array": [
        "array({int}, {int})", "sort_array({array})", "array_distinct({array})", "filter({array}, x -> x > 1)", "transform({array}, x -> x * 2)", "slice({array}, 1, 2)", "array_union({array}, {array})",
        "reverse({array})", "array_except({array}, {array})", "concat({array}, {array})", "array_remove({array}, {int})", "array_compact({array})", "array_repeat({int}, 2)", "sequence(1, 3)",
        "array_intersect({array}, {array})", "array_append({array}, {int})", "flatten(array({array}, {array}))", "map_values({map})", "transform({array}, (x, i) -> x + i)", "zip_with({array}, {array}, (x, y) -> x + y)",
        "array_sort({array}, (x, y) -> CASE WHEN x > y THEN -1 WHEN x < y THEN 1 ELSE 0 END)", "array_insert({array}, 1, {int})", "array_prepend({array}, {int})", "sort_array({array}, false)",
        "transform(arrays_zip({array}, {array}), z -> z['0'])", "CAST(split({string}, ',') AS ARRAY<INT>)", "from_json({string}, 'a INT, b ARRAY<INT>').b", "array_sort({array})",
    ],
    "struct": ["named_struct('x', {int}, 'y', {string})", "coalesce({struct}, {struct})", "element_at(array({struct}, {struct}), 1)", "CAST(struct({int}, {string}) AS STRUCT<x: INT, y: STRING>)",
               "least({struct}, {struct})"],
    "map": ["map('a', {int})", "map_filter({map}, (k, v) -> v > 0)", "transform_values({map}, (k, v) -> v + 1)", "map_from_arrays(array('p', 'q'), array({int}, {int}))", "coalesce({map}, {map})",
            "transform_keys({map}, (k, v) -> upper(k))", "map_zip_with({map}, {map}, (k, v, w) -> coalesce(v, 0) + coalesce(w, 0))", "map_from_entries(array(struct('z', {int})))"],
}
for more in (TIMES, NESTED, EDGES):
    for kind, templates in more.items():
        FUNCTIONS[kind] += templates
for kind, templates in FUNCTIONS.items():
    if kind not in ("array", "struct", "map"):
        templates += CASTS[:2] if kind in ("ds", "ym") else CASTS
GENERIC = ["CASE WHEN {boolean} THEN {same} ELSE {same} END", "if({boolean}, {same}, {same})", "coalesce({same}, {same})", "nullif({same}, {same})", "nvl({same}, {same})",
           "CASE {any} WHEN {any} THEN {same} WHEN {any} THEN {same} END"]
UNORDERED = ("map",)  # no comparison, so no nullif
AGGREGATES = [
    "percentile_approx({int}, 0.5)", "approx_percentile({bigint} % 1000000, array(0.1, 0.9), 100)", "percentile({double}, 0.25)", "percentile({int}, 0.5, 2)", "percentile_cont(0.25) WITHIN GROUP (ORDER BY {double})", "approx_count_distinct({int}) FILTER (WHERE {boolean})",
    "percentile_disc(0.3) WITHIN GROUP (ORDER BY {double})", "median({double})", "median({ds})", "sum(DISTINCT {decimal})", "avg(DISTINCT {int})", "count(DISTINCT {struct})", "count(DISTINCT {scalar}, {scalar})", "count(DISTINCT {int}) FILTER (WHERE {boolean})",
    "sum(DISTINCT {int}) FILTER (WHERE {boolean}) + count(DISTINCT {string})", "sort_array(collect_set({date}))", "sort_array(collect_list(DISTINCT {int}))", "sort_array(collect_list({decimal}) FILTER (WHERE {boolean}))", "sort_array(collect_set({struct}))", "size(collect_list({map}))",
    "min({timestamp})", "max({date})", "avg({bigint} % 1000000)", "avg({smallint})", "avg({decimal} * {decimal})", "sum({decimal} / {decimal})", "sum({decimal}) / count({int})", "avg({decimal}) + sum({bigint})", "try_avg({decimal})", "try_sum({decimal})", "try_sum({ds})", "try_avg({ds})", "sum({decimal} + {int})",
    "round(stddev({int} % 10), 6)", "round(var_pop({int} % 10), 6)", "round(corr({int} % 10, {bigint} % 10), 6)", "round(covar_samp({int} % 10, {smallint} % 5), 6)", "round(skewness({int} % 10), 6)", "round(kurtosis({int} % 10), 6)", "round(regr_slope({int} % 10, {smallint} % 10), 6)", "regr_avgx({int}, {smallint})", "round(regr_r2({int} % 9, {smallint} % 7), 5)",
    "hex(bitmap_construct_agg(bitmap_bit_position({int} % 100)))", "bit_and({smallint})", "hll_sketch_estimate(hll_sketch_agg({int}))", "max_by({string}, struct({total})) FILTER (WHERE {boolean})", "first({int}, true) IS NULL", "last_value({string}) IS NULL OR true",
    "count_if({boolean}) FILTER (WHERE {boolean})", "bool_or({boolean}) FILTER (WHERE {boolean})", "any({boolean})", "max({array})", "min({binary})", "max(named_struct('a', {decimal}, 'b', {string}))", "count(DISTINCT {boolean})", "mode({int} % 1)", "min({double}) FILTER (WHERE {boolean})", "max({ym}) IS NULL",
    "sum(CASE WHEN {boolean} THEN {decimal} ELSE 0 END)", "sum(if({boolean}, 1, 0))", "coalesce(max({string}), 'none')", "min({boolean})", "max({boolean})", "sum({float} % 2)", "count(DISTINCT {array}, {struct})", "histogram_numeric({int}, 3) IS NULL", "to_json(max({struct}))", "concat_ws(',', sort_array(collect_set({string})))",
    "aggregate(sort_array(collect_list({int})), 0L, (acc, x) -> acc + x)", "array_max(collect_set({bigint}))", "max({int}) FILTER (WHERE {int} > 0) - min({int})", "sum(sum({int})) OVER ()", "rank() OVER (ORDER BY count({int}))", "max(count(*)) OVER ()",
    "count(*)", "count({scalar})", "count(DISTINCT {scalar})", "sum({int})", "sum({decimal})", "sum({bigint})", "avg({int})", "avg({decimal})", "min({scalar})", "max({scalar})",
    "sort_array(collect_list({int}))", "sort_array(collect_set({string}))", "bool_and({boolean})", "bit_xor({int})", "max_by({int}, struct({total}))", "sum({int}) FILTER (WHERE {boolean})",
    "count_if({boolean})", "percentile({int}, 0.5)", "approx_count_distinct({string})", "any_value({int}, true) IS NULL", "max(struct({int}, {string})).col1", "some({boolean})", "sum(DISTINCT {int})",
    "median({int})", "mode({int}) IS NULL", "min({array})", "try_sum({int})", "max({struct})", "min({struct})", "sum({smallint})", "avg({ds})", "sum({ds})", "min({ntz})", "max({binary})",
    "count({int}, {string})", "count(DISTINCT {int}, {string})", "bit_or({int})", "bit_and({bigint})", "every({boolean})", "max({float})", "min({double})", "percentile({int}, array(0.25, 0.75))",
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY {int})", "sum({int}) + count({string})", "max({int}) - min({int})", "coalesce(sum({decimal}), 0)", "sort_array(array_agg({string}))", "try_avg({int})",
    "min_by({string}, struct({total}))", "avg({decimal}) FILTER (WHERE {boolean})", "regr_count({int}, {int})", "max(CASE WHEN {boolean} THEN {int} END)", "count(DISTINCT {array})", "percentile_disc(0.5) WITHIN GROUP (ORDER BY {int} DESC)",
]
