//! Every request about tokens, guests and meetings that the client can send: method, path, headers and body, as Webex's
//! OpenAPI has them.

use antesala::config::WebexHost;
use antesala::domain::meeting::Window;
use antesala::providers::video::webex::meetings::{Measure, series_of};
use antesala::providers::video::webex::webhooks::Report;
use antesala::providers::video::{Account, Join, Joiner, Plan, Room, Video, Webex, WebexJoin};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::webex::{
    Asked, CLIENT, CLIENT_SECRET, FIRST_REFRESH, FakeWebex, ISSUER, ISSUER_SECRET, SITE, WEBHOOK_SECRET,
};
use super::{DOCTOR, meeting, now, plan, signed_in, signed_in_with};

/// The last request, which must be this one, with this body and nothing else.
pub(super) fn sent(fake: &FakeWebex, method: &str, path: &str, body: Value) -> Asked {
    let asked = fake.last();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), (method, path));
    assert_eq!(asked.body, body, "{method} {path}");
    let expected = if body.is_null() { None } else { Some("application/json") };
    assert_eq!(asked.content_type.as_deref(), expected, "{method} {path}");
    assert!(asked.authorization.as_deref().is_some_and(|proof| proof.starts_with("Bearer ")), "{method} {path}");
    asked
}

pub(super) fn query(asked: &Asked) -> Vec<(&str, &str)> {
    asked.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn joiner() -> Joiner {
    Joiner {
        subject: "antesala-1".to_owned(),
        name: "Ana P.".to_owned(),
        until: now() + SignedDuration::from_hours(1),
        now: now(),
    }
}

async fn join(client: &Webex) -> WebexJoin {
    let room = meeting(client).await;
    match client.join(&joiner(), Some(&room)).await.unwrap() {
        Join::Webex(join) => *join,
        Join::Direct { .. } => unreachable!("Webex joins at Webex"),
    }
}

#[tokio::test]
async fn tokens_are_renewed_by_a_form() {
    let (fake, client, _) = signed_in().await;
    let asked = fake.last();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "access_token"));
    assert_eq!(asked.content_type.as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.authorization, None);
    let form = [
        ("client_id", CLIENT),
        ("client_secret", CLIENT_SECRET),
        ("grant_type", "refresh_token"),
        ("refresh_token", FIRST_REFRESH),
    ];
    assert_eq!(asked.form, form.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let renewed = client.renew(&"refresh-1".into()).await.unwrap();
    assert_eq!((renewed.access_lives.as_hours(), renewed.refresh_lives.as_hours()), (14 * 24, 90 * 24));
    assert_eq!(renewed.refresh.expose_secret(), "refresh-2");
}

#[tokio::test]
async fn a_guest_comes_from_the_service_app() {
    let (fake, client, _) = signed_in().await;
    let join = join(&client).await;
    sent(&fake, "POST", "guests/token", json!({ "subject": "antesala-1", "displayName": "Ana P." }));
    assert!(join.token.expose_secret().len() > 2000, "kept whole");
    assert_eq!(join.expires_at, now() + SignedDuration::from_hours(1), "never longer than the invitation");
    assert_eq!(join.guest.email.as_deref(), Some("antesala-1@guest.webex.example"));
    assert!(join.destination.ends_with(SITE) && join.password.is_some());
}

#[tokio::test]
async fn a_guest_comes_from_an_issuer() {
    let (fake, client, _) = signed_in_with(|settings| {
        settings.issuer_id = Some(ISSUER.to_owned());
        settings.issuer_secret = Some(ISSUER_SECRET.into());
    })
    .await;
    let join = join(&client).await;
    let asked = sent(&fake, "POST", "jwt/login", Value::Null);
    let proof = asked.authorization.unwrap();
    let claims = proof.strip_prefix("Bearer ").unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let end = now().as_second() + 3600;
    assert_eq!(claims, json!({ "sub": "antesala-1", "name": "Ana P.", "iss": ISSUER, "exp": end }));
    assert_eq!(join.token.expose_secret(), "issued-1");
    assert_eq!(join.expires_at.as_second(), end);
}

#[tokio::test]
async fn a_token_that_webex_gives_for_less_time_is_used_for_less() {
    let (_, client, _) = signed_in().await;
    let room = meeting(&client).await;
    let long = Joiner { until: now() + SignedDuration::from_hours(48), ..joiner() };
    let Join::Webex(join) = client.join(&long, Some(&room)).await.unwrap() else { unreachable!("Webex") };
    assert_eq!(join.expires_at, now() + SignedDuration::from_secs(64_799));
}

