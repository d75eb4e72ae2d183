//! Process nodes: names of libraries, and corners that a node excludes.

use crate::common::{Sandbox, assert_schema};

const NODES: &str = "\
[node.n45]
title = 'generic 45 nm'
technology_nm = 45
vendor = 'example'
libraries = ['n45_base_lvt_v1', 'n45_base_svt_v1']
pvt_corners = ['TT', 'SS']
naming_pattern = 'n45_(?<lib_type>[a-z]+)_(?<vt_type>[lsh]vt)_v(?<version>\\d+)'

[node.n28]
libraries = ['n28_core']
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", NODES);
    sandbox
}

#[test]
fn nodes_are_listed_and_shown() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["config", "node", "list"]);
    assert_eq!(
        ran.stdout,
        "node,title,technology_nm,vendor,libraries,pvt_corners\n\
         n28,,,,1,\n\
         n45,generic 45 nm,45,example,2,TT SS\n"
    );
    assert_schema(&sandbox.run(&["config", "node", "list", "--format", "json"]).stdout);
    let ran = sandbox.run(&["config", "node", "show", "n28"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "field,value\nlibrary,n28_core\n"));
    let ran = sandbox.run(&["config", "node", "show", "n44"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("the process node `n44` is not known; did you mean `n45`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn names_are_taken_apart() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["config", "node", "parse", "n45_io_svt_v12"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "field,value\nnode,n45\nlib_type,io\nvt_type,svt\nversion,12\n")
    );
    let ran = sandbox.run(&["config", "node", "parse", "n28_croe", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("belongs to no process node, did you mean `n28_core`?"));
    assert_schema(&ran.stdout);
    let check = |corner| sandbox.run(&["config", "node", "check", "n45_base_lvt_v1", corner]);
    assert_eq!(check("SS").code, 0);
    let ran = check("FF");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (1, "library,corner,allowed\nn45_base_lvt_v1,FF,false\n")
    );
    assert_eq!(sandbox.run(&["config", "node", "check", "other", "FF"]).code, 2);
}

#[test]
fn a_pattern_that_is_none_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[node.x]\nnaming_pattern = '(a'\n");
    let ran = sandbox.run(&["config", "node", "list"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`node.x.naming_pattern`: unclosed group"), "{}", ran.stderr);
}

#[test]
fn gen_refuses_a_corner_that_the_node_does_not_allow() {
    let sandbox = Sandbox::new();
    let domain = sandbox.copy("examples/inverter-pvt");
    let name = domain.file_name().expect("a name").to_str().expect("UTF-8").to_owned();
    let of = |file: &str| format!("{name}/{file}");
    let config = sandbox.read(&of("config.cfg"));
    let toml = sandbox.read(&of("libchar.toml"));
    sandbox.write(&of("libchar.toml"), format!("{toml}\n{NODES}"));
    sandbox.write(&of("config.cfg"), format!("{config}corner=TT,FF\nlibrary=n45_base_lvt_v1\n"));
    let ran = sandbox.run(&["-C", &name, "gen"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let expected =
        "the process node of the library `n45_base_lvt_v1` does not allow the corner `FF`";
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    assert!(!domain.join("points.csv").exists());
    sandbox.write(&of("config.cfg"), format!("{config}corner=TT,SS\nlibrary=n45_base_lvt_v1\n"));
    assert_eq!(sandbox.run(&["-C", &name, "gen"]).code, 0);
    sandbox.write(&of("config.cfg"), format!("{config}library=n46\n"));
    let ran = sandbox.run(&["-C", &name, "gen"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("config.cfg:11:9: the library `n46` belongs to no process node"),
        "{}",
        ran.stderr
    );
}
