#!/usr/bin/env python3
"""Writes MOJO files with artificial weights and their expected predictions: mojo/NAME.zip, mojo/NAME.predictions.csv.

    python3 write_mojos.py [FOLDER]       (needs numpy; FOLDER is mojo beside this file)

H2O 3.46.0.12 imports the four files and predicts the same numbers to 1e-16. H2O itself does not write such files, so
none of them comes from H2O. The sections "MOJO" and "MOJO scoring" of docs/reference/h2o-behaviour.md describe format
and scoring. `ExportTests` reads the files and compares the predictions.
"""
import math, os, sys, zipfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
NAN = float("nan")
# Known, unknown and missing levels.
LEVELS = ["a", "b", "c", "a", "", "other"]
NUMBERS = [(0.0, 0.0), (1.0, -1.0), (2.5, 0.25), (NAN, 1.0), (-3.0, NAN), (7.0, -2.0)]


def listed(values):
    return "[" + ", ".join(str(int(v)) if isinstance(v, (int, np.integer)) else repr(float(v)) for v in values) + "]"


class Layers:
    """Random weights in single and biases in double precision."""

    def __init__(self, random, units, channels=1):
        self.units, self.channels = units, channels
        last = len(units) - 2
        self.weights = [random.uniform(-0.8, 0.8, (units[i + 1] * (channels if i < last else 1), units[i]))
                        .astype(np.float32) for i in range(last + 1)]
        self.biases = [random.uniform(-0.5, 0.5, len(matrix)) for matrix in self.weights]

    def net(self, layer, below):
        return self.weights[layer].astype(float) @ below + self.biases[layer]

    def larger_channel(self, layer, below):
        """Maxout: weight and bias of channel c of unit u are at 2 (u inputs + i) + c and 2 u + c."""
        flat = self.weights[layer].reshape(self.units[layer + 1], self.units[layer], 2).astype(float)
        biases = self.biases[layer].reshape(-1, 2)
        return np.max(np.einsum("uic,i->uc", flat, below) + biases, axis=1)


def softmax(net):
    powers = np.exp(net - net.max())
    return powers / powers.sum()


def scaled(row):
    """Returns numbers as inputs: minus 1 and -1, times 0.5 and 2; missing ones are 0."""
    return [0.0 if math.isnan(x) else (x - s) * m for x, s, m in zip(row, (1.0, -1.0), (0.5, 2.0))]


class Mojo:
    def __init__(self, category, columns, domains, layers, activation, distribution, **keys):
        self.category, self.columns, self.domains, self.layers = category, columns, domains, layers
        self.activation, self.distribution, self.keys = activation, distribution, keys

    def ini(self):
        domains = [domain for domain in self.domains if domain]
        supervised = self.category != "AutoEncoder"
        classes = 1 if self.category in ("Regression", "AutoEncoder") else len(domains[-1])
        categoricals = sum(domain is not None for domain in self.domains[:-1])
        features = len(self.columns) - supervised
        keys = self.keys
        info = [
            ("h2o_version", "3.46.0.12"), ("mojo_version", "1.10"), ("license", "Apache License Version 2.0"),
            ("algo", "deeplearning"), ("algorithm", "Deep Learning"), ("endianness", "LITTLE_ENDIAN"),
            ("category", self.category), ("uuid", "1234567890"), ("supervised", str(supervised).lower()),
            ("n_features", features), ("n_classes", classes), ("n_columns", len(self.columns)),
            ("n_domains", len(domains)), ("balance_classes", keys.get("balance", "false")),
            ("default_threshold", keys.get("threshold", "0.5")), ("prior_class_distrib", keys.get("prior", "null")),
            ("model_class_distrib", keys.get("model", "null")), ("timestamp", "2026-01-01T00:00:00.000Z"),
            ("escape_domain_values", "true"), ("mini_batch_size", 1), ("nums", features - categoricals),
            ("cats", categoricals), ("cat_offsets", listed(keys.get("offsets", [0]))),
            ("norm_mul", keys.get("multiply", "[0.5, 2.0]")), ("norm_sub", keys.get("subtract", "[1.0, -1.0]")),
            ("norm_resp_mul", keys.get("response_multiply", "null")),
            ("norm_resp_sub", keys.get("response_subtract", "null")), ("use_all_factor_levels", "true"),
            ("activation", self.activation), ("distribution", self.distribution), ("mean_imputation", "true"),
        ]
        if categoricals:
            info.append(("cat_modes", listed([len(domain) for domain in self.domains[:-1] if domain])))
        info.append(("neural_network_sizes", listed(self.layers.units)))
        for layer, (weights, biases) in enumerate(zip(self.layers.weights, self.layers.biases)):
            info += [(f"weight_layer{layer}", listed(weights.reshape(-1))), (f"bias_layer{layer}", listed(biases))]
        info += [("hidden_dropout_ratios", listed(keys.get("dropout", [0.0, 0.0]))), ("_genmodel_encoding", "AUTO"),
                 ("_orig_projection_array", "null")]
        text = "[info]\n" + "".join(f"{key} = {value}\n" for key, value in info)
        text += "\n[columns]\n" + "".join(f"{column}\n" for column in self.columns) + "\n[domains]\n"
        places = [index for index, domain in enumerate(self.domains) if domain]
        return text + "".join(
            f"{place}: {len(domain)} d{number:03}.txt\n" for number, (place, domain) in enumerate(zip(places, domains)))

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, domain in enumerate(domain for domain in self.domains if domain):
                archive.writestr(f"domains/d{number:03}.txt", "".join(f"{level}\n" for level in domain))
            archive.writestr("model.ini", self.ini())


