#!/usr/bin/env python3
"""Decimal numbers as H2O 3.46.0.12 imports them, to the last bit.

    python3 h2o_numbers.py       (needs `pip install h2o pandas`, Java 17)

Writes two files beside this one. h2o_numbers.json holds long texts with hexadecimal floats: all that H2O rounds
incorrectly, and as many others. h2o_number_texts.json holds short texts that H2O may read as numbers, with the number
or null. `H2ONumberTests` compares them.
"""
import json, os, random, warnings

warnings.simplefilter("ignore")
import h2o

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = [lambda: repr(random.gauss(0, 1)), lambda: repr(random.gauss(0, 1) * 1e-3), lambda: f"{random.gauss(0, 1):.5f}",
         lambda: repr(random.gauss(0, 1) * 1e6), lambda: f"{random.gauss(0, 1) * 10 ** random.randint(-30, 30):.6e}",
         lambda: f"{random.gauss(0, 1):.22f}", lambda: str(random.randint(-10**18, 10**18)),
         lambda: f"{random.gauss(0, 1) * 1e3:.12f}"]


def main():
    random.seed(3)
    texts = [KINDS[index % len(KINDS)]() for index in range(3000)]
    path = "/tmp/h2o_numbers.csv"
    with open(path, "w") as file:
        file.write("a,b\n" + "".join(f"{text},1\n" for text in texts))
    h2o.init(nthreads=1, max_mem_size="2G", port=54733, verbose=False)
    h2o.no_progress()
    frame = h2o.import_file(path, header=1, col_types=dict(a="real"))
    found = frame["a"].as_data_frame(use_multi_thread=False)["a"].tolist()
    odd = [(text, value) for text, value in zip(texts, found) if float(text) != value]
    usual = [(text, value) for text, value in zip(texts, found) if float(text) == value]
    kept = odd + random.sample(usual, len(odd))
    json.dump([[text, float(value).hex()] for text, value in kept], open(f"{HERE}/h2o_numbers.json", "w"), indent=0)
    print(f"{len(odd)} of {len(texts)} are not rounded correctly")
    short = sorted({"".join(random.choice("0159.-+eE$% a") for _ in range(random.randint(1, 5))).strip() for _ in range(700)})
    short = [text for text in short if text]
    # Enough numbers that H2O reads the column as numeric, whatever the texts are.
    rows = ["7"] * 20 + short + ["7"] * 3 * len(short)
    with open(path, "w") as file:
        file.write("a,b\n" + "".join(f"{text},1\n" for text in rows))
    frame = h2o.import_file(path, header=1)
    values = [row[0] if row else "" for row in frame["a"].as_data_frame(use_pandas=False, header=False)][20:20 + len(short)]
    json.dump([[text, float(value).hex() if value else None] for text, value in zip(short, values)],
              open(f"{HERE}/h2o_number_texts.json", "w"), indent=0)
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
