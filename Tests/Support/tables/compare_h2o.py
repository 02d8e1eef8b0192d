"""Asks H2O what it reads from the valid files of cases.json, and writes the answers to h2o.json.

    python3 Tests/Support/tables/compare_h2o.py        (needs `pip install h2o pyyaml`, Java)

The answer for a case is "same", or H2O's content as `name:type=values` with - for missing values. Cases with keys
or formats that H2O does not support are skipped.
"""

import base64, json, math, os, pathlib, tempfile
import h2o, yaml

HERE = pathlib.Path(__file__).resolve().parent
KNOWN = {"header", "separator", "na_strings", "column_types", "column_names"}
ENDINGS = {"gz": ".csv.gz", "zip": ".csv.zip"}


def read(case, folder):
    job = yaml.safe_load(case["job"] or "{}") or {}
    if set(job) - KNOWN:
        return None
    data = base64.b64decode(case["base64"]) if "base64" in case else case["text"].encode()
    ending = ENDINGS.get(case.get("packed"), ".csv")
    if case.get("packed") in ("bz2", "xz", "zst"):
        return None
    text = data if "packed" not in case else b""
    if text.lstrip().lower().startswith((b"@relation", b"%")):
        ending = ".arff"
    elif case["table"].startswith("C1:") and b":" in text:
        ending = ".svm"
    path = os.path.join(folder, f"t{case['name']}{ending}")
    pathlib.Path(path).write_bytes(data)
    options = {}
    if "header" in job:
        options["header"] = 1 if job["header"] else -1
    if "separator" in job:
        options["sep"] = {"tab": "\t", "space": " "}.get(job["separator"], job["separator"])
    if "na_strings" in job:
        options["na_strings"] = [str(s) for s in job["na_strings"]]
    if "column_names" in job:
        options["col_names"] = job["column_names"]
    if "column_types" in job:
        options["col_types"] = {k: {"int": "real"}.get(v, v) for k, v in job["column_types"].items()}
    frame = h2o.import_file(path, **options)
    columns = []
    for name in frame.columns:
        kind = frame.types[name]
        values = [value(v, kind) for v in frame[name].as_data_frame(use_pandas=False, header=False)]
        columns.append(f"{name}:{kind}=" + ",".join(values))
    h2o.remove(frame.frame_id)
    return " ".join(columns)


def value(row, kind):
    text = row[0] if row else ""
    if text == "":
        return "-"
    if kind in ("int", "real", "time"):
        number = float(text)
        return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
    return text


def normalised(table):
    """Treats all-missing and integer-valued real columns as int, so that numbers are compared as numbers."""
    parts = []
    for column in table.split(" ") if table.count(":") == 1 else split(table):
        head, values = column.split("=", 1)
        name, kind = head.rsplit(":", 1)
        if kind in ("int", "real"):
            numbers = [math.nan if v == "-" else float(v) for v in values.split(",")]
            parts.append((name, "number", [None if math.isnan(n) else n for n in numbers]))
        else:
            parts.append((name, kind, values))
    return parts


def split(table):
    import re
    starts = [m.start() for m in re.finditer(r"(?:^|(?<= ))[^ ][^=]*?:(?:int|real|enum|string|time|uuid)=", table)]
    return [table[a:b].rstrip(" ") if b < len(table) else table[a:b] for a, b in zip(starts, starts[1:] + [len(table)])]


def main():
    cases = [c for c in json.loads((HERE / "cases.json").read_text()) if "table" in c]
    h2o.init(nthreads=1, max_mem_size="2g", port=54600, verbose=False)
    h2o.no_progress()
    answers = {}
    with tempfile.TemporaryDirectory(prefix="tables") as folder:
        for case in cases:
            try:
                theirs = read(case, folder)
            except Exception as error:
                theirs = f"error: {type(error).__name__}"
            if theirs is None:
                continue
            try:
                same = normalised(theirs) == normalised(case["table"])
            except ValueError:
                same = False
            if not same and theirs.replace(":string=", ":enum=") == case["table"]:
                # In short files every word occurs once. H2O reads it as text; deepspool does from 200 rows on.
                theirs = "same, but string"
            answers[case["name"]] = "same" if same else theirs
    h2o.cluster().shutdown()
    (HERE / "h2o.json").write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n")
    same = sum(a == "same" for a in answers.values())
    strings = sum(a == "same, but string" for a in answers.values())
    print(f"{len(answers)} files: {same} agree, {strings} more agree except for enum or string")


if __name__ == "__main__":
    main()
