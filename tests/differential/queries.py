"""A seed → a random query over three small tables, as a tree that can be made smaller.

A query is a Node: a template with `{}` for each child. Children of the same kind may stand in for their
parent, and a node knows plain texts that may replace it; `smaller` gives what results.
"""
import random

TABLES = {
    "t1": (
        {"a": "int", "b": "bigint", "c": "double", "d": "decimal", "s": "string", "f": "boolean", "dt": "date", "ts": "timestamp"},
        [
            "(1, 10L, 0.5D, 1.25BD, 'apple', true, DATE'2024-01-31', TIMESTAMP'2024-03-10 01:59:59.5')",
            "(2, -3L, -0.25D, -0.01BD, 'Äpfel', false, DATE'2024-02-29', TIMESTAMP'2024-03-10 03:00:00')",
            "(2, 9223372036854775807L, 1024D, 99999999.99BD, '', NULL, DATE'1969-12-31', TIMESTAMP'1969-12-31 23:59:59.999999')",
            "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            "(2147483647, 0L, double('NaN'), 0.00BD, ' b ', true, DATE'1582-10-15', TIMESTAMP'1900-01-01 00:00:00')",
            "(-5, -9223372036854775808L, double('Infinity'), 7.50BD, '12', false, DATE'9999-12-31', TIMESTAMP'2024-11-03 01:30:00')",
            "(1, 10L, 0.5D, 1.25BD, 'apple', true, DATE'2024-01-31', TIMESTAMP'2024-03-10 01:59:59.5')",
        ],
    ),
    "t2": (
        {"k": "int", "v": "string", "w": "decimal", "arr": "array"},
        [
            "(1, 'x', 2.50BD, array(1, 2, NULL))",
            "(2, 'apple', -1.00BD, array())",
            "(2, NULL, 0.75BD, NULL)",
            "(NULL, 'ßy', NULL, array(3, 3, -1))",
            "(7, 'A_b%c', 12345678.12BD, array(2147483647))",
        ],
    ),
    "t3": ({"i": "bigint", "p": "double", "q": "date"}, ["(1L, 1.5D, DATE'2024-01-31')", "(2L, -2D, NULL)", "(10L, NULL, DATE'2000-02-28')"]),
}
CASTS = {"int": "INT", "bigint": "BIGINT", "double": "DOUBLE", "decimal": "DECIMAL(10,2)", "string": "STRING", "boolean": "BOOLEAN", "date": "DATE",
         "timestamp": "TIMESTAMP", "array": "ARRAY<INT>"}
