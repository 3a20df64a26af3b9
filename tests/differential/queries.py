"""A seed → a random query over small tables, as a tree that can be made smaller (nodes.py)."""
from expressions import NO_KEYS
from functions import AGGREGATES
from nodes import Listed, Node
from sources import SourceMaker
from tables import NUMBERS, ORDERED, SELECTED
from windows import FRAMED, ORDERED_FRAMED, RANKED, ROWS, WINDOWS

SET_WORDS = ["UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"]


class Maker(SourceMaker):
    """Makes one query from one seed."""

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
        if keys and self.dice.random() < 0.1:
            group = " GROUP BY ALL"
        elif not keys and self.dice.random() < 0.15:
            having = Node(" HAVING {}", [self.dice.choice([Node("count(*) > 1"), Node("max({}) IS NULL", [self.expression("int", scope, 1)]), Node("false")])], "", [""])
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
        elif roll < 0.44:
            return self.named_window(items, source, scope, where)
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
        # Two equal rows may see different frames or elements: which of them a LIMIT leaves is open.
        if not distinct and not 0.3 <= roll < 0.58 and self.dice.random() < 0.12:
            total = ", ".join(n + self.dice.choice(["", " DESC", " NULLS LAST"]) for n, of in scope.items() if of != "map")
            order = Node(f" ORDER BY {total} LIMIT {self.dice.randrange(0, 5)}" + self.dice.choice(["", " OFFSET 1"]), (), "", [""])
        return Node(f"SELECT {distinct}{{}} FROM {{}}{{}}{{}}", [Listed(items), source, where, order])

    def named_window(self, items, source, scope, where):
        key = self.dice.choice([n for n, of in scope.items() if of not in NO_KEYS])
        total = ", ".join(n for n, of in scope.items() if of != "map")
        items += [self.fill(f"{self.dice.choice(calls)} OVER {window}", "", scope, 1) for calls, window in ((FRAMED, "w"), (ORDERED_FRAMED, "(v)"), (RANKED, "o"))]
        windows = f" WINDOW w AS (PARTITION BY {key}), o AS (PARTITION BY {key} ORDER BY {total}), v AS (ORDER BY {total} {self.dice.choice(ROWS)})"
        return Node(f"SELECT {{}} FROM {{}}{{}}{windows}", [Listed(items), source, where])

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
        if self.dice.random() < 0.25:
            orders = [f"{at}{self.dice.choice(['', ' DESC', ' NULLS LAST'])}" for at in (1, 2)]
            text += f" ORDER BY {', '.join(orders)}" + self.dice.choice(["", " LIMIT 3", " LIMIT 2 OFFSET 1", " OFFSET 2"])
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
