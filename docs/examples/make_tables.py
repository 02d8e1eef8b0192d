#!/usr/bin/env python3
"""Writes the tables of the examples.

    make_tables.py [FOLDER]       default: the current folder

The tables are invented, so each function states the truth that a model can find, and the noise that
none can. They are the same on every machine.
"""
import csv
import datetime
import gzip
import math
import os
import random
import sys


def write(path, header, rows):
    opened = gzip.open(path, "wt", newline="") if path.endswith(".gz") else open(path, "w", newline="")
    with opened as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def sigmoid(value):
    return 1 / (1 + math.exp(-value))


def pick(draw, values):
    return values[int(draw.random() * len(values))]


def houses(draw, count, first):
    """Prices follow a formula with a noise of 15,000."""
    for number in range(first, first + count):
        area, rooms = int(40 + 160 * draw.random()), int(1 + 6 * draw.random())
        district, garden = pick(draw, ["north", "south", "west"]), pick(draw, ["yes", "no"])
        price = 2000 * area + 8000 * rooms + {"north": 0, "south": 30000, "west": 60000}[district]
        price += 15000 * (garden == "yes") + draw.gauss(0, 15000)
        yield f"H{number}", area, rooms, district, garden, round(price)


def customers(draw):
    """Customers with a monthly contract leave if they call often; those with a yearly one if they never call."""
    for number in range(2000):
        contract, plan = pick(draw, ["month", "year"]), pick(draw, ["S", "M", "L"])
        calls, months = int(8 * draw.random()), int(1 + 60 * draw.random())
        unhappy = calls >= 4 if contract == "month" else calls < 2
        chance = sigmoid(2 * (2 * unhappy - 1) - 0.02 * (months - 30))
        yield number, contract, plan, calls, months, "yes" if draw.random() < chance else "no"


def seeds(draw):
    """Four varieties differ in their mean measures; about 4 % of the seeds look like another variety."""
    means = {"amber": (6, 3, 40), "bright": (6, 4, 40), "copper": (7, 3, 48), "dusk": (7, 4, 36)}
    for _ in range(600):
        variety = pick(draw, sorted(means))
        length, width, weight = means[variety]
        yield (f"{draw.gauss(length, 0.3):.2f}", f"{draw.gauss(width, 0.3):.2f}", f"{draw.gauss(weight, 3):.1f}",
               variety)


def machines(draw, count, faults):
    """Three sensors move together. In a faulty row the temperature no longer follows the load."""
    for number in range(count):
        load, faulty = draw.random(), number in faults
        heat = draw.random() if faulty else load
        if faulty and abs(heat - load) < 0.4:
            heat = load + 0.5 if load < 0.5 else load - 0.5
        yield (f"{100 * load + draw.gauss(0, 2):.1f}", f"{20 + 60 * heat + draw.gauss(0, 1):.1f}",
               f"{1 + 4 * load + draw.gauss(0, 0.1):.2f}", int(faulty))


def payments(draw):
    """Three in a hundred payments are fraud; half of them look like any other night payment."""
    for number in range(4000):
        fraud = draw.random() < 0.03
        hour = int(6 * draw.random()) if fraud or draw.random() < 0.1 else int(6 + 18 * draw.random())
        amount = math.exp(draw.gauss(5.5 if fraud else 4, 1))
        yield number, f"{amount:.2f}", hour, pick(draw, ["home", "abroad"]), "fraud" if fraud else "fine"


def demand(draw):
    """Demand follows temperature and weekday, and from the second year on a new competitor takes a growing share."""
    for day in range(730):
        temperature = 12 - 10 * math.cos(day * 2 * math.pi / 365) + draw.gauss(0, 3)
        demand = (200 + 6 * temperature + 40 * (day % 7 >= 5)) * (1 - max(0, day - 450) / 700)
        date = datetime.date(2024, 1, 1) + datetime.timedelta(days=day)
        yield date, f"{temperature:.1f}", "we" if day % 7 >= 5 else "wd", f"{demand + draw.gauss(0, 8):.0f}"


def visits(draw):
    """Each patient has a blood pressure of their own, which age and weight, the same at each visit, do not explain."""
    for patient in range(40):
        age, weight = 30 + 50 * draw.random(), 50 + 60 * draw.random()
        own = 100 + 0.3 * age + draw.gauss(0, 15)
        for _ in range(16):
            yield f"P{patient}", f"{age:.1f}", f"{weight:.1f}", int(6 * draw.random()), f"{own + draw.gauss(0, 3):.0f}"


def claims_per_year(age):
    return 0.6 * 3 ** ((18 - age) / 42)


def claims(draw):
    """Drivers of 18 have 0.6 claims per insured year, those of 60 have 0.2; a contract lasts 0.1 to 2 years."""
    for _ in range(4000):
        years, age = 0.1 + 1.9 * draw.random(), int(18 + 60 * draw.random())
        expected, count, product = years * claims_per_year(age), 0, draw.random()
        while product > math.exp(-expected):
            count, product = count + 1, product * draw.random()
        yield age, f"{years:.3f}", f"{math.log(years):.5f}", count


def survey(draw):
    """People online spend 40 more. Half of all people are online, but four fifths of those who answer."""
    for _ in range(1500):
        online, age = draw.random() < 0.8, int(18 + 60 * draw.random())
        yield age, f"{draw.gauss((80 if online else 40) + 0.6 * (age - 48), 10):.1f}", 0.625 if online else 2.5


def main(folder):
    path = lambda name: os.path.join(folder, name)
    header = ["house", "area", "rooms", "district", "garden", "price"]
    draw = random.Random(1)
    write(path("houses.csv"), header, houses(draw, 800, 0))
    write(path("houses-2024.csv.gz"), header, houses(draw, 400, 1000))
    write(path("houses-2025.csv.gz"), header, houses(draw, 400, 2000))
    write(path("houses-sold.csv"), header, houses(draw, 200, 3000))
    write(path("houses-new.csv"), header[:-1], (house[:-1] for house in houses(draw, 5, 4000)))
    write(path("customers.csv"), ["customer", "contract", "plan", "calls", "months", "left"], customers(random.Random(2)))
    write(path("seeds.csv"), ["length", "width", "weight", "variety"], seeds(random.Random(3)))
    sensors = ["load", "temperature", "vibration", "faulty"]
    draw = random.Random(4)
    write(path("machines.csv"), sensors, machines(draw, 800, set()))
    write(path("machines-today.csv"), sensors, machines(draw, 400, set(range(20, 400, 40))))
    write(path("payments.csv"), ["payment", "amount", "hour", "country", "kind"], payments(random.Random(5)))
    write(path("demand.csv"), ["date", "temperature", "weekday", "demand"], demand(random.Random(6)))
    write(path("visits.csv"), ["patient", "age", "weight", "coffees", "pressure"], visits(random.Random(7)))
    write(path("claims.csv"), ["age", "years", "log_years", "claims"], claims(random.Random(8)))
    write(path("survey.csv"), ["age", "spends", "weight"], survey(random.Random(9)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ".")
