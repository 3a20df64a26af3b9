"""pyspark.sql.functions: every function through its Python signature, whatever that sends."""
from harness import Ordered, step


def letters(t):
    return t.spark.createDataFrame(
        [(1, "Spark SQL", " padded ", "a,b,c"), (2, "äö ü€", "xx", None), (3, "", None, ",,")],
        "id int, s string, p string, l string",
    )


def numbers(t):
    return t.spark.createDataFrame(
        [(0, 0.0, 5), (1, 0.5, -3), (2, -0.25, 17), (3, None, None)], "id int, x double, n int"
    )


def arrays(t):
    return t.spark.createDataFrame(
        [(1, [3, 1, None, 3], [1, 2], ["b", None, "a"]), (2, [], [2], []), (3, None, None, None)],
        "id int, a array<int>, b array<int>, c array<string>",
    )


def maps(t):
    return t.spark.createDataFrame([(1, {"a": 1, "b": 2}, {"b": 20, "c": 30})], "id int, m map<string,int>, k map<string,int>")


def moments_in_time(t):
    return t.spark.sql(
        "SELECT * FROM VALUES (1, DATE'2024-02-29', TIMESTAMP'2024-02-29 13:14:15.678901'), "
        "(2, DATE'1999-12-31', TIMESTAMP'1999-12-31 23:59:59'), (3, NULL, NULL) AS v(id, d, ts)"
    )


@step
def text_case_and_pads(t):
    f = t.F
    return letters(t).select(
        "id", f.ucase("s"), f.lcase("s"), f.upper("s"), f.lower("s"), f.initcap("s"), f.lpad("s", 11, "*"), f.rpad("s", 3, "#"),
        f.ltrim("p"), f.rtrim("p"), f.trim("p"), f.btrim("p"), f.btrim("s", f.lit("SL")), f.repeat("s", 2), f.reverse("s"),
    )  # fmt: skip


@step
def text_pieces(t):
    f = t.F
    return letters(t).select(
        "id", f.left("s", f.lit(3)), f.right("s", f.lit(3)), f.substr("s", f.lit(2), f.lit(3)), f.substr("s", f.lit(-3)),
        f.substring("s", 2, 3), f.substring_index("l", ",", 2), f.substring_index("l", ",", -1), f.split_part("l", f.lit(","), f.lit(2)),
        f.split("l", ","), f.split("l", "[,]", 2), f.overlay("s", f.lit("__"), 2), f.overlay("s", f.lit("__"), 2, 4),
        f.elt(f.lit(2), f.col("s"), f.col("l")), f.find_in_set(f.lit("b"), "l"),
    )  # fmt: skip


@step
def text_searches(t):
    f = t.F
    return letters(t).select(
        f.contains("s", f.lit("SQ")), f.startswith("s", f.lit("Sp")), f.endswith("s", f.lit("€")), f.like("s", f.lit("S%")),
        f.ilike("s", f.lit("s%")), f.like("s", f.lit("S/_%"), f.lit("/")), f.rlike("s", f.lit("S.L")), f.regexp("s", f.lit("^S")),
        f.regexp_like("s", f.lit("k S")), f.locate("S", "s"), f.locate("S", "s", 2), f.instr("s", "S"), f.position(f.lit("S"), "s"),
        f.position(f.lit("S"), "s", f.lit(3)), f.levenshtein("s", "p"), f.levenshtein("s", "p", 3),
    )  # fmt: skip


@step
def text_regular_expressions(t):
    f = t.F
    return letters(t).select(
        f.regexp_extract("s", r"(\w)(\w+)", 2), f.regexp_extract_all("s", f.lit(r"(\w)(\w)")), f.regexp_extract_all("s", f.lit(r"(\w)(\w)"), 2),
        f.regexp_replace("s", "S", "$0$0"), f.regexp_replace("s", f.lit("S"), f.col("p")), f.regexp_count("s", f.lit("S")),
        f.regexp_instr("s", f.lit("S")), f.regexp_instr("s", f.lit("(k) S"), 1), f.regexp_substr("s", f.lit("k.*")),
        f.translate("s", "Spä", "zQ"), f.replace("s", f.lit("S")), f.replace("s", f.lit("S"), f.lit("5")),
    )  # fmt: skip


@step
def text_measures_and_codes(t):
    f = t.F
    return letters(t).select(
        f.length("s"), f.char_length("s"), f.character_length("s"), f.octet_length("s"), f.bit_length("s"), f.ascii("s"),
        f.char(f.lit(65)), f.base64(f.col("s").cast("binary")), f.unbase64(f.lit("U3Bhcms=")), f.hex("s"), f.unhex(f.lit("537061")),
        f.encode("s", "UTF-16"), f.decode(f.encode("s", "UTF-8"), "UTF-8"), f.soundex("s"), f.sentences("s"),
        f.sentences("s", f.lit("en"), f.lit("US")), f.mask("s"), f.mask("s", f.lit("U"), f.lit("l"), f.lit("d"), f.lit("o")),
    )  # fmt: skip


