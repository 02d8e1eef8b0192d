"""A training and its predictions, stored on disk so that a series of runs can be interrupted and resumed."""
import csv, hashlib, json, os, subprocess, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../../..")
CACHE = os.environ.get("DEEPSPOOL_QUALITY_CACHE", f"{ROOT}/.build-quality")
DEFAULT_BINARY = os.environ.get("DEEPSPOOL", f"{ROOT}/.build/release/deepspool")


def checked(command):
    """Runs a command; if it fails, exits with its messages."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed with exit status {done.returncode}\n{done.stderr}")


def predictions(binary, job, test, anomaly=False, threads=None):
    """Trains `job` (a dictionary) and returns predictions for the table `test`, with a dictionary per row."""
    with tempfile.TemporaryDirectory() as folder:
        path, result, output = (f"{folder}/{name}" for name in ("job.yaml", "result", "out.csv"))
        with open(path, "w") as file:
            json.dump(job, file)
        limit = ["--threads", str(threads)] if threads else []
        checked([binary, "run", path, "--output", result] + limit)
        checked([binary, "predict", "--model", result, "--frame", test, "--read-like", path, "--output", output]
                + (["--anomaly"] if anomaly else []))
        with open(output, newline="") as file:
            return list(csv.DictReader(file))


def write_tables(path, binary, tables):
    """Writes {"binary": ..., "tables": {name: ...}} as JSON, with a line per short table, for readable diffs."""
    def text(table):
        if "metric" in table:
            return json.dumps(table)
        return "{\n" + ",\n".join(f"   {json.dumps(key)}: {json.dumps(table[key])}" for key in table) + "\n  }"
    lines = [f"  {json.dumps(name)}: {text(table)}" for name, table in tables.items()]
    with open(path, "w") as file:
        file.write('{\n "binary": ' + json.dumps(binary) + ',\n "tables": {\n' + ",\n".join(lines) + "\n }\n}\n")


def digest(*paths):
    """Returns a short hash of the contents of files."""
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(file.read())
    return total.hexdigest()[:16]


class KeptRuns:
    """The results of one binary. A run is identified by its job and the contents of its tables, not by their paths."""

    def __init__(self, binary, keeps=True):
        if not os.access(binary, os.X_OK):
            raise SystemExit(f"cannot run '{binary}': build it with 'make build', or name another with --binary")
        self.binary, self.digest, self.known, self.path = binary, digest(binary), {}, None
        if not keeps:
            return
        self.path = f"{CACHE}/runs/{self.digest}.jsonl"
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        if os.path.exists(self.path):
            with open(self.path) as file:
                self.known = dict(json.loads(line) for line in file if line.endswith("\n"))

    def value(self, job, train, test, metric, compute):
        """Returns the stored metric of a run, or computes and stores it."""
        settings = {key: value for key, value in job.items() if not key.endswith("_frame")}
        key = json.dumps([settings, "validation_frame" in job, digest(train, test), metric], sort_keys=True)
        if key not in self.known:
            self.known[key] = compute()
            if self.path:
                with open(self.path, "a") as file:
                    file.write(json.dumps([key, self.known[key]]) + "\n")
        return self.known[key]
