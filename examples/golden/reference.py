#!/usr/bin/env python3
"""Writes the golden recipes beside this script. Needs numpy and scipy; knows nothing of libchar.

Expected values come from
  analytic     closed forms (erfc, Gaussian, Smith, similarity solutions), evaluated here with scipy
  independent  the diffusion and oxidation equations, integrated here with scipy's LSODA and Radau on a
               mesh of our own (a different scheme: log-mean field, variable order, uniform or stretched)
  suprem4      SUPREM-IV.GS runs, numbers of testdata/diffusion/cases.json
`python3 reference.py` rewrites every recipe; the values are printed with 6 significant digits.
"""

import json
import math
import pathlib

import numpy as np
from scipy.integrate import quad, solve_ivp
from scipy.optimize import brentq
from scipy.special import erfc, erfcinv

HERE = pathlib.Path(__file__).parent
CASES = {c["id"]: c for c in json.loads((HERE / "../../testdata/diffusion/cases.json").read_text())["cases"]}
K_EV = 8.617333262e-5


def kt(temp_c):
    return K_EV * (temp_c + 273.15)


def arrhenius(d0, ea, temp_c):
    return d0 * math.exp(-ea / kt(temp_c))


# SUPREM-IV.GS diffusivities: x, m, mm, p terms [cm2/s, eV]; sign of the ion
SUPREM4 = {
    "boron": (-1, {"x": (0.037, 3.46), "p": (0.76, 3.46)}),
    "phosphorus": (1, {"x": (3.85, 3.66), "m": (4.44, 4.0), "mm": (44.2, 4.37)}),
    "arsenic": (1, {"x": (0.0666, 3.44), "m": (12.8, 4.05)}),
    "antimony": (1, {"x": (0.214, 3.65), "m": (15.0, 4.08)}),
}
FAIR = {
    "indium": (-1, {"x": (0.785, 3.63), "p": (415.0, 4.28)}),
    "gallium": (-1, {"x": (0.374, 3.39), "p": (28.5, 3.92)}),
    "aluminum": (-1, {"x": (1.385, 3.41), "p": (2480.0, 4.2)}),
}


def ni(temp_c):
    t = temp_c + 273.15
    return 3.9e16 * t**1.5 * math.exp(-0.605 / (K_EV * t))


def diffuse(profiles, x_cm, temp_c, time_s, held=None, table=SUPREM4):
    """Fermi model with field, full activation, by method of lines and LSODA.

    profiles: {species: array}; held: {species: surface concentration}. Faces use the mean diffusivity
    times (grad C + z C_mean grad ln n), not the form that libchar uses.
    """
    names = list(profiles)
    n_i = ni(temp_c)
    held = held or {}
    d = {s: {k: arrhenius(*v, temp_c) for k, v in table[s][1].items()} for s in names}
    z = {s: table[s][0] for s in names}
    dx = np.diff(x_cm)
    volume = np.zeros_like(x_cm)
    volume[:-1] += dx / 2
    volume[1:] += dx / 2
    n = len(x_cm)
    k = len(names)

    def rhs(_, y):
        c = y.reshape(n, k)
        net = sum(z[s] * c[:, j] for j, s in enumerate(names)) / (2 * n_i)
        ln_r = np.arcsinh(net)
        r = np.exp(ln_r)
        out = np.empty_like(c)
        for j, s in enumerate(names):
            t = d[s]
            diff = t.get("x", 0) + t.get("m", 0) * r + t.get("mm", 0) * r**2 + t.get("p", 0) / r
            mean_d = 0.5 * (diff[1:] + diff[:-1])
            mean_c = 0.5 * (c[1:, j] + c[:-1, j])
            flux = -mean_d * (np.diff(c[:, j]) + z[s] * mean_c * np.diff(ln_r)) / dx
            out[:, j] = (np.concatenate(([0.0], flux)) - np.concatenate((flux, [0.0]))) / volume
            if s in held:
                out[0, j] = 0.0
        return out.ravel()

    start = np.stack([profiles[s] for s in names], axis=1).astype(float)
    for j, s in enumerate(names):
        if s in held:
            start[0, j] = held[s]
    done = solve_ivp(
        rhs, (0, time_s), start.ravel(), method="LSODA", rtol=1e-6, atol=1e9,
        lband=2 * k - 1, uband=2 * k - 1, first_step=1e-6,
    )
    assert done.success, done.message
    end = done.y[:, -1].reshape(n, k)
    return {s: end[:, j] for j, s in enumerate(names)}, volume


