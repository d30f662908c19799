//! Every error Webex can give, and what the client makes of it.

use std::time::{Duration, Instant};

use antesala::config::WebexHost;
use antesala::domain::meeting::Obstacle;
use antesala::providers::video::webex::people::Grant;
use antesala::providers::video::{Circuit, Video, Webex};
use jiff::SignedDuration;
use secrecy::ExposeSecret;

use super::webex::{Mood, TRACKING};
use super::{DOCTOR, meeting, plan, sign_in, signed_in, signed_in_with};

async fn obstacle(client: &Webex) -> Obstacle {
    client.prepare(&plan(client), None).await.unwrap_err().obstacle
}

#[tokio::test]
async fn a_refusal_keeps_the_tracking_id_and_no_name() {
    let (_, client, _) = signed_in().await;
    let mut plan = plan(&client);
    plan.host = Some("nobody@hospital.example".parse().unwrap());
    let trouble = client.prepare(&plan, None).await.unwrap_err();
    assert_eq!((trouble.obstacle, trouble.status), (Obstacle::Forbidden, Some(403)));
    assert_eq!(trouble.tracking.as_deref(), Some(TRACKING));
    assert_eq!(trouble.said.as_deref(), Some("hostEmail is not a host of this site"));
    assert_eq!(trouble.to_string(), "forbidden, status 403, tracking id ROUTER_0000-TEST");
}

#[tokio::test]
async fn a_lacking_scope_is_forbidden() {
    let (fake, client, _) = signed_in().await;
    fake.state().scopes.clear();
    assert_eq!(obstacle(&client).await, Obstacle::Forbidden);
    assert_eq!(client.licences().await.unwrap_err().obstacle, Obstacle::Forbidden);
}

#[tokio::test]
async fn making_something_is_never_tried_twice() {
    let (fake, client, _) = signed_in().await;
    for (mood, expected, made) in [
        (Mood::HangUp, Obstacle::Lost, 0),
        (Mood::DoAndHangUp, Obstacle::Lost, 1),
        (Mood::Fail(500), Obstacle::Lost, 1),
        (Mood::Fail(502), Obstacle::Lost, 1),
        (Mood::TooMany(None), Obstacle::Busy, 1),
        (Mood::DoAndRefuse, Obstacle::Refused, 2),
    ] {
        let before = fake.asked("POST", "meetings").len();
        fake.moods(&[("meetings", mood)]);
        assert_eq!(obstacle(&client).await, expected, "{mood:?}");
        assert_eq!(fake.asked("POST", "meetings").len(), before + 1, "{mood:?}");
        assert_eq!(fake.meetings().len(), made, "{mood:?}");
        client.licences().await.unwrap();
    }
}

#[tokio::test]
async fn what_does_no_harm_twice_is_tried_once_more() {
    let (fake, client, _) = signed_in().await;
    fake.moods(&[("licenses", Mood::Fail(502))]);
    client.licences().await.unwrap();
    assert_eq!(fake.asked("GET", "licenses").len(), 2);
    fake.moods(&[("licenses", Mood::HangUp), ("licenses", Mood::Fail(503))]);
    let trouble = client.licences().await.unwrap_err();
    assert_eq!((trouble.obstacle, trouble.tracking.as_deref()), (Obstacle::Down, Some(TRACKING)), "from a header");
    assert_eq!(fake.asked("GET", "licenses").len(), 4);
    let room = meeting(&client).await;
    fake.moods(&[("meetings", Mood::DoAndHangUp)]);
    assert_eq!(client.delete_meeting(&room).await.unwrap_err().obstacle, Obstacle::NotFound);
    assert_eq!(fake.asked("DELETE", "meetings").len(), 2, "the second found nothing left");
}

#[tokio::test]
async fn patience_is_as_long_as_webex_asks() {
    let (fake, client, _) = signed_in().await;
    fake.moods(&[
        ("licenses", Mood::TooMany(Some(90))),
        ("licenses", Mood::TooMany(Some(0))),
        ("licenses", Mood::TooMany(None)),
    ]);
    for seconds in [90, 1, 5] {
        let trouble = client.licences().await.unwrap_err();
        assert_eq!((trouble.obstacle, trouble.after), (Obstacle::Busy, Some(SignedDuration::from_secs(seconds))));
    }
    assert_eq!(fake.asked("GET", "licenses").len(), 3, "none is repeated by itself");
}

