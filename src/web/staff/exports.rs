//! Files that leave: everybody in the format of imports, an example of it, and the rows of a file that have problems.
//!
//! Long files are written while they are read, so that no house is too large. Never changes anything, and never holds a
//! password.

use std::collections::HashSet;
use std::rc::Rc;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream::{self, Stream, StreamExt};

use super::imports::find;
use super::views::import::{self, Row};
use crate::domain::ids::{ImportId, WardId};
use crate::domain::person::{Language, Phone};
use crate::sheets::patients::{PatientRow, RelativeRow};
use crate::sheets::staff::StaffRow;
use crate::sheets::{self, Sheet};
use crate::store::imports::{self, Import, Sorted};
use crate::store::patients::{self, After, Patient, Relative};
use crate::store::wards::{self, Ward};
use crate::store::{Store, StoreError, staff as members};
use crate::text::Texts;
use crate::web::guard::SignedIn;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// How many patients are read at once.
const TOGETHER: usize = 500;

/// How many rows with problems are read at once.
const ROWS: u16 = 500;

/// `GET /patients/export.csv`.
///
/// # Errors
/// [`Problem`].
pub async fn patients(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let language = signed_in.member.language;
    let wards = wards::list(&site.store).await?;
    let groups = patients::largest_family(&site.store).await?.max(sheets::patients::GROUPS);
    let header = sheets::patients::header(groups, language);
    let start = Sheet::with_header(header.iter().map(String::as_str)).into_bytes();
    let store = site.store.clone();
    let shared = Rc::new(patients::shared_phones(&store).await?);
    let parts = stream::try_unfold(After::nobody(), move |after| {
        let (store, wards, shared) = (store.clone(), wards.clone(), shared.clone());
        async move {
            let Some((page, after)) = patients::page(&store, &after, TOGETHER).await? else { return Ok(None) };
            let mut sheet = Sheet::continued();
            for (patient, relatives) in page {
                let ward = name_of(&wards, patient.care.ward()).to_owned();
                let cells = sheets::patients::cells(&row(patient, relatives, &shared), &ward, language);
                sheet.push(cells.iter().map(String::as_str));
            }
            Ok(Some((sheet.into_bytes(), after)))
        }
    });
    Ok(file(&named(&site, language, "import-file-patients"), start, parts))
}

/// `GET /staff/export.csv`: those who may sign in.
///
/// # Errors
/// [`Problem`].
pub async fn staff(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let language = signed_in.member.language;
    let wards = wards::list(&site.store).await?;
    let header = sheets::staff::header(language);
    let mut sheet = Sheet::with_header(header.iter().map(String::as_str));
    for member in members::list(&site.store).await? {
        let ward = name_of(&wards, member.ward).to_owned();
        let row = StaffRow {
            name: member.name,
            email: member.email,
            role: member.role,
            ward: member.ward,
            services: member.services,
            language: member.language,
        };
        sheet.push(sheets::staff::cells(&row, &ward, language).iter().map(String::as_str));
    }
    Ok(whole(&named(&site, language, "import-file-staff"), sheet))
}

/// `GET /patients/imports/example.csv`.
///
/// # Errors
/// [`Problem`].
pub async fn example_of_patients(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let language = signed_in.member.language;
    let wards = wards::list(&site.store).await?;
    let header = sheets::patients::header(sheets::patients::GROUPS, language);
    let mut sheet = Sheet::with_header(header.iter().map(String::as_str));
    for row in sheets::patients::example(wards.first().map(|ward| ward.id)) {
        let ward = name_of(&wards, row.care.ward()).to_owned();
        sheet.push(sheets::patients::cells(&row, &ward, language).iter().map(String::as_str));
    }
    Ok(whole(&format!("{}.csv", Texts::of(language).get("import-file-example")), sheet))
}

