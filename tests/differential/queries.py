"""A seed → a random query over four small tables, as a tree that can be made smaller.

A query is a Node: a template with `{}` for each child. Children of the same kind may stand in for their
parent, and a node knows plain texts that may replace it; `smaller` gives what results.
"""
import random

from functions import AGGREGATES, FUNCTIONS, GENERIC, UNORDERED, WINDOWS
from tables import KEYS, LITERALS, NOT_DATES, NUMBERS, ORDERED, SELECTED, TABLES

SET_WORDS = ["UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"]
JOINS = ["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN", "CROSS JOIN"]
NO_KEYS = ("array", "map", "struct", "ym")  # no client of 3.5 can hold the last


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
        if kind in UNORDERED and template.startswith("nullif"):
            return self.leaf(kind, scope)
        return self.fill(template, kind, scope, depth)

    def fill(self, template, kind, scope, depth):
        """Fills `{type}` holes with expressions."""
        one = self.dice.choice(ORDERED)
        children, text = [], ""
        for piece in template.replace("}", "{").split("{"):
            text += piece if "{" + piece + "}" not in template else self.hole(piece, kind, one, scope, depth, children)
        return Node(f"({text})" if " " in template and kind else text, children, kind, LITERALS[kind][1:2] if kind else ())

    def hole(self, piece, kind, one, scope, depth, children):
        if piece in ("all", "total"):  # every column, so that the order is total
            return ", ".join(n for n, of in scope.items() if of != "map") or "1"
        if piece == "key":
            return self.dice.choice([n for n, of in scope.items() if of not in NO_KEYS])
        wanted = {"any": one, "same": kind, "scalar": self.dice.choice(ORDERED), "scalar0": self.dice.choice(NOT_DATES), "number": self.dice.choice(NUMBERS)}.get(piece, piece)
        children.append(self.expression(wanted, scope, depth - 1))
        return "{}"

    def columns(self, table, alias):
        return {f"{alias}.{column}": kind for column, kind in TABLES[table][0].items()}

    def source(self, depth):
        """Gives a FROM clause and its columns."""
        name = self.dice.choice(["t1", "t1", "t2", "t3", "t4"])
        scope = self.columns(name, "x")
        text = f"{name} AS x"
        roll = self.dice.random()
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
        if roll < 0.67 and column:
            return Node(f" WHERE {column} {self.dice.choice(['<', '>=', '='])} (SELECT max(i) FROM t3 WHERE i <= {column} AND {{}})", [self.expression("boolean", {"p": "double"}, 1)], "", [""])
        return Node(" WHERE {}", [self.expression("boolean", scope, depth)], "", [""])

    def grouped(self, source, scope, where):
        names = [n for n, of in sorted(scope.items()) if of not in NO_KEYS]
        keys = self.dice.sample(names, min(len(names), self.dice.randrange(0, 3)))
        items = [self.fill(self.dice.choice(AGGREGATES), "", scope, 2) for _ in range(self.dice.randrange(1, 4))]
        group, having = "", Node("")
        if keys:
            joined = ", ".join(keys)
            sets = f"GROUPING SETS (({joined}), ({keys[0]}), ())"
            group = " GROUP BY " + self.dice.choice([joined, joined, joined, f"ROLLUP ({joined})", f"CUBE ({joined})", sets])
            if "(" in group and self.dice.random() < 0.5:
                items.append(Node(self.dice.choice(["grouping_id()", f"grouping({keys[0]})"])))
            if self.dice.random() < 0.25:
                having = Node(" HAVING {} > {}", [Node("count(*)"), Node(self.dice.choice(["0", "1"]))], "", [""])
        elif self.dice.random() < 0.15:  # a computed key
            key = self.expression(self.dice.choice(ORDERED), scope, 2)
            return Node("SELECT {} AS g, {} FROM {}{} GROUP BY 1", [key, Listed(items), source, where])
        listed = ", ".join([*keys, "{}"])
        return Node(f"SELECT {listed} FROM {{}}{{}}{group}{{}}", [Listed(items), source, where, having])

    def select(self, depth):
        source, scope = self.source(depth)
        where = self.where(scope, depth)
        roll = self.dice.random()
        if roll < 0.3:
            return self.grouped(source, scope, where)
        items = [self.expression(self.dice.choice(SELECTED), scope, depth) for _ in range(self.dice.randrange(1, 5))]
        if roll < 0.42:
            items.append(self.fill(self.dice.choice(WINDOWS), "", scope, 1))
        elif roll < 0.47:
            items.append(Node("(SELECT max(k) FROM t2 WHERE {})", [self.expression("boolean", {"k": "int", "w": "decimal"}, 1)], "int"))
        elif roll < 0.52:
            items += [Node("{} AS la", [self.expression("int", scope, 1)]), Node("la + 1 AS lb")]
        elif roll < 0.55:
            column = next((n for n, of in scope.items() if of in ("int", "bigint")), None)
            items.append(Node(f"(SELECT count(*) FROM t2 WHERE k = {column})" if column else "1"))
        elif roll < 0.58:
            items.append(Node("explode({})", [self.expression("array", scope, 1)]))
        elif roll < 0.6:
            items = [Node("*" if "ym" not in scope.values() else "1")]
        has_map = any(item.kind == "map" for item in items) or (items[0].template == "*" and "map" in scope.values())
        distinct = "DISTINCT " if self.dice.random() < 0.1 and not has_map else ""
        order = Node("")
        if not distinct and self.dice.random() < 0.12:
            total = ", ".join(n + self.dice.choice(["", " DESC", " NULLS LAST"]) for n, of in scope.items() if of != "map")
            order = Node(f" ORDER BY {total} LIMIT {self.dice.randrange(0, 5)}" + self.dice.choice(["", " OFFSET 1"]), (), "", [""])
        return Node(f"SELECT {distinct}{{}} FROM {{}}{{}}{{}}", [Listed(items), source, where, order])

    def set_operation(self):
        kinds = [self.dice.choice(ORDERED) for _ in range(2)]
        sides = []
        for _ in range(self.dice.choice((2, 2, 3))):
            source, scope = self.source(0)
            given = [self.dice.choice(NUMBERS) if kind in NUMBERS and self.dice.random() < 0.3 else kind for kind in kinds]
            sides.append(Node("SELECT {} FROM {}", [Listed([self.expression(kind, scope, 1) for kind in given], least=2), source]))
        text = "{}"
        for _ in sides[1:]:
            text += f" {self.dice.choice(SET_WORDS)} {{}}"
        return Node(text, sides)

    def query(self):
        depth = self.dice.choice((1, 2, 2, 3))
        roll = self.dice.random()
        if roll < 0.1:
            return self.set_operation()
        inner = self.select(depth)
        if roll < 0.16:
            return Node("WITH q AS ({}) SELECT count(*) FROM q", [inner])
        return inner