#[tokio::test]
async fn a_quota_is_met_like_too_many_requests() {
    let (_, client, _) = signed_in().await;
    for _ in 0..100 {
        meeting(&client).await;
    }
    assert_eq!(obstacle(&client).await, Obstacle::Busy);
}

#[tokio::test]
async fn each_kind_of_site_needs_scopes_of_its_own() {
    for (host, scope) in [
        (WebexHost::Doctor, "meeting:admin_schedule_write"),
        (WebexHost::GuestToGuest, "meeting:schedules_write"),
        (WebexHost::GuestToGuest, "guest-meeting:rw"),
    ] {
        let (fake, client, _) = signed_in_with(|settings| settings.host = host).await;
        fake.state().is_guest_to_guest = host == WebexHost::GuestToGuest;
        meeting(&client).await;
        fake.state().scopes.remove(scope);
        assert_eq!(obstacle(&client).await, Obstacle::Forbidden, "{scope}");
    }
}

#[tokio::test]
async fn a_token_that_is_revoked_is_waited_for_and_used() {
    let (fake, client, clock) = signed_in().await;
    fake.state().tokens.access = None;
    let renewing = async {
        assert_eq!(client.bearer().is_wanted().await, 1, "of the first renewal");
        let renewed = client.renew(&"refresh-1".into()).await.unwrap();
        client.bearer().put(renewed.access, 2, clock.now() + renewed.access_lives);
    };
    let plan = plan(&client);
    let (made, ()) = tokio::join!(client.prepare(&plan, None), renewing);
    assert!(made.is_ok(), "a 401 was not done, so also a meeting may be asked for again");
    assert_eq!(fake.meetings().len(), 1);
}

#[tokio::test]
async fn without_a_token_nothing_is_asked() {
    let (fake, client, clock) = signed_in().await;
    clock.advance(SignedDuration::from_hours(24 * 15));
    let before = fake.state().asked.len();
    assert_eq!(obstacle(&client).await, Obstacle::SignedOut);
    assert_eq!(fake.state().asked.len(), before);
}

#[tokio::test]
async fn a_refresh_token_that_was_used_or_is_old_signs_out() {
    let (_, client, clock) = signed_in().await;
    let used = client.renew(client.first_refresh_token()).await.unwrap_err();
    assert_eq!((used.obstacle, used.code.as_deref()), (Obstacle::SignedOut, Some("invalid_grant")));
    clock.advance(SignedDuration::from_hours(24 * 91));
    let old = client.renew(&"refresh-1".into()).await.unwrap_err();
    assert_eq!(old.obstacle, Obstacle::SignedOut);
}

#[tokio::test]
async fn a_wrong_client_secret_signs_out() {
    let clock = antesala::clock::Clock::manual(super::now());
    let fake = super::FakeWebex::start(clock.clone());
    let mut settings = fake.settings(super::usual());
    settings.client_secret = Some("wrong".into());
    let client = Webex::new(&settings, "derived".into(), clock).unwrap().unwrap();
    let trouble = client.renew(client.first_refresh_token()).await.unwrap_err();
    assert_eq!((trouble.obstacle, trouble.code.as_deref()), (Obstacle::SignedOut, Some("invalid_client")));
}

#[tokio::test]
async fn a_person_who_was_made_in_spite_of_a_400_is_found() {
    let (fake, client, _) = signed_in().await;
    for (number, mood) in [Mood::DoAndRefuse, Mood::DoAndHangUp].into_iter().enumerate() {
        let email = format!("doctor{number}@hospital.example").parse().unwrap();
        // Not the look before, which is a GET of the same path.
        fake.moods(&[("people", Mood::Slow(Duration::ZERO)), ("people", mood)]);
        let made = client.create_person(&email, &"Eva Luna".parse().unwrap(), &[]).await.unwrap();
        assert_eq!(made.emails, [email.to_string()]);
    }
    assert_eq!(fake.asked("POST", "people").len(), 2);
    let (email, name) = ("eva@hospital.example".parse().unwrap(), "Eva Luna".parse().unwrap());
    let refused = client.create_person(&email, &name, &["none".to_owned()]).await.unwrap_err();
    assert_eq!(refused.obstacle, Obstacle::Refused);
}

#[tokio::test]
async fn what_happened_is_not_seen_at_once() {
    let (fake, client, clock) = signed_in().await;
    let room = meeting(&client).await;
    fake.state().lag = SignedDuration::from_mins(10);
    assert_eq!(client.meeting_state(&room).await.unwrap_err().obstacle, Obstacle::NotFound);
    clock.advance(SignedDuration::from_mins(10));
    assert_eq!(client.meeting_state(&room).await.unwrap().as_deref(), Some("active"));
}

