//! Visits that were over before are written many at once, and read like any other.

use antesala::domain::consultation::{Kind, Missing, Phase};
use antesala::domain::outcome::Outcome;
use antesala::domain::person::Language;
use antesala::domain::schedule::Appointment;
use antesala::domain::service::Service;
use antesala::store::archive::{self, Course, OldSeat, OldVisit};
use antesala::store::history::{self, Which};
use antesala::store::scope::Scope;
use antesala::store::{Batch, consultations};
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::visit::{ZONE, booked, scheduled};

#[tokio::test]
async fn old_visits_are_in_the_history_with_their_ledger_and_can_be_opened() {
    for at in stores().await {
        let noon: Timestamp = "2026-11-23T18:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        // Its people are there to be seen again.
        let known = booked(&at.store, noon, scheduled(noon + hour * 48)).await;
        let patient = "SELECT patient_id FROM consultations WHERE id = $1";
        let patient = at.store.read_one(patient, vec![known.visit.id.to_string().into()]).await.unwrap().unwrap();
        let name = "Tomás Quiroga".parse().unwrap();
        let after = |minutes: i64| Some(noon + SignedDuration::from_mins(minutes));
        let came = Course {
            sent_at: after(-10),
            delivered_at: after(-9),
            opened_at: after(-8),
            arrived_at: after(-5),
            admitted_at: after(4),
            missing: None,
        };
        let courses = [
            (came, Outcome::Ended),
            (Course { admitted_at: None, missing: Some(Missing::Staff), ..came }, Outcome::NoShowOfStaff),
            (
                Course { sent_at: after(-10), missing: Some(Missing::Patient), ..Course::default() },
                Outcome::NoShowOfFamily,
            ),
            (Course::default(), Outcome::Cancelled),
        ];
        let mut batch = Batch::new();
        for (course, _) in courses {
            let seat = OldSeat {
                kind: Kind::Patient,
                relative: None,
                name: &name,
                relation: None,
                phone: None,
                language: Language::Spanish,
            };
            let old = OldVisit {
                service: Service::HomeConsultation,
                patient: patient.parsed(0).unwrap(),
                reason: "Control",
                doctor: Some(known.doctor.id),
                ward: None,
                appointment: Appointment::now(noon, ZONE).unwrap(),
                by: known.doctor.id,
                booked_at: noon - hour * 24,
                seats: vec![seat],
                course,
                closed_at: noon + hour,
                is_remembered: true,
            };
            archive::add(&mut batch, &old);
        }
        at.store.write(batch).await.unwrap();

        let (scope, from, until) = (Scope::Doctor(known.doctor.id), noon, noon + hour);
        let all = Which { scope, from, until, doctor: None, service: None, outcome: None };
        for (course, outcome) in courses {
            let which = Which { outcome: Some(outcome), ..all };
            let found = history::list(&at.store, &which, 9, 0).await.unwrap();
            let [past] = found.as_slice() else { panic!("{}: {outcome:?}: {found:?}", at.engine) };
            let ledger =
                (past.sent_at, past.delivered_at, past.opened_at, past.arrived_at, past.admitted_at, past.closed_at);
            let wanted = (
                course.sent_at,
                course.delivered_at,
                course.opened_at,
                course.arrived_at,
                course.admitted_at,
                Some(noon + hour),
            );
            assert_eq!(ledger, wanted, "{}: {outcome:?}", at.engine);
            let stored = consultations::find(&at.store, past.id).await.unwrap().unwrap();
            assert!(!stored.visit.phase.is_open() && stored.visit.participants.len() == 1, "{}", at.engine);
            assert_eq!(matches!(stored.visit.phase, Phase::Ended { .. }), outcome == Outcome::Ended, "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn messages_that_were_due_have_left() {
    for at in stores().await {
        let noon: Timestamp = "2026-11-23T18:00:00Z".parse().unwrap();
        booked(&at.store, noon, scheduled(noon + SignedDuration::from_hours(5))).await;
        archive::messages_were_sent(&at.store, noon).await.unwrap();
        let states = "SELECT template, status FROM outbox ORDER BY template";
        let rows = at.store.read(states, Vec::new()).await.unwrap();
        let states: Vec<_> = rows.iter().map(|row| (row.text(0).unwrap(), row.text(1).unwrap())).collect();
        assert_eq!(states, [("booked", "sent"), ("link", "pending"), ("you_are_late", "pending")], "{}", at.engine);
    }
}
