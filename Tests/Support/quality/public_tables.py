#!/usr/bin/env python3
"""Public tables of some 800 to 54,000 rows, from Debian's packages of R's data. R itself is not needed.

    python3 public_tables.py [TABLE...]    makes the tables in the cache and prints what they are

The packages are fetched with `apt-get download` (run `apt-get update` once before) and unpacked into the cache,
`.build-quality` or $DEEPSPOOL_QUALITY_CACHE. Nothing is installed. Two tables come from elsewhere: `adult` from
`../shared/data/adult`; `housing` (California, 1990) from `datasets/housing/housing.csv` of
github.com/ageron/handson-ml2: put it into the cache as `downloads/housing.csv`, or name it in $DEEPSPOOL_HOUSING;
without it that table is left out.

A missing value is an empty field, a date is written as 2001-01-22. Tables of more than 12,000 rows are drawn down to
12,000, the same for all. Three splits deal the rows anew: 70 % to learn from, 30 % to be measured on.
"""
import csv, datetime, glob, os, random, subprocess, sys

import rdata
from runs import CACHE, ROOT, checked

LARGEST, SPLITS, TRAINING_SHARE = 12000, (1, 2, 3), 0.7
ADULT = ("age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain "
         "capital-loss hours-per-week native-country income").split()
CLASSES, NUMBER = "classes", "number"
# Name: (R package or None, object in it, response, what the response is, columns that are no inputs).
TABLES = {
    "spam": ("kernlab", "spam", "type", CLASSES, ()),
    "Satellite": ("mlbench", "Satellite", "classes", CLASSES, ()),
    "DNA": ("mlbench", "DNA", "Class", CLASSES, ()),
    "LetterRecognition": ("mlbench", "LetterRecognition", "lettr", CLASSES, ()),
    "Vehicle": ("mlbench", "Vehicle", "Class", CLASSES, ()),
    "Vowel": ("mlbench", "Vowel", "Class", CLASSES, ()),
    "attrition": ("modeldata", "attrition", "Attrition", CLASSES, ()),
    "credit_data": ("modeldata", "credit_data", "Status", CLASSES, ()),
    "mlc_churn": ("modeldata", "mlc_churn", "churn", CLASSES, ()),
    "cells": ("modeldata", "cells", "class", CLASSES, ("case",)),
    "hpc_data": ("modeldata", "hpc_data", "class", CLASSES, ()),
    "stackoverflow": ("modeldata", "stackoverflow", "Remote", CLASSES, ()),
    "lending_club": ("modeldata", "lending_club", "Class", CLASSES, ()),
    "adult": (None, None, "income", CLASSES, ()),
    "diamonds": ("ggplot2", "diamonds", "price", NUMBER, ()),
    "housing": (None, None, "median_house_value", NUMBER, ()),
    "ames": ("modeldata", "ames", "Sale_Price", NUMBER, ()),
    "concrete": ("modeldata", "concrete", "compressive_strength", NUMBER, ()),
    "CPS1988": ("AER", "CPS1988", "wage", NUMBER, ()),
    "Sacramento": ("modeldata", "Sacramento", "price", NUMBER, ()),
    "car_prices": ("modeldata", "car_prices", "Price", NUMBER, ()),
    "Chicago": ("modeldata", "Chicago", "ridership", NUMBER, ()),
}


def response(name):
    return TABLES[name][2]


def is_classes(name):
    return TABLES[name][3] == CLASSES


def settings(name):
    """What a job says beside its tables and its seed; all else is default."""
    return dict(response_column=response(name)) | (
        dict(column_types={response(name): "enum"}) if is_classes(name) else {})


def package_folder(package):
    """The data folder of an R package, fetched from Debian where it is not there yet."""
    folder = f"{CACHE}/packages"
    data = f"{folder}/usr/lib/R/site-library/{package}/data"
    if not os.path.isdir(data):
        os.makedirs(folder, exist_ok=True)
        print(f"fetching Debian's r-cran-{package.lower()}", file=sys.stderr)
        done = subprocess.run(["apt-get", "download", "-q", f"r-cran-{package.lower()}"], cwd=folder,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"cannot fetch r-cran-{package.lower()}; run 'apt-get update' first\n{done.stderr}")
        checked(["dpkg-deb", "-x", glob.glob(f"{folder}/r-cran-{package.lower()}_*.deb")[0], folder])
    return data