#[tokio::test]
async fn a_meeting_in_progress_is_not_deleted() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    fake.begin(&room.id);
    let refusals =
        [(400, Obstacle::Refused), (403, Obstacle::Forbidden), (409, Obstacle::Conflict), (423, Obstacle::Conflict)];
    for (status, obstacle) in refusals {
        fake.state().refuses_to_delete_with = status;
        assert_eq!(client.delete_meeting(&room).await.unwrap_err().obstacle, obstacle, "{status}");
    }
}

#[tokio::test]
async fn webex_that_is_down_is_left_alone_for_a_while() {
    let (fake, client, clock) = signed_in().await;
    fake.state().is_down = true;
    for _ in 0..3 {
        assert_eq!(client.licences().await.unwrap_err().obstacle, Obstacle::Down);
    }
    assert!(matches!(client.health(), Circuit::Open { .. }));
    let before = fake.state().asked.len();
    assert_eq!(before, 1 + 5, "the breaker opened at the fifth");
    assert_eq!(obstacle(&client).await, Obstacle::Down, "nothing was sent, so nothing can be lost");
    assert_eq!(fake.state().asked.len(), before);

    fake.state().is_down = false;
    clock.advance(SignedDuration::from_secs(30));
    client.licences().await.unwrap();
    assert_eq!(client.health(), Circuit::Closed);
}

#[tokio::test]
async fn webex_that_cannot_be_reached_was_certainly_not_asked() {
    let (_, client, clock) = signed_in().await;
    let settings = antesala::config::WebexSettings {
        url: "http://127.0.0.1:1/v1".to_owned(),
        ..super::FakeWebex::start(clock.clone()).settings(super::usual())
    };
    let unreachable = Webex::new(&settings, "derived".into(), clock.clone()).unwrap().unwrap();
    let renewed = client.renew(&"refresh-1".into()).await.unwrap();
    unreachable.bearer().put(renewed.access, 1, clock.now() + renewed.access_lives);
    assert_eq!(obstacle(&unreachable).await, Obstacle::Down);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_lost() {
    let (fake, client, _) = signed_in().await;
    fake.moods(&[("meetings", Mood::Slow(Duration::from_secs(60)))]);
    let begun = Instant::now();
    assert_eq!(obstacle(&client).await, Obstacle::Lost);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_setting_that_webex_ignored_does_not_stop_a_meeting() {
    let (fake, client, _) = signed_in().await;
    fake.state().ignores_settings = true;
    assert!(client.prepare(&plan(&client), None).await.unwrap().is_some());
}

#[tokio::test]
async fn a_grant_for_somebody_unknown_is_not_found() {
    let (_, client, _) = signed_in().await;
    let grant = Grant { add: vec!["any".to_owned()], ..Grant::default() };
    let trouble = client.grant(&"nobody@hospital.example".parse().unwrap(), &grant).await.unwrap_err();
    assert_eq!(trouble.obstacle, Obstacle::NotFound);
}

#[tokio::test]
async fn without_a_bot_nothing_is_written() {
    let (fake, client, clock) = signed_in_with(|settings| settings.bot_token = None).await;
    assert!(!client.has_bot());
    assert_eq!(client.bot_is_known().await.unwrap_err().obstacle, Obstacle::NotSetUp);
    sign_in_again(&client, &clock).await;
    assert!(fake.rooms().messages.is_empty());
}

/// Renewing goes on with the newest refresh token.
async fn sign_in_again(client: &Webex, clock: &antesala::clock::Clock) {
    let renewed = client.renew(&"refresh-1".into()).await.unwrap();
    assert_eq!(renewed.refresh.expose_secret(), "refresh-2");
    client.bearer().put(renewed.access, 1, clock.now() + renewed.access_lives);
    client.find_person(&DOCTOR.parse().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_client_signs_in_with_what_it_was_set_up_with() {
    let clock = antesala::clock::Clock::manual(super::now());
    let fake = super::FakeWebex::start(clock.clone());
    let client = Webex::new(&fake.settings(super::usual()), "derived".into(), clock.clone()).unwrap().unwrap();
    assert_eq!(client.licences().await.unwrap_err().obstacle, Obstacle::SignedOut);
    sign_in(&client, &clock).await;
    client.licences().await.unwrap();
}
