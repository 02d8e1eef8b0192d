#!/usr/bin/env python3
"""Columns of mixed fields, and the types that H2O 3.46.0.12 guesses for them.

    python3 h2o_columns.py [COLUMNS [SEED]]       (needs `pip install h2o`, Java 17)

Writes h2o_columns.json beside this file: for each column its fields as in the file, H2O's type, the number of missing
values and, for a categorical column, the levels. `ImportedColumnTests` compares them.
"""
import json, os, random, sys, warnings

warnings.simplefilter("ignore")
import h2o

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/tmp/h2o_columns.csv"


def kinds():
    """Returns functions that each make one field."""
    words, zero, mark, quote = random.randint(1, 4), random.choice(["0", "0", "0.0"]), random.choice(["NA", "?", "na", "nan", "N/A"]), \
        random.choice(["", '"'])
    return dict(number=lambda: quote + str(random.choice([1, 2, 3.5, 77, "$5", "5%"])) + quote, zero=lambda: zero,
                word=lambda: f"{quote}w{random.randint(1, words)}{quote}", mark=lambda: quote + mark + quote,
                date=lambda: f"2020-01-{random.randint(10, 28)}", empty=lambda: quote + quote,
                uuid=lambda: f"123e4567-e89b-12d3-a456-4266141740{random.randint(10, 99)}",
                unique=lambda: f"u{random.random()}")


def column(rows):
    makers = kinds()
    names = random.sample(sorted(makers), random.randint(1, 4))
    weights = [random.choice([.02, .3, 1, 1, 3]) for _ in names]
    return [makers[name]() for name in random.choices(names, weights, k=rows)]


def main():
    count, seed = (int(argument) for argument in (sys.argv[1:] + ["300", "5"][len(sys.argv) - 1:]))
    random.seed(seed)
    h2o.init(nthreads=1, max_mem_size="2G", port=54734, verbose=False)
    h2o.no_progress()
    found = []
    while len(found) < count:
        rows = random.choice([3, 10, 25, 60])
        columns = [column(rows) for _ in range(20)]
        with open(PATH, "w") as file:
            file.write(",".join(f"c{index}" for index in range(20)) + "\n")
            file.writelines(",".join(fields) + "\n" for fields in zip(*columns))
        frame = h2o.import_file(PATH, header=1)
        for index, fields in enumerate(columns):
            name = f"c{index}"
            kind = frame.types[name]
            levels = frame[name].unique()["C1"].as_data_frame(use_pandas=False, header=False) if kind == "enum" else []
            found.append(dict(fields=fields, type=kind, missing=int(frame[name].isna().sum()),
                              levels=sorted(row[0] if row else "" for row in levels)))
        h2o.remove_all()
    json.dump(found[:count], open(f"{HERE}/h2o_columns.json", "w"), separators=(",", ":"))
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
