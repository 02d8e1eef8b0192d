#!/usr/bin/env python3
"""Compares training on one and on three nodes: a real cluster of H2O on this machine, and ranks of deepspool.

    python3 nodes.py h2o          starts H2O nodes (pip install h2o pandas pyyaml; Java 17), trains, writes nodes.json
    python3 nodes.py deepspool    trains with ../../../.build/release/deepspool (needs mpirun), writes nodes.json
    python3 nodes.py page         writes the tables into docs/development/Fidelity-measurements.md
    python3 nodes.py check        exits with status 1 if the page and nodes.json differ

Two things are compared. What is counted, on iris: the rows after each iteration, as the scoring history of both sides
states them, and whether a training can be repeated. And the quality on the test rows of small tables, which no seed
determines in a cluster: a new split for every seed, the same on both sides.

A node of H2O is a process of its own with one thread; a rank of deepspool too. Finished trainings of a side are kept in
nodes.json, so that an interrupted script resumes; `rm nodes.json` measures everything again.
"""
import csv, json, math, os, signal, statistics, subprocess, sys, tempfile, time, urllib.request, warnings

import comparison
from datasets import DATASETS, MORE_IS_BETTER, SPLITS, split
from measures import measure
from quality import h2o_frames, h2o_metric
from runs import DEFAULT_BINARY, HERE, ROOT, checked, digest, predictions

FILE, PAGE = f"{HERE}/nodes.json", f"{ROOT}/docs/development/Fidelity-measurements.md"
FIRST_PORT, JAVA_MEMORY, START_SECONDS = 54601, "1500m", 120
NODES = (1, 3)
SEEDS = range(1, 11)
SMALL = dict(hidden=[50, 50])  # so that three nodes on two cores take minutes, not hours
TABLES = [name + SPLITS for name in ("iris", "prostate", "german", "pima", "wine quality", "counts, poisson")]
# Name: settings, and the numbers of nodes on which they are measured.
VARIANTS = {
    "defaults": ({}, NODES),
    "averaged once per epoch": (dict(train_samples_per_iteration=0), (3,)),
    "rows of its own": (dict(replicate_training_data=False), (3,)),
    "elastic averaging": (dict(elastic_averaging=True), (3,)),
}
IRIS = f"{ROOT}/Spool/samples/iris.csv"
COUNTED = dict(hidden=[10], epochs=4, seed=1, stopping_rounds=0, score_each_iteration=True)
# The settings whose iterations are counted.
COUNTS = [{}] + [dict(train_samples_per_iteration=rows) for rows in (0, -1, 75, 150, 300, 450, 1000)]
COUNTS += [dict(train_samples_per_iteration=rows, replicate_training_data=False) for rows in (0, -1, 75, 300)]
COUNTS += [dict(train_samples_per_iteration=rows, single_node_mode=True) for rows in (0, -1, 75, 300)]
COUNTS += [dict(reproducible=True), dict(reproducible=True, single_node_mode=True)]
REPEATED = [{}, dict(reproducible=True), dict(reproducible=True, elastic_averaging=True)]


def key(settings):
    return ", ".join(f"{name}: {json.dumps(value)}" for name, value in settings.items()) or "defaults"


class Results:
    """The contents of nodes.json; each finished training is written at once."""

    def __init__(self, side):
        self.all = json.load(open(FILE)) if os.path.exists(FILE) else {}
        self.own = self.all.setdefault(side, {})

    def cell(self, *names):
        place = self.own
        for name in names:
            place = place.setdefault(str(name), {})
        return place

    def write(self):
        def text(value, depth):
            if not isinstance(value, dict):
                return json.dumps(value)
            pad = "\n" + " " * (depth + 1)
            parts = [f"{json.dumps(name)}: {text(part, depth + 1)}" for name, part in value.items()]
            return "{" + pad + ("," + pad).join(parts) + "\n" + " " * depth + "}"
        with open(FILE, "w") as file:
            file.write(text(self.all, 0) + "\n")


