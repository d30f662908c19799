//! Accounts at Webex: found or made, given what was chosen, closed with the door here; and what is kept of each failure.

use antesala::domain::account::{Chosen, Outcome, Standing, Wanted};
use antesala::domain::ids::StaffId;
use antesala::domain::meeting::Obstacle;
use antesala::domain::staff::Role;
use antesala::store::staff::roster;
use antesala::store::webex_people::accounts::{Align, Wish};
use antesala::store::webex_people::{accounts, jobs, licences};
use antesala::store::{Batch, StoreError};
use futures_util::future::join;

use crate::webex::{LICENCE, Mood, SCARCE, SITE};
use crate::{House, INES, houses, names};

impl House {
    /// They shall have nothing from here any more, and be out at Webex or not.
    async fn ask_back(&self, staff: StaffId, wanted: Wanted) {
        let before = accounts::find(&self.store, staff).await.unwrap();
        let seen = before.as_ref().map(|account| account.rev);
        let held = before.map(|account| account.held).unwrap_or_default();
        let mut batch = Batch::new();
        let (chosen, align) = (Chosen::default(), Align::default());
        accounts::wish(&mut batch, &Wish { staff, seen, wanted, chosen, held, align });
        self.store.write(batch).await.unwrap();
        self.see_to_accounts().await;
    }

    fn may_sign_in_there(&self, email: &str) -> bool {
        self.fake.person(email).unwrap().body.get("loginEnabled") != Some(&false.into())
    }
}

#[tokio::test]
async fn a_doctor_is_made_there_and_given_what_was_chosen() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        assert_eq!(house.account(ines).await.standing(), Standing::AskedFor, "{}", house.engine());
        assert_eq!(house.see_to_accounts().await, 1, "{}", house.engine());
        let account = house.account(ines).await;
        assert_eq!(account.standing(), Standing::Ended(Outcome::Granted), "{}", house.engine());
        assert_eq!(account.held.licences, names(&[LICENCE]), "{}", house.engine());
        let there = house.fake.person(INES).unwrap();
        assert_eq!((there.licences, there.sites), (vec![LICENCE.to_owned()], vec![SITE.to_owned()]));
        assert_eq!((account.person, account.address.as_deref()), (Some(there.id), Some(INES)));
        assert_eq!(account.next_try_at, None);
        assert_eq!(house.see_to_accounts().await, 0, "it is not done again: {}", house.engine());
    }
}

#[tokio::test]
async fn who_is_there_already_is_found_and_keeps_the_rest() {
    for house in houses().await {
        house.fake.add_person(INES, &["licence-calling"]);
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        assert_eq!(house.held_there(INES), ["licence-calling", LICENCE], "{}", house.engine());
        assert!(house.fake.asked("POST", "people").is_empty(), "nobody is made twice");
        // Another choice takes back what came from here, and nothing else.
        house.ask_for(ines, &[SCARCE]).await;
        house.see_to_accounts().await;
        assert_eq!(house.held_there(INES), ["licence-calling", SCARCE], "{}", house.engine());
        assert_eq!(house.account(ines).await.held.licences, names(&[SCARCE]), "{}", house.engine());
    }
}

