#!/usr/bin/env python3
"""Checks Markdown pages: line length, blanks, tabs, final newline, fenced blocks, links and anchors.

    markdown.py PAGE...

Lines have at most 100 characters, in code blocks too. Table rows are exempt, and so are lines that hold one word or
link without a blank, definitions of links, and what scripts write: pages with a comment `<!-- Written by ... -->` near
the top, and parts from `<!-- begin: NAME -->` to `<!-- end: NAME -->`.
Links within the repository must lead to a file, and their anchors to a heading as GitHub names it.
"""
import functools
import os
import re
import sys
import urllib.parse

ROOT = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../../..")
LONGEST_LINE = 100
# A generated page is marked within its first lines.
MARKED_LINES = 5

FENCE = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})\s*([^`]*)$")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
DEFINITION = re.compile(r"^\s*\[([^\]]+)\]:\s*<?([^\s>]+)>?")
INLINE_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'][^)]*)?\)")
LABEL_LINK = re.compile(r"\[[^\[\]]+\]\[([^\[\]]+)\]")
HTML_LINK = re.compile(r"\b(?:href|src|srcset)=\"([^\"]+)\"")
HTML_ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")
PART = re.compile(r"^<!-- (begin|end): [\w-]+ -->$")
ITEM = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?")


def lines_of(page):
    """Returns pairs (line, whether it is part of a fenced block), and the numbers of lines that open a block badly."""
    lines, faults, fence = [], [], None
    with open(page, encoding="utf-8", newline="") as file:
        text = file.read()
    for number, line in enumerate(text.split("\n"), 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence = (match.group(1), number)
            if not match.group(2).strip():
                faults.append((number, "the fenced block has no language; write 'text' if it has none"))
            lines.append((line, True))
        elif fence is not None:
            lines.append((line, True))
            closes = match and not match.group(2).strip() and match.group(1).startswith(fence[0])
            if closes:
                fence = None
        else:
            lines.append((line, False))
    if fence is not None:
        faults.append((fence[1], "the fenced block is not closed"))
    return text, lines, faults


def slug(heading):
    """Returns the anchor that GitHub gives a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"<[^>]+>", "", text)
    text = re.sub(r"(?<!\w)[*_]{1,3}([^*_]+)[*_]{1,3}(?!\w)", r"\1", text)
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


@functools.lru_cache(maxsize=None)
def anchors_of(page):
    anchors, counts = set(), {}
    for line, is_code in lines_of(page)[1]:
        anchors.update(HTML_ANCHOR.findall(line))
        match = HEADING.match(line)
        if is_code or not match:
            continue
        anchor = slug(match.group(1))
        count = counts.get(anchor, 0)
        counts[anchor] = count + 1
        anchors.add(f"{anchor}-{count}" if count else anchor)
    return anchors


def link_fault(page, link):
    """Returns what is wrong with a link, or None."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//", link):
        return None
    path, _, anchor = link.partition("#")
    target = os.path.normpath(os.path.join(os.path.dirname(page), urllib.parse.unquote(path))) if path else page
    if target != ROOT and not target.startswith(ROOT + os.sep):
        return f"link '{link}' leaves the repository"
    if not os.path.exists(target):
        return f"link '{link}' leads to a missing file"
    if anchor and target.endswith(".md") and anchor not in anchors_of(target):
        return f"link '{link}' leads to a missing heading"
    return None


def is_exempt_from_length(line):
    return line.lstrip().startswith("|") or DEFINITION.match(line) or " " not in ITEM.sub("", line, count=1).strip()


def faults_of(page):
    text, lines, faults = lines_of(page)
    is_generated = any("<!-- Written by" in line for line, _ in lines[:MARKED_LINES])
    if text and not text.endswith("\n"):
        faults.append((len(lines), "the final newline is missing"))
    if text.endswith("\n\n"):
        faults.append((len(lines), "the page ends with an empty line"))
    in_generated_part = False
    labels = {match.group(1).lower() for line, is_code in lines if not is_code and (match := DEFINITION.match(line))}
    for number, (line, is_code) in enumerate(lines, 1):
        if match := PART.match(line):
            in_generated_part = match.group(1) == "begin"
        if len(line) > LONGEST_LINE and not is_generated and not in_generated_part and not is_exempt_from_length(line):
            faults.append((number, f"the line has {len(line)} characters; at most {LONGEST_LINE} are allowed"))
        if line.endswith("\r"):
            faults.append((number, "the line ends with a carriage return"))
        elif line != line.rstrip():
            faults.append((number, "blanks at the end of the line"))
        if "\t" in line:
            faults.append((number, "tab; use blanks"))
        if is_code:
            continue
        prose = re.sub(r"(`+).+?\1", "", line)
        links = INLINE_LINK.findall(prose) + HTML_LINK.findall(prose)
        if match := DEFINITION.match(prose):
            links.append(match.group(2))
        faults += [(number, fault) for link in links if (fault := link_fault(page, link))]
        faults += [(number, f"link label '[{label}]' is not defined")
                   for label in LABEL_LINK.findall(prose) if label.lower() not in labels]
    return sorted(faults)


def main():
    count = 0
    for page in sys.argv[1:]:
        for number, fault in faults_of(os.path.abspath(page)):
            print(f"{page}:{number}: {fault}")
            count += 1
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
