#!/usr/bin/env python3
"""Writes the Parquet files of this folder and the values that they hold, `expected.json`.

Needs pyarrow, polars and duckdb. The expected values come from the lists below, not from a reader.
Numbers are as read: times are milliseconds since 1970 or since midnight, booleans are levels.
"""

import datetime as dt
import decimal
import json
import os
import pathlib
import uuid

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent
ROWS = 40
FIRST_DAY = dt.date(1970, 1, 1)
FIRST_MOMENT = dt.datetime(1970, 1, 1)


def with_gaps(values, step=7):
    return [None if row % step == 3 else value for row, value in enumerate(values)]


def moments(step):
    return [dt.datetime(1969, 12, 30, 5) + row * step for row in range(ROWS)]


WORDS = ["red", "green", "blue", "", "größer"]
INTEGERS = {
    "i8": [row * 6 - 120 for row in range(ROWS)],
    "i16": [row * 1500 - 30000 for row in range(ROWS)],
    "i32": [row * 100_000_000 - 2_000_000_000 for row in range(ROWS)],
    "i64": [row * 10**13 - 5 for row in range(ROWS)],
    "u8": [row * 6 for row in range(ROWS)],
    "u16": [row * 1600 for row in range(ROWS)],
    "u32": [4_294_967_295 - row for row in range(ROWS)],
    "u64": [row * 10**13 for row in range(ROWS)],
}
REALS = {
    "f32": [row / 4 - 3 for row in range(ROWS)],
    "f64": [row / 7 - 1e-9 for row in range(ROWS)],
}
FLAGS = [row % 3 == 0 for row in range(ROWS)]
TEXTS = [WORDS[row % len(WORDS)] for row in range(ROWS)]
DATES = [FIRST_DAY + dt.timedelta(days=row * 997 - 9000) for row in range(ROWS)]
MOMENTS = moments(dt.timedelta(hours=5, milliseconds=7))
TIMES = [dt.time(row % 24, row, 59, 250_000) for row in range(ROWS)]
DECIMALS = [decimal.Decimal(row * 12345 - 100000).scaleb(-2) for row in range(ROWS)]
UUIDS = [uuid.UUID(int=row * 10**35) for row in range(ROWS)]


def milliseconds(value):
    if isinstance(value, dt.datetime):
        return (value - FIRST_MOMENT) // dt.timedelta(milliseconds=1)
    if isinstance(value, dt.date):
        return (value - FIRST_DAY).days * 86_400_000
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1000 + value.microsecond // 1000


def column(name, kind, values):
    return {"name": name, "type": kind, "values": values}


def as_read(name, values):
    """The column as deepspool reads it."""
    present = next(value for value in values if value is not None)
    if isinstance(present, bool):
        return column(name, "enum", [value if value is None else str(value).lower() for value in values])
    if isinstance(present, (dt.date, dt.time)):
        return column(name, "time", [value if value is None else milliseconds(value) for value in values])
    if isinstance(present, (decimal.Decimal, float)):
        return column(name, "real", [value if value is None else float(value) for value in values])
    if isinstance(present, uuid.UUID):
        return column(name, "string", [value if value is None else str(value) for value in values])
    if isinstance(present, int):
        isWide = any(value is not None and not -(2**31) <= value < 2**31 for value in values)
        return column(name, "real" if isWide else "int", values)
    return column(name, "enum", values)


TABLES = {}
FILES = []


def expect(file, table, columns=None, warnings=()):
    if columns is not None:
        TABLES[table] = columns
    FILES.append({"file": file, "table": table, "warnings": list(warnings)})


def lists(gaps):
    gap = with_gaps if gaps else list
    values = {"flag": gap(FLAGS)}
    for name, numbers in (INTEGERS | REALS).items():
        values[name] = gap(numbers)
    return values | {"text": gap(TEXTS), "date": gap(DATES), "moment": gap(MOMENTS), "time": gap(TIMES)}