#[tokio::test]
async fn out_of_licences_is_told_and_asked_again_until_there_is_one() {
    for house in houses().await {
        house.fake.add_person("first@hospital.example", &[SCARCE]);
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE, SCARCE]).await;
        house.see_to_accounts().await;
        let account = house.account(ines).await;
        assert_eq!(account.standing(), Standing::Ended(Outcome::OutOfLicences), "{}", house.engine());
        assert_eq!((account.missing, account.held.licences), (names(&[SCARCE]), names(&[LICENCE])));
        assert_eq!(house.see_to_accounts().await, 0, "not at once: {}", house.engine());
        house.fake.state().people.retain(|person| person.email == INES);
        house.pass(15 * 60);
        assert_eq!(house.see_to_accounts().await, 1, "{}", house.engine());
        let account = house.account(ines).await;
        assert_eq!(account.standing(), Standing::Ended(Outcome::Granted), "{}", house.engine());
        assert_eq!(account.held.licences, names(&[LICENCE, SCARCE]), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_400_that_made_somebody_is_looked_up() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        // Twice they are looked up; then they are made.
        let at_once = Mood::Slow(std::time::Duration::ZERO);
        house.fake.moods(&[("people", at_once), ("people", at_once), ("people", Mood::DoAndRefuse)]);
        house.see_to_accounts().await;
        assert_eq!(house.account(ines).await.standing(), Standing::Ended(Outcome::Granted), "{}", house.engine());
        assert_eq!(house.fake.asked("POST", "people").len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn every_failure_is_kept_in_our_words_and_tried_again() {
    for house in houses().await {
        for (mood, obstacle) in [
            (Mood::Fail(403), Obstacle::Forbidden),
            (Mood::Fail(409), Obstacle::Conflict),
            (Mood::Fail(423), Obstacle::Conflict),
            (Mood::Fail(404), Obstacle::NotFound),
            (Mood::Fail(400), Obstacle::Refused),
            (Mood::TooMany(Some(60)), Obstacle::Busy),
        ] {
            let email = format!("{}@hospital.example", antesala::domain::ids::StaffId::mint());
            let staff = house.hire("Inés Soto", &email, Role::Doctor).await;
            house.ask_for(staff, &[LICENCE]).await;
            // More than once: a request that may be repeated is.
            house.fake.moods(&[("licenses/users", mood); 4]);
            house.see_to_accounts().await;
            let account = house.account(staff).await;
            assert_eq!(account.standing(), Standing::Failed(obstacle), "{mood:?} {}", house.engine());
            assert!(account.next_try_at.unwrap() > house.clock.now(), "{mood:?}");
            house.fake.state().moods.clear();
            house.pass(600);
            house.see_to_accounts().await;
            let standing = house.account(staff).await.standing();
            assert_eq!(standing, Standing::Ended(Outcome::Granted), "{mood:?} {}", house.engine());
        }
    }
}

#[tokio::test]
async fn webex_down_loses_no_wish() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.fake.state().is_down = true;
        house.see_to_accounts().await;
        assert_eq!(house.account(ines).await.standing(), Standing::Failed(Obstacle::Down), "{}", house.engine());
        house.fake.state().is_down = false;
        house.pass(600);
        house.see_to_accounts().await;
        assert_eq!(house.account(ines).await.standing(), Standing::Ended(Outcome::Granted), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_door_here_closes_and_opens_the_one_there() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.fake.add_person(INES, &["licence-calling"]);
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;

        roster::disable(&house.store, ada, ines).await.unwrap();
        assert_eq!(house.account(ines).await.standing(), Standing::AskedBack, "{}", house.engine());
        house.see_to_accounts().await;
        let account = house.account(ines).await;
        assert_eq!(account.standing(), Standing::Ended(Outcome::TakenBack), "{}", house.engine());
        assert!(account.held.is_empty(), "{}", house.engine());
        let there = house.fake.person(INES).unwrap();
        assert_eq!(
            (there.licences, there.body["loginEnabled"].as_bool()),
            (vec!["licence-calling".to_owned()], Some(false))
        );

        roster::enable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        let there = house.fake.person(INES).unwrap();
        assert_eq!(there.body["loginEnabled"].as_bool(), Some(true), "{}", house.engine());
        assert_eq!(house.held_there(INES), ["licence-calling", LICENCE], "{}", house.engine());
        assert_eq!(house.account(ines).await.wanted, Wanted::Account, "{}", house.engine());
    }
}

#[tokio::test]
async fn who_has_nothing_from_here_keeps_their_way_in_there() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let declined = house.hire("Inés Soto", INES, Role::Doctor).await;
        let released = house.hire("Bruno Paz", "bruno@hospital.example", Role::Doctor).await;
        let mut batch = Batch::new();
        accounts::decline(&mut batch, declined);
        house.store.write(batch).await.unwrap();
        house.fake.add_person(INES, &["licence-calling"]);
        house.ask_for(released, &[LICENCE]).await;
        house.see_to_accounts().await;
        house.ask_back(released, Wanted::Released).await;
        for (staff, email) in [(declined, INES), (released, "bruno@hospital.example")] {
            roster::disable(&house.store, ada, staff).await.unwrap();
            house.see_to_accounts().await;
            assert!(house.may_sign_in_there(email), "{email} {}", house.engine());
            roster::enable(&house.store, ada, staff).await.unwrap();
            house.see_to_accounts().await;
            assert!(house.may_sign_in_there(email), "{email} {}", house.engine());
        }
    }
}

