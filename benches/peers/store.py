#!/usr/bin/env python3
"""Sets in a store beside restic alone: store.py LIBCHAR [ROUNDS]

324 folders with the decks and outputs of a run, 190 MB in all, go into a repository by `libchar bkp --store` and by restic.
The two take turns; the best of the rounds is shown, and how many times restic's own that is.
"""

import os, random, subprocess, sys, tempfile, time
from pathlib import Path

FOLDERS, LINES = 324, 34_000
STEPS = ["first set", "unchanged set", "check of all data", "restore"]


def fill(domain):
    rng = random.Random(1)
    for i in range(FOLDERS):
        folder = domain / f"TT/typical/p{i:03}"
        folder.mkdir(parents=True)
        (folder / "sim.sp").write_text(f"* deck {i}\n" * 200)
        (folder / "out.log").write_text("".join(f"{k} {rng.random():.9g}\n" for k in range(LINES)))
    (domain / "config.cfg").write_text("simulator=ngspice\n")


def main():
    libchar = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        domain, own, theirs = place / "domain", place / "own", place / "theirs"
        fill(domain)
        env = dict(os.environ, RESTIC_PASSWORD="bench", LIBCHAR_HISTORY=str(place / "history.db"),
                   RESTIC_CACHE_DIR=str(place / "cache"))

        def run(*args):
            began = time.perf_counter()
            done = subprocess.run([str(arg) for arg in args], cwd=domain, env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode != 0:
                sys.exit(f"{args}: {done.stderr}")
            return time.perf_counter() - began

        best = {step: [float("inf")] * 2 for step in STEPS}
        for turn in range(rounds):
            for repository in (own, theirs):
                subprocess.run(["rm", "-rf", repository, domain / ".libchar"], check=True)
                run("restic", "init", "--repo", repository)
            to = place / f"restored-{turn}"
            pairs = [
                (["bkp", "--store", own], ["backup", "."]),
                (["bkp", "--store", own], ["backup", "."]),
                (["bkp", "verify", "--store", own], ["check", "--read-data"]),
                (["bkp", "restore", "latest", "--to", f"{to}-own", "--store", own], ["restore", "latest", "--target", f"{to}-restic"]),
            ]
            for step, (ours, restics) in zip(STEPS, pairs):
                times = [run(libchar, *ours), run("restic", *restics, "--repo", theirs, "--quiet")]
                best[step] = [min(pair) for pair in zip(best[step], times)]
            subprocess.run(f"rm -rf {to}-*", shell=True, check=True)
        size = lambda folder: sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        print(subprocess.run(["restic", "version"], capture_output=True, text=True).stdout.split(" compiled")[0])
        for step, (ours, restics) in best.items():
            print(f"{step:20} {ours:6.2f} s, restic alone {restics:6.2f} s: {ours / restics:.2f} x")
        print(f"{'size':20} {size(own):6.1f} MB, restic alone {size(theirs):6.1f} MB: {size(own) / size(theirs):.2f} x")


main()
