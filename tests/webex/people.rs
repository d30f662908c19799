//! Every request about people that the client can send, and what the bot writes to them, as Webex's OpenAPI has them.

use antesala::providers::video::webex::messages::{Addressee, Notice};
use antesala::providers::video::webex::people::{Grant, Login};
use antesala::providers::video::{Account, Video};
use serde_json::{Value, json};

use super::requests::{query, sent};
use super::webex::{BOT, LICENCE, SCARCE, SITE};
use super::{DOCTOR, signed_in};

#[tokio::test]
async fn a_person_is_found_or_made_and_never_made_twice() {
    let (fake, client, _) = signed_in().await;
    let (email, name) = ("carlos@hospital.example".parse().unwrap(), "Carlos Méndez".parse().unwrap());
    assert_eq!(client.account(&email).await, Account::Missing);
    let asked = sent(&fake, "GET", "people", Value::Null);
    assert_eq!(query(&asked), [("email", "carlos@hospital.example")]);

    let made = client.create_person(&email, &name, &[LICENCE.to_owned()]).await.unwrap();
    let body = json!({
        "emails": ["carlos@hospital.example"], "displayName": "Carlos Méndez", "licenses": [LICENCE], "siteUrls": [SITE],
    });
    sent(&fake, "POST", "people", body);
    assert_eq!(client.account(&email).await, Account::Found);
    assert_eq!(client.create_person(&email, &name, &[]).await.unwrap().id, made.id);
    assert_eq!(fake.asked("POST", "people").len(), 1);
}

#[tokio::test]
async fn a_person_is_replaced_with_all_that_is_known_of_them() {
    let (fake, client, _) = signed_in().await;
    let there = client.find_person(&DOCTOR.parse().unwrap()).await.unwrap().unwrap();
    client.rename_person(&there.id, &"Inés Soto Prado".parse().unwrap()).await.unwrap();
    let asked = fake.last();
    assert_eq!((asked.method.as_str(), asked.path), ("PUT", format!("people/{}", there.id)));
    assert_eq!(asked.body["displayName"], "Inés Soto Prado");
    assert_eq!(
        asked.body["avatar"], "https://avatar.example/unknown-to-the-house",
        "also what the house does not know"
    );
    assert_eq!(client.person(&there.id).await.unwrap().licenses, [LICENCE]);
    client.set_login(&there.id, Login::Refused).await.unwrap();
    assert_eq!(fake.last().body["loginEnabled"], json!(false));
}

#[tokio::test]
async fn licences_are_counted_and_what_was_granted_is_compared_with_what_was_asked() {
    let (fake, client, _) = signed_in().await;
    fake.add_person("first@hospital.example", &[SCARCE]);
    fake.add_person("second@hospital.example", &[LICENCE]);
    let licences = client.licences().await.unwrap();
    sent(&fake, "GET", "licenses", Value::Null);
    assert_eq!(licences.iter().map(|licence| licence.left()).collect::<Vec<_>>(), [48, 0]);

    let grant = Grant {
        add: vec![SCARCE.to_owned()],
        remove: vec![LICENCE.to_owned()],
        add_sites: vec![SITE.to_owned()],
        remove_sites: vec![],
    };
    let granted = client.grant(&"second@hospital.example".parse().unwrap(), &grant).await.unwrap();
    let body = json!({
        "email": "second@hospital.example",
        "licenses": [{ "id": SCARCE, "operation": "add" }, { "id": LICENCE, "operation": "remove" }],
        "siteUrls": [{ "siteUrl": SITE, "accountType": "host", "operation": "add" }],
    });
    sent(&fake, "PATCH", "licenses/users", body);
    assert!(granted.is_partial, "206");
    assert_eq!((granted.missing, granted.kept, granted.holds.len()), (vec![SCARCE.to_owned()], vec![], 0));
}

#[tokio::test]
async fn the_bot_writes_with_a_token_of_its_own() {
    let (fake, client, _) = signed_in().await;
    client.bot_is_known().await.unwrap();
    sent(&fake, "GET", "people/me", Value::Null);
    let room = client.open_room("Antesala").await.unwrap();
    sent(&fake, "POST", "rooms", json!({ "title": "Antesala" }));
    client.invite_to_room(&room, &DOCTOR.parse().unwrap()).await.unwrap();
    sent(&fake, "POST", "memberships", json!({ "roomId": room, "personEmail": DOCTOR, "isModerator": false }));
    client.invite_to_room(&room, &DOCTOR.parse().unwrap()).await.unwrap();

    let card = json!({ "type": "AdaptiveCard", "version": "1.3", "body": [] });
    let notice =
        Notice { text: "3 wait".to_owned(), markdown: Some("**3** wait".to_owned()), card: Some(card.clone()) };
    client.tell(&Addressee::Room(room.clone()), &notice).await.unwrap();
    let attachment = json!([{ "contentType": "application/vnd.microsoft.card.adaptive", "content": card }]);
    let body = json!({ "roomId": room, "text": "3 wait", "markdown": "**3** wait", "attachments": attachment });
    let asked = sent(&fake, "POST", "messages", body);
    assert_eq!(asked.authorization, Some(format!("Bearer {BOT}")));

    let plain = Notice { text: "3 wait".to_owned(), markdown: None, card: None };
    client.tell(&Addressee::Person(DOCTOR.parse().unwrap()), &plain).await.unwrap();
    sent(&fake, "POST", "messages", json!({ "toPersonEmail": DOCTOR, "text": "3 wait" }));
    assert_eq!(fake.rooms().messages.len(), 2);
}
