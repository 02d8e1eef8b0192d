#!/usr/bin/env python3
"""Dates and times in many forms, and the milliseconds that H2O 3.46.0.12 reads.

    python3 h2o_times.py       (needs `pip install h2o`, Java 17)

Writes h2o_times.json beside this file: texts with numbers, null where H2O reads no time.
`ImportedColumnTests` compares them.
"""
import itertools, json, os, warnings

warnings.simplefilter("ignore")
import h2o

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/tmp/h2o_times.csv"
DATES = """2020-01-05 2020-1-5 20-01-05 2020/01/05 01/05/2020 1/5/2020 1/5/20 01-05-2020 1-5-20 05-Jan-2020 5-Jan-20 05-jan-2020
    05/Jan/2020 2020.01.05 05.01.2020 2020-Jan-05 13/05/2020 12/31/69 12/31/68 31-Dec-68 31-Dec-69 1900-01-01 1/32/20 02/30/2020
    2020-02-29 2019-02-29 1900-02-29 2000-02-29 29-Feb-19 1/5/120 1/5/2 05-Janu-2020 2020-13-01 2020-00-10""".split()
TIMES = ["07:30:15", "7:30:15", "07:30", "07:30:15.1", "07:30:15.12", "07:30:15.123", "07:30:15.1234", "07:30:15.123456789",
         "07:30:15 AM", "07:30:15 PM", "07:30:15pm", "07:30 PM", "07:30:15.123 PM", "12:00:00 AM", "12:00:00 PM", "13:00:00 PM",
         "00:10:00 AM", "24:00:00", "23:59:60", "07:30:15:123", "0:0:0", "7:3:5", "07:30:15Z"]


def main():
    whole = ["2020-01-05", "01/05/2020", "05-Jan-2020"]
    texts = DATES + TIMES + [a + b + c for a, b, c in itertools.product(whole, [" ", "T", ":"], TIMES)]
    with open(PATH, "w") as file:
        # Enough dates that H2O reads the column as times, whatever the texts are.
        file.writelines(["a,b\n"] + [f"{text},1\n" for text in texts + 2 * len(texts) * ["2020-06-01"]])
    h2o.init(nthreads=1, max_mem_size="2G", port=54735, verbose=False)
    h2o.no_progress()
    frame = h2o.import_file(PATH, header=1)
    rows = frame["a"].as_data_frame(use_pandas=False, header=False)[:len(texts)]
    values = [float(row[0]) if row and row[0] else None for row in rows]
    json.dump(list(zip(texts, values)), open(f"{HERE}/h2o_times.json", "w"), indent=0)
    h2o.cluster().shutdown()


if __name__ == "__main__":
    main()
