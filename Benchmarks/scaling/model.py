"""The cost model of docs/development/Scaling.md: how long a round of training on several ranks takes.

A round trains `rows` rows on each of `copies` copies and averages them. Figures are seconds, bytes and bits per second.
The model has one time per row and network, a cost of each round, four costs of averaging, and the share of a link's
rate that averaging reaches. The functions `fit_...` take them from measured points.
"""
import dataclasses, itertools, math

# The averaged numbers per weight: the weight and the two memories of ADADELTA, in single precision.
BYTES_PER_WEIGHT = 3 * 4
# An entry of the row order, which rank 0 sent to all until ranks derived it; points of that time say so.
BYTES_PER_ENTRY = 8


@dataclasses.dataclass
class Machine:
    """Where ranks run: all on one machine with so many cores, or each on a host of its own with a link of a rate."""
    cores: int
    rate: float = 0.0
    latency: float = 0.0  # seconds from one host to another
    overhead: float = 0.0  # seconds in which a host sends or receives a message of any size
    burst: float = 0.0  # bytes that a link carries at once after a pause
    efficiency: float = 1.0  # share of the rate that averaging reaches

    def lanes(self, workers):
        """Returns how many workers really run at the same time."""
        return min(workers, self.cores)


@dataclasses.dataclass
class Costs:
    """The fitted costs of averaging."""
    message: float  # seconds of a message between ranks
    transfer: float  # seconds of a byte that moves between two ranks of a machine
    memory: float  # seconds of a byte that averaging reads or writes
    waiting: float  # share of the computation for which the slowest rank keeps the others waiting

    def of(self, features):
        return sum(cost * feature for cost, feature in zip(dataclasses.astuple(self), features))


def link_bytes(weights, copies, ranks):
    """Returns the bytes that a rank sends, and receives, for one average: (copies / ranks + 1) networks, but its own part."""
    return BYTES_PER_WEIGHT * weights * (copies / ranks + 1) * (ranks - 1) / ranks


def memory_bytes(weights, copies, ranks):
    """Returns the bytes that all ranks together read or write in memory for one average."""
    network = BYTES_PER_WEIGHT * weights
    if ranks == 1:
        return 2 * copies * network
    # Packed (read and written), summed (read), and the mean copied to each (read and written).
    return 5 * copies * network


def messages(ranks):
    """Returns the messages that a rank sends for one average: one block to each, then its sum to each."""
    return 2 * (ranks - 1)


def features(point, compute, machine):
    """Returns what the four costs are multiplied with."""
    ranks, lanes = point["ranks"], machine.lanes(point["ranks"])
    moved = 0 if machine.rate else link_bytes(point["parameters"], point["copies"], ranks) * ranks / lanes
    memory = memory_bytes(point["parameters"], point["copies"], ranks) / lanes
    return [messages(ranks), moved, memory, compute if ranks > 1 else 0]


def averaging(point, compute, machine, costs):
    """Returns the seconds of averaging in a round whose computation takes `compute` seconds."""
    seconds = costs.of(features(point, compute, machine))
    if machine.rate:
        ranks = point["ranks"]
        seconds += link_seconds(point, machine) / machine.efficiency
        # Blocks and sums travel at the same time to all; the order to train takes one step per doubling.
        seconds += (2 + math.log2(ranks)) * machine.latency + messages(ranks) * machine.overhead
    return seconds


def link_seconds(point, machine):
    """Returns the seconds that what a round sends takes at the full rate of the link."""
    entries = BYTES_PER_ENTRY * point["rows"] * point["copies"] if point.get("sent_row_order") else 0
    moved = link_bytes(point["parameters"], point["copies"], point["ranks"]) + entries
    return 8 * max(0.0, moved - machine.burst) / machine.rate


def row_count(point, machine):
    """Returns the rows that one worker trains in a round, as if no two shared a core."""
    workers = min(point["copies"], machine.cores if point["ranks"] == 1 else point["ranks"])
    return point["rows"] * point["copies"] / machine.lanes(workers)


@dataclasses.dataclass
class Rounds:
    """The fitted costs of computation."""
    row: dict  # seconds of a row, by network
    weight: float  # seconds per weight and round: checks of the network, and caches that averaging has emptied


