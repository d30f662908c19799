//! The hospital under test: doctors who are signed in, and visits in session whose three guests all wait.
//!
//! Written through the product's own rules and store, many visits at a time so that they share commits.
//!
//! Never a real person: names and numbers are invented.

use std::sync::Arc;

use antesala::auth::links::LinkKey;
use antesala::auth::secret::Secret16;
use antesala::auth::sessions;
use antesala::clock::Clock;
use antesala::domain::booking::{Booking, Timing, book};
use antesala::domain::consultation::{Command, Consultation, Guest, Kind, decide};
use antesala::domain::ids::{BrowserId, CommandId, PatientId, StaffId};
use antesala::domain::message::reminders::Reminders;
use antesala::domain::patient::Care;
use antesala::domain::person::{Language, Phone};
use antesala::domain::schedule::{Appointment, LinkWindow};
use antesala::domain::service::{Admission, Service};
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::Store;
use antesala::store::calendars::Guards;
use antesala::store::consultations::{self, Change, NewBrowser, NewVisit};
use antesala::store::patients::{self, Patient};
use antesala::store::staff::{self, NewStaff};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::Failure;

/// How many visits are written at a time.
const AT_ONCE: usize = 128;

const GUESTS: [(Kind, &str, Option<&str>); 3] = [
    (Kind::Patient, "Aurelia Montes Prado", None),
    (Kind::Relative, "Darío Lima Montes", Some("hijo")),
    (Kind::Relative, "Noemí Lima Montes", Some("hija")),
];

const ZONE: &str = "America/Mexico_City";

/// Everybody came this long before the appointment, so that no message falls due while we measure.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);

/// Somebody who waits.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    /// Its id.
    pub(crate) id: String,
    /// The visit's id.
    pub(crate) visit: String,
    /// The value of its cookie.
    pub(crate) cookie: String,
    /// The place of the doctor who may admit.
    pub(crate) doctor: usize,
}

/// What the load is put on.
pub(crate) struct Hospital {
    /// One session cookie per doctor.
    pub(crate) doctors: Vec<String>,
    /// First one seat of every visit, then the second of every visit, then the third.
    pub(crate) seats: Vec<Seat>,
}

/// What every visit is written with.
struct Writer {
    store: Store,
    key: LinkKey,
    doctors: Vec<StaffMember>,
    now: Timestamp,
}

/// Writes a hospital with `waiting` people in the lobby.
pub(crate) async fn write(store: Store, key: LinkKey, doctors: usize, waiting: usize) -> Result<Hospital, Failure> {
    let now = Clock::system().now();
    let mut members = Vec::with_capacity(doctors);
    let mut cookies = Vec::with_capacity(doctors);
    for _ in 0..doctors {
        let member = doctor()?;
        let new = NewStaff::invited(member.clone(), now);
        staff::insert(&store, &new).await?;
        cookies.push(sessions::begin(&store, member.id, "", now).await?.to_text());
        members.push(member);
    }
    let writer = Arc::new(Writer { store, key, doctors: members, now });
    let visits = waiting.div_ceil(GUESTS.len());
    let mut tasks = JoinSet::new();
    for first in 0..AT_ONCE {
        let writer = Arc::clone(&writer);
        tasks.spawn(async move {
            let mut written = Vec::new();
            for place in (first..visits).step_by(AT_ONCE) {
                written.push((place, writer.write_visit(place).await?));
            }
            Ok::<_, Failure>(written)
        });
    }
    let mut written = Vec::with_capacity(visits);
    while let Some(share) = tasks.join_next().await {
        written.extend(share??);
    }
    // Doctors take turns, in the order the visits were booked.
    written.sort_unstable_by_key(|(place, _)| *place);
    let nth = |place: usize| written.iter().filter_map(move |(_, seats): &(_, Vec<Seat>)| seats.get(place).cloned());
    let mut seats: Vec<_> = (0..GUESTS.len()).flat_map(nth).collect();
    seats.truncate(waiting);
    Ok(Hospital { doctors: cookies, seats })
}

