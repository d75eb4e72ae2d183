#!/bin/sh
# Stands for PROLITH or cuLitho: one row of results a job, under this program's own names.
# $1 holds the jobs (its column `CD` is the target width, as libchar.toml renames it), $2 gets the results.
awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; print "run,CD,NILS,dof_nm"; next }
    { printf "%s,%s,%.2f,%.1f\n", $column["run"], $column["CD"], 2.5, 0.5 * $column["wavelength_nm"] / $column["na"]^2 }
' "$1" > "$2"
