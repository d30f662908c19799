//! The agenda and its day sheet: whose appointments somebody may look at, and which of them were asked for.
//!
//! What the address says and nobody can read counts as not said; of a day, the page says so. Never changes anything.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use serde::Deserialize;

use super::caller::Caller;
use super::filtering::doctors;
use super::views::agenda::{self, Agenda, DayOfWeek, Found, Shown, View};
use super::views::form::Fault;
use super::views::list::{Leaf, PageNumber, cut};
use super::views::moment::Here;
use super::views::sheet::{self, Sheet};
use crate::domain::agenda::{Stretch, week_of};
use crate::domain::staff::{Role, StaffMember};
use crate::store::agenda::{Part, Whose, invited, planned};
use crate::store::scope::Scope;
use crate::text::Texts;
use crate::web::problem::Problem;

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
pub async fn show(caller: Caller, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    let (member, here, store) = (caller.member(), caller.here(), &caller.site.store);
    let shown = asked.shown(member, &here);
    let whose = shown.whose(member)?;
    let doctors = doctors(store, member).await?;
    let number = PageNumber::read(asked.page.as_deref());
    let problems = asked.problems(caller.texts);
    let page = |found, leaf| {
        let agenda =
            Agenda { reader: caller.reader(), here: &here, shown, leaf, doctors: &doctors, problems: &problems, found };
        caller.page(StatusCode::OK, agenda::page(&agenda))
    };
    match shown.view {
        View::Day => {
            let mut visits = planned(store, whose, shown.stretch(&here), one_more_than(ROWS, number)).await?;
            let leaf = number.cut(&mut visits, ROWS);
            Ok(page(Found::Day(&visits), leaf))
        }
        View::Week => {
            let mut days = Vec::with_capacity(7);
            for day in week_of(shown.day) {
                let within = Stretch::of_day(day, &here.time_zone());
                let part = one_more_than(ROWS_OF_WEEK, PageNumber::FIRST);
                let mut visits = planned(store, whose, within, part).await?;
                let has_more = cut(&mut visits, ROWS_OF_WEEK);
                days.push(DayOfWeek { day, visits, has_more });
            }
            Ok(page(Found::Week(&days), Leaf { page: number, has_more: false }))
        }
    }
}

/// `GET /agenda/sheet`: a day to be printed.
///
/// # Errors
/// [`Problem`].
pub async fn sheet(caller: Caller, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    let (member, here, store) = (caller.member(), caller.here(), &caller.site.store);
    let shown = asked.shown(member, &here).seen_as(View::Day);
    let (whose, within) = (shown.whose(member)?, shown.stretch(&here));
    let number = PageNumber::read(asked.page.as_deref());
    let mut visits = planned(store, whose, within, one_more_than(ROWS, number)).await?;
    let leaf = number.cut(&mut visits, ROWS);
    let part = Part { skipped: number.skipped(ROWS), most: ROWS };
    let guests = invited(store, whose, within, part).await?;
    let doctors = doctors(store, member).await?;
    let sheet = Sheet {
        member,
        here: &here,
        hospital: &caller.hospital().name,
        shown,
        doctor: doctors.find(shown.doctor),
        visits: &visits,
        guests: &guests,
        leaf,
    };
    Ok(caller.page(StatusCode::OK, sheet::page(&sheet)))
}

impl Asked {
    /// A day that no calendar has.
    fn problems(&self, texts: Texts) -> Vec<Fault> {
        let is_no_day = |day: &&str| !day.is_empty() && day.parse::<Date>().is_err();
        let unread = self.day.as_deref().filter(is_no_day);
        unread.map(|_| Fault::new(texts, "day", "agenda-day-unknown")).into_iter().collect()
    }

    /// What is shown to this reader: today unless another day is asked for. Only clerks choose a doctor.
    pub(super) fn shown(&self, member: &StaffMember, here: &Here) -> Shown {
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

impl Shown {
    /// Whose appointments these are, within what the reader may look at.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    pub(super) fn whose(self, member: &StaffMember) -> Result<Whose, Problem> {
        Ok(match (Scope::of(member).ok_or(Problem::Forbidden)?, self.doctor, self.service) {
            (Scope::Ward(ward), ..) => Whose::Ward(ward),
            (Scope::Doctor(own), _, None) => Whose::Doctor(own),
            (Scope::Doctor(own), _, Some(service)) => Whose::DoctorFor(own, service),
            (Scope::Clinic, Some(doctor), None) => Whose::Doctor(doctor),
            (Scope::Clinic, Some(doctor), Some(service)) => Whose::DoctorFor(doctor, service),
            (Scope::Clinic, None, Some(service)) => Whose::Service(service),
            (Scope::Clinic, None, None) => Whose::Everybody,
        })
    }

    /// The day, or the week around it.
    pub(super) fn stretch(self, here: &Here) -> Stretch {
        let zone = here.time_zone();
        let of = |day| Stretch::of_day(day, &zone);
        let mut days = week_of(self.day);
        match (self.view, days.next(), days.last()) {
            (View::Week, Some(first), Some(last)) => Stretch { from: of(first).from, until: of(last).until },
            _ => of(self.day),
        }
    }
}

/// A page, and the row that says whether there is another one.
fn one_more_than(rows: u32, page: PageNumber) -> Part {
    Part { skipped: page.skipped(rows), most: rows + 1 }
}
