//! What admins set for the hospital: over what the program was started with, guarded, and known on every node.

use antesala::domain::hospital::{ByLanguage, Consent, Hospital, Logo, Setting};
use antesala::domain::ids::StaffId;
use antesala::domain::person::Language;
use antesala::domain::service::Services;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::hospital::{self, Editor, Live};
use antesala::store::staff::{self, NewStaff};
use antesala::store::{Batch, Store, StoreError};
use futures_util::future::join_all;
use jiff::Timestamp;

use super::database::stores;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn started() -> Hospital {
    let (name, zone, country) = ("Hospital San Telmo", "America/Mexico_City", "MX");
    Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap())
}

async fn admin(store: &Store) -> StaffId {
    let member = StaffMember {
        id: StaffId::mint(),
        email: "ada@hospital.example".parse().unwrap(),
        name: "Ada Rey".parse().unwrap(),
        role: Role::Admin,
        ward: None,
        language: Language::Spanish,
        zone: "America/Mexico_City".to_owned(),
        services: Services::NONE,
    };
    let id = member.id;
    staff::insert(store, &NewStaff { member, password_hash: "hash".to_owned(), created_at: NOW }).await.unwrap();
    id
}

async fn rows(store: &Store) -> i64 {
    store.read_one("SELECT COUNT(*) FROM settings", vec![]).await.unwrap().unwrap().int(0).unwrap()
}

#[tokio::test]
async fn a_row_is_kept_for_what_differs_from_the_start() {
    for at in stores().await {
        let by = admin(&at.store).await;
        let fresh = hospital::read(&at.store, &started()).await.unwrap();
        assert_eq!((&fresh.hospital, fresh.rev, fresh.changed), (&started(), 1, None), "{}", at.engine);

        let wanted = started().with(Setting::Zone, "America/Tijuana").unwrap().with(Setting::LinkLead, "20").unwrap();
        hospital::save(&at.store, Editor { by, at: NOW, seen: 1 }, &started(), &wanted).await.unwrap();
        let stored = hospital::read(&at.store, &started()).await.unwrap();
        assert_eq!((&stored.hospital, stored.rev, rows(&at.store).await), (&wanted, 2, 2), "{}", at.engine);
        assert_eq!(stored.changed, Some(("Ada Rey".parse().unwrap(), NOW)), "{}", at.engine);
        let renamed = started().with(Setting::Name, "Clínica del Mar").unwrap();
        let name = hospital::read(&at.store, &renamed).await.unwrap().hospital.name;
        assert_eq!(name, renamed.name, "{}: what has no row follows the start", at.engine);

        hospital::save(&at.store, Editor { by, at: NOW, seen: 2 }, &started(), &started()).await.unwrap();
        assert_eq!(rows(&at.store).await, 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn of_many_who_saw_the_same_one_saves() {
    for at in stores().await {
        let by = admin(&at.store).await;
        let wanted: Vec<_> =
            (1..=10).map(|months| started().with(Setting::KeepAudit, &months.to_string()).unwrap()).collect();
        let outcomes =
            join_all(wanted.iter().map(async |wanted| {
                hospital::save(&at.store, Editor { by, at: NOW, seen: 1 }, &started(), wanted).await
            }))
            .await;
        let saved = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Conflict))).count();
        assert_eq!((saved, told), (1, 9), "{}: {outcomes:?}", at.engine);
    }
}

#[tokio::test]
async fn another_node_knows_once_it_looks() {
    for at in stores().await {
        let by = admin(&at.store).await;
        let (here, there) = (Live::started_as(started()), Live::started_as(started()));
        let elsewhere = at.reopened().await;
        there.look_again(&elsewhere).await.unwrap();
        let wanted = started().with(Setting::Name, "Clínica del Mar").unwrap();
        hospital::save(&at.store, Editor { by, at: NOW, seen: 1 }, here.started(), &wanted).await.unwrap();
        here.look_again(&at.store).await.unwrap();
        assert_eq!((here.now().name.as_str(), there.now().name.as_str()), ("Clínica del Mar", "Hospital San Telmo"));
        there.look_again(&elsewhere).await.unwrap();
        assert_eq!(*there.now(), wanted, "{}", at.engine);
    }
}

#[tokio::test]
async fn a_value_nobody_can_read_leaves_its_setting_as_started() {
    for at in stores().await {
        let mut batch = Batch::new();
        batch.run("INSERT INTO settings (name, value) VALUES ('zone', 'America/Atlantis'), ('gone', 'x')", vec![]);
        at.store.write(batch).await.unwrap();
        let stored = hospital::read(&at.store, &started()).await.unwrap();
        assert_eq!(stored.hospital, started(), "{}", at.engine);
    }
}

#[tokio::test]
async fn consents_are_versions_and_the_newest_counts() {
    for at in stores().await {
        let by = admin(&at.store).await;
        let texts = |word: &str| ByLanguage::try_each(|language| format!("{word} {language}\n\nFin.").parse()).unwrap();
        let editor = |seen| Editor { by, at: NOW, seen };
        assert_eq!(hospital::read(&at.store, &started()).await.unwrap().hospital.consent, Consent::built_in());
        hospital::add_consent(&at.store, editor(1), 1, &texts("uno")).await.unwrap();
        let stale = hospital::add_consent(&at.store, editor(1), 1, &texts("otro")).await;
        assert!(matches!(stale, Err(StoreError::Conflict | StoreError::Duplicate)), "{}: {stale:?}", at.engine);
        hospital::add_consent(&at.store, editor(2), 2, &texts("dos")).await.unwrap();
        let newest = hospital::read(&at.store, &started()).await.unwrap().hospital.consent;
        assert_eq!(newest, Consent { version: 3, texts: Some(texts("dos")) }, "{}", at.engine);
        let all = hospital::consents(&at.store).await.unwrap();
        let listed: Vec<_> = all.iter().map(|one| (one.version, one.texts.clone(), one.by.to_string())).collect();
        let by = || "Ada Rey".to_owned();
        assert_eq!(listed, [(3, texts("dos"), by()), (2, texts("uno"), by())], "{}", at.engine);
    }
}

#[tokio::test]
async fn one_logo_is_in_use_at_a_time() {
    for at in stores().await {
        let by = admin(&at.store).await;
        let editor = |seen| Editor { by, at: NOW, seen };
        let logo = |mark: u8| Logo::read(vec![0xFF, 0xD8, 0xFF, mark, 0xFF, 0xD9]).unwrap();
        hospital::replace_logo(&at.store, editor(1), "first", &logo(1)).await.unwrap();
        hospital::replace_logo(&at.store, editor(2), "second", &logo(2)).await.unwrap();
        assert_eq!(hospital::find_logo(&at.store, "first").await.unwrap(), None, "{}", at.engine);
        let (kind, image) = hospital::find_logo(&at.store, "second").await.unwrap().unwrap();
        assert_eq!((kind, image.as_slice()), (logo(2).kind(), logo(2).image()), "{}", at.engine);
        let used = hospital::read(&at.store, &started()).await.unwrap().hospital.logo;
        assert_eq!(used.as_deref(), Some("second"), "{}", at.engine);
        assert!(matches!(hospital::remove_logo(&at.store, editor(2)).await, Err(StoreError::Conflict)));
        hospital::remove_logo(&at.store, editor(3)).await.unwrap();
        assert_eq!(hospital::read(&at.store, &started()).await.unwrap().hospital.logo, None, "{}", at.engine);
    }
}
