//! Measured data of other countries and tools, and the notes on how it was read.

use crate::common::Sandbox;

#[test]
fn a_table_with_decimal_commas_gives_the_same_features() {
    let sandbox = Sandbox::new();
    let plain = "run,time_s,temp_c\nr1,0,20.5\nr1,60,900.25\nr1,120,900.75\nr1,180,30\n";
    sandbox.write("plain.csv", plain);
    sandbox.write("comma.csv", plain.replace(',', ";").replace('.', ","));
    let [plain, comma] =
        ["plain.csv", "comma.csv"].map(|file| sandbox.run(&["spc", "features", file]));
    assert_eq!((plain.code, comma.code), (0, 0), "{}{}", plain.stderr, comma.stderr);
    assert_eq!(plain.stdout, comma.stdout);
    assert_eq!(plain.stderr, "");
    assert_eq!(comma.stderr, "libchar: comma.csv is read with --separator ';' --decimal ,\n");
    let told = ["spc", "features", "comma.csv", "--separator", ";", "--decimal", ","];
    let told = sandbox.run(&told);
    assert_eq!((told.stdout, told.stderr.as_str()), (plain.stdout, ""));
    let wrong = sandbox.run(&["spc", "features", "comma.csv", "--date-format", "dd.mm.yyyy"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("expected dmy, mdy, ymd"), "{}", wrong.stderr);
}
