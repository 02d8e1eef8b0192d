#!/usr/bin/env python3
"""Writes the manual pages: of the programs from what they print with --help, of the configuration from its reference.

    packaging/manuals.py [--mpi] PROGRAMS FOLDER DOCUMENTS

PROGRAMS is the folder of the built programs; DOCUMENTS is where the documentation will be installed.

Writes deepspool.1, deepspool-COMMAND.1 for each command, deepspoold.8 and deepspoold.yaml.5; with --mpi, only deepspool-mpi-worker.1.
`man --warnings` accepts them.
"""
import datetime, json, os, pathlib, subprocess, sys

import roff
from roff import escaped

STATUSES = (
    ("0", "Success."), ("64", "Usage: the command line is invalid."), ("65", "A job, model or table is invalid."),
    ("66", "An input is missing."), ("69", "The daemon is not running."), ("70", "Internal error."),
    ("73", "The output cannot be written."), ("75", "Temporary failure: try again."))
# Commands that report how a job ended.
OUTCOMES = (("1", "A job failed."), ("2", "A job was cancelled."), ("3", "A job file was rejected."))
OUTCOME_COMMANDS = ("follow", "logs", "wait", "submit")
DAEMON_STATUSES = (
    ("0", "The daemon ended after an order to stop."), ("64", "Usage: the command line is invalid."),
    ("73", "The spool cannot be used."), ("75", "Another daemon uses the spool."),
    ("78", "The configuration is invalid."))
RANK_STATUSES = (
    ("0", "The job has reported how it ended."), ("64", "Usage: the command line is invalid."),
    ("101", "The job exceeded its memory limit."), ("102", "The process that started the job has ended."),
    ("103", "Another rank did not answer, or its host is cut off; the job continues from its checkpoint."))
FILES = (
    ("/etc/deepspool/deepspoold.yaml", "The configuration of the daemon, see deepspoold.yaml(5)."),
    ("/var/spool/deepspool", "The spool. Job files are dropped into its directory incoming."),
    ("/var/lib/deepspool/data", "The tables that jobs of the daemon may read."))
CONFIGURATION = pathlib.Path(__file__).parent.parent / "docs/reference/configuration.md"
ENVIRONMENT = (("DEEPSPOOL_SPOOL", "The spool, unless --spool is given."),)


def printed(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def paragraphs(text):
    """Returns paragraphs separated by .PP; a line that begins with a blank keeps its line break."""
    blocks = [block for block in (text or "").strip("\n").split("\n\n") if block.strip()]
    made = []
    for block in blocks:
        lines = block.split("\n")
        if all(line.startswith(" ") for line in lines):
            made.append("\n".join([".RS 4", ".nf", *map(escaped, (line.strip() for line in lines)), ".fi", ".RE"]))
        else:
            made.append(escaped(block))
    return "\n.PP\n".join(made)


def names_of(argument):
    marks = dict(short="-", long="--", longWithSingleDash="-")
    return [marks[name["kind"]] + name["name"] for name in argument["names"]]


def synopsis_of(argument):
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        text = value
    else:
        preferred = argument["preferredName"]
        name = {"short": "-"}.get(preferred["kind"], "--") + preferred["name"]
        text = f"\\fB{escaped(name)}\\fR" + ("" if argument["kind"] == "flag" else f" {value}")
    text += " ..." if argument["isRepeating"] else ""
    return f"[{text}]" if argument["isOptional"] else text


def described(argument):
    """Returns an option or a positional argument as a tagged paragraph."""
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        tag = value
    else:
        tag = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names_of(argument))
        tag += "" if argument["kind"] == "flag" else f" {value}"
    text = argument.get("abstract", "")
    if argument.get("defaultValue") and argument["kind"] != "flag":
        text += f" Default: {argument['defaultValue']}."
    if argument.get("allValues"):
        text += f" One of {', '.join(argument['allValues'])}."
    return f".TP\n{tag}\n{paragraphs(text)}"


def tagged(title, entries):
    return [f".SH {title}"] + [f".TP\n\\fB{escaped(name)}\\fR\n{escaped(text)}" for name, text in entries]


def shown(items):
    return [item for item in items if item.get("shouldDisplay", True)]


