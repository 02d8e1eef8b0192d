#!/usr/bin/env python3
"""Trains 18 small networks in H2O 3.46 from given initial weights, and writes recipe.json beside this file.

    python3 make_recipe.py [URL]       (URL of a running H2O, default http://127.0.0.1:54401; needs h2o and numpy)

With these settings training does not depend on the seed, so the cases test the arithmetic alone; see "parity recipe" in
docs/reference/h2o-behaviour.md. The last case has iterations of the default length, in which H2O shuffles the rows.
`check_recipe.py` and `GoldenRecipeTests` read the file.
"""
import json, os, sys, warnings

warnings.simplefilter("ignore")
import h2o, numpy as np
from h2o.estimators import H2OAutoEncoderEstimator, H2ODeepLearningEstimator

HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = (1, 987654321)
BASE = dict(hidden=[5, 4], epochs=4, train_samples_per_iteration=300, reproducible=True,
            export_weights_and_biases=True, variable_importances=False, overwrite_with_best_model=False,
            stopping_rounds=0, classification_stop=-1.0, regression_stop=-1.0, shuffle_training_data=False)
# The rows and columns of each layer's weights.
CLASSES, MAXOUT = ((5, 4), (4, 5), (3, 4)), ((10, 4), (8, 5), (3, 4))
NUMBERS, RECONSTRUCTION = ((5, 3), (4, 5), (1, 4)), ((5, 4), (4, 5), (4, 4))
MANUAL = dict(adaptive_rate=False, rate=0.02, rate_decay=0.8, rate_annealing=1e-3)
MOMENTUM = dict(MANUAL, momentum_start=0.3, momentum_stable=0.9, momentum_ramp=100)
CASES = [
    ("adadelta_rectifier_ce", "cls", CLASSES, {}),
    ("adadelta_tanh_ce", "cls", CLASSES, dict(activation="tanh")),
    ("adadelta_maxout_ce", "cls", MAXOUT, dict(activation="maxout")),
    ("adadelta_quadratic", "cls", CLASSES, dict(loss="quadratic")),
    ("adadelta_l1_l2_maxw2", "cls", CLASSES, dict(l1=1e-3, l2=1e-2, max_w2=0.7)),
    ("adadelta_slow_mode", "cls", CLASSES, dict(fast_mode=False, l2=1e-2)),
    ("sgd_annealed", "cls", CLASSES, MANUAL),
    ("momentum_nesterov", "cls", CLASSES, MOMENTUM),
    ("momentum_classic", "cls", CLASSES, dict(MOMENTUM, nesterov_accelerated_gradient=False)),
    ("reg_gaussian", "reg", NUMBERS, {}),
    ("reg_laplace", "reg", NUMBERS, dict(distribution="laplace")),
    ("reg_huber", "reg", NUMBERS, dict(distribution="huber")),
    ("reg_quantile", "reg", NUMBERS, dict(distribution="quantile", quantile_alpha=0.3)),
    ("reg_poisson", "reg", NUMBERS, dict(distribution="poisson")),
    ("reg_gamma", "reg", NUMBERS, dict(distribution="gamma")),
    ("reg_tweedie", "reg", NUMBERS, dict(distribution="tweedie", tweedie_power=1.4)),
    ("autoencoder_tanh", "ae", RECONSTRUCTION, dict(activation="tanh")),
]


def frame(table):
    return table.as_data_frame(use_multi_thread=False)


def first_numbers(random, shapes):
    weights = [random.uniform(-0.5, 0.5, shape).astype(np.float32) for shape in shapes]
    return weights, [random.uniform(-0.1, 0.6, shape[0]).astype(np.float32) for shape in shapes]


def lists(arrays):
    return [array.astype(float).tolist() for array in arrays]


def train(kind, iris, parameters):
    """Returns weights and biases after training."""
    response, predictors = iris.columns[4], iris.columns[:4]
    if kind == "ae":
        model = H2OAutoEncoderEstimator(**parameters)
        model.train(x=predictors, training_frame=iris)
    elif kind == "reg":
        model = H2ODeepLearningEstimator(**parameters)
        model.train(x=predictors[:3], y=predictors[3], training_frame=iris)
    else:
        model = H2ODeepLearningEstimator(**parameters)
        model.train(x=predictors, y=response, training_frame=iris)
    layers = range(len(model.actual_params["hidden"]) + 1)
    return ([frame(model.weights(layer)).values.astype(float) for layer in layers],
            [frame(model.biases(layer)).values.ravel().astype(float) for layer in layers])


def difference(one, other):
    return max(float(np.abs(a - b).max()) for a, b in zip(one[0] + one[1], other[0] + other[1]))


def make(name, kind, shapes, own, seeds, iris, random, remembers_seed=False):
    weights, biases = first_numbers(random, shapes)
    given = dict(initial_weights=[h2o.H2OFrame(layer) for layer in lists(weights)],
                 initial_biases=[h2o.H2OFrame([[value] for value in layer]) for layer in lists(biases)])
    results = [train(kind, iris, dict(BASE, **own, **given, seed=seed)) for seed in seeds]
    print(f"{name:<24} difference between seeds {seeds}:", *(difference(results[0], other) for other in results[1:]))
    parameters = dict(BASE, **own, **(dict(seed=seeds[0]) if remembers_seed else {}))
    return dict(name=name, kind=kind, params=parameters, w0=lists(weights), b0=lists(biases), w=lists(results[0][0]),
                b=lists(results[0][1]))


def main():
    h2o.connect(url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:54401", verbose=False)
    h2o.no_progress()
    iris = h2o.import_file(os.path.join(HERE, "../../../Spool/samples/iris.csv"))
    response = iris.columns[4]
    iris[response] = iris[response].asfactor()
    domain = iris[response].levels()[0]
    random = np.random.RandomState(20240607)
    cases = [make(*case, SEEDS, iris, random) for case in CASES]
    cases.append(make("shuffled_seed1_tspi0", "cls", CLASSES, dict(train_samples_per_iteration=0), (1, 1, 2), iris,
                      random, remembers_seed=True))
    golden = {
        "note": "rows in file order; iris 4 numeric columns; regression target = Petal.Width from the other three",
        "x_names": iris.columns[:4], "x": frame(iris[iris.columns[:4]]).values.astype(float).tolist(),
        "labels": [domain.index(label) for label in frame(iris[response])[response]], "domain": domain,
        "cases": cases,
    }
    with open(f"{HERE}/recipe.json", "w") as file:
        json.dump(golden, file)


if __name__ == "__main__":
    main()
