//! `report --html` of Liberty files: tables as maps, extrapolated entries marked, a comparison with
//! another file.

use crate::common::Sandbox;

const FILE: &str = "example45__tt_025C_1v10.lib";

#[test]
fn a_library_is_a_section_with_its_holes_and_its_differences() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/lib").display().to_string();
    let text = sandbox.read(&format!("lib/{FILE}"));
    // One file in which the first entry of the first table is a tenth larger, and one whose entry
    // was extrapolated.
    let at = text.find("cell_rise").unwrap();
    let start = at + text[at..].find("values").unwrap();
    let first = text[start..].split('"').nth(1).unwrap().split(',').next().unwrap();
    let larger = format!("{}", first.parse::<f64>().unwrap() * 1.1);
    let other = format!("{}{}", &text[..start], text[start..].replacen(first, &larger, 1));
    sandbox.write("old.lib", other);
    let head = "cell_rise (delay_template) {\n";
    let marked = text.replacen(head, &format!("{head}/* extrapolated entries: 1, 9 */\n"), 1);
    sandbox.write("marked.lib", marked);
    // In the library's folder, without stating which file.
    let old = sandbox.path().join("old.lib").display().to_string();
    let page = sandbox.path().join("page.html").display().to_string();
    let ran = sandbox.run(&["-C", &folder, "report", "--html", &page, "--against", &old]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let html = sandbox.read("page.html");
    assert!(
        html.contains("every entry was simulated; tables that differ by 3 % or more"),
        "{html}"
    );
    assert!(html.contains("somewhere from") && html.contains("\u{2212}9.1 %"), "{html}");
    for cell in ["dff_1", "inv_1", "nand2_1"] {
        assert!(html.contains(&format!("<h3>{cell}</h3>")), "{cell}");
    }
    let ran = sandbox.run(&["report", "--html", "page.html", "marked.lib"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let html = sandbox.read("page.html");
    assert!(html.contains("; 2 entries are extrapolated."));
    assert_eq!(html.matches(">extrapolated</span>").count(), 2);
    // A broken file is a fault at its place.
    sandbox.write("bad.lib", "library (x) {\n  cell (y) {\n");
    let ran = sandbox.run(&["report", "--html", "page.html", "bad.lib"]);
    assert!(ran.code == 2 && ran.stderr.contains("bad.lib:"), "{}", ran.stderr);
}
