"""Compares what deepspool read from a table with what its peers read; pure functions for compare_peers.py.

A finding is {"aspect", "column", "ours", "peers", "verdict"}. Its verdict is "alone" if at least two readers that have
an opinion agree with each other and not with deepspool, "unclear" if they differ among themselves and none of them agrees
with deepspool, and "outvoted" if one of them does. Aspects on which deepspool agrees with a majority make no finding.
"""

import collections, datetime, math, re

INVENTED = re.compile(r"^(Unnamed: \d+|column_?\d+|C\d+|\d+|index|level_\d+|__index_level_\d+__|__UNNAMED__\d+|_duplicated_\d+|)$")
SUFFIX = re.compile(r"(\.\d+|_\d+|_duplicated_\d+)$")
KINDS = {"int": "number", "real": "number", "enum": "text", "string": "text", "time": "time"}


def compare(ours, peers):
    """Returns the findings; `peers` maps names to answers of peer_tables.py."""
    read = {name: table for name, table in peers.items() if "error" not in table}
    if "error" in ours:
        return [finding("readable", None, ours["error"], {n: shape(t) for n, t in read.items()},
                        verdict(None, [shape(t) for t in read.values()]))] if read else []
    findings = []
    if not read:
        return findings
    nested = {c["name"] for t in read.values() for c in t["columns"] if c["kind"] == "nested"}
    tables = {n: [c for c in t["columns"] if c["name"] not in nested] for n, t in read.items()}
    widths = {n: len(c) for n, c in tables.items()}
    vote(findings, "columns", None, len(ours["columns"]), widths)
    vote(findings, "rows", None, ours["rows"], {n: t["rows"] for n, t in read.items()})
    headers = {n: t["header"] for n, t in read.items() if t.get("header") is not None}
    if headers and ours.get("header") not in (None, *headers.values()):
        findings.append(finding("header", None, ours["header"], headers, "outvoted"))
    for position, column in enumerate(ours["columns"]):
        matching = {}
        for name, columns in tables.items():
            named = [c for c in columns if c["name"] == column["name"]]
            if len(named) == 1:
                matching[name] = named[0]
            elif len(columns) == len(ours["columns"]):
                matching[name] = columns[position]
        compare_column(findings, column, matching, ours)
    return findings


def shape(table):
    return f'{table["rows"]} x {len(table["columns"])}'


def finding(aspect, column, ours, peers, outcome):
    return {"aspect": aspect, "column": column, "ours": ours, "peers": peers, "verdict": outcome}


def verdict(ours, votes, same=lambda a, b: a == b):
    """Returns nil for agreement with the majority of `votes`."""
    if not votes:
        return None
    agreeing = sum(1 for v in votes if same(ours, v))
    if 2 * agreeing >= len(votes):
        return None
    if agreeing:
        return "outvoted"
    return "alone" if len(votes) > 1 and all(same(votes[0], v) for v in votes) else "unclear"


def vote(findings, aspect, column, ours, peers, same=lambda a, b: a == b):
    outcome = verdict(ours, list(peers.values()), same)
    if outcome:
        findings.append(finding(aspect, column, ours, peers, outcome))


def compare_column(findings, ours, peers, table):
    name, peers = ours["name"], {n: c for n, c in peers.items() if c["kind"] not in ("nested", "empty")}
    kind = KINDS.get(ours["type"], ours["type"])
    present = table["rows"] - ours["missing"]
    if table.get("header") is not False:
        named = {n: c["name"].strip() for n, c in peers.items() if not INVENTED.match(c["name"].strip())}
        if not INVENTED.match(name):
            vote(findings, "name", name, name, named, same_name)
    if present == 0:
        if len(peers) > 1:
            findings.append(finding("empty", name, "empty", {n: c["kind"] for n, c in peers.items()}, "alone"))
        return
    vote(findings, "kind", name, kind, {n: kind_for(kind, c) for n, c in peers.items()})
    alike = {n: c for n, c in peers.items() if c["kind"] == kind}
    vote(findings, "missing", name, ours["missing"], {n: c["missing"] for n, c in alike.items()})
    if kind == "text":
        vote(findings, "distinct", name, ours.get("distinct"),
             {n: (c["distinct"], c["trimmed"]) for n, c in alike.items()}, lambda a, b: same_count(a, b))
        levels = ours.get("levels") or []
        full = {n: c["levels"] for n, c in alike.items() if same_count(ours.get("distinct"), (c["distinct"], c["trimmed"]))}
        if levels and ours.get("distinct", 11) <= 10:
            vote(findings, "levels", name, sorted(levels), {n: v for n, v in full.items()}, same_levels)
    else:
        for figure in ("minimum", "maximum", "mean"):
            mine = figure_of(ours.get(figure))
            if mine is None:
                continue
            spread = max([abs(c.get("maximum", 0) - c.get("minimum", 0)) for c in alike.values()] + [0])
            vote(findings, figure, name, mine, {n: c[figure] for n, c in alike.items() if figure in c},
                 lambda a, b: close(a, b, spread) or kind == "time" and abs(a - b) <= 1)


def kind_for(kind, peer):
    """Returns the kind of a peer's column; texts that a person would read as `kind` count as it."""
    if peer["kind"] == "text" and peer.get("loose") == kind:
        return kind
    return peer["kind"]


def same_name(a, b):
    return a.strip() == b.strip() or SUFFIX.sub("", a.strip()) == SUFFIX.sub("", b.strip()) \
        or re.sub(r"[^A-Za-z0-9]+", "", a).lower() == re.sub(r"[^A-Za-z0-9]+", "", b).lower()


def same_count(count, pair):
    return count is None or count in pair


def same_levels(a, b):
    def form(levels):
        return sorted(collections.OrderedDict.fromkeys(level.strip().lower() for level in levels))
    return form(a) == form(b)


def close(a, b, spread):
    if math.isinf(a) or math.isinf(b) or math.isnan(a) or math.isnan(b):
        return a == b
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b)) + 1e-6 * spread + 1e-12


def figure_of(value):
    """Returns a figure of describe as a number; times are milliseconds."""
    if isinstance(value, str):
        try:
            moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None
        zone = moment.tzinfo or datetime.timezone.utc
        return (moment.replace(tzinfo=zone) - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds() * 1000
    return value