#[tokio::test]
async fn a_meeting_is_made_closed_to_the_public_and_silent() {
    let (fake, client, _) = signed_in().await;
    let plan = plan(&client);
    let room = client.prepare(&plan, None).await.unwrap().unwrap();
    let body = json!({
        "title": plan.title, "start": "2026-11-23T17:00:00Z", "end": "2026-11-23T17:30:00Z", "timezone": "UTC",
        "enabledJoinBeforeHost": false, "joinBeforeHostMinutes": 0, "unlockedMeetingJoinSecurity": "allowJoinWithLobby",
        "publicMeeting": false, "sendEmail": false, "allowAnyUserToBeCoHost": false,
        "integrationTags": [plan.visit.to_string()], "hostEmail": DOCTOR, "siteUrl": SITE,
    });
    let asked = sent(&fake, "POST", "meetings", body);
    assert_eq!(query(&asked), []);
    assert_eq!(room.host.as_deref(), Some(DOCTOR));
    assert_eq!(room.password.unwrap().expose_secret(), "BgJep@43");
}

#[tokio::test]
async fn on_a_guest_to_guest_site_nobody_is_named_as_host() {
    let (fake, client, _) = signed_in_with(|settings| settings.host = WebexHost::GuestToGuest).await;
    fake.state().is_guest_to_guest = true;
    let room = client.prepare(&plan(&client), None).await.unwrap().unwrap();
    let asked = fake.last();
    assert_eq!((asked.body.get("hostEmail"), &asked.body["siteUrl"]), (None, &json!(SITE)));
    let links = client.links(&room, DOCTOR, "Inés Soto").await.unwrap();
    assert!(links.start.is_some(), "whoever starts it gets the link, licensed or not");
    assert_eq!(fake.last().body["hostEmail"], json!(room.host.unwrap()));
    assert_eq!(client.account(&DOCTOR.parse().unwrap()).await, Account::NotNeeded);
}

#[tokio::test]
async fn a_meeting_is_moved_as_a_change() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    let later = Window::of(now() + SignedDuration::from_hours(4), 45, now());
    let plan = Plan { window: later, ..plan(&client) };
    let moved = client.prepare(&plan, Some(&room)).await.unwrap().unwrap();
    let body = json!({
        "title": plan.title, "start": "2026-11-23T19:00:00Z", "end": "2026-11-23T19:45:00Z", "timezone": "UTC",
        "sendEmail": false, "hostEmail": DOCTOR,
    });
    sent(&fake, "PATCH", &format!("meetings/{}", room.id), body);
    assert_eq!(moved.id, room.id);
    assert_eq!(fake.meetings()[0].body["integrationTags"].as_array().unwrap().len(), 1, "the rest stays");
}

#[tokio::test]
async fn the_content_type_of_a_change_can_be_set() {
    let (fake, client, _) =
        signed_in_with(|settings| settings.patch_type = "application/merge-patch+json".to_owned()).await;
    let room = meeting(&client).await;
    client.prepare(&plan(&client), Some(&room)).await.unwrap_err();
    assert_eq!(fake.last().content_type.as_deref(), Some("application/merge-patch+json"));
}

#[tokio::test]
async fn a_meeting_is_read_found_and_deleted() {
    let (fake, client, _) = signed_in().await;
    let plan = plan(&client);
    let room = client.prepare(&plan, None).await.unwrap().unwrap();
    assert_eq!(client.meeting_state(&room).await.unwrap().as_deref(), Some("active"));
    let asked = sent(&fake, "GET", &format!("meetings/{}", room.id), Value::Null);
    assert_eq!(query(&asked), [("hostEmail", DOCTOR)]);

    let found = client.find_meeting(plan.visit, Some(DOCTOR)).await.unwrap().unwrap();
    let asked = sent(&fake, "GET", "meetings", Value::Null);
    assert_eq!(query(&asked), [("hostEmail", DOCTOR), ("integrationTag", &*plan.visit.to_string())]);
    assert_eq!(found.id, room.id);

    assert_eq!(client.meetings_in_progress(None).await.unwrap(), 0);
    let asked = sent(&fake, "GET", "meetings", Value::Null);
    assert_eq!(query(&asked), [("meetingType", "meeting"), ("state", "inProgress")]);

    client.delete_meeting(&room).await.unwrap();
    let asked = sent(&fake, "DELETE", &format!("meetings/{}", room.id), Value::Null);
    assert_eq!(query(&asked), [("hostEmail", DOCTOR), ("sendEmail", "false")]);
    assert!(fake.meetings().is_empty());
}

#[tokio::test]
async fn an_answer_that_tells_nothing_but_an_id_is_completed() {
    let (fake, client, _) = signed_in().await;
    fake.state().says_only_ids = true;
    let plan = plan(&client);
    let room = client.prepare(&plan, None).await.unwrap().unwrap();
    let asked = sent(&fake, "GET", &format!("meetings/{}", room.id), Value::Null);
    assert_eq!(query(&asked), [("hostEmail", DOCTOR)], "whose it was asked for");
    assert!(room.sip_address.is_some() && room.web_link.is_some() && room.password.is_some());

    let bare = Room { sip_address: None, web_link: None, password: None, host: None, ..room.clone() };
    let moved = client.prepare(&plan, Some(&bare)).await.unwrap().unwrap();
    assert_eq!((&moved.sip_address, moved.host.as_deref()), (&room.sip_address, Some(DOCTOR)));

    fake.state().lag = SignedDuration::from_mins(9);
    let unseen = client.prepare(&super::plan(&client), None).await.unwrap().unwrap();
    assert_eq!((unseen.has_destination(), unseen.host.as_deref()), (false, Some(DOCTOR)), "it is there all the same");
}

