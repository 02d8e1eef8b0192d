#!/usr/bin/env python3
"""Checks commit subjects: `area: imperative summary`, at most 72 characters.

    subjects.py [--since COMMIT]     checks the commits after COMMIT (default: BASE)
    subjects.py --message FILE       checks a message that git is about to commit

In a shallow clone that does not reach the base, the commits that are there are checked. Without a git history, or in a
history that does not contain the base, nothing is checked and a line says so.
"""
import argparse
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../../..")
# Subjects up to this commit are older than the rule.
BASE = "64dadd906d7f"
LONGEST_SUBJECT = 72
LONGEST_BODY_LINE = 100

SUBJECT = re.compile(r"^(?P<area>[A-Za-z0-9][A-Za-z0-9 ,./_-]*): (?P<summary>\S.*)$")
# What git itself writes. The hook lets the second kind pass: it disappears with a rebase.
WRITTEN_BY_GIT = re.compile(r'^(Merge |Revert "|Reapply ")')
TO_BE_SQUASHED = re.compile(r"^(fixup|squash|amend)! ")
# Imperatives that end like another form of a verb.
IMPERATIVES = set(
    "bring embed exceed feed fling need ping proceed seed shed speed spring string succeed swing wring "
    "bias canvas focus alias".split())


def is_imperative(word):
    """Tells "add" from "added", "adding" and "adds" by their endings."""
    return word in IMPERATIVES or not re.search(r"(ed|ing|[^siu]s)$", word)


def subject_faults(subject):
    faults = []
    if WRITTEN_BY_GIT.match(subject):
        return faults
    if len(subject) > LONGEST_SUBJECT:
        faults.append(f"the subject has {len(subject)} characters; at most {LONGEST_SUBJECT} are allowed")
    match = SUBJECT.match(subject)
    if not match:
        return faults + ["the subject does not have the form 'area: imperative summary'"]
    summary = match["summary"]
    word = re.split(r"[ ,:;]", summary)[0]
    if re.fullmatch(r"[A-Z][a-z]*", word):
        faults.append(f"the summary begins in upper case: '{word}'")
    elif not is_imperative(word):
        faults.append(f"the summary does not begin with an imperative: '{word}'")
    if summary.endswith("."):
        faults.append("the subject ends with a full stop")
    return faults


def message_faults(text):
    scissors = re.search(r"^# -+ >8 -+$", text, re.M)
    text = text[:scissors.start()] if scissors else text
    lines = [line.rstrip() for line in text.split("\n") if not line.startswith("#")]
    while lines and not lines[0]:
        lines.pop(0)
    # git itself refuses an empty message.
    if not lines or TO_BE_SQUASHED.match(lines[0]):
        return []
    faults = subject_faults(lines[0])
    if len(lines) > 1 and lines[1]:
        faults.append("the line after the subject is not empty")
    faults += [f"a line of the body has {len(line)} characters; at most {LONGEST_BODY_LINE} are allowed"
               for line in lines[1:] if len(line) > LONGEST_BODY_LINE and " " in line]
    return faults


def git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)


def commits_since(base):
    """Returns pairs (hash, subject), newest first."""
    head = git("rev-parse", "--verify", "--quiet", "HEAD")
    if head.returncode != 0:
        print("subjects: skipped: no git history here")
        return []
    if git("merge-base", "--is-ancestor", base, "HEAD").returncode == 0:
        selection = f"{base}..HEAD"
    elif git("rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        selection = "HEAD"
        print(f"subjects: commit {base} is not in this shallow clone; the commits that are there are checked")
    else:
        print(f"subjects: skipped: commit {base} is not in this history")
        return []
    log = git("log", "--no-merges", "--format=%h%x09%s", selection)
    if log.returncode != 0:
        sys.exit(f"subjects: git log failed: {log.stderr.strip()}")
    return [line.split("\t", 1) for line in log.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description="Checks commit subjects.")
    parser.add_argument("--since", default=BASE, metavar="COMMIT")
    parser.add_argument("--message", metavar="FILE")
    options = parser.parse_args()
    if options.message:
        with open(options.message, encoding="utf-8") as file:
            found = [f"commit message: {fault}" for fault in message_faults(file.read())]
    else:
        found = [f"commit {name}: {fault}: {subject}"
                 for name, subject in commits_since(options.since) for fault in subject_faults(subject)]
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
