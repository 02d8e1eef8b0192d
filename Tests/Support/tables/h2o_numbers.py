#!/usr/bin/env python3
"""Long decimal numbers as a real H2O 3.46.0.12 imports them, to the last bit.

    python3 h2o_numbers.py       (needs `pip install h2o pandas`, Java 17)

Writes h2o_numbers.json beside this file: texts with hexadecimal floats, all that H2O does not round correctly and as many
others. `H2ONumberTests` compares.
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
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
