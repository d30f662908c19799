//! Writing a new visit: its row, seats, links, first history and first messages, in one batch.

use super::promised::Promise;
use super::{CommandId, Consultation, ConsultationId, Participant, Store, StoreError, Timestamp};
use crate::domain::booking::{Booking, Timing};
use crate::domain::consultation::GuestSeat;
use crate::domain::ids::{SeriesId, StaffId};
use crate::domain::link::Link;
use crate::domain::message::Template;
use crate::domain::message::reminders::Reminders;
use crate::store::calendars::{self, Guards, Owners};
use crate::store::webex::wishes;
use crate::store::{Batch, Value};

/// A visit about to be written.
pub struct NewVisit<'a> {
    /// Its first state, at `rev` 0; stored at 1, for having been booked.
    pub visit: &'a Consultation,
    /// What staff chose.
    pub booking: &'a Booking,
    /// The guests' seats.
    pub seated: &'a [GuestSeat],
    /// The visits it was booked with, if with others.
    pub series: Option<SeriesId>,
    /// Who booked it.
    pub by: StaffId,
    /// The form it came from.
    pub command: CommandId,
    /// How the hospital reminds families.
    pub reminders: Reminders,
    /// Now.
    pub at: Timestamp,
    /// The hash of a link's token.
    pub link_hash: &'a (dyn Fn(&Link) -> [u8; 32] + Send + Sync),
}

const INSERT_VISIT: &str = "INSERT INTO consultations (id, rev, service, phase, admission, engine, patient_id, reason, \
     doctor_id, ward_id, starts_at, wall_time, zone, minutes, series, created_by, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

const INSERT_BOOKED: &str = "INSERT INTO events (consultation_id, rev, at, kind, staff_id, command_id) \
     VALUES ($1, 1, $2, 'booked', $3, $4)";

const INSERT_BOOKING: &str = "INSERT INTO bookings (command_id, consultation_id) VALUES ($1, $2)";

// A form leads to its first visit, and from there to the others of its series.
const FIND_BOOKED: &str = "SELECT c.id FROM bookings b JOIN consultations f ON f.id = b.consultation_id \
     JOIN consultations c ON c.patient_id = f.patient_id AND (c.id = f.id OR c.series = f.series) \
     WHERE b.command_id = $1 ORDER BY c.starts_at, c.id";

const INSERT_SEAT: &str = "INSERT INTO participants (id, consultation_id, position, kind, staff_id, relative_id, name, \
     relation, phone, language, standing, arrived_at, browser_id, device_changed, invitation_id, link_generation, \
     link_opens_at, link_expires_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

const INSERT_LINK: &str = "INSERT INTO links (token_hash, participant_id, generation) VALUES ($1, $2, $3)";

/// Writes the visits of one form, all or none, whatever else their doctors and patients have at that time.
///
/// # Errors
/// [`StoreError::Duplicate`] when the same form was sent before; otherwise as [`Store::write`].
pub async fn insert(store: &Store, new: &[NewVisit<'_>]) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    for visit in new {
        let owners = Owners { doctor: visit.visit.doctor, patient: Some(visit.booking.patient) };
        calendars::bump_always(&mut batch, owners);
    }
    add_all(&mut batch, new);
    store.write(batch).await.map(|_| ())
}

