"""The tables and settings on which both sides are compared."""
import glob, os, random

import public_tables
from runs import ROOT

SHARED = os.path.abspath(f"{ROOT}/../shared")
PARITY = os.path.abspath(f"{ROOT}/Tests/Support/parity/cases")
SPLITS = ", split per seed"
OWN = ", own job"
OWN_UNLOCKED = ", own job without reproducible"
PUBLIC = ", public"
MORE_IS_BETTER = {"AUC"}


def case(name, response, **settings):
    folder = f"{PARITY}/{name}"
    return dict(train=f"{folder}/train.csv", test=f"{folder}/test.csv", response=response, settings=settings)


def job_of(entry):
    """Returns the job file of a parity case."""
    path = os.path.join(os.path.dirname(entry["train"]), "job.yaml")
    if not os.path.exists(path):
        return {}
    import yaml
    return yaml.safe_load(open(path))


def own_job(folder, **changes):
    """Returns a parity case with the settings of its job, which may use the test table for validation."""
    name = os.path.basename(folder)
    job = job_of(dict(train=f"{folder}/train.csv"))
    response = job.get("response_column")
    entry = case(name, response) | dict(metric=OWN_METRICS[name], validates="validation_frame" in job)
    for key in ("training_frame", "validation_frame", "response_column", "column_types", "seed", "compatibility",
                "autoencoder", "variable_importances", "export_weights_and_biases", "keep_cross_validation_predictions"):
        job.pop(key, None)
    return entry | dict(settings={key: value for key, value in (job | changes).items() if value is not None})


DATASETS = {
    "mnist, 3 epochs": dict(train=f"{SHARED}/data/mnist/train.csv.gz", test=f"{SHARED}/data/mnist/test.csv.gz",
                            response="label", settings=dict(epochs=3), metric="err"),
    "adult": dict(train=f"{SHARED}/data/adult/adult-train.csv", test=f"{SHARED}/data/adult/adult-test.csv",
                  response="income", settings={}, adult=True, metric="AUC"),
    "iris": case("default_iris", "Species") | dict(metric="logloss"),
    "prostate": case("default_prostate", "CAPSULE") | dict(metric="AUC"),
    "german": case("l1l2_german", "risk") | dict(metric="AUC"),
    "pima": case("momentum_pima", "onset") | dict(metric="AUC"),
    "sonar, dropout": case("rwd_sonar", "kind", activation="RectifierWithDropout") | dict(metric="AUC"),
    "horse colic": case("missing_horse", "h24") | dict(metric="AUC"),
    "wine quality": case("early_stop", "quality") | dict(metric="RMSE"),
    "counts, poisson": case("poisson", "events", distribution="poisson", ignored_columns=["expo", "wt", "wf"])
    | dict(metric="mean_residual_deviance"),
    "wine, autoencoder": case("ae_tanh", None, activation="Tanh", hidden=[6]) | dict(metric="MSE"),
}
# The test tables of the small data sets have 30 to 240 rows, so the choice of rows alone can change the AUC by a point.
# Here every seed has its own split, the same on both sides.
for name in list(DATASETS)[2:]:
    DATASETS[name + SPLITS] = DATASETS[name] | dict(splits=True)
# The parity cases with the settings of their job files.
OWN_METRICS = {
    "ae_tanh": "MSE", "balance": "AUC", "cv_modulo": "AUC", "default_iris": "logloss", "default_prostate": "AUC",
    "early_stop": "RMSE", "l1l2_german": "AUC", "missing_horse": "AUC", "momentum_pima": "AUC",
    "poisson": "mean_residual_deviance", "rwd_sonar": "AUC", "weights_fraction": "RMSE"}
CASES = sorted(glob.glob(f"{PARITY}/*"))
for folder in CASES:
    DATASETS[os.path.basename(folder) + OWN] = own_job(folder)
    DATASETS[os.path.basename(folder) + OWN_UNLOCKED] = own_job(folder, reproducible=None)

# Larger tables, not measured with H2O: default settings, three splits, two seeds each.
PUBLIC_DATASETS = {
    name + PUBLIC: dict(public=name, response=public_tables.response(name), settings=public_tables.settings(name),
                        metric="logloss" if public_tables.is_classes(name) else "RMSE/sd")
    for name in public_tables.available()}

# The tables of docs/development/Fidelity-measurements.md.
LARGE = ["mnist, 3 epochs", "adult"]
SECTIONS = {
    "adult, MNIST and the parity cases with their own jobs": LARGE + [name for name in DATASETS if name.endswith(OWN)],
    "The same tables with H2O's default settings, a split of their own for every seed":
        [name for name in DATASETS if name.endswith(SPLITS)],
    "The same with the fixed test tables of the parity cases":
        [name for name in DATASETS if OWN not in name and name not in LARGE and not name.endswith(SPLITS)],
    "The parity cases with their own jobs, H2O's threads unlocked":
        [name for name in DATASETS if name.endswith(OWN_UNLOCKED)],
}


def split(entry, seed, folder):
    """Returns the entry with a new random split: four fifths training rows, one fifth test rows.

    A public table has three fixed splits, which take turns.
    """
    if "public" in entry:
        splits = public_tables.SPLITS
        train, test = public_tables.parts(entry["public"], splits[(seed - 1) % len(splits)])
        return entry | dict(train=train, test=test)
    if not entry.get("splits"):
        return entry
    lines = [open(entry[part]).read().splitlines() for part in ("train", "test")]
    rows = lines[0][1:] + lines[1][1:]
    random.Random(seed).shuffle(rows)
    cut = len(rows) // 5
    for name, part in (("train", rows[cut:]), ("test", rows[:cut])):
        open(f"{folder}/{name}.csv", "w").write("\n".join([lines[0][0]] + part) + "\n")
    return entry | dict(train=f"{folder}/train.csv", test=f"{folder}/test.csv", types=types(entry))


def seeds(name):
    """Returns ten seeds for the two large data sets, twenty for small ones with widely varying metrics, else six."""
    if name.endswith(PUBLIC):
        return range(1, 7)
    return range(1, 11) if name == "adult" or name.startswith("mnist") else range(1, 21)


def types(entry):
    """Returns the column types from the case's job file."""
    if "public" in entry:
        return entry["settings"].get("column_types")
    return entry["types"] if "types" in entry else job_of(entry).get("column_types")