def multinomial(random):
    layers = Layers(random, [6, 3, 3])
    mojo = Mojo("Multinomial", ["c", "x1", "x2", "y"], [list("abc"), None, None, list("pqr")], layers, "Tanh",
                "multinomial", prior="[0.2, 0.3, 0.5]", offsets=[0, 4])

    def predict(level, row):
        units = [0.0] * 4
        units[{"a": 0, "b": 1, "c": 2}.get(level, 3)] = 1.0
        shares = softmax(layers.net(1, np.tanh(layers.net(0, np.array(units + scaled(row))))))
        return ["pqr"[shares.argmax()], *shares]

    return mojo, ["predict", "p", "q", "r"], predict


def regression(random):
    layers = Layers(random, [2, 3, 1])
    mojo = Mojo("Regression", ["x1", "x2", "y"], [None] * 3, layers, "RectifierWithDropout", "gaussian",
                response_multiply="[0.25]", response_subtract="[10.0]", dropout=[0.3, 0.0])

    def predict(level, row):
        hidden = np.maximum(layers.net(0, np.array(scaled(row))), 0) * 0.7
        return [layers.net(1, hidden)[0] / 0.25 + 10]

    return mojo, ["predict"], predict


def autoencoder(random):
    layers = Layers(random, [2, 3, 2])
    mojo = Mojo("AutoEncoder", ["x1", "x2"], [None] * 2, layers, "Tanh", "gaussian")

    def predict(level, row):
        outputs = np.tanh(layers.net(1, np.tanh(layers.net(0, np.array(scaled(row))))))
        return [outputs[0] / 0.5 + 1.0, outputs[1] / 2.0 - 1.0]

    return mojo, ["reconstr_x1", "reconstr_x2"], predict


def maxout(random):
    layers = Layers(random, [2, 3, 2], channels=2)
    mojo = Mojo("Binomial", ["x1", "x2", "y"], [None, None, ["n", "p"]], layers, "MaxoutWithDropout", "bernoulli",
                balance="true", threshold="0.3", prior="[0.9, 0.1]", model="[0.5, 0.5]", multiply="null",
                subtract="null", dropout=[0.5, 0.0])

    def predict(level, row):
        inputs = np.array([0.0 if math.isnan(x) else x for x in row])
        shares = softmax(layers.net(1, layers.larger_channel(0, inputs) * 0.5)) * [0.9 / 0.5, 0.1 / 0.5]
        shares /= shares.sum()
        return ["p" if shares[1] >= 0.3 else "n", *shares]

    return mojo, ["predict", "n", "p"], predict


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else f"{HERE}/mojo"
    table = ["c,x1,x2"] + [",".join([level, *("" if math.isnan(x) else repr(x) for x in row)])
                           for level, row in zip(LEVELS, NUMBERS)]
    with open(f"{folder}/rows.csv", "w") as file:
        file.write("\n".join(table) + "\n")
    # Pairs share a generator.
    for pair in ((("multi", multinomial), ("reg", regression)), (("ae", autoencoder), ("maxout", maxout))):
        random = np.random.RandomState(3)
        for name, make in pair:
            mojo, header, predict = make(random)
            mojo.write(f"{folder}/{name}.zip")
            lines = [",".join(header)]
            lines += [",".join(str(value) if isinstance(value, str) else repr(float(value))
                               for value in predict(level, row)) for level, row in zip(LEVELS, NUMBERS)]
            with open(f"{folder}/{name}.predictions.csv", "w") as file:
                file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
