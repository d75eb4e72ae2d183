//! `libchar diffuse` with several recipes.

use crate::common::{Sandbox, assert_schema, repository};

#[test]
fn several_recipes_give_one_table_and_a_folder_of_their_files() {
    let sandbox = Sandbox::new();
    for name in ["base", "npn"] {
        let recipe = std::fs::read(repository().join(format!("examples/diffuse/{name}.toml")));
        sandbox.write(&format!("{name}.toml"), recipe.unwrap());
    }
    let ran = sandbox.run(&["diffuse", "base.toml", "npn.toml", "-o", "out", "--format", "json"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    for name in ["base", "npn"] {
        let alone = sandbox.run(&["diffuse", &format!("{name}.toml"), "--format", "json"]);
        assert_eq!(sandbox.read(&format!("out/{name}.json")), alone.stdout, "{name}");
        assert!(sandbox.read(&format!("out/{name}.svg")).starts_with("<svg"));
        assert!(sandbox.read(&format!("out/{name}.csv")).contains("depth_um"));
        assert!(ran.stdout.contains(&format!("\"recipe\": \"{name}\"")), "{}", ran.stdout);
    }
    // If one of them has a fault, nothing is written, and the faults of all are reported.
    sandbox.write("bad.toml", "[substrte]\n");
    sandbox.write("worse.toml", "[[step]]\ntype = 'bake'\n");
    let ran = sandbox.run(&["diffuse", "base.toml", "bad.toml", "worse.toml", "-o", "none"]);
    assert_eq!(ran.code, 2);
    for said in ["bad.toml:1:2: unknown key `substrte`", "worse.toml:2:8: unknown"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert!(!sandbox.path().join("none").exists());
    let ran = sandbox.run(&["diffuse", "base.toml", "out/../base.toml"]);
    assert!(ran.code == 2 && ran.stderr.contains("are both named `base`"), "{}", ran.stderr);
    let ran = sandbox.run(&["diffuse", "base.toml", "npn.toml", "--svg", "x.svg"]);
    assert!(ran.stderr.contains("--svg is for one recipe; -o DIR"), "{}", ran.stderr);
}
