//! Another number for somebody to whom nothing arrives: for this visit or in their record, and a message to it.
//!
//! A link that went to the old number dies, since nobody knows who has it. What somebody else changed meanwhile is shown,
//! never overwritten unseen.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::repeats::copy;
use super::{list_of, sendable};
use crate::domain::consultation::Command;
use crate::domain::ids::{CommandId, MessageId, PatientId};
use crate::domain::person::Phone;
use crate::domain::staff::Role;
use crate::providers::sms::Reach;
use crate::store::numbers::{self, Change, Origin};
use crate::store::outbox::StoredMessage;
use crate::store::patients::{self, Filed, Patient, Relative, Rev, Stored};
use crate::store::{Batch, StoreError, outbox};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::see_other_saying;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::number::{self, Extent, NewNumber};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::person::Desk;
use crate::web::staff::pages::{here, reader};
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::messages::number::{self as view, NumberForm};

/// Who asks, about which message.
struct Asking<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    token: &'a FormToken,
    message: StoredMessage,
    record: Option<Record>,
}

/// The record that a number was copied from.
enum Record {
    Patient(Box<Stored<Patient>>),
    Relative(PatientId, Box<Stored<Relative>>),
}

/// `GET /messages/{id}/number`.
///
/// # Errors
/// [`Problem`].
pub async fn form(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    PathId(id): PathId<MessageId>,
) -> Result<HttpResponse, Problem> {
    Asking::about(&site, &signed_in, &token, id).await?.page(&Pairs::default(), &[])
}

/// `POST /messages/{id}/number`.
///
/// # Errors
/// [`Problem`].
pub async fn save(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    PathId(id): PathId<MessageId>,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let asking = Asking::about(&site, &signed_in, &token, id).await?;
    let here = here(&site, &signed_in);
    let command: CommandId = form.one("command").parse().map_err(|_| Problem::Malformed)?;
    let desk = Desk { texts: asking.texts(), today: here.today(), country: Some(site.hospital().country) };
    let countries = (site.sending.reach == Reach::World).then_some(site.sending.countries.as_slice());
    let new = match number::read(&form, desk, countries) {
        Ok(new) => new,
        Err(problems) => return asking.page(&form, &problems),
    };
    let extent = if asking.offers_record() { new.extent } else { Extent::Visit };
    // The same form again, or a number that is in place already: then only its message is sent.
    if !asking.is_in_place(&new.phone, extent) {
        match asking.write(&NewNumber { extent, ..new.clone() }, &form).await {
            Ok(()) => {}
            Err(StoreError::Conflict) => {
                let now = asking.again(id).await?;
                let phone = now.message.phone.as_ref().map(ToString::to_string).unwrap_or_default();
                let sentence = now.texts().with("number-overtaken", &[("phone", phone.into())]);
                return now.page(&form, &[Fault { field: "phone".to_owned(), sentence }]);
            }
            Err(error) => return Err(error.into()),
        }
    }
    asking.tell_visits().await?;
    let sent = asking.send(command).await?;
    let key = match (extent, sent) {
        (Extent::Visit, true) => "number-changed-visit",
        (Extent::Visit, false) => "number-changed-visit-later",
        (Extent::Record, true) => "number-changed-record",
        (Extent::Record, false) => "number-changed-record-later",
    };
    let name = asking.message.to.to_string();
    let said = asking.texts().with(key, &[("name", name.into()), ("phone", new.phone.to_string().into())]);
    Ok(see_other_saying(&site, &list_of(&form, &signed_in.member, &here), &said))
}

impl<'a> Asking<'a> {
    async fn about(
        site: &'a Site,
        signed_in: &'a SignedIn,
        token: &'a FormToken,
        id: MessageId,
    ) -> Result<Self, Problem> {
        let (message, _) = sendable(site, &signed_in.member, id).await?;
        let record = match numbers::origin(&site.store, message.participant).await?.ok_or(Problem::NotFound)? {
            Origin::Patient(id) => match patients::read(&site.store, id).await? {
                Some(Filed::Here(patient, _)) => Some(Record::Patient(patient)),
                _ => None,
            },
            Origin::Relative(id) => patients::find_relative(&site.store, id)
                .await?
                .map(|(patient, relative)| Record::Relative(patient, Box::new(relative))),
            Origin::Visit => None,
        };
        Ok(Self { site, signed_in, token, message, record })
    }