#[tokio::test]
async fn a_meeting_is_ended_with_a_reason_that_names_nobody() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    fake.begin(&room.id);
    client.end(&room).await.unwrap();
    sent(&fake, "POST", &format!("meetings/{}/end", room.id), json!({ "reason": "The visit is over." }));
}

#[tokio::test]
async fn links_are_asked_for_and_not_followed() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    let of_host = client.links(&room, DOCTOR, "Inés Soto").await.unwrap();
    let body = json!({
        "meetingId": room.id, "joinDirectly": false, "email": DOCTOR, "displayName": "Inés Soto", "expirationMinutes": 30,
        "hostEmail": DOCTOR,
    });
    sent(&fake, "POST", "meetings/join", body);
    assert!(of_host.start.unwrap().expose_secret().contains("/start/"));
    let of_guest = client.links(&room, "somebody@guest.example", "Ana P.").await.unwrap();
    assert!(of_guest.start.is_none() && of_guest.join.is_some());
}

#[tokio::test]
async fn people_in_the_lobby_are_listed_let_in_silenced_and_sent_away() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    fake.begin(&room.id);
    fake.come(&room.id, "ana@guest.example");
    let there = client.attendees(&room).await.unwrap();
    let asked = sent(&fake, "GET", "meetingParticipants", Value::Null);
    assert_eq!(query(&asked), [("meetingId", &*room.id)]);
    assert_eq!((there[0].state.as_deref(), there[0].email.as_deref()), (Some("lobby"), Some("ana@guest.example")));

    client.admit(&[there[0].id.clone()]).await.unwrap();
    let items = json!({ "items": [{ "participantId": there[0].id }] });
    sent(&fake, "POST", "meetingParticipants/admit", items);
    for (measure, body) in [
        (Measure::Mute, json!({ "muted": true })),
        (Measure::Admit, json!({ "admit": true })),
        (Measure::Expel, json!({ "expel": true })),
    ] {
        client.measure(&there[0].id, measure).await.unwrap();
        sent(&fake, "PUT", &format!("meetingParticipants/{}", there[0].id), body);
    }
    assert_eq!(client.attendees(&room).await.unwrap()[0].state.as_deref(), Some("end"));
}

#[tokio::test]
async fn more_people_than_webex_lets_in_at_once_are_let_in_by_turns() {
    let (fake, client, _) = signed_in().await;
    let room = meeting(&client).await;
    for number in 0..101 {
        fake.come(&room.id, &format!("guest{number}@guest.example"));
    }
    fake.state().page_size = 40;
    let there = client.attendees(&room).await.unwrap();
    assert_eq!(there.len(), 101, "three pages, whose addresses hold max=null");
    assert!(fake.asked("GET", "meetingParticipants").iter().all(|asked| !asked.query.contains_key("max")));
    client.admit(&there.into_iter().map(|attendee| attendee.id).collect::<Vec<_>>()).await.unwrap();
    assert_eq!(fake.asked("POST", "meetingParticipants/admit").len(), 2);
}

#[tokio::test]
async fn each_report_is_registered_by_itself() {
    let (fake, client, _) = signed_in().await;
    let target = "http://127.0.0.1:1/callbacks/webex";
    for report in Report::ALL {
        client.register(*report, target).await.unwrap();
        let (resource, event) = report.parts();
        let body = json!({
            "name": format!("Antesala: {report}"), "targetUrl": target, "resource": resource, "event": event,
            "secret": WEBHOOK_SECRET, "ownedBy": "org",
        });
        sent(&fake, "POST", "webhooks", body);
    }
    let hooks = client.webhooks().await.unwrap();
    let asked = sent(&fake, "GET", "webhooks", Value::Null);
    assert_eq!(query(&asked), [("max", "100"), ("ownedBy", "org")]);
    assert_eq!(
        hooks.iter().map(|hook| hook.report()).collect::<Vec<_>>(),
        Report::ALL.iter().copied().map(Some).collect::<Vec<_>>()
    );

    client.revive(&hooks[0], Report::MeetingStarted, target).await.unwrap();
    let body = json!({ "name": "Antesala: meetings started", "targetUrl": target, "status": "active" });
    sent(&fake, "PUT", &format!("webhooks/{}", hooks[0].id), body);
    client.unregister(&hooks[0]).await.unwrap();
    sent(&fake, "DELETE", &format!("webhooks/{}", hooks[0].id), Value::Null);
    assert_eq!(fake.hooks().len(), 3);
}

#[test]
fn ids_of_series_occurrences_and_instances_belong_together() {
    for id in ["abc", "abc_20191101T120000Z", "abc_I_17"] {
        assert_eq!(series_of(id), "abc");
    }
}
