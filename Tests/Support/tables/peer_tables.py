"""Reads tables with one peer and summarises their columns; a worker of compare_peers.py.

    python3 peer_tables.py pandas|polars|duckdb

Reads one request per line, {"path", "format", "separator", "header"}, and prints one answer per line:
{"rows", "header", "columns": [{"name", "kind", "missing", "distinct", "levels", "minimum", "maximum", "mean",
"loose"}]} or {"error"}. "kind" is number, time, text, nested or empty. "loose" is what a person would take a column
of texts for: number (with decimal commas, percent and currency signs), time or text.
"""

import collections, csv, datetime, io, json, math, os, re, sys, warnings

warnings.simplefilter("ignore")

MISSING = ["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
           "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]
NUMBER = re.compile(r"^\(?[-+]?\s*(US)?[$€£¥]?\s*[-+]?(\d{1,3}([,.' \u00a0\u202f]\d{3})+|\d+|(?=[.,]\d))"
                    r"([.,]\d*)?([eE][-+]?\d+)?\s*[%€$£¥]?\)?$")
TIME = re.compile(r"^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
                  r"|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})"
                  r"([T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?( ?(Z|UTC|GMT|[-+]\d{2}(:?\d{2})?))?)?$"
                  r"|^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?$")


def loose(values):
    """Returns the kind that a person would give to a column of texts."""
    values = [v.strip() for v in values if v.strip() and v.strip() not in MISSING]
    if not values:
        return "empty"
    for kind, form in (("number", NUMBER), ("time", TIME)):
        if sum(1 for v in values if form.match(v)) >= 0.95 * len(values):
            return kind
    return "text"


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return str(value)


def milliseconds(value):
    if isinstance(value, datetime.datetime):
        zone = value.tzinfo or datetime.timezone.utc
        return (value.replace(tzinfo=zone) - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds() * 1000
    if isinstance(value, datetime.date):
        return (value - datetime.date(1970, 1, 1)).days * 86_400_000
    return None


def summary(name, values):
    """Summarises the values of one column, given as plain Python values."""
    present = [v for v in values if v is not None and not (isinstance(v, float) and math.isnan(v))]
    column = {"name": str(name), "missing": len(values) - len(present)}
    if not present:
        return column | {"kind": "empty"}
    kinds = collections.Counter(kind_of(v) for v in present)
    kind = kinds.most_common(1)[0][0] if len(kinds) == 1 else "text"
    column["kind"] = kind
    if kind in ("number", "time"):
        numbers = [float(v) if kind == "number" else milliseconds(v) for v in present]
        numbers = [v for v in numbers if v is not None and math.isfinite(v)]
        column["missing"] = len(values) - len(numbers)
        if numbers:
            column |= {"minimum": min(numbers), "maximum": max(numbers), "mean": math.fsum(numbers) / len(numbers)}
        column["distinct"] = len(set(numbers))
    elif kind == "text":
        counts = collections.Counter(text_of(v) for v in present)
        levels = sorted(counts, key=lambda v: v.encode("utf-8", "replace"))
        column |= {"distinct": len(levels), "trimmed": len({v.strip() for v in levels}), "levels": levels[:10],
                   "loose": loose(levels[:20_000])}
    return column


def kind_of(value):
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "text"
    if isinstance(value, (int, float)) or type(value).__name__ == "Decimal" or hasattr(value, "dtype"):
        return "number"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return "time"
    if isinstance(value, (list, dict, tuple, set)):
        return "nested"
    return "text"


def with_pandas(path, form, separator, header):
    import pandas

    if form == "parquet":
        frame = pandas.read_parquet(path)
        if frame.index.name or not isinstance(frame.index, pandas.RangeIndex):
            frame = frame.reset_index()
    elif form == "xlsx":
        frame = pandas.read_excel(path, header=0 if header else None)
    else:
        frame = pandas.read_csv(path, sep=separator, header=0 if header else None, low_memory=False,
                                skipinitialspace=True, engine=None if len(separator) == 1 else "python")
        if not isinstance(frame.index, pandas.RangeIndex):
            frame = frame.reset_index()
    columns = []
    for position, name in enumerate(frame.columns):
        column = frame.iloc[:, position]
        if str(column.dtype).startswith("datetime"):
            values = [None if value is pandas.NaT else value.to_pydatetime() for value in column]
        else:
            values = [None if missing else value for value, missing in zip(column.tolist(), column.isna())]
        columns.append(summary(name, values))
    return {"rows": len(frame), "columns": columns}


def with_polars(path, form, separator, header):
    import polars

    if form == "parquet":
        frame = polars.read_parquet(path)
    elif form == "xlsx":
        frame = polars.read_excel(path, has_header=header)
    else:
        if len(separator) != 1:
            raise ValueError("polars has no separator of several characters")
        frame = polars.read_csv(path, separator=separator, has_header=header, infer_schema_length=None,
                                try_parse_dates=True, null_values=MISSING, encoding="utf8-lossy")
    return {"rows": frame.height, "columns": [summary(c.name, c.to_list()) for c in frame.get_columns()]}


def with_duckdb(path, form, separator, header):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET TimeZone = 'UTC'")
    quoted = path.replace("'", "''")
    found = None
    if form == "parquet":
        source = f"read_parquet('{quoted}')"
    elif form == "xlsx":
        raise ValueError("DuckDB reads xlsx by an extension only")
    else:
        found = connection.execute(f"SELECT HasHeader FROM sniff_csv('{quoted}', sample_size = -1)").fetchone()[0]
        words = ", ".join("'" + word + "'" for word in MISSING)
        source = (f"read_csv('{quoted}', sample_size = -1, header = {'true' if header else 'false'},"
                  f" nullstr = [{words}])")
    result = connection.execute(f"SELECT * FROM {source}")
    names = [column[0] for column in result.description]
    rows = result.fetchall()
    columns = [summary(name, [row[i] for row in rows]) for i, name in enumerate(names)]
    return {"rows": len(rows), "header": found, "columns": columns}


def with_arff(path):
    """Reads ARFF by its declarations; a reader of its own, as the peers have none."""
    names, kinds, rows, in_data = [], [], [], False
    for line in io.open(path, encoding="utf-8", errors="replace"):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if in_data:
            if line.startswith("{"):
                raise ValueError("sparse ARFF")
            quote = "'" if "'" in line else '"'
            rows.append(next(csv.reader([line], quotechar=quote, skipinitialspace=True, escapechar="\\")))
        elif line.lower().startswith("@attribute"):
            parts = re.match(r"""@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+)\s+(.*)""", line, re.I)
            names.append(parts[1].strip("'\""))
            kinds.append(parts[2].strip().lower())
        elif line.lower().startswith("@data"):
            in_data = True
    columns = []
    for i, (name, kind) in enumerate(zip(names, kinds)):
        values = [None if row[i].strip() == "?" else row[i].strip() for row in rows]
        if re.match(r"(numeric|real|integer)", kind):
            values = [None if v is None else float(v) for v in values]
        columns.append(summary(name, values))
    return {"rows": len(rows), "columns": columns}


def with_svmlight(path):
    from sklearn.datasets import load_svmlight_file

    values, labels = load_svmlight_file(path)
    dense = values.shape[0] * values.shape[1] < 3_000_000
    columns = [summary("label", labels.tolist())]
    if dense:
        columns += [summary(i, column.tolist()) for i, column in enumerate(values.toarray().T)]
    return {"rows": values.shape[0], "columns": columns, "features": values.shape[1]}


def answer(peer, request):
    path, form = request["path"], request["format"]
    if form == "svmlight":
        return with_svmlight(path) if peer == "pandas" else {"error": "no reader"}
    if form == "arff":
        return with_arff(path) if peer == "pandas" else {"error": "no reader"}
    readers = {"pandas": with_pandas, "polars": with_polars, "duckdb": with_duckdb}
    return readers[peer](path, form, request["separator"], request["header"])


def main():
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            result = answer(sys.argv[1], json.loads(line))
        except MemoryError:
            raise
        except BaseException as error:  # polars' panics are no Exception
            result = {"error": f"{type(error).__name__}: {error}"[:300]}
        output.write(json.dumps(result, default=str) + "\n")
        output.flush()


if __name__ == "__main__":
    main()
