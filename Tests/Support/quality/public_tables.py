#!/usr/bin/env python3
"""Public tables of about 800 to 54,000 rows from Debian packages of R data. R itself is not needed.

    python3 public_tables.py [TABLE...]    writes the tables into the cache and prints a description

The script fetches the packages with `apt-get download` (run `apt-get update` first) and unpacks them into the cache,
`.build-quality` or $DEEPSPOOL_QUALITY_CACHE. It installs nothing. Two tables come from elsewhere: `adult` from
`../shared/data/adult`, and `housing` (California, 1990) from `datasets/housing/housing.csv` of
github.com/ageron/handson-ml2. Put that file into the cache as `downloads/housing.csv`, or name it in
$DEEPSPOOL_HOUSING; without it the table is skipped.

Missing values are empty fields; dates are written as 2001-01-22. Larger tables are sampled down to 12,000 rows, always
the same ones. Each table has three random splits with 70 % training rows and 30 % test rows.
"""
import csv, datetime, glob, os, random, subprocess, sys

import rdata
from runs import CACHE, ROOT, checked

LARGEST, SPLITS, TRAINING_SHARE = 12000, (1, 2, 3), 0.7
ADULT = ("age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain "
         "capital-loss hours-per-week native-country income").split()
CLASSES, NUMBER = "classes", "number"
# Name: (R package or None, object in it, response, kind of response, columns that are not inputs).
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
    """Returns the settings of a job besides its tables and seed; all others are default."""
    return dict(response_column=response(name)) | (
        dict(column_types={response(name): "enum"}) if is_classes(name) else {})


def package_folder(package):
    """Returns the data folder of an R package, which is fetched from Debian if it is missing."""
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
    """Returns the fields of a column of a data frame."""
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
    """Returns header and rows of a table from its source."""
    package, member, _, _, unused = TABLES[name]
    if package is None:
        return {"adult": adult_rows, "housing": housing_rows}[name]()
    frame = rdata.tables(package_folder(package), member)[member]
    columns = [(title, column(vector)) for title, vector in zip(frame.attributes["names"], frame)
               if title not in unused]
    return [title for title, _ in columns], [list(row) for row in zip(*(fields for _, fields in columns))]


def read(path):
    """Returns header and rows of a table in the cache."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def write(path, header, rows):
    """Writes a file atomically, so that an interrupted script leaves no partial table in the cache."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.part", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)
    os.replace(f"{path}.part", path)
    return path


def table(name):
    """Returns the path of a table, without rows that lack a response and sampled down to 12,000 rows."""
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
    """Returns the paths of the training and test parts of a split (1, 2 or 3)."""
    paths = [f"{CACHE}/splits/{name}-{split}-{part}.csv" for part in ("train", "test")]
    if not all(map(os.path.exists, paths)):
        header, rows = read(table(name))
        random.Random(f"split {split} of {name}").shuffle(rows)
        cut = round(len(rows) * TRAINING_SHARE)
        write(paths[0], header, rows[:cut])
        write(paths[1], header, rows[cut:])
    return paths


def available():
    """Returns the tables whose sources are available, in the order of the catalogue."""
    missing = set()
    if not os.path.exists(f"{CACHE}/tables/adult.csv") and not os.path.isdir(f"{ROOT}/../shared/data/adult"):
        missing.add("adult")
    if not os.path.exists(f"{CACHE}/tables/housing.csv") and not os.path.exists(
            os.environ.get("DEEPSPOOL_HOUSING", f"{CACHE}/downloads/housing.csv")):
        missing.add("housing")
    return [name for name in TABLES if name not in missing]


def description(name):
    """Returns a line of the Markdown list of tables."""
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
        print(f"'{absent}' is skipped, because its source is missing; see the head of this script", file=sys.stderr)
