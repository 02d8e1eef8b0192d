"""H2O's training in plain Python: an implementation of docs/reference/h2o-behaviour.md that shares no code with ours.

It checks the page and the cases and is not optimised for speed. `check_recipe.py` runs it. Names in quotes are sections
of the page. Needs numpy.
"""
import math, struct

import numpy as np

MASK64 = (1 << 64) - 1
MASK32 = (1 << 32) - 1
single = np.float32


class Generator:
    """H2O's random generator; see "random generator"."""

    MULTIPLIER = 6364136223846793005
    INCREMENT = 3

    def __init__(self, seed):
        self.spare_gaussian = None
        self.restart(seed)

    def restart(self, seed):
        self.state = 0
        self.draw()
        self.state = (self.state + seed) & MASK64
        self.draw()

    def draw(self):
        old = self.state
        self.state = (old * self.MULTIPLIER + self.INCREMENT) & MASK64
        word = (((old >> 18) ^ old) >> 27) & MASK32
        turn = old >> 59
        return ((word >> turn) | (word << (-turn & 31))) & MASK32

    def next_long(self):
        high = self.draw()
        return (high << 32) | self.draw()

    def next_bits(self, count):
        return self.next_long() & ((1 << count) - 1)

    def next_float(self):
        return single(self.next_bits(24) * 2.0**-24)

    def next_double(self):
        return ((self.next_bits(26) << 27) + self.next_bits(27)) * 2.0**-53

    def next_index(self, below):
        return self.draw() % below

    def next_bytes(self, count):
        words = [self.draw() for _ in range((count + 3) // 4)]
        return b"".join(word.to_bytes(4, "little") for word in words)[:count]

    def next_gaussian(self):
        if self.spare_gaussian is not None:
            value, self.spare_gaussian = self.spare_gaussian, None
            return value
        while True:
            first, second = 2 * self.next_double() - 1, 2 * self.next_double() - 1
            square = first * first + second * second
            if 0 < square < 1:
                break
        scale = math.sqrt(-2 * math.log(square) / square)
        self.spare_gaussian = second * scale
        return first * scale


def signed64(value):
    value &= MASK64
    return value - (1 << 64) if value >> 63 else value


def single_root(x):
    """See "approximate square roots"."""
    bits = struct.unpack("<i", struct.pack("<f", x))[0]
    return single(struct.unpack("<f", struct.pack("<i", 532483686 + (bits >> 1)))[0])


def double_root(x):
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return struct.unpack("<d", struct.pack("<Q", (((bits >> 32) + 1072632448) << 31) & MASK64))[0]


def first_weights(units, seed, is_classifier, distribution="UniformAdaptive", scale=1.0, is_maxout=False):
    """Returns one matrix [units x inputs] per layer; see "first weights"."""
    layers = []
    last = len(units) - 2
    for layer in range(len(units) - 1):
        generator = Generator((seed + 0xBAD5EED + layer + 1) & MASK64)
        inputs, outputs = units[layer], units[layer + 1]
        reach = math.sqrt(6.0 / (inputs + outputs))
        factor = 4 if layer == last and is_classifier else 1

        def weight():
            if distribution == "UniformAdaptive":
                return factor * (-reach + float(generator.next_float()) * 2 * reach)
            if distribution == "Uniform":
                return -scale + float(generator.next_float()) * 2 * scale
            return generator.next_gaussian() * scale

        rows = outputs * (2 if is_maxout and layer < last else 1)
        layers.append(np.array([[single(weight()) for _ in range(inputs)] for _ in range(rows)], single))
    return layers


def row_order(rows, seed, samples_before, iteration, usage, shuffles):
    """Returns the rows of an iteration without weights, in order; see "order of rows"."""
    passes = math.ceil(single(usage))
    fraction = single(single(usage) / passes)
    if not (fraction < 0.999 or shuffles):
        return list(range(rows)) * passes
    base = 0x8734093502429734 + seed + samples_before
    generator = Generator((base * (iteration + 0x9823423497823423)) & MASK64)
    order = list(range(rows))
    for index in range(rows):
        other = index + generator.next_index(rows - index)
        order[index], order[other] = order[other], order[index]
    return [row for _ in range(passes) for row in order if not generator.next_double() > float(fraction)]


def balanced_counts(classes, seed, largest_size, factors=None):
    """Returns the number of rows of each class after balancing; see "balanced classes"."""
    count = len(classes)
    totals = np.array([(classes == label).sum() for label in (0, 1)], float)
    if factors is None:
        even = single(single(count) / 2)
        ratios = np.array([even / single(total) for total in totals], single)
        ratios = (ratios / ratios.min()).astype(single)
    else:
        ratios = np.array(factors, single)
    total = single(0)
    for ratio, rows in zip(ratios, totals):
        total = single(total + ratio * rows)
    target = min(int(single(largest_size) * count), math.floor(total + 0.5))
    if target != total:
        ratios = (ratios * single(target / total)).astype(single)
    copies = [0, 0]
    generator = Generator(0)
    for row, label in enumerate(classes):
        generator.restart((row + seed) & MASK64)
        whole = int(ratios[label])
        copies[label] += whole + (1 if generator.next_float() < single(ratios[label] - whole) else 0)
    return copies


class Network:
    """A network that is trained row by row; its parameters have H2O's names."""

    def __init__(self, units, weights, biases, activation="Rectifier", output="softmax", loss="CrossEntropy",
                 adaptive_rate=True, rho=0.99, epsilon=1e-8, rate=0.005, rate_annealing=1e-6, rate_decay=1.0,
                 momentum_start=0.0, momentum_stable=0.0, momentum_ramp=1e6, nesterov_accelerated_gradient=True,
                 l1=0.0, l2=0.0, max_w2=3.4028235e38, fast_mode=True):
        self.units, self.activation, self.output, self.loss = units, activation, output, loss
        self.weights = [matrix.astype(single).copy() for matrix in weights]
        self.biases = [np.array(vector, float).copy() for vector in biases]
        # ADADELTA: mean squared update and mean squared gradient. Momentum: the velocity, or the last step.
        self.weight_averages = [np.zeros(matrix.shape + (2,), single) for matrix in self.weights]
        self.bias_averages = [np.zeros((len(vector), 2)) for vector in self.biases]
        self.weight_memory = [np.zeros_like(matrix) for matrix in self.weights]
        self.bias_memory = [np.zeros_like(vector) for vector in self.biases]
        self.adaptive, self.rho, self.epsilon = adaptive_rate, single(rho), single(epsilon)
        self.rate, self.annealing, self.decay = rate, rate_annealing, rate_decay
        self.nesterov, self.fast = nesterov_accelerated_gradient, fast_mode
        self.l1, self.l2, self.max_w2 = float(single(l1)), float(single(l2)), single(max_w2)
        self.has_momentum = not adaptive_rate and (momentum_start != 0 or momentum_stable != 0)
        # The ramp always has the value of one row before its start; see "momentum ramp".
        ramp = (momentum_stable - momentum_start) * -1.0 / momentum_ramp if momentum_ramp > 0 else 0.0
        self.momentum = single(0.0 if adaptive_rate else momentum_start + ramp)
        self.samples_before_iteration = 0

    def activate(self, net):
        if self.activation == "Tanh":
            return 1 - 2 / (1 + np.exp(2 * net))
        if self.activation == "Rectifier":
            return np.maximum(net, 0)
        return np.where(net >= 0, net, np.exp(net) - 1)

    def channel(self, layer, row, channel):
        """Returns the positions of a Maxout channel in the flat array of weights; see "forward pass"."""
        inputs = self.units[layer]
        return 2 * row * inputs + channel + 2 * np.arange(inputs)

    def forward(self, row):
        """Returns the outputs of each layer, and the winning channels of Maxout layers."""
        outputs, winners = [np.array(row, float)], []
        last = len(self.weights) - 1
        for layer in range(last + 1):
            below = outputs[-1]
            if self.activation == "Maxout" and layer < last:
                flat = self.weights[layer].reshape(-1).astype(float)
                biases = self.biases[layer]
                nets = np.array([[flat[self.channel(layer, unit, channel)] @ below + biases[2 * unit + channel]
                                  for channel in (0, 1)] for unit in range(self.units[layer + 1])])
                winner = (nets[:, 1] > nets[:, 0]).astype(int)
                winners.append(winner)
                outputs.append(nets[np.arange(len(winner)), winner])
                continue
            winners.append(None)
            net = self.weights[layer].astype(float) @ below + self.biases[layer]
            if layer < last or self.output == "reconstruction":
                net = self.activate(net)
            elif self.output == "softmax":
                powers = np.exp(net - net.max())
                net = powers / powers.sum()
            outputs.append(net)
        return outputs, winners

    def output_errors(self, outputs, target, half_gradient):
        top = outputs[-1]
        if self.output == "softmax":
            wanted = np.zeros_like(top)
            wanted[int(target)] = 1
            return top - wanted if self.loss == "CrossEntropy" else (top - wanted) * (1 - top) * top
        if self.output == "linear":
            return np.array([-2 * half_gradient(target, top[0])])
        return -2 * np.array([half_gradient(wanted, found) for wanted, found in zip(outputs[0], top)])

    def local_gradients(self, errors, outputs):
        """See "backward pass"."""
        if self.activation == "Tanh":
            return errors * (1 - outputs * outputs)
        if self.activation == "Rectifier":
            return np.where(outputs > 0, errors, 0.0)
        if self.activation == "ExpRectifier":
            return errors * np.where(outputs >= 0, 1, np.exp(outputs))
        return errors

    def learn(self, row, target, half_gradient=None):
        """Trains on one row. For numeric responses `half_gradient(target, output)` returns -e / 2."""
        outputs, winners = self.forward(row)
        gradients = self.output_errors(outputs, target, half_gradient)
        skips_units = self.fast or (not self.adaptive and not self.has_momentum and self.l1 == 0 and self.l2 == 0)
        last = len(self.weights) - 1
        errors = None
        for layer in range(last, -1, -1):
            if layer < last:
                gradients = self.local_gradients(errors, outputs[layer + 1])
            errors = np.zeros(self.units[layer])
            rate = self.layer_rate(layer)
            for unit in range(self.units[layer + 1]):
                if skips_units and gradients[unit] == 0:
                    continue
                winner = None if winners[layer] is None else winners[layer][unit]
                self.change_unit(layer, unit, winner, gradients[unit], outputs[layer], errors, rate)

    def layer_rate(self, layer):
        """See "learning rate and momentum"."""
        if self.adaptive:
            return single(0)
        annealed = self.rate * self.decay**layer / (1 + self.annealing * self.samples_before_iteration)
        return single(annealed) * (single(1) - self.momentum)

    def change_unit(self, layer, unit, winner, gradient, below, errors, rate):
        inputs = self.units[layer]
        flat = self.weights[layer].reshape(-1)
        squares = 0.0
        for index in range(inputs):
            position = unit * inputs + index
            if winner is not None:
                position = 2 * position + winner
            weight = float(flat[position])
            errors[index] += gradient * weight
            if self.fast and below[index] == 0:
                continue
            slope = gradient * below[index] + float(np.sign(weight)) * self.l1 + weight * self.l2
            squares += slope * slope
            self.change_weight(layer, flat, position, slope, rate)
        self.limit_norm(flat, unit, winner, inputs)
        bias_position = unit if winner is None else 2 * unit + winner
        self.change_bias(layer, bias_position, gradient, squares / inputs, float(rate))

    def change_weight(self, layer, flat, position, slope, rate):
        if self.adaptive:
            averages = self.weight_averages[layer].reshape(-1, 2)
            update, square = averages[position]
            rest = single(1) - self.rho
            square = single(float(single(self.rho * square)) + float(rest) * slope * slope)
            step = single_root(single(single(update + self.epsilon) / single(square + self.epsilon)))
            added = float(single(single(rest * step) * step)) * slope * slope
            averages[position] = single(float(single(self.rho * update)) + added), square
            flat[position] = single(float(flat[position]) - float(step) * slope)
            return
        memory = self.weight_memory[layer].reshape(-1)
        if self.nesterov:
            move = -slope
            if self.has_momentum:
                memory[position] = single(float(single(memory[position] * self.momentum)) + move)
                move = float(memory[position])
            flat[position] = single(float(flat[position]) + float(rate) * move)
            return
        step = -float(rate) * slope
        flat[position] = single(float(flat[position]) + step)
        if self.has_momentum:
            flat[position] = single(flat[position] + single(self.momentum * memory[position]))
            memory[position] = single(step)

    def limit_norm(self, flat, unit, winner, inputs):
        """See "norm limit"."""
        if winner is None:
            start, end = unit * inputs, (unit + 1) * inputs
        else:
            start, end = 2 * unit * inputs + winner, 2 * (unit * inputs + inputs - 1) + winner
        square = single(np.sum(flat[start:end].astype(single) ** 2, dtype=single))
        if square > self.max_w2:
            flat[start:end] = (flat[start:end] * single_root(single(self.max_w2 / square))).astype(single)

    def change_bias(self, layer, position, gradient, weight_square, rate):
        biases, memory = self.biases[layer], self.bias_memory[layer]
        bias = biases[position]
        slope = gradient + np.sign(bias) * self.l1 + bias * self.l2
        if self.adaptive:
            averages = self.bias_averages[layer][position]
            keep, rest, epsilon = float(self.rho), float(single(1) - self.rho), float(self.epsilon)
            averages[1] = keep * averages[1] + rest * weight_square
            rate = double_root((averages[0] + epsilon) / (averages[1] + epsilon))
            averages[0] = keep * averages[0] + rest * rate * rate * weight_square
        if self.nesterov:
            move = -slope
            if self.has_momentum:
                memory[position] = memory[position] * float(self.momentum) + move
                move = memory[position]
            biases[position] += rate * move
            return
        step = -rate * slope
        biases[position] += step
        if self.has_momentum:
            biases[position] += float(self.momentum) * memory[position]
            memory[position] = step
