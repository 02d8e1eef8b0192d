#!/usr/bin/env python3
"""Creates the initial corpus and the libFuzzer dictionary of each reader. Run it once, and after a change of format.

    python3 seeds.py        (after `swift build -c release`)
    python3 seeds.py hand   (only seeds that need no training)

Seeds are the table files of Tests/Support/tables, the job files of Spool/samples and of the golden cases, and small
models of several kinds, trained here. Existing entries of corpus/ are kept.
"""
import base64, glob, io, itertools, json, os, re, struct, subprocess, sys, tempfile, zipfile

import fuzz

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../..")
DEEPSPOOL = f"{ROOT}/.build/release/deepspool"
TABLE = "a,b,c,y,d\n" + "".join(f"{i % 7},{'rst'[i % 3]},{'' if i % 5 == 0 else i / 3},{'no yes maybe'.split()[i % 3]},{i / 50}\n"
                              for i in range(30))
# Few inputs and units, because fuzzing needs small files.
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
    """Returns files by reader, from the table cases."""
    seeds = dict(csv={}, svmlight={}, arff={})
    for case in json.load(open(f"{ROOT}/Tests/Support/tables/cases.json")):
        content = base64.b64decode(case["base64"]) if case.get("base64") else case["text"].encode()
        reader = "arff" if b"@" in content[:200] else "svmlight" if re.match(rb"\S+ (qid:)?\d+:", content) else "csv"
        seeds[reader][re.sub(r"\W+", "-", case["name"])] = content
    return seeds


