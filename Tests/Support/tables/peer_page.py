"""Prints what compare_peers.py found, for people, and writes the part of the page that it generates."""

import collections, json, re, textwrap

CLASSES = ("agrees", "outvoted, warned", "outvoted, silent", "unclear, warned", "unclear, silent", "alone, warned",
           "alone, silent", "refused", "refused by all", "read by deepspool only", "crashed")


def listing(results):
    """Returns one line per finding and the counts."""
    lines = []
    for result in results:
        if result["class"] in ("agrees", "refused by all", "read by deepspool only"):
            continue
        lines.append(f'{result["file"]}: {result["class"]}')
        for found in result["findings"][:6]:
            where = f' {found["column"]!r}' if found["column"] is not None else ""
            lines.append(f'    {found["verdict"]}: {found["aspect"]}{where}: {short(found["ours"])}, peers '
                         + ", ".join(f"{name} {short(value)}" for name, value in found["peers"].items()))
        if len(result["findings"]) > 6:
            lines.append(f'    and {len(result["findings"]) - 6} more')
    counts = collections.Counter(result["class"] for result in results)
    lines += ["", f"{len(results)} files"] + [f"{counts[kind]:6} {kind}" for kind in CLASSES if counts[kind]]
    return "\n".join(lines)


def short(value, length=70):
    text = str(value).replace("\n", " ")
    return text if len(text) <= length else text[:length] + "..."


def suite_of(result):
    return result["file"].split("/")[0].replace("+", "/")


def table(results):
    """Returns the counts per suite as a Markdown table."""
    suites = collections.defaultdict(collections.Counter)
    for result in results:
        suites[suite_of(result)][result["class"]] += 1
    kinds = [kind for kind in CLASSES if any(counts[kind] for counts in suites.values())]
    lines = ["| suite | files | " + " | ".join(kinds) + " |", "| --- |" + " --- |" * (len(kinds) + 1)]
    for suite, counts in sorted(suites.items()):
        lines.append(f"| {suite} | {sum(counts.values())} | " + " | ".join(str(counts[k]) for k in kinds) + " |")
    return "\n".join(lines)


def sources(folder):
    """Returns where the suites came from, as sources.json of their folder says."""
    file = folder / "sources.json"
    if not file.exists():
        return ""
    lines = ["| suite | commit | date | table files | read |", "| --- | --- | --- | --- | --- |"]
    for source in json.loads(file.read_text()):
        lines.append(f'| [{source["suite"].replace("+", "/")}]({source["url"]}) | {source["commit"][:12]} | {source["date"]} |'
                     f' {source["available"]} | {source["files"]} |')
    return "\n".join(lines) + "\n\n"


def silent(results, judgements):
    """Returns the files that differ without a warning, as a Markdown table, and their number."""
    lines, count = ["| file | difference | judgement |", "| --- | --- | --- |"], 0
    for result in results:
        judged = judgements.get(result["file"], {})
        if not result["class"].endswith("silent") or judged.get("right", False):
            continue
        worst = next(f for f in result["findings"] if result["class"].startswith(f["verdict"]))
        where = f' of {worst["column"]}' if worst["column"] is not None else ""
        peers = ", ".join(f"{name} {short(value, 24)}" for name, value in worst["peers"].items())
        text = f'{worst["aspect"]}{where}: {short(worst["ours"], 24)}; {peers}'
        lines.append(f'| {result["file"].replace("+", "/")} | {cell(text)} | {cell(judged.get("reason", "not studied"))} |')
        count += 1
    return "\n".join(lines), count


def cell(text):
    """Returns text that a Markdown table takes as it is."""
    return re.sub(r"([|*_`<>\[\]\\])", r"\\\1", re.sub(r"\s+", " ", text))


def write(page, results, folder, judgements, available):
    """Replaces the generated part of a page; `available` is the number of files in the folder."""
    rows, count = silent(results, judgements)
    right = sum(1 for r in results if r["class"].endswith("silent") and judgements.get(r["file"], {}).get("right"))
    read = sum(1 for r in results if "error" not in r["ours"])
    sentence = textwrap.fill(
        f"{len(results)} of {available} files, of which deepspool reads {read}. In {count + right} files deepspool differs from a peer"
        f" without a warning; in {right} of them it was judged to be right, {count} remain:", 100)
    part = sources(folder) + table(results) + f"\n\n{sentence}\n\n{rows}\n"
    begin, end = "<!-- begin: results -->\n", "<!-- end: results -->"
    text = page.read_text()
    head, tail = text.split(begin)[0], text.split(end)[1]
    page.write_text(head + begin + part + end + tail)
