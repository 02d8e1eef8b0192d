"""A peer reads a table, CSV or Parquet, into memory with two threads. Prints one JSON object.

    POLARS_MAX_THREADS=2 python3 table_peer.py polars|pandas|duckdb TABLE [PARQUET]

"seconds" is the time of reading. The table is written to PARQUET, if given (polars only). pandas does not look for dates.
"""
import json, sys, time

reader, path = sys.argv[1:3]
is_parquet = path.endswith(".parquet")
if reader == "polars":
    import polars as pl

    def read():
        return pl.read_parquet(path) if is_parquet else pl.read_csv(path, try_parse_dates=True)
elif reader == "pandas":
    import pandas as pd

    def read():
        return pd.read_parquet(path) if is_parquet else pd.read_csv(path)
else:
    import duckdb

    connection = duckdb.connect(config={"threads": 2})

    def read():
        connection.execute(f"create table t as select * from '{path}'")

start = time.time()
frame = read()
seconds = time.time() - start
if len(sys.argv) > 3:
    frame.write_parquet(sys.argv[3])
print(json.dumps({"seconds": seconds}))
