#!/usr/bin/env python3
"""An individuals chart with Nelson's rules in pandas beside `libchar spc chart` (pip install numpy pandas).

Usage: spc.py LIBCHAR

Both start as a process, read the same CSV of one column, and count the signals: 1000 and 1 000 000 rows.
"""
import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd


def chart(name):
    """Signals of Nelson's eight rules about the mean and the mean moving range, each rule's points counted."""
    x = pd.read_csv(name)["x"]
    center = x.mean()
    sigma = x.diff().abs().mean() / 1.128379167
    z = (x - center) / sigma
    side, step = np.sign(z), np.sign(x.diff())

    def run(hit, length, least=None):
        return hit.astype(float).rolling(length).sum() >= (least or length)

    turns = step * step.shift() == -1
    rules = [
        z.abs() > 3,
        run(side > 0, 9) | run(side < 0, 9),
        run(step > 0, 5) | run(step < 0, 5),
        run(turns, 12),
        ((z > 2) & run(z > 2, 3, 2)) | ((z < -2) & run(z < -2, 3, 2)),
        ((z > 1) & run(z > 1, 5, 4)) | ((z < -1) & run(z < -1, 5, 4)),
        run(z.abs() < 1, 15),
        run(z.abs() > 1, 8) & ~run(z > 1, 8) & ~run(z < -1, 8),
    ]
    return sum(int(rule.sum()) for rule in rules)


def least(runs, command):
    """Least CPU and wall time of a command, and what it printed."""
    times = []
    for _ in range(runs):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
        times.append((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall))
    return [1e3 * min(column) for column in zip(*times)], printed


def signals(printed):
    """Signals of the chart of individuals: a line with the number alone, or a CSV with that column."""
    if "," not in printed:
        return printed.strip()
    rows = list(csv.DictReader(printed.splitlines()))
    return next(row["signals"] for row in rows if row["panel"] == "x")


def main():
    if sys.argv[1] == "--chart":
        print(chart(sys.argv[2]))
        return
    random = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        for rows, runs in ((1000, 10), (1_000_000, 3)):
            name = str(Path(folder, f"{rows}.csv"))
            values = 100 + random.standard_normal(rows)
            Path(name).write_text("x\n" + "".join(f"{v:.4f}\n" for v in values))
            ours = [sys.argv[1], "-C", folder, "spc", "chart", name, "--show", "summary", "--rules", "nelson"]
            for who, command in (("libchar", ours), ("pandas", [sys.executable, __file__, "--chart", name])):
                (cpu, wall), printed = least(runs, command)
                print(f"{rows:8} rows  {who:8} {cpu:9.1f} ms CPU {wall:9.1f} ms wall  {signals(printed)} signals")
            began = time.process_time()
            chart(name)
            cpu = 1e3 * (time.process_time() - began)
            print(f"{rows:8} rows  pandas, once it is imported {cpu:9.1f} ms CPU")


if __name__ == "__main__":
    main()