def measure_side(results, nodes, history, metric, repeated):
    """Measures what is missing of a side on so many nodes.

    `history` returns the rows after each iteration, `metric` that of a table and a seed, `repeated` the predictions.
    """
    counts = results.cell("iterations", nodes)
    for settings in COUNTS:
        if key(settings) not in counts:
            counts[key(settings)] = history(COUNTED | settings)
            results.write()
    repetitions = results.cell("repeated", nodes)
    for settings in REPEATED:
        if key(settings) not in repetitions:
            first, second = (repeated(COUNTED | settings) for _ in range(2))
            repetitions[key(settings)] = dict(equal=first == second, digest=first)
            results.write()
    for variant, (settings, where) in VARIANTS.items():
        for name in TABLES if nodes in where else ():
            values = results.cell("quality", nodes, variant).setdefault(name, [])
            for seed in SEEDS[len(values):]:
                with tempfile.TemporaryDirectory() as folder:
                    entry = split(DATASETS[name], seed, folder)
                    entry = entry | dict(settings=entry["settings"] | SMALL | settings)
                    try:
                        values.append(float(f"{metric(entry, seed):.6g}"))
                    except ZeroDivisionError:  # a count predicted as 0 has an infinite deviance
                        values.append(None)
                results.write()
            print(nodes, variant, name, values, flush=True)


# H2O


