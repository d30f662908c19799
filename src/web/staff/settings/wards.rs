//! The hospital's wards: added, renamed, and removed where nothing refers to them.
//!
//! Never removes what staff, patients or visits belong to: it says what does.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::refusal;
use crate::domain::hospital::WardName;
use crate::domain::ids::WardId;
use crate::domain::person::fold;
use crate::store::StoreError;
use crate::store::wards::{self, Uses, Ward};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::{Wants, json_sentence, see_other_saying};
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::pages::reader;
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::settings::wards::{self as view, ADDED, Renaming, WardsPage, field};

/// `GET /settings/wards`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, request: &request };
    desk.page(StatusCode::OK, notice.as_deref(), "", None, &[]).await
}

/// `POST /settings/wards`: adds a ward. The same form twice adds it once.
///
/// # Errors
/// [`Problem`].
pub async fn add(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, request: &request };
    let typed = form.one("name");
    let known = wards::list(&site.store).await?;
    // Whoever goes back to a form that has added a ward may type another one into it.
    let id = form.one("ward").parse().ok().filter(|id| known.iter().all(|ward| ward.id != *id));
    let refuse = |key| desk.refuse(typed, None, Fault::new(desk.texts(), ADDED, key));
    if was_added(&form, &known) {
        return Ok(desk.done("settings-ward-added"));
    }
    let name = match name(typed, &known, None) {
        Ok(name) => name.to_string(),
        Err(key) => return refuse(key).await,
    };
    match wards::insert(&site.store, &Ward { id: id.unwrap_or_else(WardId::mint), name }).await {
        Ok(()) => Ok(desk.done("settings-ward-added")),
        // Somebody was faster: with this very form, or with another ward of this name.
        Err(StoreError::Duplicate) if was_added(&form, &wards::list(&site.store).await?) => {
            Ok(desk.done("settings-ward-added"))
        }
        Err(StoreError::Duplicate) => refuse("settings-ward-taken").await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/wards/{ward}`: another name.
///
/// # Errors
/// [`Problem`].
pub async fn rename(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    id: PathId<WardId>,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, request: &request };
    let known = wards::list(&site.store).await?;
    let ward = known.iter().find(|ward| ward.id == id.0).ok_or(Problem::NotFound)?;
    let typed = form.one("name");
    let refuse = |sentence| {
        let renaming = Renaming { ward: ward.id, typed };
        desk.refuse("", Some(renaming), Fault { field: field(ward.id), sentence })
    };
    let meanwhile = |now: &str| desk.texts().with("settings-meanwhile", &[("value", now.to_owned().into())]);
    if form.has("seen") && form.one("seen") != ward.name {
        return refuse(meanwhile(&ward.name)).await;
    }
    let name = match name(typed, &known, Some(ward.id)) {
        Ok(name) => name.to_string(),
        Err(key) => return refuse(desk.texts().get(key)).await,
    };
    match wards::rename(&site.store, &Ward { id: ward.id, name }, &ward.name).await {
        Ok(()) => Ok(desk.done("settings-ward-renamed")),
        Err(StoreError::Conflict) => refuse(desk.texts().get("settings-ward-meanwhile")).await,
        Err(StoreError::Duplicate) => refuse(desk.texts().get("settings-ward-taken")).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/wards/{ward}/removal`.
///
/// # Errors
/// [`Problem`].
pub async fn remove(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    id: PathId<WardId>,
) -> Result<HttpResponse, Problem> {
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, request: &request };
    match wards::remove(&site.store, id.0).await {
        Ok(()) => return Ok(desk.done("settings-ward-removed")),
        Err(StoreError::Conflict) => {}
        Err(error) => return Err(error.into()),
    }
    let uses = wards::uses(&site.store, id.0).await?;
    if uses.is_none() {
        return Err(Problem::NotFound);
    }
    desk.refuse("", None, Fault { field: field(id.0), sentence: used(desk.texts(), uses) }).await
}

/// Whether this form has added its ward before.
fn was_added(form: &Pairs, known: &[Ward]) -> bool {
    let id = form.one("ward").parse::<WardId>().ok();
    known.iter().any(|ward| Some(ward.id) == id && fold(&ward.name) == fold(form.one("name")))
}

/// A name for a ward, other than every other's.
fn name(typed: &str, known: &[Ward], own: Option<WardId>) -> Result<WardName, &'static str> {
    let name: WardName = typed.parse().map_err(|_| "settings-ward-wrong")?;
    let folded = fold(&name.to_string());
    let is_taken = known.iter().any(|ward| Some(ward.id) != own && fold(&ward.name) == folded);
    if is_taken { Err("settings-ward-taken") } else { Ok(name) }
}

fn used(texts: Texts, uses: Uses) -> String {
    let Uses { staff, patients, visits } = uses;
    texts.with(
        "settings-ward-used",
        &[
            ("staff", staff.to_string().into()),
            ("patients", patients.to_string().into()),
            ("visits", visits.to_string().into()),
        ],
    )
}

/// Where one admin looks after the wards.
struct Desk<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    token: &'a FormToken,
    request: &'a HttpRequest,
}

impl Desk<'_> {
    fn texts(&self) -> Texts {
        Texts::of(self.signed_in.member.language)
    }

    fn done(&self, key: &str) -> HttpResponse {
        let sentence = self.texts().get(key);
        match Wants::of(self.request) {
            Wants::Json => json_sentence(StatusCode::OK, &sentence, &[]),
            Wants::Page => see_other_saying(self.site, "/settings/wards", &sentence),
        }
    }

    async fn refuse(&self, added: &str, renaming: Option<Renaming<'_>>, fault: Fault) -> Result<HttpResponse, Problem> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        if Wants::of(self.request) == Wants::Json {
            return Ok(refusal(status, &[fault]));
        }
        self.page(status, None, added, renaming, &[fault]).await
    }

    async fn page(
        &self,
        status: StatusCode,
        notice: Option<&str>,
        added: &str,
        renaming: Option<Renaming<'_>>,
        problems: &[Fault],
    ) -> Result<HttpResponse, Problem> {
        let wards = wards::list(&self.site.store).await?;
        let reader = reader(self.signed_in, self.token, notice);
        Ok(layout::page(
            status,
            view::page(&WardsPage { reader, wards: &wards, new: WardId::mint(), added, renaming, problems }),
        ))
    }
}
