"""Writes a large table: 12 numbers of single precision and 3 columns of levels. 4 million rows are 415 MB.

    python3 Tests/Support/tables/large.py ROWS FILE

The numbers have at most six significant digits, so that a number of single precision holds each of them. The columns of
levels have 2, 12 and 400 levels; `y`, the response, depends on the numbers. The same rows come out on every machine,
and a shorter table is the beginning of a longer one.
"""

import array, random, statistics, sys

BLOCK = 50_000


def numbers(seed):
    """Returns 65,536 texts with the quantiles of a normal distribution of its own mean and deviation."""
    normal = statistics.NormalDist(mu=(seed % 5 - 2) / 4, sigma=0.5 + 0.25 * (seed % 4))
    return [f"{normal.inv_cdf((i + 0.5) / 65_536):.4f}" for i in range(65_536)]


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    dice = random.Random(23)
    tables = [numbers(seed) for seed in range(12)]
    levels = [[f"r{i % 12:02d}" for i in range(65_536)], [f"st{i % 400:03d}" for i in range(65_536)]]
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write(",".join([f"x{i + 1}" for i in range(12)] + ["region", "store", "y"]) + "\n")
        for start in range(0, rows, BLOCK):
            # A block is always drawn whole, so that the rows do not depend on their number.
            draws = [array.array("H", dice.randbytes(2 * BLOCK)) for _ in range(14)]
            if sys.byteorder == "big":
                for draw in draws:
                    draw.byteswap()
            noise = dice.choices(range(-20_000, 20_000), k=BLOCK)
            answers = ["yes" if a + b - c + e > 32_768 else "no"
                       for a, b, c, e in zip(draws[0], draws[1], draws[2], noise)]
            columns = [list(map(table.__getitem__, draw)) for table, draw in zip(tables + levels, draws)] + [answers]
            lines = list(map(",".join, zip(*columns)))[:rows - start]
            file.write("\n".join(lines) + "\n")


main()
