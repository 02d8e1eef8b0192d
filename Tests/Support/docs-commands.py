#!/usr/bin/env python3
"""Runs the commands that README.md and the pages under docs show, and checks those that cannot run here.

    Tests/Support/docs-commands.py [--programs FOLDER] [--verbose] [PAGE...]

Each page runs in a shell of its own, at the root of a scratch copy of the clone, with the programs at
.build/release and on PATH. The first failing command fails the page.
With DEEPSPOOL_DOCS_PACKAGE=1 the pages are those of the installed package, and run as for its users:
in an empty folder, with the programs that are on PATH. Conventions in the Markdown:

```sh                         commands, run in order in the shell of the page
```console                    "$ " begins a command; the other lines must appear in its output, in this
                              order, each as part of a line; "..." stands for any lines
```yaml with "# NAME.yaml"    as its first line: saved as NAME.yaml in the current folder
<!-- first: PAGE -->          the blocks of PAGE run before those of this page
<!-- status: 65 -->           above a block: it exits with this status
<!-- needs: WHAT -->          above a block: it runs only where WHAT is there

Skipped blocks are still checked: the syntax of the shell, that the targets of make exist, and that the
commands and options of deepspool exist. Indented blocks are not for commands; one is an error.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

OF_PACKAGE = os.environ.get("DEEPSPOOL_DOCS_PACKAGE") == "1"
CLONE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOT = "/usr/share/doc/deepspool" if OF_PACKAGE else CLONE
PAGE_SECONDS = 60
COPIED_FOLDERS = ("Config", "Spool", "docs", "systemd")
COPIED_FILES = ("Makefile", "README.md", "LICENSE")
COMMANDS = ("deepspool", "deepspoold", "make", "sudo", "systemctl", "journalctl", "export", "cp", "swift")


def is_booted():
    return os.path.isdir("/run/systemd/system")


def imports(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


# WHAT: whether it is there, and the reason to skip where it is not.
NEEDS = {
    "time": (lambda: False, "takes minutes"),
    "terminal": (lambda: False, "needs a person or a desktop"),
    "systemd": (is_booted, "needs a booted systemd"),
    "root": (lambda: os.geteuid() == 0, "needs root"),
    "clone": (lambda: not OF_PACKAGE, "needs a clone"),
    "package": (lambda: OF_PACKAGE, "needs the installed package; packaging/test-package.sh runs it"),
    "service": (
        lambda: os.environ.get("DEEPSPOOL_DOCS_SERVICE") == "1" and is_booted() and os.geteuid() == 0,
        "needs the installed service; docs-service-commands.sh runs it in a sandbox",
    ),
    "ranks": (
        lambda: shutil.which("mpirun") and os.path.exists(f"{ROOT}/.build/release/deepspool-mpi-worker"),
        "needs mpirun and deepspool-mpi-worker, see Tests/Support/build-mpi-worker.sh",
    ),
    "hosts": (lambda: False, "needs several hosts; cluster-test.sh runs it"),
    "slurm": (lambda: False, "needs Slurm; cluster-test.sh runs it"),
    "onnxruntime": (lambda: imports("onnxruntime"), "needs the Python package onnxruntime"),
    "polars": (lambda: False, "needs the Python package polars and a Parquet file"),
}


class Block:
    def __init__(self, page, line, language, text, needs, status):
        self.page, self.line, self.language, self.text = page, line, language, text
        self.needs, self.status = needs, status

    @property
    def place(self):
        return f"{self.page}:{self.line}"

    @property
    def file_name(self):
        """The name under which a YAML block is saved."""
        match = re.match(r"# ([\w.-]+\.yaml)$", self.text.split("\n")[0])
        return match.group(1) if self.language == "yaml" and match else None

    @property
    def commands(self):
        """The commands as a script with one line per line of the page."""
        if self.language == "sh":
            return self.text
        return "".join(line[2:] + "\n" if line.startswith("$ ") else "\n" for line in self.text.splitlines())

    @property
    def expected(self):
        if self.language != "console":
            return []
        lines = [line for line in self.text.splitlines() if not line.startswith("$ ")]
        return [line.strip() for line in lines if line.strip() not in ("", "...")]

    @property
    def reason_to_skip(self):
        return next((NEEDS[need][1] for need in self.needs if not NEEDS[need][0]()), None)


class Page:
    def __init__(self, path):
        self.path, self.blocks, self.first, self.faults = path, [], [], []
        with open(os.path.join(ROOT, path)) as file:
            self.read(file.read().split("\n"))

    def read(self, lines):
        needs, status, language, start, text = [], 0, None, 0, []
        previous = ""
        for number, line in enumerate(lines, 1):
            if language is not None:
                if line.startswith("```"):
                    block = Block(self.path, start, language, "".join(text), needs, status)
                    if language in ("sh", "console") or block.file_name:
                        self.blocks.append(block)
                    needs, status, language = [], 0, None
                else:
                    text.append(line + "\n")
            elif line.startswith("```"):
                language, start, text = line[3:].strip(), number, []
                if language in ("bash", "shell", "shell-session"):
                    self.faults.append(f"{self.path}:{number}: mark commands as sh or console")
            elif match := re.fullmatch(r"<!-- (needs|status|first): (.+) -->", line):
                kind, value = match.groups()
                if kind == "needs":
                    needs = value.split()
                    unknown = [need for need in needs if need not in NEEDS]
                    self.faults += [f"{self.path}:{number}: unknown need '{need}'" for need in unknown]
                    needs = [need for need in needs if need in NEEDS]
                elif kind == "status":
                    status = int(value)
                else:
                    self.first.append(value)
            elif line.startswith("    ") and not previous.strip():
                if line.split()[0] in COMMANDS:
                    self.faults.append(f"{self.path}:{number}: fence commands with ```sh instead of indenting them")
            previous = line


def all_pages():
    of_package, of_clone = ("find",), ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    listing = subprocess.run(
        [*(of_package if OF_PACKAGE else of_clone), "README.md", "docs"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    pages = [path for path in listing if path.endswith(".md")]
    order = ["README.md", "docs/tutorial", "docs/README.md", "docs/how-to", "docs/reference", "docs/explanation"]
    rank = lambda path: next((n for n, start in enumerate(order) if path.startswith(start)), len(order))
    return sorted((path for path in pages if os.path.exists(os.path.join(ROOT, path))), key=lambda p: (rank(p), p))


def scratch_copy(folder, programs):
    for name in COPIED_FOLDERS:
        shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name), ignore=shutil.ignore_patterns("run"))
    for name in COPIED_FILES:
        shutil.copy(os.path.join(ROOT, name), folder)
    release = os.path.join(folder, ".build", "release")
    os.makedirs(release)
    for name in ("deepspool", "deepspoold"):
        os.symlink(os.path.join(programs, name), os.path.join(release, name))


def script(blocks, folder):
    """A script that runs the blocks in one shell and reports each on descriptor 3."""
    # A failing block ends the shell; the trap says which command that was. Lines count as in the page.
    # `head` reads to the end here: closing the pipe early would end the command before it by SIGPIPE.
    parts = [
        "set -eE -o pipefail", 'head() { command head "$@"; cat > /dev/null; }',
        'trap \'echo "$LINENO: $BASH_COMMAND" > "$DOCS_STATE/failed"\' ERR',
    ]
    for index, block in enumerate(blocks):
        path = os.path.join(folder, str(index))
        parts.append(f"echo 'begin {index}' >&3")
        if block.file_name:
            with open(path, "w") as file:
                file.write(block.text)
            parts.append(f"cp '{path}' '{block.file_name}'")
        else:
            with open(path, "w") as file:
                file.write("\n" * block.line + block.commands)
            if block.status:
                parts.append(
                    f"status=0; ( trap - ERR; . '{path}' ) > '{path}.out' 2>&1 || status=$?\n"
                    f"[ $status = {block.status} ] || "
                    f"{{ echo \"exit status $status instead of {block.status}\" >> '{path}.out'; false; }}")
            else:
                parts.append(f". '{path}' > '{path}.out' 2>&1")
        parts.append(f"echo 'end {index}' >&3")
    return "\n".join(parts) + "\n"


def run(blocks, programs, verbose):
    """Runs the blocks of a page; returns the faults."""
    with tempfile.TemporaryDirectory(prefix="deepspool-docs.") as top:
        clone, state, home = (os.path.join(top, name) for name in ("clone", "state", "home"))
        for name in (clone, state, home):
            os.mkdir(name)
        if not OF_PACKAGE:
            scratch_copy(clone, programs)
        path = os.path.join(state, "script")
        with open(path, "w") as file:
            file.write(script(blocks, state))
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DEEPSPOOL_")},
            "PATH": ("" if OF_PACKAGE else os.path.join(clone, ".build", "release") + ":") + os.environ["PATH"],
            "HOME": home, "TMPDIR": home, "LC_ALL": "C.UTF-8", "DOCS_STATE": state,
        }
        with open(os.path.join(state, "progress"), "w") as progress:
            os.set_inheritable(progress.fileno(), True)
            process = subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-c", f"exec 3>&{progress.fileno()}; . '{path}'"], cwd=clone,
                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=[progress.fileno()], start_new_session=True)
            try:
                status = process.wait(PAGE_SECONDS)
            except subprocess.TimeoutExpired:
                status = None
            # The daemons that the page has started belong to the shell's group.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        return faults(blocks, state, status, verbose)


def faults(blocks, state, status, verbose):
    def content(name):
        try:
            with open(os.path.join(state, name), errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    found = []
    lines = content("progress").split("\n")
    for index, block in enumerate(blocks):
        output = content(f"{index}.out")
        if f"end {index}" in lines:
            position = 0
            for expected in block.expected:
                at = output.find(expected, position)
                if at < 0:
                    found.append(f"{block.place}: missing in the output: {expected}\n{tail(output)}")
                    break
                position = at + len(expected)
            if verbose:
                print(f"--- {block.place}\n{output}", end="")
        elif f"begin {index}" in lines:
            command = content("failed").strip()
            reason = f"longer than {PAGE_SECONDS} s" if status is None else f"exit status {status}"
            found.append(f"{block.place}: failed ({reason}) at line {command}\n{tail(output)}")
        else:
            found.append(f"{block.place}: not reached")
            break
    return found


def tail(text):
    return "\n".join("    " + line for line in text.rstrip().split("\n")[-15:])


def faults_of_skipped(block, programs):
    """What can be said of commands without running them."""
    found = []
    syntax = subprocess.run(["bash", "-n"], input=block.commands, capture_output=True, text=True)
    if syntax.returncode:
        found.append(f"{block.place}: {syntax.stderr.strip()}")
    for target in [] if OF_PACKAGE else re.findall(r"^\s*(?:sudo )?make ([a-z-]+)", block.commands, re.M):
        if subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True).returncode:
            found.append(f"{block.place}: the Makefile has no target '{target}'")
    for words in re.findall(r"\bdeepspool ([a-z]+)([^|;&\n]*)", block.commands):
        help_text = subprocess.run(
            [os.path.join(programs, "deepspool"), "help", words[0]], capture_output=True, text=True)
        if help_text.returncode:
            found.append(f"{block.place}: there is no command 'deepspool {words[0]}'")
        for option in re.findall(r"--[a-z][a-z-]*", words[1]):
            if option not in help_text.stdout:
                found.append(f"{block.place}: 'deepspool {words[0]}' has no option {option}")
    return found


def main():
    parser = argparse.ArgumentParser(description="Runs the commands in README.md and docs.")
    built = "/usr/bin" if OF_PACKAGE else os.path.join(CLONE, ".build", "release")
    parser.add_argument("--programs", default=built, help="folder of the programs")
    parser.add_argument("--verbose", action="store_true", help="print the output of every block")
    parser.add_argument("pages", nargs="*", help="pages, relative to the clone or the package's folder; default: all")
    options = parser.parse_args()
    programs = os.path.abspath(options.programs)
    if not os.access(os.path.join(programs, "deepspool"), os.X_OK):
        sys.exit(f"there is no program '{programs}/deepspool': run make build, or give --programs")

    start = time.monotonic()
    ran, skipped, all_faults = 0, {}, []
    for path in options.pages or all_pages():
        page = Page(path)
        all_faults += page.faults
        runnable = []
        for block in page.blocks:
            if block.reason_to_skip is None:
                runnable.append(block)
            else:
                skipped.setdefault(block.reason_to_skip, []).append(block)
                all_faults += faults_of_skipped(block, programs)
        if not runnable:
            continue
        before = [block for name in page.first for block in Page(name).blocks if block.reason_to_skip is None]
        found = run(before + runnable, programs, options.verbose)
        all_faults += found
        ran += len(runnable)
        print(f"{path}: {len(runnable)} blocks{', FAILED' if found else ''}", flush=True)

    for reason, blocks in sorted(skipped.items()):
        print(f"skipped {len(blocks)}: {reason} ({', '.join(block.place for block in blocks)})")
    for fault in all_faults:
        print(fault, file=sys.stderr)
    print(f"{ran} blocks run in {time.monotonic() - start:.0f} s, {sum(map(len, skipped.values()))} skipped, "
          f"{len(all_faults)} failures")
    sys.exit(1 if all_faults else 0)


if __name__ == "__main__":
    main()