/// As [`insert`], if nobody has booked in the guarded calendars since the guards were read.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody has; otherwise as [`insert`].
pub async fn insert_guarded(store: &Store, new: &[NewVisit<'_>], guards: &Guards) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    guards.bump(&mut batch);
    add_all(&mut batch, new);
    store.write(batch).await.map(|_| ())
}

/// The visits that were booked with this form, by appointment.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_booked(store: &Store, command: CommandId) -> Result<Vec<ConsultationId>, StoreError> {
    store.read(FIND_BOOKED, vec![command.to_string().into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

fn add_all(batch: &mut Batch, new: &[NewVisit<'_>]) {
    for visit in new {
        add_one(batch, visit);
    }
    // The form leads to the first of its visits.
    if let Some(first) = new.first() {
        let form = vec![first.command.to_string().into(), first.visit.id.to_string().into()];
        batch.run_on_one(INSERT_BOOKING, form);
    }
}

fn add_one(batch: &mut Batch, new: &NewVisit<'_>) {
    add_visit(batch, new);
    wishes::of_new(batch, new.visit, new.at);
    for (position, seat) in new.visit.participants.iter().enumerate() {
        let seated = new.seated.iter().find(|seated| seated.seat == seat.id);
        add_seat(batch, new.visit, position, seat, seated);
        if let Some(link) = seat.link {
            add_link(batch, seat, &link, new.link_hash);
            add_messages(batch, new, seat, link);
        }
    }
}

/// Adds a seat's row. `seated` is there for guests only.
pub(super) fn add_seat(
    batch: &mut Batch,
    visit: &Consultation,
    position: usize,
    seat: &Participant,
    seated: Option<&GuestSeat>,
) {
    batch.run_on_one(
        INSERT_SEAT,
        vec![
            seat.id.to_string().into(),
            visit.id.to_string().into(),
            i64::try_from(position).unwrap_or(i64::MAX).into(),
            seat.kind.as_str().into(),
            seat.staff.map(|staff| staff.to_string()).into(),
            seated.and_then(|seated| seated.relative).map(|relative| relative.to_string()).into(),
            seat.name.to_string().into(),
            seated.and_then(|seated| seated.relation.clone()).into(),
            seat.phone.as_ref().map(ToString::to_string).into(),
            seat.language.as_str().into(),
            seat.standing.as_str().into(),
            seat.arrived_at.into(),
            seat.standing.browser().map(|browser| browser.to_string()).into(),
            seat.device_changed.into(),
            seat.link.map(|link| link.invitation.to_string()).into(),
            seat.link.map(|link| i64::from(link.generation)).into(),
            seat.link.map(|link| link.opens_at).into(),
            seat.link.map(|link| link.expires_at).into(),
        ],
    );
}

/// Adds the row by which a link's token is found.
pub(super) fn add_link(
    batch: &mut Batch,
    seat: &Participant,
    link: &Link,
    link_hash: &(dyn Fn(&Link) -> [u8; 32] + Send + Sync),
) {
    let hash = Value::Bytes(link_hash(link).to_vec());
    batch.run_on_one(INSERT_LINK, vec![hash, seat.id.to_string().into(), i64::from(link.generation).into()]);
}

fn add_visit(batch: &mut Batch, new: &NewVisit<'_>) {
    let NewVisit { visit, booking, .. } = new;
    let id = visit.id.to_string();
    batch.run_on_one(
        INSERT_VISIT,
        vec![
            id.as_str().into(),
            1_i64.into(),
            visit.service.as_str().into(),
            visit.phase.as_str().into(),
            visit.admission.as_str().into(),
            visit.engine.as_str().into(),
            booking.patient.to_string().into(),
            booking.reason.to_string().into(),
            visit.doctor.map(|doctor| doctor.to_string()).into(),
            visit.ward.map(|ward| ward.to_string()).into(),
            visit.starts_at.into(),
            booking.appointment.wall.to_string().into(),
            booking.appointment.zone.as_str().into(),
            i64::from(booking.appointment.minutes).into(),
            new.series.map(|series| series.to_string()).into(),
            new.by.to_string().into(),
            new.at.into(),
        ],
    );
    let command = new.command.to_string();
    batch.run_on_one(INSERT_BOOKED, vec![id.as_str().into(), new.at.into(), new.by.to_string().into(), command.into()]);
}

/// Date and time at once, for an appointment; the link when it opens. Who has no phone gets the link from the ward.
fn add_messages(batch: &mut Batch, new: &NewVisit<'_>, seat: &Participant, link: Link) {
    let promise = Promise {
        visit: new.visit.id,
        seat: seat.id,
        link,
        starts_at: new.visit.starts_at,
        expected_at: new.visit.starts_at,
        zone: &new.booking.appointment.zone,
        reminders: new.reminders,
        at: new.at,
    };
    if new.booking.timing == Timing::Now {
        return promise.add(batch, Template::Link, link.opens_at);
    }
    promise.add_booking(batch);
}