/// `GET /staff/imports/example.csv`.
///
/// # Errors
/// [`Problem`].
pub async fn example_of_staff(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let language = signed_in.member.language;
    let wards = wards::list(&site.store).await?;
    let header = sheets::staff::header(language);
    let mut sheet = Sheet::with_header(header.iter().map(String::as_str));
    for row in sheets::staff::example(wards.first().map(|ward| ward.id)) {
        let ward = name_of(&wards, row.ward).to_owned();
        sheet.push(sheets::staff::cells(&row, &ward, language).iter().map(String::as_str));
    }
    Ok(whole(&format!("{}.csv", Texts::of(language).get("import-file-example")), sheet))
}

/// `GET /imports/{id}/problems.csv`: the rows with problems as they came, with what is wrong in front.
///
/// # Errors
/// [`Problem`].
pub async fn problems(
    site: web::Data<Site>,
    signed_in: SignedIn,
    id: PathId<ImportId>,
) -> Result<HttpResponse, Problem> {
    let import = find(&site.store, &signed_in, id.0).await?.import;
    let language = signed_in.member.language;
    let header = sheets::header_of_problems(&import.header, language);
    let start = Sheet::with_header(header.iter().map(String::as_str)).into_bytes();
    let name = named(&site, language, "import-file-problems");
    let parts = stream::try_unfold(0, {
        let store = site.store.clone();
        move |after| {
            let (store, import) = (store.clone(), import.clone());
            async move { part_with_problems(&store, &import, after, language).await }
        }
    });
    Ok(file(&name, start, parts))
}

async fn part_with_problems(
    store: &Store,
    file: &Import,
    after: u64,
    language: Language,
) -> Result<Option<(Vec<u8>, u64)>, StoreError> {
    let rows = imports::rows_after(store, file.id, Sorted::Faulty, after, ROWS).await?;
    let Some(last) = rows.last().map(|row| row.position) else { return Ok(None) };
    let mut sheet = Sheet::continued();
    for row in &rows {
        let said = import::problems(Texts::of(language), &Row::of(file, row));
        let cells = sheets::cells_of_problem(&file.header, row.line, said, &row.cells);
        sheet.push(cells.iter().map(String::as_str));
    }
    Ok(Some((sheet.into_bytes(), last)))
}

/// Whoever is registered is somebody of their own: a phone they have in common is said to be shared, for the file to come
/// back whole.
fn row(patient: Patient, relatives: Vec<Relative>, shared: &HashSet<String>) -> PatientRow {
    let Patient { id: _, name, born, record, phone, email, language, care } = patient;
    let numbers: HashSet<&Phone> = relatives.iter().map(|relative| &relative.phone).collect();
    let is_shared = phone.as_ref().is_some_and(|phone| shared.contains(&phone.to_string()));
    let shares_phone = is_shared || numbers.len() < relatives.len();
    let relatives = relatives.into_iter().map(relative).collect();
    PatientRow { name, born, record, phone, shares_phone, email, language, care, relatives }
}

fn relative(relative: Relative) -> RelativeRow {
    let Relative { id: _, name, relation, phone, language, may_receive_report, may_visit } = relative;
    RelativeRow { name, relation, phone, language, may_receive_report, may_visit }
}

fn name_of(wards: &[Ward], id: Option<WardId>) -> &str {
    wards.iter().find(|ward| Some(ward.id) == id).map_or("", |ward| ward.name.as_str())
}

/// A name with the hospital's date.
fn named(site: &Site, language: Language, key: &str) -> String {
    let today = site.clock.now().to_zoned(site.hospital().zone.rules().clone()).date();
    format!("{}-{today}.csv", Texts::of(language).get(key))
}

fn whole(name: &str, sheet: Sheet) -> HttpResponse {
    head(name).body(sheet.into_bytes())
}

/// A file that is written while it is read. When the store fails meanwhile, the browser sees that the file is not whole.
pub(super) fn file(
    name: &str,
    start: Vec<u8>,
    parts: impl Stream<Item = Result<Vec<u8>, StoreError>> + 'static,
) -> HttpResponse {
    let start = stream::iter([Ok(start)]);
    let failed = |error: StoreError| {
        tracing::error!(%error, "a file could not be written to its end");
        Problem::Unavailable(None)
    };
    head(name).streaming(start.chain(parts).map(move |part| part.map(web::Bytes::from).map_err(failed)))
}

fn head(name: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}
