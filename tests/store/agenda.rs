//! An agenda's rows: whose, of which day, in which order, and page by page.

use antesala::domain::agenda::{State, Stretch};
use antesala::domain::ids::{ConsultationId, StaffId};
use antesala::domain::service::Service;
use antesala::store::agenda::{Part, Planned, Whose, invited, kept, kept_of, planned};
use antesala::store::scope::Scope;
use antesala::store::{Batch, Store};
use jiff::{SignedDuration, Timestamp};

use crate::database::stores;
use crate::visit::{Wish, booked, scheduled};

const ALL: Part = Part { skipped: 0, most: 100 };

fn monday() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn in_hours(hours: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(hours)
}

fn day() -> Stretch {
    Stretch { from: in_hours(0), until: in_hours(24) }
}

fn ids(rows: &[Planned]) -> Vec<ConsultationId> {
    rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn each_reader_finds_their_own_by_the_time_they_begin() {
    for at in stores().await {
        let store = &at.store;
        let late = booked(store, monday(), scheduled(in_hours(5))).await;
        let early = booked(store, monday(), scheduled(in_hours(1))).await;
        let tele = Wish { service: Service::TeleVisit, ..scheduled(in_hours(3)) };
        let tele = booked(store, monday(), tele).await;
        booked(store, monday(), scheduled(in_hours(24))).await; // The next day's first.
        let found = async |whose| ids(&planned(store, whose, day(), ALL).await.unwrap());
        let [first, second, third] = [early.visit.id, tele.visit.id, late.visit.id];
        assert_eq!(found(Whose::Everybody).await, [first, second, third], "{}", at.engine);
        assert_eq!(found(Whose::Doctor(late.doctor.id)).await, [third], "{}", at.engine);
        assert_eq!(found(Whose::DoctorFor(late.doctor.id, Service::FollowUp)).await, [], "{}", at.engine);
        assert_eq!(found(Whose::DoctorFor(late.doctor.id, Service::HomeConsultation)).await, [third], "{}", at.engine);
        assert_eq!(found(Whose::Service(Service::TeleVisit)).await, [second], "{}", at.engine);
        assert_eq!(found(Whose::Ward(tele.ward.ward.unwrap())).await, [second], "{}", at.engine);
        assert_eq!(found(Whose::Ward(late.ward.ward.unwrap())).await, [], "a home consultation: {}", at.engine);
    }
}

#[tokio::test]
async fn a_row_says_what_an_agenda_shows() {
    for at in stores().await {
        let visit = booked(&at.store, monday(), scheduled(in_hours(1))).await;
        let row = planned(&at.store, Whose::Everybody, day(), ALL).await.unwrap().remove(0);
        assert_eq!((row.state, row.service, row.minutes), (State::Scheduled, Service::HomeConsultation, 30));
        assert_eq!((row.patient.to_string().as_str(), row.guests), ("Tomás Quiroga", 1));
        assert_eq!(row.wall.to_string(), "2026-11-23T10:00:00");
        assert_eq!(row.doctor.as_ref(), Some(&visit.doctor.name));
        let guests = invited(&at.store, Whose::Everybody, day(), ALL).await.unwrap();
        assert_eq!(guests.len(), 1, "{}", at.engine);
        assert_eq!(guests[0].visit, visit.visit.id);
        assert_eq!(guests[0].phone.as_ref().unwrap().to_string(), "+525512345678");
    }
}

#[tokio::test]
async fn a_long_day_comes_page_by_page_with_the_guests_of_the_page() {
    for at in stores().await {
        for hour in 0..5 {
            booked(&at.store, monday(), scheduled(in_hours(hour))).await;
        }
        let whole = ids(&planned(&at.store, Whose::Everybody, day(), ALL).await.unwrap());
        let mut pages = Vec::new();
        for skipped in [0, 2, 4, 6] {
            let part = Part { skipped, most: 2 };
            let page = ids(&planned(&at.store, Whose::Everybody, day(), part).await.unwrap());
            let guests = invited(&at.store, Whose::Everybody, day(), part).await.unwrap();
            let mut of_guests: Vec<_> = guests.iter().map(|guest| guest.visit).collect();
            of_guests.sort_by_key(|id| page.iter().position(|own| own == id));
            assert_eq!(of_guests, page, "{}", at.engine);
            pages.extend(page);
        }
        assert_eq!(pages, whole, "{}", at.engine);
        assert_eq!(whole.len(), 5);
    }
}

#[tokio::test]
async fn a_calendar_keeps_when_and_how_often_it_was_moved() {
    for at in stores().await {
        let visit = booked(&at.store, monday(), scheduled(in_hours(1))).await;
        moved_twice(&at.store).await;
        let of_doctor = kept(&at.store, Scope::Doctor(visit.doctor.id), day()).await.unwrap();
        assert_eq!(of_doctor, [kept_of(&at.store, visit.visit.id).await.unwrap().unwrap()], "{}", at.engine);
        assert_eq!((of_doctor[0].moves, of_doctor[0].minutes), (2, 30));
        assert_eq!(kept(&at.store, Scope::Doctor(StaffId::mint()), day()).await.unwrap(), []);
        assert_eq!(kept(&at.store, Scope::Clinic, day()).await.unwrap(), [], "nobody keeps a whole clinic's");
        assert_eq!(kept_of(&at.store, ConsultationId::mint()).await.unwrap(), None);
    }
}

async fn moved_twice(store: &Store) {
    let mut batch = Batch::new();
    batch.run("UPDATE consultations SET moves = 2", vec![]);
    store.write(batch).await.unwrap();
}
