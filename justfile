# The recipes of a working day; `just` lists them.

_list:
    @just --list

# What the gate runs
check:
    scripts/test.sh

# Characterize the example
example:
    scripts/example.sh

# Format the code
fmt:
    cargo fmt --all

# Lints of all code, tests included
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Command-line tests whose name holds NAME, such as spc_chart::
test name:
    cargo test --test libchar -- {{name}}

# The documentation of the code, private items included
doc:
    RUSTDOCFLAGS='-D warnings -A rustdoc::private-intra-doc-links' cargo doc --workspace --no-deps --document-private-items --locked

# Line coverage of a crate (needs cargo-llvm-cov and the llvm of rustc's version)
cover crate:
    cargo llvm-cov -p libchar-{{crate}} --summary-only

# N random changes of a crate's code that its own tests should notice (needs cargo-mutants)
mutants crate n seed:
    scripts/mutants.sh {{crate}} {{n}} {{seed}}

# Five minutes of random input for a reader (needs cargo-fuzz); `just fuzz-list` names the readers
fuzz target seconds="300":
    scripts/fuzz.sh {{target}} {{seconds}}

# The readers of foreign files that have a fuzz target
fuzz-list:
    cargo fuzz list

# All benchmarks, ours beside the peers that are installed
bench *args:
    cargo bench --workspace {{args}}

# docs/BENCHMARKS.md anew, on an idle machine
benchmarks:
    scripts/benchmarks.sh

# Manual pages and completions from the command line's definition
generate:
    LIBCHAR_BLESS=1 cargo test --quiet --test libchar generated::

# Licences, banned crates and sources (needs cargo-deny)
deny:
    cargo deny --offline check bans licenses sources

# Known vulnerabilities of dependencies (needs cargo-deny and the network)
advisories:
    cargo deny check advisories

# Kills at five hundred instants and at every system call that changes a file, faults at each of these, kills of Slurm
torture:
    LIBCHAR_TORTURE=500 cargo test --test libchar -- --nocapture torture run_cluster::

# Every measure at every point of both examples beside plain ngspice
agree:
    LIBCHAR_AGREE=1 cargo test --test libchar agreement::

# A Debian package below target/debian (needs cargo-deb)
package:
    cargo build --release --locked
    SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" cargo deb --locked --no-build

# What is too long for the gate; run it before a release
acceptance:
    scripts/acceptance.sh
