"""Reads every table of a folder with deepspool, pandas, polars and DuckDB, and lists where they differ.

    python3 Tests/Support/tables/compare_peers.py FOLDER [--binary B] [--json OUT] [--page OUT] [--cache FILE]
        [--judgements FILE] [--only TEXT] [--seconds N] [--minutes N]

needs `pip install pandas polars duckdb pyarrow openpyxl fastexcel scikit-learn`. B is the deepspool that runs `describe
--json`. Types, rows, missing counts, means, ranges and level sets are compared column by column; peer_verdicts.py
says what counts as a difference. Files that no peer reads are counted and not judged. The answers of the peers are
kept in the cache, so that a second run takes as long as deepspool needs. FILE holds {file: {"right": bool, "reason": text}}
for judged differences.

Each reader is a process with a limit of memory, and N seconds for each file. Files are read in an order that no folder
determines, so that a run which ends after N minutes has read a sample of all suites; the next run goes on from the cache.

A file is "misread" if deepspool alone differs from peers that agree, and "silent" if it also wrote no warning. The exit
status is 1 if a file crashed deepspool or took longer than the limit.
"""

import argparse, collections, gzip, hashlib, io, json, os, pathlib, re, resource, select, subprocess, sys, tempfile
import time, traceback, zipfile

import peer_page
import peer_verdicts

HERE = pathlib.Path(__file__).resolve().parent
PEERS = ("pandas", "polars", "duckdb")
ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".gz", ".zip", ".arff", ".parquet", ".xlsx", ".svm",
           ".svmlight", ".libsvm", ".train", ".test")
MAXIMUM_TEXT = 30_000_000
# A reader that needs more memory for a file of a few megabytes is stopped by the system.
MAXIMUM_MEMORY = 6 << 30
# A library that keeps memory is started again after so many files.
FILES_PER_PROCESS = 200


def limit_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (MAXIMUM_MEMORY, MAXIMUM_MEMORY))


class Peer:
    """A worker that reads tables with one library; it is started again after a crash or a time-out."""

    def __init__(self, name, seconds):
        self.name, self.seconds, self.process, self.count = name, seconds, None, 0

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process, self.count = None, 0

    def ask(self, request):
        if self.count >= FILES_PER_PROCESS or self.process is not None and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE / "peer_tables.py"), self.name], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1, preexec_fn=limit_memory)
        self.count += 1
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], self.seconds)
            if ready:
                return json.loads(self.process.stdout.readline() or '{"error": "crashed"}')
        except (BrokenPipeError, json.JSONDecodeError):
            self.stop()
            return {"error": "crashed"}
        self.stop()
        return {"error": f"no answer in {self.seconds} s"}


def describe(binary, path, seconds):
    """Returns deepspool's description of a table, or its error."""
    try:
        run = subprocess.run([binary, "describe", str(path), "--json"], capture_output=True, timeout=seconds,
                             preexec_fn=limit_memory)
    except subprocess.TimeoutExpired:
        return {"error": f"no answer in {seconds} s", "fatal": True}
    message = run.stderr.decode("utf-8", "replace").strip()
    if run.returncode == 0:
        try:
            return json.loads(run.stdout)
        except ValueError as error:
            return {"error": f"invalid JSON: {error}", "fatal": True}
    return {"error": message, "fatal": run.returncode not in (65, 66)}


