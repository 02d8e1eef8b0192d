"""Compares two builds of deepspool with the same tables, settings and seeds on test rows.

    python3 quality.py compare --before FILE --before-commit HASH   measures one side, into before.json
    python3 quality.py compare --after FILE --after-commit HASH     measures the other, into after.json; compares
    python3 quality.py compare                                      compares what the two files hold

The tables are those of Fidelity-measurements.md with default settings and with their own jobs, and the public ones of
public_tables.py with default settings; tables whose files are missing are skipped. Every pair shares its seed and
its rows. `chance` is the probability of such a difference between equal programs (Student's t of the pairs); by
Holm's rule, which accounts for the number of tables, in brackets. The exit status is 1 if a table is worse by that
rule. An interrupted run resumes where it was; an unchanged binary is not measured again (see runs.py).
"""
import argparse, json, math, os, statistics, sys, tempfile

from chance import holm, paired
from datasets import DATASETS, LARGE, MORE_IS_BETTER, OWN_UNLOCKED, PUBLIC, PUBLIC_DATASETS, seeds, split, types
from measures import measure, wrong_labels
from public_tables import ADULT
from runs import HERE, KeptRuns, predictions, write_tables

# The two large tables come last, because they take as long as the rest.
PRESENT = {name: entry for name, entry in DATASETS.items() if os.path.exists(entry["train"])}
COMPARED = PUBLIC_DATASETS | {name: entry for name, entry in PRESENT.items()
                              if name not in LARGE and not name.endswith(OWN_UNLOCKED)}
COMPARED |= {name: PRESENT[name] for name in reversed(LARGE) if name in PRESENT}
SIGNIFICANCE = 0.05
# Added to losses before ratios are taken, because an AUC may be 1.
SMALLEST = 0.001


def job_for(entry, seed):
    """Returns the job of an entry as a dictionary."""
    job = entry["settings"] | dict(training_frame=entry["train"], seed=seed)
    # The test table must not affect training unless the parity case uses it; `predict` scores it afterwards.
    if entry.get("validates"):
        job["validation_frame"] = entry["test"]
    if entry["response"]:
        job["response_column"] = entry["response"]
    else:
        job["autoencoder"] = True
    if entry.get("adult"):
        job |= dict(header=False, column_names=ADULT)
    elif types(entry):
        job["column_types"] = types(entry)
    return job


def measured(kept, entry, seed):
    """Returns the metric of a binary with one seed, and the error rate on public tables."""
    with tempfile.TemporaryDirectory() as folder:
        entry = split(entry, seed, folder)
        job = job_for(entry, seed)

        def compute():
            found = predictions(kept.binary, job, entry["test"], anomaly=entry["response"] is None)
            if entry["response"] is None:
                return dict(value=statistics.mean(float(row["Reconstruction.MSE"]) for row in found))
            result = dict(value=measure(entry, found))
            return result | (dict(error=wrong_labels(entry, found)) if entry["metric"] == "logloss" else {})

        return kept.value(job, entry["train"], entry["test"], entry["metric"], compute)


def file_of(side):
    return f"{HERE}/{side}.json"


def known(side):
    if not os.path.exists(file_of(side)):
        return dict(binary={}, tables={})
    with open(file_of(side)) as file:
        return json.load(file)


def run(side, binary, commit, names):
    """Measures one side and writes its file, table by table. Discards the values of another binary."""
    kept = KeptRuns(binary)
    about = dict(commit=commit, sha256=kept.digest)
    results = known(side)
    tables = results["tables"] if results["binary"].get("sha256") == kept.digest else {}
    for name in names:
        found = [measured(kept, COMPARED[name], seed) for seed in seeds(name)]
        table = dict(metric=COMPARED[name]["metric"], values=[float(f"{each['value']:.7g}") for each in found])
        if "error" in found[0]:
            table["errors"] = [float(f"{each['error']:.5g}") for each in found]
        tables[name] = table
        write_tables(file_of(side), about, dict(sorted(tables.items())))
        print(f"{side}: {name}: {table['metric']} {statistics.mean(table['values']):.5g}", file=sys.stderr, flush=True)


def losses(table):
    """Returns the values as losses: smaller is better, and 0 is the minimum."""
    return [1 - value if table["metric"] in MORE_IS_BETTER else value for value in table["values"]]


