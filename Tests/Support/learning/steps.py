#!/usr/bin/env python3
"""Writes steps.json: the weights of one linear unit after each of a few rows, for every update rule and penalty.

The formulas are those of the papers, in double precision and weight by weight, independent of the code of the engines:
ADADELTA (Zeiler 2012), Adam (Kingma and Ba 2015, with the decoupled weight decay of Loshchilov and Hutter 2019 for l2),
cosine schedules (Loshchilov and Hutter 2017; Holzmüller et al. 2024), momentum and Nesterov's gradient (Sutskever et al. 2013), proximal steps (Parikh and Boyd 2014,
section 6.5), learning-rate annealing and decay as in the documentation of the parameters. `UpdateRuleTests` compares
the engines with these numbers. Usage: steps.py > steps.json
"""
import json
import math
import sys

ROWS = [([0.5, -1.25], 0.75), ([0.0, 2.0], -0.5), ([1.5, 0.25], 0.1), ([-0.75, 0.5], 1.0)]
WEIGHTS, BIAS = [0.3, -0.2], 0.1


def shrink(weight, rate, l1, l2):
    kept = abs(weight) - rate * l1
    return 0.0 if kept <= 0 else math.copysign(kept, weight) / (1 + rate * l2)


class Adadelta:
    def __init__(self, rho, epsilon):
        self.rho, self.epsilon, self.steps, self.squares = rho, epsilon, {}, {}

    def step(self, key, gradient, _row):
        """Returns the step and the learning rate of the penalties."""
        squares = self.rho * self.squares.get(key, 0) + (1 - self.rho) * gradient**2
        steps = self.steps.get(key, 0)
        rate = math.sqrt((steps + self.epsilon) / (squares + self.epsilon))
        self.squares[key] = squares
        self.steps[key] = self.rho * steps + (1 - self.rho) * (rate * gradient) ** 2
        return -rate * gradient, rate


class Momentum:
    def __init__(self, rate, annealing=0.0, start=0.0, stable=0.0, ramp=0.0, nesterov=True):
        self.rate, self.annealing = rate, annealing
        self.start, self.stable, self.ramp, self.nesterov = start, stable, ramp, nesterov
        self.velocity = {}

    def step(self, key, gradient, row):
        rate = self.rate / (1 + self.annealing * row)
        if self.start == 0 and self.stable == 0:
            return -rate * gradient, rate
        momentum = self.stable
        if row < self.ramp:
            momentum = self.start + (self.stable - self.start) * row / self.ramp
        # With momentum, the learning rate is multiplied by (1 - momentum), except for penalties.
        velocity = momentum * self.velocity.get(key, 0) - gradient
        self.velocity[key] = velocity
        ahead = momentum * velocity - gradient if self.nesterov else velocity
        return rate * (1 - momentum) * ahead, rate


class Adam:
    """`course` gives the factor of the rate for the share of the training that is done."""

    def __init__(self, rate, beta1=0.9, beta2=0.999, epsilon=1e-8, course=lambda _share: 1.0, bias_factor=1.0, root=1.0):
        self.rate, self.beta1, self.beta2, self.epsilon, self.course = rate, beta1, beta2, epsilon, course
        self.bias_factor, self.root, self.moments = bias_factor, root, {}

    def step(self, key, gradient, row):
        rate = self.rate * self.course(row / len(ROWS)) * (self.bias_factor if key == "bias" else 1 / self.root)
        first, second, count = self.moments.get(key, (0.0, 0.0, 0))
        first = self.beta1 * first + (1 - self.beta1) * gradient
        second = self.beta2 * second + (1 - self.beta2) * gradient**2
        count += 1
        self.moments[key] = (first, second, count)
        mean, square = first / (1 - self.beta1**count), second / (1 - self.beta2**count)
        return -rate * mean / (math.sqrt(square) + self.epsilon), rate


def cosine(share):
    return (1 + math.cos(math.pi * share)) / 2


def four_cycles(share):
    return (1 - math.cos(2 * math.pi * math.log2(1 + 15 * share))) / 2


def learn(rule, l1=0.0, l2=0.0, max_w2=math.inf, skips=True):
    """Returns the weights and the bias after each row."""
    weights, bias, found = list(WEIGHTS), BIAS, []
    for row, (inputs, target) in enumerate(ROWS):
        error = 2 * (sum(w * x for w, x in zip(weights, inputs)) + bias - target)
        for i, x in enumerate(inputs):
            if skips and x == 0:
                continue
            step, rate = rule.step(i, error * x, row)
            weights[i] = shrink(weights[i] + step, rate, l1, l2)
        sum_of_squares = sum(w * w for w in weights)
        if sum_of_squares > max_w2:
            weights = [w * math.sqrt(max_w2 / sum_of_squares) for w in weights]
        bias += rule.step("bias", error, row)[0]
        found.append({"weights": list(weights), "bias": bias})
    return found


CASES = {
    "ADADELTA": learn(Adadelta(0.9, 1e-4)),
    "ADADELTA without skipping zero inputs": learn(Adadelta(0.9, 1e-4), skips=False),
    "ADADELTA with l1": learn(Adadelta(0.9, 1e-2), l1=0.5),
    "ADADELTA with l2": learn(Adadelta(0.9, 1e-2), l2=0.5),
    "ADADELTA with max_w2": learn(Adadelta(0.9, 1e-2), max_w2=0.1),
    "learning rate": learn(Momentum(0.1)),
    "annealed learning rate": learn(Momentum(0.1, annealing=0.5)),
    "learning rate with l1 and l2": learn(Momentum(0.1), l1=0.3, l2=0.2),
    "momentum": learn(Momentum(0.05, start=0.5, stable=0.5, nesterov=False)),
    "momentum ramp": learn(Momentum(0.05, start=0.2, stable=0.8, ramp=3, nesterov=False)),
    "Nesterov's gradient": learn(Momentum(0.05, start=0.5, stable=0.5)),
    "Nesterov's gradient with l1": learn(Momentum(0.05, start=0.5, stable=0.5), l1=0.3),
    "Adam": learn(Adam(0.1), skips=False),
    "Adam with short memories": learn(Adam(0.1, beta1=0.5, beta2=0.6, epsilon=1e-3), skips=False),
    "Adam with l1 and l2": learn(Adam(0.1), l1=0.3, l2=0.2, skips=False),
    "Adam along a cosine": learn(Adam(0.1, course=cosine), skips=False),
    "Adam along four cycles": learn(Adam(0.1, course=four_cycles), skips=False),
    "Adam with rates by group": learn(Adam(0.1, bias_factor=0.1, root=math.sqrt(2)), skips=False),
}
json.dump(CASES, sys.stdout, indent=1)
print()