def computation(point, rounds, machine):
    """Returns the seconds between two averages."""
    return row_count(point, machine) * rounds.row[point["network"]] + point["parameters"] * rounds.weight


def fit_rounds(points, machine):
    """Returns the costs of computation with the least sum of squared relative errors."""
    networks = list(dict.fromkeys(point["network"] for point in points))
    rows = [[(row_count(point, machine) if point["network"] == network else 0.0) / point["compute"]
             for network in networks] + [point["parameters"] / point["compute"]] for point in points]
    scales = [max(row[i] for row in rows) for i in range(len(rows[0]))]
    found = solve([[value / scale for value, scale in zip(row, scales)] for row in rows], [1.0] * len(rows))
    found = [value / scale for value, scale in zip(found, scales)]
    return Rounds(dict(zip(networks, found)), found[-1])


def fit_efficiency(points, rounds, machine_of, costs):
    """Returns the share of a link's rate that averaging reaches, the median over points on hosts."""
    found = []
    for point in points:
        machine = machine_of(point)
        local = costs.of(features(point, computation(point, rounds, machine), machine))
        found.append(link_seconds(point, machine) / max(1e-9, point["averaging"] - local))
    return sorted(found)[len(found) // 2]


def solve(rows, targets):
    """Returns the least-squares solution of a small system by Gaussian elimination; None if it is singular."""
    size = len(rows[0])
    matrix = [[sum(row[i] * row[j] for row in rows) for j in range(size)]
              + [sum(row[i] * target for row, target in zip(rows, targets))] for i in range(size)]
    scale = max(abs(value) for line in matrix for value in line[:-1]) or 1
    for column in range(size):
        pivot = max(range(column, size), key=lambda line: abs(matrix[line][column]))
        if abs(matrix[pivot][column]) < 1e-12 * scale:
            return None
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        for line in range(size):
            if line != column:
                factor = matrix[line][column] / matrix[column][column]
                matrix[line] = [a - factor * b for a, b in zip(matrix[line], matrix[column])]
    return [matrix[i][-1] / matrix[i][i] for i in range(size)]


def fit_costs(points, rounds, machine):
    """Returns the costs with the least sum of squared relative errors; no cost is negative."""
    rows = []
    for point in points:
        values = features(point, computation(point, rounds, machine), machine)
        rows.append([value / point["averaging"] for value in values])
    # Scaled, because the features differ by ten orders of magnitude.
    scales = [max(row[i] for row in rows) or 1 for i in range(4)]
    rows = [[value / scale for value, scale in zip(row, scales)] for row in rows]
    best, least = None, math.inf
    for size in range(1, 5):
        for chosen in itertools.combinations(range(4), size):
            found = solve([[row[i] for i in chosen] for row in rows], [1.0] * len(rows))
            if found is None or min(found) < 0:
                continue
            error = sum((sum(row[i] * value for i, value in zip(chosen, found)) - 1) ** 2 for row in rows)
            if error < least:
                best, least = dict(zip(chosen, found)), error
    return Costs(*(best.get(i, 0.0) / scales[i] for i in range(4)))


def fit_epochs(epochs):
    """Returns (e, a, b) of e (1 + a (copies - 1)^b), the epochs to the goal, fitted to medians on a logarithmic scale.

    Copies that have not reached the goal are left out.
    """
    medians = {int(copies): sorted(value if value is not None else math.inf for value in values)[len(values) // 2]
               for copies, values in epochs.items()}
    known = {copies: value for copies, value in medians.items() if math.isfinite(value)}
    start = known[1]
    best = None
    for power in (step / 50 for step in range(10, 101)):
        for factor in (10 ** (step / 50) for step in range(-150, 51)):
            error = sum((math.log(start * (1 + factor * (copies - 1) ** power)) - math.log(value)) ** 2
                        for copies, value in known.items() if copies > 1)
            if best is None or error < best[0]:
                best = (error, factor, power)
    return start, best[1], best[2]


def epochs_needed(fitted, copies):
    start, factor, power = fitted
    return start * (1 + factor * (copies - 1) ** power)