@step
def text_formats(t):
    f = t.F
    return numbers(t).select(
        f.format_number("x", 3), f.format_string("%d is %s", "id", "x"), f.printf(f.lit("%05d|%.2f"), "id", "x"),
        f.concat("id", f.lit("-"), "n"), f.concat_ws("/", "id", "x", "n"), f.to_char("n", f.lit("S999")), f.to_varchar("n", f.lit("$99.9")),
        f.to_number(f.lit("$78.12"), f.lit("$99.99")), f.try_to_number(f.lit("x"), f.lit("99")), f.conv(f.lit("ff"), 16, 10),
        f.bin("n"), f.hex("n"),
    )  # fmt: skip


@step
def text_of_the_web(t):
    f = t.F
    url = f.lit("https://user:pw@spark.apache.org:8080/docs/latest?q=a%20b&x=1#top")
    return t.spark.range(1).select(
        *[f.parse_url(url, f.lit(part)).alias(part) for part in ("HOST", "PATH", "QUERY", "REF", "PROTOCOL", "FILE", "AUTHORITY", "USERINFO")],
        f.parse_url(url, f.lit("QUERY"), f.lit("x")).alias("x"), f.url_encode(f.lit("a b&ü")), f.url_decode(f.lit("a+b%26%C3%BC")),
    )  # fmt: skip


@step
def number_roots_and_logs(t):
    f = t.F
    return numbers(t).select(
        f.exp("x"), f.expm1("x"), f.ln("n"), f.log("n"), f.log(2.0, "n"), f.log10("n"), f.log1p("x"), f.log2("n"), f.sqrt("n"), f.cbrt("n"),
        f.pow("x", 2), f.pow("n", "id"), f.pow(2, "id"), f.hypot("x", "n"), f.hypot("x", 3.0), f.factorial("id"),
    )  # fmt: skip


@step
def number_angles(t):
    f = t.F
    return numbers(t).select(
        f.sin("x"), f.cos("x"), f.tan("x"), f.cot("x"), f.sec("x"), f.csc("x"), f.asin("x"), f.acos("x"), f.atan("x"), f.sinh("x"),
        f.cosh("x"), f.tanh("x"), f.asinh("x"), f.acosh("n"), f.atanh("x"), f.atan2("x", "n"), f.atan2("x", 1.0), f.degrees("x"),
        f.radians("n"), f.toDegrees("x"), f.toRadians("n"),
    )  # fmt: skip


@step
def number_rounding_and_signs(t):
    f = t.F
    return numbers(t).select(
        f.round("x", 1), f.bround("x", 1), f.round("n", -1), f.ceil("x"), f.ceiling("x"), f.floor("x"), f.rint("x"),
        f.sign("x"), f.signum("n"), f.abs("n"), f.negative("n"), f.negate("n"), f.positive("n"), f.pmod("n", "id"), f.pmod("n", 4),
        f.pmod(7, "n"), f.width_bucket("x", f.lit(-1), f.lit(1), 4), f.e(), f.pi(),
    )  # fmt: skip


@step
def number_bits(t):
    f = t.F
    return numbers(t).select(
        f.bit_count("n"), f.bit_get("n", f.lit(0)), f.getbit("n", f.lit(1)), f.bitwise_not("n"), f.bitwiseNOT("n"), f.shiftleft("n", 2),
        f.shiftright("n", 1), f.shiftrightunsigned("n", 1), f.shiftLeft("n", 1), f.shiftRight("n", 2), f.shiftRightUnsigned("n", 2),
    )  # fmt: skip


@step
def number_null_handling(t):
    f = t.F
    return numbers(t).select(
        f.ifnull("x", f.lit(9.0)), f.nvl("x", "id"), f.nvl2("x", "id", "n"), f.nullif("id", f.lit(2)), f.nanvl("x", f.lit(1.0)),
        f.coalesce("x", "n", f.lit(0)), f.isnull("x"), f.isnotnull("x"), f.isnan("x"), f.equal_null("x", "n"), f.greatest("id", "n"),
        f.least("id", "n"), f.typeof("x"), f.typeof(f.array("id")),
    )  # fmt: skip