def fall(x, c, level):
    """Deepest depth in um where c falls to level."""
    i = max(i for i in range(len(c) - 1) if c[i] >= level > c[i + 1])
    t = math.log(c[i] / level) / math.log(c[i] / max(c[i + 1], 1e-30))
    return (x[i] + t * (x[i + 1] - x[i])) * 1e4


def mesh(depth_um, n=1000, stretch=2.5):
    s = np.linspace(0, 1, n)
    return depth_um * 1e-4 * np.expm1(stretch * s) / math.expm1(stretch)


def write(name, text, expect, kind, source, tol_pct=2.0, about=None):
    lines = [f'name = "{name}"']
    if about:
        lines.append(f'about = "{about}"')
    lines += ["", text.strip(), "", "[expect]", f"tol_pct = {tol_pct}"]
    for key, value in expect.items():
        quoted = key if key.replace("_", "").isalnum() else f'"{key}"'
        lines.append(f"{quoted} = {value:.6g}")
    lines += ["", "[origin]", f'kind = "{kind}"', f'source = "{source}"', ""]
    (HERE / f"{name}.toml").write_text("\n".join(lines))


def level(species, value):
    """Name of the figure, as libchar spells numbers: 1e16, 2.5e15."""
    mantissa, exponent = f"{value:.12e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{species}.depth_nm@{mantissa}e{int(exponent)}"


