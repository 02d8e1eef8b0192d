"""Prints what compare_peers.py found, for people."""

import collections

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
