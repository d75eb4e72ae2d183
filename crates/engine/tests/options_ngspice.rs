//! How ngspice handles options that override those of a deck, and a deck that lies elsewhere.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test writes files and talks"
)]

use libchar_engine::{Options, Simulator, deck};
use std::fs;
use std::path::Path;
use std::process::Command;

/// An RC with options in the deck, in a file beside it and in one of the start folder, before and after the others.
const DECK: &str = "\
rc
.option reltol=1e-2 trtol=3
v1 in 0 pulse(0 1 1n 10p 10p 5n 20n)
.include beside.inc
.tran 10p 10n
.measure tran t50 when v(out)=0.5 rise=1
.options reltol=2e-2 method=trap
.control
run
option
print length(time)
quit
.endc
.include last.inc
.end
";

const BESIDE: &str = "r1 in out 1k\nc1 out 0 1p\n.opt abstol=3e-12\n";

const LAST: &str = ".options reltol=3e-2 vntol=2e-6\n+ method=trap\n";

/// What ngspice printed when it started in `folder`; `None` if it is not installed.
fn simulate(folder: &Path, deck: &str) -> Option<String> {
    let output =
        Command::new("ngspice").args(["-b", "-n", deck]).current_dir(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text + &String::from_utf8_lossy(&output.stderr))
}

/// The word after the last `=` of the line with a name.
fn value(log: &str, name: &str) -> f64 {
    let line = log.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{log}"));
    line.rsplit('=').next().unwrap().trim().parse().unwrap()
}

#[test]
fn options_win_over_those_of_the_deck_and_of_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("TT/p")).unwrap();
    fs::create_dir_all(folder.join(".libchar/decks")).unwrap();
    fs::write(folder.join("TT/p/beside.inc"), BESIDE).unwrap();
    fs::write(folder.join("last.inc"), LAST).unwrap();
    fs::write(folder.join("TT/p/d.sp"), DECK).unwrap();
    let Some(own) = simulate(folder, "TT/p/d.sp") else {
        libchar_testing::skip("ngspice", "ngspice is not installed");
        return;
    };
    let rebased = deck::rebase(Path::new("TT/p/d.sp"), DECK, &deck::Search::default(), |path| {
        folder.join(path).is_file()
    });
    assert!(rebased.contains("\n.include TT/p/beside.inc\n"), "{rebased}");
    assert!(rebased.contains("\n.include last.inc\n"));

    let moved = ".libchar/decks/d.sp";
    fs::write(folder.join(moved), &rebased).unwrap();
    let same = simulate(folder, moved).unwrap();
    for name in ["t50", "reltol", "abstol", "vntol", "trtol", "length(time)"] {
        assert_eq!(value(&same, name), value(&own, name), "{name}");
    }
    assert_eq!((value(&own, "reltol"), value(&own, "abstol")), (0.03, 3e-12));

    let table = "reltol = 1e-6\nmethod = 'gear'\ntrtol = 1\nmax_step = 0.5\nnoopiter = true";
    let options = Options::from_toml(&toml::from_str(table).unwrap()).unwrap();
    let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
    fs::write(folder.join(moved), options.apply(&rebased, "ngspice", &ngspice).unwrap()).unwrap();
    let log = simulate(folder, moved).unwrap();
    assert!(log.contains("Integration Method = GEAR"), "{log}");
    // Without an iteration for the operating point, it goes to gmin stepping at once.
    assert!(log.contains("gmin step") && !own.contains("gmin step"), "{log}");
    assert_eq!((value(&log, "reltol"), value(&log, "trtol")), (1e-6, 1.0));
    assert_eq!((value(&log, "abstol"), value(&log, "vntol")), (3e-12, 2e-6));
    // 10 ns in steps of at most 5 ps.
    assert!(value(&log, "length(time)") > 2000.0 && value(&own, "length(time)") > 1000.0);
    assert!(value(&own, "length(time)") < 1200.0);
    // An RC of 1 ns that starts to rise at 1 ns over 10 ps reaches half of the step after ln 2 ns and half the rise.
    let exact = 1e-9 + 5e-12 + 1e-9 * std::f64::consts::LN_2;
    assert!((value(&log, "t50") / exact - 1.0).abs() < 1e-4, "{}", value(&log, "t50"));
}

#[test]
fn no_option_of_the_list_is_unknown_to_ngspice() {
    let folder = tempfile::tempdir().unwrap();
    let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
    let mut deck = "t\nr1 a 0 1k\nv1 a 0 1\n.op\n".to_owned();
    for name in ngspice.option_names.iter().filter(|name| *name != "method") {
        deck.push_str(&ngspice.option.replace("{name}", name).replace("{value}", "1"));
        deck.push('\n');
    }
    deck.push_str(".end\n");
    fs::write(folder.path().join("d.sp"), deck).unwrap();
    let Some(log) = simulate(folder.path(), "d.sp") else { return };
    assert!(!log.contains("unsupported") && !log.to_lowercase().contains("error"), "{log}");
}
