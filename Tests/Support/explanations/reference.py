#!/usr/bin/env python3
"""Writes reference.json and wide.zip: explanations of models with artificial weights, computed by shap and scikit-learn.

    python3 reference.py         (needs numpy, scikit-learn and shap)

The models are those of ../parity/write_mojos.py, which predicts their rows independently of deepspool, and one with 14
columns. `ReferenceTests` of ExplanationsTests explains the same rows and compares:

- contributions: shap's exact explainer with an independent masker, in the units of the linear output;
- permutation importance: mean and deviation over many repetitions;
- partial dependence: the brute-force method, with the curve of each row, at all values of a column.
"""
import json, math, os, sys

import numpy as np
import shap
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.inspection import partial_dependence, permutation_importance

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "parity"))
import write_mojos  # noqa: E402

LEVELS = ["a", "b", "c", ""]
MISSING = -1000.0
ROWS, BACKGROUND, EXPLAINED, REPEATS = 40, 6, 5, 400
WIDE, WIDE_ROWS, WIDE_BACKGROUND = 14, 3, 4


def wide(random):
    layers = write_mojos.Layers(random, [WIDE, 5, 1])
    names = [f"x{i + 1}" for i in range(WIDE)] + ["y"]
    mojo = write_mojos.Mojo("Regression", names, [None] * (WIDE + 1), layers, "Tanh", "gaussian", multiply="null",
                            subtract="null", response_multiply="[0.25]", response_subtract="[10.0]")
    return mojo, lambda row: layers.net(1, np.tanh(layers.net(0, np.array(row))))[0] / 0.25 + 10


def table(random):
    """Rows of c (a position in LEVELS), x1 (few values, some missing) and x2."""
    levels = random.randint(0, 4, ROWS).astype(float)
    first = random.choice([-3, -1.5, 0, 0.5, 1, 2.5, 4, MISSING], ROWS)
    return np.column_stack([levels, first, np.round(random.uniform(-2, 2, ROWS), 3)])


def numbers(row):
    return [math.nan if value == MISSING else float(value) for value in row]


class Model:
    """A model of write_mojos.py as a function of arrays of its columns."""

    def __init__(self, name, predict):
        self.name, self.predict = name, predict
        self.columns = [0, 1, 2] if name == "multi" else [1, 2]

    def outputs(self, array):
        rows = []
        for row in np.atleast_2d(array):
            level = LEVELS[int(row[0])] if self.name == "multi" else "a"
            found = self.predict(level, numbers(row[-2:]))
            rows.append(found if self.name == "reg" else found[1:])
        return np.array(rows, dtype=float)

    def margins(self, array):
        outputs = self.outputs(array)
        if self.name == "reg":
            return outputs[:, 0]
        odds = np.log(outputs) - np.log(1 - outputs)
        return odds[:, 1] if self.name == "maxout" else odds


class Classifier(ClassifierMixin, BaseEstimator):
    def __init__(self, model=None, classes=2):
        self.model, self.classes = model, classes

    def fit(self, rows, targets=None):
        self.classes_ = np.arange(self.classes)
        return self

    def predict_proba(self, rows):
        return self.model.outputs(rows)

    def predict(self, rows):
        return self.predict_proba(rows).argmax(axis=1)


class Regressor(RegressorMixin, BaseEstimator):
    def __init__(self, model=None):
        self.model = model

    def fit(self, rows, targets=None):
        self.fitted_ = True
        return self

    def predict(self, rows):
        return self.model.outputs(rows)[:, 0]


def contributions(function, rows, background):
    masker = shap.maskers.Independent(background, max_samples=len(background))
    explanation = shap.explainers.ExactExplainer(function, masker)(rows)
    values = np.asarray(explanation.values)
    bias = np.atleast_2d(np.asarray(explanation.base_values).reshape(len(rows), -1))[0]
    # [rows][margins][columns]
    values = values[:, :, None] if values.ndim == 2 else values
    return {"values": values.transpose(0, 2, 1).tolist(), "bias": bias.tolist()}


def dependence(estimator, data, column):
    values = np.unique(data[:, column])
    found = partial_dependence(estimator, data, [column], method="brute", kind="both",
                               response_method="predict_proba" if isinstance(estimator, Classifier) else "auto",
                               custom_values={column: values})
    # scikit-learn's curves of two classes are those of the second.
    return {"values": [None if value == MISSING else float(value) for value in values],
            "average": np.asarray(found["average"]).tolist(), "individual": np.asarray(found["individual"]).tolist()}


def main():
    random = np.random.RandomState(5)
    data = table(random)
    cases = []
    for pair in (("multi", write_mojos.multinomial), ("reg", write_mojos.regression)), (
            ("ae", write_mojos.autoencoder), ("maxout", write_mojos.maxout)):
        weights = np.random.RandomState(3)
        for name, make in pair:
            _, _, predict = make(weights)
            if name == "ae":
                continue
            model = Model(name, predict)
            rows = data[:, model.columns]
            outputs = model.outputs(rows)
            if name == "reg":
                targets = np.round(outputs[:, 0] + random.normal(0, 1, ROWS), 3)
                estimator, scoring = Regressor(model).fit(rows), "neg_mean_squared_error"
            else:
                targets = np.array([random.choice(outputs.shape[1], p=row / row.sum()) for row in outputs])
                estimator, scoring = Classifier(model, outputs.shape[1]).fit(rows), "neg_log_loss"
            importance = permutation_importance(
                estimator, rows, targets, scoring=scoring, n_repeats=REPEATS, random_state=7)
            cases.append({
                "model": name, "targets": targets.tolist(),
                "contributions": contributions(model.margins, rows[:EXPLAINED], rows[-BACKGROUND:]),
                "importances": importance.importances_mean.tolist(),
                "deviations": importance.importances_std.tolist(),
                "dependence": dependence(estimator, rows, len(model.columns) - 2),
            })
    mojo, predict = wide(np.random.RandomState(3))
    mojo.write(os.path.join(HERE, "wide.zip"))
    rows = np.round(random.uniform(-2, 2, (WIDE_ROWS + WIDE_BACKGROUND, WIDE)), 3)
    exact = contributions(lambda array: np.array([predict(row) for row in array]), rows[:WIDE_ROWS], rows[WIDE_ROWS:])
    reference = {
        "rows": [[LEVELS[int(level)], *[None if value == MISSING else float(value) for value in rest]]
                 for level, *rest in data.tolist()],
        "background": BACKGROUND, "repeats": REPEATS, "cases": cases,
        "wide": {"rows": rows.tolist(), "explained": WIDE_ROWS, "contributions": exact},
    }
    with open(os.path.join(HERE, "reference.json"), "w") as file:
        json.dump(reference, file, indent=None, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
