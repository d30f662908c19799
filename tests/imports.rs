//! A file that was handed in, from its rows to people, step by step, on both engines: killed, stopped, and by two at once.
//!
//! Never waits: each step is taken by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;

use antesala::clock::Clock;
use antesala::domain::ids::{ImportId, PatientId, StaffId};
use antesala::domain::import::{Stage, Subject, Tally};
use antesala::domain::patient::Care;
use antesala::domain::person::Language;
use antesala::domain::service::Services;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::imports::{self, Import, NewRow, Sorted};
use antesala::store::patients::{self, Patient};
use antesala::store::staff::{self, NewStaff};
use antesala::store::{Store, StoreError};
use antesala::workers::imports::{Imports, LEASE, Step, step};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use database::stores;

struct House {
    worker: Imports,
    clock: Clock,
    clerk: StaffId,
}

impl House {
    async fn new(store: &Store) -> Self {
        let clock = Clock::manual("2026-11-23T15:00:00Z".parse().unwrap());
        let clerk = StaffId::mint();
        let member = StaffMember {
            id: clerk,
            email: "celia@hospital.example".parse().unwrap(),
            name: "Celia Prado".parse().unwrap(),
            role: Role::Clerk,
            ward: None,
            language: Language::Spanish,
            zone: "America/Mexico_City".to_owned(),
            services: Services::ALL,
        };
        staff::insert(store, &NewStaff::invited(member, clock.now())).await.unwrap();
        Self { worker: Imports { store: store.clone(), clock: clock.clone() }, clock, clerk }
    }

    /// Hands in patients of these names, each with one relative.
    async fn handed_in(&self, names: impl IntoIterator<Item = String>) -> ImportId {
        let header = ["name", "born", "relative 1 name", "relative 1 relation", "relative 1 phone"].map(str::to_owned);
        let rows: Vec<NewRow> = (1..)
            .zip(names)
            .map(|(position, name)| NewRow {
                position,
                line: position + 1,
                handle: None,
                folded: Some(name.to_lowercase()),
                born: Some("1950-02-11".to_owned()),
                faults: Vec::new(),
                cells: [&name, "1950-02-11", "Rosa Cruz", "hija", "5512345678"].map(str::to_owned).into(),
            })
            .collect();
        let store = &self.worker.store;
        let import = Import {
            id: ImportId::mint(),
            subject: Subject::Patients,
            stage: Stage::Receiving,
            header: header.into(),
            language: Language::Spanish,
            country: "MX".parse().ok(),
            zone: "America/Mexico_City".to_owned(),
            tally: Tally { total: rows.len().try_into().unwrap(), ..Tally::default() },
            created_by: self.clerk,
            created_at: self.clock.now(),
            rev: 1,
        };
        imports::insert(store, &import).await.unwrap();
        imports::put(store, import.id, &rows).await.unwrap();
        imports::receive(store, import.id).await.unwrap();
        import.id
    }

    async fn step(&self) -> Step {
        step(&self.worker).await.unwrap()
    }

    /// Takes every step there is.
    async fn settle(&self) {
        while self.step().await == Step::Taken {}
    }

    async fn state(&self, id: ImportId) -> (Stage, Tally) {
        let import = imports::find(&self.worker.store, id).await.unwrap().unwrap().import;
        (import.stage, import.tally)
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.worker.store.read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap()
    }

    /// How many patients there are, how many relatives, and how many different names.
    async fn people(&self) -> [i64; 3] {
        [
            self.count("SELECT COUNT(*) FROM patients").await,
            self.count("SELECT COUNT(*) FROM relatives").await,
            self.count("SELECT COUNT(DISTINCT folded) FROM patients").await,
        ]
    }

    async fn rows(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM import_rows").await
    }
}

/// Different names.
fn names(count: u8) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("Paciente {}{}", char::from(b'a' + number / 26), char::from(b'a' + number % 26)))
}

fn tally(total: u64, known: u64, faulty: u64, registered: u64) -> Tally {
    Tally { total, checked: total, known, faulty, registered }
}

#[tokio::test]
async fn nothing_is_registered_before_somebody_says_so() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let id = house.handed_in(names(3).chain(["12".to_owned()])).await;
        assert_eq!(house.state(id).await.0, Stage::Checking, "{}", at.engine);
        house.settle().await;
        assert_eq!(house.state(id).await, (Stage::Checked, tally(4, 0, 1, 0)), "{}", at.engine);
        assert_eq!(house.people().await, [0; 3], "{}", at.engine);

        imports::begin_registering(&at.store, id).await.unwrap();
        let again = imports::begin_registering(&at.store, id).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{}: {again:?}", at.engine);
        house.settle().await;
        assert_eq!(house.state(id).await, (Stage::Done, tally(4, 0, 1, 3)), "{}", at.engine);
        assert_eq!(house.people().await, [3; 3], "{}", at.engine);
        assert_eq!(house.rows().await, 1, "{}: only what is to be corrected is kept", at.engine);
    }
}

#[tokio::test]
async fn a_worker_that_is_killed_between_chunks_leaves_nothing_double_and_nothing_half() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let id = house.handed_in(names(70)).await;
        house.settle().await;
        imports::begin_registering(&at.store, id).await.unwrap();
        assert_eq!(house.step().await, Step::Taken);
        let [some, relatives, _] = house.people().await;
        assert!((1..70).contains(&some) && relatives == some, "{}: {some}", at.engine);

        // It dies with the next chunk in hand: nobody takes it until its lease ends, which people can wait for.
        let now = house.clock.now();
        let held = imports::lease(&at.store, now, now + LEASE).await.unwrap().unwrap();
        assert_eq!(house.step().await, Step::Idle, "{}", at.engine);
        house.clock.advance(SignedDuration::from_secs(10));
        house.settle().await;
        assert_eq!(house.state(id).await, (Stage::Done, tally(70, 0, 0, 70)), "{}", at.engine);
        assert_eq!(house.people().await, [70; 3], "{}", at.engine);

        // It was not dead after all: too late.
        let late = imports::finish(&at.store, &held).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);
    }
}

