//! Open agendas: who looks at which stretch of whose appointments, and is told when one of them changes.
//!
//! Never says what changed: the page reads that for itself, as its reader may. Never tells of comings and goings, which an
//! agenda does not show.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::line::{Delivery, Line};
use crate::domain::agenda::Stretch;
use crate::domain::consultation::Consultation;
use crate::domain::ids::{StaffId, StaffSessionId, WardId};
use crate::domain::service::Service;
use crate::protocol::agenda::ToAgenda;
use crate::protocol::close::CloseReason;
use crate::protocol::frame;
use crate::store::agenda::Whose;
use crate::store::consultations::StoredVisit;

/// The open agendas of this node; clones share them.
#[derive(Clone, Default)]
pub struct Agendas(Arc<Mutex<Vec<Reader>>>);

/// Which appointments an agenda shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest {
    /// Whose.
    pub whose: Whose,
    /// When they begin.
    pub within: Stretch,
}

/// A browser with an agenda open.
pub struct Reader {
    /// Minted by [`super::Hub::mint_connection`].
    pub connection: u64,
    /// Whose.
    pub session: StaffSessionId,
    /// What it shows.
    pub interest: Interest,
    /// The hub's end.
    pub line: Line,
}

/// Where a visit stands in agendas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    doctor: Option<StaffId>,
    ward: Option<WardId>,
    service: Service,
    starts_at: Timestamp,
}

impl Agendas {
    /// A browser opens its line, and is told at once: something may have changed since its page was made.
    pub fn watch(&self, mut reader: Reader) {
        if tell(&mut reader) {
            self.readers().push(reader);
        }
    }

    /// A connection is gone.
    pub fn forget(&self, connection: u64) {
        self.readers().retain(|reader| reader.connection != connection);
    }

    /// There is a visit that was not there, or is not as it was; its state alone has not changed.
    pub(super) fn show(&self, visit: &Consultation) {
        self.tell(&[Place::of(visit)]);
    }

    /// A visit changed, perhaps in a way that agendas show: also where it is no longer.
    pub(super) fn follow(&self, before: &StoredVisit, after: &StoredVisit) {
        if is_other(before, after) {
            self.tell(&[Place::of(&before.visit), Place::of(&after.visit)]);
        }
    }

    /// Closes the connections of a session that ended.
    pub(super) fn end_session(&self, session: StaffSessionId) {
        self.close(CloseReason::NotAllowed, |reader| reader.session == session);
    }

    /// The node stops.
    pub(super) fn drain(&self) {
        self.close(CloseReason::Restarting, |_| true);
    }

    fn tell(&self, places: &[Place]) {
        let is_told = |reader: &Reader| places.iter().any(|place| reader.interest.holds(*place));
        self.readers().retain_mut(|reader| !is_told(reader) || tell(reader));
    }

    fn close(&self, reason: CloseReason, ends: impl Fn(&Reader) -> bool) {
        let mut readers = self.readers();
        let (ended, staying): (Vec<_>, Vec<_>) = std::mem::take(&mut *readers).into_iter().partition(ends);
        *readers = staying;
        drop(readers);
        ended.into_iter().for_each(|reader| reader.line.close(reason));
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Interest {
    fn holds(&self, place: Place) -> bool {
        let is_theirs = match self.whose {
            Whose::Doctor(doctor) => place.doctor == Some(doctor),
            Whose::DoctorFor(doctor, service) => place.doctor == Some(doctor) && place.service == service,
            Whose::Ward(ward) => place.ward == Some(ward) && place.service == Service::TeleVisit,
            Whose::Service(service) => place.service == service,
            Whose::Everybody => true,
        };
        is_theirs && self.within.holds(place.starts_at)
    }
}

impl Place {
    const fn of(visit: &Consultation) -> Self {
        Self { doctor: visit.doctor, ward: visit.ward, service: visit.service, starts_at: visit.starts_at }
    }
}

/// Whether the connection stands. One that is behind has the same message before it already.
fn tell(reader: &mut Reader) -> bool {
    reader.line.send(frame(&ToAgenda::Changed)) != Delivery::Gone
}

/// Whether an agenda shows one of them otherwise than the other.
fn is_other(before: &StoredVisit, after: &StoredVisit) -> bool {
    let of_visit =
        |visit: &Consultation| (Place::of(visit), visit.minutes, visit.phase.as_str(), visit.participants.len());
    let of_people = |stored: &StoredVisit| {
        let facts = &stored.facts;
        (facts.patient.clone(), facts.born, facts.reason.clone(), facts.doctor.clone(), facts.ward.clone())
    };
    of_visit(&before.visit) != of_visit(&after.visit) || of_people(before) != of_people(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_is_told_of_what_it_shows() {
        let (doctor, other, ward) = (StaffId::mint(), StaffId::mint(), WardId::mint());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let within = Stretch { from: at("2026-11-23T06:00:00Z"), until: at("2026-11-24T06:00:00Z") };
        let home = Place {
            doctor: Some(doctor),
            ward: Some(ward),
            service: Service::HomeConsultation,
            starts_at: at("2026-11-23T15:00:00Z"),
        };
        let holds = |whose| Interest { whose, within }.holds(home);
        assert!(holds(Whose::Doctor(doctor)) && holds(Whose::Everybody) && holds(Whose::Service(home.service)));
        assert!(holds(Whose::DoctorFor(doctor, home.service)));
        assert!(!holds(Whose::Doctor(other)) && !holds(Whose::DoctorFor(doctor, Service::FollowUp)));
        assert!(!holds(Whose::Ward(ward)), "a ward's agenda shows tele-visits");
        let tele = Place { service: Service::TeleVisit, ..home };
        assert!(Interest { whose: Whose::Ward(ward), within }.holds(tele));
        let later = Place { starts_at: within.until, ..home };
        assert!(!Interest { whose: Whose::Everybody, within }.holds(later));
    }
}
