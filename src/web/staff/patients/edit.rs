//! Registering a patient, and editing a record.
//!
//! What somebody else changed meanwhile stays as they left it; what both changed is shown beside what was typed, and never
//! overwritten unseen. Who may be the same person is shown before anybody is registered.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Clerk, OVERTAKEN, PageForm, REGISTERED_BEFORE};
use crate::domain::ids::PatientId;
use crate::store::StoreError;
use crate::store::patients::{self, Alike, Likeness, Patient, Rev, Stored};
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::answer::{see_other, see_other_saying};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::{patient, seen};
use crate::web::staff::messages::not_written_to;
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::patients::fields::{self, PatientForm, Whose};

/// `GET /patients/new`.
///
/// # Errors
/// [`Problem`].
pub async fn new(clerk: Clerk) -> Result<HttpResponse, Problem> {
    Shown::of(&clerk, Whose::Newcomer(PatientId::mint())).page(StatusCode::OK, &Pairs::default()).await
}

/// `POST /patients/new`: registers a patient. The same form twice registers nobody twice.
///
/// # Errors
/// [`Problem`].
pub async fn create(clerk: Clerk, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let id = form.one("patient").parse().unwrap_or_else(|_| PatientId::mint());
    let shown = Shown::of(&clerk, Whose::Newcomer(id));
    let patient = match shown.read(&form, id, None).await? {
        Ok(patient) => patient,
        Err(refused) => return Ok(refused),
    };
    match patients::insert(&clerk.site.store, &patient, &[], clerk.site.clock.now()).await {
        Ok(()) => {}
        Err(StoreError::Duplicate) => match patients::find(&clerk.site.store, id).await? {
            // The same form came twice.
            Some(known) if known == patient => {}
            // It came again with a correction, which is not lost and not silently dropped.
            Some(_) => {
                let now = match clerk.record(id, |survivor| format!("/patients/{survivor}")).await? {
                    Ok(found) => found.patient,
                    Err(onward) => return Ok(onward),
                };
                return shown.overtaken(&form, &now, REGISTERED_BEFORE).await;
            }
            // Another patient has just been given this record number.
            None => return shown.number_taken(&form).await,
        },
        Err(error) => return Err(error.into()),
    }
    let called = [patient.phone.as_ref()];
    let said = clerk.texts().get("record-registered") + &not_written_to(&clerk.site, clerk.texts(), called);
    Ok(see_other_saying(&clerk.site, &format!("/patients/{id}"), &said))
}

/// `GET /patients/{id}/edit`.
///
/// # Errors
/// [`Problem`].
pub async fn form(clerk: Clerk, id: PathId<PatientId>) -> Result<HttpResponse, Problem> {
    let Stored { value, rev } = match clerk.record(id.0, |survivor| format!("/patients/{survivor}/edit")).await? {
        Ok(found) => found.patient,
        Err(onward) => return Ok(onward),
    };
    let filled = patient::filled(&value);
    let typed = seen::anew(filled.clone(), patient::FIELDS, &filled);
    Shown::of(&clerk, Whose::Registered(id.0, rev)).page(StatusCode::OK, &typed).await
}

/// `POST /patients/{id}/edit`.
///
/// # Errors
/// [`Problem`].
pub async fn save(clerk: Clerk, id: PathId<PatientId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let read: Rev = form.one("rev").parse().map_err(|_| Problem::Malformed)?;
    let before = match clerk.record(id.0, |survivor| format!("/patients/{survivor}")).await? {
        Ok(found) => found.patient,
        Err(onward) => return Ok(onward),
    };
    let shown = Shown::of(&clerk, Whose::Registered(id.0, before.rev));
    let form = if before.rev == read {
        form
    } else {
        let merged = patient::merged(&form, &before.value);
        if !merged.both.is_empty() {
            return shown.overtaken(&form, &before, OVERTAKEN).await;
        }
        merged.form
    };
    let value = match shown.read(&form, id.0, Some(&before.value)).await? {
        Ok(patient) => patient,
        Err(refused) => return Ok(refused),
    };
    if before.rev != read && value == before.value {
        return Ok(see_other(&format!("/patients/{}", id.0)));
    }
    let changes_seats = value.phone != before.value.phone;
    let warning = not_written_to(&clerk.site, clerk.texts(), [value.phone.as_ref()]);
    match patients::edit(&clerk.site.store, &Stored { value, rev: before.rev }).await {
        Ok(()) => {}
        Err(StoreError::Conflict) => {
            let now = match clerk.record(id.0, |survivor| format!("/patients/{survivor}")).await? {
                Ok(found) => found.patient,
                Err(onward) => return Ok(onward),
            };
            return shown.overtaken(&form, &now, OVERTAKEN).await;
        }
        Err(StoreError::Duplicate) => return shown.number_taken(&form).await,
        Err(error) => return Err(error.into()),
    }
    let has_visits = clerk.tell_visits(id.0).await?;
    let said = if has_visits && changes_seats { "record-saved-visits" } else { "record-saved" };
    let said = clerk.texts().get(said) + &warning;
    Ok(see_other_saying(&clerk.site, &format!("/patients/{}", id.0), &said))
}