def arrow_files():
    types = {
        "flag": pa.bool_(), "i8": pa.int8(), "i16": pa.int16(), "i32": pa.int32(), "i64": pa.int64(), "u8": pa.uint8(),
        "u16": pa.uint16(), "u32": pa.uint32(), "u64": pa.uint64(), "f32": pa.float32(), "f64": pa.float64(),
        "text": pa.string(), "date": pa.date32(), "moment": pa.timestamp("us"), "time": pa.time64("us"),
    }
    values = lists(True)
    extra = {
        "half": (pa.float16(), with_gaps([row / 2 for row in range(ROWS)])),
        "moment_ms": (pa.timestamp("ms", tz="UTC"), with_gaps(MOMENTS)),
        "moment_ns": (pa.timestamp("ns"), with_gaps(MOMENTS)),
        "time_ms": (pa.time32("ms"), with_gaps(TIMES)),
        "decimal": (pa.decimal128(9, 2), with_gaps(DECIMALS)),
        "wide_decimal": (pa.decimal128(38, 2), with_gaps(DECIMALS)),
        "bytes": (pa.binary(), with_gaps([text.encode() for text in TEXTS])),
        "empty": (pa.null(), [None] * ROWS),
    }
    table = pa.table(
        {name: pa.array(values[name], types[name]) for name in values}
        | {name: pa.array(items, kind) for name, (kind, items) in extra.items()})
    columns = [as_read(name, values[name]) for name in values]
    for name, (_, items) in extra.items():
        if name == "empty":
            columns.append(column(name, "int", items))
        elif name == "bytes":
            columns.append(column(name, "enum", with_gaps(TEXTS)))
        else:
            columns.append(as_read(name, items))
    TABLES["arrow"] = columns

    def write(name, data=table, expected="arrow", warnings=(), **options):
        options = {"store_schema": False, "write_statistics": False} | options
        pq.write_table(data, FOLDER / name, **options)
        expect(name, expected, warnings=warnings)

    for codec in ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]:
        write(f"arrow-{codec}.parquet", compression=codec)
    write("arrow-v2.parquet", data_page_version="2.0", compression="zstd")
    write("arrow-v2-plain.parquet", data_page_version="2.0", use_dictionary=False, compression="none")
    write("arrow-plain.parquet", use_dictionary=False, compression="snappy", write_page_checksum=True)
    write("arrow-groups.parquet", row_group_size=9, write_statistics=True)
    # Dictionaries that grow too long are given up.
    write("arrow-fallback.parquet", dictionary_pagesize_limit=40, write_batch_size=8, data_page_size=64)
    write("arrow-version1.parquet", data=table.drop_columns(["moment_ns"]), expected="arrow1", version="1.0")
    TABLES["arrow1"] = [item for item in columns if item["name"] != "moment_ns"]
    write("arrow-int96.parquet", use_deprecated_int96_timestamps=True, compression="snappy")
    encodings = {name: "DELTA_BINARY_PACKED" for name in ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "date"]}
    encodings |= {
        "u64": "BYTE_STREAM_SPLIT", "f32": "BYTE_STREAM_SPLIT", "f64": "BYTE_STREAM_SPLIT", "half": "BYTE_STREAM_SPLIT",
        "moment": "DELTA_BINARY_PACKED", "moment_ms": "BYTE_STREAM_SPLIT", "text": "DELTA_BYTE_ARRAY",
        "bytes": "DELTA_LENGTH_BYTE_ARRAY", "flag": "RLE", "wide_decimal": "DELTA_BYTE_ARRAY",
    }
    for version in ["1.0", "2.0"]:
        write(
            f"arrow-delta-v{version[0]}.parquet", use_dictionary=False, column_encoding=encodings,
            data_page_version=version, compression="snappy")

    required = pa.schema([pa.field(name, kind, nullable=False) for name, kind in types.items()])
    full = lists(False)
    TABLES["required"] = [as_read(name, full[name]) for name in full]
    write("arrow-required.parquet", pa.table({n: pa.array(full[n], types[n]) for n in full}, required), "required")

    reals = [1.5, float("nan"), float("inf"), None, float("-inf"), -2.0]
    TABLES["odd"] = [column("real", "real", [1.5, None, None, None, None, -2.0])]
    write(
        "arrow-odd.parquet", pa.table({"real": reals}), "odd", ["column 'real': 2 infinite numbers count as missing"])
    TABLES["nested"] = [column("a", "int", [1, 2])]
    nested = pa.table({
        "l": [[1], [2, 3]], "a": [1, 2], "s": [{"x": 1}, {"x": 2}],
        "m": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int32()))})
    write(
        "arrow-nested.parquet", nested, "nested",
        ["3 columns of lists, maps or groups are not read: 'l', 's', 'm'; unnest them to use them"])
    names = [f"name {row * 7919 % 1000}" for row in range(300)]
    TABLES["names"] = [column("name", "string", names)]
    write("arrow-names.parquet", pa.table({"name": names}), "names", compression="zstd", use_dictionary=False)
    # Texts that spell numbers and dates.
    spelled = {
        "number": [f"{row * 7}.5" for row in range(60)] + ["unknown", None],
        "day": [f"2024-{row % 12 + 1:02}-03" for row in range(61)] + [None]}
    TABLES["texts"] = [column(name, "enum", texts) for name, texts in spelled.items()]
    write("arrow-texts.parquet", pa.table(spelled), "texts")
    numbers = [2**53, 2**53 + 1, 2**63 - 1]
    TABLES["wide"] = [column("id", "real", [float(number) for number in numbers])]
    write(
        "arrow-wide.parquet", pa.table({"id": numbers}), "wide",
        ["column 'id': 2 whole numbers beyond 2^53 are rounded; if the column identifies rows, declare it enum in "
         "column_types or skip it"])


