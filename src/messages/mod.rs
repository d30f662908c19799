//! Messages to families as people read them: the text with its link, for the provider that sends it and the staff who
//! look after it.
//!
//! A link is made here, at the moment it is sent or shown, and nowhere kept. Never sends anything: a worker does.

pub mod render;
pub mod segments;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::auth::links::LinkKey;
use crate::clock::Clock;
use crate::domain::consultation::{Consultation, Kind, Participant, Standing};
use crate::domain::ids::{ConsultationId, MessageId, ParticipantId};
use crate::domain::link::Link;
use crate::domain::message::MessageStatus;
use crate::domain::person::{PersonName, Phone};
use crate::domain::schedule::time_zone;
use crate::domain::service::Service;
use crate::domain::staff::StaffMember;
use crate::store::consultations;
use crate::store::hospital::Live;
use crate::store::outbox::{self, StoredMessage};
use crate::store::scope::Scope;
use crate::store::{Store, StoreError};
use render::{Letter, render};

/// How many messages a page shows of those sent, and of those to come.
const SHOWN: u32 = 200;

/// Stands where a link belongs that is not to be seen yet, or no longer.
const HIDDEN: &str = "…";

/// The hospital's messages. Cloning is cheap.
#[derive(Clone)]
pub struct Messages {
    store: Store,
    key: LinkKey,
    clock: Clock,
    public_url: Arc<str>,
    hospital: Live,
}

/// A message as staff see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its id.
    pub message: MessageId,
    /// The visit it is about.
    pub consultation: ConsultationId,
    /// The seat of whoever it goes to.
    pub participant: ParticipantId,
    /// Whom it goes to.
    pub to_name: PersonName,
    /// Their number; an inpatient may have none.
    pub phone: Option<Phone>,
    /// What it says.
    pub text: String,
    /// The link in it, once it is time to show it and as long as it leads anywhere.
    pub link: Option<String>,
    /// When it is sent.
    pub due_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// How far it has come.
    pub status: MessageStatus,
    /// The patient.
    pub patient: PersonName,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The zone it was agreed in.
    pub zone: String,
}

/// The link of one seat, to be shown as it is or as a QR code.
#[derive(Clone, PartialEq, Eq)]
pub struct SeatLink {
    /// The seat.
    pub participant: ParticipantId,
    /// Whose.
    pub name: PersonName,
    /// Who they are in the visit.
    pub kind: Kind,
    /// The link.
    pub url: String,
    /// From when on a first entry is refused.
    pub expires_at: Timestamp,
}

impl Messages {
    /// The messages of the hospital, whose links lead to `public_url`.
    #[must_use]
    pub fn new(store: Store, key: LinkKey, clock: Clock, public_url: &str, hospital: Live) -> Self {
        Self { store, key, clock, public_url: public_url.trim_end_matches('/').into(), hospital }
    }

    /// What a message says when it is sent now: with its link.
    #[must_use]
    pub fn text(&self, message: &StoredMessage) -> String {
        self.write(message, &self.url(&message.link))
    }

    /// The messages of visits of today and later, as far as they are this reader's business: those due, the latest
    /// first, then those to come.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn recent(&self, reader: &StaffMember) -> Result<Vec<Rendered>, StoreError> {
        let Some(scope) = Scope::of(reader) else { return Ok(Vec::new()) };
        let now = self.clock.now();
        let messages = outbox::recent(&self.store, scope, start_of_day(now, &reader.zone), now, SHOWN).await?;
        Ok(messages.into_iter().map(|message| self.rendered(message, now)).collect())
    }

    /// The links of a visit that may be shown: those that have opened, and an inpatient's, which the ward opens for
    /// them. None once the visit is over.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn links_of(&self, visit: ConsultationId) -> Result<Vec<SeatLink>, StoreError> {
        let Some(visit) = consultations::find(&self.store, visit).await?.map(|stored| stored.visit) else {
            return Ok(Vec::new());
        };
        let now = self.clock.now();
        Ok(visit.participants.iter().filter_map(|seat| self.seat_link(&visit, seat, now)).collect())
    }

    /// The link as families receive it.
    #[must_use]
    pub fn url(&self, link: &Link) -> String {
        format!("{}/j/{}", self.public_url, self.key.token(link.invitation, link.generation).expose())
    }

    fn seat_link(&self, visit: &Consultation, seat: &Participant, now: Timestamp) -> Option<SeatLink> {
        let link = seat.link?;
        let is_welcome = visit.phase.is_open() && seat.standing != Standing::Removed;
        let is_inpatient = visit.service == Service::TeleVisit && seat.kind == Kind::Patient;
        (is_welcome && (is_inpatient || link.opens_at <= now)).then(|| SeatLink {
            participant: seat.id,
            name: seat.name.clone(),
            kind: seat.kind,
            url: self.url(&link),
            expires_at: link.expires_at,
        })
    }

    fn rendered(&self, message: StoredMessage, now: Timestamp) -> Rendered {
        let is_shown = message.template.carries_link() && message.is_welcome && message.link.opens_at <= now;
        let link = is_shown.then(|| self.url(&message.link));
        Rendered {
            text: self.write(&message, link.as_deref().unwrap_or(HIDDEN)),
            link,
            message: message.id,
            consultation: message.consultation,
            participant: message.participant,
            to_name: message.to,
            phone: message.phone,
            due_at: message.due_at,
            sent_at: message.sent_at,
            status: message.status,
            patient: message.patient,
            starts_at: message.starts_at,
            zone: message.zone,
        }
    }

    fn write(&self, message: &StoredMessage, link: &str) -> String {
        let hospital = self.hospital.now();
        render(&Letter {
            template: message.template,
            language: message.language,
            hospital: hospital.name.as_str(),
            starts_at: message.starts_at,
            zone: &message.zone,
            link_opens_at: message.link.opens_at,
            link,
        })
    }
}

fn start_of_day(now: Timestamp, zone: &str) -> Timestamp {
    let here = now.to_zoned(time_zone(zone).unwrap_or(TimeZone::UTC));
    here.start_of_day().map_or(now, |start| start.timestamp())
}
