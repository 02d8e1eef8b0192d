#!/usr/bin/env python3
"""Makes the first corpus of each fuzzed reader and the words that libFuzzer may use: run once, or after a new format.

    python3 seeds.py        (after `swift build -c release`)

Seeds are the table files of Tests/Support/tables, the job files of Spool/samples and of the golden cases, and small
models of several kinds, trained here. What is in corpus/ already stays.
"""
import base64, glob, json, os, re, subprocess, tempfile, zipfile

import fuzz

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../..")
DEEPSPOOL = f"{ROOT}/.build/release/deepspool"
TABLE = "a,b,c,y,d\n" + "".join(f"{i % 7},{'rst'[i % 3]},{'' if i % 5 == 0 else i / 3},{'no yes maybe'.split()[i % 3]},{i / 50}\n"
                              for i in range(30))
# Few inputs and units: a fuzzer wants small files.
MODELS = {
    "multinomial": dict(response_column="y", hidden=[2], epochs=1),
    "regression": dict(response_column="c", hidden=[2, 2], epochs=1, activation="Maxout"),
    "dropout": dict(response_column="y", hidden=[2], epochs=1, activation="TanhWithDropout", adaptive_rate=False),
    "autoencoder": dict(autoencoder=True, hidden=[1], epochs=1, ignored_columns=["y"]),
    "hashed": dict(response_column="y", hidden=[1], epochs=1, max_categorical_features=3),
    "binary": dict(response_column="y", hidden=[1], epochs=1, categorical_encoding="Binary"),
    "label": dict(response_column="y", hidden=[1], epochs=1, categorical_encoding="LabelEncoder"),
    "poisson": dict(response_column="a", hidden=[1], epochs=1, distribution="poisson", offset_column="d"),
}


def tables():
    """Files by reader, from the table cases."""
    seeds = dict(csv={}, svmlight={}, arff={})
    for case in json.load(open(f"{ROOT}/Tests/Support/tables/cases.json")):
        content = base64.b64decode(case["base64"]) if case.get("base64") else case["text"].encode()
        reader = "arff" if b"@" in content[:200] else "svmlight" if re.match(rb"\S+ (qid:)?\d+:", content) else "csv"
        seeds[reader][re.sub(r"\W+", "-", case["name"])] = content
    return seeds


def jobs():
    paths = glob.glob(f"{ROOT}/Spool/samples/*.yaml") + glob.glob(f"{ROOT}/Config/*.yaml")
    seeds = {os.path.basename(path): open(path, "rb").read() for path in paths}
    seeds["grid"] = (b"training_frame: a.csv\nresponse_column: y\ngrid:\n  hyper_params:\n    hidden: [[5], [5, 5]]\n"
                     b"  search_criteria: {strategy: RandomDiscrete, max_models: 3}\n")
    seeds["job"] = b"training_frame: [a.csv, b]\njob: {priority: 3, after: [x], not_before: 2026-01-01T00:00:00Z}\n"
    seeds["json"] = b'{"training_frame": "a.csv", "autoencoder": true, "hidden": [3, 2], "rate": 1e-3}'
    seeds["predict"] = b"kind: predict\nmodel: x.zip\nframe: t.csv\n"
    return seeds


def models():
    """Native models as header, zero, payload, and MOJOs as lines of a zero and a name with the content after it."""
    seeds = dict(model={}, mojo={})
    with tempfile.TemporaryDirectory() as folder:
        open(f"{folder}/t.csv", "w").write(TABLE)
        for name, settings in MODELS.items():
            job = dict(training_frame=f"{folder}/t.csv", seed=1, exports=["mojo"], reproducible=True)
            job |= settings
            if "offset_column" in job or name in ("hashed", "binary", "label"):
                job.pop("exports")
            open(f"{folder}/job.yaml", "w").write(json.dumps(job))
            result = f"{folder}/{name}"
            subprocess.run([DEEPSPOOL, "run", f"{folder}/job.yaml", "--output", result], check=True,
                           capture_output=True)
            content = open(f"{result}/model/model.deepspool", "rb").read()
            length = int.from_bytes(content[12:16], "little")
            seeds["model"][name] = content[16:16 + length] + b"\0" + content[16 + length:-8]
            if name == "autoencoder":
                seeds["model"]["sealed"] = content
            for path in glob.glob(f"{result}/**/*.zip", recursive=True):
                archive = zipfile.ZipFile(path)
                seeds["mojo"][name] = b"".join(b"\0" + entry.encode() + b"\n" + archive.read(entry)
                                               for entry in archive.namelist())
                if name == "multinomial":
                    seeds["mojo"]["zip"] = open(path, "rb").read()
    return seeds


def words():
    """Dictionaries of libFuzzer, by reader."""
    keys = re.findall(r"^### ([\w.]+)", open(f"{ROOT}/docs/usage/parameters.md").read(), re.M)
    return dict(
        csv=['","', '";"', '"\\x09"', '"|"', '"\\""', '"\\x0d\\x0a"', '"NA"', '"1e308"', '"-0"', '"2024-02-29"',
             '"\\xef\\xbb\\xbf"', '"12:30"', '"1f8b"', '"\\xff"', '"true"'],
        svmlight=['":"', '" "', '"qid:"', '"#"', '"4294967295:1"', '"1:1e300"', '"\\x0a"', '"nan"', '"0:"'],
        arff=['"@relation"', '"@attribute"', '"@data"', '"numeric"', '"{a,b}"', '"date"', '"string"', '"\\x0a"', '"%"',
              '"{0 1, 2 3}"', '"?"', '"yyyy-MM-dd"', '"\'"'],
        job=[f'"{key.split(".")[-1]}: "' for key in sorted(set(keys))] + ['"*a"', '"&a"', '"[["', '"{"', '"- "', '"\\x0a  "'],
        model=['"hidden"', '"-1"', '"1e999"', '"null"', '"18446744073709551615"', '"[]"', '"\\x00"'],
        mojo=['"[info]\\x0a"', '"[columns]\\x0a"', '"[domains]\\x0a"', '" = "', '"-1"', '"1e999"', '"4294967296"', '"\\x00"',
              '"nums"', '"cats"', '"cat_offsets"'])


def main():
    os.makedirs(f"{HERE}/words", exist_ok=True)
    for reader, entries in (tables() | dict(job=jobs()) | models()).items():
        path = f"{HERE}/corpus/{reader}.zip"
        known = {}
        if os.path.exists(path):
            archive = zipfile.ZipFile(path)
            known = {name: archive.read(name) for name in archive.namelist()}
        fuzz.pack(path, known | entries)
        print(reader, len(entries), "seeds")
    for reader, lines in words().items():
        open(f"{HERE}/words/{reader}.txt", "w").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
