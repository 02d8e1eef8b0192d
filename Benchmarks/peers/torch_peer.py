"""PyTorch on MNIST, 200-200 or other layers. Prints one JSON object.

    python3 torch_peer.py WORK_FOLDER THREADS speed BATCH HIDDEN...      samples per second: the better of Adam and ADADELTA
    python3 torch_peer.py WORK_FOLDER THREADS quality                    seconds to 3.0 % test error, median of 3 seeds
"""
import json, statistics, sys, time

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


def train(model, optimizer, batch, samples):
    order = torch.randperm(rows)[:samples]
    start = time.time()
    for first in range(0, len(order), batch):
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
    for batch, rate in ((64, 1e-3), (128, 1e-3), (256, 1e-3), (256, 2e-3)):
        times = []
        for seed in (1, 2, 3):
            torch.manual_seed(seed)
            model = network([200, 200])
            optimizer, elapsed = torch.optim.Adam(model.parameters(), rate), 0
            for _ in range(10):
                elapsed += train(model, optimizer, batch, rows)
                with torch.no_grad():
                    error = (model(test_values).argmax(1) != test_classes).float().mean().item()
                if error <= 0.03:
                    break
            times.append(elapsed if error <= 0.03 else float("inf"))
        medians[f"Adam {rate}, batch {batch}"] = statistics.median(times)
    print(json.dumps({"seconds": min(medians.values()), "by": medians}))