@step
def number_tries(t):
    f = t.F
    return numbers(t).select(
        f.try_add("id", "n"), f.try_subtract("id", f.lit(2**31 - 1)), f.try_multiply("n", f.lit(2**30)), f.try_divide("x", "id"),
        f.try_to_binary(f.lit("zz"), f.lit("hex")), f.try_to_timestamp(f.lit("no")), f.try_to_timestamp(f.lit("03/2024"), f.lit("MM/yyyy")),
        f.try_element_at(f.array("id"), f.lit(3)), f.to_binary(f.lit("abc"), f.lit("utf-8")), f.to_binary(f.lit("616263")),
    )  # fmt: skip


@step
def array_changes(t):
    f = t.F
    return arrays(t).select(
        "id", f.array_append("a", 9), f.array_append("a", f.col("id")), f.array_prepend("a", 0), f.array_insert("a", 2, 8),
        f.array_insert("a", f.lit(-1), f.lit(8)), f.array_insert("a", 7, f.col("id")), f.array_remove("a", 3), f.array_compact("a"),
        f.array_distinct("a"), f.array_repeat("id", 2), f.array_repeat("id", f.lit(1)), f.flatten(f.array("a", "b")),
    )  # fmt: skip


@step
def array_sets(t):
    f = t.F
    return arrays(t).select(
        f.array_union("a", "b"), f.array_intersect("a", "b"), f.array_except("a", "b"), f.arrays_overlap("a", "b"),
        f.arrays_zip("a", "b"), f.arrays_zip("a", "b", "c"), f.array_join("c", "-"), f.array_join("c", "-", "?"),
    )  # fmt: skip


@step
def array_looks(t):
    f = t.F
    return arrays(t).select(
        f.array_max("a"), f.array_min("a"), f.array_position("a", 3), f.array_contains("a", 1), f.array_contains("b", f.col("id")),
        f.array_size("a"), f.size("a"), f.cardinality("a"), f.get("a", 0), f.get("a", f.lit(-1)), f.element_at("a", 1), f.element_at("a", -1),
        f.slice("a", 2, 2), f.slice("a", f.lit(-2), f.lit(2)), f.sort_array("a"), f.sort_array("a", False), f.array_sort("a"),
        f.array_sort("a", lambda x, y: f.coalesce(y, f.lit(0)) - f.coalesce(x, f.lit(0))),
    )  # fmt: skip


@step
def array_lambdas(t):
    f = t.F
    return arrays(t).select(
        f.transform("a", lambda x: x + 1), f.transform("a", lambda x, i: x * i), f.filter("a", lambda x: x > 1),
        f.filter("a", lambda x, i: i % 2 == 0), f.exists("a", lambda x: x == 3), f.forall("a", lambda x: x > 0),
        f.aggregate("a", f.lit(0), lambda acc, x: acc + f.coalesce(x, f.lit(0))),
        f.aggregate("a", f.lit(0), lambda acc, x: acc + f.coalesce(x, f.lit(0)), lambda acc: acc / 2),
        f.reduce("b", f.lit(1), lambda acc, x: acc * x), f.zip_with("a", "b", lambda x, y: f.coalesce(x, f.lit(-1)) * y),
    )  # fmt: skip


@step
def array_lambdas_within_lambdas(t):
    f = t.F
    frame = t.spark.sql("SELECT array(array(1, 2), array(3), array()) AS nested, 10 AS k")
    return frame.select(
        f.transform("nested", lambda a: f.transform(a, lambda x: x * f.col("k"))),
        f.aggregate("nested", f.lit(0), lambda acc, a: acc + f.aggregate(a, f.lit(0), lambda s, x: s + x)),
        f.filter("nested", lambda a: f.exists(a, lambda x: x > 2)),
        f.transform("nested", lambda a, i: f.struct(i.alias("at"), f.size(a).alias("long"))),
    )


@step
def array_sequences(t):
    f = t.F
    return t.spark.range(1).select(
        f.sequence(f.lit(1), f.lit(5)), f.sequence(f.lit(5), f.lit(1), f.lit(-2)),
        f.sequence(f.to_date(f.lit("2024-01-31")), f.to_date(f.lit("2024-04-30")), f.expr("interval 1 month")),
        f.sequence(f.to_timestamp(f.lit("2024-01-01 00:00:00")), f.to_timestamp(f.lit("2024-01-01 03:00:00")), f.expr("interval 90 minutes")),
        f.array(), f.array(f.lit(1), f.lit("a")), f.create_map(), f.size(f.shuffle(f.sequence(f.lit(1), f.lit(9)))),
    )  # fmt: skip


