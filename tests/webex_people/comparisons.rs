//! Both sides compared: read page by page, also by a worker that dies; each difference made equal by choice, or left.

use antesala::domain::account::differences::{Fate, Kind};
use antesala::domain::account::{Standing, Wanted};
use antesala::domain::ids::{ComparisonId, StaffId};
use antesala::domain::meeting::Obstacle;
use antesala::domain::staff::Role;
use antesala::store::staff::roster;
use antesala::store::webex_people::accounts::{self, Align, Wish};
use antesala::store::webex_people::comparisons::{self, Stage};
use antesala::store::webex_people::differences::{self, Kept};
use antesala::store::{Batch, StoreError};

use crate::webex::{LICENCE, Mood, SCARCE};
use crate::{House, INES, houses, names};

impl House {
    async fn compare(&self, by: StaffId) -> ComparisonId {
        let id = ComparisonId::mint();
        comparisons::ask(&self.store, id, by, self.clock.now()).await.unwrap();
        while self.work.read_a_page().await.unwrap() {}
        id
    }

    async fn found(&self, id: ComparisonId) -> Vec<Kept> {
        differences::page(&self.store, id, 0, 100).await.unwrap()
    }

    async fn choose(&self, kept: &Kept, fate: Fate) {
        let mut batch = Batch::new();
        differences::decide(&mut batch, kept.id, fate);
        self.store.write(batch).await.unwrap();
    }
}

fn kinds(found: &[Kept]) -> Vec<Kind> {
    found.iter().map(|kept| kept.difference.kind).collect()
}

#[tokio::test]
async fn a_large_organisation_is_read_page_by_page() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        for number in 0..250 {
            // Every tenth holds a licence that this house gives.
            let licences: &[&str] = if number % 10 == 0 { &[LICENCE] } else { &["licence-calling"] };
            house.fake.add_person(&format!("p{number:03}@other.example"), licences);
        }
        house.fake.state().page_size = 100;
        let id = ComparisonId::mint();
        comparisons::ask(&house.store, id, ada, house.clock.now()).await.unwrap();
        let twice = comparisons::ask(&house.store, ComparisonId::mint(), ada, house.clock.now()).await;
        assert!(matches!(twice, Err(StoreError::Duplicate)), "one at a time: {twice:?} {}", house.engine());
        let mut seen = Vec::new();
        while house.work.read_a_page().await.unwrap() {
            let now = comparisons::newest(&house.store).await.unwrap().unwrap();
            seen.push((now.people, now.stage));
        }
        let expected = [(100, Stage::Reading), (200, Stage::Reading), (251, Stage::Done)];
        assert_eq!(seen, expected, "{}", house.engine());
        let found = house.found(id).await;
        assert_eq!(found.len(), 25, "only those with this house's licences: {}", house.engine());
        assert!(found.iter().all(|kept| kept.difference.kind == Kind::UnknownHere && kept.fate == Fate::Open));
        let second = differences::page(&house.store, id, 20, 20).await.unwrap();
        assert_eq!(
            second.iter().map(|kept| kept.id).collect::<Vec<_>>(),
            found.iter().skip(20).map(|kept| kept.id).collect::<Vec<_>>()
        );
        let left = house.store.read("SELECT person_id FROM webex_people", Vec::new()).await.unwrap();
        assert!(left.is_empty(), "whom it was found in is forgotten: {}", house.engine());
    }
}

#[tokio::test]
async fn a_page_that_fails_is_read_again_and_says_why_meanwhile() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        house.fake.state().is_down = true;
        let id = house.compare_once(ada).await;
        let now = comparisons::newest(&house.store).await.unwrap().unwrap();
        assert_eq!((now.stage, now.obstacle), (Stage::Reading, Some(Obstacle::Down)), "{}", house.engine());
        assert!(!house.work.read_a_page().await.unwrap(), "not at once");
        house.fake.state().is_down = false;
        house.pass(600);
        assert!(house.work.read_a_page().await.unwrap());
        let now = comparisons::newest(&house.store).await.unwrap().unwrap();
        assert_eq!((now.id, now.stage, now.obstacle), (id, Stage::Done, None), "{}", house.engine());
    }
}

impl House {
    /// Asks for one, and tries its first page.
    async fn compare_once(&self, by: StaffId) -> ComparisonId {
        let id = ComparisonId::mint();
        comparisons::ask(&self.store, id, by, self.clock.now()).await.unwrap();
        assert!(self.work.read_a_page().await.unwrap());
        id
    }
}

#[tokio::test]
async fn a_page_that_webex_has_forgotten_begins_the_reading_anew() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        house.fake.add_person("x@other.example", &[LICENCE]);
        house.fake.add_person("y@other.example", &[LICENCE]);
        house.fake.state().page_size = 2;
        for (status, obstacle) in [(400, Obstacle::Refused), (404, Obstacle::NotFound)] {
            let id = house.compare_once(ada).await;
            house.fake.moods(&[("people", Mood::Fail(status))]);
            assert!(house.work.read_a_page().await.unwrap());
            let now = comparisons::newest(&house.store).await.unwrap().unwrap();
            assert_eq!((now.people, now.stage), (0, Stage::Reading), "{}", house.engine());
            assert_eq!(now.obstacle, Some(obstacle), "{}", house.engine());
            // Some of those who were read before are gone by the time they are read again.
            house.fake.state().people.retain(|person| person.email != "x@other.example");
            house.pass(60);
            while house.work.read_a_page().await.unwrap() {}
            let found = house.found(id).await;
            assert_eq!(kinds(&found), [Kind::UnknownHere], "{}", house.engine());
            house.fake.add_person("x@other.example", &[LICENCE]);
        }
    }
}

