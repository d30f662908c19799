//! Settings that cannot work are refused with a sentence, before anything is asked.

use antesala::clock::Clock;
use antesala::config::{WebexHost, WebexSettings};
use antesala::domain::meeting::Obstacle;
use antesala::providers::video::Webex;

use super::webex::{CLIENT, ISSUER, ISSUER_SECRET, SITE};
use super::{DOCTOR, now, usual};

fn right() -> WebexSettings {
    WebexSettings {
        client_id: Some(CLIENT.to_owned()),
        client_secret: Some("secret".into()),
        refresh_token: Some("token".into()),
        site: Some(SITE.to_owned()),
        ..usual()
    }
}

fn read(settings: &WebexSettings) -> Result<Option<Webex>, String> {
    Webex::new(settings, "derived".into(), Clock::manual(now())).map_err(|error| error.to_string())
}

#[test]
fn without_anything_there_is_no_webex() {
    assert!(matches!(read(&usual()), Ok(None)));
    assert!(matches!(read(&right()), Ok(Some(_))));
}

#[test]
fn what_does_not_fit_together_is_said() {
    type Wish = fn(&mut WebexSettings);
    let cases: [(Wish, &str); 19] = [
        (|settings| settings.client_secret = None, "ANTESALA_WEBEX_CLIENT_SECRET is needed"),
        (|settings| settings.client_secret = Some(" ".into()), "ANTESALA_WEBEX_CLIENT_SECRET is needed"),
        (|settings| settings.refresh_token = None, "ANTESALA_WEBEX_REFRESH_TOKEN is needed"),
        (|settings| settings.client_id = None, "does nothing without ANTESALA_WEBEX_CLIENT_ID"),
        (|settings| settings.site = Some("https://hospital.webex.com".to_owned()), "write the host alone"),
        (|settings| (settings.host, settings.site) = (WebexHost::GuestToGuest, None), "without ANTESALA_WEBEX_SITE"),
        (|settings| settings.host_email = Some("nobody".to_owned()), "write an address"),
        (
            |settings| (settings.host, settings.host_email) = (WebexHost::GuestToGuest, Some(DOCTOR.to_owned())),
            "nobody is the host",
        ),
        (|settings| settings.issuer_id = Some(ISSUER.to_owned()), "ANTESALA_WEBEX_ISSUER_SECRET is needed"),
        (|settings| settings.issuer_secret = Some(ISSUER_SECRET.into()), "ANTESALA_WEBEX_ISSUER_ID is needed"),
        (
            |settings| {
                (settings.issuer_id, settings.issuer_secret) = (Some(ISSUER.to_owned()), Some("no base64!".into()))
            },
            "it is not base64",
        ),
        (
            |settings| *settings = WebexSettings { issuer_id: Some(ISSUER.to_owned()), ..usual() },
            "a guest issuer makes guests only",
        ),
        (|settings| settings.url = "http://webexapis.com/v1".to_owned(), "write an https address"),
        (|settings| settings.url = "webexapis.com".to_owned(), "write an https address"),
        (|settings| settings.patch_type = "json".to_owned(), "write it as application/json"),
        (|settings| settings.sdk_url = Some("https://cdn.example/sdk.js".to_owned()), "SDK_INTEGRITY is needed"),
        (|settings| settings.sdk_url = Some("http://cdn.example/sdk.js".to_owned()), "an https address only"),
        (|settings| settings.sdk_integrity = Some("sha384-x".to_owned()), "without ANTESALA_WEBEX_SDK_URL"),
        (
            |settings| {
                settings.sdk_url = Some("https://cdn.example/sdk.js".to_owned());
                settings.sdk_integrity = Some("md5-abc".to_owned());
            },
            "write it as sha384-",
        ),
    ];
    for (wish, sentence) in cases {
        let mut settings = right();
        wish(&mut settings);
        let said = read(&settings).map(|_| ()).unwrap_err();
        assert!(said.contains(sentence), "{said:?} says nothing of {sentence:?}");
    }
}

#[test]
fn a_visit_without_a_doctor_needs_a_host_of_its_own() {
    let client = read(&right()).unwrap().unwrap();
    let doctor = DOCTOR.parse().unwrap();
    assert_eq!(client.host_for(Some(&doctor)).unwrap(), Some(doctor.clone()));
    assert_eq!(client.host_for(None).unwrap_err().obstacle, Obstacle::NoHost);
    let wards = WebexSettings { host_email: Some("wards@hospital.example".to_owned()), ..right() };
    let client = read(&wards).unwrap().unwrap();
    assert_eq!(client.host_for(None).unwrap(), Some("wards@hospital.example".parse().unwrap()));
    let shared = WebexSettings { host: WebexHost::GuestToGuest, ..right() };
    assert_eq!(read(&shared).unwrap().unwrap().host_for(Some(&doctor)).unwrap(), None);
}

#[test]
fn no_secret_is_printed() {
    let printed = format!("{:?}", right());
    assert!(!printed.contains("\"secret\"") && !printed.contains("\"token\""), "{printed}");
}