@step
def map_looks(t):
    f = t.F
    return maps(t).select(
        f.map_keys("m"), f.map_values("m"), f.map_entries("m"), f.map_concat("m", f.create_map(f.lit("z"), f.lit(26))), f.map_contains_key("m", "a"),
        f.map_from_arrays(f.map_keys("m"), f.map_values("m")), f.map_from_entries(f.map_entries("m")), f.element_at("m", "b"), f.try_element_at("m", f.lit("q")),
        f.str_to_map(f.lit("a:1,b:2")), f.str_to_map(f.lit("a=1;b=2"), f.lit(";"), f.lit("=")), f.create_map("id", f.lit("x")), f.size("m"),
    )  # fmt: skip


@step
def map_lambdas(t):
    f = t.F
    return maps(t).select(
        f.map_filter("m", lambda k, v: v > 1), f.transform_keys("m", lambda k, v: f.concat(k, f.lit("!"))), f.transform_values("m", lambda k, v: v * 10),
        f.map_zip_with("m", "k", lambda key, a, b: f.coalesce(a, f.lit(0)) + f.coalesce(b, f.lit(0))),
    )  # fmt: skip


@step
def map_concat_with_a_key_twice(t):
    return maps(t).select(t.F.map_concat("m", "k"))


@step
def struct_makers(t):
    f = t.F
    return letters(t).select(
        f.struct("id", "s"), f.struct(["id", "s"]), f.struct(f.col("id").alias("a"), f.lit(1)), f.named_struct(f.lit("x"), "id", f.lit("y"), "s"),
    )  # fmt: skip


@step
def date_parts(t):
    f = t.F
    return moments_in_time(t).select(
        f.year("d"), f.quarter("d"), f.month("d"), f.day("d"), f.dayofmonth("d"), f.dayofweek("d"), f.dayofyear("d"), f.weekday("d"), f.weekofyear("d"),
        f.hour("ts"), f.minute("ts"), f.second("ts"), f.date_part(f.lit("week"), "ts"), f.datepart(f.lit("seconds"), "ts"), f.extract(f.lit("doy"), "d"),
        f.last_day("d"), f.next_day("d", "Mon"), f.unix_date("d"),
    )  # fmt: skip


@step
def date_arithmetic(t):
    f = t.F
    return moments_in_time(t).select(
        f.date_add("d", 1), f.date_add("d", "id"), f.dateadd("d", f.lit(2)), f.date_sub("d", 1), f.add_months("d", 12), f.add_months("d", "id"),
        f.datediff("d", f.lit("2024-01-01")), f.date_diff("d", "ts"), f.months_between("d", f.lit("2023-12-30")), f.months_between("ts", "d", False),
        f.trunc("d", "MM"), f.trunc("d", "week"), f.date_trunc("hour", "ts"), f.date_trunc("quarter", "ts"), f.date_trunc("nothing", "ts"),
    )  # fmt: skip


@step
def date_makers(t):
    f = t.F
    i = f.lit
    return t.spark.range(1).select(
        f.make_date(i(2024), i(2), i(29)), f.make_timestamp(i(2024), i(2), i(29), i(1), i(2), i(3.5)),
        f.make_timestamp(i(2024), i(2), i(29), i(1), i(2), i(3.5), i("Asia/Tokyo")), f.make_timestamp_ltz(i(2024), i(2), i(29), i(1), i(2), i(3)),
        f.make_timestamp_ntz(i(2024), i(2), i(29), i(1), i(2), i(3)), f.make_dt_interval(i(1), i(2), i(3), i(4.5)), f.make_dt_interval(),
        f.make_interval(i(1), i(2)).cast("string"), f.date_from_unix_date(i(1)), f.timestamp_seconds(i(1.5)), f.timestamp_millis(i(1500)), f.timestamp_micros(i(1500000)),
        f.to_date(i("2024-02-29")), f.to_date(i("29.02.2024"), "dd.MM.yyyy"), f.to_timestamp(i("2024-02-29 01:02:03")), f.to_timestamp(i("29.02.24 7"), "dd.MM.yy H"),
        f.to_timestamp_ltz(i("2024-02-29")), f.to_timestamp_ntz(i("2024-02-29 01"), i("yyyy-MM-dd HH")),
    )  # fmt: skip


@step
def date_to_text_and_numbers(t):
    f = t.F
    return moments_in_time(t).select(
        f.date_format("ts", "EEEE, d MMMM yyyy HH:mm:ss.SSS"), f.date_format("d", "yyyy-'W'D E QQQ"), f.unix_timestamp("ts"), f.unix_timestamp(f.lit("2024"), "yyyy"),
        f.to_unix_timestamp(f.lit("2024-01-01 00:00:00")), f.to_unix_timestamp(f.lit("2024"), f.lit("yyyy")), f.from_unixtime(f.lit(86400)), f.from_unixtime("id", "mm:ss"),
        f.unix_seconds("ts"), f.unix_millis("ts"), f.unix_micros("ts"), f.from_utc_timestamp("ts", "Asia/Tokyo"), f.to_utc_timestamp("ts", f.lit("Asia/Tokyo")),
        f.convert_timezone(f.lit("Europe/Paris"), f.lit("UTC"), "ts"), f.convert_timezone(None, f.lit("Asia/Tokyo"), f.col("ts").cast("timestamp_ntz")),
    )  # fmt: skip


