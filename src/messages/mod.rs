//! Messages to families as people read them: the text with its link, for the provider that sends it and the staff who
//! look after it.
//!
//! A link is made here, at the moment it is sent or shown, and nowhere kept. Never sends anything: a worker does.

pub mod render;
pub mod segments;

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::auth::links::{LinkKey, Token};
use crate::clock::Clock;
use crate::domain::consultation::{Consultation, Kind, Participant, Standing};
use crate::domain::hospital::Hospital;
use crate::domain::ids::{ConsultationId, MessageId, ParticipantId};
use crate::domain::link::Link;
use crate::domain::message::reminders::Reminders;
use crate::domain::message::wording::Wording;
use crate::domain::message::{Channel, Letters, MessageStatus, Reason, Template};
use crate::domain::person::{Email, Language, PersonName, Phone};
use crate::domain::schedule::time_zone;
use crate::domain::service::Service;
use crate::domain::staff::StaffMember;
use crate::store::consultations;
use crate::store::hospital::Live;
use crate::store::outbox::StoredMessage;
use crate::store::replies::{self, Reply};
use crate::store::scope::Scope;
use crate::store::{Store, StoreError};
use render::{Letter, Said, blanks, render, subject};
use segments::{letters, segments};

/// Stands where a link belongs that is not to be seen yet, or no longer.
const HIDDEN: &str = "…";

/// As long as every token, for examples. It opens nothing: it was made by nobody's key.
const A_TOKEN: &str = "8rH9RHmJbG7v3d2_hwV2Cg";

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
    /// The number or address it went to, whatever theirs is now; none where it has not left.
    pub went_to: Option<String>,
    /// What it says, or would say now.
    pub text: String,
    /// The link in it, once it is time to show it and as long as it leads anywhere.
    pub link: Option<String>,
    /// When it is sent.
    pub due_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// How far it has come.
    pub status: MessageStatus,
    /// Whether it was given to somebody outside; otherwise, once sent, staff show it.
    pub has_left: bool,
    /// By which way it goes.
    pub channel: Channel,
    /// Their address; only patients have one.
    pub email: Option<Email>,
    /// Why it came no further.
    pub reason: Option<Reason>,
    /// The provider's own word for that.
    pub code: Option<String>,
    /// When it is tried again.
    pub next_try_at: Timestamp,
    /// The patient.
    pub patient: PersonName,
    /// What the visit is.
    pub service: Service,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The zone it was agreed in.
    pub zone: String,
    /// Which text it is.
    pub template: Template,
    /// The language of whoever it goes to.
    pub language: Language,
    /// Whether the visit is open and they are welcome in it.
    pub is_welcome: bool,
    /// From when on their link lets nobody in who has not been in before.
    pub expires_at: Timestamp,
    /// Whether they have been in.
    pub has_entered: bool,
}

