"""PyTorch on MNIST, 200-200 or other layers. Prints one JSON object.

    python3 torch_peer.py WORK_FOLDER THREADS speed BATCH HIDDEN...      samples per second: the better of Adam and ADADELTA
    python3 torch_peer.py WORK_FOLDER THREADS quality SEEDS              epochs and seconds to 3.0 % test error, medians
"""
import json, sys, time

import numpy as np
import torch


def table(path):
    with open(path, "rb") as file:
        rows, inputs = np.fromfile(file, dtype=np.int64, count=2)
        values = np.fromfile(file, dtype=np.float32, count=rows * inputs).reshape(rows, inputs)
        return torch.from_numpy(values), torch.from_numpy(np.fromfile(file, dtype=np.int32, count=rows).astype(np.int64))


work, threads, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torch.set_num_threads(threads)
values, classes = table(f"{work}/train.bin")
rows = len(values)
loss = torch.nn.CrossEntropyLoss()


def network(hidden):
    layers, width = [], values.shape[1]
    for units in hidden:
        layers += [torch.nn.Linear(width, units), torch.nn.ReLU()]
        width = units
    return torch.nn.Sequential(*layers, torch.nn.Linear(width, 10))


def train(model, optimizer, batch, samples, anneal=None):
    """Seconds of one pass over so many rows; anneal(rows of this pass that are done) changes the learning rate."""
    order = torch.randperm(rows)[:samples]
    start = time.time()
    for first in range(0, len(order), batch):
        if anneal:
            anneal(first)
        chosen = order[first:first + batch]
        optimizer.zero_grad()
        loss(model(values[chosen]), classes[chosen]).backward()
        optimizer.step()
    return time.time() - start


if mode == "speed":
    batch, hidden = int(sys.argv[4]), [int(units) for units in sys.argv[5:]]
    speeds = {}
    for name, make in (("Adam", lambda p: torch.optim.Adam(p, 1e-3)),
                       ("ADADELTA", lambda p: torch.optim.Adadelta(p, 1.0, 0.99, 1e-8))):
        model = network(hidden)
        optimizer = make(model.parameters())
        samples = min(rows, batch * 1500)
        train(model, optimizer, batch, batch * 20)
        speeds[name] = max(samples / train(model, optimizer, batch, samples) for _ in range(2))
    print(json.dumps({"samples_per_second": max(speeds.values()), "by": speeds}))
else:
    test_values, test_classes = table(f"{work}/test.bin")
    medians = {}

    def measure(name, batch, make, rate, annealing=0.0):
        runs = []
        for seed in range(1, 1 + int(sys.argv[4])):
            torch.manual_seed(seed)
            model = network([200, 200])
            optimizer, elapsed, error = make(model.parameters(), rate), 0, 1
            for epoch in range(10):
                def anneal(done):
                    for group in optimizer.param_groups:
                        group["lr"] = rate / (1 + annealing * (epoch * rows + done))
                elapsed += train(model, optimizer, batch, rows, anneal if annealing else None)
                with torch.no_grad():
                    error = (model(test_values).argmax(1) != test_classes).float().mean().item()
                if error <= 0.03:
                    break
            runs.append((epoch + 1, elapsed) if error <= 0.03 else (float("inf"), float("inf")))
        medians[name] = sorted(runs, key=lambda run: run[1])[len(runs) // 2]

    for batch, rate in ((128, 1e-3), (256, 1e-3), (256, 2e-3)):
        measure(f"Adam {rate}, batch {batch}", batch, torch.optim.Adam, rate)
    for batch, rate, annealing in ((64, 0.05, 3e-5), (128, 0.07, 3e-5), (256, 0.1, 1e-5)):
        measure(f"SGD {rate}, annealing {annealing}, batch {batch}", batch,
                lambda parameters, lr: torch.optim.SGD(parameters, lr, momentum=0.9, nesterov=True), rate, annealing)
    print(json.dumps({"seconds": min(seconds for _, seconds in medians.values()), "by": medians}))
