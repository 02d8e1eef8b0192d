#!/usr/bin/env python3
"""Fits the cost model to points.json and writes the tables of docs/development/Scaling.md.

    page.py            replaces the parts between `<!-- begin: NAME -->` and `<!-- end: NAME -->`
    page.py --check    exits with status 1 if the page and the points differ
"""
import json, math, os, re, statistics, sys, textwrap

import measure, model

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = f"{os.path.dirname(os.path.dirname(HERE))}/docs/development/Scaling.md"

NODES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)
# Names, bits per second, seconds from one host to another, and seconds in which a host sends or receives a message.
LINKS = (("1 Gbit/s", 1e9, 50e-6, 5e-6), ("10 Gbit/s", 10e9, 20e-6, 5e-6), ("100 Gbit/s", 100e9, 2e-6, 5e-7))
ROUND_ROWS = 500
# MNIST, on which the epochs are measured; a round is at most an epoch.
TABLE_ROWS = 60_000
WANTED_SHARE = 0.05


def figure(value):
    if not math.isfinite(value):
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows]


def percent(value):
    return f"{100 * value:.0f} %"


class Fit:
    """The model of the machine that was measured."""

    def __init__(self, points):
        self.points, self.machine = points, model.Machine(cores=int(re.search(r"(\d+) cores", points["machine"]).group(1)))
        self.used = [point for point in points["speed"] if point["ranks"] <= self.machine.cores]
        self.rest = [point for point in points["speed"] if point["ranks"] > self.machine.cores]
        self.rounds = model.fit_rounds(self.used, self.machine)
        self.costs = model.fit_costs(self.used, self.rounds, self.machine)
        hosts = points.get("hosts", [])
        self.used_hosts = [point for point in hosts if point["ranks"] <= self.machine.cores]
        self.other_hosts = [point for point in hosts if point["ranks"] > self.machine.cores]
        self.efficiency = 1.0
        if hosts:
            self.efficiency = model.fit_efficiency(self.used_hosts, self.rounds, self.host_machine, self.costs)

    def compare(self, point, machine=None):
        """Returns measured and modelled seconds of computation and of averaging."""
        machine = machine or self.machine
        compute = model.computation(point, self.rounds, machine)
        return point["compute"], compute, point["averaging"], model.averaging(point, compute, machine, self.costs)

    def host_machine(self, point):
        """A link of limited rate; the latency between namespaces is part of the fitted cost of a message."""
        return model.Machine(cores=self.machine.cores, rate=point["rate"], burst=measure.BURST_BYTES,
                             efficiency=self.efficiency)


def cells(point, compared):
    compute, modelled_compute, averaging, modelled = compared
    return [point["network"], str(point["copies"]), str(point["ranks"]), str(point["rows"]), figure(1e3 * compute),
            figure(1e3 * modelled_compute), figure(1e3 * averaging), figure(1e3 * modelled),
            f"{modelled / averaging:.2f}", percent(averaging / (compute + averaging)),
            percent(modelled / (modelled_compute + modelled))]


HEAD = ["network", "copies", "ranks", "rows", "computation", "model", "averaging", "model", "ratio", "share", "model"]


def errors(compared):
    """Returns a sentence about modelled to measured times of whole rounds and of averaging."""
    rounds = sorted((c + a) / (b + d) for b, c, d, a in compared)
    averages = sorted(a / d for _, _, d, a in compared)
    return (f"Modelled to measured time of a whole round: {rounds[0]:.2f} to {rounds[-1]:.2f}, median "
            f"{statistics.median(rounds):.2f}; of averaging alone: {averages[0]:.2f} to {averages[-1]:.2f}, median "
            f"{statistics.median(averages):.2f}.")


def measured(fit):
    points = fit.points
    costs = fit.costs
    names = ", ".join(f"{network} {1e6 * seconds:.3g} µs" for network, seconds in fit.rounds.row.items())
    lines = [f"Measured on {points['date']}: {points['machine']}, least of {points['repetitions']} repetitions; load "
             f"average before the start {points['load']}.", "",
             f"- row of a copy: {names}", f"- round: {1e9 * fit.rounds.weight:.3g} ns per weight",
             f"- message: {1e6 * costs.message:.3g} µs", f"- byte between ranks of the machine: "
             f"{1e9 * costs.transfer:.3g} ns", f"- byte read or written by averaging: {1e9 * costs.memory:.3g} ns",
             f"- waiting for the slowest rank: {percent(costs.waiting)} of the computation"]
    if fit.used_hosts:
        lines.append(f"- share of a link's rate that averaging reaches: {percent(fit.efficiency)}")
    lines.append("")
    lines = wrapped(lines) + compared_table(fit, fit.used, lambda point: fit.machine)
    if fit.used_hosts:
        lines += ["", "Two hosts:", ""] + compared_table(fit, fit.used_hosts, fit.host_machine)
    return lines


def compared_table(fit, points, machine_of):
    compared = [fit.compare(point, machine_of(point)) for point in points]
    rates = [f" at {point['rate'] / 1e9:g} Gbit/s" if "rate" in point else "" for point in points]
    rows = [[cell[0] + rate] + cell[1:] for cell, rate in zip(map(cells, points, compared), rates)]
    return table(HEAD, rows) + [""] + wrapped([errors(compared)])


def checked(fit):
    lines = ["More ranks than cores:", ""] + compared_table(fit, fit.rest, lambda point: fit.machine)
    if fit.other_hosts:
        lines += ["", "Three hosts:", ""] + compared_table(fit, fit.other_hosts, fit.host_machine)
    return lines


