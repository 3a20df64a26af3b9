"""Functions of arrays, maps, structs, JSON and CSV, by the type of their result (see functions.py)."""

NESTED = {
    "int": [
        "aggregate({array}, {int}, (acc, x) -> acc + x, acc -> acc % 10)", "reduce({array}, 0, (acc, x) -> greatest(acc, x))", "array_min({array})", "element_at({array}, abs({int} % 3) + 1)", "{array}[{int}]", "get({array}, {int})", "try_element_at({map}, {string})",
        "array_size(array_distinct({array}))", "size(map_keys({map}))", "cardinality({array})", "size(split({string}, 'p', {int} % 5))", "array({struct}, {struct})[0].x", "element_at(array({struct}), -1).x", "array_max(transform({array}, x -> x % 5))",
        "json_array_length('[' || {string} || ']')", "get_json_object({string}, '$.a') + 0", "from_json({string}, 'a INT').a", "from_json({string}, 'STRUCT<b: ARRAY<INT>>').b[0]", "size(json_object_keys({string}))", "from_csv({string}, 'a INT').a",
        "from_csv({string}, 'a INT, b STRING', map('sep', 'p')).a", "length(to_json({array}))", "size(sequence({int} % 10, {int} % 10))", "array_max(map_values({map}))", "size(flatten(array({array}, {array})))", "map('a', {struct})['a'].x",
        "size(array_repeat({string}, {int} % 10))", "hash({array}, {struct})", "named_struct('p', {struct}).p.x", "size(map_from_entries(map_entries({map})))", "size(str_to_map({string}, '[,]', ':'))",
    ],
    "bigint": ["array_position({array}, 3)", "array_position(map_keys({map}), {string})", "aggregate({array}, 0L, (acc, x) -> acc + x)", "size(array({map}, {map})) + {bigint}"],
    "string": [
        "to_json(named_struct('p', {scalar0}, 'q', {array}))", "to_json(array({struct}, {struct}))", "to_json(struct({timestamp}))", "to_json(struct({double}, {decimal}))", "to_csv(struct({int}, {string}, {double}))", "to_csv(struct({string}), map('sep', '|'))",
        "to_json(map('k', {struct}))", "to_json(struct({date}, {ntz}), map('dateFormat', 'dd/MM/yyyy'))", "get_json_object({string}, '$.b[1]')", "get_json_object({string}, '$.b[*]')", "get_json_object({string}, '$')", "get_json_object(to_json({struct}), '$.y')",
        "schema_of_json(to_json(struct(1, 'a')))", "from_json({string}, 'a STRING').a", "CAST(from_json({string}, 'MAP<STRING, STRING>') AS STRING)", "from_csv({string}, 'a STRING, b INT').a", "array_join({array}, ',')", "array_join(map_keys({map}), '+', '?')",
        "CAST(map_entries({map}) AS STRING)", "CAST(array({struct}, {struct}) AS STRING)", "CAST(array({double}, {float}) AS STRING)", "CAST(map(coalesce({int}, 0), {scalar0}) AS STRING)", "concat_ws(',', map_keys({map}), {string})", "element_at(split({string}, '[lb]'), -1)",
        "array_max(array({string}, {string}))", "CAST(arrays_zip({array}, {array}) AS STRING)", "CAST(str_to_map({string}) AS STRING)", "array({string}, {string})[{int} % 2]", "CAST(named_struct('d', {date}, 't', {timestamp}, 'b', {binary}) AS STRING)",
        "CAST(array({array}, {array}) AS STRING)", "aggregate(array({string}, {string}), '', (acc, x) -> acc || x)", "array_sort(array({string}, {string}))[0]", "CAST(sentences({string}) AS STRING)", "to_json({map})", "CAST(array({decimal}, {int}) AS STRING)",
        "transform(map_keys({map}), k -> upper(k))[0]", "reverse(array({string}, {string}))[0]", "typeof(array({int}, {double}))", "typeof(map(coalesce({string}, ''), {scalar0}))", "CAST(map_filter(map(coalesce({int}, 0), {string}), (k, v) -> k > 0) AS STRING)",
        "CAST(array_except(array({string}), array({string})) AS STRING)", "CAST(transform(array({timestamp}), t -> CAST(t AS DATE)) AS STRING)", "typeof(coalesce({array}, array({bigint})))", "CAST(map_concat({map}, map('zz', 1)) AS STRING)",
    ],
    "boolean": [
        "exists({array}, x -> x IS NULL)", "forall(map_values({map}), v -> v > 1)", "array_contains(array({any}, {any}), {any})", "exists(array({struct}), s -> s.x > 0)", "array({any}) = array({any})",
        "array({any}, {any}) < array({any})", "struct({any}, {any}) > struct({any}, {any})", "named_struct('a', {any}) <=> named_struct('a', {any})", "arrays_overlap(array({any}), array({any}, {any}))", "exists({array}, p -> exists({array}, q -> q > p))",
        "map_contains_key(map(coalesce({int}, 0), 1), {int})", "{struct} IN ({struct}, {struct})", "{array} IN ({array}, {array})", "forall(array({boolean}, {boolean}), b -> b)", "get_json_object({string}, '$.a') IS NULL", "{array} <=> {array}", "isnull({struct}.x)"],
    "array": [
        "slice({array}, {int} % 4, abs({int} % 4))", "array_insert({array}, {int} % 5, {int})", "array_remove({array}, NULL)", "filter({array}, (x, i) -> i % 2 = 0)", "transform(sequence(0, {int} % 5), x -> x * x)", "sequence({int} % 10, {int} % 10)",
        "sequence({int} % 10, {int} % 10, 2)", "sequence({int} % 10, {int} % 10, -1)", "array_repeat({int}, {int} % 5)", "flatten(array({array}, NULL, {array}))", "flatten(transform({array}, x -> array(x, x)))", "array_sort({array}, (a, b) -> CAST(signum(b - a) AS INT))",
        "zip_with({array}, {array}, (x, y) -> coalesce(x, 0) - y)", "map_values(transform_values({map}, (k, v) -> length(k)))", "transform(map_entries({map}), e -> e.value)", "array_distinct(concat({array}, {array}))",
        "from_json(to_json({array}), 'ARRAY<INT>')", "CAST(transform({array}, x -> CAST(x AS STRING)) AS ARRAY<INT>)", "transform(array({struct}, {struct}), s -> s.x)", "transform(array({struct}, {struct}), s -> s.x)", "if({boolean}, {array}, array())", "array_append({array}, NULL)",
        "transform({array}, p -> aggregate({array}, p, (acc, q) -> acc + q))", "array_union({array}, array(1, 1, NULL))", "array_except({array}, array(NULL, 1))", "array_intersect({array}, {array})", "transform({array}, p -> {int} + p)",
    ],
    "struct": [
        "from_json({string}, 'x INT, y STRING')", "from_json(to_json({struct}), 'x INT, y STRING')", "from_csv({string}, 'x INT, y STRING')", "array_max(array({struct}, {struct}))", "array_min(array({struct}, {struct}))", "array_sort(array({struct}, {struct}))[0]",
        "greatest({struct}, {struct})", "map('k', {struct})['k']", "CAST(named_struct('a', {smallint}, 'b', {date}) AS STRUCT<x: INT, y: STRING>)", "array({struct}, {struct})[{int} % 2]", "transform({array}, e -> named_struct('x', e, 'y', 'q'))[0]",
        "if({boolean}, {struct}, named_struct('x', 0, 'y', ''))", "nullif({struct}, {struct})",
    ],
    "map": [
        "map_from_arrays(map_keys({map}), map_values({map}))", "map_filter({map}, (k, v) -> k > 'a')", "transform_values({map}, (k, v) -> NULL + v)", "map_from_entries(transform(map_entries({map}), e -> struct(e.key, e.value)))",
        "map_concat(map_filter({map}, (k, v) -> k = 'a'), map('zz', {int}))", "from_json({string}, 'MAP<STRING, INT>')", "from_json(to_json({map}), 'MAP<STRING, INT>')", "map_zip_with({map}, {map}, (k, v, w) -> v * w)", "if({boolean}, {map}, map('b', {int}))",
        "CAST(str_to_map('a:1,b:' || {int}) AS MAP<STRING, INT>)", "try_cast(map('a', {string}) AS MAP<STRING, INT>)", "array({map}, {map})[0]", "map('a', {int}, 'b', {int})", "map(coalesce({string}, 'n'), {int})", "transform_keys({map}, (k, v) -> k || 'z')",
    ],
}