LITERALS = {
    "int": ["0", "1", "-1", "3", "2147483647", "CAST(NULL AS INT)"],
    "bigint": ["0L", "5L", "-9223372036854775808L", "CAST(NULL AS BIGINT)"],
    "double": ["0D", "-0.5D", "2D", "double('NaN')", "double('-Infinity')", "CAST(NULL AS DOUBLE)"],
    "decimal": ["0.00BD", "1.5BD", "-12.345BD", "99999999.99BD", "CAST(NULL AS DECIMAL(10,2))"],
    "string": ["''", "'apple'", "'a%'", "'12'", "'ß😀'", "' x '", "CAST(NULL AS STRING)"],
    "boolean": ["true", "false", "CAST(NULL AS BOOLEAN)"],
    "date": ["DATE'2024-02-29'", "DATE'1582-10-04'", "DATE'2000-01-01'", "CAST(NULL AS DATE)"],
    "timestamp": ["CAST('2024-03-10 02:30:00' AS TIMESTAMP)", "CAST('2000-01-01 00:00:00.000001' AS TIMESTAMP)", "CAST(NULL AS TIMESTAMP)"],
    "array": ["array(1, 2, 3)", "array(CAST(NULL AS INT))", "array(-1, 5, 5)"],
}
NUMBERS = ("int", "bigint", "double", "decimal")
# result type → templates with the types of their children; `any` is any one scalar type for all.
FUNCTIONS = {
    "int": ["length({string})", "size({array})", "datediff({date}, {date})", "year({date})", "month({timestamp})", "dayofweek({date})", "hour({timestamp})",
            "ascii({string})", "instr({string}, {string})", "locate({string}, {string})", "-{int}", "{int} + {int}", "{int} * {int}", "{int} % {int}", "abs({int})",
            "{int} & {int}", "{int} ^ {int}", "shiftleft({int}, 3)", "hash({any}, {any})", "levenshtein({string}, {string})", "array_max({array})", "{array}[1]",
            "try_element_at({array}, -1)", "aggregate({array}, 0, (acc, x) -> acc + coalesce(x, 0))", "weekofyear({date})", "quarter({date})",
            "bit_length({string})", "find_in_set({string}, 'a,apple,12')", "CAST({scalar} AS INT)", "dayofyear({date})", "sign({int})::int", "pmod({int}, {int})"],
    "bigint": ["{bigint} + {int}", "{bigint} - {bigint}", "{bigint} * {int}", "{bigint} div {int}", "ceil({double})", "floor({double})", "abs({bigint})",
               "CAST({scalar0} AS BIGINT)", "xxhash64({any})", "crc32(CAST({string} AS BINARY))", "array_position({array}, {int})", "unix_seconds({timestamp})",
               "factorial({int} % 10)", "bigint({boolean})", "round({bigint}, -1)"],
    "double": ["{double} + {double}", "{double} * {int}", "{double} / {double}", "{int} / {int}", "sqrt({double})", "round({double}, 1)", "CAST({scalar0} AS DOUBLE)",
               "greatest({double}, {double})", "nanvl({double}, {double})", "signum({double})", "{double} % {double}", "-{double}", "bround({double})", "rint({double})",
               "months_between({timestamp}, {timestamp})"],
    "decimal": ["{decimal} + {decimal}", "{decimal} * {decimal}", "{decimal} / {decimal}", "{decimal} - {int}", "{decimal} % {decimal}", "round({decimal}, 1)",
                "CAST({scalar0} AS DECIMAL(10,2))", "abs({decimal})", "ceil({decimal})", "-{decimal}", "try_divide({decimal}, {decimal})", "floor({decimal}, 1)",
                "least({decimal}, {int})"],
    "string": ["concat({string}, {string})", "upper({string})", "substring({string}, {int}, 3)", "trim({string})", "CAST({scalar} AS STRING)", "lpad({string}, 6, '*')",
               "replace({string}, 'p', {string})", "reverse({string})", "date_format({timestamp}, 'yyyy-MM-dd HH:mm:ss')", "coalesce({string}, {string})", "concat_ws('-', {string}, {string})",
               "regexp_replace({string}, '[aeiou]+', '#')", "translate({string}, 'ap', 'x')", "initcap({string})", "left({string}, 2)", "md5({string})", "hex({bigint})",
               "split({string}, 'p')[0]", "array_join({array}, '/', 'n')", "format_number({double}, 2)", "conv({string}, 10, 16)", "to_json(struct({any}))",
               "{string} || {scalar0}", "repeat({string}, 2)", "overlay({string} PLACING '_' FROM 2)", "soundex({string})", "base64(CAST({string} AS BINARY))",
               "split_part({string}, 'p', 1)", "rtrim({string})", "bin({bigint})", "regexp_extract({string}, '([a-z]+)', 1)", "typeof({scalar})"],
    "boolean": ["{any} = {any}", "{any} < {any}", "{any} <=> {any}", "{scalar} IS NULL", "{boolean} AND {boolean}", "{boolean} OR {boolean}", "NOT {boolean}", "{string} LIKE {string}",
                "{number} >= {number}", "{any} IN ({any}, {any})", "{number} BETWEEN {number} AND {number}", "array_contains({array}, {int})", "{string} RLIKE '^a'", "isnan({double})",
                "exists({array}, x -> x > 1)", "startswith({string}, {string})", "{string} = {number}", "{date} < {timestamp}", "{any} != {any}", "arrays_overlap({array}, {array})",
                "{any} NOT IN ({any}, {any})", "contains({string}, {string})", "CAST({scalar0} AS BOOLEAN)", "{date} = {string}", "forall({array}, x -> x > 0)"],
    "date": ["date_add({date}, {int} % 1000)", "add_months({date}, {int} % 100)", "last_day({date})", "trunc({date}, 'MM')", "CAST({timestamp} AS DATE)", "to_date({string})",
             "{date} + INTERVAL '1' MONTH", "next_day({date}, 'MON')", "make_date(2024, {int}, 1)", "greatest({date}, {date})", "{date} - INTERVAL '3' DAY", "coalesce({date}, {date})"],
    "timestamp": ["date_trunc('HOUR', {timestamp})", "CAST({date} AS TIMESTAMP)", "{timestamp} + INTERVAL '1' DAY", "{timestamp} - INTERVAL '25' HOUR", "to_timestamp({string})",
                  "from_utc_timestamp({timestamp}, 'Asia/Tokyo')", "date_trunc('week', {timestamp})", "coalesce({timestamp}, {timestamp})", "timestamp_seconds({int})",
                  "{timestamp} + INTERVAL '1' MONTH"],
    "array": ["array({int}, {int})", "sort_array({array})", "array_distinct({array})", "filter({array}, x -> x > 1)", "transform({array}, x -> x * 2)", "slice({array}, 1, 2)",
              "array_union({array}, {array})", "reverse({array})", "array_except({array}, {array})", "concat({array}, {array})", "array_remove({array}, {int})", "array_compact({array})",
              "array_repeat({int}, 2)", "sequence(1, 3)", "array_intersect({array}, {array})", "array_append({array}, {int})", "flatten(array({array}, {array}))"],
}
GENERIC = ["CASE WHEN {boolean} THEN {same} ELSE {same} END", "if({boolean}, {same}, {same})", "coalesce({same}, {same})", "nullif({same}, {same})", "nvl({same}, {same})"]
AGGREGATES = ["count(*)", "count({scalar})", "count(DISTINCT {scalar})", "sum({int})", "sum({decimal})", "sum({bigint})", "avg({int})", "avg({decimal})", "min({scalar})", "max({scalar})",
              "sort_array(collect_list({int}))", "sort_array(collect_set({string}))", "bool_and({boolean})", "bit_xor({int})", "max_by({int}, struct({int}, {string}))",
              "sum({int}) FILTER (WHERE {boolean})", "count_if({boolean})", "percentile({int}, 0.5)", "approx_count_distinct({string})", "any_value({int}, true) IS NULL",
              "max(struct({int}, {string})).col1", "some({boolean})", "sum(DISTINCT {int})", "median({int})", "mode({int}) IS NULL", "min({array})", "try_sum({bigint})"]
