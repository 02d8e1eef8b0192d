"""Polars reads a table, CSV or Parquet. Prints one JSON object.

    POLARS_MAX_THREADS=2 python3 polars_table_peer.py TABLE REPETITIONS [PARQUET]

"seconds" is the shortest time. The table is written to PARQUET, if given.
"""
import json, sys, time

import polars as pl

path = sys.argv[1]
times = []
for _ in range(int(sys.argv[2])):
    frame = None
    start = time.time()
    frame = pl.read_parquet(path) if path.endswith(".parquet") else pl.read_csv(path, try_parse_dates=True)
    times.append(time.time() - start)
if len(sys.argv) > 3:
    frame.write_parquet(sys.argv[3])
print(json.dumps({"seconds": min(times)}))