def node_round(fit, network, nodes, rows, rate, latency, overhead):
    """Returns the seconds of computation and averaging of a round with one copy on each node."""
    parameters = next(point["parameters"] for point in fit.used if point["network"] == network)
    point = dict(network=network, parameters=parameters, copies=nodes, ranks=nodes, rows=rows)
    machine = model.Machine(
        cores=nodes, rate=rate, latency=latency, overhead=overhead, efficiency=fit.efficiency)
    compute = model.computation(point, fit.rounds, machine)
    return compute, 0.0 if nodes == 1 else model.averaging(point, compute, machine, fit.costs)


def speed_up(fit, network, nodes, rows, link):
    compute, averaging = node_round(fit, network, nodes, rows, *link[1:])
    return nodes * compute / (compute + averaging)


def rows_for_share(fit, network, nodes, link):
    """Returns the rows per copy at which averaging without waiting takes the wanted share; nil if a round is too long."""
    for rows in (step * 10 ** power for power in range(1, 6) for step in (1, 2, 5)):
        compute, averaging = node_round(fit, network, nodes, rows, *link[1:])
        if averaging - fit.costs.waiting * compute <= WANTED_SHARE * compute:
            return rows
    return None


def predicted(fit):
    lines = []
    for network in fit.rounds.row:
        rows = []
        for nodes in NODES:
            row = [str(nodes)]
            for link in LINKS:
                compute, averaging = node_round(fit, network, nodes, ROUND_ROWS, *link[1:])
                row += [figure(nodes * compute / (compute + averaging)), percent(averaging / (compute + averaging))]
            row += ["-" if nodes == 1 else str(rows_for_share(fit, network, nodes, link) or "-") for link in LINKS]
            rows.append(row)
        head = ["nodes"] + [text for name, *_ in LINKS for text in (f"speed-up, {name}", "averaging")] + [
            f"rows for 5 %, {name}" for name, *_ in LINKS]
        lines += [f"`hidden: [{network.replace('-', ', ')}]`:", ""] + table(head, rows) + [""]
    lines += wrapped([stops(fit)])
    return lines


def stops(fit):
    """Returns a sentence about the nodes from which twice as many train less than 1.5 times the rows per second."""
    texts = []
    for network in fit.rounds.row:
        for link in LINKS:
            limit = next((nodes for nodes in NODES[1:-1]
                          if speed_up(fit, network, 2 * nodes, ROUND_ROWS, link)
                          < 1.5 * speed_up(fit, network, nodes, ROUND_ROWS, link)), None)
            if limit:
                texts.append(f"{network} at {link[0]} from {limit} nodes")
    return (f"With an average every {ROUND_ROWS} rows per copy, twice the nodes train less than 1.5 times the rows per "
            f"second for {'; '.join(texts) or 'none of them'}. The other cases gain more up to 1,000 nodes.")


def learned(fit):
    epochs = fit.points.get("epochs")
    if not epochs:
        return ["Not measured yet: `measure.py epochs`."]
    fitted = model.fit_epochs(epochs)
    start, factor, power = fitted
    rows = []
    for copies, values in epochs.items():
        rows.append([copies] + [figure(math.inf if value is None else value) for value in values]
                    + [figure(model.epochs_needed(fitted, int(copies)))])
    lines = table(["copies"] + [f"seed {seed}" for seed in range(1, len(rows[0]) - 1)] + ["model"], rows)
    lines += [""] + wrapped([f"Model: {start:.3g} (1 + {factor:.3g} (copies - 1)^{power:.2f}) epochs."]) + [""]
    rows, best = [], {}
    for nodes in NODES:
        round_rows = max(1, min(ROUND_ROWS, TABLE_ROWS // nodes))
        row = [str(nodes), figure(model.epochs_needed(fitted, nodes))]
        for link in LINKS:
            gain = start / model.epochs_needed(fitted, nodes) * speed_up(fit, "200-200", nodes, round_rows, link)
            best[link[0]] = max(best.get(link[0], (0, 0)), (gain, nodes))
            row.append(f"{gain:.2f}")
        rows.append(row)
    lines += table(["nodes", "epochs"] + [f"time to 3 %, gain, {name}" for name, *_ in LINKS], rows)
    texts = [f"{name}: {nodes} nodes, {gain:.1f} times as fast as one" if nodes > 1 else f"{name}: one node"
             for name, (gain, nodes) in best.items()]
    return lines + [""] + wrapped(["The shortest time to 3 % error: " + "; ".join(texts) + "."])


def wrapped(lines):
    return [part for line in lines for part in (textwrap.wrap(line, 100, subsequent_indent="  " * line.startswith("- "))
                                                if line else [""])]


def main():
    with open(f"{HERE}/points.json") as file:
        fit = Fit(json.load(file))
    with open(PAGE) as file:
        page = file.read()
    new = page
    for name, make in (("measured", measured), ("checked", checked), ("predicted", predicted), ("learned", learned)):
        text = "\n".join(make(fit))
        new, count = re.subn(rf"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)",
                             lambda match: f"{match.group(1)}\n{text}\n\n{match.group(2)}", new, flags=re.DOTALL)
        if count != 1:
            sys.exit(f"{PAGE} has {count} parts '{name}'")
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if new == page else f"{PAGE} differs from points.json; run {sys.argv[0]}")
    with open(PAGE, "w") as file:
        file.write(new)


if __name__ == "__main__":
    main()
