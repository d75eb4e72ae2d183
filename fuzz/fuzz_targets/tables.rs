//! Random bytes as the tables of a domain.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = libchar_pvt::corners::Corners::parse("t.csv", data);
    let _ = libchar_pvt::supplies::Supplies::parse("t.csv", data);
    let _ = libchar_pvt::temperatures::Temperatures::parse("t.csv", data);
    let _ = libchar_pvt::conditions::Conditions::parse("t.csv", data);
    let _ = libchar_pvt::points::parse("t.csv", data);
    let _ = libchar_report::Results::parse("t.csv", data);
});
