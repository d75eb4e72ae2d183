#!/usr/bin/env python3
"""Runs libchar on mutated files: fuzz.py LIBCHAR RUNS [SEED]

Each run changes one file of a small domain, by the seed and its number alone, and calls one command. A finding is an exit
code other than 0, 1 or 2, a panic on standard error, more than 2 s of CPU (4 s for training), or more than 500 MB. Findings are kept in fuzz-findings/ with the
command; the exit code is 1 if there is one. Runs share the cores.
"""

import os, random, resource, shutil, subprocess, sys, tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["", "0", "-1", "1e309", "nan", "inf", "1e-400", "9" * 40, "#", "#N/A", '"', "'", "\u00a0", "\u00b5", "\u2013", "\t",
         "\r", "\x00", "\x0c", "{{", "}}", "{%", "[", "]", ".meas tran x max v(a)", ".if (0)", ".endif", ".control", ".endc",
         "print v(y)", "Doing analysis at TEMP = 27.0 and TNOM = 27.0", "Error: measure  tphl  failed:", "v(y) = 1e0",
         "v(y) = ( 1.0\t2.0\t)", "Index   v-sweep         v(y)", "0\t0.0\t1.0\t", "1\t0.0\t1.0,\t2.0\t", "$DATA1", "PARAM_COUNT=99",
         ".TITLE 't'", "alter#", "=", ",", ";", "../..", "~/x", "$HOME", "\ufeff", "a" * 3000]
# Command, the file that is changed, and the seeds that it starts from.
ONE = "TT/typical/typical_85/v1nom"
# Beside the domain: files of the other examples, and what commands make of them first.
COPIED = ["spc/oxide.csv", "spc/gage.csv", "spc-drift/xj.csv", "spc-drift/trace.csv", "spc-drift/wafers.csv", "spc-drift/healthy.csv",
          "spc-drift/request.json", "diffuse/base.toml", "litho-predict/tonight.csv", "litho-predict/limits.toml", "litho/job.json",
          "lib-check/inv.lib", "lib/cells.toml", "lib/cells", "metro/map.csv", "metro/transfer.csv", "metro/budget.toml",
          "metro/cell.csv", "vm/new.csv", "r2r/runs.csv", "r2r/etch.toml"]
MADE = [["spc", "limits", "oxide.csv", "-c", "tox_nm", "--chart", "xbar-s", "--subgroup", "lot", "-o", "tox.json"],
        ["vm", "train", "vm.csv", "--target", "depth_um", "--group", "lot", "--order", "wafer", "-o", "depth.json"],
        ["r2r", "step", "runs.csv", "--controller", "etch.toml", "--state", "etch-state.json"],
        ["bkp"]]
