//! What other tools read in the Liberty files that `lib` writes: OpenSTA, Yosys with ABC, Python's
//! liberty-parser; and libchar's own reader. The files are that of the example, and those in
//! `LIBCHAR_LIBERTY` (separated by `:`).

use crate::common::{Sandbox, repository};
use libchar_liberty::{Group, read};
use std::path::PathBuf;
use std::process::Command;

fn files() -> Vec<(PathBuf, String)> {
    let example = repository().join("examples/lib/example45__tt_025C_1v10.lib");
    let named = std::env::var("LIBCHAR_LIBERTY").unwrap_or_default();
    let more = named.split(':').filter(|name| !name.is_empty()).map(PathBuf::from);
    let text = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        (path, text)
    };
    std::iter::once(example).chain(more).map(text).collect()
}

fn numbers(group: &Group, name: &str) -> Vec<f64> {
    let rows = group.list(name).map(|list| list.values.as_slice()).unwrap_or_default();
    rows.iter().flat_map(|row| row.numbers().unwrap()).collect()
}

/// A question to a tool about a table: cell, pins, delay type, first and second index, and the
/// expected value.
struct Asked {
    cell: String,
    from: String,
    to: String,
    /// Sense or constraint, as OpenSTA words it, and the output's edge.
    is_of: (String, &'static str),
    at: [f64; 2],
    value: f64,
}

/// Three entries of each table of delays: both ends and the middle.
fn asked(library: &Group) -> Vec<Asked> {
    let mut all = Vec::new();
    for cell in library.groups("cell") {
        for pin in cell.groups("pin") {
            for timing in pin.groups("timing").filter(|timing| timing.text("when").is_none()) {
                // An enabled output goes from `Z` to a level, a disabled one to `Z`.
                let edges = match timing.text("timing_type") {
                    Some("three_state_enable") => ["Z1", "Z0"],
                    Some("three_state_disable") => ["0Z", "1Z"],
                    _ => ["^", "v"],
                };
                for (name, edge) in ["cell_rise", "cell_fall"].into_iter().zip(edges) {
                    let Some(table) = timing.group(name) else { continue };
                    let (slews, loads) = (numbers(table, "index_1"), numbers(table, "index_2"));
                    let values = numbers(table, "values");
                    let (n, m) = (slews.len(), loads.len());
                    for (i, j) in [(0, 0), (n / 2, m / 2), (n - 1, m - 1)] {
                        all.push(Asked {
                            cell: cell.argument().to_owned(),
                            from: timing.text("related_pin").unwrap().to_owned(),
                            to: pin.argument().to_owned(),
                            is_of: (timing.text("timing_sense").unwrap().to_owned(), edge),
                            at: [slews[i], loads[j]],
                            value: values[i * m + j],
                        });
                    }
                }
            }
        }
    }
    all
}

fn pins(cell: &Group) -> Vec<(&str, bool)> {
    cell.groups("pin")
        .map(|pin| (pin.argument(), pin.text("direction") == Some("output")))
        .collect()
}

/// One instance of each cell, with ports of its own.
fn netlist(library: &Group) -> String {
    let (mut ports, mut lines) = (Vec::new(), String::new());
    for (number, cell) in library.groups("cell").enumerate() {
        let mut joined = Vec::new();
        for (pin, is_output) in pins(cell) {
            let port = format!("p{number}_{pin}");
            let word = if is_output { "output" } else { "input" };
            lines.push_str(&format!("{word} {port};\n"));
            joined.push(format!(".{pin}({port})"));
            ports.push(port);
        }
        lines.push_str(&format!("{} u{number} ({});\n", cell.argument(), joined.join(", ")));
    }
    format!("module top ({});\n{lines}endmodule\n", ports.join(", "))
}

/// The script, which prints the number of each question before its answer.
fn script(file: &str, library: &Group, asked: &[Asked]) -> String {
    let mut text = format!("read_liberty {file}\nread_verilog top.v\nlink_design top\n");
    let number = |cell: &str| library.groups("cell").position(|c| c.argument() == cell).unwrap();
    for (k, a) in asked.iter().enumerate() {
        let n = number(&a.cell);
        let [slew, load] = a.at;
        text.push_str(&format!(
            "set_input_transition {slew} [get_ports p{n}_{}]\nset_load -pin_load {load} [get_ports p{n}_{}]\n\
             puts \"ASKED {k}\"\nreport_dcalc -from u{n}/{} -to u{n}/{} -digits 7\n",
            a.from, a.to, a.from, a.to
        ));
    }
    text + "puts DONE\n"
}

/// The delays that were printed for one question: sense, edge of the output, value.
fn delays(printed: &str) -> Vec<(String, String, f64)> {
    let (mut found, mut sense, mut edge) = (Vec::new(), String::new(), None);
    let mut value = 0.0;
    for line in printed.lines() {
        if let Some(word) = line.strip_prefix("Arc sense: ") {
            sense = word.to_owned();
        } else if let Some((_, to)) = line.split_once(" -> ") {
            edge = to.split(' ').nth(1).map(str::to_owned);
        } else if let Some(number) = line.strip_prefix("Table value = ") {
            value = number.parse().unwrap();
        } else if line.starts_with("Delay = ")
            && let Some(edge) = edge.take()
        {
            found.push((sense.clone(), edge, value));
        }
    }
    found
}

#[test]
fn opensta_reads_it_without_a_warning_and_finds_the_entries() {
    if !libchar_testing::has("sta") {
        return;
    }
    for (path, text) in files() {
        let document = read("x", &text).unwrap();
        let (library, sandbox) = (document.library(), Sandbox::new());
        let asked = asked(library);
        sandbox.write("top.v", netlist(library));
        let script = sandbox.write("f.tcl", script(&path.display().to_string(), library, &asked));
        let mut sta = Command::new("sta");
        sta.args(["-exit", "-no_splash"]).arg(&script).current_dir(sandbox.path());
        let output = sta.output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        let complaint = printed.lines().find(|l| l.contains("Warning") || l.contains("Error"));
        assert_eq!(complaint, None, "{path:?}");
        // The exit code is 0 whatever happened.
        assert!(printed.contains("DONE"), "{path:?}: {printed}");
        let mut judged = 0;
        for (k, block) in printed.split("ASKED ").skip(1).enumerate() {
            let a = &asked[k];
            let own = |(sense, edge, _): &&(String, String, f64)| {
                *edge == a.is_of.1
                    && (*sense == a.is_of.0 || *sense == "non_unate" || a.is_of.0 == "non_unate")
            };
            let found = delays(block);
            let said = found.iter().find(own).unwrap_or_else(|| {
                panic!("{path:?}: {} {} to {} {:?}: {block}", a.cell, a.from, a.to, a.is_of)
            });
            assert!((said.2 - a.value).abs() < 1e-6, "{path:?}: {block}: {}", a.value);
            judged += 1;
        }
        assert_eq!(judged, asked.len());
        assert!(judged > 0, "{path:?}");
    }
}

const ADDER: &str = "module top(input clk, input [3:0] a, b, output reg [4:0] s);\n\
                     always @(posedge clk) s <= a + b;\nendmodule\n";

#[test]
fn yosys_maps_an_adder() {
    if !libchar_testing::has("yosys") {
        return;
    }
    for (path, text) in files() {
        let document = read("x", &text).unwrap();
        // ABC needs an inverter, a buffer and three further gates, more than three cells offer.
        if document.library().groups("cell").count() < 6 {
            libchar_testing::skip("a library of six cells", &path.display().to_string());
            continue;
        }
        let (sandbox, file) = (Sandbox::new(), path.display());
        sandbox.write("m.v", ADDER);
        let commands = format!(
            "read_verilog m.v; synth -top top -flatten; dfflibmap -liberty {file}; abc -liberty {file}; \
             opt_clean; tee -o stat.txt stat -liberty {file}"
        );
        let mut yosys = Command::new("yosys");
        let output =
            yosys.args(["-q", "-p", &commands]).current_dir(sandbox.path()).output().unwrap();
        let printed =
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success() && !printed.contains("Warning"), "{path:?}: {printed}");
        let stat = sandbox.read("stat.txt");
        // All that is left are cells of the library.
        assert!(stat.contains("Chip area") && !stat.contains(" $_"), "{path:?}: {stat}");
    }
}

const PARSER: &str = "import sys\nfrom liberty.parser import parse_liberty\n\
    t = parse_liberty(open(sys.argv[1]).read())\n\
    print(len(t.get_groups('cell')))\n\
    for c in t.get_groups('cell'):\n\
    \x20   for p in c.get_groups('pin'):\n\
    \x20       for g in p.get_groups('timing'):\n\
    \x20           for v in g.groups: v.get_array('values')\n";

#[test]
fn pythons_liberty_parser_loads_it() {
    let has = Command::new("python3").args(["-c", "import liberty.parser"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        return libchar_testing::skip("liberty-parser", "pip install liberty-parser==0.0.29");
    }
    for (path, text) in files() {
        let output = Command::new("python3").args(["-c", PARSER]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{path:?}: {said}");
        let cells = read("x", &text).unwrap().library().groups("cell").count();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), cells.to_string());
    }
}

#[test]
fn our_own_reader_gives_the_same_bytes() {
    for (path, text) in files() {
        let document = read("x", &text).unwrap();
        assert!(document.remarks.is_empty(), "{path:?}: {:?}", document.remarks);
        assert_eq!(document.to_string(), text, "{path:?}");
    }
}
