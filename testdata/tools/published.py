#!/usr/bin/env python3
"""Compare a Liberty file of sky130 cells with the published tables: published.py FILE.lib FOLDER-OF-CELLS

For each cell: the median of the relative differences of delays and transitions, with the worst difference in ps; the median
and the worst difference of energies in fJ; the largest relative difference of the inputs' capacitances; and how many delays
have another sign. Our tables are interpolated at the published indexes by a plane through four entries. Arcs that differ in
pin, type, sense, condition or order are named. Needs the package liberty-parser.
"""

import bisect
import json
import statistics
import sys
from pathlib import Path

from liberty.parser import parse_liberty

DELAYS = ("cell_rise", "cell_fall", "rise_transition", "fall_transition")
CONSTRAINTS = ("setup_rising", "hold_rising", "recovery_rising", "removal_rising", "min_pulse_width")


def plain(value):
    return None if value is None else str(value).strip('"')


def when(text):
    """A condition with its terms in one order."""
    return "&".join(sorted((text or "").replace("(", "").replace(")", "").replace(" ", "").split("&")))


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def plane(table, x, y):
    rows, columns, values = (table.get_array(name) for name in ("index_1", "index_2", "values"))
    rows, columns = list(rows.flatten()), list(columns.flatten())

    def place(index, at):
        k = min(max(bisect.bisect_right(index, at) - 1, 0), len(index) - 2)
        return k, (at - index[k]) / (index[k + 1] - index[k])

    (i, u), (j, w) = place(rows, x), place(columns, y)
    return (
        values[i][j] * (1 - u) * (1 - w)
        + values[i + 1][j] * u * (1 - w)
        + values[i][j + 1] * (1 - u) * w
        + values[i + 1][j + 1] * u * w
    )


def entries(own, published, names):
    """Own and published entries of each table of two columns that both groups have."""
    for table in own.groups:
        name = table.group_name
        found = next((published[key] for key in published if key.startswith(name + ",")), None)
        if name not in names or not isinstance(found, dict) or "index_2" not in found:
            continue
        for x, row in zip(found["index_1"], found["values"]):
            for y, value in zip(found["index_2"], row):
                yield name, float(plane(table, x, y)), value


def arc(of):
    """The words that tell one arc from another."""
    return tuple(of(name) for name in ("related_pin", "timing_type", "timing_sense")) + (when(of("when")),)


def compare(cell, published):
    relative, worst, energies, capacitance, signs = {}, {}, {}, [[], []], 0
    for pin in cell.get_groups("pin"):
        name = plain(pin.args[0])
        other = published["pin," + name]
        if plain(pin["direction"]) == "input":
            for k, key in enumerate(("rise_capacitance", "fall_capacitance")):
                capacitance[k].append(float(pin[key]) / other[key] - 1)
        own = [(arc(lambda n, g=g: plain(g.get(n))), g) for g in pin.get_groups("timing")]
        own = [(words, g) for words, g in own if words[1] not in CONSTRAINTS]
        theirs = [(arc(g.get), g) for g in listed(other.get("timing"))]
        theirs = [(words, g) for words, g in theirs if words[1] not in CONSTRAINTS]
        if [words for words, _ in own] != [words for words, _ in theirs]:
            print(f"{plain(cell.args[0])} {name}: arcs differ", file=sys.stderr)
        for (words, mine), (_, its) in zip(own, theirs):
            if words[1] == "three_state_disable":
                continue
            for table, found, value in entries(mine, its, DELAYS):
                relative.setdefault(table, []).append(abs(found - value) / abs(value))
                worst[table] = max(worst.get(table, 0.0), abs(found - value) * 1e3)
                signs += (found < 0) != (value < 0)
        for mine in pin.get_groups("internal_power"):
            for its in listed(other.get("internal_power")):
                same = its.get("related_pin") == plain(mine.get("related_pin"))
                if same and when(its.get("when")) == when(plain(mine.get("when"))):
                    for table, found, value in entries(mine, its, ("rise_power", "fall_power")):
                        energies.setdefault(table, []).append(abs(found - value) * 1e3)
    told = [f"{100 * statistics.median(relative[name]):.1f} %, {worst[name]:.0f}" for name in DELAYS]
    for name in ("rise_power", "fall_power"):
        told.append(f"{statistics.median(energies[name]):.2f}, {max(energies[name]):.1f}")
    told.append(", ".join(f"{100 * max(side, key=abs):+.0f} %" for side in capacitance))
    return told, signs


def main(file, folder):
    library = parse_liberty(Path(file).read_text())
    for cell in sorted(library.get_groups("cell"), key=lambda cell: plain(cell.args[0])):
        name = plain(cell.args[0])
        short = name.split("__")[1]
        data = Path(folder) / short.rsplit("_", 1)[0] / f"{name}__tt_025C_1v80.lib.json"
        told, signs = compare(cell, json.loads(data.read_text()))
        print(f"| {short} | {' | '.join(told)} | {signs} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
