//! The relatives of a patient: added, edited, removed.
//!
//! Whoever was invited once stays known to that visit. What somebody else changed meanwhile stays as they left it; what both
//! changed is shown, never overwritten unseen. Whoever has the number of another relative may be the same person, which is
//! asked before anything is saved.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{Clerk, OVERTAKEN, PageForm, REGISTERED_BEFORE};
use crate::domain::ids::{PatientId, RelativeId};
use crate::domain::person::PersonName;
use crate::store::StoreError;
use crate::store::patients::{self, Relative, Rev, Stored};
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::answer::{see_other, see_other_saying};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::{patient, relative, seen};
use crate::web::staff::messages::not_written_to;
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::patients::relative::{self as view, RelativeForm, Which};

/// What the address of the form may say.
#[derive(Debug, Default, Deserialize)]
pub struct Beginning {
    /// The visit they are registered for.
    visit: Option<String>,
}

/// `GET /patients/{id}/relatives/new`, for a `visit` they are to be invited to.
///
/// # Errors
/// [`Problem`].
pub async fn new(
    clerk: Clerk,
    id: PathId<PatientId>,
    beginning: web::Query<Beginning>,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::default().with("visit", beginning.into_inner().visit.unwrap_or_default());
    let found = match clerk.record(id.0, |survivor| view::another(survivor, &typed)).await? {
        Ok(found) => found.patient.value,
        Err(onward) => return Ok(onward),
    };
    // Most relatives may do both; whoever may not is unticked.
    let typed = typed.with("language", found.language.as_str()).with("may_receive_report", "1").with("may_visit", "1");
    let shown = Shown::of(&clerk, (found.id, &found.name), Which::Newcomer(RelativeId::mint()));
    Ok(shown.page(StatusCode::OK, &typed, &[]))
}

/// `POST /patients/{id}/relatives`: adds one. The same form twice adds nobody twice.
///
/// # Errors
/// [`Problem`].
pub async fn create(clerk: Clerk, id: PathId<PatientId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let found = match clerk.record(id.0, |survivor| view::another(survivor, &form)).await? {
        Ok(found) => found.patient.value,
        Err(onward) => return Ok(onward),
    };
    let newcomer = form.one("relative").parse().unwrap_or_else(|_| RelativeId::mint());
    let shown = Shown::of(&clerk, (found.id, &found.name), Which::Newcomer(newcomer));
    let relative = match shown.read(&form, newcomer, None).await? {
        Ok(relative) => relative,
        Err(refused) => return Ok(refused),
    };
    match patients::add_relative(&clerk.site.store, id.0, &relative, clerk.site.clock.now()).await {
        Ok(()) => {}
        Err(StoreError::Duplicate) => match patients::find_relative(&clerk.site.store, newcomer).await? {
            // The same form came twice.
            Some((owner, now)) if owner == id.0 && now.value == relative => {}
            // It came again with a correction, which is not lost and not silently dropped.
            Some((owner, now)) if owner == id.0 => return Ok(shown.overtaken(&form, &now, REGISTERED_BEFORE)),
            // Removed since.
            _ => return Ok(see_other(&view::origin(id.0, &form))),
        },
        // Merged into another record in this very moment.
        Err(StoreError::Conflict) => return Ok(see_other(&view::origin(id.0, &form))),
        Err(error) => return Err(error.into()),
    }
    let next = match view::visit(&form) {
        _ if form.has("and_another") => view::another(id.0, &form),
        Some(_) => format!("{}?invite={}", view::origin(id.0, &form), relative.id),
        None => view::origin(id.0, &form),
    };
    let called = [Some(&relative.phone)];
    let said = clerk.texts().get("relative-added") + &not_written_to(&clerk.site, clerk.texts(), called);
    Ok(see_other_saying(&clerk.site, &next, &said))
}

/// `GET /relatives/{id}`.
///
/// # Errors
/// [`Problem`].
pub async fn form(clerk: Clerk, id: PathId<RelativeId>) -> Result<HttpResponse, Problem> {
    let (patient, name, Stored { value, rev }) = find(&clerk, id.0).await?;
    let shown = Shown::of(&clerk, (patient, &name), Which::Registered(id.0, rev));
    let filled = relative::filled(&value);
    let typed = seen::anew(filled.clone(), relative::FIELDS, &filled);
    Ok(shown.page(StatusCode::OK, &typed, &[]))
}

/// `POST /relatives/{id}`.
///
/// # Errors
/// [`Problem`].
pub async fn save(clerk: Clerk, id: PathId<RelativeId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let read: Rev = form.one("rev").parse().map_err(|_| Problem::Malformed)?;
    let (patient, name, before) = find(&clerk, id.0).await?;
    let shown = Shown::of(&clerk, (patient, &name), Which::Registered(id.0, before.rev));
    let form = if before.rev == read {
        form
    } else {
        let merged = relative::merged(&form, &before.value);
        if !merged.both.is_empty() {
            return Ok(shown.overtaken(&form, &before, OVERTAKEN));
        }
        merged.form
    };
    let value = match shown.read(&form, id.0, Some(&before.value)).await? {
        Ok(relative) => relative,
        Err(refused) => return Ok(refused),
    };
    if before.rev != read && value == before.value {
        return Ok(see_other(&format!("/patients/{patient}")));
    }
    let changes_seats = value.phone != before.value.phone;
    let warning = not_written_to(&clerk.site, clerk.texts(), [Some(&value.phone)]);
    match patients::edit_relative(&clerk.site.store, &Stored { value, rev: before.rev }).await {
        Ok(()) => {}
        Err(StoreError::Conflict) => return Ok(shown.overtaken(&form, &find(&clerk, id.0).await?.2, OVERTAKEN)),
        Err(error) => return Err(error.into()),
    }
    let has_visits = clerk.tell_visits(patient).await?;
    let said = if has_visits && changes_seats { "record-saved-visits" } else { "record-saved" };
    let said = clerk.texts().get(said) + &warning;
    Ok(see_other_saying(&clerk.site, &format!("/patients/{patient}"), &said))
}

