//! Reports as Webex sends them: what makes it stop, and what makes it go on.

use antesala::providers::video::Video;
use antesala::providers::video::webex::webhooks::Report;
use jiff::SignedDuration;
use serde_json::json;

use super::{meeting, signed_in};

/// Nobody listens there.
const TARGET: &str = "http://127.0.0.1:1/callbacks/webex/0123456789abcdef";

#[tokio::test]
async fn a_hundred_failures_within_five_minutes_disable_a_webhook_until_it_is_revived() {
    let (fake, client, clock) = signed_in().await;
    client.register(Report::MeetingStarted, TARGET).await.unwrap();
    let fails = || {
        fake.post("meetings", "started", &json!({ "id": "any" }));
        fake.hooks()[0].status
    };
    fake.state().hooks[0].failures = vec![clock.now(); 98];
    assert_eq!(fails(), "active", "the 99th");
    clock.advance(SignedDuration::from_mins(5));
    assert_eq!(fails(), "active", "those of before count no longer");
    fake.state().hooks[0].failures = vec![clock.now(); 99];
    assert_eq!(fails(), "inactive", "the 100th");
    let kept = client.webhooks().await.unwrap();
    assert!(!kept[0].is_active());
    client.revive(&kept[0], Report::MeetingStarted, TARGET).await.unwrap();
    assert_eq!(fails(), "active", "it begins anew");
}

#[tokio::test]
async fn ending_a_meeting_is_reported() {
    let (fake, client, _) = signed_in().await;
    client.register(Report::MeetingEnded, TARGET).await.unwrap();
    let room = meeting(&client).await;
    assert!(client.end(&room).await.is_err(), "it is not in progress");
    fake.begin(&room.id);
    client.end(&room).await.unwrap();
    fake.until("a report, which nobody takes", |fake| !fake.hooks()[0].failures.is_empty()).await;
}
