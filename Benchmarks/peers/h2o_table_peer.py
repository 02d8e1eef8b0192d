"""H2O 3 on a table: training speed and quality. Prints one JSON object.

    python3 h2o_table_peer.py TABLE RESPONSE THREADS EPOCHS [--test TABLE] [--names NAME,NAME,...] [--sparse]

200-200, otherwise H2O's defaults; scoring is left out. `--names` for tables without a header. "auc" is measured on the
test table.
"""
import argparse, json

import h2o
from h2o.estimators import H2ODeepLearningEstimator

arguments = argparse.ArgumentParser()
arguments.add_argument("table")
arguments.add_argument("response")
arguments.add_argument("threads", type=int)
arguments.add_argument("epochs", type=float)
arguments.add_argument("--test")
arguments.add_argument("--names")
arguments.add_argument("--sparse", action="store_true")
given = arguments.parse_args()

h2o.init(nthreads=given.threads, max_mem_size="8g", port=54877 + 10 * given.threads, verbose=False, log_level="FATA")
h2o.no_progress()


def read(path):
    form = {}
    if given.names:
        form = dict(header=-1, col_names=given.names.split(","))
    elif path.endswith(".csv"):
        # Where all columns hold words H2O does not see that the first line is a header.
        form = dict(header=1)
    frame = h2o.import_file(path, **form)
    frame[given.response] = frame[given.response].asfactor()
    return frame


training = read(given.table)
model = H2ODeepLearningEstimator(hidden=[200, 200], epochs=given.epochs, seed=1, score_interval=1000,
                                 score_duty_cycle=0.01, score_training_samples=100, stopping_rounds=0,
                                 overwrite_with_best_model=False, train_samples_per_iteration=-1,
                                 variable_importances=False, sparse=given.sparse)
model.train(y=given.response, training_frame=training)
speeds = [s for s in model.scoring_history()["training_speed"] if isinstance(s, str) and "obs" in s]
result = {"samples_per_second": float(speeds[-1].split()[0])}
if given.test:
    result["auc"] = model.model_performance(read(given.test)).auc()
print(json.dumps(result))
h2o.cluster().shutdown()