@step
def date_now(t):
    f = t.F
    row = t.spark.range(1).select(
        f.current_date() == f.curdate(), f.now() == f.current_timestamp(), f.typeof(f.localtimestamp()), f.current_timezone(), f.current_user() == f.user(),
        f.current_database(), f.current_schema(), f.current_catalog(), f.typeof(f.version()), f.year(f.current_date()) > 2020,
    ).first()  # fmt: skip
    return list(row)


@step
def date_year_month_intervals(t):
    f = t.F
    return t.spark.range(1).select(f.make_ym_interval(f.lit(1), f.lit(2)).cast("string"), f.make_ym_interval(f.lit(1)).cast("string"))


@step
def json_in_and_out(t):
    f, T = t.F, t.T
    frame = t.spark.createDataFrame([(1, '{"a": 1, "b": ["x", "y"], "c": {"d": 1.5}}'), (2, "[1, 2]"), (3, "bad")], "id int, j string")
    schema = T.StructType([T.StructField("a", T.IntegerType()), T.StructField("b", T.ArrayType(T.StringType()))])
    return frame.select(
        "id", f.from_json("j", schema), f.from_json("j", "a long, c struct<d: double>"), f.from_json("j", T.ArrayType(T.IntegerType())),
        f.from_json("j", f.schema_of_json(f.lit('{"a": 1}'))), f.from_json("j", "map<string,string>"), f.from_json("j", f.lit("a int")),
        f.get_json_object("j", "$.c.d"), f.get_json_object("j", "$.b[1]"), f.json_array_length("j"), f.json_object_keys("j"),
        f.from_json("j", "a int, _corrupt_record string", {"mode": "PERMISSIVE"}),
    )  # fmt: skip


@step
def json_tuples(t):
    frame = t.spark.createDataFrame([(1, '{"a": 1, "b": [1, 2], "c": null}'), (2, None)], "id int, j string")
    return frame.select("id", t.F.json_tuple("j", "a", "b", "c", "d"))


@step
def json_schemas(t):
    f = t.F
    return t.spark.range(1).select(
        f.schema_of_json('{"a": 1, "b": [1.5, 2], "c": "2024-01-01"}'), f.schema_of_json("{a: 01}", {"allowUnquotedFieldNames": "true", "allowNumericLeadingZeros": "true"}),
        f.schema_of_csv("1,a,2.5,2024-01-01"), f.schema_of_csv("1|a", {"sep": "|"}), f.to_json(f.struct(f.lit(1).alias("a"), f.lit(None).alias("b"))),
        f.to_json(f.create_map(f.lit("k"), f.lit(2))), f.to_json(f.array(f.lit(1), f.lit(2))), f.to_json(f.struct(f.lit(None).alias("b")), {"ignoreNullFields": "false"}),
        f.to_json(f.struct(f.to_date(f.lit("2024-02-29")).alias("d")), {"dateFormat": "dd/MM/yyyy"}), f.to_csv(f.struct(f.lit(1), f.lit("a,b"), f.lit(None))),
        f.to_csv(f.struct(f.lit(1), f.lit("x")), {"sep": "|"}),
    )  # fmt: skip


@step
def csv_in(t):
    f = t.F
    frame = t.spark.createDataFrame([("1,abc",), ("x,  y",), (None,)], "v string")
    return frame.select(
        f.from_csv("v", "a INT, b STRING"), f.from_csv("v", "a INT, b STRING", {"ignoreLeadingWhiteSpace": True}), f.from_csv("v", f.schema_of_csv("1,b")),
        f.from_csv("v", "s string", {"sep": ";", "ignoreLeadingWhiteSpace": "true"}), f.from_csv("v", f.lit("a INT")),
    )  # fmt: skip


@step
def from_json_of_a_bad_schema(t):
    return t.spark.range(1).select(t.F.from_json(t.F.lit("{}"), "a intt"))


