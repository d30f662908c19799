//! Handing files in: patients by clerks, staff by admins. A file is stored and looked at first; registering is asked for
//! apart.
//!
//! Never registers anybody itself, and never lets a role see files that are not of its kind.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::answer::{Wants, see_other, see_other_saying};
use super::forms::import::{self as form, FILE, HandedIn};
use super::pages::{here, reader};
use super::people::needs_accounts;
use super::views::form::Fault;
use super::views::import::{self, Row, Show};
use super::views::imports::{self as page, HandIn};
use super::views::list::PageNumber;
use crate::domain::ids::ImportId;
use crate::domain::import::{Stage, Subject, Tally};
use crate::domain::staff::Role;
use crate::store::imports::{self, Import, Listed, Sorted};
use crate::store::staff::roster;
use crate::store::{Store, StoreError};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::upload::Upload;

/// How many files a page lists.
const LISTED: u16 = 20;

/// How many rows a page shows.
const EACH: u32 = 50;

/// How many rows are stored together.
const STORED: usize = 250;

/// What `GET /imports/{id}` may ask for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    show: Option<String>,
    page: Option<String>,
}

/// `GET /patients/imports`.
///
/// # Errors
/// [`Problem`].
pub async fn of_patients(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    hand_in_page(&site, &signed_in, &token, Subject::Patients, notice.as_deref(), &[]).await
}

/// `GET /staff/imports`.
///
/// # Errors
/// [`Problem`].
pub async fn of_staff(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    hand_in_page(&site, &signed_in, &token, Subject::Staff, notice.as_deref(), &[]).await
}

/// `POST /patients/imports`: stores a file, to be looked at.
///
/// # Errors
/// [`Problem`].
pub async fn hand_in_patients(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    hand_in(&site, &signed_in, &token, upload, Subject::Patients).await
}

/// `POST /staff/imports`: stores a file, to be looked at.
///
/// # Errors
/// [`Problem`].
pub async fn hand_in_staff(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    hand_in(&site, &signed_in, &token, upload, Subject::Staff).await
}

/// `GET /imports/{id}`: how far a file has come, and what is wrong with it; for scripts, how far only.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    id: PathId<ImportId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let listed = find(&site.store, &signed_in, id.0).await?;
    let texts = Texts::of(signed_in.member.language);
    let import = &listed.import;
    if Wants::of(&request) == Wants::Json {
        let (done, all) = import::progress(import.stage, import.tally);
        let sentence = import::state(texts, import.stage, import.tally);
        return Ok(HttpResponse::Ok().json(json!({
            "stage": import.stage.as_str(), "sentence": sentence, "done": done, "all": all,
        })));
    }
    let show = Show::read(asked.show.as_deref(), import.tally);
    let number = PageNumber::read(asked.page.as_deref());
    let which = if show == Show::Known { Sorted::Known } else { Sorted::Faulty };
    let mut rows = match import.stage.is_running() {
        true => Vec::new(),
        false => imports::sorted(&site.store, import.id, which, number.skipped(EACH), EACH + 1).await?,
    };
    let leaf = number.cut(&mut rows, EACH);
    let uninvited = match (import.subject, import.stage) {
        (Subject::Staff, Stage::Done | Stage::Stopped) => uninvited(&site.store).await?,
        _ => Vec::new(),
    };
    let notice = flash::take(&request, &site.public_url);
    let page = import::page(&import::Page {
        reader: reader(&signed_in, &token, notice.as_deref()),
        here: &here(&site, &signed_in),
        listed: &listed,
        rows: &rows.iter().map(|row| Row::of(import, row)).collect::<Vec<_>>(),
        show,
        leaf,
        uninvited: &uninvited,
        may_lack_accounts: import.subject == Subject::Staff
            && !import.stage.is_running()
            && import.tally.registered > 0
            && needs_accounts(&site),
    });
    Ok(layout::page(StatusCode::OK, page))
}