def ratios(before, after):
    """Returns the logarithms of the ratios of losses, after : before, for each pair."""
    return [math.log((b + SMALLEST) / (a + SMALLEST)) for a, b in zip(losses(before), losses(after))]


def mean_and_error(values):
    return f"{statistics.mean(values):.5f} ± {statistics.stdev(values) / math.sqrt(len(values)):.5f}"


def verdict(gain, chance, adjusted):
    if adjusted < SIGNIFICANCE:
        return "better" if gain > 0 else "**WORSE**"
    return "same" if chance >= SIGNIFICANCE else f"{'better' if gain > 0 else 'worse'}, or chance"


HEAD = ["| data | test metric | pairs | before: mean ± standard error | after: mean ± standard error "
        "| better by, pair by pair | loss, after : before | chance (Holm) | verdict |",
        "|---|---|---|---|---|---|---|---|---|"]


def compared(before, after):
    """Returns the tables of both sides: (name, before, after, mean gain, its error, p-value, Holm's p-value)."""
    found = []
    for name in COMPARED:
        sides = [side["tables"].get(name) for side in (before, after)]
        if all(sides) and len(sides[0]["values"]) == len(sides[1]["values"]):
            found.append((name, *sides) + paired([a - b for a, b in zip(*map(losses, sides))]))
    return [entry + (adjusted,) for entry, adjusted in zip(found, holm([entry[5] for entry in found]))]


def overall(title, entries):
    """Returns the geometric mean of the tables' ratios, with its standard error."""
    logs = [statistics.mean(ratios(before, after)) for _, before, after, *_ in entries]
    mean, error, chance = paired(logs)
    return (f"{title} ({len(logs)}): loss after : before {math.exp(mean):.4f}, geometric mean (× or ÷ "
            f"{math.exp(error):.4f}; chance {chance:.2g}); tables with less loss: {sum(log < 0 for log in logs)}, "
            f"with more: {sum(log > 0 for log in logs)}.")


def markdown(before, after):
    """Returns the table and the means below it."""
    entries, lines = compared(before, after), HEAD[:]
    for name, old, new, gain, error, chance, adjusted in entries:
        ratio = math.exp(statistics.mean(ratios(old, new)))
        lines.append(f"| {name} | {old['metric']} | {len(old['values'])} | {mean_and_error(old['values'])} "
                     f"| {mean_and_error(new['values'])} | {gain:+.5f} ± {error:.5f} | {ratio:.3f} "
                     f"| {chance:.2g} ({adjusted:.2g}) | {verdict(gain, chance, adjusted)} |")
    groups = (("Public tables", [entry for entry in entries if entry[0].endswith(PUBLIC)]),
              ("Tables of Fidelity-measurements.md", [entry for entry in entries if not entry[0].endswith(PUBLIC)]),
              ("All", entries))
    return lines + [""] + [f"- {overall(title, group)}" for title, group in groups if len(group) > 1]


def one_side(side):
    """Returns the table of one side."""
    lines = ["| data | test metric | runs | mean ± standard error | error rate |", "|---|---|---|---|---|"]
    for name in COMPARED:
        if name in side["tables"]:
            table = side["tables"][name]
            errors = f"{statistics.mean(table['errors']):.4f}" if "errors" in table else ""
            lines.append(f"| {name} | {table['metric']} | {len(table['values'])} | {mean_and_error(table['values'])} "
                         f"| {errors} |")
    return lines


def main(arguments):
    parser = argparse.ArgumentParser(prog="quality.py compare", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="DATASET", help="default: all of them")
    for side in ("before", "after"):
        parser.add_argument(f"--{side}", metavar="BINARY", help=f"measures this deepspool, into {side}.json")
        parser.add_argument(f"--{side}-commit", default="unknown", help="what it was built from, for the record")
    choice = parser.parse_args(arguments)
    for side in ("before", "after"):
        if getattr(choice, side):
            run(side, getattr(choice, side), getattr(choice, f"{side}_commit"), choice.names or list(COMPARED))
    before, after = known("before"), known("after")
    if before["tables"] and after["tables"]:
        print("\n".join(markdown(before, after)))
        sys.exit(1 if any(entry[6] < SIGNIFICANCE and entry[3] < 0 for entry in compared(before, after)) else 0)
    print("\n".join(one_side(before if before["tables"] else after)))
