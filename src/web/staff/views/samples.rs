//! An invented hospital and its cards for the tests of the views.

use crate::domain::consultation::Kind;
use crate::domain::hospital::Hospital;
use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::person::BirthDate;
use crate::domain::service::{Admission, Engine, Service};
use crate::protocol::board::{Card, CardDelivery, CardLink, CardPatient, CardSeat, May, Presence};

/// A hospital as usual.
pub(in crate::web::staff) fn hospital() -> Hospital {
    let (name, zone, country) = ("Hospital San Telmo", "America/Mexico_City", "MX");
    Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap())
}

/// A medical report about Tomás at `starts_at`, with these seats.
pub(super) fn card(starts_at: &str, phase: &'static str, may: &[May], seats: Vec<CardSeat>) -> Card {
    Card {
        consultation: ConsultationId::mint(),
        rev: 1,
        phase,
        service: Service::MedicalReport,
        starts_at: starts_at.parse().unwrap(),
        expected_at: None,
        ends_at: None,
        patient: CardPatient {
            name: "Tomás Díaz".parse().unwrap(),
            born: BirthDate::parse("1950-02-11", "2026-11-23".parse().unwrap()).unwrap(),
            reason: "Daily report".parse().unwrap(),
        },
        doctor: "Inés Soto".parse().ok(),
        ward: None,
        admission: Admission::WhenStarted,
        engine: Engine::Direct,
        meeting: None,
        may: may.to_vec(),
        seats,
    }
}

/// Rosa's seat.
pub(super) fn seat(standing: &'static str, since: Option<&str>, link: CardLink) -> CardSeat {
    CardSeat {
        id: ParticipantId::mint(),
        kind: Kind::Relative,
        name: "Rosa Díaz".parse().unwrap(),
        relation: Some("daughter".to_owned()),
        phone: "+525512345678".parse().ok(),
        standing,
        since: since.map(|since| since.parse().unwrap()),
        new_device: false,
        link,
        delivery: CardDelivery::None,
        replies: Vec::new(),
        presence: Presence::Here,
    }
}
