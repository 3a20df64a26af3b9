"""A corpus of statements, types and plans → mutations of them, the same ones for the same seed."""
import re

TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|`[^`]*`|[A-Za-z_]\w*|\d[\w.]*|\s+|<=>|[<>!=]=|->|=>|::|--[^\n]*|.", re.S)
# What breaks lexers, number parsers and precedence.
SPICE = [
    "(", ")", "((", "))", "[", "]", "<", ">", ",", ".", "..", "*", "-", "--", "/*", "*/", "'", '"', "`", "``", "\\", "\0", "\u00a0", "😀", "ß", ";",
    "NULL", "NOT", "IN", "AS", "ON", "FROM", "SELECT", "WHERE", "GROUP BY ALL", "OVER ()", "LATERAL", "PIVOT", "CASE", "END", "INTERVAL", "EXCEPT",
    "9223372036854775808", "1e400", "1e-400", "0x", "X'0'", "-0.0D", "99999999999999999999999999999999999999999", "1.5BD", "2147483648Y", "$1", ":p", "?",
    "DATE'9999-99-99'", "TIMESTAMP'0'", "INTERVAL '1' YEAR TO SECOND", "x -> x", "named_struct('a', 1)", "array()", "map()", "struct()", "*, *", "t.*",
    "CAST(NULL AS DECIMAL(38,38))", "DECIMAL(39,40)", "ARRAY<", "MAP<STRING,", "STRUCT<a:", "VARCHAR(0)", "count(*)", "explode(array(1))", "rand()",
]


def tokens(text):
    return TOKEN.findall(text)


def mutate_text(random, text, corpus):
    """Changes one to four tokens of a text: dropped, doubled, swapped, replaced, spliced or nested."""
    made = tokens(text)
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        at = random.randrange(len(made)) if made else 0
        what = random.randrange(8)
        if not made or what == 0:
            made.insert(at, f" {random.choice(SPICE)} ")
        elif what == 1:
            del made[at]
        elif what == 2:
            made[at] = random.choice(SPICE)
        elif what == 3:
            other = random.randrange(len(made))
            made[at], made[other] = made[other], made[at]
        elif what == 4:
            made[at:at] = made[at : at + random.randrange(1, 6)]
        elif what == 5:
            made[at] = random.choice(tokens(random.choice(corpus)) or [""])
        elif what == 6:
            donor = tokens(random.choice(corpus))
            cut = random.randrange(len(donor))
            made[at:] = donor[cut : cut + 20]
        else:
            depth = random.choice((1, 3, 40))
            made[at] = "(" * depth + made[at] + ")" * depth
    return "".join(made)


def mutate_bytes(random, data, corpus):
    """Changes bytes of a message: flipped, cut out, doubled, or spliced from another message."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = random.randrange(len(made)) if made else 0
        what = random.randrange(5)
        if not made or what == 0:
            made.insert(at, random.randrange(256))
        elif what == 1:
            made[at] ^= 1 << random.randrange(8)
        elif what == 2:
            del made[at : at + random.randrange(1, 5)]
        elif what == 3:
            made[at:at] = made[at : at + random.randrange(1, 40)]
        else:
            donor = random.choice(corpus)
            cut = random.randrange(len(donor))
            made[at : at + 20] = donor[cut : cut + 20]
    return bytes(made)


def mutate_message(random, message, donors):
    """Changes fields of a message: cleared, set to an edge, or replaced by one of the same type elsewhere."""
    made = type(message)()
    made.CopyFrom(message)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(walk(made))
        if not places:
            return made
        parent, field = random.choice(places)
        change_field(random, parent, field, donors)
    return made


def walk(message):
    """Gives every set field of a message and of those inside it."""
    for field, value in message.ListFields():
        yield message, field
        if field.type == field.TYPE_MESSAGE and not is_map(field):
            for one in value if field.is_repeated else [value]:
                yield from walk(one)


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def change_field(random, parent, field, donors):
    name = field.name
    if is_map(field) or random.random() < 0.25:
        parent.ClearField(name)
    elif field.is_repeated:
        values = getattr(parent, name)
        if field.type == field.TYPE_MESSAGE:
            donor = random.choice(donors.get(field.message_type.full_name) or [values[0]])
            if random.random() < 0.5:
                values.add().CopyFrom(donor)
            else:
                values[random.randrange(len(values))].CopyFrom(donor)
        elif random.random() < 0.5:
            del values[random.randrange(len(values))]
        else:
            values.append(values[random.randrange(len(values))])
    elif field.type == field.TYPE_MESSAGE:
        donor = random.choice(donors.get(field.message_type.full_name) or [getattr(parent, name)])
        getattr(parent, name).CopyFrom(type(donor).FromString(donor.SerializeToString()))
    elif field.type == field.TYPE_STRING:
        setattr(parent, name, random.choice(("", "a", "a.b", "*", "`", "count", "explode", "x" * 300, "1")))
    elif field.type == field.TYPE_BYTES:
        setattr(parent, name, random.choice((b"", b"\0", getattr(parent, name)[:40], getattr(parent, name)[7:])))
    elif field.type == field.TYPE_BOOL:
        setattr(parent, name, not getattr(parent, name))
    elif field.type in (field.TYPE_DOUBLE, field.TYPE_FLOAT):
        setattr(parent, name, random.choice((0.0, -1.0, 1.5, float("nan"), float("inf"))))
    elif field.type == field.TYPE_ENUM:
        setattr(parent, name, random.choice(field.enum_type.values).number)
    else:
        most = 1000 if name in ("end", "limit", "num_rows", "start") else 2147483647  # rows are not what is sought
        edges = (0, 1, 7, 127, most) if field.type in (field.TYPE_UINT32, field.TYPE_UINT64) else (0, 1, -1, 7, most, -most - 1)
        setattr(parent, name, random.choice(edges))