/// `POST /relatives/{id}/removal`.
///
/// # Errors
/// [`Problem`].
pub async fn remove(clerk: Clerk, id: PathId<RelativeId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let read: Rev = form.one("rev").parse().map_err(|_| Problem::Malformed)?;
    let (patient, _, _) = find(&clerk, id.0).await?;
    match patients::remove_relative(&clerk.site.store, id.0, read, clerk.site.clock.now()).await {
        Ok(()) => {
            let said = clerk.texts().get("relative-removed");
            Ok(see_other_saying(&clerk.site, &format!("/patients/{patient}"), &said))
        }
        Err(StoreError::Conflict) => {
            let said = clerk.texts().get("relative-not-removed");
            Ok(see_other_saying(&clerk.site, &format!("/relatives/{}", id.0), &said))
        }
        Err(error) => Err(error.into()),
    }
}

/// A relative, and whose.
async fn find(clerk: &Clerk, id: RelativeId) -> Result<(PatientId, PersonName, Stored<Relative>), Problem> {
    let store = &clerk.site.store;
    let (patient, relative) = patients::find_relative(store, id).await?.ok_or(Problem::NotFound)?;
    let name = patients::find(store, patient).await?.ok_or(Problem::NotFound)?.name;
    Ok((patient, name, relative))
}

/// The form as it is shown again.
struct Shown<'a> {
    clerk: &'a Clerk,
    patient: (PatientId, &'a PersonName),
    which: Which,
    alike: Vec<Relative>,
    warning: Option<&'a str>,
}

impl<'a> Shown<'a> {
    const fn of(clerk: &'a Clerk, patient: (PatientId, &'a PersonName), which: Which) -> Self {
        Self { clerk, patient, which, alike: Vec::new(), warning: None }
    }

    fn page(&self, status: StatusCode, typed: &Pairs, problems: &[Fault]) -> HttpResponse {
        let Self { clerk, patient, which, ref alike, warning } = *self;
        let reader = clerk.reader();
        layout::page(status, view::page(&RelativeForm { reader, patient, which, typed, problems, alike, warning }))
    }

    /// The relative as typed, unless something is wrong or somebody with their number has not been looked at. Whose number it
    /// was `before` is no news: the edit did not make them alike.
    async fn read(
        &self,
        typed: &Pairs,
        id: RelativeId,
        before: Option<&Relative>,
    ) -> Result<Result<Relative, HttpResponse>, Problem> {
        let Self { clerk, patient, which, .. } = *self;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let value = match relative::read(typed, id, clerk.desk()) {
            Ok(value) => value,
            Err(problems) => return Ok(Err(self.page(refused, typed, &problems))),
        };
        if before.is_some_and(|before| before.phone == value.phone) {
            return Ok(Ok(value));
        }
        let mut alike = patients::relatives_of(&clerk.site.store, patient.0).await?;
        alike.retain(|other| other.id != id && other.phone == value.phone);
        let looked_at = relative::somebody_else(typed);
        if alike.iter().all(|other| looked_at.contains(&other.id)) {
            return Ok(Ok(value));
        }
        let names = alike.iter().map(|other| other.name.to_string()).collect::<Vec<_>>().join(", ");
        let sentence = clerk.texts().with("relative-phone-known", &[("names", names.into())]);
        let fault = Fault { field: "phone".to_owned(), sentence };
        Ok(Err(Shown { alike, ..Shown::of(clerk, patient, which) }.page(refused, typed, &[fault])))
    }

    /// What is known now, beside what was typed, and why nothing was saved.
    fn overtaken(self, typed: &Pairs, now: &Stored<Relative>, why: &'a str) -> HttpResponse {
        let (clerk, patient) = (self.clerk, self.patient);
        let (texts, id) = (clerk.texts(), now.value.id);
        if relative::read(typed, id, clerk.desk()).is_ok_and(|typed| typed == now.value) {
            return see_other(&format!("/patients/{}", patient.0));
        }
        let filled = relative::filled(&now.value);
        let is_tick = |field: &str| field.starts_with("may_");
        let shown = |field: &str| match field {
            "language" => texts.get(&format!("language-{}", filled.one(field))),
            field if is_tick(field) => {
                texts.get(if filled.has(field) { "relative-ticked" } else { "relative-unticked" })
            }
            field => filled.one(field).to_owned(),
        };
        let merged = relative::merged(typed, &now.value);
        let said = |field: &str| patient::said_now(texts, relative::label(field), &shown(field));
        let problems: Vec<Fault> =
            merged.both.into_iter().map(|field| Fault { field: field.to_owned(), sentence: said(field) }).collect();
        let shown = Shown { which: Which::Registered(id, now.rev), warning: Some(why), ..self };
        shown.page(StatusCode::CONFLICT, &merged.form, &problems)
    }
}