def analytic():
    # Predeposition with constant D
    for species, d0, ea, temp, minutes, cs, nb in [
        ("boron", 0.76, 3.46, 1000, 30, 1e20, 1e16),
        ("phosphorus", 3.85, 3.66, 950, 60, 5e20, 1e15),
        ("arsenic", 9.17, 3.99, 1100, 60, 1e20, 1e16),
        ("antimony", 4.58, 3.88, 1150, 120, 2e19, 1e15),
        ("indium", 1.2, 3.5, 1100, 60, 1e18, 1e15),
        ("gallium", 0.374, 3.39, 1050, 60, 1e19, 1e15),
        ("aluminum", 1.385, 3.41, 1100, 30, 1e19, 1e15),
    ]:
        dt = arrhenius(d0, ea, temp) * minutes * 60
        length = 2 * math.sqrt(dt) * 1e7
        write(
            f"erfc_{species}_{temp}",
            f"""
[model]
diffusion = "constant"
activation = "full"
[model.diffusivity.{species}]
x = [{d0}, {ea}]
[report]
levels_cm3 = [{nb:e}]
[[step]]
type = "predep"
species = "{species}"
conc_cm3 = {cs:e}
temperature = "{temp} C"
time = "{minutes} min"
""",
            {
                level(species, nb): length * erfcinv(1 - nb / cs) if nb / cs > 1e-3 else
                length * brentq(lambda u: math.log(erfc(u)) - math.log(nb / cs), 0.1, 10),
                f"{species}.dose_cm2": 2 * cs * math.sqrt(dt / math.pi),
                f"{species}.dt_cm2": dt,
            },
            "analytic", "C = Cs erfc(x / 2 sqrt(Dt))", 0.2,
        )
    # Drive-in of a sheet
    for species, d0, ea, temp, hours, dose, nb in [
        ("boron", 0.76, 3.46, 1100, 2, 1e14, 1e15),
        ("phosphorus", 3.85, 3.66, 1100, 2, 1e14, 1e15),
        ("arsenic", 9.17, 3.99, 1150, 4, 1e14, 1e15),
        ("antimony", 4.58, 3.88, 1200, 3, 5e13, 1e15),
    ]:
        dt = arrhenius(d0, ea, temp) * hours * 3600
        cs = dose / math.sqrt(math.pi * dt)
        other = "phosphorus" if species == "boron" else "boron"
        write(
            f"gauss_{species}_{temp}",
            f"""
[substrate]
dopant = "{other}"
conc_cm3 = {nb:e}
[model]
diffusion = "constant"
activation = "full"
[model.diffusivity.{species}]
x = [{d0}, {ea}]
[[step]]
type = "sheet"
species = "{species}"
dose_cm2 = {dose:e}
[[step]]
type = "drive"
temperature = "{temp} C"
time = "{hours} h"
""",
            {
                "xj_nm": 2e7 * math.sqrt(dt * math.log(cs / nb)),
                f"{species}.surface_cm3": cs,
                f"{species}.dose_cm2": dose,
            },
            "analytic", "C = Q / sqrt(pi Dt) exp(-x^2 / 4Dt)", 0.2,
        )
    # Two steps: Smith
    d1, d2 = arrhenius(0.76, 3.46, 950) * 1800, arrhenius(0.76, 3.46, 1100) * 3600

    def smith(x_um):
        b = (x_um * 1e-4) ** 2 / (4 * (d1 + d2))
        return 2e20 / math.pi * quad(
            lambda u: math.exp(-b * (1 + u * u)) / (1 + u * u), 0, math.sqrt(d1 / d2), epsrel=1e-12)[0]

    write(
        "smith_boron_950_1100",
        """
[model]
diffusion = "constant"
activation = "full"
[model.diffusivity.boron]
x = [0.76, 3.46]
[report]
levels_cm3 = [1e15, 1e16]
[[step]]
type = "predep"
species = "boron"
conc_cm3 = 1e20
temperature = "950 C"
time = "30 min"
[[step]]
type = "drive"
temperature = "1100 C"
time = "60 min"
""",
        {
            "boron.surface_cm3": smith(0),
            level("boron", 1e15): 1e3 * brentq(lambda x: smith(x) - 1e15, 0.5, 2.5),
            level("boron", 1e16): 1e3 * brentq(lambda x: smith(x) - 1e16, 0.5, 2.5),
        },
        "analytic", "Smith's integral, scipy quad", 0.3,
    )
    # Annealed Gaussian implants, cut at the surface
    for species, rp, drp, d0, ea, temp, minutes, dose in [
        ("boron", 162.9, 51.5, 0.797, 3.46, 1000, 60, 1e14),
        ("phosphorus", 133.9, 50.6, 3.85, 3.66, 1000, 60, 1e14),
        ("antimony", 53.9, 16.1, 4.58, 3.88, 1150, 60, 1e14),
    ]:
        dt = arrhenius(d0, ea, temp) * minutes * 60 * 1e14  # nm2

        def implant(x):
            s2 = drp * drp + 2 * dt
            total = 0.0
            for side in (x, -x):
                cut = 0.5 * erfc(-(rp * 2 * dt + side * drp * drp) / (drp * math.sqrt(2 * s2 * 2 * dt)))
                total += math.exp(-((side - rp) ** 2) / (2 * s2)) * cut
            return dose * 1e7 / math.sqrt(2 * math.pi * s2) * total

        # libchar keeps the whole dose; the formula loses the part before the surface.
        kept = 0.5 * erfc(-rp / (math.sqrt(2) * drp))
        write(
            f"implant_anneal_{species}_{temp}",
            f"""
[model]
diffusion = "constant"
activation = "full"
[model.diffusivity.{species}]
x = [{d0}, {ea}]
[report]
levels_cm3 = [1e16]
[[step]]
type = "implant"
species = "{species}"
dose_cm2 = {dose:e}
shape = "gaussian"
rp_nm = {rp}
drp_nm = {drp}
[[step]]
type = "anneal"
temperature = "{temp} C"
time = "{minutes} min"
""",
            {
                f"{species}.surface_cm3": implant(0) / kept,
                level(species, 1e16): brentq(lambda x: implant(x) / kept - 1e16, rp, rp + 2000),
            },
            "analytic", "Gaussian cut at the surface, diffused with its mirror image; scaled to the dose", 0.3,
        )
    # Ramps: only the integral of D dt counts
    ramp = quad(lambda t: arrhenius(0.76, 3.46, 800 + 200 * t / 1200), 0, 1200, epsrel=1e-12)[0]
    total = ramp + arrhenius(0.76, 3.46, 1000) * 1800 + 2 * ramp
    write(
        "ramp_boron_800_1000_800",
        """
[substrate]
dopant = "phosphorus"
conc_cm3 = 1e15
[model]
diffusion = "constant"
activation = "full"
[model.diffusivity.boron]
x = [0.76, 3.46]
[[step]]
type = "sheet"
species = "boron"
dose_cm2 = 1e14
[[step]]
type = "anneal"
temperature = "800 C"
ramp_to = "1000 C"
time = "1200 s"
[[step]]
type = "anneal"
temperature = "1000 C"
time = "1800 s"
[[step]]
type = "anneal"
temperature = "1000 C"
ramp_to = "800 C"
time = "2400 s"
""",
        {
            "boron.dt_cm2": total,
            "xj_nm": 2e7 * math.sqrt(total * math.log(1e14 / math.sqrt(math.pi * total) / 1e15)),
        },
        "analytic", "integral of D dt by scipy quad; Gaussian", 0.3,
    )
    # Fronts with D ~ C and D ~ C^2 (Barenblatt and Pattle), dose 1e15, D 1e-13 at 1e20
    for case, exponent in [("A06_barenblatt_n1", 1), ("A06_barenblatt_n2", 2)]:
        expected = CASES[case]["expected"]
        half = expected["x_front_um"] / 2
        write(
            f"front_barenblatt_{exponent}",
            f"""
[model]
diffusion = "power"
c_ref_cm3 = 1e20
exponent = {exponent}
activation = "full"
[model.diffusivity.boron]
d_cm2_s = 1e-13
[report]
depths_um = [{half:.9g}]
[[step]]
type = "sheet"
species = "boron"
dose_cm2 = 1e15
[[step]]
type = "anneal"
temperature = "1000 C"
time = "3600 s"
""",
            {
                "boron.surface_cm3": expected["C_0"],
                f"boron.conc_cm3@{half:.9g}um": expected["C_at_half_front"],
            },
            "analytic", "Barenblatt-Pattle solution of D ~ C^n", 0.5,
        )
    # Segregation at a parabolically growing oxide (Grove, Leistiko and Sah without diffusion in the oxide)
    for name, b, expected in [("wet", 0.5294279285381087, 0.1924830020236272),
                              ("dry", 0.023617435252993518, 0.4144821094197468)]:
        write(
            f"segregation_boron_{name}",
            f"""
[substrate]
dopant = "boron"
conc_cm3 = 1e16
[model]
diffusion = "constant"
activation = "full"
massoud = "none"
[model.diffusivity.boron]
d_cm2_s = 1.5938881152103782e-13
[model.segregation]
boron = 0.3
[model.oxide_rates]
parabolic_um2_h = {b}
linear_um_h = 1e6
[[step]]
type = "oxidize"
ambient = "{name}"
temperature = "1100 C"
time = "1 h"
""",
            {"boron.surface_cm3": expected * 1e16, "tox_nm": 1e3 * math.sqrt(b)},
            "analytic", "similarity solution, parabolic oxide from t = 0, m = 0.3", 1.0,
        )


