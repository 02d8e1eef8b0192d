#!/usr/bin/env python3
"""Tests whether the order of a table's rows matters: trains on tables sorted by response and on shuffled copies.

    python3 order.py --short                        seconds, on the tables of Spool/samples; part of `make test`
    python3 order.py --side before --binary FILE    the suite, into order-before.json (or order-after.json)
    python3 order.py --side after --print           prints what the file holds

Both copies of a training part hold the same rows, and the job's seed and test part are the same; only the
order differs. All settings but epochs and mini_batch_size are default. No two pairs share a seed, so pairs are
independent. Each pair gives the logarithm of the ratio of its two log losses (classes; plus 0.05) or RMSEs
(numbers), which is as often above zero as below if the order does not matter. These logarithms are tested for
every combination of table, epochs and mini_batch_size (Student's t), for every table, and for all tables together
(Wilcoxon's signed ranks); Holm's rule accounts for the number of tests. The exit status is 1 if one of them is
beyond chance. An interrupted run resumes where it was (see runs.py).
"""
import argparse, json, math, os, random, statistics, sys, tempfile, zlib
from concurrent.futures import ThreadPoolExecutor

import public_tables
from chance import holm, paired, signed_rank
from measures import measure
from runs import DEFAULT_BINARY, HERE, ROOT, KeptRuns, predictions, write_tables

EPOCHS, BATCHES, ORDERS = (5, 10, 20, 30, 50, 100), (1, 32), ("sorted", "shuffled")
SEEDS, SIGNIFICANCE, NEGLIGIBLE = 8, 0.05, 0.05
# Default networks train 10,000 to 50,000 rows per second and core; with these limits the suite takes half an hour.
TRAINING_ROWS, TEST_ROWS = 1000, 1500
SAMPLES = {
    "iris": ("iris", "Species", "logloss", {}),
    "prostate": ("prostate", "CAPSULE", "logloss", dict(ignored_columns=["ID"])),
    "petal width": ("iris", "Petal.Width", "RMSE", {}),
}
SUITE = ["iris", "prostate", "spam", "Satellite", "Vehicle", "Vowel", "credit_data", "mlc_churn", "hpc_data",
         "concrete", "diamonds", "car_prices"]
# A combination with fewer pairs is not tested alone: Student's t would find nothing.
FEWEST_PAIRS = 5
# The short form tests its tables, and both together. It runs with every `make test`, so it must not fail by chance.
SHORT, SHORT_EPOCHS, SHORT_SEEDS, SHORT_SIGNIFICANCE = ["iris", "petal width"], (5, 10, 20, 30, 50), 3, 0.001


def rows_of(name, limit):
    """Returns header, training rows, test rows, settings and metric of a table, always the same."""
    if name in SAMPLES:
        file, response, metric, more = SAMPLES[name]
        header, rows = public_tables.read(f"{ROOT}/Spool/samples/{file}.csv")
        random.Random(f"order of {file}").shuffle(rows)
        cut = round(len(rows) * public_tables.TRAINING_SHARE)
        train, test = rows[:cut], rows[cut:]
        settings = more | dict(response_column=response)
        if metric == "logloss":
            settings["column_types"] = {response: "enum"}
    else:
        (header, train), (_, test) = map(public_tables.read, public_tables.parts(name, 1))
        settings, metric = public_tables.settings(name), metric_of(name)
    return header, train[:limit], test[:TEST_ROWS], settings, metric


def ordered(rows, order, column, metric, seed):
    """Returns a copy of the rows, shuffled by the seed, and then sorted by response if that is the order."""
    copy = rows[:]
    random.Random(seed).shuffle(copy)
    if order == "sorted":
        copy.sort(key=lambda row: float(row[column]) if metric == "RMSE" else row[column])
    return copy


def value(kept, name, epochs, batch, number, order, limit=TRAINING_ROWS):
    """Returns the test metric of one run."""
    header, train, test, settings, metric = rows_of(name, limit)
    seed = zlib.crc32(f"{name}/{epochs}/{batch}/{number}".encode()) >> 1
    with tempfile.TemporaryDirectory() as folder:
        train = ordered(train, order, header.index(settings["response_column"]), metric, seed)
        paths = [public_tables.write(f"{folder}/{part}.csv", header, rows)
                 for part, rows in (("train", train), ("test", test))]
        job = settings | dict(training_frame=paths[0], epochs=epochs, mini_batch_size=batch, seed=seed)
        entry = dict(test=paths[1], response=settings["response_column"], metric=metric)
        return kept.value(
            job, *paths, metric, lambda: measure(entry, predictions(kept.binary, job, paths[1], threads=1)))


def measured(kept, names, epochs, seeds, jobs, limit=TRAINING_ROWS):
    """Returns {table: {"epochs/batch": {order: [value per seed]}}}.

    Runs all tables with the first seed before the second, so that some seeds are complete early.
    """
    results = {}
    wanted = [(name, count, batch, number, order) for number in range(seeds) for name in names
              for count in epochs for batch in BATCHES for order in ORDERS]
    with ThreadPoolExecutor(jobs) as pool:
        for done, (run, found) in enumerate(zip(wanted, pool.map(lambda run: value(kept, *run, limit), wanted)), 1):
            name, count, batch, _, order = run
            results.setdefault(name, {}).setdefault(f"{count}/{batch}", {}).setdefault(order, []).append(
                float(f"{found:.6g}"))
            if kept.path and done % 100 == 0:
                print(f"{done} of {len(wanted)} runs", file=sys.stderr, flush=True)
    return results


