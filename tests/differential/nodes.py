"""Pieces of SQL as a tree that can be made smaller.

A Node is a template with `{}` for each child. Children of the same kind may stand in for their parent, and a
node knows plain texts that may replace it; `smaller` gives what results.
"""


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
