//! One patient's record.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::Clerk;
use crate::domain::ids::PatientId;
use crate::store::patients;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::views::list::PageNumber;
use crate::web::staff::views::patients::record::{self, Record};

/// How many past visits a page lists.
const ROWS: u32 = 20;

/// What `GET /patients/{id}` may ask for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    page: Option<String>,
}

/// `GET /patients/{id}`. A record that was merged leads to the one that stayed.
///
/// # Errors
/// [`Problem`].
pub async fn show(clerk: Clerk, id: PathId<PatientId>, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    let found = match clerk.record(id.0, |survivor| format!("/patients/{survivor}")).await? {
        Ok(found) => found,
        Err(onward) => return Ok(onward),
    };
    let store = &clerk.site.store;
    let page = PageNumber::read(asked.page.as_deref());
    let mut past = patients::past_visits(store, id.0, page.skipped(ROWS), ROWS + 1).await?;
    let leaf = page.cut(&mut past, ROWS);
    let page = Record {
        reader: clerk.reader(),
        here: &clerk.here(),
        wards: &clerk.wards().await?,
        patient: &found.patient.value,
        relatives: &found.relatives,
        open: &patients::open_visits(store, id.0).await?,
        past: &past,
        leaf,
    };
    Ok(layout::page(StatusCode::OK, record::page(&page)))
}