WINDOWS = ["row_number() OVER (PARTITION BY {key} ORDER BY {all})", "sum({int}) OVER (PARTITION BY {key} ORDER BY {all} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
           "lag({scalar}) OVER (ORDER BY {all})", "rank() OVER (ORDER BY {key})", "dense_rank() OVER (PARTITION BY {key} ORDER BY {key} DESC)", "count({scalar}) OVER (PARTITION BY {key})",
           "max({scalar}) OVER (ORDER BY {key} NULLS LAST)", "ntile(2) OVER (ORDER BY {all})", "lead({int}, 2, -1) OVER (ORDER BY {all})", "avg({int}) OVER ()",
           "first_value({int}) IGNORE NULLS OVER (ORDER BY {all})", "percent_rank() OVER (ORDER BY {key})"]
SCALARS = ["int", "bigint", "double", "decimal", "string", "boolean", "date", "timestamp"]
NOT_DATES = ["int", "bigint", "double", "decimal", "string", "boolean"]


class Node:
    """A piece of SQL with its type ("" where it is none), its children and what may replace it."""

    def __init__(self, template, children=(), kind="", simple=()):
        self.template, self.children, self.kind, self.simple = template, list(children), kind, tuple(simple)

    def sql(self):
        return self.template.format(*(child.sql() for child in self.children))

    def smaller(self):
        """Gives trees with one piece replaced by something simpler, the largest cuts first."""
        for text in self.simple:
            if text != self.template:
                yield Node(text, (), self.kind)
        for child in self.children:
            if child.kind and child.kind == self.kind:
                yield child
        for at, child in enumerate(self.children):
            for changed in child.smaller():
                yield Node(self.template, [*self.children[:at], changed, *self.children[at + 1 :]], self.kind, self.simple)