@step
def xml_paths(t):
    f = t.F
    xml = f.lit("<a><b>1</b><b>2.5</b><c x='y'>text</c></a>")
    return t.spark.range(1).select(
        f.xpath(xml, f.lit("a/b/text()")), f.xpath_boolean(xml, f.lit("a/b")), f.xpath_double(xml, f.lit("sum(a/b)")), f.xpath_number(xml, f.lit("a/b[1]")),
        f.xpath_float(xml, f.lit("a/b[2]")), f.xpath_int(xml, f.lit("a/b[2]")), f.xpath_long(xml, f.lit("a/b[1]")), f.xpath_short(xml, f.lit("count(a/b)")),
        f.xpath_string(xml, f.lit("a/c")), f.xpath_string(xml, f.lit("a/c/@x")),
    )  # fmt: skip


@step
def hashes(t):
    f = t.F
    return letters(t).select(
        f.md5("s"), f.sha("s"), f.sha1("s"), f.sha2("s", 256), f.sha2("s", 0), f.sha2("s", 512), f.crc32("s"), f.hash("id", "s"), f.xxhash64("id", "s"),
        f.hash(f.array("id"), f.struct("s")), f.xxhash64(f.lit(None)),
    )  # fmt: skip


@step
def ciphers(t):
    f = t.F
    key = f.lit("0123456789abcdef")
    return t.spark.range(1).select(
        f.hex(f.aes_encrypt(f.lit("Spark"), key, f.lit("ECB"))), f.aes_decrypt(f.unhex(f.hex(f.aes_encrypt(f.lit("Spark"), key))), key).cast("string"),
        f.aes_decrypt(f.aes_encrypt(f.lit("Spark"), key, f.lit("ECB"), f.lit("PKCS")), key, f.lit("ECB"), f.lit("PKCS")).cast("string"),
        f.try_aes_decrypt(f.lit("nothing").cast("binary"), key),
    )  # fmt: skip


@step
def generators(t):
    f = t.F
    return letters(t).select("id", f.stack(f.lit(2), f.col("s"), f.col("p"), f.lit("one")))


@step
def generators_that_keep_rows(t):
    return arrays(t).select("id", t.F.posexplode_outer("c"))


@step
def generators_of_structs_that_keep_rows(t):
    f = t.F
    return arrays(t).select("id", f.inline_outer(f.arrays_zip("a", "c")))


@step
def generators_of_maps_with_names(t):
    f = t.F
    return maps(t).select("id", f.explode("m").alias("key_of_m", "value_of_m")).union(maps(t).select("id", f.explode_outer("k")))


@step
def orderings_by_function(t):
    f = t.F
    n = numbers(t)
    return [
        [r.id for r in n.orderBy(order).collect()]
        for order in (f.asc("id"), f.desc("id"), f.asc_nulls_first("n"), f.asc_nulls_last("n"), f.desc_nulls_first("n"), f.desc_nulls_last("n"))
    ]


@step
def bitmaps(t):
    f = t.F
    frame = t.spark.createDataFrame([(1,), (3,), (40000,)], "n int")
    return (
        frame.groupBy(f.bitmap_bucket_number("n").alias("bucket"))
        .agg(f.bitmap_construct_agg(f.bitmap_bit_position("n")).alias("bits"))
        .select("bucket", f.bitmap_count("bits"), f.substring("bits", 1, 2))
    )


@step
def bitmaps_joined(t):
    f = t.F
    frame = t.spark.createDataFrame([(bytes([1]) + bytes(4095),), (bytes([6]) + bytes(4095),)], "b binary")
    return frame.agg(f.bitmap_count(f.bitmap_or_agg("b")))


@step
def aggregates_of_booleans_and_bits(t):
    f = t.F
    return numbers(t).agg(
        f.every(f.col("id") >= 0), f.some(f.col("id") > 2), f.bool_and(f.col("x") > 0), f.bool_or(f.col("x") > 0), f.bit_and("n"), f.bit_or("n"), f.bit_xor("n"),
        f.count_if(f.col("n") > 0), f.any_value("id").isNotNull(), f.first_value("x"), f.last_value("x"), f.last_value("x", True), f.first_value("x", True),
    )  # fmt: skip


@step
def aggregates_of_statistics(t):
    f = t.F
    return numbers(t).agg(
        f.std("n"), f.stddev("n"), f.stddev_pop("n"), f.stddev_samp("n"), f.var_pop("n"), f.var_samp("n"), f.variance("n"), f.skewness("n"), f.kurtosis("n"),
        f.corr("x", "n"), f.covar_pop("x", "n"), f.covar_samp("x", "n"), f.regr_count("x", "n"), f.regr_avgx("x", "n"), f.regr_avgy("x", "n"), f.regr_sxx("x", "n"),
        f.regr_sxy("x", "n"), f.regr_syy("x", "n"), f.regr_slope("x", "n"), f.regr_intercept("x", "n"), f.regr_r2("x", "n"),
    )  # fmt: skip


