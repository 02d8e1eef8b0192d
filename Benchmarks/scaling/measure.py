#!/usr/bin/env python3
"""Measures training on several ranks for the cost model of docs/development/Scaling.md.

    measure.py [--programs FOLDER] [--repetitions 5] [speed] [hosts] [epochs]

speed   seconds of computation and of averaging per round on this machine: networks, copies, ranks, rows per round
hosts   the same on network namespaces whose links have a limited rate; needs root, iproute2 and mpirun
epochs  epochs until the test error is 3 %, by the number of copies; it does not depend on the machine

By default all three. Writes points.json beside this script; `page.py` makes the page of it. MNIST is in
../shared/data/mnist. Of the repetitions, the run with the least time per row counts: other programs can only slow it.
"""
import argparse, datetime, gzip, itertools, json, os, re, shutil, signal, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
POINTS = f"{HERE}/points.json"
MNIST = os.path.join(os.path.dirname(ROOT), "shared/data/mnist")
HOSTS = f"{ROOT}/Tests/Support/hosts-sandbox.sh"

# Speed is measured on the first rows of MNIST, so that runs are short.
SPEED_ROWS = 10_000
# Hidden layers, and the epochs of a run: less than a second.
NETWORKS = {"50-50": 4, "200-200": 1.2, "1024-1024": 0.4}
# Rows that each copy trains on between two averages.
ROUND_ROWS = (50, 500)
# Copies and ranks; one rank is a process with a thread per core.
DIVISIONS = ((2, 1), (2, 2), (4, 2), (4, 4))
# Rates of the links between hosts, in bits per second.
RATES = (1_000_000_000, 200_000_000)
BURST_BYTES = 256 * 1024
HOST_DIVISIONS = ((2, 2), (3, 3))
COPIES = (1, 2, 4, 8, 16)
SEEDS = (1, 2, 3)
WANTED_ERROR = 0.03
# Speed is measured without scoring.
QUICK = "score_interval: 1000\nscore_duty_cycle: 0\nscore_training_samples: 100\n"


def job_text(table, network, copies, settings):
    return (f"training_frame: {table}\nresponse_column: label\nhidden: [{network.replace('-', ', ')}]\n"
            f"training_shards: {copies}\nreproducible: true\nstopping_rounds: 0\nclassification_stop: -1\n"
            "overwrite_with_best_model: false\nvariable_importances: false\nexplanations: none\n" + settings)


