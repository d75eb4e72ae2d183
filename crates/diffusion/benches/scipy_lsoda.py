"""Arsenic 2e20 at the surface, 1000 C, 30 min, 1000 nodes over 1 um, with scipy's LSODA: time and junction."""

import time

import numpy as np
from scipy.integrate import solve_ivp

KT = 8.617333262e-5 * 1273.15
NI = 3.9e16 * 1273.15**1.5 * np.exp(-0.605 / KT)
DX, DM = 0.0666 * np.exp(-3.44 / KT), 12.8 * np.exp(-4.05 / KT)
X = np.linspace(0, 1e-4, 1000)
H = X[1]


def rhs(_, c):
    half = c / (2 * NI)
    r = half + np.sqrt(half * half + 1)
    # D (grad C + C grad ln n) = D (1 + C / (n + p)) grad C
    g = (DX + DM * r) * (1 + c / (NI * (r + 1 / r)))
    flux = -0.5 * (g[1:] + g[:-1]) * np.diff(c) / H
    out = np.zeros_like(c)
    out[1:-1] = (flux[:-1] - flux[1:]) / H
    out[-1] = 2 * flux[-1] / H
    return out


best = np.inf
for _ in range(5):
    start = np.zeros(1000)
    start[0] = 2e20
    begin = time.perf_counter()
    done = solve_ivp(rhs, (0, 1800), start, method="LSODA", lband=1, uband=1, rtol=1e-4, atol=1e12)
    best = min(best, time.perf_counter() - begin)
c = done.y[:, -1]
i = int(np.argmax(c < 1e17)) - 1
xj = X[i] + H * np.log(c[i] / 1e17) / np.log(c[i] / c[i + 1])
print(f"{best * 1e3:.0f} ms, junction at 1e17: {xj * 1e4:.5f} um (reference 0.21138)")
