"""The metrics of the comparison, computed by the same functions for both sides."""
import csv, gzip, math, statistics

from public_tables import ADULT


def auc(rows):
    """Returns the area under the ROC curve by ranks; rows are (probability, is positive)."""
    rows = sorted(rows)
    rank_sum, index = 0.0, 0
    while index < len(rows):
        end = index
        while end < len(rows) and rows[end][0] == rows[index][0]:
            end += 1
        rank_sum += sum(1 for row in rows[index:end] if row[1]) * (index + 1 + end) / 2
        index = end
    positives = sum(1 for row in rows if row[1])
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(rows) - positives))


def table_of(path, entry):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt") as file:
        rows = list(csv.reader(file, skipinitialspace=True))
    header = ADULT if entry.get("adult") else rows[0]
    body = rows if entry.get("adult") else rows[1:]
    return header, [row for row in body if len(row) == len(header)]


def measure(entry, predictions):
    """Returns the unweighted metric of predictions (a list of dictionaries) on the test table."""
    header, rows = table_of(entry["test"], entry)
    column = header.index(entry["response"])
    actual = [row[column].rstrip(".") if entry.get("adult") else row[column] for row in rows]
    names = [n for n in predictions[0] if n != "predict"]
    if entry["metric"] == "AUC":
        return auc([(float(p[names[1]]), a == names[1]) for p, a in zip(predictions, actual)])
    if entry["metric"] == "err":
        return sum(p["predict"] != a for p, a in zip(predictions, actual)) / len(actual)
    if entry["metric"] == "logloss":
        # The probability of class 1 is in column 1, or in p1 if classes are numbers.
        columns = {a: a if a in predictions[0] else f"p{a}" for a in set(actual)}
        return -sum(math.log(max(1e-15, float(p[columns[a]]))) for p, a in zip(predictions, actual)) / len(actual)
    pairs = [(float(a), float(p["predict"])) for p, a in zip(predictions, actual)]
    if entry["metric"].startswith("RMSE"):
        error = math.sqrt(sum((a - p) ** 2 for a, p in pairs) / len(pairs))
        return error / statistics.pstdev(a for a, _ in pairs) if entry["metric"] == "RMSE/sd" else error
    # Poisson deviance, as in H2O.
    return sum(2 * ((a * math.log(a / p) if a > 0 else 0) - a + p) for a, p in pairs) / len(pairs)


def wrong_labels(entry, predictions):
    """Returns the error rate."""
    return measure(entry | dict(metric="err"), predictions)
