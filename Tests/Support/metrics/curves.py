#!/usr/bin/env python3
"""Prints scikit-learn's results for the rows of ExactCurveTests: areas, and the best thresholds with their counts.

Needs numpy and scikit-learn: python3 -m venv V && V/bin/pip install scikit-learn && V/bin/python curves.py
Tests/MetricsTests/ExactCurveTests.swift contains the figures. pr_auc is the area that H2O defines: it interpolates
between the points of scikit-learn's curve as in Davis and Goadrich (2006), here in small steps.
"""

import numpy as np
from sklearn.metrics import (
    accuracy_score, average_precision_score, confusion_matrix, f1_score, matthews_corrcoef, roc_auc_score, roc_curve)

ROWS = 5000


def rows():
    """Returns the rows of the test, from a linear congruential generator with the same 53 bits in every language."""
    state = 7
    scores, labels, weights = [], [], []

    def draw():
        nonlocal state
        state = (state * 6364136223846793005 + 1) % 2**64
        return (state >> 11) / 2**53

    for _ in range(ROWS):
        scores.append(draw())
        labels.append(int(draw() < scores[-1] ** 3))
        weights.append(0.25 + draw())
    return np.array(scores), np.array(labels), np.array(weights)


def interpolated_area(scores, labels, weights, steps=400):
    """Interpolates as Davis and Goadrich: between two points, both counts grow in proportion."""
    order = np.argsort(-scores, kind="stable")
    positives = np.concatenate([[0], np.cumsum((weights * labels)[order])])
    negatives = np.concatenate([[0], np.cumsum((weights * (1 - labels))[order])])
    share = (np.arange(steps) + 0.5) / steps
    area = 0.0
    for tp0, tp1, fp0, fp1 in zip(positives, positives[1:], negatives, negatives[1:]):
        if tp1 > tp0:
            tp, fp = tp0 + share * (tp1 - tp0), fp0 + share * (fp1 - fp0)
            area += np.mean(tp / (tp + fp)) * (tp1 - tp0) / positives[-1]
    return area


def best(name, measure, scores, labels, weights):
    """Prints the highest threshold at which a measure is largest, by trying all of them."""
    values = [measure(labels, scores >= t, sample_weight=weights) for t in sorted(scores, reverse=True)]
    index = int(np.argmax(values))
    threshold = sorted(scores, reverse=True)[index]
    cm = confusion_matrix(labels, scores >= threshold, sample_weight=weights)
    print(f"  {name}: threshold {float(threshold)!r}, value {float(values[index])!r}, cm {cm.tolist()}")


def main():
    scores, labels, weights = rows()
    for name, w in [("plain", np.ones(ROWS)), ("weighted", weights)]:
        print(name)
        print(f"  auc {roc_auc_score(labels, scores, sample_weight=w)!r}")
        print(f"  pr_auc {float(interpolated_area(scores, labels, w))!r}")
        print(f"  average_precision {average_precision_score(labels, scores, sample_weight=w)!r}")
        best("f1", f1_score, scores, labels, w)
        best("accuracy", accuracy_score, scores, labels, w)
        best("mcc", matthews_corrcoef, scores, labels, w)
        fpr, tpr, thresholds = roc_curve(labels, scores, sample_weight=w, drop_intermediate=False)
        index = int(np.argmax(tpr - fpr))
        print(f"  youden: threshold {float(thresholds[index])!r}, value {float(tpr[index] - fpr[index])!r}")


main()
