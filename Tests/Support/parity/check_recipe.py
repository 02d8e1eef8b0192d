#!/usr/bin/env python3
"""Compares `reference_trainer.py` with H2O's results in recipe.json, and prints the test vectors.

    python3 check_recipe.py            (needs numpy)

Fails if a weight or bias differs by more than 1e-6. docs/reference/h2o-behaviour.md lists the vectors.
"""
import csv, json, math, os, sys

import numpy as np

from reference_trainer import (
    MASK64, Generator, Network, balanced_counts, double_root, row_order, signed64, single, single_root)

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-6
ROWS = 150
SAMPLES = 600
ACTIVATIONS = {"tanh": "Tanh", "maxout": "Maxout"}
OUTPUTS = {"cls": "softmax", "reg": "linear", "ae": "reconstruction"}
OWN_UNITS = ("gaussian", "laplace", "huber", "quantile")
PASSED_ON = ("l1", "l2", "max_w2", "fast_mode", "rate", "rate_decay", "rate_annealing", "momentum_start",
             "momentum_stable", "momentum_ramp", "nesterov_accelerated_gradient", "adaptive_rate")


def bounded_exp(x):
    return min(1e19, math.exp(x))


def half_gradient(parameters):
    """Returns -e / 2 by target and output; see "output errors of numbers" on the page."""
    alpha, power = parameters.get("quantile_alpha", 0.5), parameters.get("tweedie_power", 1.5)
    return {
        "gaussian": lambda t, f: t - f,
        "laplace": lambda t, f: -0.5 if f > t else 0.5,
        "huber": lambda t, f: t - f if abs(t - f) <= 1 else (-1.0 if f >= t else 1.0),
        "quantile": lambda t, f: 0.5 * alpha if t > f else 0.5 * (alpha - 1),
        "poisson": lambda t, f: t - bounded_exp(f),
        "gamma": lambda t, f: t * bounded_exp(-f) - 1,
        "tweedie": lambda t, f: t * bounded_exp(f * (1 - power)) - bounded_exp(f * (2 - power)),
    }[parameters.get("distribution", "gaussian")]


def network(case, units):
    parameters = case["params"]
    settings = {name: parameters[name] for name in PASSED_ON if name in parameters}
    if "activation" in parameters:
        settings["activation"] = ACTIVATIONS[parameters["activation"]]
    if parameters.get("loss") == "quadratic":
        settings["loss"] = "Quadratic"
    weights = [np.array(layer, single) for layer in case["w0"]]
    return Network(units, weights, case["b0"], output=OUTPUTS[case["kind"]], **settings)


def difference(case, golden):
    """Returns the largest difference of a weight or bias after 600 rows."""
    parameters, kind = case["params"], case["kind"]
    table = np.array(golden["x"])
    inputs, response = (table[:, :3] if kind == "reg" else table), table[:, 3]
    spread = inputs.max(0) - inputs.min(0) if kind == "ae" else inputs.std(0, ddof=1)
    rows = (inputs - inputs.mean(0)) / spread
    if parameters.get("distribution", "gaussian") in OWN_UNITS:
        response = (response - response.mean()) / response.std(ddof=1)
    targets = {"cls": golden["labels"], "reg": response, "ae": [0] * ROWS}[kind]
    trained = network(case, [rows.shape[1], 5, 4, len(case["b0"][2])])
    samples = iteration = 0
    while samples < SAMPLES:
        iteration += 1
        trained.samples_before_iteration = samples
        in_file_order = parameters["train_samples_per_iteration"] == 2 * ROWS
        order = (row_order(ROWS, 1, samples, iteration, 2.0, shuffles=False) if in_file_order
                 else row_order(ROWS, 1, samples, iteration, 1.0, shuffles=True))
        for row in order:
            trained.learn(rows[row], targets[row], half_gradient(parameters))
        samples += len(order)
    pairs = zip(trained.weights + trained.biases, case["w"] + case["b"])
    return max(np.abs(found - np.array(wanted)).max() for found, wanted in pairs)


def print_vectors():
    def seeded(draw, count, seed=1):
        generator = Generator(seed & MASK64)
        return [draw(generator) for _ in range(count)]

    print("draws", seeded(Generator.draw, 4), "seed -5", seeded(Generator.draw, 2, seed=-5))
    print("nextFloat", [float(value) for value in seeded(Generator.next_float, 3)])
    print("nextDouble", seeded(Generator.next_double, 2))
    print("nextInt(10)", seeded(lambda generator: generator.next_index(10), 5))
    print("nextGaussian", seeded(Generator.next_gaussian, 2))
    print("nextBytes(5)", list(Generator(1).next_bytes(5)), "nextLong", signed64(Generator(1).next_long()))
    print("roots of singles", [float(single_root(single(x))) for x in (1e-8, 0.5, 1, 2, 4)])
    print("roots of doubles", [double_root(float(x)) for x in (1e-8, 0.5, 1, 2, 4)])
    print("order of six rows", *(row_order(6, 1, 0, 1, usage, usage == 1) for usage in (1.0, 0.5, 1.5)))
    with open(os.path.join(HERE, "../../../Spool/samples/prostate.csv"), newline="") as file:
        classes = np.array([int(row["CAPSULE"]) for row in csv.DictReader(file)])
    print("balanced prostate", balanced_counts(classes, 3, 5.0), balanced_counts(classes, 3, 5.0, [1.0, 1.47]),
          balanced_counts(classes, 3, 0.5))


def main():
    print_vectors()
    with open(os.path.join(HERE, "recipe.json")) as file:
        golden = json.load(file)
    differences = {case["name"]: difference(case, golden) for case in golden["cases"]}
    for name, size in differences.items():
        print(f"{name:<24} {size:g}")
    return int(max(differences.values()) > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