def text(value):
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def column(vector):
    """The fields of one column of a data frame."""
    levels, kinds = vector.attributes.get("levels"), vector.attributes.get("class", [])
    if levels:
        return ["" if code is None else levels[code - 1] or "" for code in vector]
    if "Date" in kinds:
        first = datetime.date(1970, 1, 1)
        return ["" if day is None else str(first + datetime.timedelta(days=int(day))) for day in vector]
    return [text(value) for value in vector]


def adult_rows():
    rows = []
    for part in ("train", "test"):
        with open(f"{ROOT}/../shared/data/adult/adult-{part}.csv", newline="") as file:
            rows += [[field.rstrip(".") for field in row] for row in csv.reader(file, skipinitialspace=True)
                     if len(row) == len(ADULT)]
    return ADULT, [["" if field == "?" else field for field in row] for row in rows]


def housing_rows():
    path = os.environ.get("DEEPSPOOL_HOUSING", f"{CACHE}/downloads/housing.csv")
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def source_rows(name):
    """Header and rows of a table as its source has it."""
    package, member, _, _, unused = TABLES[name]
    if package is None:
        return {"adult": adult_rows, "housing": housing_rows}[name]()
    frame = rdata.tables(package_folder(package), member)[member]
    columns = [(title, column(vector)) for title, vector in zip(frame.attributes["names"], frame)
               if title not in unused]
    return [title for title, _ in columns], [list(row) for row in zip(*(fields for _, fields in columns))]


def read(path):
    """Header and rows of a table in the cache."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def write(path, header, rows):
    """A whole file or none: an interrupted script leaves no half table in the cache."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.part", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)
    os.replace(f"{path}.part", path)
    return path


def table(name):
    """The path of a table, rows without a response left out, drawn down to 12,000 rows where it has more."""
    path = f"{CACHE}/tables/{name}.csv"
    if not os.path.exists(path):
        header, rows = source_rows(name)
        known = header.index(response(name))
        rows = [row for row in rows if row[known] != ""]
        if len(rows) > LARGEST:
            rows = random.Random(f"rows of {name}").sample(rows, LARGEST)
        write(path, header, rows)
    return path


def parts(name, split):
    """The paths of the training and the test part of a split (1, 2 or 3)."""
    paths = [f"{CACHE}/splits/{name}-{split}-{part}.csv" for part in ("train", "test")]
    if not all(map(os.path.exists, paths)):
        header, rows = read(table(name))
        random.Random(f"split {split} of {name}").shuffle(rows)
        cut = round(len(rows) * TRAINING_SHARE)
        write(paths[0], header, rows[:cut])
        write(paths[1], header, rows[cut:])
    return paths


def available():
    """The tables that can be made here, in the order of the catalogue."""
    missing = set()
    if not os.path.exists(f"{CACHE}/tables/adult.csv") and not os.path.isdir(f"{ROOT}/../shared/data/adult"):
        missing.add("adult")
    if not os.path.exists(f"{CACHE}/tables/housing.csv") and not os.path.exists(
            os.environ.get("DEEPSPOOL_HOUSING", f"{CACHE}/downloads/housing.csv")):
        missing.add("housing")
    return [name for name in TABLES if name not in missing]


def description(name):
    """A line of the Markdown table of the tables."""
    header, rows = read(table(name))
    values = [row[header.index(response(name))] for row in rows]
    task = f"{len(set(values))} classes" if is_classes(name) else "regression"
    gaps = sum(field == "" for row in rows for field in row)
    words = sum(any(not is_number(row[i]) for row in rows) for i, title in enumerate(header) if title != response(name))
    package = TABLES[name][0]
    source = f"r-cran-{package.lower()}" if package else {"adult": "UCI adult", "housing": "handson-ml2"}[name]
    return (f"| {name} | {source} | {response(name)} | {task} | {len(rows):,} | {len(header) - 1} | {words} "
            f"| {gaps / len(rows) / len(header):.1%} |")


def is_number(field):
    try:
        return field == "" or float(field) is not None
    except ValueError:
        return False


def descriptions(names):
    return ["| table | source | response | task | rows used | inputs | of them words or dates | fields missing |",
            "|---|---|---|---|---|---|---|---|"] + [description(name) for name in names]


if __name__ == "__main__":
    chosen = sys.argv[1:] or available()
    for each in chosen:
        for number in SPLITS:
            parts(each, number)
    print("\n".join(descriptions(chosen)))
    for absent in set(TABLES) - set(available()):
        print(f"'{absent}' is left out: its source is not here; see the head of this script", file=sys.stderr)
