#!/usr/bin/env python3
"""Drops 10,000 job files into the spool of a real daemon while jobs run, and gives orders meanwhile.

Usage: Tests/Support/ten-thousand.py [FOLDER-WITH-THE-PROGRAMS] [FOLDER-FOR-THE-SPOOL]

Prints, for files that are dropped on a running daemon:

- the accepted files per second (all synced), and those of a bare loop of the necessary system calls on the same disk
  in the same run (read the file, write and sync a copy, rename its folder, sync two folders, remove the file)
- the number of jobs that finished meanwhile, and the longest time between two of them
- the seconds until orders are carried out: for a queued job, for a running job, for the last dropped file
- the daemon's peak memory, and the time of `deepspool list`

Then, for files that are there before the daemon starts, the seconds until READY=1 and the accepted files per second.
Ends with status 1 if a figure misses the promise in docs/reference/guarantees.md.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

COUNT = 10_000
RUNNERS = 60
DATA = "training_frame: iris.csv\nresponse_column: Species\n"
JOB = DATA + "job: {not_before: 2099-01-01T00:00:00Z}\n"
RUNNER = DATA + "hidden: [4]\nepochs: 1\n"
ENDLESS = DATA + "hidden: [4]\nepochs: 1e9\nstopping_rounds: 0\nclassification_stop: -1\njob: {priority: 9}\n"
PATIENCE_SECONDS = 600
LEAST_PER_SECOND = 500
MOST_ORDER_SECONDS = 2
MOST_MEGABYTES = 40


def until(condition, pause=0.01):
    """Waits until a condition is true, with a `pause` in seconds between looks; returns the seconds it took."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > PATIENCE_SECONDS:
            sys.exit("the condition was never met")
        time.sleep(pause)
    return time.monotonic() - start


