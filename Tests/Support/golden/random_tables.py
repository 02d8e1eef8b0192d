#!/usr/bin/env python3
"""Draws realistic tables without declared column types, and compares as `random_cases.py` does.

    python3 random_tables.py COUNT [FIRST]      (needs `pip install h2o pandas numpy`, Java 17, and `make build`)
    python3 random_tables.py keep NUMBER...     stores cases as cases/untyped_NUMBER.json.gz for `GoldenCasesTests`

The tables have markers for missing values, quoted numbers, levels that are mostly numbers, dates, texts, blanks around
fields, three separators and two line ends. With more than 400 different scores, and if few of many validation rows are
drawn, H2O's numbers depend on the number of its cores, so such cases sometimes differ.
"""
import csv, json, tempfile

import numpy as np, pandas as pd
import make_cases, random_cases
from make_cases import BASE, AE, DL, add_responses, h2o, outcome

RESPONSES = ["y2", "y3", "yr", "yc", "yp", "w", "w01", "o", "f"]


def column(random, kind, n):
    z = random.normal(size=n)
    day = pd.Timestamp("2020-01-01")
    if kind == "real":
        return z.round(3)
    if kind == "int":
        return random.integers(-5, 100, n)
    if kind == "exponent":
        return [f"{v:.{random.integers(1, 9)}e}" for v in z * 10. ** random.integers(-12, 12)]
    if kind == "words":
        return random.choice(["a", "B", "c d", "é", "a,b", 'q"q', "TRUE"], n)
    if kind == "many":
        return [f"v{v}" for v in random.integers(0, random.choice([30, 300]), n)]
    if kind == "rare word":
        return random.choice(["1", "2", "3", "x"], n, p=[.4, .3, .29, .01])
    if kind == "date":
        return (day + pd.to_timedelta(random.integers(0, 2000, n), unit="D")).strftime("%Y-%m-%d")
    if kind == "time":
        return (day + pd.to_timedelta(random.integers(0, 200000, n), unit="min")).strftime("%Y-%m-%d %H:%M:%S")
    if kind == "constant":
        return ["k"] * n
    if kind == "text":
        return [f"id{row}x" for row in range(n)]
    if kind == "zeros":
        return np.where(random.uniform(size=n) < .9, 0, z.round(2))
    if kind == "marks":
        return ["?" if random.uniform() < .03 else str(v) for v in z.round(2)]
    return [f" {v:.2f} " for v in z]  # padded


def table(random):
    """Returns a table and the names of its predictors."""
    n = int(random.choice([40, 200, 900]))
    d = pd.DataFrame(index=range(n))
    kinds = ["real", "int", "exponent", "words", "many", "rare word", "date", "time", "constant", "text", "zeros", "marks",
             "padded"]
    for index in range(int(random.integers(2, 8))):
        kind = str(random.choice(kinds))
        name = f"{kind} {index}"
        d[name] = column(random, kind, n)
        if random.uniform() < .25:
            d[name] = d[name].astype(object)
            d.loc[random.uniform(size=n) < .05, name] = random.choice(["", "NA"])
    predictors = list(d.columns)
    helper = pd.DataFrame(dict(n3=random.normal(size=n)))
    add_responses(helper, helper.n3 * .5, 0, random)
    d[RESPONSES] = helper[RESPONSES]
    return (d[list(random.permutation(d.columns))] if random.uniform() < .3 else d), predictors


def draw(random):
    response, parameters = random_cases.draw(random)
    for key in ("ignored_columns", "categorical_encoding"):
        parameters.pop(key, None)
    if parameters.get("weights_column") == "one":
        parameters["weights_column"] = "w"
    return response, parameters


def run(number, keeps):
    random = np.random.default_rng(10**6 + number)
    folder = tempfile.mkdtemp(prefix=f"untyped-{number}-")
    d, predictors = table(random)
    response, parameters = draw(random)
    style = dict(sep=str(random.choice([",", ";", "\t"])), lineterminator=str(random.choice(["\n", "\r\n"])),
                 quoting=int(random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])))
    for name, part in (("train", d.iloc[:len(d) * 4 // 5]), ("test", d.iloc[len(d) * 4 // 5:])):
        part.to_csv(f"{folder}/{name}.csv", index=False, **style)
    roles = [response] + [parameters.get(key) for key in ("weights_column", "offset_column", "fold_column")]
    job = dict(training_frame="train.csv", compatibility="h2o-3.46", ignored_columns=[
        name for name in d.columns if name not in predictors and name not in roles]) | BASE | parameters
    validates = response is not None and (not parameters.get("nfolds") or random.uniform() < .5)
    if validates:
        job["validation_frame"] = "test.csv"
    job |= dict(response_column=response) if response else dict(autoencoder=True)
    json.dump(job, open(f"{folder}/job.yaml", "w"), indent=1)
    refusal = random_cases.run_deepspool(["run", f"{folder}/job.yaml", "--output", f"{folder}/result"])
    try:
        training, test = h2o.import_file(f"{folder}/train.csv"), h2o.import_file(f"{folder}/test.csv")
        settings = BASE | parameters
        activation = settings.pop("activation")
        model = (DL if response else AE)(**settings)
        model._parms["activation"] = activation
        targets = dict(y=response, validation_frame=test if validates else None) if response else {}
        model.train(x=predictors, training_frame=training, **targets)
        golden = outcome(model, response, parameters, test)
    except Exception as error:
        return folder, random_cases.refused_by_h2o(error, refusal)
    finally:
        h2o.remove_all()
    return folder, random_cases.verdict(folder, golden, refusal, lambda: keep(number, folder, job, golden) if keeps else None)


def keep(number, folder, job, golden):
    files = {name: open(f"{folder}/{name}", newline="").read() for name in ("train.csv", "test.csv")}
    make_cases.keep(f"untyped_{number}", [job], files, golden)


if __name__ == "__main__":
    random_cases.main(run, port=54751)
