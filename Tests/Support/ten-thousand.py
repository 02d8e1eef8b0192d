#!/usr/bin/env python3
"""Drops 10,000 job files into the spool of a real daemon, and compares it with a bare loop of the same system calls.

Usage: Tests/Support/ten-thousand.py [FOLDER-WITH-THE-PROGRAMS] [SPOOL]     (`make ten-thousand`)

Prints the accepted files per second (all synced), the files per second of the bare loop on the same disk (create,
write, fsync, rename, fsync of two folders), the daemon's peak memory, and the time of `deepspool list`.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

COUNT = 10_000
JOB = "training_frame: iris.csv\nresponse_column: Species\njob: {not_before: 2099-01-01T00:00:00Z}\n"


def sync_folder(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def bare_loop(root):
    """Returns the files per second with only the system calls that an acceptance requires."""
    first, second = root / "first", root / "second"
    first.mkdir(parents=True)
    second.mkdir()
    start = time.monotonic()
    for number in range(COUNT):
        descriptor = os.open(first / str(number), os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, JOB.encode())
        os.fsync(descriptor)
        os.close(descriptor)
        os.rename(first / str(number), second / str(number))
        sync_folder(first)
        sync_folder(second)
    return COUNT / (time.monotonic() - start)


def peak_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main():
    project = pathlib.Path(__file__).resolve().parents[2]
    programs = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else project / ".build/release")
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="ten-thousand-"))
    spool = root / "spool"
    daemon = subprocess.Popen(
        [programs / "deepspoold", "--spool", spool, "--data", project / "Spool/samples"], stderr=subprocess.DEVNULL)
    try:
        while not (spool / "incoming").exists():
            time.sleep(0.05)
        time.sleep(1)
        aside = spool / ".aside"
        aside.mkdir()
        for number in range(COUNT):
            (aside / f"job{number}.yaml").write_text(JOB)
        start = time.monotonic()
        for number in range(COUNT):
            os.rename(aside / f"job{number}.yaml", spool / "incoming" / f"job{number}.yaml")
        queued = spool / "queued"
        while sum(1 for name in os.listdir(queued) if not name.startswith(".")) < COUNT:
            time.sleep(0.05)
        accepted = COUNT / (time.monotonic() - start)
        memory = peak_megabytes(daemon.pid)
        start = time.monotonic()
        listed = subprocess.run([programs / "deepspool", "list", "--spool", spool], capture_output=True, check=True)
        seconds = time.monotonic() - start
        assert listed.stdout.count(b"\n") >= COUNT, "`deepspool list` does not show all jobs"
        bare = bare_loop(root / "bare")
        print(f"accepted: {accepted:.0f} per second; bare loop: {bare:.0f} per second; ratio {accepted / bare:.2f}")
        print(f"peak memory of the daemon: {memory:.0f} MB; `deepspool list`: {seconds:.2f} s")
    finally:
        daemon.terminate()
        daemon.wait()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