def sync_folder(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def bare_loop(root):
    """Returns the files per second with only the system calls that an acceptance requires."""
    first, second, dropped = root / "first", root / "second", root / "dropped"
    for folder in (first, second, dropped):
        folder.mkdir(parents=True)
    for number in range(COUNT):
        (dropped / str(number)).write_text(JOB)
    start = time.monotonic()
    for number in range(COUNT):
        name = str(number)
        descriptor = os.open(dropped / name, os.O_RDONLY)
        text = os.read(descriptor, 1 << 16)
        os.close(descriptor)
        os.mkdir(first / name)
        descriptor = os.open(first / name / "job.yaml", os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, text)
        os.fsync(descriptor)
        os.close(descriptor)
        os.rename(first / name, second / name)
        sync_folder(second)
        os.unlink(dropped / name)
        sync_folder(dropped)
    return COUNT / (time.monotonic() - start)


class Daemon:
    """A daemon on a spool of its own."""

    def __init__(self, programs, root):
        self.programs, self.spool = programs, root / "spool"
        self.aside = root / "aside"
        self.aside.mkdir(parents=True)
        self.process = None

    def start(self):
        """Starts the daemon; returns the seconds until it reports READY=1."""
        path = str(self.aside.parent / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(path)
            notify.settimeout(PATIENCE_SECONDS)
            samples = pathlib.Path(__file__).resolve().parents[2] / "Spool/samples"
            start = time.monotonic()
            self.process = subprocess.Popen(
                [self.programs / "deepspoold", "--spool", self.spool, "--data", samples, "--max-concurrent-jobs", "2"],
                stderr=subprocess.DEVNULL,
                env={**os.environ, "NOTIFY_SOCKET": path, "DEEPSPOOL_THREADS_PER_JOB": "1"})
            while b"READY=1" not in notify.recv(1 << 16):
                pass
            seconds = time.monotonic() - start
        # Later notifications have no reader, which the daemon ignores.
        os.unlink(path)
        return seconds

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def write(self, prefix, text, count):
        """Writes files beside `incoming`."""
        for number in range(count):
            path = self.aside / f"{prefix}{number}.yaml"
            if not path.exists():
                path.write_text(text)

    def drop(self, prefix, text, count):
        """Drops files by rename."""
        self.write(prefix, text, count)
        for number in range(count):
            os.rename(self.aside / f"{prefix}{number}.yaml", self.spool / "incoming" / f"{prefix}{number}.yaml")

    def names(self, state):
        return [name for name in os.listdir(self.spool / state) if not name.startswith(".")]

    def has(self, state, name):
        return any(entry.endswith(f"-{name}") for entry in self.names(state))

    def accepted(self, prefix):
        states = ("queued", "held", "cancelled")
        return sum(1 for state in states for name in self.names(state) if f"-{prefix}" in name)

    def order(self, order, name, state):
        """Gives an order; returns the seconds until the job is in the state."""
        (self.spool / "control" / order / name).write_text("")
        return until(lambda: self.has(state, name))

    def peak_megabytes(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return float("nan")


class Finished:
    """Watches the finished jobs of a daemon."""

    def __init__(self, daemon):
        self.daemon, self.count, self.longest, self.is_over = daemon, 0, 0.0, False
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        first = known = len(self.daemon.names("finished"))
        last = time.monotonic()
        while not self.is_over:
            now, count = time.monotonic(), len(self.daemon.names("finished"))
            self.longest = max(self.longest, now - last)
            if count > known:
                known, last = count, now
            self.count = known - first
            time.sleep(0.02)

    def end(self):
        self.is_over = True
        self.thread.join()


def check(promises):
    """Prints the promises that were missed; returns whether all were kept."""
    for name, is_kept in promises.items():
        if not is_kept:
            print(f"missed: {name}")
    return all(promises.values())


def running(programs, root):
    """Drops the files on a running daemon."""
    daemon = Daemon(programs, root / "running")
    try:
        daemon.start()
        daemon.drop("endless", ENDLESS, 1)
        daemon.drop("old", JOB, 1)
        daemon.drop("runner", RUNNER, RUNNERS)
        until(lambda: daemon.has("running", "endless0") and len(daemon.names("finished")) > 2)
        daemon.write("job", JOB, COUNT)
        finished = Finished(daemon)
        start = time.monotonic()
        daemon.drop("job", JOB, COUNT)
        # The running job is cancelled first, because it would take the processors for itself.
        orders = {
            "running": daemon.order("cancel", "endless0", "cancelled"),
            "queued": daemon.order("hold", "old0", "held"),
            "last dropped": daemon.order("hold", f"job{COUNT - 1}", "held"),
        }
        until(lambda: daemon.accepted("job") >= COUNT, pause=0.1)
        rate = COUNT / (time.monotonic() - start)
        finished.end()
        memory = daemon.peak_megabytes()
        start = time.monotonic()
        listed = subprocess.run(
            [programs / "deepspool", "list", "--spool", daemon.spool], capture_output=True, check=True)
        seconds = time.monotonic() - start
        assert listed.stdout.count(b"\n") >= COUNT, "`deepspool list` does not show all jobs"
        bare = bare_loop(root / "bare")
        print(f"accepted: {rate:.0f} per second; bare loop: {bare:.0f} per second; ratio {rate / bare:.2f}")
        print(f"finished meanwhile: {finished.count} jobs, at most {finished.longest:.1f} s apart")
        print("orders: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in orders.items()))
        print(f"peak memory of the daemon: {memory:.0f} MB; `deepspool list`: {seconds:.2f} s")
        return check({
            f"{LEAST_PER_SECOND} files per second": rate >= LEAST_PER_SECOND,
            "jobs finish meanwhile": finished.count > 0,
            f"orders within {MOST_ORDER_SECONDS} s": max(orders.values()) < MOST_ORDER_SECONDS,
            f"{MOST_MEGABYTES} MB": memory < MOST_MEGABYTES,
        })
    finally:
        daemon.end()


def before(programs, root):
    """Drops the files before the daemon starts."""
    daemon = Daemon(programs, root / "before")
    try:
        (daemon.spool / "incoming").mkdir(parents=True)
        daemon.drop("job", JOB, COUNT)
        # Younger files might still have a writer.
        time.sleep(2)
        ready = daemon.start()
        start = time.monotonic()
        until(lambda: daemon.accepted("job") >= COUNT, pause=0.1)
        rate = COUNT / (time.monotonic() - start)
        print(f"before the start: READY after {ready:.2f} s; accepted: {rate:.0f} per second")
        return check({"READY before the backlog": ready < COUNT / rate / 2})
    finally:
        daemon.end()


def main():
    project = pathlib.Path(__file__).resolve().parents[2]
    programs = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else project / ".build/release").absolute()
    root = pathlib.Path(tempfile.mkdtemp(prefix="ten-thousand-", dir=sys.argv[2] if len(sys.argv) > 2 else None))
    try:
        are_kept = [running(programs, root), before(programs, root)]
    finally:
        shutil.rmtree(root, ignore_errors=True)
    sys.exit(0 if all(are_kept) else 1)


if __name__ == "__main__":
    main()