def oxide():
    def deal_grove(b0, eb, l0, el, t):
        return arrhenius(b0, eb, t), arrhenius(l0, el, t)

    for orient, factor in [(100, 1 / 1.68), (110, 0.833), (111, 1.0)]:
        for temp, hours in [(900, 4), (1000, 1), (1100, 2)]:
            b, lin = deal_grove(772.0, 1.23, 6.23e6 * factor, 2.0, temp)
            thin = arrhenius(3.6e8, 2.35, temp)
            done = solve_ivp(
                lambda _, x: b / (2 * x + b / lin) + thin * np.exp(-x / 0.007), (0, hours), [0.0],
                method="Radau", rtol=1e-10, atol=1e-13)
            write(
                f"oxide_dry_{orient}_{temp}",
                f"""
[substrate]
orientation = {orient}
[[step]]
type = "oxidize"
ambient = "dry"
temperature = "{temp} C"
time = "{hours} h"
""",
                {"tox_nm": 1e3 * done.y[0, -1]}, "independent",
                "reference.py: Radau integration of Deal-Grove with Massoud's term (Plummer)", 0.05)
    for orient, factor in [(100, 1 / 1.68), (111, 1.0)]:
        for temp, hours, atm in [(900, 1, 1), (1000, 2, 1), (1000, 1, 5), (1200, 0.5, 1)]:
            b, lin = deal_grove(386.0, 0.78, 1.63e8 * factor, 2.05, temp)
            b, lin = b * atm, lin * atm
            a = b / lin
            write(
                f"oxide_wet_{orient}_{temp}_{atm}atm",
                f"""
[substrate]
orientation = {orient}
[[step]]
type = "oxidize"
ambient = "wet"
temperature = "{temp} C"
time = "{hours} h"
pressure_atm = {atm}
""",
                {"tox_nm": 1e3 * a / 2 * (math.sqrt(1 + 4 * b * hours / a**2) - 1)}, "analytic",
                "Deal-Grove, rates in proportion to the pressure of steam", 0.05)
    rows = CASES["S01_suprem4_oxide_table"]["expected"]["rows"]
    for temp, minutes in [(900, 60), (1000, 30), (1100, 120), (800, 240)]:
        thickness = next(r[4] for r in rows if r[:4] == ["wet", 100, temp, minutes])
        write(
            f"oxide_suprem4_wet_{temp}",
            f"""
[substrate]
orientation = 100
oxide = "1 nm"
[model]
oxidation = "suprem4"
[[step]]
type = "oxidize"
ambient = "wet"
temperature = "{temp} C"
time = "{minutes} min"
""",
            {"tox_nm": 1e3 * thickness}, "suprem4", "S01: SUPREM-IV.GS, <100>, 1 nm to start with", 1.0)