@step
def aggregates_of_percentiles(t):
    f = t.F
    return t.spark.range(0, 11, 1, 1).agg(
        f.percentile("id", 0.5), f.percentile("id", [0.25, 0.75]), f.percentile("id", (0.1, 0.9), f.lit(2)), f.percentile_approx("id", 0.5),
        f.percentile_approx("id", [0.25, 0.75], 100), f.approx_percentile("id", 0.9, f.lit(1000)), f.median("id"),
        f.histogram_numeric("id", f.lit(3)),
    )  # fmt: skip


@step
def aggregates_that_collect(t):
    f = t.F
    return numbers(t).orderBy("id").agg(
        f.array_agg("n"), f.collect_list("n"), f.sort_array(f.collect_set("n")), f.max_by("id", "n"), f.min_by("id", "n"), f.count_distinct("id", "n"),
        f.countDistinct("n"), f.approx_count_distinct("n"), f.approx_count_distinct("n", 0.01), f.approxCountDistinct("n"), f.sum_distinct("n"), f.sumDistinct("n"),
        f.product("n"), f.try_avg("n"), f.try_sum("n"), f.count("*"),
    )  # fmt: skip


@step
def aggregates_of_sketches(t):
    f = t.F
    frame = t.spark.range(100)
    union = frame.groupBy((f.col("id") % 2).alias("k")).agg(f.hll_sketch_agg("id", 12).alias("s"))
    return [
        frame.agg(f.hll_sketch_estimate(f.hll_sketch_agg("id"))).first()[0],
        union.agg(f.hll_sketch_estimate(f.hll_union_agg("s"))).first()[0],
        frame.agg(f.hll_sketch_estimate(f.hll_union(f.hll_sketch_agg("id"), f.hll_sketch_agg(f.col("id") + 50)))).first()[0],
        frame.agg(f.hex(f.count_min_sketch("id", f.lit(0.5), f.lit(0.5), f.lit(1)))).first()[0],
    ]


@step
def windows_of_time(t):
    f = t.F
    frame = t.spark.sql("SELECT * FROM VALUES (TIMESTAMP'2024-01-01 00:01:00', 1), (TIMESTAMP'2024-01-01 00:07:00', 2), (TIMESTAMP'2024-01-01 00:12:00', 3) AS v(ts, n)")
    tumbling = frame.groupBy(f.window("ts", "10 minutes")).agg(f.sum("n").alias("n"))
    return tumbling.select("window.start", "window.end", f.window_time("window"), "n")


@step
def windows_of_time_that_slide(t):
    f = t.F
    frame = t.spark.sql("SELECT * FROM VALUES (TIMESTAMP'2024-01-01 00:01:00', 1), (TIMESTAMP'2024-01-01 00:07:00', 2) AS v(ts, n)")
    return frame.groupBy(f.window("ts", "10 minutes", "5 minutes", "1 minute").alias("w")).count().select("w.*", "count")


@step
def windows_of_sessions(t):
    f = t.F
    frame = t.spark.sql(
        "SELECT * FROM VALUES ('a', TIMESTAMP'2024-01-01 00:01:00'), ('a', TIMESTAMP'2024-01-01 00:03:00'), ('a', TIMESTAMP'2024-01-01 00:20:00'), "
        "('b', TIMESTAMP'2024-01-01 00:01:00') AS v(who, ts)"
    )
    return frame.groupBy("who", f.session_window("ts", "5 minutes")).count().select("who", "session_window.start", "session_window.end", "count")


@step
def windows_of_sessions_by_expression(t):
    f = t.F
    frame = t.spark.sql("SELECT * FROM VALUES ('a', TIMESTAMP'2024-01-01 00:01:00'), ('b', TIMESTAMP'2024-01-01 00:01:30') AS v(who, ts)")
    gap = f.when(f.col("who") == "a", "10 seconds").otherwise("2 minutes")
    return frame.groupBy(f.session_window("ts", gap)).count().select("session_window.start", "session_window.end", "count")


@step
def windows_of_a_bad_duration(t):
    return t.spark.sql("SELECT now() AS ts").groupBy(t.F.window("ts", "ten minutes")).count()


@step
def reflection(t):
    f = t.F
    return t.spark.range(1).select(f.reflect(f.lit("java.util.UUID"), f.lit("fromString"), f.lit("a5cf6c42-0c85-418f-af6c-3e4e5b1328f2")))


@step
def calls_by_name(t):
    f = t.F
    return numbers(t).select(f.call_function("abs", "n"), f.call_function("concat", f.lit("a"), f.col("id")), f.call_udf("upper", f.lit("x")))


@step
def call_of_an_unknown_name(t):
    return t.spark.range(1).select(t.F.call_function("no_such_function", "id"))