/// A message as it leaves the house.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject of an e-mail.
    pub subject: String,
    /// What it says, link included.
    pub text: String,
    /// What that costs as a text message.
    pub segments: usize,
    /// Which letters it is written in.
    pub letters: Letters,
    /// What fills the blanks of a provider's own template.
    pub blanks: Vec<String>,
    /// The link in it.
    pub link: Option<String>,
    /// The part of that link that no other seat's message holds.
    pub mark: Option<String>,
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
    pub fn written(&self, message: &StoredMessage) -> Written {
        let url = self.url(&message.link);
        let hospital = self.hospital.now();
        let letter = letter(message, &hospital, &url);
        let carries_link = message.template.carries_link();
        let text = render(&letter);
        Written {
            subject: subject(&letter),
            segments: segments(&text),
            letters: letters(&text),
            text,
            blanks: blanks(&letter),
            mark: carries_link.then(|| path_of(&self.token(&message.link))),
            link: carries_link.then_some(url),
        }
    }

    /// How the hospital reminds families now.
    #[must_use]
    pub fn reminders(&self) -> Reminders {
        self.hospital.now().reminders
    }

    /// What this wording says at its longest, with the hospital as it is.
    #[must_use]
    pub fn at_its_longest(&self, language: Language, wording: &Wording) -> String {
        let hospital = self.hospital.now();
        let link = format!("{}/j/{A_TOKEN}", self.public_url);
        let lead = hospital.links.lead.as_mins();
        Said::longest(language, hospital.name.as_str(), hospital.zone.name(), lead, &link)
            .in_words(Some(wording), hospital.lettering)
    }

    /// What this wording says to an invented family of tomorrow.
    #[must_use]
    pub fn for_example(&self, template: Template, language: Language, wording: &Wording) -> String {
        let hospital = self.hospital.now();
        let tomorrow = start_of_day(self.clock.now(), hospital.zone.name()) + SignedDuration::from_mins(34 * 60 + 30);
        render(&Letter {
            template,
            language,
            wording: Some(wording),
            lettering: hospital.lettering,
            hospital: hospital.name.as_str(),
            service: Service::HomeConsultation,
            starts_at: tomorrow,
            expected_at: Some(tomorrow + SignedDuration::from_mins(20)),
            zone: hospital.zone.name(),
            link_opens_at: tomorrow - hospital.links.lead,
            link: &format!("{}/j/{A_TOKEN}", self.public_url),
        })
    }

    /// Where the day begins that limits count in: in the hospital's zone.
    #[must_use]
    pub fn start_of_today(&self) -> Timestamp {
        start_of_day(self.clock.now(), self.hospital.now().zone.name())
    }

    /// What people answered to messages since yesterday, as far as it is this reader's business: the latest first.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn replies(&self, reader: &StaffMember) -> Result<Vec<Reply>, StoreError> {
        let Some(scope) = Scope::of(reader) else { return Ok(Vec::new()) };
        let since = start_of_day(self.clock.now(), &reader.zone) - SignedDuration::from_hours(24);
        replies::recent(&self.store, scope, since).await
    }

    /// A message as staff see it now.
    #[must_use]
    pub fn shown(&self, message: StoredMessage) -> Rendered {
        self.rendered(message, self.clock.now())
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
        format!("{}{}", self.public_url, path_of(&self.token(link)))
    }

    fn token(&self, link: &Link) -> Token {
        self.key.token(link.invitation, link.generation)
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
            service: message.service,
            went_to: message.handed_to.clone().filter(|_| message.has_left),
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
            has_left: message.has_left,
            channel: message.channel,
            email: message.email,
            reason: message.reason,
            code: message.code,
            next_try_at: message.next_try_at,
            patient: message.patient,
            starts_at: message.starts_at,
            zone: message.zone,
            template: message.template,
            language: message.language,
            is_welcome: message.is_welcome,
            expires_at: message.link.expires_at,
            has_entered: message.has_entered,
        }
    }

    fn write(&self, message: &StoredMessage, link: &str) -> String {
        render(&letter(message, &self.hospital.now(), link))
    }
}

fn path_of(token: &Token) -> String {
    format!("/j/{}", token.expose())
}

fn letter<'a>(message: &'a StoredMessage, hospital: &'a Hospital, link: &'a str) -> Letter<'a> {
    Letter {
        template: message.template,
        language: message.language,
        wording: hospital.wordings.of(message.template, message.language),
        lettering: hospital.lettering,
        hospital: hospital.name.as_str(),
        service: message.service,
        starts_at: message.starts_at,
        expected_at: message.expected_at,
        zone: &message.zone,
        link_opens_at: message.link.opens_at,
        link,
    }
}

fn start_of_day(now: Timestamp, zone: &str) -> Timestamp {
    let here = now.to_zoned(time_zone(zone).unwrap_or(TimeZone::UTC));
    here.start_of_day().map_or(now, |start| start.timestamp())
}
