//! `antesala check`: says in plain words what is wrong with the settings of messages, and names no secret.

use std::path::Path;
use std::process::{Command, Output};

use antesala::clock::Clock;

use crate::twilio::{ACCOUNT, FakeTwilio, NUMBER, TOKEN};

pub(crate) fn check(settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
    check_in(tempfile::tempdir().unwrap().path(), settings, arguments)
}

/// With this data folder.
pub(crate) fn check_in(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_antesala"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANTESALA_") || name == "DATABASE_URL") {
        command.env_remove(name);
    }
    command.arg("check").args(arguments).envs(settings.iter().copied());
    command.env("ANTESALA_DATA", folder).current_dir(folder);
    let Output { status, stdout, stderr } = command.output().unwrap();
    let told = [stdout, stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    assert!(!told.contains(TOKEN), "{told}");
    (status.success(), told)
}

#[tokio::test]
async fn a_check_tells_what_is_right_and_what_is_not() {
    let twilio = FakeTwilio::start(Clock::system());
    let right = [
        ("ANTESALA_SMS", "twilio"),
        ("ANTESALA_TWILIO_URL", twilio.url.as_str()),
        ("ANTESALA_TWILIO_ACCOUNT_SID", ACCOUNT),
        ("ANTESALA_TWILIO_AUTH_TOKEN", TOKEN),
        ("ANTESALA_TWILIO_FROM", NUMBER),
        ("ANTESALA_PUBLIC_URL", "https://video.hospital.invalid"),
    ];
    let (good, told) = check(&right, &["--send-test", "+525512345678"]);
    assert!(good, "{told}");
    for part in [
        "Twilio accepts the credentials",
        "The sender is a number of this account",
        "does not answer from here",
        "took the test message as SM",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(twilio.taken()[0].to, "+525512345678");

    let with = |name, value| right.map(|(known, held)| (known, if known == name { value } else { held }));
    for (settings, sentence) in [
        (with("ANTESALA_TWILIO_ACCOUNT_SID", "AC2"), "Twilio refuses the credentials"),
        (with("ANTESALA_TWILIO_FROM", "+15005550007"), "is no number of this account"),
        (with("ANTESALA_TWILIO_URL", "http://127.0.0.1:1"), "Twilio does not answer"),
        (with("ANTESALA_PUBLIC_URL", "http://localhost:8080"), "is this machine only"),
    ] {
        let (good, told) = check(&settings, &[]);
        assert!(!good && told.contains(sentence), "{sentence}: {told}");
    }
    let (good, told) = check(&with("ANTESALA_TWILIO_FROM", "+15005550007"), &["--send-test", "+525512345678"]);
    assert!(!good && told.contains("(21606): credentials or sender are wrong"), "{told}");
    let (good, told) = check(&right[..4], &[]);
    assert!(!good && told.contains("ANTESALA_TWILIO_FROM or ANTESALA_TWILIO_MESSAGING_SERVICE is needed"), "{told}");
    assert_eq!(twilio.taken().len(), 1);
}

#[tokio::test]
async fn without_a_provider_a_check_says_that_nothing_leaves() {
    let (good, told) = check(&[], &[]);
    assert!(good && told.contains("do not leave this server"), "{told}");
    assert!(!check(&[], &["--send-test", "+525512345678"]).0);
    assert!(!check(&[], &["--send-test", "5512345678"]).0, "a number needs its country");
}