def plain_text(data):
    """Returns the text of a table that may be compressed; nil where it holds something else."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX")]
            if len(names) != 1:
                return None
            data = archive.read(names[0])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:65_536] or len(data) > MAXIMUM_TEXT:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def format_of(path, data, text):
    name = path.name.lower()
    if data[:4] == b"PAR1":
        return "parquet"
    if name.endswith(".xlsx"):
        return "xlsx"
    if text is None:
        return None
    if re.search(r"^\s*@relation", text, re.I | re.M) and re.search(r"^\s*@data", text, re.I | re.M):
        return "arff"
    first = text.split("\n", 5)[:5]
    if first and all(re.match(r"^[-+.\de]+( \d+:[-+.\de]+)+\s*(#.*)?$", line) for line in first if line.strip()):
        return "svmlight"
    return "csv"


def separator_of(text):
    """Guesses the separator for pandas and polars, which do not."""
    lines = [line for line in text[:100_000].split("\n")[:100] if line.strip()][:-1] or text.split("\n")[:1]
    best = (0, 0, ",")
    for separator in ",\t;|":
        counts = collections.Counter(re.sub(r'"[^"]*"', "", line).count(separator) for line in lines)
        count, frequency = counts.most_common(1)[0]
        if count:
            best = max(best, (round(frequency / len(lines), 1), count, separator))
    if best[1] == 0:
        counts = collections.Counter(len(line.split()) for line in lines)
        if counts.most_common(1)[0][0] > 1:
            return r"\s+"
    return best[2]


def ask_peers(peers, path, header, cache, key):
    """Returns the answers of all peers about one file, by name."""
    if key not in cache:
        data = path.read_bytes()
        try:
            text = plain_text(data)
        except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError):
            text = None
        form = format_of(path, data, text)
        if form is None:
            cache[key] = {}
        else:
            with tempfile.TemporaryDirectory() as folder:
                readable = path
                if form in ("csv", "arff", "svmlight"):
                    readable = pathlib.Path(folder) / "table.csv"
                    readable.write_text(text, encoding="utf-8", newline="")
                request = {"path": str(readable), "format": form, "header": header,
                           "separator": separator_of(text) if form == "csv" else ","}
                cache[key] = {peer.name: peer.ask(request) for peer in peers}
    return cache[key]


def judge(ours, findings, peers):
    """Returns the class of a file."""
    if ours.get("fatal"):
        return "crashed"
    if not any("error" not in peer for peer in peers.values()):
        return "refused by all" if "error" in ours else "read by deepspool only"
    verdicts = {f["verdict"] for f in findings}
    if "error" in ours:
        return "refused"
    for worst in ("alone", "outvoted", "unclear"):
        if worst in verdicts:
            return worst + (", warned" if ours["warnings"] else ", silent")
    return "agrees"


def store(cache, file):
    """Writes the answers of the peers; a run that is stopped meanwhile leaves the former ones."""
    part = file.with_name(file.name + ".part")
    part.write_text(json.dumps(cache))
    os.replace(part, file)


def compare(given, path, peers, cache):
    """Returns what one file shows."""
    name = str(path.relative_to(given.folder))
    ours = describe(given.binary, path, given.seconds)
    header = ours.get("header", True) is not False
    key = f"{hashlib.sha1(path.read_bytes()).hexdigest()} {path.suffix.lower()} {header}"
    answers = ask_peers(peers, path, header, cache, key)
    findings = peer_verdicts.compare(ours, answers)
    return {"file": name, "class": judge(ours, findings, answers), "findings": findings,
            "warnings": ours.get("warnings", []), "error": ours.get("error"), "ours": ours,
            "errors": {n: a["error"] for n, a in answers.items() if "error" in a}}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--binary", default=str(HERE.parents[2] / ".build/release/deepspool"))
    arguments.add_argument("--json", type=pathlib.Path)
    arguments.add_argument("--page", type=pathlib.Path)
    arguments.add_argument("--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "compare-peers.json")
    arguments.add_argument("--judgements", type=pathlib.Path, default=HERE / "peer_judgements.json")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--minutes", type=float, default=float("inf"))
    given = arguments.parse_args()
    cache = json.loads(given.cache.read_text()) if given.cache.exists() else {}
    peers = [Peer(name, given.seconds) for name in PEERS]
    results, failures = [], []
    paths = [p for p in given.folder.rglob("*") if p.is_file() and p.name.lower().endswith(ENDINGS)
             and given.only in str(p.relative_to(given.folder))]
    paths.sort(key=lambda p: hashlib.sha1(str(p.relative_to(given.folder)).encode()).hexdigest())
    end = time.monotonic() + 60 * given.minutes
    for path in paths:
        if time.monotonic() > end:
            print(f"time is up: {len(results)} of {len(paths)} files", file=sys.stderr)
            break
        try:
            results.append(compare(given, path, peers, cache))
        except Exception:
            # One file must not end the comparison of all others.
            failures.append(str(path))
            print(f"{path}: not compared\n{traceback.format_exc()}", file=sys.stderr)
        if len(results) % 100 == 0:
            print(f"{len(results)} files", file=sys.stderr, flush=True)
            store(cache, given.cache)
    store(cache, given.cache)
    for peer in peers:
        peer.stop()
    results.sort(key=lambda result: result["file"])
    print(peer_page.listing(results))
    if given.json:
        given.json.write_text(json.dumps(results, indent=1, ensure_ascii=False, default=str))
    if given.page:
        judgements = json.loads(given.judgements.read_text()) if given.judgements.exists() else {}
        peer_page.write(given.page, results, given.folder, judgements, len(paths))
    sys.exit(1 if failures or any(result["class"] == "crashed" for result in results) else 0)


if __name__ == "__main__":
    main()