def start_nodes(count, folder):
    """Starts H2O nodes that form a cluster, and returns their processes and the address of the first."""
    import h2o
    jar = f"{os.path.dirname(h2o.__file__)}/backend/bin/h2o.jar"
    ports = [FIRST_PORT + 10 * node for node in range(count)]
    with open(f"{folder}/flat", "w") as file:
        file.writelines(f"127.0.0.1:{port}\n" for port in ports)
    return [subprocess.Popen(
        ["java", f"-Xmx{JAVA_MEMORY}", "-jar", jar, "-name", f"nodes{count}", "-flatfile", f"{folder}/flat", "-ip",
         "127.0.0.1", "-port", str(port), "-nthreads", "1", "-log_level", "FATA", "-ice_root", f"{folder}/{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for port in ports], f"http://127.0.0.1:{ports[0]}"


def connect(address, count):
    """Connects with a cluster when all nodes have found each other: a client locks it, so that no other node can join."""
    import h2o
    for _ in range(START_SECONDS):
        time.sleep(1)
        try:
            with urllib.request.urlopen(f"{address}/3/Cloud", timeout=5) as answer:
                if json.load(answer)["cloud_size"] == count:
                    h2o.connect(url=address, verbose=False)
                    return h2o
        except OSError:
            pass  # the node does not answer yet
    raise SystemExit(f"{count} nodes of H2O have not formed a cluster within {START_SECONDS} s")


def run_h2o():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # ends the nodes, too
    from h2o.estimators import H2ODeepLearningEstimator
    warnings.simplefilter("ignore")
    results = Results("h2o")
    for nodes in NODES:
        with tempfile.TemporaryDirectory() as folder:
            processes, address = start_nodes(nodes, folder)
            try:
                h2o = connect(address, nodes)
                h2o.no_progress()
                results.own["version"] = h2o.cluster().version
                iris = h2o.import_file(IRIS)
                iris["Species"] = iris["Species"].asfactor()

                def trained(settings):
                    model = H2ODeepLearningEstimator(**settings)
                    model.train(y="Species", training_frame=iris)
                    return model

                def metric(entry, seed):
                    train, test = h2o_frames(h2o, entry)
                    value = h2o_metric(entry, seed, train, test)
                    h2o.remove_all(retained=[iris.frame_id])
                    return value

                measure_side(
                    results, nodes, lambda settings: [int(rows) for rows in trained(settings).scoring_history()["samples"]],
                    metric, lambda settings: text_digest(
                        trained(settings).predict(iris).as_data_frame(use_multi_thread=False).to_csv()))
                h2o.connection().close()
            finally:
                for process in processes:
                    process.terminate()
                for process in processes:
                    process.wait()


# deepspool


def run_deepspool():
    results = Results("deepspool")
    results.own["binary"] = digest(DEFAULT_BINARY)
    for nodes in NODES:
        def trained(settings, read):
            job = settings | dict(training_frame=IRIS, response_column="Species", nodes=nodes, explanations="none",
                                  model_id="m")
            with tempfile.TemporaryDirectory() as folder:
                with open(f"{folder}/job.yaml", "w") as file:
                    json.dump(job, file)
                checked([DEFAULT_BINARY, "run", f"{folder}/job.yaml", "--output", f"{folder}/r", "--threads", "1"])
                return read(f"{folder}/r")

        def history(result):
            with open(f"{result}/scoring_history.csv", newline="") as file:
                return [int(row["samples"]) for row in csv.DictReader(file)]

        def metric(entry, seed):
            job = comparison.job_for(entry, seed) | dict(nodes=nodes, explanations="none")
            return measure(entry, predictions(DEFAULT_BINARY, job, entry["test"], threads=1))

        measure_side(
            results, nodes, lambda settings: trained(settings, history), metric,
            lambda settings: trained(settings, lambda result: digest(f"{result}/model/model.deepspool")))


def text_digest(text):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(text)
        file.flush()
        return digest(file.name)


# The page


def rows_text(counts):
    """Returns iterations in short: their number if all have the same rows, else the rows of the first and the mean."""
    samples = [rows for index, rows in enumerate(counts) if index == 0 or rows != counts[index - 1]]
    steps = [after - before for before, after in zip(samples, samples[1:])]
    if len(set(steps)) == 1:
        return f"{len(steps)} of {steps[0]} rows"
    return f"{len(steps)} of {min(steps)} to {max(steps)}, mean {statistics.mean(steps):.0f}"


def counted_lines(results):
    sides = [(side, nodes) for nodes in NODES for side in ("h2o", "deepspool")]
    lines = ["| setting | " + " | ".join(
        f"{'H2O' if side == 'h2o' else side}, {nodes} node{'s' * (nodes > 1)}" for side, nodes in sides) + " |",
        "|---|" + "---|" * len(sides)]
    for settings in COUNTS:
        cells = [rows_text(results[side]["iterations"][str(nodes)][key(settings)]) for side, nodes in sides]
        lines.append(f"| {key(settings)} | " + " | ".join(cells) + " |")
    return lines


def repeated_lines(results):
    lines = ["| setting | side | again on 1 node | again on 3 nodes | 3 nodes as 1 node |", "|---|---|---|---|---|"]
    for settings in REPEATED:
        for side, name in (("h2o", "H2O"), ("deepspool", "deepspool")):
            one, three = (results[side]["repeated"][str(nodes)][key(settings)] for nodes in NODES)
            verdicts = ["equal" if is_equal else "differs"
                        for is_equal in (one["equal"], three["equal"], one["digest"] == three["digest"])]
            lines.append(f"| {key(settings)} | {name} | " + " | ".join(verdicts) + " |")
    return lines


def mean_text(values, form=".4f"):
    found = [value for value in values if value is not None]
    missing = len(values) - len(found)
    return (f"{statistics.mean(found):{form}} ± {statistics.stdev(found) / math.sqrt(len(found)):.4f}"
            + (f" and {missing} infinite" if missing else ""))


def quality_lines(results):
    lines = ["| table | test metric | nodes | settings | H2O | deepspool | better by, pair by pair |",
             "|---|---|---|---|---|---|---|"]
    for name in TABLES:
        metric = DATASETS[name]["metric"]
        sign = 1 if metric in MORE_IS_BETTER else -1
        for nodes in NODES:
            for variant, (_, where) in VARIANTS.items():
                if nodes not in where:
                    continue
                theirs, ours = (results[side]["quality"][str(nodes)][variant][name] for side in ("h2o", "deepspool"))
                gain = mean_text([sign * (b - a) for a, b in zip(theirs, ours) if None not in (a, b)], "+.4f")
                lines.append(f"| {name.removesuffix(SPLITS)} | {metric} | {nodes} | {variant} | {mean_text(theirs)} | "
                             f"{mean_text(ours)} | {gain} |")
    return lines


def page():
    """Returns the page with the tables of nodes.json."""
    results = json.load(open(FILE))
    text = open(PAGE).read()
    for name, lines in (("counted", counted_lines), ("repeated", repeated_lines), ("nodes", quality_lines)):
        begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
        head, rest = text.split(begin)
        text = head + begin + "\n\n" + "\n".join(lines(results)) + "\n\n" + end + rest.split(end)[1]
    return text


def write_page():
    text = page()
    open(PAGE, "w").write(text)


def check():
    if page() != open(PAGE).read():
        raise SystemExit(f"{PAGE} differs from nodes.json; run 'nodes.py page'")


if __name__ == "__main__":
    {"h2o": run_h2o, "deepspool": run_deepspool, "page": write_page, "check": check}[sys.argv[1]]()
