//! The agenda and its day sheet: whose appointments somebody may look at, and which of them were asked for.
//!
//! What the address says and nobody can read counts as not said. Never changes anything.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::pages::{here, reader};
use super::views::agenda::{self, Agenda, DayOfWeek, Found, Shown, View};
use super::views::list::{PageNumber, cut};
use super::views::moment::Here;
use super::views::sheet::{self, Sheet};
use crate::domain::agenda::{Stretch, week_of};
use crate::domain::staff::{Role, StaffMember};
use crate::store::agenda::{Part, Whose, invited, planned};
use crate::store::scope::Scope;
use crate::store::staff;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// What the address asks for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    day: Option<String>,
    view: Option<String>,
    doctor: Option<String>,
    service: Option<String>,
    page: Option<String>,
}

/// How many visits of a day one page shows.
const ROWS: u32 = 100;

/// How many visits of each day a week shows.
const ROWS_OF_WEEK: u32 = 30;

/// `GET /agenda`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let (member, here) = (&signed_in.member, here(&site, &signed_in));
    let shown = asked.shown(member, &here);
    let whose = whose(member, shown)?;
    let doctors = doctors(&site, member).await?;
    let notice = flash::take(&request, &site.public_url);
    let page = |found| {
        let reader = reader(&signed_in, &token, notice.as_deref());
        layout::page(StatusCode::OK, agenda::page(&Agenda { reader, here: &here, shown, doctors: &doctors, found }))
    };
    match shown.view {
        View::Day => {
            let number = PageNumber::read(asked.page.as_deref());
            let within = Stretch::of_day(shown.day, &here.time_zone());
            let mut visits = planned(&site.store, whose, within, one_more_than(ROWS, number)).await?;
            let has_more = cut(&mut visits, ROWS);
            Ok(page(Found::Day { visits: &visits, page: number, has_more }))
        }
        View::Week => {
            let mut days = Vec::with_capacity(7);
            for day in week_of(shown.day) {
                let within = Stretch::of_day(day, &here.time_zone());
                let part = one_more_than(ROWS_OF_WEEK, PageNumber::FIRST);
                let mut visits = planned(&site.store, whose, within, part).await?;
                let has_more = cut(&mut visits, ROWS_OF_WEEK);
                days.push(DayOfWeek { day, visits, has_more });
            }
            Ok(page(Found::Week(&days)))
        }
    }
}

/// `GET /agenda/sheet`: a day to be printed.
///
/// # Errors
/// [`Problem`].
pub async fn sheet(
    site: web::Data<Site>,
    signed_in: SignedIn,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let (member, here) = (&signed_in.member, here(&site, &signed_in));
    let shown = asked.shown(member, &here).seen_as(View::Day);
    let whose = whose(member, shown)?;
    let number = PageNumber::read(asked.page.as_deref());
    let within = Stretch::of_day(shown.day, &here.time_zone());
    let mut visits = planned(&site.store, whose, within, one_more_than(ROWS, number)).await?;
    let has_more = cut(&mut visits, ROWS);
    let part = Part { skipped: number.skipped(ROWS), most: ROWS };
    let guests = invited(&site.store, whose, within, part).await?;
    let doctors = doctors(&site, member).await?;
    let sheet = Sheet {
        member,
        here: &here,
        hospital: &signed_in.hospital.name,
        shown,
        doctor: doctors.iter().find(|doctor| Some(doctor.id) == shown.doctor),
        visits: &visits,
        guests: &guests,
        page: number,
        has_more,
    };
    Ok(layout::page(StatusCode::OK, sheet::page(&sheet)))
}

impl Asked {
    /// What is shown to this reader: today unless another day is asked for. Only clerks choose a doctor.
    fn shown(&self, member: &StaffMember, here: &Here) -> Shown {
        fn read<T: std::str::FromStr>(text: Option<&String>) -> Option<T> {
            text.and_then(|text| text.parse().ok())
        }
        Shown {
            view: read(self.view.as_ref()).unwrap_or(View::Day),
            day: read(self.day.as_ref()).unwrap_or_else(|| here.today()),
            doctor: read(self.doctor.as_ref()).filter(|_| member.role == Role::Clerk),
            service: read(self.service.as_ref()).filter(|_| member.role != Role::Ward),
        }
    }
}

/// Whose appointments these are, within what the reader may look at.
fn whose(member: &StaffMember, shown: Shown) -> Result<Whose, Problem> {
    Ok(match (Scope::of(member).ok_or(Problem::Forbidden)?, shown.doctor, shown.service) {
        (Scope::Ward(ward), ..) => Whose::Ward(ward),
        (Scope::Doctor(own), _, None) => Whose::Doctor(own),
        (Scope::Doctor(own), _, Some(service)) => Whose::DoctorFor(own, service),
        (Scope::Clinic, Some(doctor), None) => Whose::Doctor(doctor),
        (Scope::Clinic, Some(doctor), Some(service)) => Whose::DoctorFor(doctor, service),
        (Scope::Clinic, None, Some(service)) => Whose::Service(service),
        (Scope::Clinic, None, None) => Whose::Everybody,
    })
}

async fn doctors(site: &Site, member: &StaffMember) -> Result<Vec<StaffMember>, Problem> {
    if member.role == Role::Clerk { Ok(staff::doctors(&site.store).await?) } else { Ok(Vec::new()) }
}

/// A page, and the row that says whether there is another one.
fn one_more_than(rows: u32, page: PageNumber) -> Part {
    Part { skipped: page.skipped(rows), most: rows + 1 }
}