#[tokio::test]
async fn who_was_shut_out_there_by_choice_is_let_in_with_the_door_here() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.fake.add_person(INES, &["licence-calling"]);
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.ask_back(ines, Wanted::Closed).await;
        assert!(!house.may_sign_in_there(INES), "{}", house.engine());
        roster::enable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert!(house.may_sign_in_there(INES), "{}", house.engine());
        assert_eq!(house.account(ines).await.wanted, Wanted::Released, "{}", house.engine());
        // They still have nothing from here, so the next time it is theirs again.
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert!(house.may_sign_in_there(INES), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_way_in_that_others_shut_stays_shut() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.fake.add_person(INES, &["licence-calling"]);
        house.fake.state().people[0].body["loginEnabled"] = false.into();
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.ask_back(ines, Wanted::Closed).await;
        roster::enable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert!(!house.may_sign_in_there(INES), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_door_that_opens_and_closes_at_once_stays_closed_there() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.fake.add_person(INES, &[]);
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.ask_back(ines, Wanted::Closed).await;
        roster::enable(&house.store, ada, ines).await.unwrap();
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert!(!house.may_sign_in_there(INES), "{}", house.engine());
        roster::enable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert!(house.may_sign_in_there(INES), "{}", house.engine());
    }
}

#[tokio::test]
async fn who_never_was_there_has_nothing_to_take_back() {
    for house in houses().await {
        let ada = house.hire("Ada Luna", "ada@hospital.example", Role::Admin).await;
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        roster::disable(&house.store, ada, ines).await.unwrap();
        house.see_to_accounts().await;
        assert_eq!(house.account(ines).await.standing(), Standing::Ended(Outcome::TakenBack), "{}", house.engine());
        assert!(house.fake.person(INES).is_none(), "nobody is made in order to be put out: {}", house.engine());
    }
}

#[tokio::test]
async fn two_nodes_see_to_each_wish_once() {
    for house in houses().await {
        for number in 0..4 {
            let staff = house.hire("Inés Soto", &format!("d{number}@hospital.example"), Role::Doctor).await;
            house.ask_for(staff, &[LICENCE]).await;
        }
        let (one, other) = join(house.see_to_accounts(), house.see_to_accounts()).await;
        assert_eq!(one + other, 4, "{}", house.engine());
        assert_eq!(house.fake.asked("POST", "people").len(), 4, "{}", house.engine());
    }
}

#[tokio::test]
async fn who_has_not_seen_the_newest_wish_overwrites_nothing() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        let before = house.account(ines).await;
        house.ask_for(ines, &[SCARCE]).await;
        let newest = house.account(ines).await;
        for seen in [None, Some(before.rev)] {
            let mut batch = Batch::new();
            let (wanted, chosen, held) = (Wanted::Released, Chosen::default(), before.held.clone());
            accounts::wish(&mut batch, &Wish { staff: ines, seen, wanted, chosen, held, align: Align::default() });
            let late = house.store.write(batch).await;
            assert!(matches!(late, Err(StoreError::Conflict)), "{seen:?} {}: {late:?}", house.engine());
        }
        assert_eq!(house.account(ines).await, newest, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_wish_that_comes_meanwhile_is_not_lost() {
    for house in houses().await {
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        let now = house.clock.now();
        let until = now + jiff::SignedDuration::from_mins(5);
        let job = jobs::lease(&house.store, now, until, 1).await.unwrap().remove(0);
        house.ask_for(ines, &[SCARCE]).await;
        let late = jobs::put_off(&house.store, &job, (Obstacle::Down, None), until, now).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", house.engine());
        assert_eq!(house.see_to_accounts().await, 1, "the newer one is due at once: {}", house.engine());
        assert_eq!(house.held_there(INES), [SCARCE], "{}", house.engine());
    }
}

#[tokio::test]
async fn licences_are_read_for_pages_and_again_once_one_was_given() {
    for house in houses().await {
        house.work.read_licences().await.unwrap();
        let known = licences::known(&house.store).await.unwrap();
        let used = |known: &licences::Known| known.licences.iter().map(|one| (one.used, one.total)).collect::<Vec<_>>();
        assert_eq!((used(&known), known.read_at), (vec![(0, 50), (0, 1)], Some(house.clock.now())));
        house.work.read_licences().await.unwrap();
        assert_eq!(house.fake.asked("GET", "licenses").len(), 1, "not twice in ten minutes: {}", house.engine());
        let ines = house.hire("Inés Soto", INES, Role::Doctor).await;
        house.ask_for(ines, &[LICENCE]).await;
        house.see_to_accounts().await;
        house.work.read_licences().await.unwrap();
        assert_eq!(used(&licences::known(&house.store).await.unwrap()), [(1, 50), (0, 1)], "{}", house.engine());
        house.fake.state().is_down = true;
        house.pass(600);
        house.work.read_licences().await.unwrap();
        let known = licences::known(&house.store).await.unwrap();
        assert_eq!((known.licences.len(), known.obstacle), (2, Some(Obstacle::Down)), "old ones stay");
    }
}