TARGETS = [
    (["ext", "--print", "v(y)", "f.log"], "f.log", ["log", "printed"]),
    (["ext", "f.mt0"], "f.mt0", ["mt0", "equations"]),
    (["ext", "f.mt0.csv"], "f.mt0.csv", ["mtcsv"]),
    (["ext"], f"{ONE}/sim_tx.log", None),
    (["ext"], f"{ONE}/status.json", None),
    (["run", "--dry-run"], f"{ONE}/sim_tx.sp", None),
    (["run", "--dry-run"], "models/generic45.lib", None),
    (["run", "--dry-run"], "points.csv", None),
    (["run", "--dry-run"], "config.cfg", None),
    (["gen"], "template/sim_tx.sp", None),
    (["gen"], "configuration/table_corner_list.csv", None),
    (["gen"], "configuration/table_supply_list_ac.csv", None),
    (["gen"], "libchar.toml", None),
    (["check"], "libchar.toml", None),
    (["check"], "template/sim_tx.sp", None),
    (["srt"], "results.csv", None),
    (["srt"], "libchar.toml", None),
    (["report"], "creport.txt", None),
    (["bkp", "verify"], "SET/manifest.json", None),
    (["history", "list"], "libchar.toml", None),
    (["diff", "results.csv", "creport.json"], "creport.json", None),
    (["report", "creport.json", "--html", "page.html"], "creport.json", None),
    (["spc", "chart", "oxide.csv", "-c", "tox_nm", "--subgroup", "lot", "--chart", "xbar-s"], "oxide.csv", None),
    (["spc", "chart", "oxide.csv", "-c", "tox_nm", "--subgroup", "lot", "--baseline", "tox.json"], "tox.json", None),
    (["spc", "watch", "oxide.csv", "--baseline", "tox.json"], "tox.json", None),
    (["spc", "capability", "oxide.csv", "-c", "tox_nm", "--subgroup", "lot", "--lsl", "92", "--usl", "104"], "oxide.csv", None),
    (["spc", "gage", "rr", "gage.csv", "-c", "x_nm", "--part", "part", "--operator", "operator"], "gage.csv", None),
    (["spc", "drift", "xj.csv", "--column", "xj_nm", "--phase1", "100"], "xj.csv", None),
    (["spc", "features", "trace.csv", "--wafers", "wafers.csv"], "trace.csv", None),
    (["spc", "health", "healthy.csv", "--healthy", "40"], "healthy.csv", None),
    (["spc", "forecast", "request.json", "--reference", "healthy.csv"], "request.json", None),
    (["diffuse", "base.toml", "--format", "json"], "base.toml", None),
    (["diffuse", "check", "golden"], "golden/erfc_boron_1000.toml", None),
    (["litho-predict", "simulate", "tonight.csv"], "tonight.csv", None),
    (["litho-predict", "simulate", "job.json"], "job.json", None),
    (["litho-predict", "jobs", "submit", "tonight.csv", "--hold", "--profiles", "limits.toml"], "limits.toml", None),
    (["lib", "check", "inv.lib"], "inv.lib", None),
    (["lib", "plan"], "cells.toml", None),
    (["diff", "inv.lib", "inv2.lib"], "inv2.lib", None),
    (["metro", "four-point-probe", "map.csv", "-s", "spacing_mm=1", "-s", "diameter_mm=200", "-s", "thickness_um=1",
      "-s", "probe_direction=tangential"], "map.csv", None),
    (["metro", "mosfet", "transfer.csv", "-s", "vd_v=0.05", "-s", "w_um=10", "-s", "l_um=1"], "transfer.csv", None),
    (["metro", "gum", "budget.toml"], "budget.toml", None),
    (["metro", "solar-diode", "cell.csv", "-s", "temperature_c=33"], "cell.csv", None),
    (["vm", "train", "vm.csv", "--target", "depth_um", "--group", "lot", "--order", "wafer", "-o", "new.json"], "vm.csv", None),
    (["vm", "predict", "new.csv", "--model", "depth.json"], "depth.json", None),
    (["vm", "predict", "new.csv", "--model", "depth.json"], "new.csv", None),
    (["r2r", "step", "runs.csv", "--controller", "etch.toml", "--state", "new-state.json"], "etch.toml", None),
    (["r2r", "step", "runs.csv", "--controller", "etch.toml", "--state", "etch-state.json"], "etch-state.json", None),
    (["-C", "other", "adopt", "old", "--pattern", "{corner}_{temp}_{vccn}.mt0"], "other/old/TT_25_1.0.mt0", ["mt0", "equations"]),
]
PRINTED = b"""Circuit: * rc

Doing analysis at TEMP = 27.000000 and TNOM = 27.000000
v(y) = 5.000000e-01
gain = 2.000000e+00
Doing analysis at TEMP = 27.000000 and TNOM = 27.000000
Index   v-sweep         v(y)
--------------------------------------------------------------------------------
0\t0.000000e+00\t0.000000e+00\t
1\t5.000000e-01\t2.500000e-01\t
"""
MT0 = b"$DATA1 SOURCE='HSPICE' VERSION='x' PARAM_COUNT=1\n.TITLE 't'\n vdd tphl tplh\n temper alter#\n" \
      b" 0.9 1.5e-10 2.5e-10\n 25.0 1\n 1.0 1.4e-10 failed\n 25.0 1\n"
EQUATIONS = b"TPHL = 2.427e-11\nTPLH = FAILED\nTEMPER = 25\nALTER# = 1\n"
MTCSV = b"$DATA1 SOURCE='PrimeSim'\n.TITLE 't'\nindex,vdd,tphl,temper,alter#\n1,0.9,1e-10,25,1\n2,1.0,2e-10,25,1\n"


def seeds():
    return {"printed": PRINTED, "mt0": MT0, "equations": EQUATIONS, "mtcsv": MTCSV, "log": LOG}


def mutate(data, rng):
    for _ in range(rng.choice([1, 1, 2, 4, 8])):
        lines = data.split(b"\n")
        at = rng.randrange(len(lines))
        word = rng.choice(WORDS).encode()
        kind = rng.randrange(10)
        if kind == 0:
            cut = rng.randrange(len(data) + 1)
            data = data[:cut]
        elif kind == 1:
            place = rng.randrange(len(data) + 1)
            data = data[:place] + bytes([rng.randrange(256)]) + data[place + 1:]
        elif kind == 2:
            place = rng.randrange(len(data) + 1)
            data = data[:place] + word + data[place:]
        elif kind == 3:
            lines[at] = word
            data = b"\n".join(lines)
        elif kind == 4:
            lines.insert(at, lines[rng.randrange(len(lines))])
            data = b"\n".join(lines)
        elif kind == 5:
            del lines[at]
            data = b"\n".join(lines)
        elif kind == 6:
            data = data.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n"]))
        else:
            # One word, mostly a number or a name, becomes another.
            words = lines[at].split(b" ")
            words[rng.randrange(len(words))] = word
            lines[at] = b" ".join(words)
            data = b"\n".join(lines)
    return data