def workbooks():
    """Returns workbooks as entries of zero byte, name, newline, content: whole ones, and one with a value replaced."""
    folder = f"{ROOT}/Tests/Support/workbooks"
    seeds = {}
    for path in glob.glob(f"{folder}/*.xls[xm]"):
        archive = zipfile.ZipFile(path)
        parts = {name: archive.read(name) for name in archive.namelist()
                 if re.search(r"workbook|book|rels$|sheet|strings|words|styles|s1|Types", name, re.I)}
        name = os.path.basename(path)
        seeds[name] = b"".join(b"\0" + part.encode() + b"\n" + content for part, content in parts.items())
        if name == "handmade.xlsm":
            for place, match in enumerate(re.finditer(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>\0\n]+(?=<)', seeds[name])):
                for number, extreme in enumerate([b"", b"-1", b"9999999999", b"XFD1048576", b"1e308"]):
                    if (place + number) % 3 == 0:
                        seeds[f"{place}-{number}"] = seeds[name][:match.start()] + extreme + seeds[name][match.end():]
    return {name: content for name, content in seeds.items() if len(content) <= fuzz.LARGEST_BYTES["workbook"]}


def parquets():
    """Returns files of one column for every type, codec and encoding; none without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return {}
    numbers = [None if row % 5 == 2 else row * 37 % 101 for row in range(30)]
    columns = dict(
        int32=pa.array(numbers, pa.int32()), int64=pa.array(numbers, pa.int64()), uint8=pa.array(numbers, pa.uint8()),
        real=pa.array(numbers, pa.float64()), single=pa.array(numbers, pa.float32()),
        time=pa.array(numbers, pa.timestamp("us")), date=pa.array(numbers, pa.date32()),
        flag=pa.array([None if n is None else n > 50 for n in numbers]),
        text=pa.array([None if n is None else f"t{n % 7}" for n in numbers]),
        decimal=pa.array(numbers, pa.decimal128(20, 2)), whole=pa.array(range(30), pa.int32()))
    other = dict(
        int32="DELTA_BINARY_PACKED", int64="DELTA_BINARY_PACKED", real="BYTE_STREAM_SPLIT", flag="RLE",
        single="BYTE_STREAM_SPLIT", text="DELTA_BYTE_ARRAY", decimal="BYTE_STREAM_SPLIT", date="DELTA_BINARY_PACKED")
    seeds = {}
    for name, values in columns.items():
        encodings = ["dictionary", "PLAIN"] + ([other[name]] if name in other else [])
        for encoding, codec in itertools.product(encodings, ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]):
            dictionary = encoding == "dictionary"
            target = io.BytesIO()
            pq.write_table(
                pa.table({name: values}), target, compression=codec, use_dictionary=dictionary, store_schema=False,
                column_encoding=None if dictionary else {name: encoding}, row_group_size=20, write_statistics=False,
                data_page_version="1.0" if codec in ["none", "gzip"] else "2.0")
            seeds[f"{name}-{encoding}-{codec}"] = target.getvalue()
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
    """Returns native models (header, zero byte, payload) and MOJOs (entries of zero byte, name, newline, content)."""
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


# Extreme values for a header; some of them have crashed the daemon.
EXTREMES = [0, -1, 1, 5, 2**31 - 1, 2**31, 2**53, 2**63 - 1, -2**63, 1e308, -1e308, "nan", "inf", None, [], [-1], [2**63 - 1],
            [-2**63, 2**63 - 1], "", {}]


def changes(value, path=()):
    """Yields names and copies of a JSON value with one part replaced by each extreme value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, part in parts:
        for number, extreme in enumerate(EXTREMES):
            copy = json.loads(json.dumps(value))
            copy[key] = extreme
            yield "-".join(map(str, path + (key, number))), copy
        for name, changed in changes(part, path + (key,)):
            copy = json.loads(json.dumps(value))
            copy[key] = changed
            yield name, copy


def checkpoints():
    """Returns checkpoints as header, zero byte, payload: two inputs, one Maxout unit, one output, ADADELTA."""
    def array(form, *values):
        return struct.pack(f"<Q{len(values)}{form}", len(values), *values)

    def layer(weights, biases, winners=()):
        f, d = [0.0] * len(weights), [0.0] * len(biases)
        return (array("f", *weights) + array("d", *biases) + array("f", *f) + array("f", *f) + array("d", *d)
                + array("d", *d) + array("d") + array("B", *winners) + array("f") + array("d"))

    payload = struct.pack("<Q", 2) + layer([1, 2, 3, 4], [0, 0], [1]) + layer([1], [0])
    row = dict(timestampSeconds=1.7e9, elapsedSeconds=2.5, samplesPerSecond=20, epochs=4, iterations=3, samples=40,
               training=[0.5, 0.25, 0.4, 0.9], stoppingValue=0.25)
    header = dict(
        progress=dict(iteration=3, samples=40, samplesBeforeIteration=30, visited=10, position=40,
                      rowSet=dict(count=50, checksum=7), elapsedSeconds=2.5, isAtStart=False, trainedMissingUnits=[1],
                      isBetweenIterations=False),
        history=[row, row], scoringSeconds=0.5, seed=3, fingerprint="f",
        network=dict(kind="mean", epochs=4, range=[2, 4]))
    seeds = {"sound": header} | dict(changes(header))
    return {name: json.dumps(value).encode() + b"\0" + payload for name, value in seeds.items()}


def mojos():
    """Returns handwritten MOJOs, each with one setting replaced."""
    settings = dict(
        algo="deeplearning", algorithm="Deep Learning", category="Regression", supervised="true", n_features=2,
        n_columns=3, use_all_factor_levels="true", cats=1, nums=1, cat_offsets=[0, 3], norm_mul=[0.5], norm_sub=[1.0],
        norm_resp_mul=[1.0], norm_resp_sub=[0.0], activation="Tanh", neural_network_sizes=[4, 1, 1],
        distribution="gaussian", weight_layer0=[0.1, 0.2, 0.3, 0.4], bias_layer0=[0.0], weight_layer1=[1.0],
        bias_layer1=[0.5], balance_classes="false")
    counts = {key: settings[key] for key in ("n_features", "n_columns", "cats", "nums", "cat_offsets",
                                             "neural_network_sizes")}
    seeds = {}
    for name, changed in [("sound", counts), *changes(counts)]:
        info = "".join(f"{key} = {json.dumps(value) if isinstance(value, (list, dict)) else value}\n"
                       for key, value in (settings | changed).items())
        ini = f"[info]\n{info}\n[columns]\nc\nn\ny\n\n[domains]\n0: 2 d000.txt\n"
        seeds[f"hand-{name}"] = b"\0model.ini\n" + ini.encode() + b"\0domains/d000.txt\na\nb\n"
    return seeds


def words():
    """Returns the dictionaries of libFuzzer by reader."""
    keys = re.findall(r"^### ([\w.]+)", open(f"{ROOT}/docs/reference/parameters.md").read(), re.M)
    return dict(
        csv=['","', '";"', '"\\x09"', '"|"', '"\\""', '"\\x0d\\x0a"', '"NA"', '"1e308"', '"-0"', '"2024-02-29"',
             '"\\xef\\xbb\\xbf"', '"12:30"', '"1f8b"', '"\\xff"', '"true"'],
        svmlight=['":"', '" "', '"qid:"', '"#"', '"4294967295:1"', '"1:1e300"', '"\\x0a"', '"nan"', '"0:"'],
        parquet=['"PAR1"', '"\\xff\\xff\\xff\\xff\\x0f"', '"\\x15\\x00"', '"\\x19\\x1c"', '"\\x00\\x00\\x00\\x80"'],
        arff=['"@relation"', '"@attribute"', '"@data"', '"numeric"', '"{a,b}"', '"date"', '"string"', '"\\x0a"', '"%"',
              '"{0 1, 2 3}"', '"?"', '"yyyy-MM-dd"', '"\'"'],
        workbook=['"<row r=\\"1048576\\">"', '"<c r=\\"XFD1\\" t=\\"s\\" s=\\"1\\">"', '"<v>"', '"</v>"', '"</c>"', '"<f/>"', '"<is><t>"',
                  '"inlineStr"', '"_x0041_"', '"&#10;"', '"<![CDATA["', '"<!DOCTYPE x["', '"date1904=\\"1\\""', '"1e308"',
                  '"[h]:mm"', '"\\x00xl/sheet.xml\\x0a"', '"<mergeCell/>"', '"<rPh>"'],
        job=[f'"{key.split(".")[-1]}: "' for key in sorted(set(keys))] + ['"*a"', '"&a"', '"[["', '"{"', '"- "', '"\\x0a  "'],
        model=['"hidden"', '"-1"', '"1e999"', '"null"', '"18446744073709551615"', '"[]"', '"\\x00"'],
        checkpoint=['"-1"', '"1e308"', '"null"', '"9223372036854775807"', '"[]"', '"nan"', '"\\x00"'],
        mojo=['"[info]\\x0a"', '"[columns]\\x0a"', '"[domains]\\x0a"', '" = "', '"-1"', '"1e999"', '"4294967296"', '"\\x00"',
              '"nums"', '"cats"', '"cat_offsets"'])


def main():
    os.makedirs(f"{HERE}/words", exist_ok=True)
    seeds = dict(checkpoint=checkpoints(), mojo=mojos(), workbook=workbooks(), parquet=parquets())
    if "hand" not in sys.argv:
        trained = models()
        seeds = tables() | dict(job=jobs()) | trained | dict(seeds, mojo=seeds["mojo"] | trained["mojo"])
    for reader, entries in seeds.items():
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