/// The form as it is shown again.
struct Shown<'a> {
    clerk: &'a Clerk,
    whose: Whose,
    problems: Vec<Fault>,
    alike: Vec<Alike>,
    warning: Option<&'static str>,
}

impl<'a> Shown<'a> {
    const fn of(clerk: &'a Clerk, whose: Whose) -> Self {
        Self { clerk, whose, problems: Vec::new(), alike: Vec::new(), warning: None }
    }

    async fn page(self, status: StatusCode, typed: &Pairs) -> Result<HttpResponse, Problem> {
        let page = PatientForm {
            reader: self.clerk.reader(),
            here: &self.clerk.here(),
            wards: &self.clerk.wards().await?,
            whose: self.whose,
            typed,
            problems: &self.problems,
            alike: &self.alike,
            warning: self.warning,
        };
        Ok(layout::page(status, fields::page(&page)))
    }

    async fn refuse(mut self, typed: &Pairs, problems: Vec<Fault>) -> Result<HttpResponse, Problem> {
        self.problems = problems;
        let is_overtaken = self.warning.is_some();
        let status = if is_overtaken { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.page(status, typed).await
    }

    async fn number_taken(self, typed: &Pairs) -> Result<HttpResponse, Problem> {
        let fault = Fault::new(self.clerk.texts(), "record", "record-number-taken");
        self.refuse(typed, vec![fault]).await
    }

    /// The patient as typed, unless something is wrong or somebody alike has not been looked at. Who was alike to the record
    /// as it was `before` is no news: the edit did not make them so.
    async fn read(
        &self,
        typed: &Pairs,
        id: PatientId,
        before: Option<&Patient>,
    ) -> Result<Result<Patient, HttpResponse>, Problem> {
        let again = |alike, problems| {
            let Self { clerk, whose, .. } = *self;
            Shown { clerk, whose, alike, problems: Vec::new(), warning: None }.refuse(typed, problems)
        };
        let texts = self.clerk.texts();
        let patient = match patient::read(typed, id, self.clerk.desk()) {
            Ok(patient) => patient,
            Err(problems) => return again(Vec::new(), problems).await.map(Err),
        };
        let is_elsewhere = match patient.care.ward() {
            Some(ward) => self.clerk.wards().await?.iter().all(|known| known.id != ward),
            None => false,
        };
        if is_elsewhere {
            return again(Vec::new(), vec![Fault::new(texts, "ward", "visit-ward-unknown")]).await.map(Err);
        }
        let store = &self.clerk.site.store;
        let mut alike = patients::duplicates_of(store, &patient).await?;
        if let Some(before) = before.filter(|_| !alike.is_empty()) {
            let were_alike = patients::duplicates_of(store, before).await?;
            alike.retain(|other| !were_alike.contains(other));
        }
        let looked_at = patient::somebody_else(typed);
        let has_number = alike.iter().any(|other| other.likeness == Likeness::RecordNumber);
        let is_new = |other: &Alike| other.likeness != Likeness::RecordNumber && !looked_at.contains(&other.patient.id);
        let problem = match (has_number, alike.iter().any(is_new)) {
            (true, _) => Fault::new(texts, "record", "record-number-taken"),
            (false, true) => Fault::new(texts, "somebody_else", "alike-look"),
            (false, false) => return Ok(Ok(patient)),
        };
        again(alike, vec![problem]).await.map(Err)
    }

    /// What the record says now, beside what was typed. Saving again is saving over what is now known.
    async fn overtaken(
        mut self,
        typed: &Pairs,
        now: &Stored<Patient>,
        why: &'static str,
    ) -> Result<HttpResponse, Problem> {
        let clerk = self.clerk;
        let (texts, id) = (clerk.texts(), now.value.id);
        if patient::read(typed, id, clerk.desk()).is_ok_and(|typed| typed == now.value) {
            return Ok(see_other(&format!("/patients/{id}")));
        }
        let merged = patient::merged(typed, &now.value);
        let filled = patient::filled(&now.value);
        let wards = clerk.wards().await?;
        let shown = |field: &str| match field {
            "language" => texts.get(&format!("language-{}", filled.one(field))),
            "care" => texts.get(&format!("care-{}", filled.one(field))),
            "ward" => wards
                .iter()
                .find(|ward| Some(ward.id) == now.value.care.ward())
                .map(|ward| ward.name.clone())
                .unwrap_or_default(),
            field => filled.one(field).to_owned(),
        };
        let problems = merged.both.into_iter().map(|field| Fault {
            field: field.to_owned(),
            sentence: patient::said_now(texts, patient::label(field), &shown(field)),
        });
        let problems = problems.collect();
        self.whose = Whose::Registered(id, now.rev);
        self.warning = Some(why);
        self.refuse(&merged.form, problems).await
    }
}
