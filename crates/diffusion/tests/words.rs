//! Texts about a recipe and a run: the recipe's text with changes, remarks on steps, limits on
//! figures that do not exist.

use libchar_diffusion::figures::Figures;
use libchar_diffusion::format::Document;
use libchar_diffusion::process::{Run, run};

fn solve(text: &str) -> (Run, Figures) {
    let parsed = Document::new("test.toml", text).read(&|_| Err(String::new()));
    let parsed = parsed.unwrap_or_else(|faults| panic!("{faults}"));
    let run = run(&parsed.recipe).unwrap();
    let figures = Figures::of(&parsed.recipe, &run).unwrap();
    (run, figures)
}

const RECIPE: &str = "\
# the base of the test chip
[substrate]
dopant = \"boron\"   # as bought
conc_cm3 = 1e15
[[step]]
type = \"implant\"
species = \"phosphorus\"
dose_cm2 = 1e15   # measured
energy_kev = 50
[[step]]
type = \"drive\"
name = \"well\"
temperature = \"1200 C\"
time = \"10 min\"
";

#[test]
fn a_changed_recipe_keeps_its_words() {
    let mut document = Document::new("test.toml", RECIPE);
    for (path, literal) in [
        ("step.1.dose_cm2", "2e15"),
        ("step.well.time_s", "90"),
        ("grid.depth", "\"3 um\""),
        ("model.diffusivity.boron", "{ d_cm2_s = 1e-14 }"),
    ] {
        document.set(path, literal).unwrap();
    }
    let complete = document.complete(&|_| Err(String::new())).unwrap();
    let expected = RECIPE
        .replace("dose_cm2 = 1e15   #", "dose_cm2 = 2e15   #")
        .replace("time = \"10 min\"", "time_s = 90")
        + "\n[grid]\ndepth = \"3 um\"\n\n[model]\n\n[model.diffusivity]\nboron = { d_cm2_s = 1e-14 }\n";
    assert_eq!(complete, expected);
    let read = |document: &Document| document.read(&|_| Err(String::new())).unwrap().recipe;
    assert_eq!(read(&Document::new("test.toml", complete)), read(&document));
}

/// This includes lists of tables in one line. Numbers of a file are written as a person writes
/// them.
#[test]
fn measured_files_are_written_into_the_text() {
    let text = "# kept\ninitial = [ { species = 'boron', profile = 'sims.csv' } ]\n\
                step = [ { type = 'drive', temp_c = 900, time_s = 60 } ] # too\n";
    let load = |_: &str| Ok(b"depth_um,conc_cm3\n0,1e19\n0.1,2.5e18\n0.25,30000\n".to_vec());
    let mut document = Document::new("test.toml", text);
    document.set("step.1.time_s", "90").unwrap();
    let complete = document.complete(&load).unwrap();
    for part in ["# kept", "# too", "[0.0, 0.1, 0.25]", "[1e19, 2.5e18, 30000.0]", "time_s = 90"] {
        assert!(complete.contains(part), "{part}: {complete}");
    }
    let again = Document::new("test.toml", &complete).read(&|_| Err(String::new())).unwrap();
    assert_eq!(
        again.recipe.initial[0].conc_cm3,
        document.read(&load).unwrap().recipe.initial[0].conc_cm3
    );
    assert_eq!(again.recipe.steps, document.read(&load).unwrap().recipe.steps);
}

#[test]
fn a_step_that_is_not_there_names_those_that_are() {
    let mut document = Document::new("test.toml", RECIPE);
    let error = document.set("step.wel.time", "1").unwrap_err();
    assert_eq!(
        error,
        "`step.wel.time`: no step `wel`; expected 1 to 2, or a name: well; did you mean `well`?"
    );
    assert_eq!(
        document.set("step.3.time", "1").unwrap_err(),
        "`step.3.time`: no step `3`; expected 1 to 2, or a name: well"
    );
}

#[test]
fn a_limit_on_a_junction_that_is_not_there_is_missed() {
    let (_, figures) =
        solve(&format!("{RECIPE}[limits]\nxj2_nm = {{ min = 1 }}\nrs3_ohm_sq = {{ min = 1 }}\n"));
    let missed: Vec<&str> = figures.missed().map(|figure| figure.name.as_str()).collect();
    assert_eq!(missed, ["rs3_ohm_sq", "xj2_nm"]);
}

/// The tables end at 1100 C for phosphorus and at 1250 C for antimony.
#[test]
fn solubility_beyond_its_table_is_said() {
    for (text, said) in [
        (
            RECIPE.to_owned(),
            "of phosphorus is tabulated from 850 to 1100 C and extrapolated to 1200 C",
        ),
        (
            RECIPE.replace("phosphorus", "antimony").replace("1200", "1300"),
            "of antimony is tabulated from 800 to 1250 C and extrapolated to 1300 C",
        ),
    ] {
        let (run, _) = solve(&text);
        assert!(
            run.steps[1].warnings.iter().any(|w| w.contains(said)),
            "{said}: {:?}",
            run.steps[1]
        );
    }
    let (run, _) = solve(&RECIPE.replace("1200", "1000"));
    assert!(run.steps[1].warnings.iter().all(|w| !w.contains("tabulated")));
}

/// The remark on too little motion names only dopants that a step moves, and not the uniform
/// background. It has a singular and a plural form.
#[test]
fn oxidation_enhanced_diffusion_names_what_it_moves() {
    let oxidized = RECIPE
        .replace("type = \"drive\"", "type = \"oxidize\"\nambient = \"dry\"")
        .replace("1200", "1000");
    let said = |text: &str| {
        let (run, _) = solve(text);
        assert_eq!(run.steps.last().unwrap().word, "oxidize");
        run.steps.last().unwrap().warnings.join("\n")
    };
    assert!(said(&oxidized).contains("is not modelled: phosphorus comes out too shallow"));
    let two = oxidized.replacen(
        "[[step]]",
        "[[step]]\ntype='implant'\nspecies='boron'\ndose_cm2=1e13\nenergy_kev=40\n[[step]]",
        1,
    );
    assert!(said(&two).contains("boron, phosphorus come out too shallow"));
}

#[test]
fn a_drive_is_called_a_drive_and_no_figure_is_minus_zero() {
    let (run, figures) = solve(&RECIPE.replace("name = \"well\"\n", ""));
    assert_eq!(run.steps[1].word, "drive");
    let doses = run.steps.iter().flat_map(|step| &step.dopants).map(|d| d.oxide_dose_cm2);
    let values = figures.figures.iter().filter_map(|figure| figure.value);
    assert!(doses.chain(values).all(|value| value != 0.0 || value.is_sign_positive()));
}
