#!/usr/bin/env python3
"""Measures RealMLP-TD-S and LightGBM with their defaults on the public tables (see public_tables.py), with one thread.

    python3 peers.py [--sides realmlp,lightgbm] [--tables A,B] [--splits 1,2,3] [--output peers.json]

Needs the packages pytabkit (with torch) and lightgbm. The measures are those of preset.py: error rate and log loss, or
root mean squared error over the standard deviation of the test part; the seconds are those of the processor for the
training. RealMLP has missing numbers filled with the median of the training part. Results go to the output file after
each training, so that an interrupted run keeps what it has.
"""
import argparse, json, math, os, statistics, time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy, pandas

import public_tables
from runs import HERE


def frames(name, split):
    """Returns inputs and responses of both parts, with words as categories of the training part."""
    train, test = (pandas.read_csv(path, keep_default_na=False, na_values=[""])
                   for path in public_tables.parts(name, split))
    response = public_tables.response(name)
    inputs = [part.drop(columns=[response]) for part in (train, test)]
    for title in inputs[0].columns:
        if pandas.api.types.is_numeric_dtype(inputs[0][title]):
            continue
        # Dates become days, as in the jobs.
        days = pandas.to_datetime(inputs[0][title], format="%Y-%m-%d", errors="coerce")
        if days.notna().any():
            for part in inputs:
                part[title] = (pandas.to_datetime(part[title]) - pandas.Timestamp("1970-01-01")).dt.days
            continue
        levels = inputs[0][title].dropna().unique()
        for part in inputs:
            part[title] = pandas.Categorical(part[title], categories=levels)
    return inputs, [part[response] for part in (train, test)]


def realmlp(is_classes, split, inputs):
    from pytabkit import RealMLP_TD_S_Classifier, RealMLP_TD_S_Regressor
    medians = inputs[0].median(numeric_only=True)
    inputs = [part.fillna(medians) for part in inputs]
    words = [title for title in inputs[0].columns if isinstance(inputs[0][title].dtype, pandas.CategoricalDtype)]
    make = RealMLP_TD_S_Classifier if is_classes else RealMLP_TD_S_Regressor
    model = make(device="cpu", random_state=split, n_threads=1, n_cv=1, val_fraction=0.2)
    return model, inputs, {"cat_col_names": words}


def lightgbm(is_classes, split, inputs):
    from lightgbm import LGBMClassifier, LGBMRegressor
    return (LGBMClassifier if is_classes else LGBMRegressor)(random_state=split, n_jobs=1, verbose=-1), inputs, {}


SIDES = {"realmlp": realmlp, "lightgbm": lightgbm}


def run(side, name, split):
    """Trains on one split; returns the measures of its test part, with the seconds of the training."""
    inputs, (known, actual) = frames(name, split)
    is_classes = public_tables.is_classes(name)
    if is_classes:
        known, actual = known.astype(str), actual.astype(str)
    model, inputs, options = SIDES[side](is_classes, split, inputs)
    start = time.process_time()
    model.fit(inputs[0], known, **options)
    seconds = time.process_time() - start
    if not is_classes:
        error = math.sqrt(numpy.mean((numpy.ravel(model.predict(inputs[1])) - actual) ** 2))
        return {"error": error / statistics.pstdev(actual), "processor_seconds": round(seconds, 2)}
    probabilities = model.predict_proba(inputs[1])
    places = {level: index for index, level in enumerate(model.classes_)}
    found = probabilities.argmax(axis=1)
    wrong = numpy.mean([model.classes_[index] != level for index, level in zip(found, actual)])
    losses = [-math.log(max(1e-15, row[places[level]])) for row, level in zip(probabilities, actual)]
    return {"error": float(wrong), "logloss": statistics.fmean(losses), "processor_seconds": round(seconds, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sides", default=",".join(SIDES))
    parser.add_argument("--tables", default="")
    parser.add_argument("--splits", default="1,2,3")
    parser.add_argument("--output", default=f"{HERE}/peers.json")
    given = parser.parse_args()
    results = json.load(open(given.output)) if os.path.exists(given.output) else {}
    for name in given.tables.split(",") if given.tables else public_tables.available():
        for split in (int(text) for text in given.splits.split(",")):
            for side in given.sides.split(","):
                runs = results.setdefault(name, {}).setdefault(side, [])
                if any(each["split"] == split for each in runs):
                    continue
                runs.append({"split": split} | run(side, name, split))
                print(name, side, runs[-1], flush=True)
                with open(f"{given.output}.part", "w") as file:
                    json.dump(results, file, indent=1)
                os.replace(f"{given.output}.part", given.output)


if __name__ == "__main__":
    main()
