//! `antesala check` at Webex: each thing by itself, each failure with what to do about it, and no secret named.

use antesala::clock::Clock;
use jiff::SignedDuration;

use super::check::check;
use crate::webex::{BOT, CLIENT, CLIENT_SECRET, FIRST_REFRESH, FakeWebex, SITE};

fn right(fake: &FakeWebex) -> Vec<(&'static str, String)> {
    let own = |text: &str| text.to_owned();
    vec![
        ("ANTESALA_WEBEX_URL", fake.url.clone()),
        ("ANTESALA_WEBEX_CLIENT_ID", own(CLIENT)),
        ("ANTESALA_WEBEX_CLIENT_SECRET", own(CLIENT_SECRET)),
        ("ANTESALA_WEBEX_REFRESH_TOKEN", own(FIRST_REFRESH)),
        ("ANTESALA_WEBEX_SITE", own(SITE)),
        ("ANTESALA_WEBEX_HOST_EMAIL", own("wards@hospital.example")),
        ("ANTESALA_WEBEX_BOT_TOKEN", own(BOT)),
        ("ANTESALA_PUBLIC_URL", own("https://video.hospital.invalid")),
    ]
}

fn organisation() -> FakeWebex {
    let fake = FakeWebex::start(Clock::system());
    fake.add_host("wards@hospital.example");
    fake
}

fn told(fake: &FakeWebex, change: (&'static str, &str)) -> (bool, String) {
    let mut settings = right(fake);
    settings.retain(|(name, _)| *name != change.0);
    if !change.1.is_empty() {
        settings.push((change.0, change.1.to_owned()));
    }
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (good, told) = check(&settings, &[]);
    for secret in [CLIENT_SECRET, FIRST_REFRESH, BOT, "access-1"] {
        assert!(!told.contains(secret), "{told}");
    }
    (good, told)
}

#[tokio::test]
async fn all_that_is_right_is_said() {
    let fake = organisation();
    let (good, told) = told(&fake, ("NOTHING", ""));
    assert!(good, "{told}");
    for part in [
        "the access token lasts 13 more days, the refresh token 89",
        "The site hospital.webex.example belongs to the organisation",
        "1 of 50 taken",
        "The host of tele-visits has an account",
        "Meetings can be read",
        "Webex reports 0 of 4 things here",
        "The bot is known at Webex, but has no room",
        "There is no browser SDK",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(fake.meetings().is_empty() && fake.hooks().is_empty(), "nothing is changed");
}

#[tokio::test]
async fn each_failure_says_what_to_do() {
    for (name, value, sentence) in [
        ("ANTESALA_WEBEX_REFRESH_TOKEN", "wrong", "set a new ANTESALA_WEBEX_REFRESH_TOKEN"),
        ("ANTESALA_WEBEX_SITE", "other.webex.example", "Check ANTESALA_WEBEX_SITE in Control Hub"),
        ("ANTESALA_WEBEX_HOST_EMAIL", "nobody@hospital.example", "add it in Control Hub"),
        ("ANTESALA_WEBEX_BOT_TOKEN", "wrong", "does not accept ANTESALA_WEBEX_BOT_TOKEN"),
        ("ANTESALA_WEBEX_SDK_FILE", "/dev/null", "take umd/meetings.min.js"),
        ("ANTESALA_WEBEX_CLIENT_SECRET", "", "ANTESALA_WEBEX_CLIENT_SECRET is needed for Webex"),
        ("ANTESALA_WEBEX_URL", "http://127.0.0.1:1/v1", "does not accept the service app"),
    ] {
        let fake = organisation();
        let (good, told) = told(&fake, (name, value));
        assert!(!good && told.contains(sentence), "{sentence}: {told}");
    }
}

#[tokio::test]
async fn a_scope_that_lacks_is_named() {
    for (scope, sentence) in [
        ("spark-admin:licenses_read", "may not ask for licences. Give it spark-admin:licenses_read"),
        ("spark-admin:people_read", "may not ask for people. Give it spark-admin:people_read"),
        ("webhooks", "may not ask for webhooks"),
    ] {
        let fake = organisation();
        fake.state().scopes.remove(scope);
        let (good, told) = told(&fake, ("NOTHING", ""));
        assert!(!good && told.contains(sentence), "{sentence}: {told}");
    }
}

#[tokio::test]
async fn an_alarm_is_raised_two_weeks_before_the_end() {
    let fake = organisation();
    fake.state().refresh_lives = SignedDuration::from_hours(24 * 13);
    let (good, told) = told(&fake, ("NOTHING", ""));
    assert!(!good && told.contains("the refresh token 12: set a new ANTESALA_WEBEX_REFRESH_TOKEN soon"), "{told}");
}