def start(program, base):
    global PROGRAM, BASE, DOMAIN, HOME, LOG
    PROGRAM, BASE, HOME = program, base, tempfile.mkdtemp()
    DOMAIN = Path(HOME) / "domain"
    shutil.copytree(base, DOMAIN)
    LOG = (DOMAIN / ONE / "sim_tx.log").read_bytes()
    # Beyond this an allocation fails, and libchar aborts: address space, so more than the 500 MB that may be used.
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def run(job):
    number, seed = job
    # The first run of each target changes nothing: a file that is refused as it is tests no parser.
    unchanged = number < len(TARGETS)
    rng = random.Random(f"{seed}/{number}")
    args, file, names = TARGETS[number % len(TARGETS)]
    if file.startswith("SET/"):
        file = file.replace("SET", sorted(path.name for path in DOMAIN.glob("00bkp*"))[0])
    path = DOMAIN / file
    before = None if names else path.read_bytes()
    data = seeds()[rng.choice(names)] if names else before
    data = data if unchanged else mutate(data, rng)
    path.write_bytes(data)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run([PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, cwd=DOMAIN,
                              env={"HOME": HOME, "PATH": os.environ["PATH"]})
        code, said = done.returncode, done.stderr
    except subprocess.TimeoutExpired as error:
        code, said = "hang", error.stderr or b""
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    # What a command wrote is no start for the next one.
    for name in ("new.json", "new-state.json", "page.html"):
        (DOMAIN / name).unlink(missing_ok=True)
    if args[0] in ("gen", "-C", "srt", "r2r") or "jobs" in args:
        shutil.rmtree(DOMAIN)
        shutil.copytree(BASE, DOMAIN)
    elif before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    if code not in ((0, 1) if unchanged else (0, 1, 2)) or b"panicked" in said or cpu > (4 if "train" in args else 2):
        return number, args, file, data, code, cpu, said[-2000:]
    return number, code


def main():
    program, runs, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), (sys.argv[3:] or ["0"])[0]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "domain"
        shutil.copytree(ROOT / "examples/inverter-pvt", base)
        (base / "configuration/table_corner_list.csv").write_text(
            "corner,extraction,nmos,pmos,rs,ls\nTT,typical,0,0,0,0\n")
        env = {"HOME": folder, "PATH": os.environ["PATH"]}
        subprocess.run([program, "-C", base, "flow"], env=env, capture_output=True, check=True)
        (base / "other/old").mkdir(parents=True)
        examples = ROOT / "examples"
        for name in COPIED:
            copy = shutil.copytree if (examples / name).is_dir() else shutil.copy
            copy(examples / name, base / Path(name).name)
        shutil.copy(examples / "vm/wafers.csv", base / "vm.csv")
        shutil.copy(examples / "lib-check/inv.lib", base / "inv2.lib")
        (base / "golden").mkdir()
        shutil.copy(examples / "golden/erfc_boron_1000.toml", base / "golden")
        shutil.copytree(examples / "lib/models", base / "models", dirs_exist_ok=True)
        for args in MADE:
            subprocess.run([program, "-C", base, *args], env=env, capture_output=True)
        codes, findings = {}, 0
        with ProcessPoolExecutor(os.cpu_count(), initializer=start, initargs=(program, base)) as pool:
            for found in pool.map(run, ((n, seed) for n in range(runs)), chunksize=50):
                codes[found[1] if len(found) == 2 else found[4]] = codes.get(found[1] if len(found) == 2 else found[4], 0) + 1
                if len(found) == 2:
                    continue
                findings += 1
                number, args, file, data, code, cpu, said = found
                keep = Path("fuzz-findings") / str(number)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / "input").write_bytes(data)
                (keep / "what").write_text(f"{args} with {file}\nexit {code}, {cpu:.2f} s of CPU\n{said.decode(errors='replace')}\n")
                print(f"{keep}: {args} with {file}: exit {code}, {cpu:.2f} s of CPU")
        shown = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items(), key=str))
        print(f"{runs} runs with seed {seed}, by exit code {shown}; {findings} findings")
        sys.exit(findings > 0)


if __name__ == "__main__":
    main()
