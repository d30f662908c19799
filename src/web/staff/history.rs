//! What became of visits: the page with list and charts, and the same as a file.
//!
//! Never changes anything; whose visits somebody sees is [`Scope`]'s to say.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::future::try_join3;
use futures_util::stream;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::exports;
use super::filtering;
use super::forms::history::{Filter, Typed};
use super::pages::{here, reader};
use super::views::history::{self, Found, History};
use super::views::list::{Leaf, PageNumber};
use crate::domain::figures::Figures;
use crate::domain::outcome::waited;
use crate::domain::schedule::time_zone;
use crate::domain::staff::StaffMember;
use crate::sheets::Sheet;
use crate::store::history::{self as past, After, PastVisit, Which};
use crate::store::scope::Scope;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// Rows on a page.
const ROWS: u32 = 50;

/// The last page that can be asked for: skipping rows is not free.
const LAST_PAGE: u32 = 200;

/// How many visits are read at once for a file.
pub const TOGETHER: u32 = 1_000;

/// `GET /history`.
///
/// # Errors
/// [`Problem`].
pub async fn page(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    typed: web::Query<Typed>,
) -> Result<HttpResponse, Problem> {
    let member = &signed_in.member;
    let (here, texts) = (here(&site, &signed_in), Texts::of(member.language));
    let doctors = filtering::doctors(&site.store, member).await?;
    let filter = typed.read(texts, here.today());
    let (found, faults) = match &filter {
        Ok(filter) => (Some(find(&site, member, filter, &typed).await?), &[][..]),
        Err(faults) => (None, faults.as_slice()),
    };
    let notice = flash::take(&request, &site.public_url);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = history::page(&History {
        reader: reader(&signed_in, &token, notice.as_deref()),
        here: &here,
        typed: &typed,
        faults,
        doctors: &doctors,
        found: found.as_ref(),
    });
    Ok(layout::page(status, page))
}

/// `GET /history.csv`: all visits that were asked for, however many.
///
/// # Errors
/// [`Problem`].
pub async fn file(
    site: web::Data<Site>,
    signed_in: SignedIn,
    typed: web::Query<Typed>,
) -> Result<HttpResponse, Problem> {
    let member = &signed_in.member;
    let texts = Texts::of(member.language);
    let filter = typed.read(texts, here(&site, &signed_in).today()).map_err(|_| Problem::Malformed)?;
    let which = which(member, &filter)?;
    let zone = site.hospital().zone.rules().clone();
    let header = history::COLUMNS.map(|key| texts.get(key));
    let start = Sheet::with_header(header.iter().map(String::as_str)).into_bytes();
    let store = site.store.clone();
    let parts = stream::try_unfold(After::default(), move |after| {
        let (store, zone) = (store.clone(), zone.clone());
        async move {
            let Some((visits, after)) = past::page(&store, &which, &after, TOGETHER).await? else { return Ok(None) };
            let mut sheet = Sheet::continued();
            for visit in &visits {
                sheet.push(cells(texts, &zone, visit).iter().map(String::as_str));
            }
            Ok(Some((sheet.into_bytes(), after)))
        }
    });
    let name = format!("antesala-{}-{}.csv", filter.period.first(), filter.period.last());
    Ok(exports::file(&name, start, parts))
}

/// One page of visits; the first one with the figures of all.
async fn find(site: &Site, member: &StaffMember, filter: &Filter, typed: &Typed) -> Result<Found, Problem> {
    let which = which(member, filter)?;
    let page = PageNumber::read(typed.page.as_deref()).at_most(LAST_PAGE);
    let store = &site.store;
    let rows = past::list(store, &which, ROWS + 1, page.skipped(ROWS));
    let (mut visits, figures) = if page == PageNumber::FIRST {
        let (visits, tallies, waits) =
            try_join3(rows, past::tallies(store, &which), past::waits(store, &which)).await?;
        let zone = time_zone(&member.zone).unwrap_or(TimeZone::UTC);
        (visits, Some(Figures::of(filter.period, &zone, &tallies, &waits)))
    } else {
        (rows.await?, None)
    };
    let leaf = page.cut(&mut visits, ROWS);
    // What lies beyond the last page is found with a shorter period.
    let is_cut = leaf.has_more && page.skipped(ROWS) == (LAST_PAGE - 1) * ROWS;
    let leaf = Leaf { has_more: leaf.has_more && !is_cut, ..leaf };
    Ok(Found { filter: *filter, visits, figures, leaf, is_cut })
}

/// The days are the reader's own.
fn which(member: &StaffMember, filter: &Filter) -> Result<Which, Problem> {
    let scope = Scope::of(member).ok_or(Problem::Forbidden)?;
    let zone = time_zone(&member.zone).unwrap_or(TimeZone::UTC);
    let (from, until) = filter.period.bounds(&zone);
    let doctor = filter.doctor.filter(|_| scope == Scope::Clinic);
    Ok(Which { scope, from, until, doctor, service: filter.service, outcome: filter.outcome })
}

/// In the order of [`history::COLUMNS`].
fn cells(texts: Texts, zone: &TimeZone, visit: &PastVisit) -> [String; history::COLUMNS.len()] {
    let time = |at: Option<Timestamp>| {
        at.map(|at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
    };
    let waited = waited(visit.starts_at, visit.arrived_at, visit.admitted_at);
    [
        time(Some(visit.starts_at)),
        visit.patient.to_string(),
        visit.record.as_ref().map(ToString::to_string).unwrap_or_default(),
        texts.get(&format!("service-{}", visit.service)),
        visit.doctor.as_ref().map(ToString::to_string).unwrap_or_default(),
        visit.ward.clone().unwrap_or_default(),
        texts.get(history::outcome_key(visit.outcome)),
        time(visit.sent_at),
        time(visit.delivered_at),
        time(visit.opened_at),
        time(visit.arrived_at),
        waited.map(|waited| waited.as_mins().to_string()).unwrap_or_default(),
        time(visit.admitted_at),
        time(visit.closed_at),
    ]
}
