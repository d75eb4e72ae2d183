//! What a text becomes, and what each mistake is told as.

use libchar_liberty::{Group, Item, Value, read};
use proptest::prelude::*;

const WHOLE: &str = r#"/* made by hand */
library ("x") { /* ns */
  technology (cmos)
  delay_model : table_lookup;   // as everywhere
  capacitive_load_unit (1, pf);
  define (drive, cell, float);
  input_voltage (i) { vil : 0.3 * VDD ; vih : VDD + 0.3; }
  cell (inv_1) {
    area : 3.7536;
    sim : runlvl=5 accurate=1 ;
    pin (A[3:0]) { direction : "input"; }
    pin("Y") { function : "!A" ;
      statetable ("J K", "IQ") { table : "L L : - : H, \
        H - : - : L"; };
      timing () {
        cell_rise (t) { index_1 ( "0.01,0.02" ); values ( \
          "1e-3, 2", \
          "3, 4" /* two rows */ ); }
      }
    }
  }
}
"#;

const WRITTEN: &str = r#"/* made by hand */
library ("x") { /* ns */
  technology (cmos);
  delay_model : table_lookup; // as everywhere
  capacitive_load_unit (1, pf);
  define (drive, cell, float);
  input_voltage (i) {
    vil : 0.3 * VDD;
    vih : VDD + 0.3;
  }
  cell (inv_1) {
    area : 3.7536;
    sim : "runlvl=5 accurate=1";
    pin (A[3:0]) {
      direction : "input";
    }
    pin ("Y") {
      function : "!A";
      statetable ("J K", "IQ") {
        table : "L L : - : H,         H - : - : L";
      }
      timing () {
        cell_rise (t) {
          index_1 ("0.01,0.02");
          /* two rows */
          values ( \
            "1e-3, 2", \
            "3, 4" \
          );
        }
      }
    }
  }
}
"#;

#[test]
fn a_library_is_read_and_written() {
    let document = read("x.lib", WHOLE).unwrap();
    assert_eq!(document.to_string(), WRITTEN);
    let again = read("x.lib", WRITTEN).unwrap();
    assert_eq!(again.to_string(), WRITTEN);
    assert_eq!(document.remarks, []);
    let cell = document.library().group("cell").unwrap();
    assert_eq!(&WHOLE[cell.at..cell.at + 12], "cell (inv_1)");
    let pin = cell.groups("pin").nth(1).unwrap();
    let function = pin.get("function").unwrap();
    assert_eq!((function.text.as_str(), &WHOLE[function.at..function.at + 4]), ("!A", "\"!A\""));
}

fn faults(text: &str) -> String {
    read("x.lib", text).unwrap_err().to_string()
}

#[test]
fn each_mistake_is_told_once_where_it_is() {
    for (text, fault) in [
        ("", "x.lib:1:1: the file holds no library\n  expected `library (name) { … }`"),
        (
            "library (x) {\n cell (a) {\n  area : 3;\n cell (b) { }\n}\n",
            "x.lib:2:2: the group `cell (a)` that begins here does not end\n  expected `}` before `cell (b)` begins",
        ),
        (
            "library (x) {\n cell (a) {\n  area : 3;\n }\n",
            "x.lib:1:1: the group `library (x)` that begins here does not end\n  expected `}` before the file ends",
        ),
        (
            "library (x) {\n}\n}\n",
            "x.lib:3:1: `}` closes nothing\n  expected as many `}` as `{` before them",
        ),
        (
            "library (x) {\n cell (a) {\n  f : \"A & B;\n  area : 3;\n }\n}\n",
            "x.lib:3:7: the string that begins here does not end on its line\n  \
             expected `\"` before the line ends, or `\\` as its last character",
        ),
        (
            "library (x) {\n values (\"1, 2,\n 3, 4\", \"5\n 6\");\n area : 1;\n}\n",
            "x.lib:2:10: the string that begins here does not end on its line\n  \
             expected `\"` before the line ends, or `\\` as its last character\n\
             x.lib:3:9: the string that begins here does not end on its line\n  \
             expected `\"` before the line ends, or `\\` as its last character",
        ),
        (
            "library (x) {\n area : ;\n}\n",
            "x.lib:2:2: `area` has no value\n  expected `area : value;`",
        ),
        (
            "library (x) {\n area :\n nom : 1;\n}\n",
            "x.lib:2:2: `area` has no value\n  expected `area : value;`",
        ),
        (
            "library (x) {\n area = 3;\n}\n",
            "x.lib:2:7: `=` after `area`\n  expected `:` and a value, or `(` and a list",
        ),
        (
            "library (x) {\n area\u{a0}: 3;\n}\n",
            "x.lib:2:2: `area\u{a0}` holds the character U+00A0, which no name holds\n  expected letters, digits and `_`",
        ),
        (
            "library (x) {\n f : \"A\" \"B\";\n}\n",
            "x.lib:2:10: `\"` after the value of `f`\n  expected `;`",
        ),
        (
            "library (x) {\n cell (a {\n }\n}\n",
            "x.lib:2:2: the parenthesis after `cell` does not close\n  expected `)`",
        ),
        (
            "library (x) {\n cell a) {\n area : 3;\n }\n}\n",
            "x.lib:2:7: `a` after `cell`\n  expected `:` and a value, or `(` and a list",
        ),
        (
            "library (x) {\n v (\"1\"\n area : 3;\n nom : 4;\n}\n",
            "x.lib:2:2: the parenthesis after `v` does not close\n  expected `)`",
        ),
        (
            "library (x) {\n v (\"1\"\n index (\"2\");\n}\n",
            "x.lib:2:2: the parenthesis after `v` does not close\n  expected `)`",
        ),
        (
            "library {\n}\n",
            "x.lib:1:1: the group `library` has no parentheses\n  expected `library () {`",
        ),
        (
            "library (x) {\n include_file (y.lib);\n}\n",
            "x.lib:2:2: the file includes `y.lib`, and one library is read from one file\n  expected the text of that file in place of this line",
        ),
        (
            "library (x) {\n/* open\n}\n",
            "x.lib:2:1: the comment that begins here does not end\n  expected `*/`",
        ),
        (
            "library (x) {\n cell (a) {\n  values (\"1, 2",
            "x.lib:3:11: the string that begins here does not end\n  expected `\"`",
        ),
    ] {
        assert_eq!(faults(text), fault, "{text}");
    }
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let text = "library (x) {\n a : ;\n b = 1;\n cell (c) { pin (p) { }\n cell (d) { }\n}\n}";
    let places: Vec<String> = faults(text)
        .lines()
        .filter_map(|line| line.strip_prefix("x.lib:"))
        .map(|l| l[..3].to_owned())
        .collect();
    assert_eq!(places, ["2:2", "3:4", "4:2", "7:1"]);
}

