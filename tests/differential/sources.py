"""Tables, joins, subqueries and table functions → a FROM clause and its columns."""
from expressions import NO_KEYS, ExpressionMaker
from nodes import Listed, Node
from tables import KEYS, ORDERED, TABLES

JOINS = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN", "CROSS JOIN"]


class SourceMaker(ExpressionMaker):
    """Draws what a query reads."""

    def columns(self, table, alias):
        return {f"{alias}.{column}": kind for column, kind in TABLES[table][0].items()}

    def source(self, depth):
        """Gives a FROM clause and its columns."""
        name = self.dice.choice(["t1", "t1", "t2", "t3", "t4"])
        scope = self.columns(name, "x")
        text = f"{name} AS x"
        roll = self.dice.random()
        if depth > 0 and self.dice.random() < 0.12:
            return self.made(depth)
        if depth > 0 and self.dice.random() < 0.1:
            return self.lateral(text, scope)
        if depth > 0 and roll < 0.35:
            return self.join(text, name, scope)
        if depth > 0 and roll < 0.42:
            return self.derived(depth)
        if depth > 0 and roll < 0.47:
            inner = [self.expression(kind, scope, 1) for kind in ("int", "string")]
            lateral = Listed([Node("{} AS li", [inner[0]]), Node("{} AS ls", [inner[1]])], least=2)
            return Node(f"{text}, LATERAL (SELECT {{}}) AS l", [lateral]), {**scope, "l.li": "int", "l.ls": "string"}
        if name == "t2" and roll < 0.65:
            view = self.dice.choice(["explode", "explode_outer"])
            return Node(f"{text} LATERAL VIEW {view}(x.arr) e AS item"), {**scope, "e.item": "int"}
        if name == "t2" and roll < 0.75:
            return Node(f"{text} LATERAL VIEW OUTER posexplode(x.arr) e AS at, item"), {**scope, "e.at": "int", "e.item": "int"}
        if name == "t4" and roll < 0.6:
            return Node(f"{text} LATERAL VIEW explode(x.m) e AS mk, mv"), {**scope, "e.mk": "string", "e.mv": "int"}
        if name == "t3" and roll < 0.6:
            return Node("t3 UNPIVOT INCLUDE NULLS (val FOR col IN (i AS `I`, p)) AS u"), {"u.q": "date", "u.col": "string", "u.val": "double"}
        if name == "t1" and roll < 0.52:
            pivot = "(SELECT * FROM (SELECT a, s, b FROM t1) PIVOT (count(b) AS n, max(b) AS m FOR a IN (1 AS one, 2 AS two))) AS v"
            return Node(pivot), {"v.s": "string", "v.one_n": "bigint", "v.one_m": "bigint", "v.two_n": "bigint", "v.two_m": "bigint"}
        return Node(text), scope

    def made(self, depth):
        """Rows that stand in no table: VALUES, range and the generators as table functions."""
        kinds = [self.dice.choice(ORDERED) for _ in range(2)]
        roll = self.dice.random()
        if roll < 0.35:
            rows = [Node("({}, {})", [self.leaf(kind, {}) for kind in kinds]) for _ in range(self.dice.randrange(1, 4))]
            return Node("(VALUES {}) AS x(p, q)", [Listed(rows)]), {"x.p": kinds[0], "x.q": kinds[1]}
        if roll < 0.5:
            bounds = self.dice.choice(["3", "1, 4", "5, 0, -2", "0, 10, 4, 2", "2, 2"])
            return Node(f"range({bounds}) AS x"), {"x.id": "bigint"}
        if roll < 0.6:
            return Node("explode({}) AS x(item)", [self.expression("array", {}, depth)]), {"x.item": "int"}
        if roll < 0.7:
            return Node("posexplode_outer({}) AS x(at, item)", [self.expression("array", {}, depth)]), {"x.at": "int", "x.item": "int"}
        if roll < 0.8:
            return Node("inline(array({}, {})) AS x(p, q)", [self.expression("struct", {}, depth) for _ in range(2)]), {"x.p": "int", "x.q": "string"}
        if roll < 0.9:
            return Node("explode_outer({}) AS x(mk, mv)", [self.expression("map", {}, depth)]), {"x.mk": "string", "x.mv": "int"}
        cells = [self.expression(kind, {}, 1) for kind in (*kinds, *kinds)]
        return Node("stack(2, {}, {}, {}, {}) AS x(p, q)", cells), {"x.p": kinds[0], "x.q": kinds[1]}

    def lateral(self, text, scope):
        """A source and what is computed or looked up for each of its rows."""
        roll = self.dice.random()
        column = next((n for n, of in scope.items() if of in ("int", "bigint", "smallint")), "1")
        if roll < 0.3:
            join = self.dice.choice(["JOIN LATERAL", "LEFT JOIN LATERAL", ", LATERAL", "CROSS JOIN LATERAL"])
            on = " ON true" if join == "LEFT JOIN LATERAL" else ""
            inner = self.expression("boolean", {"k": "int", "v": "string"}, 1)
            return Node(f"{text} {join} (SELECT k, v FROM t2 WHERE k = {column} AND {{}}) AS l{on}", [inner]), {**scope, "l.k": "int", "l.v": "string"}
        if roll < 0.5:
            inner = self.expression("int", {"k": "int", "v": "string"}, 1)
            return Node(f"{text}, LATERAL (SELECT count(*) AS n, max({{}}) AS m FROM t2 WHERE k = {column}) AS l", [inner]), {**scope, "l.n": "bigint", "l.m": "int"}
        if roll < 0.6:
            return Node(f"{text}, LATERAL explode({{}}) AS l(item)", [self.expression("array", scope, 1)]), {**scope, "l.item": "int"}
        if roll < 0.75:
            outer = self.dice.choice(["", "OUTER "])
            return Node(f"{text} LATERAL VIEW {outer}inline(array({{}}, {{}})) l AS p, q", [self.expression("struct", scope, 1) for _ in range(2)]), {**scope, "l.p": "int", "l.q": "string"}
        if roll < 0.9:
            return Node(f"{text} LATERAL VIEW json_tuple({{}}, 'a', 'b') l AS p, q", [self.expression("string", scope, 1)]), {**scope, "l.p": "string", "l.q": "string"}
        return Node(f"{text} LATERAL VIEW stack(2, {{}}, 1, {{}}) l AS p, q", [self.expression("int", scope, 1), self.expression("int", scope, 1)]), {**scope, "l.p": "int", "l.q": "int"}

    def join(self, text, name, scope):
        other = self.dice.choice(list(TABLES))
        more = self.columns(other, "y")
        word = self.dice.choice(JOINS)
        if word == "CROSS JOIN":
            return Node(f"{text} CROSS JOIN {other} AS y"), {**scope, **more}
        if self.dice.random() < 0.1 and other == name and "SEMI" not in word and "ANTI" not in word:
            key = KEYS[name]
            return Node(f"{text} {word} {other} AS y USING ({key})"), {key: scope[f"x.{key}"], **scope, **more}
        on = Node(f"x.{KEYS[name]} = y.{KEYS[other]}", (), "boolean")
        roll = self.dice.random()
        if roll < 0.3:
            on = Node("{} AND {}", [on, self.expression("boolean", {**scope, **more}, 1)], "boolean")
        elif roll < 0.4:
            on = Node(f"x.{KEYS[name]} <=> y.{KEYS[other]}", (), "boolean")
        elif roll < 0.5:
            on = self.expression("boolean", {**scope, **more}, 2)
        return Node(text + f" {word} {other} AS y ON {{}}", [on]), scope if "SEMI" in word or "ANTI" in word else {**scope, **more}

    def derived(self, depth):
        """A subquery in FROM, whose columns are named."""
        source, scope = self.source(0)
        kinds = [self.dice.choice(ORDERED) for _ in range(3)]
        items = [Node(f"{{}} AS c{i}", [self.expression(kind, scope, 1)]) for i, kind in enumerate(kinds)]
        where = self.where(scope, 1)
        made = {f"z.c{i}": kind for i, kind in enumerate(kinds)}
        if self.dice.random() < 0.4:
            key = self.dice.choice([n for n, of in scope.items() if of not in NO_KEYS])
            items = [Node(f"{key} AS c0"), Node("count(*) AS c1"), Node("max({}) AS c2", [self.expression(kinds[2], scope, 1)])]
            made = {"z.c0": scope[key], "z.c1": "bigint", "z.c2": kinds[2]}
            return Node(f"(SELECT {{}} FROM {{}}{{}} GROUP BY {key}) AS z", [Listed(items, least=3), source, where]), made
        return Node("(SELECT {} FROM {}{}) AS z", [Listed(items, least=3), source, where]), made

    def nested_where(self, column):
        """Subqueries in subqueries, beside other conditions, and over several columns."""
        inner = self.expression("boolean", {"k": "int", "v": "string", "w": "decimal"}, 1)
        negated = self.dice.choice(["", "NOT "])
        return Node(
            self.dice.choice([
                f" WHERE {negated}EXISTS (SELECT 1 FROM t2 WHERE k = {column} AND {negated}EXISTS (SELECT 1 FROM t3 WHERE i = k AND {{}}))",
                f" WHERE {negated}EXISTS (SELECT 1 FROM t2 WHERE k <=> {column} AND {{}}) OR {column} > 1",
                f" WHERE {column} {negated}IN (SELECT k FROM t2 WHERE {{}}) AND {column} > 0",
                f" WHERE {column} {negated}IN (SELECT k FROM t2 WHERE k IN (SELECT i FROM t3) AND {{}})",
                f" WHERE ({column}, 'x') {negated}IN (SELECT k, v FROM t2 WHERE {{}})",
                f" WHERE {column} {negated}IN (SELECT i FROM t3 WHERE i > (SELECT min(k) FROM t2 WHERE {{}}))",
                f" WHERE (SELECT count(*) FROM t2 WHERE k = {column} AND {{}}) {self.dice.choice(['=', '>', '<='])} 1",
                f" WHERE {column} = (SELECT sum(k) FROM t2 WHERE k = {column} AND {{}})",
                f" WHERE {column} {negated}IN (SELECT max(k) FROM t2 WHERE {{}} GROUP BY v)",
            ]), [inner], "", [""])

    def where(self, scope, depth):
        roll = self.dice.random()
        if roll < 0.45:
            return Node("")
        column = next((n for n, of in scope.items() if of in ("int", "bigint")), None)
        if roll < 0.55 and column:
            word = self.dice.choice(["IN", "NOT IN"])
            return Node(f" WHERE {column} {word} (SELECT k FROM t2 WHERE {{}})", [self.expression("boolean", {"k": "int", "v": "string"}, 1)], "", [""])
        if roll < 0.62 and column:
            return Node(f" WHERE {self.dice.choice(['', 'NOT '])}EXISTS (SELECT 1 FROM t3 WHERE i = {column} AND {{}})", [self.expression("boolean", {"i": "bigint", "p": "double"}, 1)], "", [""])
        if roll < 0.65 and column:
            return self.nested_where(column)
        if roll < 0.7 and column:
            return Node(f" WHERE {column} {self.dice.choice(['<', '>=', '='])} (SELECT max(i) FROM t3 WHERE i <= {column} AND {{}})", [self.expression("boolean", {"p": "double"}, 1)], "", [""])
        return Node(" WHERE {}", [self.expression("boolean", scope, depth)], "", [""])