    async fn again(&self, id: MessageId) -> Result<Self, Problem> {
        Self::about(self.site, self.signed_in, self.token, id).await
    }

    fn texts(&self) -> Texts {
        Texts::of(self.signed_in.member.language)
    }

    /// Records are the clerks' business; who was invited to this visit only has none.
    fn offers_record(&self) -> bool {
        self.signed_in.member.role == Role::Clerk && self.record.is_some()
    }

    fn is_in_place(&self, phone: &Phone, extent: Extent) -> bool {
        let in_record = match &self.record {
            Some(Record::Patient(patient)) => patient.value.phone.as_ref() == Some(phone),
            Some(Record::Relative(_, relative)) => relative.value.phone == *phone,
            None => false,
        };
        self.message.phone.as_ref() == Some(phone) && (in_record || extent == Extent::Visit)
    }

    fn page(&self, typed: &Pairs, problems: &[Fault]) -> Result<HttpResponse, Problem> {
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let form = NumberForm {
            reader: reader(self.signed_in, self.token, None),
            here: &here(self.site, self.signed_in),
            message: &self.site.messages.shown(self.message.clone()),
            record: self.record.as_ref().filter(|_| self.offers_record()).map(Record::rev),
            typed,
            problems,
        };
        Ok(layout::page(status, view::page(&form)))
    }

    /// Writes the number where it is to count, unless it is no longer as it was seen.
    async fn write(&self, new: &NewNumber, form: &Pairs) -> Result<(), StoreError> {
        let (store, message) = (&self.site.store, &self.message);
        let Some(record) = self.record.as_ref().filter(|_| new.extent == Extent::Record) else {
            let seen: Option<Phone> = form.one("seen").parse().ok();
            let change =
                Change { visit: message.consultation, seat: message.participant, seen: seen.as_ref(), to: &new.phone };
            return numbers::change(store, &change).await;
        };
        if record.rev().to_string() != form.one("rev") {
            return Err(StoreError::Conflict);
        }
        // The seats of open visits follow their record.
        match record {
            Record::Patient(patient) => {
                let value = Patient { phone: Some(new.phone.clone()), ..patient.value.clone() };
                patients::edit(store, &Stored { value, rev: patient.rev }).await?;
            }
            Record::Relative(_, relative) => {
                let value = Relative { phone: new.phone.clone(), ..relative.value.clone() };
                patients::edit_relative(store, &Stored { value, rev: relative.rev }).await?;
            }
        }
        let mut batch = Batch::new();
        outbox::cancel::stop_looking(&mut batch, message.participant);
        store.write(batch).await.map(drop)
    }

    /// Visits that are live learn the new number.
    async fn tell_visits(&self) -> Result<(), Problem> {
        let mut visits = vec![self.message.consultation];
        if let Some(record) = &self.record {
            let others = patients::open_visits(&self.site.store, record.patient()).await?;
            visits.extend(others.iter().map(|visit| visit.id));
        }
        for visit in visits {
            self.site.hub.read_anew(visit).await;
        }
        Ok(())
    }

    /// Sends to the new number what is of use now. Says whether anything goes out at once: before the link opens, what is
    /// still to come goes to the new number by itself.
    async fn send(&self, command: CommandId) -> Result<bool, Problem> {
        let Self { site, message, .. } = self;
        if message.link.opens_at <= site.clock.now() {
            let by = self.signed_in.member.operator();
            let participant = message.participant;
            let renewal = Command::RenewLink { by, participant, window: site.hospital().links };
            site.hub.command(message.consultation, command, renewal).await?;
            return Ok(true);
        }
        if !super::rests(message.status) || message.template.carries_link() {
            return Ok(false);
        }
        copy(site, message, command).await.map(|()| true)
    }
}

impl Record {
    fn rev(&self) -> Rev {
        match self {
            Self::Patient(patient) => patient.rev,
            Self::Relative(_, relative) => relative.rev,
        }
    }

    fn patient(&self) -> PatientId {
        match self {
            Self::Patient(patient) => patient.value.id,
            Self::Relative(patient, _) => *patient,
        }
    }
}
