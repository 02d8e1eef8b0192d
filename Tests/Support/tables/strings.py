"""Writes a table whose columns hold nearly distinct texts; 1 million rows are 78 MB.

    python3 Tests/Support/tables/strings.py ROWS FILE

Nineteen of twenty addresses are distinct, all names of users are. The same rows come out on every machine.
"""

import random, sys

BLOCK = 50_000


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    dice = random.Random(23)
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write("url,user,amount,y\n")
        for start in range(0, rows, BLOCK):
            lines = []
            for row in range(start, min(start + BLOCK, rows)):
                page = row // 2 if row % 20 == 19 else row
                code = page * 2_654_435_761 % 4_294_967_296
                amount = dice.randrange(1_000_000)
                lines.append(f"https://example.org/catalog/{code:08x}?item={page},"
                             f"user{code % 9_999_991:07d}.{row},{amount / 100:.2f},{'high' if amount > 500_000 else 'low'}")
            file.write("\n".join(lines) + "\n")


main()