#[tokio::test]
async fn a_worker_that_died_holds_nothing_up() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let (now, id) = (house.clock.now(), ComparisonId::mint());
        comparisons::ask(&house.store, id, ada, now).await.unwrap();
        let until = now + jiff::SignedDuration::from_mins(5);
        let dead = comparisons::lease(&house.store, now, until).await.unwrap().unwrap();
        assert!(!house.work.read_a_page().await.unwrap(), "it is in other hands: {}", house.engine());
        house.pass(5 * 60);
        assert!(house.work.read_a_page().await.unwrap(), "{}", house.engine());
        let late = comparisons::finish(&house.store, &dead, 1, &[], until).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", house.engine());
    }
}

#[tokio::test]
async fn licences_are_taken_from_a_stranger_only_by_choice() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        house.fake.add_person("x@other.example", &[LICENCE, "licence-calling"]);
        house.fake.add_person("y@other.example", &[LICENCE]);
        let id = house.compare(ada).await;
        let found = house.found(id).await;
        assert_eq!(kinds(&found), [Kind::UnknownHere; 2], "{}", house.engine());
        assert_eq!(house.work.take_back().await.unwrap(), 0, "nobody chose: {}", house.engine());
        house.choose(&found[0], Fate::Asked).await;
        house.choose(&found[1], Fate::Left).await;
        house.fake.moods(&[("licenses/users", Mood::Fail(403))]);
        assert_eq!(house.work.take_back().await.unwrap(), 1, "{}", house.engine());
        let failed = differences::find(&house.store, found[0].id).await.unwrap().unwrap();
        assert_eq!((failed.fate, failed.obstacle), (Fate::Failed, Some(Obstacle::Forbidden)), "{}", house.engine());
        house.pass(600);
        house.work.take_back().await.unwrap();
        assert_eq!(house.found(id).await.iter().map(|kept| kept.fate).collect::<Vec<_>>(), [Fate::Done, Fate::Left]);
        assert_eq!(house.held_there("x@other.example"), ["licence-calling"], "{}", house.engine());
        assert_eq!(house.held_there("y@other.example"), [LICENCE], "{}", house.engine());
    }
}

#[tokio::test]
async fn what_an_admin_chose_for_staff_shows_what_became_of_it() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        // At Webex somebody gave them another name, another address and another licence.
        {
            let mut state = house.fake.state();
            state.people[0].email = "i.soto@hospital.example".to_owned();
            state.people[0].body["emails"] = serde_json::json!(["i.soto@hospital.example"]);
            state.people[0].body["displayName"] = "I. Soto".into();
            state.people[0].licences = vec!["licence-calling".to_owned()];
        }
        let id = house.compare(ada).await;
        let found = house.found(id).await;
        assert_eq!(kinds(&found), [Kind::Licences, Kind::Address, Kind::Name], "{}", house.engine());
        assert_eq!(found[0].difference.missing, names(&[LICENCE]), "{}", house.engine());
        for (kept, align) in
            [(&found[1], Align { address: true, name: false }), (&found[2], Align { address: false, name: true })]
        {
            let mut batch = Batch::new();
            differences::decide(&mut batch, kept.id, Fate::Asked);
            let before = house.account(ines).await;
            let (staff, seen, wanted) = (ines, Some(before.rev), Wanted::Account);
            let (held, chosen) = (before.chosen.clone(), before.chosen);
            accounts::wish(&mut batch, &Wish { staff, seen, wanted, chosen, held, align });
            house.store.write(batch).await.unwrap();
        }
        house.see_to_accounts().await;
        let there = house.fake.person("i.soto@hospital.example").unwrap();
        assert_eq!(there.body["displayName"], "Inés Soto", "{}", house.engine());
        assert_eq!(there.body["emails"][0], INES, "the second wish forgot nothing of the first: {}", house.engine());
        let fates: Vec<_> = house.found(id).await.iter().map(|kept| kept.fate).collect();
        assert!(fates[0] == Fate::Open, "nobody chose the licences: {}", house.engine());
        assert!(!matches!(house.account(ines).await.standing(), Standing::AskedFor));
    }
}

#[tokio::test]
async fn a_disabled_doctor_who_is_active_there_is_told() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.fake.add_person(INES, &[SCARCE]);
        roster::disable(&house.store, ada, ines).await.unwrap();
        let found = house.found(house.compare(ada).await).await;
        assert_eq!(kinds(&found), [Kind::StillActive], "{}", house.engine());
        assert_eq!(found[0].name.as_ref().unwrap().to_string(), "Inés Soto");
    }
}
