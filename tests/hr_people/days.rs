//! Days that were typed or stand on a roster, wherever the officer sits.

use std::process::{Command, Stdio};

use countersign::clock::{Clock as _, SystemClock};
use countersign::registry::PersonNumber;
use countersign::registry::person::Presence;
use countersign::store::registry::RegistryStore as _;
use countersign::store::registry::sqlite::SqliteRegistry;

use super::{Office, write};

/// A day that was typed in Berlin was told a day later in Tokyo, and by an officer there a day sooner in Los Angeles. Clocks
/// are named as POSIX does, so that no list of places is needed.
#[cfg(unix)]
#[test]
fn a_day_that_was_typed_is_the_same_day_in_every_zone() {
    let office = Office::new();
    let there = |zone: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(["hr", "--registry", "registry"]).args(arguments).current_dir(office.0.path());
        command.env("COUNTERSIGN_HOME", office.path("home")).env("TZ", zone).stdin(Stdio::null());
        let output = command.output().expect("the program");
        assert!(output.status.success(), "{zone} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let (berlin, tokyo, los_angeles, pago_pago, kiritimati) = ("CET-1", "JST-9", "PST8", "SST11", "LINT-14");
    let course = "app-data-and-byod";
    let kept = |day: &str| {
        let listed = there("UTC0", &["status", "--csv"]);
        assert!(listed.contains(day), "{listed}");
    };
    there(berlin, &["assign", "--course", course, "--due", "2099-12-18", "--to", "person=007", "--out", "a"]);
    there(
        los_angeles,
        &["assign", "--course", course, "--due", "2099-12-18", "--to", "person=012", "--out", "b"],
    );
    let until = ["--until", "2099-12-18", "--approver", "J. Doe", "--reason", "on leave"];
    there(tokyo, &[&["waive", "13", course][..], &until].concat());
    for instant in ["2099-12-18T22:59:59Z", "2099-12-19T07:59:59Z", "2099-12-18T14:59:59Z"] {
        kept(instant);
    }
    let far = [pago_pago, kiritimati, "BIT12"];
    let zones = [&[berlin, tokyo, los_angeles, "UTC0", "IST-5:30"][..], &far].concat();
    for zone in &zones {
        for (person, says) in
            [("007", "due on 2099-12-18;"), ("012", "due on 2099-12-18;"), ("13", "until 2099-12-18")]
        {
            let told = there(zone, &["person", person]);
            assert!(told.contains(says), "{zone} {told}");
            assert!(!told.contains("2099-12-17") && !told.contains("2099-12-19"), "{zone} {told}");
        }
        let told = there(zone, &["status"]) + &there(zone, &["waive", "--list"]);
        assert_eq!(told.matches("2099-12-18").count(), 4, "{zone} {told}");
    }
    // Typed where a day ends when another one does elsewhere, it was told there alone.
    for typed in far {
        let asked = ["assign", "--course", course, "--due", "2099-12-18", "--to", "person=007", "--again"];
        there(typed, &asked);
        for zone in &zones {
            let told = there(zone, &["person", "007"]);
            assert!(!told.contains("2099-12-17") && !told.contains("2099-12-19"), "{typed} {zone} {told}");
        }
    }
}

/// East of UTC the day is another one for some hours, and whoever had their last day was stored as gone: for good, since a roster that
/// says the same again changes nothing.
#[test]
#[cfg(unix)]
fn first_and_last_days_go_by_utc_wherever_the_officer_sits() {
    let office = Office::new();
    let import = |zone: &str, number: &str| {
        let today = SystemClock.now().date();
        write(&office.path("last.csv"), format!("number,name,leaves\n{number},Eve,{today}\n").as_bytes());
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["hr", "--registry", "registry", "roster", "import", "last.csv", "--yes"])
            .current_dir(office.0.path())
            .env("TZ", zone)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let stored = SqliteRegistry::open(&office.path("registry/registry.db")).expect("a registry");
        let number = PersonNumber::new(number).expect("a number");
        let dossier = stored.dossier(&number, SystemClock.now()).expect("read").expect("somebody");
        // Midnight UTC may have been in between.
        (dossier.roster.expect("of the roster").said == Presence::Active) || today != SystemClock.now().date()
    };
    assert!(import("UTC0", "70"));
    assert!(import("<+2359>-23:59", "71"));
    assert!(import("<-2359>+23:59", "72"));
}