class Listed(Node):
    """Children with a separator; any of them may go while one is left."""

    def __init__(self, children, separator=", ", least=1):
        super().__init__(separator.join("{}" for _ in children), children)
        self.separator, self.least = separator, least

    def smaller(self):
        for at in range(len(self.children) if len(self.children) > self.least else 0):
            yield Listed([*self.children[:at], *self.children[at + 1 :]], self.separator, self.least)
        for at, child in enumerate(self.children):
            for changed in child.smaller():
                yield Listed([*self.children[:at], changed, *self.children[at + 1 :]], self.separator, self.least)


class Maker:
    """Makes one query from one seed."""

    def __init__(self, seed):
        self.dice = random.Random(seed)

    def leaf(self, kind, scope):
        columns = [name for name, of in scope.items() if of == kind]
        if columns and self.dice.random() < 0.75:
            return Node(self.dice.choice(columns), (), kind, LITERALS[kind][1:2])
        return Node(self.dice.choice(LITERALS[kind]), (), kind, LITERALS[kind][1:2])

    def expression(self, kind, scope, depth):
        if depth <= 0 or self.dice.random() < 0.2:
            return self.leaf(kind, scope)
        template = self.dice.choice(GENERIC if self.dice.random() < 0.12 else FUNCTIONS[kind])
        return self.fill(template, kind, scope, depth)

    def fill(self, template, kind, scope, depth):
        """Fills `{type}` holes with expressions."""
        one = self.dice.choice(SCALARS)
        children, text = [], ""
        for piece in template.replace("}", "{").split("{"):
            text += piece if not self.is_hole(piece, template) else self.hole(piece, kind, one, scope, depth, children)
        return Node(f"({text})" if " " in template and kind else text, children, kind, LITERALS[kind][1:2] if kind else ())

    def is_hole(self, piece, template):
        return "{" + piece + "}" in template

    def hole(self, piece, kind, one, scope, depth, children):
        if piece == "all":  # every column, so that the order is total
            return ", ".join(n for n, of in scope.items() if of != "map")
        if piece == "key":
            return self.dice.choice([n for n, of in scope.items() if of not in ("array", "double")])
        wanted = {"any": one, "same": kind, "scalar": self.dice.choice(SCALARS), "scalar0": self.dice.choice(NOT_DATES), "number": self.dice.choice(NUMBERS)}.get(piece, piece)
        children.append(self.expression(wanted, scope, depth - 1))
        return "{}"

    def source(self, depth):
        """Gives a FROM clause and its columns."""
        name = self.dice.choice(["t1", "t1", "t2", "t3"])
        scope = {f"x.{column}": kind for column, kind in TABLES[name][0].items()}
        text = f"{name} AS x"
        roll = self.dice.random()
        if depth > 0 and roll < 0.4:
            other = self.dice.choice(list(TABLES))
            more = {f"y.{column}": kind for column, kind in TABLES[other][0].items()}
            join = self.dice.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN", "CROSS JOIN"])
            if join == "CROSS JOIN":
                return Node(f"{text} CROSS JOIN {other} AS y"), {**scope, **more}
            keys = {"t1": "a", "t2": "k", "t3": "i"}
            on = Node(f"x.{keys[name]} = y.{keys[other]}", (), "boolean")
            if self.dice.random() < 0.3:
                on = Node("{} AND {}", [on, self.expression("boolean", {**scope, **more}, 1)], "boolean")
            return Node(text + f" {join} {other} AS y ON {{}}", [on]), scope if "SEMI" in join or "ANTI" in join else {**scope, **more}
        if roll < 0.5 and name == "t2":
            view = self.dice.choice(["explode", "explode_outer"])
            return Node(f"{text} LATERAL VIEW {view}(x.arr) e AS item"), {**scope, "item": "int"}
        return Node(text), scope

    def where(self, scope, depth):
        roll = self.dice.random()
        if roll < 0.45:
            return Node("")
        if roll < 0.55:
            column = next((n for n, of in scope.items() if of in ("int", "bigint")), None)
            if column:
                word = self.dice.choice(["IN", "NOT IN"])
                return Node(f" WHERE {column} {word} (SELECT k FROM t2 WHERE {{}})", [self.expression("boolean", {"k": "int", "v": "string"}, 1)], "", [""])
        if roll < 0.62:
            column = next((n for n, of in scope.items() if of in ("int", "bigint")), None)
            if column:
                return Node(f" WHERE {self.dice.choice(['', 'NOT '])}EXISTS (SELECT 1 FROM t3 WHERE i = {column} AND {{}})", [self.expression("boolean", {"i": "bigint", "p": "double"}, 1)], "", [""])
        return Node(" WHERE {}", [self.expression("boolean", scope, depth)], "", [""])

    def select(self, depth):
        source, scope = self.source(depth)
        where = self.where(scope, depth)
        roll = self.dice.random()
        if roll < 0.3:
            keys = [Node(n, (), of) for n, of in self.dice.sample(sorted(scope.items()), min(len(scope), self.dice.randrange(0, 3)))]
            keys = [key for key in keys if key.kind != "array"]
            items = [self.fill(self.dice.choice(AGGREGATES), "", scope, 2) for _ in range(self.dice.randrange(1, 4))]
            group = ""
            if keys:
                word = self.dice.choice(["{}", "{}", "{}", "ROLLUP ({})", "CUBE ({})"])
                group = " GROUP BY " + word.format(", ".join(key.template for key in keys))
            having = Node("")
            if keys and self.dice.random() < 0.25:
                having = Node(" HAVING {} > {}", [Node("count(*)"), Node(self.dice.choice(["0", "1"]))], "", [""])
            listed = ", ".join([key.template for key in keys] + ["{}"])
            return Node(f"SELECT {listed} FROM {{}}{{}}{group}{{}}", [Listed(items), source, where, having])
        items = [self.expression(self.dice.choice([*SCALARS, "array"]), scope, depth) for _ in range(self.dice.randrange(1, 5))]
        if roll < 0.42:
            items.append(self.fill(self.dice.choice(WINDOWS), "", scope, 1))
        if roll < 0.47:
            items.append(Node("(SELECT max(k) FROM t2 WHERE {})", [self.expression("boolean", {"k": "int", "w": "decimal"}, 1)], "int"))
        distinct = "DISTINCT " if self.dice.random() < 0.1 else ""
        return Node(f"SELECT {distinct}{{}} FROM {{}}{{}}", [Listed(items), source, where])

    def query(self):
        depth = self.dice.choice((1, 2, 2, 3))
        roll = self.dice.random()
        if roll < 0.1:
            kinds = [self.dice.choice(SCALARS) for _ in range(2)]
            word = self.dice.choice(["UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"])
            sides = []
            for _ in range(2):
                source, scope = self.source(0)
                sides.append(Node("SELECT {} FROM {}", [Listed([self.expression(kind, scope, 1) for kind in kinds], least=2), source]))
            return Node(f"{{}} {word} {{}}", sides)
        inner = self.select(depth)
        if roll < 0.18:
            return Node("WITH q AS ({}) SELECT count(*), count(DISTINCT struct(*)) FROM q", [inner])
        return inner


def setup():
    """Gives the statements that make the tables, the same on both sides."""
    for name, (columns, rows) in TABLES.items():
        casts = ", ".join(f"CAST({column} AS {CASTS[kind]}) AS {column}" for column, kind in columns.items())
        yield f"CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT {casts} FROM VALUES {', '.join(rows)} AS v({', '.join(columns)})"