class Bench:
    def __init__(self, programs, repetitions):
        self.deepspool, self.repetitions = f"{os.path.abspath(programs)}/deepspool", repetitions
        self.folder = tempfile.mkdtemp(prefix="deepspool-scaling-")
        self.table = f"{self.folder}/rows.csv"
        with gzip.open(f"{MNIST}/train.csv.gz", "rt") as source, open(self.table, "w") as target:
            target.writelines(itertools.islice(source, SPEED_ROWS + 1))

    def run(self, text, *options):
        """Runs a job and returns the part `training_run` and the number of weights from its metrics."""
        result = f"{self.folder}/result"
        shutil.rmtree(result, ignore_errors=True)
        with open(f"{self.folder}/job.yaml", "w") as file:
            file.write(text)
        command = [self.deepspool, "run", f"{self.folder}/job.yaml", "--output", result, *options]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"{' '.join(command)} exited with {run.returncode}: {run.stderr[-500:]}")
        with open(f"{result}/metrics.json") as file:
            metrics = json.load(file)
        return metrics["training_run"], metrics["model"]["parameters"]

    def point(self, network, copies, ranks, rows, *launcher):
        """Returns the seconds per round of the fastest repetition."""
        text = job_text(self.table, network, copies, QUICK + f"seed: 1\nepochs: {NETWORKS[network]}\n"
                        f"train_samples_per_iteration: {rows * copies}\n")
        threads = os.cpu_count() if ranks == 1 else 1
        runs = [self.run(text, "--threads", str(threads), "--ranks", str(ranks), *launcher)
                for _ in range(self.repetitions)]
        best, parameters = min(runs, key=lambda run: run[0]["seconds"] / run[0]["samples"])
        rounds = best["samples"] / (rows * copies)
        averaging = best.get("averaging_seconds", 0)
        point = dict(network=network, parameters=parameters, copies=copies, ranks=ranks, rows=rows,
                     compute=(best["seconds"] - averaging) / rounds, averaging=averaging / rounds)
        print(f"{network}: {copies} copies, {ranks} ranks, {rows} rows: computation {1e3 * point['compute']:.3g} ms, "
              f"averaging {1e3 * point['averaging']:.3g} ms per round", flush=True)
        return point

    def speed(self):
        return [self.point(network, copies, ranks, rows) for network, rows in itertools.product(NETWORKS, ROUND_ROWS)
                for copies, ranks in DIVISIONS]

    def hosts(self):
        """Measures ranks on hosts of their own, and links of limited rate."""
        if os.geteuid() or not shutil.which("ip") or not shutil.which("mpirun"):
            print("skipped: hosts need root, iproute2 and mpirun")
            return None
        launcher = f"{self.folder}/launcher"
        with open(launcher, "w") as file:
            file.write(f'#!/bin/sh\nexec {HOSTS} mpirun "$@"\n')
        os.chmod(launcher, 0o755)
        points = []
        for copies, ranks in HOST_DIVISIONS:
            subprocess.run([HOSTS, "up", str(ranks)], check=True)
            try:
                for rate in RATES:
                    for host in range(1, ranks + 1):
                        subprocess.run(
                            ["ip", "netns", "exec", f"ds-host{host}", "tc", "qdisc", "replace", "dev", "eth0", "root",
                             "tbf", "rate", str(rate), "burst", str(BURST_BYTES), "latency", "100ms"], check=True)
                    for network in ("50-50", "200-200"):
                        print(f"{rate / 1e9:g} Gbit/s, ", end="")
                        point = self.point(network, copies, ranks, 500, "--launcher", launcher)
                        points.append(dict(point, rate=rate))
            finally:
                subprocess.run([HOSTS, "down"], check=True)
        return points

    def epochs(self):
        """Returns the epochs until the wanted error for each number of copies and seed; nil for more than the limit."""
        found = {}
        for copies in COPIES:
            found[copies] = [self.epochs_until(copies, seed) for seed in SEEDS]
            print(f"{copies} copies: {found[copies]} epochs until {WANTED_ERROR:.0%}", flush=True)
        return found

    def epochs_until(self, copies, seed):
        text = job_text(f"{MNIST}/train.csv.gz", "200-200", copies,
                        f"validation_frame: {MNIST}/test.csv.gz\nseed: {seed}\nepochs: {6 * copies + 6}\n"
                        "score_each_iteration: true\nscore_training_samples: 100\nstopping_metric: misclassification\n")
        with open(f"{self.folder}/job.yaml", "w") as file:
            file.write(text)
        shutil.rmtree(f"{self.folder}/result", ignore_errors=True)
        run = subprocess.Popen([self.deepspool, "run", f"{self.folder}/job.yaml", "--output", f"{self.folder}/result"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while True:
                ended = run.poll() is not None
                for name in (".result.running", "result"):
                    reached = self.reached(f"{self.folder}/{name}/events.jsonl")
                    if reached:
                        return reached
                if ended:
                    return None
                time.sleep(0.2)
        finally:
            if run.poll() is None:
                run.send_signal(signal.SIGINT)
                run.wait()
            shutil.rmtree(f"{self.folder}/.result.running", ignore_errors=True)

    @staticmethod
    def reached(path):
        """Returns the epochs of the first scoring within the wanted error."""
        try:
            with open(path) as file:
                events = [json.loads(line) for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return None
        return next((round(event["epochs"], 2) for event in events
                     if event.get("validation_misclassification", 1) <= WANTED_ERROR), None)


def keep(new):
    """Replaces parts of the file."""
    points = {}
    if os.path.exists(POINTS):
        with open(POINTS) as file:
            points = json.load(file)
    with open(POINTS, "w") as file:
        json.dump(points | new, file, indent=1)
        file.write("\n")


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return f"{model.group(1) if model else 'unknown processor'}, {os.cpu_count()} cores"


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2].strip())
    parser.add_argument("--programs", default=f"{ROOT}/.build/release")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("parts", nargs="*", default=["speed", "hosts", "epochs"])
    arguments = parser.parse_args()
    bench = Bench(arguments.programs, arguments.repetitions)
    try:
        for part in arguments.parts:
            load, start = os.getloadavg()[0], time.monotonic()
            found = getattr(bench, part)()
            if found is None:
                continue
            new = {part: found}
            if part == "speed":
                new |= dict(machine=machine(), date=datetime.date.today().isoformat(), load=round(load, 1),
                            repetitions=arguments.repetitions, minutes=round((time.monotonic() - start) / 60, 1))
            keep(new)
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
