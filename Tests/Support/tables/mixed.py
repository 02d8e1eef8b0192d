"""Writes a table of 20 mixed columns as in a shop's records; 1.5 million rows are 249 MB.

    python3 Tests/Support/tables/mixed.py ROWS FILE

A number of the order, a day, a moment, six real numbers (two of them with missing values), four whole numbers, six
columns of levels, and a column of texts. The same rows come out on every machine.
"""

import array, datetime, random, sys

BLOCK = 50_000
SIZE = 65_536


def tables():
    """Returns the texts of each column but the first; a row draws one of 65,536."""
    dice = random.Random(7)
    day = datetime.date(2021, 1, 1)
    days = [str(day + datetime.timedelta(days=i)) for i in range(1400)]
    moment = datetime.datetime(2021, 1, 1)
    moments = [str(moment + datetime.timedelta(seconds=dice.randrange(120_000_000))) for _ in range(SIZE)]
    result = [[days[i % 1400] for i in range(SIZE)], moments]
    result += [[f"{dice.gauss(50, 20):.2f}" for _ in range(SIZE)], [f"{dice.expovariate(0.001):.3f}" for _ in range(SIZE)],
               [f"{dice.random():.5f}" for _ in range(SIZE)], [f"{dice.gauss(0, 1):.4f}" for _ in range(SIZE)],
               ["" if i % 20 == 0 else f"{dice.gauss(170, 10):.1f}" for i in range(SIZE)],
               ["" if i % 50 == 0 else f"{dice.lognormvariate(3, 1):.6f}" for i in range(SIZE)]]
    result += [[str(dice.randrange(18, 95)) for _ in range(SIZE)], [str(dice.randrange(100_000)) for _ in range(SIZE)],
               [str(dice.randrange(-500, 500)) for _ in range(SIZE)], [str(i % 2) for i in range(SIZE)]]
    countries = ["Germany", "France", "Italy", "Spain", "Poland", "Norway", "Chile", "Kenya", "Japan", "Canada"]
    result += [[countries[i % 10] for i in range(SIZE)], [f"store-{i % 350}" for i in range(SIZE)],
               [("card", "cash", "invoice")[i % 3] for i in range(SIZE)], [("true", "false")[i % 2] for i in range(SIZE)],
               [f"group {i % 25}" for i in range(SIZE)], [("new", "returning")[i % 7 < 2] for i in range(SIZE)]]
    words = ["late", "gift", "fragile", "call first", "at the door", "second floor", "none", "repeat"]
    result.append([f"{words[i % 8]}, {words[i // 8 % 8]} {i}" for i in range(SIZE)])
    result[-1] = [f'"{text}"' for text in result[-1]]
    return result


NAMES = ["order", "day", "moment", "price", "distance", "share", "score", "height", "weight", "age", "postcode", "balance",
         "member", "country", "store", "payment", "active", "segment", "customer", "remark"]


def main():
    rows, path = int(sys.argv[1]), sys.argv[2]
    dice, texts = random.Random(23), tables()
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write(",".join(NAMES) + "\n")
        for start in range(0, rows, BLOCK):
            draws = [array.array("H", dice.randbytes(2 * BLOCK)) for _ in texts]
            if sys.byteorder == "big":
                for draw in draws:
                    draw.byteswap()
            order = [str(1_000_000 + start + i) for i in range(BLOCK)]
            columns = [order] + [list(map(table.__getitem__, draw)) for table, draw in zip(texts, draws)]
            file.write("\n".join(list(map(",".join, zip(*columns)))[:rows - start]) + "\n")


main()
