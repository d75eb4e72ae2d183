# The recipes for daily work; `just` lists them.

_list:
    @just --list

# Run the gate: format, lints and all tests
check:
    scripts/test.sh

# Characterize the example
example:
    scripts/example.sh

# Format the code
fmt:
    cargo fmt --all

# Check all code, tests included, with clippy
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Run the command-line tests whose name contains NAME, such as spc_chart::
test name:
    cargo test --test libchar -- {{name}}

# Build the documentation of the code, private items included
doc:
    RUSTDOCFLAGS='-D warnings -A rustdoc::private-intra-doc-links' cargo doc --workspace --no-deps --document-private-items --locked

# Measure the line coverage of a crate (needs cargo-llvm-cov and the llvm of rustc's version)
cover crate:
    cargo llvm-cov -p libchar-{{crate}} --summary-only

# Make N random changes of a crate's code that its own tests should notice (needs cargo-mutants)
mutants crate n seed:
    scripts/mutants.sh {{crate}} {{n}} {{seed}}

# Feed random input to a reader for five minutes (needs cargo-fuzz); `just fuzz-list` names readers
fuzz target seconds="300":
    scripts/fuzz.sh {{target}} {{seconds}}

# List the readers of foreign files that have a fuzz target
fuzz-list:
    cargo fuzz list

# Run all benchmarks, with the peers that are installed
bench *args:
    cargo bench --workspace {{args}}

# Rewrite docs/BENCHMARKS.md, on an idle machine
benchmarks:
    scripts/benchmarks.sh

# Generate manual pages and completions from the command line's definition
generate:
    LIBCHAR_BLESS=1 cargo test --quiet --test libchar generated::

# Check licences, banned crates and sources (needs cargo-deny)
deny:
    cargo deny --offline check bans licenses sources

# Check for known vulnerabilities of dependencies (needs cargo-deny and the network)
advisories:
    cargo deny check advisories

# Kill libchar at 500 instants and at every system call that changes a file, inject faults, kill Slurm
torture:
    LIBCHAR_TORTURE=500 cargo test --test libchar -- --nocapture torture run_cluster::

# Compare every measure at every point of both examples with plain ngspice
agree:
    LIBCHAR_AGREE=1 cargo test --test libchar agreement::

# Make a Debian package below target/debian (needs cargo-deb)
package:
    cargo build --release --locked
    SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" cargo deb --locked --no-build

# Run the checks that take too long for the gate, before a release
acceptance:
    scripts/acceptance.sh
