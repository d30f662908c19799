//! All patients, and those a search found.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{Clerk, MOST_FOUND, PageForm};
use crate::store::patients;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::list::PageNumber;
use crate::web::staff::views::patients::list::{self, PatientList, Shown};

/// How many patients a page lists.
const ROWS: u32 = 50;

/// What `GET /patients` may ask for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    of: Option<String>,
    page: Option<String>,
}

/// `GET /patients`, of one kind of care or one ward if asked for.
///
/// # Errors
/// [`Problem`].
pub async fn list(clerk: Clerk, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    let listed = list::read_listed(asked.of.as_deref());
    let page = PageNumber::read(asked.page.as_deref());
    let mut patients = patients::list(&clerk.site.store, listed, page.skipped(ROWS), ROWS + 1).await?;
    let leaf = page.cut(&mut patients, ROWS);
    let page = PatientList {
        reader: clerk.reader(),
        here: &clerk.here(),
        wards: &clerk.wards().await?,
        typed: "",
        shown: Shown::Listed(listed),
        patients: &patients,
        leaf,
    };
    Ok(layout::page(StatusCode::OK, list::page(&page)))
}

/// `POST /patients/searches`: who has a name, a record number or a phone number that begins so. Nothing typed finds nobody.
///
/// # Errors
/// [`Problem`].
pub async fn search(clerk: Clerk, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let wanted = form.one("text");
    let mut patients = patients::search(&clerk.site.store, wanted, MOST_FOUND + 1).await?;
    let leaf = PageNumber::FIRST.cut(&mut patients, u32::from(MOST_FOUND));
    let page = PatientList {
        reader: clerk.reader(),
        here: &clerk.here(),
        wards: &clerk.wards().await?,
        typed: form.one("text"),
        shown: Shown::Found,
        patients: &patients,
        leaf,
    };
    Ok(layout::page(StatusCode::OK, list::page(&page)))
}