MODEL = '[model]\nactivation = "full"\n'


def fermi():
    table = dict(SUPREM4)
    for species, conc, temp, minutes, depth in [
        ("boron", 1e20, 1000, 30, 0.9),
        ("boron", 5e19, 1050, 45, 1.6),
        ("phosphorus", 2e20, 950, 30, 1.0),
        ("phosphorus", 1e20, 1050, 20, 2.0),
        ("arsenic", 2e20, 1050, 60, 1.0),
        ("arsenic", 1e20, 1100, 30, 1.2),
        ("antimony", 4e19, 1150, 60, 2.0),
        ("antimony", 2e19, 1200, 30, 2.2),
    ]:
        x = mesh(depth)
        done, volume = diffuse({species: np.zeros_like(x)}, x, temp, minutes * 60, {species: conc})
        c = done[species]
        write(
            f"fermi_predep_{species}_{temp}",
            MODEL + f"""[report]
levels_cm3 = [1e16, 1e18]
[[step]]
type = "predep"
species = "{species}"
conc_cm3 = {conc:e}
temperature = "{temp} C"
time = "{minutes} min"
""",
            {
                level(species, 1e16): 1e3 * fall(x, c, 1e16),
                level(species, 1e18): 1e3 * fall(x, c, 1e18),
                f"{species}.dose_cm2": float(np.sum(c * volume)),
            },
            "independent", "reference.py: LSODA, 1000 nodes, Fermi model with field, SUPREM-IV diffusivities", 0.5)
    table.update(FAIR)
    for species, conc, temp, minutes, depth in [
        ("indium", 1e19, 1100, 60, 4.0), ("gallium", 1e19, 1100, 60, 5.0), ("aluminum", 1e19, 1100, 20, 7.0),
    ]:
        x = mesh(depth)
        done, volume = diffuse({species: np.zeros_like(x)}, x, temp, minutes * 60, {species: conc}, table)
        c = done[species]
        write(
            f"fermi_predep_{species}_{temp}",
            f"""
[model]
activation = "full"
parameters = "fair81_group3"
[report]
levels_cm3 = [1e16]
[[step]]
type = "predep"
species = "{species}"
conc_cm3 = {conc:e}
temperature = "{temp} C"
time = "{minutes} min"
""",
            {level(species, 1e16): 1e3 * fall(x, c, 1e16), f"{species}.dose_cm2": float(np.sum(c * volume))},
            "independent", "reference.py: LSODA; constants of Fair 1981, experimental", 0.5)
    # Two steps, and several dopants coupled through the carriers
    x = mesh(3.0)
    first, _ = diffuse({"boron": np.zeros_like(x)}, x, 975, 1800, {"boron": 1.0435e20})
    second, _ = diffuse(first, x, 1100, 3600)
    c = second["boron"]
    write(
        "fermi_two_step_boron",
        MODEL + """[report]
levels_cm3 = [1e15, 1e17]
[[step]]
type = "predep"
species = "boron"
conc_cm3 = 1.0435e20
temperature = "975 C"
time = "30 min"
[[step]]
type = "drive"
temperature = "1100 C"
time = "60 min"
""",
        {level("boron", 1e15): 1e3 * fall(x, c, 1e15), level("boron", 1e17): 1e3 * fall(x, c, 1e17),
         "boron.surface_cm3": c[0]},
        "independent", "reference.py: LSODA, both steps", 0.5)
    x = mesh(1.5, 1200, 3.0)
    base, _ = diffuse({"boron": np.zeros_like(x)}, x, 950, 1800, {"boron": 5e18})
    both, volume = diffuse({"boron": base["boron"], "arsenic": np.zeros_like(x)}, x, 1000, 1800, {"arsenic": 1e20})
    net = both["arsenic"] - both["boron"]
    i = next(i for i in range(len(x) - 1) if net[i] > 0 >= net[i + 1])
    ratio = np.log(both["arsenic"] / np.maximum(both["boron"], 1e-30))
    xj = (x[i] + (x[i + 1] - x[i]) * ratio[i] / (ratio[i] - ratio[i + 1])) * 1e7
    write(
        "fermi_coupled_boron_arsenic",
        MODEL + """[report]
levels_cm3 = [1e15]
[[step]]
type = "predep"
species = "boron"
conc_cm3 = 5e18
temperature = "950 C"
time = "30 min"
[[step]]
name = "emitter"
type = "predep"
species = "arsenic"
conc_cm3 = 1e20
temperature = "1000 C"
time = "30 min"
""",
        {"xj_nm": xj, level("boron", 1e15): 1e3 * fall(x, both["boron"], 1e15),
         "arsenic.dose_cm2": float(np.sum(both["arsenic"] * volume))},
        "independent", "reference.py: LSODA, boron and arsenic coupled through n", 1.0,
        "the boron in front of the emitter's edge is pulled in by its field")


