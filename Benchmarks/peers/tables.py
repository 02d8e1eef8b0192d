"""Writes the tables that the benchmarks need into a folder.

    python3 tables.py MNIST_FOLDER WORK_FOLDER

MNIST plain (train.csv), and standardised singles for PlainLoop and PyTorch (train.bin, test.bin): two 64-bit counts, rows
of singles without the constant columns, 32-bit class numbers.
"""
import gzip, os, shutil, sys

import numpy as np
import polars as pl

mnist, work = sys.argv[1:]
os.makedirs(work, exist_ok=True)
for part in ("train", "test"):
    if not os.path.exists(f"{work}/{part}.csv"):
        with gzip.open(f"{mnist}/{part}.csv.gz") as packed, open(f"{work}/{part}.csv", "wb") as plain:
            shutil.copyfileobj(packed, plain)
    frame = pl.read_csv(f"{work}/{part}.csv")
    classes = frame["label"].str.replace("d", "").cast(pl.Int32).to_numpy()
    values = frame.drop("label").to_numpy().astype(np.float32)
    if part == "train":
        means, deviations = values.mean(0, dtype=np.float64), values.std(0, ddof=1, dtype=np.float64)
        kept = deviations > 0
    values = ((values[:, kept] - means[kept]) / deviations[kept]).astype(np.float32)
    with open(f"{work}/{part}.bin", "wb") as file:
        np.array(values.shape, dtype=np.int64).tofile(file)
        values.tofile(file)
        classes.astype(np.int32).tofile(file)