def page(name, section, command, about, others, extra, written=None):
    """Returns a page; `written` is the name as users write it, by default with blanks between the words."""
    version, documents = about
    arguments = shown(command.get("arguments", []))
    commands = [each for each in shown(command.get("subcommands", [])) if each["commandName"] != "help"]
    written = written or (name if section == 8 or not others else name.replace("deepspool-", "deepspool ", 1))
    abstract = command.get("abstract", "").rstrip(".")
    lines = opening(name, section, version, abstract[:1].lower() + abstract[1:]) + [
        ".SH SYNOPSIS", f"\\fB{escaped(written)}\\fR" + (" \\fIcommand\\fR [\\fIargument\\fR ...]" if commands else "")]
    lines += [synopsis_of(argument) for argument in arguments if not commands]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", paragraphs(command["discussion"])]
    if commands:
        lines += tagged("COMMANDS", [(each["commandName"], each["abstract"]) for each in commands])
    for title, kinds in (("ARGUMENTS", ("positional",)), ("OPTIONS", ("option", "flag"))):
        chosen = [described(argument) for argument in arguments if argument["kind"] in kinds]
        lines += [f".SH {title}"] + chosen if chosen else []
    for title, entries in extra:
        lines += tagged(title, entries)
    return "\n".join(lines + closing([other for other in others if other[0] != name], documents)) + "\n"


def opening(name, section, version, abstract):
    date = datetime.date.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.datetime.now().timestamp()))
    return [f'.TH "{escaped(name.upper())}" {section} {date.isoformat()} "deepspool {escaped(version)}" deepspool',
            ".nh",  # hyphens in names of keys and paths would be read as part of them
            ".SH NAME", f"{escaped(name)} \\- {escaped(abstract)}"]


def closing(others, documents):
    references = ",\n".join(f"\\fB{escaped(other)}\\fR({number})" for other, number in others)
    return [".SH SEE ALSO", references, ".PP", escaped(f"The documentation is in {documents}.")]


def page_of_configuration(about):
    version, documents = about
    lines = opening("deepspoold.yaml", 5, version, "configuration of deepspoold") + [".SH DESCRIPTION"]
    lines += roff.page(CONFIGURATION.read_text(encoding="utf-8"))
    return "\n".join(lines + closing([("deepspoold", 8), ("deepspool", 1)], documents)) + "\n"


def dumped(program):
    return json.loads(printed(program, "--experimental-dump-help"))["command"]


def pages_of_ranks(programs, about):
    worker = "deepspool-mpi-worker"
    others = [("deepspool-run", 1), ("deepspoold", 8), ("mpirun", 1), ("srun", 1)]
    return {f"{worker}.1": page(
        worker, 1, dumped(f"{programs}/{worker}"), about, others, [("EXIT STATUS", RANK_STATUSES)], written=worker)}


def pages_of_programs(programs, about):
    client, daemon = (dumped(f"{programs}/{name}") for name in ("deepspool", "deepspoold"))
    commands = [each for each in shown(client["subcommands"]) if each["commandName"] != "help"]
    everything = [("deepspool", 1)] + [(f"deepspool-{each['commandName']}", 1) for each in commands] + [("deepspoold", 8)]
    both = [("deepspool", 1), ("deepspoold", 8)]
    statuses, environment = ("EXIT STATUS", STATUSES), ("ENVIRONMENT", ENVIRONMENT)
    pages = {"deepspool.1": page("deepspool", 1, client, about, everything, [statuses, environment, ("FILES", FILES)])}
    for each in commands:
        name = f"deepspool-{each['commandName']}"
        outcomes = OUTCOMES if each["commandName"] in OUTCOME_COMMANDS else ()
        pages[f"{name}.1"] = page(
            name, 1, each, about, both, [("EXIT STATUS", STATUSES[:1] + outcomes + STATUSES[1:]), environment])
    pages["deepspoold.8"] = page(
        "deepspoold", 8, daemon, about,
        [("deepspoold.yaml", 5), ("deepspool", 1), ("journalctl", 1), ("systemctl", 1)],
        [("EXIT STATUS", DAEMON_STATUSES), ("FILES", FILES)])
    pages["deepspoold.yaml.5"] = page_of_configuration(about)
    return pages


def main(programs, folder, documents, of_ranks):
    about = (printed(f"{programs}/deepspool", "--version").split()[-1], documents)
    pages = (pages_of_ranks if of_ranks else pages_of_programs)(programs, about)
    os.makedirs(folder, exist_ok=True)
    for name, text in pages.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    of_ranks = sys.argv[1:2] == ["--mpi"]
    arguments = sys.argv[2:] if of_ranks else sys.argv[1:]
    if len(arguments) != 3:
        sys.exit(__doc__)
    main(*arguments, of_ranks)