#[test]
fn what_others_refuse_is_remarked() {
    let document = read("x.lib", "library (x) {\n area : 3\n values (\"1\" \"2\");\n}\n").unwrap();
    let remarks: Vec<String> = document.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            "x.lib:2:10: `area` does not end with `;`\n  expected `;`, which some tools demand",
            "x.lib:3:14: no comma between two strings of `values`\n  expected `,`, which some tools demand",
        ]
    );
}

#[test]
fn size_and_depth_are_no_danger() {
    let deep =
        format!("library (x) {{ {} {} }}", "a () {".repeat(1_000_000), "}".repeat(1_000_000));
    assert!(faults(&deep).contains("`a` lies deeper than 64 groups"));
    for unit in [
        "a () {",
        "}",
        "\"\n",
        "(",
        "x : \"\n",
        "/*",
        "//",
        "\\\n",
        "a(",
        "é",
        "a:1;",
        "a\n:\n",
        "cell (x) {",
        ":",
        "a,",
    ] {
        // Whatever it says, it says it in time that grows with the length.
        let _ = read("x.lib", &unit.repeat(2_000_000 / unit.len()));
    }
}

fn name() -> impl Strategy<Value = String> {
    "[a-z_][a-z0-9_]{0,6}"
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |v| v.is_finite()).prop_map(Value::number),
        "[ -~]{0,20}".prop_map(|text| Value::string(&text)),
        "[a-zA-Z0-9_.]{1,8}".prop_map(Value::word),
    ]
}

fn group() -> impl Strategy<Value = Group> {
    let leaf =
        (name(), proptest::collection::vec((name(), value()), 0..4)).prop_map(|(name, pairs)| {
            let mut group = Group::named(name, "a");
            for (name, value) in pairs {
                group.set(&name, value.clone());
                group.add(&name, vec![value.clone(), value]);
                group.comment(&name);
            }
            group
        });
    leaf.prop_recursive(4, 20, 4, |inner| {
        (name(), proptest::collection::vec(inner, 0..4)).prop_map(|(name, groups)| {
            let mut group = Group::new(name);
            groups.into_iter().for_each(|inner| group.push(inner));
            group
        })
    })
}

/// Without the places in the file.
fn shape(items: &[Item]) -> String {
    items
        .iter()
        .map(|item| format!("{item:?}"))
        .collect::<String>()
        .split("at: ")
        .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()))
        .collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read(mut inner in group()) {
        inner.name = "library".to_owned();
        let text = format!("{inner}\n");
        // Names that have their places, such as `pin`, are not drawn with these letters often; a refusal would fail here.
        let document = read("x.lib", &text).unwrap();
        prop_assert_eq!(document.to_string(), text);
        prop_assert_eq!(shape(&document.items), shape(&[Item::Group(inner)]));
    }

    #[test]
    fn no_text_makes_it_panic_and_what_is_read_is_stable(text in r#"([a-c ]|library \(x\) \{|[{}();:,"\\\n]|/\*|\*/|//|1|é|\u{a0}){0,60}"#) {
        if let Ok(document) = read("x.lib", &text) {
            let once = document.to_string();
            let twice = read("x.lib", &once).unwrap().to_string();
            prop_assert_eq!(once, twice);
        }
    }
}
