//! `antesala check` at Webex: each thing by itself, each failure with what to do about it, and no secret named.

use antesala::clock::Clock;
use jiff::SignedDuration;

use super::check::{check, check_in};
use crate::webex::{BOT, CLIENT, CLIENT_SECRET, FIRST_REFRESH, FakeWebex, ISSUER, ISSUER_SECRET, Mood, SITE};

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
        "guest-issuer:write: the service app may make guests",
        "meeting:admin_schedule_read: the service app may read meetings",
        "meeting:admin_schedule_write: the service app may make and change meetings",
        "meeting:participants_read: the service app may see who is in a meeting",
        "meeting:participants_write: the service app may let people in and out",
        "spark-admin:people_read: the service app may look people up",
        "spark-admin:people_write: the service app may give accounts and licences",
        "Webex reports 0 of 4 things here",
        "The bot is known at Webex, but has no room",
        "There is no browser SDK",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(fake.meetings().is_empty() && fake.hooks().is_empty(), "nothing is changed");
    assert!(fake.state().tokens.guests.is_empty() && fake.state().people.len() == 1, "nobody is made");
    assert_eq!(fake.state().creations.len(), 0, "nothing of the host's quota is used up");
    let asked = fake.asked("GET", "meetings");
    assert_eq!(asked[0].query["hostEmail"], "wards@hospital.example", "in the name of a host");
}

#[tokio::test]
async fn without_a_host_meetings_cannot_be_asked_for() {
    let fake = organisation();
    let (good, told) = told(&fake, ("ANTESALA_WEBEX_HOST_EMAIL", ""));
    assert!(good && told.contains("meeting:admin_schedule_read: could not be asked for"), "{told}");
}

#[tokio::test]
async fn with_an_issuer_the_service_app_need_not_make_guests() {
    let fake = organisation();
    fake.state().scopes.remove("guest-issuer:write");
    let mut settings = right(&fake);
    settings.push(("ANTESALA_WEBEX_ISSUER_ID", ISSUER.to_owned()));
    settings.push(("ANTESALA_WEBEX_ISSUER_SECRET", ISSUER_SECRET.to_owned()));
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (good, told) = check(&settings, &[]);
    assert!(good && told.contains("guest-issuer:write is not needed"), "{told}");
}

#[tokio::test]
async fn each_failure_says_what_to_do() {
    for (name, value, sentence) in [
        ("ANTESALA_WEBEX_REFRESH_TOKEN", "wrong", "Set a new ANTESALA_WEBEX_REFRESH_TOKEN"),
        ("ANTESALA_WEBEX_SITE", "other.webex.example", "Check ANTESALA_WEBEX_SITE in Control Hub"),
        ("ANTESALA_WEBEX_HOST_EMAIL", "nobody@hospital.example", "add it in Control Hub"),
        ("ANTESALA_WEBEX_BOT_TOKEN", "wrong", "does not accept ANTESALA_WEBEX_BOT_TOKEN"),
        ("ANTESALA_WEBEX_SDK_FILE", "/dev/null", "take umd/meetings.min.js"),
        ("ANTESALA_WEBEX_CLIENT_SECRET", "", "ANTESALA_WEBEX_CLIENT_SECRET is needed for Webex"),
        ("ANTESALA_WEBEX_CLIENT_SECRET", "wrong", "Check ANTESALA_WEBEX_CLIENT_ID and ANTESALA_WEBEX_CLIENT_SECRET"),
        ("ANTESALA_WEBEX_URL", "http://127.0.0.1:1/v1", "Does this machine reach it, and is ANTESALA_WEBEX_URL right?"),
    ] {
        let fake = organisation();
        let (good, told) = told(&fake, (name, value));
        assert!(!good && told.contains(sentence), "{sentence}: {told}");
    }
}

#[tokio::test]
async fn what_passes_by_itself_asks_for_no_new_token() {
    for (mood, sentence) in [
        (
            Mood::TooMany(Some(40)),
            "Webex is busy (busy, status 429, tracking id ROUTER_0000-TEST). Run this again after 40",
        ),
        (Mood::Fail(503), "Webex does not answer"),
        (Mood::Fail(404), "Is ANTESALA_WEBEX_URL that of Webex?"),
    ] {
        let fake = organisation();
        fake.moods(&[("access_token", mood)]);
        let (good, told) = told(&fake, ("NOTHING", ""));
        assert!(!good && told.contains(sentence), "{sentence}: {told}");
        assert!(!told.contains("ANTESALA_WEBEX_REFRESH_TOKEN"), "{told}");
    }
}

/// In one data folder, so that what is kept there is found again.
#[tokio::test]
async fn a_renewal_by_another_node_and_another_link_key_are_told_apart() {
    let fake = organisation();
    let folder = tempfile::tempdir().unwrap();
    let mut settings = right(&fake);
    let key = |letter: &str| ("ANTESALA_LINK_KEY", letter.repeat(43));
    settings.push(key("A"));
    let told = |settings: &[(&str, String)]| {
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        check_in(folder.path(), &settings, &[])
    };
    assert!(told(&settings).0);
    let change = |sql: &str| {
        let file = rusqlite::Connection::open(folder.path().join("antesala.db")).unwrap();
        assert_eq!(file.execute(sql, []).unwrap(), 1);
    };
    change("UPDATE webex_tokens SET access = NULL, access_until = NULL, leased_until = 9000000000000000");
    let (good, said) = told(&settings);
    assert!(good && said.contains("The server is renewing the tokens of Webex right now"), "{said}");
    change("UPDATE webex_tokens SET leased_until = 0");
    settings.pop();
    settings.push(key("E"));
    let (good, said) = told(&settings);
    assert!(!good && said.contains("were kept with another link key"), "{said}");
}

#[tokio::test]
async fn a_scope_that_lacks_is_named() {
    for (scope, act) in [
        ("guest-issuer:write", "make guests"),
        ("meeting:participants_read", "see who is in a meeting"),
        ("meeting:participants_write", "let people in and out"),
        ("spark-admin:licenses_read", "read licences"),
        ("spark-admin:people_read", "look people up"),
        ("spark-admin:people_write", "give accounts and licences"),
    ] {
        let fake = organisation();
        fake.state().scopes.remove(scope);
        let (good, told) = told(&fake, ("NOTHING", ""));
        let sentence = format!("The service app may not {act}. Give it {scope}, and let");
        assert!(!good && told.contains(&sentence), "{sentence}: {told}");
        assert_eq!(told.matches("WRONG").count(), 1, "{told}");
    }
    let fake = organisation();
    fake.state().scopes.remove("webhooks");
    let (good, told) = told(&fake, ("NOTHING", ""));
    assert!(!good && told.contains("may not read webhooks"), "{told}");
    for (scopes, sentence) in [
        (
            ["meeting:schedules_read", "meeting:admin_schedule_read"],
            "may not read meetings. Give it meeting:admin_schedule_read",
        ),
        (
            ["meeting:schedules_write", "meeting:admin_schedule_write"],
            "may not make and change meetings. Give it meeting:admin_schedule_write",
        ),
    ] {
        let fake = organisation();
        fake.state().scopes.retain(|scope| !scopes.contains(scope));
        let (good, told) = self::told(&fake, ("NOTHING", ""));
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
