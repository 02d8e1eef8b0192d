"""Polars reads MNIST, plain and gz. Prints one JSON object.

    POLARS_MAX_THREADS=2 python3 polars_peer.py WORK_FOLDER MNIST_FOLDER
"""
import json, sys, time

import polars as pl

result = {}
for name, path in (("import_plain", f"{sys.argv[1]}/train.csv"), ("import_gz", f"{sys.argv[2]}/train.csv.gz")):
    times = []
    for _ in range(3):
        start = time.time()
        pl.read_csv(path)
        times.append(time.time() - start)
    result[name + "_seconds"] = min(times)
print(json.dumps(result))