#[tokio::test]
async fn two_workers_at_once_register_everybody_once() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let id = house.handed_in(names(120)).await;
        let work = |count: usize| {
            let house = &house;
            join_all((0..count).map(|_| async move {
                for _ in 0..12 {
                    house.step().await;
                }
            }))
        };
        work(4).await;
        house.settle().await;
        imports::begin_registering(&at.store, id).await.unwrap();
        work(4).await;
        house.settle().await;
        assert_eq!(house.state(id).await, (Stage::Done, tally(120, 0, 0, 120)), "{}", at.engine);
        assert_eq!(house.people().await, [120; 3], "{}", at.engine);
    }
}

#[tokio::test]
async fn what_is_stopped_goes_no_further_and_what_was_registered_stays() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let id = house.handed_in(names(70)).await;
        house.settle().await;
        imports::begin_registering(&at.store, id).await.unwrap();
        house.step().await;
        let [some, ..] = house.people().await;
        let now = house.clock.now();
        let held = imports::lease(&at.store, now, now + SignedDuration::from_mins(1)).await.unwrap().unwrap();
        imports::remove(&at.store, id).await.unwrap();
        let late = imports::finish(&at.store, &held).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{}: {late:?}", at.engine);
        house.clock.advance(SignedDuration::from_mins(2));
        house.settle().await;
        assert_eq!(house.people().await, [some; 3], "{}", at.engine);
        let registered = some.try_into().unwrap();
        assert_eq!(house.state(id).await, (Stage::Stopped, tally(70, 0, 0, registered)), "{}", at.engine);
        assert_eq!(house.rows().await, 0, "{}", at.engine);

        // The rest, handed in again.
        let again = house.handed_in(names(70)).await;
        house.settle().await;
        assert_eq!(house.state(again).await.1, tally(70, registered, 0, 0), "{}", at.engine);
    }
}

#[tokio::test]
async fn whoever_was_registered_meanwhile_is_not_registered_again() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let id = house.handed_in(names(3)).await;
        house.settle().await;
        let by_hand = Patient {
            id: PatientId::mint(),
            name: "PACIENTE  AB".parse().unwrap(),
            born: "1950-02-11".parse().unwrap(),
            record: None,
            phone: None,
            email: None,
            language: Language::Spanish,
            care: Care::Outpatient,
        };
        patients::insert(&at.store, &by_hand, &[], house.clock.now()).await.unwrap();
        imports::begin_registering(&at.store, id).await.unwrap();
        house.settle().await;
        assert_eq!(house.state(id).await, (Stage::Done, tally(3, 1, 0, 2)), "{}", at.engine);
        assert_eq!(house.people().await, [3, 2, 3], "{}", at.engine);
    }
}

#[tokio::test]
async fn rows_that_nobody_needs_are_deleted_after_a_week() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let forgotten = house.handed_in(["12".to_owned()]).await;
        house.settle().await;
        let done = house.handed_in(["12".to_owned(), "Ana Cruz".to_owned()]).await;
        house.settle().await;
        imports::begin_registering(&at.store, done).await.unwrap();
        house.settle().await;
        let later = |days: i64| -> Timestamp { house.clock.now() + SignedDuration::from_hours(24 * days) };
        imports::forget_old(&at.store, later(6)).await.unwrap();
        assert_eq!(imports::sorted(&at.store, done, Sorted::Faulty, 0, 9).await.unwrap().len(), 1, "{}", at.engine);
        imports::forget_old(&at.store, later(8)).await.unwrap();
        assert_eq!(house.rows().await, 0, "{}", at.engine);
        assert!(imports::find(&at.store, forgotten).await.unwrap().is_none(), "{}", at.engine);
        assert_eq!(house.state(done).await, (Stage::Done, tally(2, 0, 1, 1)), "{}: counts stay", at.engine);
    }
}

#[tokio::test]
async fn nobody_has_two_files_in_progress_and_half_a_file_is_none() {
    for at in stores().await {
        let house = House::new(&at.store).await;
        let first = house.handed_in(names(2)).await;
        let found = imports::running_of(&at.store, house.clerk).await.unwrap().unwrap();
        assert_eq!((found.import.id, found.by.to_string().as_str()), (first, "Celia Prado"), "{}", at.engine);
        let second = Import { id: ImportId::mint(), ..found.import.clone() };
        let refused = imports::insert(&at.store, &second).await;
        assert!(matches!(refused, Err(StoreError::Duplicate)), "{}: {refused:?}", at.engine);
        house.settle().await;
        imports::insert(&at.store, &second).await.unwrap();
        let late = imports::begin_registering(&at.store, first).await;
        assert!(matches!(late, Err(StoreError::Duplicate)), "{}: {late:?}", at.engine);
        assert_eq!(house.step().await, Step::Idle, "{}: not before it has come whole", at.engine);
        imports::forget_old(&at.store, house.clock.now() + SignedDuration::from_mins(20)).await.unwrap();
        assert!(imports::find(&at.store, second.id).await.unwrap().is_none(), "{}", at.engine);
        assert_eq!(imports::latest(&at.store, Subject::Patients, 9).await.unwrap().len(), 1, "{}", at.engine);
        assert!(imports::latest(&at.store, Subject::Staff, 9).await.unwrap().is_empty(), "{}", at.engine);
    }
}