impl Writer {
    /// Books a visit, lets its guests arrive, and starts it.
    async fn write_visit(&self, place: usize) -> Result<Vec<Seat>, Failure> {
        let doctor_place = place % self.doctors.len().max(1);
        let doctor = self.doctors.get(doctor_place).ok_or("a hospital needs a doctor")?;
        let patient = patient(place)?;
        patients::insert(&self.store, &patient, &[], self.now).await?;
        let booking = Booking {
            service: Service::HomeConsultation,
            admission: Admission::OneByOne,
            patient: patient.id,
            reason: "Control".parse()?,
            doctor: Some(doctor.clone()),
            ward: None,
            appointment: Appointment::now(self.now + AHEAD, ZONE)?,
            timing: Timing::Now,
            guests: guests(place)?,
            accepted: Vec::new(),
        };
        let window = LinkWindow { lead: SignedDuration::from_mins(10), lifetime: SignedDuration::from_hours(1) };
        let (mut visit, seated) = book(&booking, doctor.operator(), window, self.now)?;
        let (at, command) = (self.now, CommandId::mint());
        let link_hash = |link: &_| self.link_hash(link);
        let new = NewVisit {
            visit: &visit,
            booking: &booking,
            seated: &seated,
            series: None,
            by: doctor.id,
            command,
            reminders: Reminders::default(),
            at,
            link_hash: &link_hash,
        };
        consultations::insert(&self.store, &[new]).await?;
        visit.rev = 1;
        let mut seats = Vec::with_capacity(seated.len());
        for seated in &seated {
            let cookie = Secret16::mint();
            let browser = NewBrowser {
                id: BrowserId::mint(),
                participant: seated.seat,
                cookie_hash: cookie.hash(),
                consent_version: 1,
                language: Language::Spanish,
            };
            let arrive = Command::Arrive { participant: seated.seat, browser: browser.id };
            self.carry_out(&mut visit, &arrive, Some(&browser)).await?;
            let (id, visit) = (seated.seat.to_string(), visit.id.to_string());
            seats.push(Seat { id, visit, cookie: cookie.to_text(), doctor: doctor_place });
        }
        self.carry_out(&mut visit, &Command::Start { by: doctor.operator() }, None).await?;
        Ok(seats)
    }

    async fn carry_out(
        &self,
        visit: &mut Consultation,
        command: &Command,
        browser: Option<&NewBrowser>,
    ) -> Result<(), Failure> {
        let events = decide(visit, command, self.now)?;
        let before = visit.clone();
        events.iter().for_each(|event| visit.apply(event, self.now));
        let change = Change {
            before: &before,
            after: visit,
            events: &events,
            command: CommandId::mint(),
            zone: ZONE,
            reminders: Reminders::default(),
            at: self.now,
            browser,
            guards: &Guards::default(),
            link_hash: &|link| self.link_hash(link),
        };
        Ok(consultations::commit(&self.store, &change).await?)
    }

    fn link_hash(&self, link: &antesala::domain::link::Link) -> [u8; 32] {
        self.key.token(link.invitation, link.generation).hash()
    }
}

fn doctor() -> Result<StaffMember, Failure> {
    let id = StaffId::mint();
    Ok(StaffMember {
        id,
        email: format!("{id}@hospital.example").parse()?,
        name: "Dra. Inés Soto".parse()?,
        role: Role::Doctor,
        ward: None,
        language: Language::Spanish,
        zone: ZONE.to_owned(),
        services: Role::Doctor.possible_services(),
    })
}

fn patient(place: usize) -> Result<Patient, Failure> {
    Ok(Patient {
        id: PatientId::mint(),
        name: "Aurelia Montes Prado".parse()?,
        born: "1950-02-11".parse()?,
        record: None,
        phone: Some(phone(place)?),
        email: None,
        language: Language::Spanish,
        care: Care::Outpatient,
    })
}

fn guests(place: usize) -> Result<Vec<Guest>, Failure> {
    let guest = |&(kind, name, relation): &(Kind, &str, Option<&str>)| {
        Ok::<_, Failure>(Guest {
            kind,
            relative: None,
            name: name.parse()?,
            relation: relation.map(str::to_owned),
            phone: Some(phone(place)?),
            language: Language::Spanish,
        })
    };
    GUESTS.iter().map(guest).collect()
}

fn phone(place: usize) -> Result<Phone, Failure> {
    Ok(format!("+52555{:07}", 1_000_000 + place).parse()?)
}
