"""A die and the columns in scope → a random expression of a type."""
import random

from functions import FUNCTIONS, GENERIC, UNORDERED
from nodes import Node
from tables import CASTABLE, LITERALS, NOT_DATES, NUMBERS, ODD, ORDERED, TYPES
from windows import ROWS, SPANS

NO_KEYS = ("array", "map", "struct", "ym")  # no client of 3.5 can hold the last


class ExpressionMaker:
    """Draws what a template leaves open."""

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
        if piece == "type":
            return TYPES[kind]
        if piece == "odd":
            return self.dice.choice(ODD)
        if piece == "rows":
            return self.dice.choice(ROWS)
        if piece == "span":
            return self.span(scope, depth, children)
        if piece == "key":
            return self.dice.choice([n for n, of in scope.items() if of not in NO_KEYS])
        wanted = {"any": one, "same": kind, "scalar": self.dice.choice(ORDERED), "scalar0": self.dice.choice(NOT_DATES), "number": self.dice.choice(NUMBERS), "castable": self.dice.choice(CASTABLE.get(kind, ORDERED))}.get(piece, piece)
        children.append(self.expression(wanted, scope, depth - 1))
        return "{}"

    def span(self, scope, depth, children):
        """An order and a RANGE frame that is measured in it."""
        key = self.dice.choice(list(SPANS))
        before, piece, after = key.replace("}", "{").split("{")
        children.append(self.expression(piece, scope, depth - 1))
        order = self.dice.choice(["", " DESC", " NULLS LAST", " DESC NULLS FIRST"])
        return f"ORDER BY {before}{{}}{after}{order} RANGE BETWEEN {self.dice.choice(SPANS[key])}"
