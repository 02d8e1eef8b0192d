"""Statistical tests of paired measurements; `python3 -m doctest chance.py` checks them."""
import math, statistics


def continued_fraction(a, b, x):
    """Returns the continued fraction of the incomplete beta function (Numerical Recipes, 6.4), by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    result = d
    for m in range(1, 300):
        for factor in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                       -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + factor * d or tiny)
            c = 1 + factor / c or tiny
            result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def incomplete_beta(a, b, x):
    """Returns the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * continued_fraction(a, b, x) / a
    return 1 - front * continued_fraction(b, a, 1 - x) / b


def two_sided(t, degrees):
    """Returns the two-sided p-value of `t` in Student's distribution with these degrees of freedom.

    >>> [round(two_sided(t, degrees), 4) for t, degrees in ((2.7764, 4), (-2.0423, 30), (0, 5))]
    [0.05, 0.05, 1.0]
    """
    return incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t))


def paired(differences):
    """Returns the mean of paired differences, its standard error and its two-sided p-value."""
    mean = statistics.mean(differences)
    error = statistics.stdev(differences) / math.sqrt(len(differences))
    if error == 0:
        return mean, 0.0, 1.0 if mean == 0 else 0.0
    return mean, error, two_sided(mean / error, len(differences) - 1)


def signed_rank(differences):
    """Returns the two-sided p-value of differences that are symmetric about zero (Wilcoxon's signed-rank test).

    Differences count by rank, not by size, so groups of pairs with different variances can be combined. The normal
    approximation is conservative in the tails; it needs about twenty differences.

    >>> round(signed_rank([1, -2, 3, -4, 5, 6, 7, 8, 9, 10]), 4)  # 49 of 55 above: z = 21.5 / 9.81
    0.0284
    """
    sizes = sorted(((abs(value), value > 0) for value in differences if value != 0))
    count = len(sizes)
    above = sum(rank for rank, (_, positive) in enumerate(sizes, 1) if positive)
    spread = math.sqrt(count * (count + 1) * (2 * count + 1) / 24)
    return math.erfc(abs(above - count * (count + 1) / 4) / spread / math.sqrt(2)) if count else 1.0


def holm(probabilities):
    """Returns p-values adjusted by Holm's rule: of 20 *sets* of equal pairs, on average one has any value below 0.05.

    >>> [round(value, 3) for value in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    adjusted, largest = [0.0] * len(order), 0.0
    for place, index in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - place) * probabilities[index]))
        adjusted[index] = largest
    return adjusted
