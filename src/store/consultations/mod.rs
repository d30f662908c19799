//! Visits: their current state, read whole and changed by one guarded batch per command.
//!
//! Never decides what may happen: that is `domain::consultation`.

mod booked;
mod change;
mod events;
mod links;
mod promised;
mod read;
mod rows;

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::{Row, Store, StoreError};
use crate::domain::booking::Reason;
use crate::domain::consultation::{Consultation, Event, GuestSeat, Participant};
use crate::domain::ids::{CommandId, ConsultationId, ParticipantId, PatientId};
use crate::domain::meeting::{Obstacle, Readiness};
use crate::domain::person::{BirthDate, PersonName};
use crate::domain::service::Engine;

pub use booked::{NewVisit, find_booked, insert, insert_guarded};
pub use change::{Change, NewBrowser, commit};
pub use links::{FoundBrowser, FoundLink, find_browser, find_link};
pub use read::{carried_out, commands_of, count, find, in_scope, needing, relatives_invited, unattended};

/// A visit as stored: what the rules see, and what only people see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVisit {
    /// What the rules see.
    pub visit: Consultation,
    /// What people see.
    pub facts: Facts,
}

/// What people see of a visit beside its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whom it is about.
    pub patient_id: PatientId,
    /// The patient's name.
    pub patient: PersonName,
    /// The patient's date of birth.
    pub born: BirthDate,
    /// Why it takes place.
    pub reason: Reason,
    /// The zone the appointment was agreed in, by its IANA name.
    pub zone: String,
    /// The doctor's name.
    pub doctor: Option<PersonName>,
    /// The ward's name.
    pub ward: Option<String>,
    /// How far its meeting at Webex has come, and what is in the way; only where Webex carries it.
    pub meeting: Option<(Readiness, Option<Obstacle>)>,
    /// How each guest is related to the patient.
    pub relations: BTreeMap<ParticipantId, String>,
}

impl StoredVisit {
    /// The visit after `event`, which happened at `at`; what people see follows.
    pub fn follow(&mut self, event: &Event, at: Timestamp) {
        self.visit.apply(event, at);
        match event {
            Event::Rescheduled { appointment, .. } => self.facts.zone.clone_from(&appointment.zone),
            Event::HandedOver { seat, .. } => self.facts.doctor = Some(seat.name.clone()),
            Event::Invited { guest: GuestSeat { seat, relation: Some(relation), .. }, .. } => {
                self.facts.relations.insert(*seat, relation.clone());
            }
            Event::EngineSwitched { engine: Engine::Direct, .. } => self.facts.meeting = None,
            Event::EngineSwitched { engine: Engine::Webex, .. } => {
                self.facts.meeting = Some((Readiness::Preparing, None));
            }
            _ => {}
        }
    }
}
