"""Python values that a client returned → JSON that keeps their types."""
import datetime
import decimal
import json


class Ordered:
    """Marks a DataFrame whose row order is part of the answer."""

    def __init__(self, frame):
        self.frame = frame


def encode(value):
    """Turns a Python value that a client returned into JSON that keeps its type."""
    if value is None or isinstance(value, (bool, str)):
        return value
    kind = type(value).__name__
    module = type(value).__module__
    if module == "numpy" or module.startswith("numpy."):
        return encode_numpy(value, kind)
    if module.startswith("pandas"):
        return encode_pandas(value, kind)
    if module.startswith("pyarrow"):
        return {"arrow": encode_arrow(value)}
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return {"double": repr(value)}
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.datetime):
        return {"timestamp": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"micros": (value.days * 86400 + value.seconds) * 1000000 + value.microseconds}
    if isinstance(value, (bytes, bytearray)):
        return {"binary": bytes(value).hex()}
    if hasattr(value, "__fields__") and isinstance(value, tuple):
        return {"row": [[n, encode(v)] for n, v in zip(value.__fields__, value)]}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {kind: [[n, encode(v)] for n, v in zip(value._fields, value)]}
    if isinstance(value, dict):
        pairs = [[encode(k), encode(v)] for k, v in value.items()]
        return {"map": sorted(pairs, key=canonical)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((encode(item) for item in value), key=canonical)
    if hasattr(value, "jsonValue"):
        return {"type": value.jsonValue()}
    return {kind: str(value)}


def encode_numpy(value, kind):
    if kind == "ndarray":
        return [encode(item) for item in value.tolist()]
    if kind == "datetime64":
        return {"timestamp": str(value)}
    return encode(value.item())


def encode_pandas(value, kind):
    if kind == "DataFrame":
        return {
            "pandas": [[str(n), str(t)] for n, t in value.dtypes.items()],
            "rows": [[encode(item) for item in row] for row in value.itertuples(index=False, name=None)],
        }
    if kind == "Timestamp":
        return {"timestamp": value.isoformat()}
    if kind in ("NaTType", "NAType"):
        return None
    if kind == "Timedelta":
        return {"micros": value.value // 1000}
    return {kind: str(value)}


def encode_arrow(table):
    return {
        "schema": [[f.name, str(f.type), f.nullable] for f in table.schema],
        "rows": [[encode(v) for v in row.values()] for row in table.to_pylist()],
    }


def canonical(value):
    return json.dumps(value, sort_keys=True)


def encode_frame(frame, ordered):
    schema = frame.schema.jsonValue()
    rows = [[encode(v) for v in row] for row in frame.collect()]
    return {"schema": schema, "rows": rows if ordered else sorted(rows, key=canonical)}


def encode_answer(answer):
    """Encodes what a step returned; a DataFrame is collected, its rows compared as a bag."""
    if isinstance(answer, Ordered):
        return {"frame": encode_frame(answer.frame, True)}
    if is_frame(answer):
        return {"frame": encode_frame(answer, False)}
    return {"value": encode(answer)}


def is_frame(answer):
    return type(answer).__name__ == "DataFrame" and type(answer).__module__.startswith("pyspark")