def suprem():
    for case, species, dose, energy, temp, minutes in [
        ("S_As_5e15_80_1000_30", "arsenic", 5e15, 80, 1000, 30),
        ("S_B_5e15_30_950_30", "boron", 5e15, 30, 950, 30),
        ("S_P_5e15_80_950_30", "phosphorus", 5e15, 80, 950, 30),
        ("S_P_1e13_150_1150_360_well", "phosphorus", 1e13, 150, 1150, 360),
        ("S_B_2e13_100_1150_360_well", "boron", 2e13, 100, 1150, 360),
        ("S_Sb_1e15_100_1200_240", "antimony", 1e15, 100, 1200, 240),
    ]:
        expected = CASES[case]["expected"][species]
        figures = {f"{species}.surface_cm3": expected["surf"]}
        for value in (1e15, 1e16):
            figures[level(species, value)] = 1e3 * expected["xj_um"][f"1e+{int(math.log10(value)):02d}"]
        write(
            f"suprem4_{species}_{dose:.0e}_{energy}kev_{temp}".replace("e+", "e"),
            f"""
[report]
levels_cm3 = [1e15, 1e16]
[[step]]
type = "implant"
species = "{species}"
dose_cm2 = {dose:e}
energy_kev = {energy}
[[step]]
type = "anneal"
temperature = "{temp} C"
time = "{minutes} min"
""",
            figures, "suprem4", f"{case}: SUPREM-IV.GS with its default models", 1.0)
    for case, species, conc, temp in [
        ("S_predep_B_default_1000_30", "boron", 1.1922e20, 1000),
        ("S_predep_P_default_950_30", "phosphorus", 3e20, 950),
    ]:
        expected = CASES[case]["expected"][species]
        write(
            f"suprem4_gas_{species}_{temp}",
            f"""
[report]
levels_cm3 = [1e15, 1e16]
[[step]]
type = "predep"
species = "{species}"
gas_conc_cm3 = {conc:e}
temperature = "{temp} C"
time = "30 min"
""",
            {f"{species}.surface_cm3": expected["surf"], f"{species}.dose_cm2": expected["dose_si"],
             level(species, 1e16): 1e3 * expected["xj_um"]["1e+16"]},
            "suprem4", f"{case}: SUPREM-IV.GS, doping gas with its transport coefficient", 1.0)
    for case, species, dose, energy in [
        ("S_imp_B_1e14_50", "boron", 1e14, 50), ("S_imp_P_1e14_100", "phosphorus", 1e14, 100),
        ("S_imp_As_5e15_80", "arsenic", 5e15, 80), ("S_imp_Sb_1e15_100", "antimony", 1e15, 100),
    ]:
        expected = CASES[case]["expected"][species]
        write(
            f"suprem4_implant_{species}_{energy}kev",
            f"""
[report]
levels_cm3 = [1e15, 1e17]
[[step]]
type = "implant"
species = "{species}"
dose_cm2 = {dose:e}
energy_kev = {energy}
""",
            {f"{species}.peak_cm3": expected["peak"],
             level(species, 1e15): 1e3 * expected["xj_um"]["1e+15"],
             level(species, 1e17): 1e3 * expected["xj_um"]["1e+17"]},
            "suprem4", f"{case}: SUPREM-IV.GS, Pearson profile on a 2 nm mesh", 0.5)
    fermi_depths = CASES["S_oed"]["expected"]["xj_um_fermi"]
    write(
        "suprem4_oxidized_boron",
        """
[substrate]
dopant = "boron"
conc_cm3 = 1e14
[model]
oxidation = "suprem4"
[report]
levels_cm3 = [1e15, 1e16, 1e17]
[[step]]
type = "deposit"
thickness = "75 nm"
[[step]]
type = "implant"
species = "boron"
dose_cm2 = 3e14
energy_kev = 70
[[step]]
type = "oxidize"
ambient = "dry"
temperature = "1100 C"
time = "30 min"
""",
        {level("boron", float(k)): 1e3 * v for k, v in fermi_depths.items() if float(k) < 5e17},
        "suprem4", "S_oed: SUPREM-IV.GS, Fermi model (no point defects), implant through 75 nm of oxide", 2.0)


if __name__ == "__main__":
    for old in HERE.glob("*.toml"):
        old.unlink()
    analytic()
    oxide()
    suprem()
    fermi()
    print(len(list(HERE.glob("*.toml"))), "golden recipes")
