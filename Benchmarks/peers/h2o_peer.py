"""H2O 3 on MNIST: import, training, prediction, memory. Prints one JSON object.

    python3 h2o_peer.py WORK_FOLDER MNIST_FOLDER THREADS EPOCHS
"""
import json, subprocess, sys, time

import h2o
from h2o.estimators import H2ODeepLearningEstimator

work, mnist, threads, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
h2o.init(nthreads=threads, max_mem_size="4g", port=54777 + 10 * threads, verbose=False, log_level="FATA")
h2o.no_progress()
result = {}
for name, path in (("import_plain", f"{work}/train.csv"), ("import_gz", f"{mnist}/train.csv.gz")):
    best = 1e9
    for _ in range(2):
        start = time.time()
        frame = h2o.import_file(path, destination_frame=name)
        best = min(best, time.time() - start)
    result[name + "_seconds"] = best
h2o.remove("import_plain")
frame["label"] = frame["label"].asfactor()
model = H2ODeepLearningEstimator(hidden=[200, 200], epochs=epochs, seed=1, score_interval=1000, score_duty_cycle=0.01,
                                 score_training_samples=100, stopping_rounds=0, overwrite_with_best_model=False,
                                 train_samples_per_iteration=-1)
model.train(y="label", training_frame=frame)
speeds = [s for s in model.scoring_history()["training_speed"] if isinstance(s, str) and "obs" in s]
result["samples_per_second"] = float(speeds[-1].split()[0])
best = 1e9
for _ in range(2):
    start = time.time()
    model.predict(frame)
    best = min(best, time.time() - start)
result["predict_seconds"] = best
pids = subprocess.run(["pgrep", "-f", "h2o.*jar"], capture_output=True, text=True).stdout.split()
peaks = []
for pid in pids:
    try:
        status = open(f"/proc/{pid}/status").read()
        if "java" in status.splitlines()[0]:
            peaks += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    except FileNotFoundError:
        pass
result["peak_kilobytes"] = max(peaks, default=0)
print(json.dumps(result))
h2o.cluster().shutdown()