def error_name(run):
    try:
        return run()
    except Exception as error:
        return [type(error).__name__, str(error).split("\n")[0][:120]]


@step
def wrong_arguments_of_functions(t):
    f = t.F
    frame = letters(t)
    return [
        error_name(lambda: frame.select(make()).collect())
        for make in (
            lambda: f.substring("id", "a", 1), lambda: f.array_max("id"), lambda: f.explode("s"), lambda: f.map_keys("s"), lambda: f.sum("s").over(t.Window.partitionBy("nope")),
            lambda: f.date_add("s", "s"), lambda: f.log(0), lambda: f.round("s", "x"), 
            lambda: f.element_at("s", 1), lambda: f.sha2("s", 7), lambda: f.from_json("id", "a int"), lambda: f.coalesce(),
            lambda: f.greatest("id", "s"), lambda: f.format_number("s", -1), lambda: f.ntile(0).over(t.Window.orderBy("id")),
        )
    ]  # fmt: skip


@step
def lambdas_of_wrong_shapes(t):
    f = t.F
    return [
        error_name(make)
        for make in (
            lambda: str(f.transform("a", lambda: 1)), lambda: str(f.transform("a", lambda x, y, z: x)), lambda: str(f.filter("a", lambda *x: x[0])), lambda: str(f.transform("a", lambda x: 1)),
        )
    ]  # fmt: skip


@step
def random_numbers_of_a_seed(t):
    f = t.F
    frame = t.spark.range(0, 6, 1, 1)
    return Ordered(frame.select("id", f.rand(7), f.randn(7), f.rand(0) + f.rand(0), f.rand(seed=-5)))


@step
def random_numbers_of_a_seed_in_partitions(t):
    f = t.F
    return t.spark.range(0, 8, 1, 4).select("id", f.rand(42).alias("r"), f.spark_partition_id().alias("p"), f.monotonically_increasing_id().alias("m"))


@step
def shuffles_of_a_seed_do_not_matter(t):
    f = t.F
    return t.spark.range(3).select(f.sort_array(f.shuffle(f.array(f.lit(1), f.lit(2), f.lit(3)))), f.length(f.expr("uuid()")))


@step
def names_of_function_columns(t):
    f = t.F
    frame = letters(t)
    return frame.select(
        f.lit("x"), f.lit(1.5), f.lit(True), f.lit(None), f.col("id") + 1, f.when(f.col("id") > 1, 2), f.when(f.col("id") > 1, "a").otherwise("b"), f.col("s").substr(1, 2),
        f.expr("id + 1 AS named"), f.array("id", f.lit(2)), f.struct("id"), f.create_map("s", "id"), f.transform(f.array("id"), lambda x: x + 1), f.col("id").cast("string"),
        f.col("id").between(1, 2), f.col("id").isin(1, 2), ~(f.col("id") == 1), -f.col("id"), f.col("s").isNull(), f.concat_ws("-", "s", "l"), f.date_add(f.current_date(), 1).isNotNull(),
    ).columns  # fmt: skip


@step(clients=("py42",))
def newer_functions_are_unknown(t):
    f = t.F
    frame = letters(t)
    seen = []
    for make in (
        lambda: f.chr(f.lit(65)), lambda: f.dayname(f.current_date()), lambda: f.monthname(f.current_date()), lambda: f.listagg("s"), lambda: f.string_agg("s", ","),
        lambda: f.nullifzero("id"), lambda: f.zeroifnull("id"), lambda: f.parse_json("s"), lambda: f.try_parse_json("s"), lambda: f.randstr(f.lit(3), f.lit(1)),
        lambda: f.uniform(f.lit(1), f.lit(5), f.lit(1)), lambda: f.try_mod("id", "id"), lambda: f.is_valid_utf8("s"), lambda: f.make_valid_utf8("s"), lambda: f.try_url_decode("s"),
        lambda: f.try_parse_url("s", f.lit("HOST")), lambda: f.to_xml(f.struct("id")), lambda: f.quote("s"), lambda: f.collate("s", "UNICODE"), lambda: f.collation("s"),
        lambda: f.make_time(f.lit(1), f.lit(2), f.lit(3)), lambda: f.current_time(), lambda: f.session_user(), lambda: f.try_reflect(f.lit("a"), f.lit("b")), lambda: f.bitmap_and_agg("s"),
    ):  # fmt: skip
        seen.append(error_name(lambda: frame.select(make()).collect()))
    return seen


@step(clients=("py42",))
def newer_names_of_older_functions(t):
    f = t.F
    return numbers(t).select(f.power("x", 2), f.random(3).isNotNull(), f.uuid().isNotNull())