def polars_files():
    values = lists(True)
    frame = pl.DataFrame(
        values, schema_overrides={"i8": pl.Int8, "i16": pl.Int16, "i32": pl.Int32, "i64": pl.Int64, "u8": pl.UInt8,
                                  "u16": pl.UInt16, "u32": pl.UInt32, "u64": pl.UInt64, "f32": pl.Float32})
    frame = frame.with_columns(
        pl.Series("category", with_gaps(["a", "b"] * (ROWS // 2)), dtype=pl.Enum(["a", "b"])),
        pl.Series("decimal", with_gaps(DECIMALS), dtype=pl.Decimal(18, 2)))
    columns = [as_read(name, values[name]) for name in values]
    columns.append(column("category", "enum", with_gaps(["a", "b"] * (ROWS // 2))))
    columns.append(as_read("decimal", with_gaps(DECIMALS)))
    TABLES["polars"] = columns
    for codec in ["uncompressed", "snappy", "gzip", "brotli", "lz4", "zstd"]:
        frame.write_parquet(FOLDER / f"polars-{codec}.parquet", compression=codec, statistics=False)
        expect(f"polars-{codec}.parquet", "polars")
    frame.write_parquet(FOLDER / "polars-groups.parquet", row_group_size=16)
    expect("polars-groups.parquet", "polars")


def duckdb_files():
    base = duckdb.connect()
    values = lists(True)
    kinds = {
        "flag": "BOOLEAN", "i8": "TINYINT", "i16": "SMALLINT", "i32": "INTEGER", "i64": "BIGINT", "u8": "UTINYINT",
        "u16": "USMALLINT", "u32": "UINTEGER", "u64": "UBIGINT", "f32": "FLOAT", "f64": "DOUBLE", "text": "VARCHAR",
        "date": "DATE", "moment": "TIMESTAMP", "time": "TIME",
    }
    extra = {
        "moment_ms": ("TIMESTAMP_MS", with_gaps(MOMENTS)), "moment_ns": ("TIMESTAMP_NS", with_gaps(MOMENTS)),
        "decimal4": ("DECIMAL(4, 1)", with_gaps([decimal.Decimal(row).scaleb(-1) for row in range(ROWS)])),
        "decimal9": ("DECIMAL(9, 2)", with_gaps(DECIMALS)), "decimal18": ("DECIMAL(18, 2)", with_gaps(DECIMALS)),
        "decimal38": ("DECIMAL(38, 2)", with_gaps(DECIMALS)), "uuid": ("UUID", with_gaps(UUIDS)),
        "mood": ("ENUM('good', 'bad')", with_gaps(["good", "bad"] * (ROWS // 2))),
    }
    kinds |= {name: kind for name, (kind, _) in extra.items()}
    values |= {name: items for name, (_, items) in extra.items()}
    base.execute(f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})")
    base.executemany(
        f"INSERT INTO t VALUES ({', '.join('?' * len(kinds))})", list(zip(*(values[name] for name in kinds))))
    TABLES["duckdb"] = [as_read(name, values[name]) for name in kinds]
    for version in ["v1", "v2"]:
        for codec in ["snappy", "zstd"] if version == "v2" else ["uncompressed", "snappy", "gzip", "brotli", "lz4_raw"]:
            name = f"duckdb-{version}-{codec}.parquet"
            base.execute(f"COPY t TO '{FOLDER / name}' (FORMAT parquet, CODEC {codec}, PARQUET_VERSION {version})")
            expect(name, "duckdb")


os.chdir(FOLDER)
for old in FOLDER.glob("*.parquet"):
    # write_old.py writes these.
    if not old.name.startswith("old-"):
        old.unlink()
arrow_files()
polars_files()
duckdb_files()
with open(FOLDER / "expected.json", "w") as output:
    tables = ",\n".join(f"{json.dumps(name)}: {json.dumps(columns)}" for name, columns in TABLES.items())
    files = ",\n".join(json.dumps(file) for file in FILES)
    output.write(f'{{"tables": {{\n{tables}}},\n"files": [\n{files}]}}\n')
