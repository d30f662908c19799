//! `antesala check`: says in plain words what is wrong with the settings of messages, and names no secret but the address that
//! a gateway has to be told.

use std::path::Path;
use std::process::{Command, Output};

use antesala::clock::Clock;

use crate::app::on_each_with;
use crate::callbacks::{through_gateway, through_twilio};
use crate::jasmin::FakeJasmin;
use crate::stub::{Reaction, Stub};
use crate::twilio::{ACCOUNT, FakeTwilio, NUMBER, TOKEN};

/// A public address that leads to wherever a test says; by its name it leads nowhere.
const PUBLIC: &str = "http://visits.localhost:8080";

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

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

/// What a check says of callbacks when the public address leads to `port` of this machine.
fn check_through(port: u16, settings: &[(&str, &str)]) -> (bool, String) {
    let proxy = format!("http://127.0.0.1:{port}");
    let way = [("http_proxy", proxy.as_str()), ("no_proxy", "127.0.0.1"), ("ANTESALA_PUBLIC_URL", PUBLIC)];
    check(&[settings, &way].concat(), &[])
}

fn port_of(url: &str) -> u16 {
    url.rsplit(':').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_check_knocks_at_the_door_for_reports_of_twilio() {
    let twilio = FakeTwilio::start(Clock::system());
    let settings = [
        ("ANTESALA_SMS", "twilio"),
        ("ANTESALA_TWILIO_URL", twilio.url.as_str()),
        ("ANTESALA_TWILIO_ACCOUNT_SID", ACCOUNT),
        ("ANTESALA_TWILIO_AUTH_TOKEN", TOKEN),
        ("ANTESALA_TWILIO_FROM", NUMBER),
    ];
    on_each_with(through_twilio, async |app| {
        let (good, told) = check_through(app.port, &settings);
        let sentence = format!("Reports get through to {PUBLIC}/callbacks/twilio/status");
        assert!(good && told.contains(&sentence), "{told}");
    })
    .await;
    on_each_with(through_gateway, async |app| {
        let (good, told) = check_through(app.port, &settings);
        assert!(!good && told.contains("The server expects no reports of Twilio"), "{told}");
    })
    .await;
    for (status, body) in [(403, "<h1>Are you a browser?</h1>"), (302, ""), (200, "ok"), (404, "{}")] {
        let wall = Stub::start(move |request| {
            let is_life = request.path.ends_with("/livez");
            if is_life { Reaction::text(200, "alive") } else { Reaction::text(status, body) }
        });
        let (good, told) = check_through(port_of(&wall.url), &settings);
        let sentence = format!("is answered with {status}, and not by this program");
        assert!(!good && told.contains(&sentence), "{told}");
    }
}

#[tokio::test]
async fn a_check_tells_a_gateway_where_to_bring_what_people_answer() {
    let jasmin = FakeJasmin::start();
    let settings = [
        ("ANTESALA_SMS", "http"),
        ("ANTESALA_GATEWAY_URL", jasmin.url.as_str()),
        ("ANTESALA_GATEWAY_USERNAME", "hospital"),
        ("ANTESALA_GATEWAY_PASSWORD", "password"),
        ("ANTESALA_LINK_KEY", KEY),
    ];
    on_each_with(through_gateway, async |app| {
        let (good, told) = check_through(app.port, &settings);
        let address = format!("{PUBLIC}/callbacks/sms/{}", app.callback_secret());
        assert!(good && told.contains(&address) && told.contains("Reports of the gateway get through"), "{told}");
        let (good, told) = check_through(app.port, &settings[..4]);
        assert!(!good && told.contains("The server has another address for reports"), "{told}");
    })
    .await;
    let wall = Stub::start(|request| {
        let is_life = request.path.ends_with("/livez");
        if is_life { Reaction::text(200, "alive") } else { Reaction::text(403, "<h1>no</h1>") }
    });
    let (good, told) = check_through(port_of(&wall.url), &settings);
    assert!(!good && told.contains(&format!("{PUBLIC}/callbacks/sms/… is answered with 403")), "{told}");
}