def logarithms(name, pair):
    """Returns the logarithms of the ratios sorted : shuffled.

    Log losses of 0.01 and 0.0001 are both negligible; adding 0.05 to each keeps such ratios near 1.
    """
    shift = NEGLIGIBLE if metric_of(name) == "logloss" else 0
    return [math.log((a + shift) / (b + shift)) for a, b in zip(pair["sorted"], pair["shuffled"])]


def metric_of(name):
    if name in SAMPLES:
        return SAMPLES[name][2]
    return "logloss" if public_tables.is_classes(name) else "RMSE"


def comparisons(results):
    """Returns the rows as (table, "epochs/batch", pairs of values, logarithms of ratios, p-value by Holm's rule).

    The p-value is None if there are too few pairs for a test.
    """
    found = [(name, key, pair, logarithms(name, pair))
             for name, table in results.items() for key, pair in table.items()]
    single = found[:]
    for title in [*results, "all tables"]:
        logs = [log for name, _, _, each in single if title in (name, "all tables") for log in each]
        found.append((title, "all", None, logs))
    tested = [entry for entry in found if len(entry[3]) >= FEWEST_PAIRS]
    chances = iter(holm([paired(logs)[2] if pair else signed_rank(logs) for _, _, pair, logs in tested]))
    return [entry + (next(chances) if len(entry[3]) >= FEWEST_PAIRS else None,) for entry in found]


def verdict(chance, significance):
    """Returns the cells of a row with its p-value and verdict."""
    if chance is None:
        return ["", "not tested"]
    return [f"{chance:.2g}", "**DIFFERENT**" if chance < significance else "same"]


def row(entry, significance):
    """Returns a line of the Markdown table."""
    name, key, pair, logs, chance = entry
    mean, error, _ = paired(logs)
    if pair:
        shift, deviation, _ = paired([a - b for a, b in zip(pair["sorted"], pair["shuffled"])])
        values = [f"{statistics.mean(pair[order]):.4g}" for order in ORDERS] + [f"{shift:+.3g} ± {deviation:.2g}"]
    else:
        values = ["", "", ""]
    epochs, batch = key.split("/") if pair else (key, key)
    ratio = f"{math.exp(mean):.3f} (× or ÷ {math.exp(error):.3f})"
    return "| " + " | ".join([name, epochs, batch] + values + [ratio] + verdict(chance, significance)) + " |"


HEAD = ["| table | epochs | mini_batch_size | sorted | shuffled | difference ± standard error | ratio, geometric mean "
        "| chance (Holm) | verdict |", "|---|---|---|---|---|---|---|---|---|"]


def summary(results, significance):
    """Returns a summary of all tests."""
    entries = comparisons(results)
    tested = [entry[4] for entry in entries if entry[4] is not None]
    different = sum(chance < significance for chance in tested)
    pairs = sum(len(entry[3]) for entry in entries if entry[2])
    worst = max((entry for entry in entries if entry[2]), key=lambda entry: statistics.mean(entry[3]))
    ratio = math.exp(statistics.mean(entries[-1][3]))
    return (f"{different} of {len(tested)} tests ({pairs} pairs, {len(results)} tables) differ beyond chance "
            f"({significance:g} for the suite). Sorted copies have {ratio:.3f} times the loss of shuffled ones; most "
            f"at {worst[0]}, {worst[1].replace('/', ' epochs, mini_batch_size ')}: "
            f"{math.exp(statistics.mean(worst[3])):.2f} times.")


def markdown(results, significance=SIGNIFICANCE):
    return HEAD + [row(entry, significance) for entry in comparisons(results)] + ["", summary(results, significance)]


def passed(results, significance):
    return all(chance is None or chance >= significance for *_, chance in comparisons(results))


def file_of(side):
    return f"{HERE}/order-{side}.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true", help="seconds, on the tables of Spool/samples")
    parser.add_argument("--side", choices=("before", "after"), help="which file the results go to")
    parser.add_argument("--binary", default=DEFAULT_BINARY, help="the deepspool to train with (default: %(default)s)")
    parser.add_argument("--commit", default="unknown", help="the commit that the binary was built from, for the record")
    parser.add_argument("--print", action="store_true", help="trains nothing")
    parser.add_argument("--tables", nargs="*", default=SUITE, help="default: %(default)s")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="pairs per combination (default: %(default)s)")
    parser.add_argument("--rows", type=int, default=TRAINING_ROWS, help="maximum number of training rows (default: %(default)s)")
    parser.add_argument("--jobs", type=int, help="runs at a time (default: 1; --short: one per core)")
    choice = parser.parse_args()
    if choice.short:
        kept = KeptRuns(choice.binary, keeps=False)
        results = measured(kept, SHORT, SHORT_EPOCHS, SHORT_SEEDS, choice.jobs or os.cpu_count())
        if not passed(results, SHORT_SIGNIFICANCE):
            print("\n".join(markdown(results, SHORT_SIGNIFICANCE)))
            sys.exit("error: models trained on sorted rows differ beyond chance from models trained on the same rows "
                     "shuffled; each epoch has to visit the rows in a new random order")
        print(summary(results, SHORT_SIGNIFICANCE))
        return
    if choice.print:
        with open(file_of(choice.side)) as file:
            results = json.load(file)["tables"]
    else:
        kept = KeptRuns(choice.binary)
        results = measured(kept, choice.tables, EPOCHS, choice.seeds, choice.jobs or 1, choice.rows)
        if choice.side:
            write_tables(file_of(choice.side), dict(commit=choice.commit, sha256=kept.digest), results)
    print("\n".join(markdown(results)))
    sys.exit(0 if passed(results, SIGNIFICANCE) else 1)


if __name__ == "__main__":
    main()
