"""Functions of numbers and texts with negative, zero, huge and odd arguments, by the type of their result (see functions.py).

Left out is what raises for common texts (a text as a pattern): which rows are met before a filter is Spark's own affair; and what ends Spark with a bare exception of Java: substring_index with the least INT, padding bytes to less than nothing.
`{odd}` is a small or a huge whole number, `{castable}` anything that Spark casts to the result's type, `{type}` that type.
"""

CASTS = ["CAST({castable} AS {type})", "try_cast({castable} AS {type})", "CAST(CAST({castable} AS STRING) AS {type})", "try_cast({string} AS {type})"]
DECIMALS = [(38, 0), (38, 38), (38, 18), (5, 4), (20, 2), (1, 0), (3, 3), (18, 6)]
EDGES = {
    "int": [
        "instr({string}, '')", "locate({string}, {string}, {odd})", "position('p' IN {string})", "find_in_set({string}, {string})", "levenshtein({string}, {string}, {odd})", "length(repeat({string}, {odd} % 100))", "shiftleft({int}, {odd})", "shiftright({int}, {odd})",
        "shiftrightunsigned({int}, {odd})", "getbit({int}, 31)", "bit_count({int})", "length({binary})", "bit_length({binary})", "char_length(rpad({string}, {odd} % 20, 'ab'))", "ascii(substr({string}, {odd}))", "regexp_instr({string}, '[pl]+')", "regexp_count({string}, '')",
        "{int} div {int}", "mod({int}, {int})", "try_subtract({int}, {int})", "try_multiply({int}, {int})", "{int} - {smallint}", "round({int}, {odd} % 12)", "bround({int}, -1)", "hash({decimal}, {double}, {float})", "hash({timestamp}, {date}, {ntz}, {ds})", "hash({string}, {binary}, {boolean})",
        "octet_length({string})", "int({double})", "int({decimal})", "CAST({decimal} AS INT)", "sign({decimal}) + 0", "length(concat({string}, space({odd} % 50)))", "greatest({int}, {smallint}, {int})"],
    "bigint": [
        "shiftleft({bigint}, {odd})", "shiftright({bigint}, 63)", "conv({string}, 36, 10) + 0L", "round({bigint}, {odd} % 20)", "xxhash64({decimal}, {double}, {string})", "xxhash64({timestamp}, {date}, {ds})", "{decimal} div {int}", "try_add({bigint}, {bigint})", "crc32({binary})",
        "width_bucket({double}, {double}, {double}, {odd})", "{bigint} & {int}", "{bigint} | {smallint}", "~{bigint}", "ceil({decimal})", "floor({float})", "try_subtract({bigint}, {int})", "bigint({decimal})", "mod({bigint}, {smallint})", "factorial({odd} % 25)"],
    "smallint": ["smallint({int})", "{smallint} * {smallint}", "{smallint} & {smallint}", "try_add({smallint}, {smallint})", "pmod({smallint}, {smallint})", "round({smallint}, -1)"],
    "double": [
        "pow({double}, {double})", "atan2({double}, {double})", "log({double}, {double})", "log2({double})", "log1p({double})", "expm1({double} % 10)", "cbrt({double})", "radians({double})", "round({double}, {odd} % 20)", "bround({double}, {odd} % 5)", "{decimal} * {double}", "{decimal} / {float}",
        "exp({double} % 100)", "{bigint} / {bigint}", "signum({double})", "positive({double})", "e() * {double}", "double({string})", "double({decimal})", "{double} + {decimal}", "{float} * {double}", "try_divide({double}, {double})", "mod({double}, {int})", "{int} / {decimal} + 0D", "power({int}, {int} % 5)"],
    "float": ["float({string})", "float({double})", "{float} - {smallint}", "round({float}, {odd} % 10)", "bround({float}, 1)", "greatest({float}, {float})", "pmod({float}, {float})", "float({decimal})"],
    "decimal": [
        *[f"CAST({{decimal}} AS DECIMAL({p},{s}))" for p, s in DECIMALS], *[f"CAST({{int}} AS DECIMAL({p},{s})) {op} {{decimal}}" for (p, s), op in zip(DECIMALS, "+-*/%+-*")], *[f"try_cast({{string}} AS DECIMAL({p},{s}))" for p, s in DECIMALS[:4]],
        "{decimal} * {decimal} * {decimal}", "{decimal} / {decimal} / {decimal}", "round({decimal}, {odd} % 6)", "bround({decimal}, {odd} % 6)", "ceil({decimal}, {odd} % 4)", "floor({decimal}, {odd} % 4)", "CAST({decimal} AS DECIMAL(38,20)) * CAST({decimal} AS DECIMAL(38,20))",
        "CAST({decimal} AS DECIMAL(38,0)) + {bigint}", "{decimal} % {int}", "mod({decimal}, {decimal})", "try_multiply({decimal}, {decimal})", "try_add({decimal}, {int})", "greatest({decimal}, {decimal}, {int})", "if({boolean}, {decimal}, {int})", "nvl({decimal}, {bigint})", "sign({int}) * {decimal}",
        "try_to_number('1' || {string}, 'S999.99')", "{decimal} - {decimal}", "-{decimal}", "positive({decimal})", "CAST({bigint} AS DECIMAL(20,2)) / {smallint}", "CAST({float} AS DECIMAL(10,3))", "{smallint} / CAST(3 AS DECIMAL(4,1))"],
    "string": [
        "substring({string}, {odd}, {odd})", "substr({string}, {odd})", "left({string}, {odd})", "right({string}, {odd})", "lpad({string}, {odd} % 20, {string})", "rpad({string}, {odd} % 20, {string})", "lpad({string}, {odd} % 10)", "repeat({string}, {odd} % 30)", "space({odd} % 30)",
        "split_part({string}, {string}, 1)", "split_part({string}, 'p', -1)", "substring_index({string}, 'p', {odd} % 9)", "substring_index({string}, {string}, {odd} % 9)", "translate({string}, {string}, {string})", "replace({string}, {string}, {string})", "replace({string}, {string})", "overlay({string} PLACING {string} FROM {odd} % 9)",
        "overlay({string} PLACING 'zz' FROM {odd} % 9 FOR {odd} % 5)", "regexp_replace({string}, '(p+)', '<$1>')", "regexp_extract({string}, '([a-z])([a-z])', 2)", "regexp_extract_all({string}, '([a-z])')[1]", "regexp_replace({string}, '^', '-')", "trim(BOTH 'a' FROM {string})", "trim(LEADING {string} FROM {string})",
        "trim(TRAILING 'le' FROM {string})", "btrim({string}, ' x')", "format_number({double}, {odd} % 10)", "format_number({bigint}, 0)", "format_number({decimal}, 4)", "format_number({int}, '#,###.00')", "conv({string}, {odd} % 36, 10)", "conv({int}, 10, {odd} % 40)", "hex({binary})", "hex({int})", "hex({string})", "bin({int})", "chr({odd})", "ascii({string}) || ''",
        "elt({odd}, {string}, {string})", "format_string('%d|%5d|%x', {int}, {int}, {int})", "format_string('%s %10s', {string}, {string})", "printf('%e %g', {double}, {double})", "format_string('%,d %b', {bigint}, {boolean})", "CAST({double} AS STRING)", "CAST({float} AS STRING)", "CAST({decimal} AS STRING)", "initcap({string} || ' ' || {string})",
        "upper({string})", "lower({string})", "soundex({string})", "sha1({string})", "sha2({string}, 224)", "md5({binary})", "base64({binary})", "hex(unbase64(base64({binary})))", "url_decode(url_encode({string}))", "decode(encode({string}, 'UTF-8'), 'UTF-8')", "mask({string}, 'Q', 'q', 'd', 'o')", "mask({string}, NULL, '*')",
        "luhn_check({string}) || ''", "to_varchar({decimal}, '999.99')", "parse_url('http://h/p?k=' || {int}, 'QUERY', 'k')", "concat_ws({string}, {string}, NULL, {string})", "concat_ws(',')", "nullif({string}, {string})", "decode({int}, 1, {string}, 2, 'two', 'other')", "decode({string}, 'apple', 'A')", "ifnull({string}, 'n')", "nvl2({string}, {string}, 'n')",
        "typeof({decimal} + {decimal})", "typeof({decimal} * {bigint})", "typeof({decimal} / {int})", "typeof({smallint} + {float})", "typeof(coalesce({decimal}, {double}))", "typeof(if({boolean}, {int}, {decimal}))", "reverse({string} || {int})", "translate({string}, '', 'x')", "char({odd})",
        "hex(encode({string}, 'UTF-16BE'))", "CAST({boolean} AS STRING)", "string({double})", "CAST(CAST({string} AS BINARY) AS STRING)", "to_varchar({int}, 'S9999')", "regexp_substr({string}, '[^a-m]+')", "cast({bigint} * 1.0 AS STRING)",
    ],
    "boolean": [
        "{string} LIKE '%' || {string}", "{string} LIKE 'a\\\\_%'", "{string} LIKE '_%p%_'", "{string} ILIKE ALL ('%A%', '%p%')", "{string} NOT LIKE ALL ('a', {string})", "{string} RLIKE '[0-9]+$'", "regexp_like({string}, '(?i)P.*L')", "{string} BETWEEN {string} AND {string}", "{decimal} <=> {double}", "{float} = {double}", "{bigint} = {double}",
        "{string} > {int}", "{decimal} = {decimal}", "{boolean} <=> {boolean}", "{boolean} = {string}", "{boolean} != {boolean}", "{decimal} IN ({int}, {decimal}, {bigint})", "{int} IN ({string}, {int})", "{double} IN ({double}, {float})", "isnan({float})", "boolean({string})", "boolean({int})", "{smallint} BETWEEN {int} AND {bigint}",
        "({boolean} OR {boolean}) AND NOT {boolean}", "{boolean} IS UNKNOWN", "{string} NOT ILIKE '%P%'", "{binary} < {binary}", "startswith({binary}, {binary})", "endswith({string}, '')", "contains({string}, '')", "{decimal} > {float}", "luhn_check({string})", "{any} NOT BETWEEN {any} AND {any}",
    ],
    "binary": ["substring({binary}, {odd} % 9, {odd} % 9)", "lpad({binary}, abs({odd} % 8), X'AB')", "rpad({binary}, abs({odd} % 8))", "left({binary}, {odd})", "unbase64(base64({binary}))", "CAST({int} AS BINARY)", "CAST({bigint} AS BINARY)", "try_to_binary({string}, 'hex')", "try_to_binary({string}, 'base64')", "if({boolean}, {binary}, X'')", "greatest({binary}, {binary})", "encode({string}, 'UTF-16LE')", "overlay({binary} PLACING X'FF' FROM 1)"],
}
