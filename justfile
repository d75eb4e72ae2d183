# The recipes of a working day; `just` lists them.

_list:
    @just --list

# What the gate runs
check:
    scripts/test.sh

# Characterize the example
example:
    scripts/example.sh

# All benchmarks, ours beside the peers that are installed
bench *args:
    cargo bench --workspace {{args}}

# Manual pages and completions from the command line's definition
generate:
    LIBCHAR_BLESS=1 cargo test --quiet --test libchar generated::

# Licences and advisories (needs cargo-deny)
deny:
    cargo deny check

# Kills at five hundred instants and at every system call that changes a file, faults at each of these, kills of Slurm
torture:
    LIBCHAR_TORTURE=500 cargo test --test libchar -- --nocapture torture:: run_cluster::

# Every measure at every point of both examples beside plain ngspice
agree:
    LIBCHAR_AGREE=1 cargo test --test libchar agreement::
