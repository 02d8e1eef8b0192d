#!/usr/bin/env python3
"""Fuzzes the readers of untrusted files with libFuzzer: CSV, SVMLight, ARFF, workbooks, Parquet,
job files, models, checkpoints, MOJOs.

    python3 fuzz.py [--seconds 600] [--jobs 1] [READER...]

Every reader starts from corpus/READER.zip. Inputs that reach new code are added there, and `make test`
reads them again. Inputs that crash a reader, keep it busy for ten seconds or need two gigabytes of
memory are stored in .build-fuzz/found, and the exit status is 1.
"""
import argparse, concurrent.futures, os, re, shutil, subprocess, sys, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(f"{HERE}/../..")
READERS = ["csv", "svmlight", "arff", "workbook", "parquet", "job", "model", "checkpoint", "mojo"]
# Larger inputs are slower and reach no further code; models need room for their levels and weights.
LARGEST_BYTES = dict(csv=4096, svmlight=4096, arff=4096, workbook=8192, parquet=4096, job=4096, model=8192,
                     checkpoint=8192, mojo=8192)


def fuzzer():
    """Builds the fuzzer and returns its path."""
    command = ["swift", "build", "-c", "release", "--sanitize", "fuzzer", "--scratch-path", f"{ROOT}/.build-fuzz",
               "--package-path", ROOT, "--product", "Fuzzer"]
    environment = dict(os.environ, DEEPSPOOL_FUZZING="1")
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
    return f"{ROOT}/.build-fuzz/release/Fuzzer"


def run(program, reader, seconds):
    """Fuzzes one reader; returns the inputs tried, the peak memory in MB, the inputs kept and the failures."""
    folder = f"{ROOT}/.build-fuzz/corpus/{reader}"
    found = f"{ROOT}/.build-fuzz/found/{reader}"
    archive = f"{HERE}/corpus/{reader}.zip"
    for path in (folder, found, f"{folder}-kept"):
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
    if os.path.exists(archive):
        zipfile.ZipFile(archive).extractall(folder)
    limits = ["-timeout=10", "-rss_limit_mb=2048", "-malloc_limit_mb=1024", f"-max_len={LARGEST_BYTES[reader]}",
              f"-artifact_prefix={found}/"]
    words = f"{HERE}/words/{reader}.txt"
    if os.path.exists(words):
        limits.append(f"-dict={words}")
    # Swift's crash report would end the program before libFuzzer saves the input.
    environment = dict(os.environ, DEEPSPOOL_FUZZED=reader, SWIFT_BACKTRACE="enable=no")
    with open(f"{ROOT}/.build-fuzz/{reader}.log", "w") as log:
        subprocess.run([program, f"-max_total_time={seconds}", "-print_final_stats=1", *limits, folder],
                       stdout=log, stderr=log, env=environment)
    text = open(f"{ROOT}/.build-fuzz/{reader}.log", errors="replace").read()
    tried = re.search(r"stat::number_of_executed_units:\s*(\d+)", text)
    peak = re.search(r"stat::peak_rss_mb:\s*(\d+)", text)
    subprocess.run([program, "-merge=1", *limits, f"{folder}-kept", folder], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env=environment)
    kept = {name: open(f"{folder}-kept/{name}", "rb").read() for name in os.listdir(f"{folder}-kept")}
    pack(archive, kept)
    return tried and int(tried[1]), peak and int(peak[1]), len(kept), sorted(os.listdir(found))


def pack(archive, entries):
    """Writes a reproducible zip file of `entries` (contents by name)."""
    os.makedirs(os.path.dirname(archive), exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in sorted(entries.items()):
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("readers", nargs="*", default=READERS)
    options = parser.parse_args()
    program = fuzzer()
    faults = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = {reader: pool.submit(run, program, reader, options.seconds) for reader in options.readers}
        for reader, future in runs.items():
            tried, peak, kept, found = future.result()
            print(f"{reader}: {tried} inputs tried, peak {peak} MB, {kept} kept, {len(found)} failures {found}", flush=True)
            faults += len(found)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
