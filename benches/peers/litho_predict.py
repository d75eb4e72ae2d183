#!/usr/bin/env python3
"""XGBoost and scikit-learn on the rows of benches/litho_predict.rs (pip install numpy scikit-learn xgboost).

Usage: litho_predict.py DATASET.csv [FEATURES.csv]

Rows 0-2399 train, 3000-3999 test. Without FEATURES.csv the learners see the twelve parameters. Times are CPU times of
one thread, which other work on the machine does not touch; beside it run `RAYON_NUM_THREADS=1 cargo bench --bench litho_predict`.
"""
import os
import sys
import time
import warnings

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import numpy as np
import sklearn
import xgboost
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.preprocessing import StandardScaler

# A length that ends at its bound says that its feature does not matter.
warnings.filterwarnings("ignore", category=ConvergenceWarning)

TARGETS = ["nils", "el_pct", "dof_nm", "meef", "ler3s_nm", "yield_risk"]


def table(name):
    with open(name) as file:
        lines = [line for line in file if not line.startswith("#")]
    columns = lines[0].strip().split(",")
    return columns, np.array([[float(cell) for cell in line.split(",")] for line in lines[1:]])


def r2(truth, guess):
    return 1 - np.mean((truth - guess) ** 2) / np.var(truth)


def report(name, fit, x, y):
    n = len(x)
    train, test = slice(0, n * 6 // 10), slice(n * 3 // 4, n)
    began = time.process_time()
    models = [fit(x[train], y[train, t]) for t in range(len(TARGETS))]
    training = time.process_time() - began
    scores = [r2(y[test, t], model(x[test])) for t, model in enumerate(models)]
    one = min(timed(lambda: [model(x[:1]) for model in models]) for _ in range(20))
    many = np.repeat(x[test], 10, axis=0)[:10000]
    batch = min(timed(lambda: [model(many) for model in models]) for _ in range(2))
    print(f"{name:28} mean R2 {np.mean(scores):.4f}  training {training:6.1f} s  "
          f"one job {one * 1e6:8.0f} us  10 000 jobs {batch:6.2f} s")


def timed(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def boosted(x, y):
    model = xgboost.XGBRegressor(n_estimators=500, max_depth=6, learning_rate=0.05, subsample=0.8,
                                 colsample_bytree=0.8, n_jobs=1)
    return model.fit(x, y).predict


def process(x, y):
    scaler = StandardScaler().fit(x)
    kernel = ConstantKernel() * Matern(np.ones(x.shape[1]), nu=2.5) + WhiteKernel()
    model = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=0)
    small = np.random.default_rng(0).choice(len(x), min(600, len(x)), replace=False)
    tuned = model.fit(scaler.transform(x[small]), y[small]).kernel_
    full = GaussianProcessRegressor(tuned, optimizer=None, normalize_y=True).fit(scaler.transform(x), y)
    return lambda rows: full.predict(scaler.transform(rows))


def main():
    print(f"numpy {np.__version__}, xgboost {xgboost.__version__}, scikit-learn {sklearn.__version__}")
    columns, data = table(sys.argv[1])
    y = data[:, [columns.index(name) for name in TARGETS]]
    x = data[:, :12]
    print(f"{len(x)} rows, the twelve parameters")
    report("xgboost", boosted, x, y)
    report("scikit-learn process", process, x, y)
    if len(sys.argv) > 2:
        x = table(sys.argv[2])[1]
        print(f"{len(x)} rows, {x.shape[1]} features")
        report("xgboost", boosted, x, y)
        report("scikit-learn process", process, x, y)


if __name__ == "__main__":
    main()