/// `POST /imports/{id}/registration`: lets the rows without problems be registered.
///
/// # Errors
/// [`Problem`].
pub async fn register(
    site: web::Data<Site>,
    signed_in: SignedIn,
    id: PathId<ImportId>,
) -> Result<HttpResponse, Problem> {
    let import = find(&site.store, &signed_in, id.0).await?.import;
    let texts = Texts::of(signed_in.member.language);
    match imports::begin_registering(&site.store, import.id).await {
        // The button was pressed twice, or by somebody else: the page tells how far it is.
        Ok(()) | Err(StoreError::Conflict) => Ok(see_other(&address(&import))),
        Err(StoreError::Duplicate) => {
            Ok(see_other_saying(&site, &address(&import), &texts.get("import-one-at-a-time")))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /imports/{id}/removal`: stops what is being registered, and deletes the rows that are left.
///
/// # Errors
/// [`Problem`].
pub async fn remove(site: web::Data<Site>, signed_in: SignedIn, id: PathId<ImportId>) -> Result<HttpResponse, Problem> {
    let import = find(&site.store, &signed_in, id.0).await?.import;
    imports::remove(&site.store, import.id).await?;
    let texts = Texts::of(signed_in.member.language);
    let said = texts.get("import-removed");
    Ok(match imports::find(&site.store, import.id).await? {
        Some(_) => see_other_saying(&site, &address(&import), &said),
        None => see_other_saying(&site, page::path(import.subject), &said),
    })
}

/// The file, if whoever asks may see it.
pub(super) async fn find(store: &Store, signed_in: &SignedIn, id: ImportId) -> Result<Listed, Problem> {
    let own = match signed_in.member.role {
        Role::Admin => Some(Subject::Staff),
        Role::Clerk => Some(Subject::Patients),
        Role::Doctor | Role::Ward => None,
    };
    let listed = imports::find(store, id).await?;
    listed.filter(|listed| Some(listed.import.subject) == own).ok_or(Problem::NotFound)
}

async fn hand_in_page(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    subject: Subject,
    notice: Option<&str>,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let listed = imports::latest(&site.store, subject, LISTED).await?;
    let page = page::page(&HandIn {
        reader: reader(signed_in, token, notice),
        here: &here(site, signed_in),
        subject,
        listed: &listed,
        problems,
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(layout::page(status, page))
}

async fn hand_in(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    upload: Upload,
    subject: Subject,
) -> Result<HttpResponse, Problem> {
    let member = &signed_in.member;
    let texts = Texts::of(member.language);
    if upload.is_too_large {
        let fault = Fault::new(texts, FILE, "import-too-large");
        return hand_in_page(site, signed_in, token, subject, None, &[fault]).await;
    }
    let (language, hospital) = (member.language, site.hospital());
    let country = Some(hospital.country);
    let read = web::block(move || form::read(subject, &upload.file, language, country)).await;
    let HandedIn { header, rows } = match read.map_err(|_| Problem::Unavailable(None))? {
        Ok(handed_in) => handed_in,
        Err(fault) => return hand_in_page(site, signed_in, token, subject, None, &[fault]).await,
    };
    let import = Import {
        id: ImportId::mint(),
        subject,
        stage: Stage::Receiving,
        header,
        language: hospital.language,
        country,
        zone: hospital.zone.name().to_owned(),
        tally: Tally { total: u64::try_from(rows.len()).unwrap_or(u64::MAX), ..Tally::default() },
        created_by: member.id,
        created_at: site.clock.now(),
        rev: 1,
    };
    match imports::insert(&site.store, &import).await {
        Ok(()) => {}
        Err(StoreError::Duplicate) => {
            let running = imports::running_of(&site.store, member.id).await?;
            let to = running.map_or_else(|| page::path(subject).to_owned(), |running| address(&running.import));
            return Ok(see_other_saying(site, &to, &texts.get("import-one-at-a-time")));
        }
        Err(error) => return Err(error.into()),
    }
    for rows in rows.chunks(STORED) {
        if let Err(error) = imports::put(&site.store, import.id, rows).await {
            // Half a file is none; if this fails too, it is deleted after a while.
            imports::remove(&site.store, import.id).await.ok();
            return Err(error.into());
        }
    }
    imports::receive(&site.store, import.id).await?;
    Ok(see_other(&address(&import)))
}

async fn uninvited(store: &Store) -> Result<Vec<roster::Entry>, Problem> {
    let mut people = roster::all(store).await?;
    people.retain(|entry| entry.is_active && !entry.has_password);
    people.sort_by_key(|entry| entry.member.name.folded());
    Ok(people)
}

fn address(import: &Import) -> String {
    format!("/imports/{}", import.id)
}
