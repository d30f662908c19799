//! Patients' records, for clerks: lists and searches, editing, relatives, and two records that become one.
//!
//! What was searched for is posted: a name or a number never stands in an address. Doctors and wards have no door here:
//! they see patients through their visits.

pub mod edit;
pub mod list;
pub mod merge;
pub mod record;
pub mod relatives;

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, web};

use super::answer::see_other;
use super::forms::person::Desk;
use super::pages::{here, reader};
use super::views::moment::Here;
use super::views::shell::Reader;
use crate::domain::ids::PatientId;
use crate::store::patients::{self, Filed, Patient, Relative, Stored};
use crate::store::wards::{self, Ward};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// Every field of a page's form.
pub type PageForm = web::Form<Vec<(String, String)>>;

/// How many patients a search shows.
const MOST_FOUND: u16 = 20;

/// Who asks, and what every page of theirs needs.
pub struct Clerk {
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    notice: Option<String>,
}

/// A record as it stands.
struct Record {
    patient: Stored<Patient>,
    relatives: Vec<Stored<Relative>>,
}

impl Clerk {
    fn texts(&self) -> Texts {
        Texts::of(self.signed_in.member.language)
    }

    fn here(&self) -> Here {
        here(&self.site, &self.signed_in)
    }

    fn reader(&self) -> Reader<'_> {
        reader(&self.signed_in, &self.token, self.notice.as_deref())
    }

    fn desk(&self) -> Desk {
        let country = Some(self.site.hospital().country);
        Desk { texts: self.texts(), today: self.here().today(), country }
    }

    async fn wards(&self) -> Result<Vec<Ward>, Problem> {
        Ok(wards::list(&self.site.store).await?)
    }

    /// The record of a patient, or the way to the one it was merged into: `onward` makes the address from an id.
    async fn record(
        &self,
        id: PatientId,
        onward: impl FnOnce(PatientId) -> String,
    ) -> Result<Result<Record, HttpResponse>, Problem> {
        match patients::read(&self.site.store, id).await? {
            Some(Filed::Here(patient, relatives)) => Ok(Ok(Record { patient: *patient, relatives })),
            Some(Filed::MergedInto(survivor)) => Ok(Err(see_other(&onward(survivor)))),
            None => Err(Problem::NotFound),
        }
    }

    /// Visits that are live learn what their seats say now. Answers whether there is any to come.
    async fn tell_visits(&self, patient: PatientId) -> Result<bool, Problem> {
        let open = patients::open_visits(&self.site.store, patient).await?;
        for visit in &open {
            self.site.hub.read_anew(visit.id).await;
        }
        Ok(!open.is_empty())
    }
}

impl FromRequest for Clerk {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let door = <(web::Data<Site>, SignedIn, FormToken)>::extract(request);
        let request = request.clone();
        Box::pin(async move {
            let (site, signed_in, token) = door.await?;
            let notice = flash::take(&request, &site.public_url);
            Ok(Self { site, signed_in, token, notice })
        })
    }
}

/// What is said when somebody else saved first.
const OVERTAKEN: &str = "record-overtaken";

/// What is said when a form came before, with other answers.
const REGISTERED_BEFORE: &str = "record-registered-before";

/// The status of a form that is shown again.
const fn refused(is_overtaken: bool) -> StatusCode {
    if is_overtaken { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
}
