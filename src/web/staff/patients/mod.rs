//! Patients' records, for clerks: lists and searches, editing, relatives, and two records that become one.
//!
//! What was searched for is posted: a name or a number never stands in an address. Doctors and wards have no door here:
//! they see patients through their visits.

pub mod edit;
pub mod list;
pub mod merge;
pub mod record;
pub mod relatives;

use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::{Ready, ready};

use super::answer::see_other;
use super::caller::Caller;
use super::forms::PageForm;
use super::forms::person::Desk;
use crate::domain::ids::PatientId;
use crate::store::patients::{self, Filed, Patient, Relative, Stored};
use crate::store::wards::{self, Ward};
use crate::text::Texts;
use crate::web::problem::Problem;

/// How many patients a search shows.
const MOST_FOUND: u16 = 20;

/// A caller who looks after patients' records.
pub struct Clerk(Caller);

/// A record as it stands.
struct Record {
    patient: Stored<Patient>,
    relatives: Vec<Stored<Relative>>,
}

impl Clerk {
    fn texts(&self) -> Texts {
        self.texts
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

impl Deref for Clerk {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for Clerk {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Caller::from_request(request, payload).into_inner().map(Self))
    }
}

/// What is said when somebody else saved first.
const OVERTAKEN: &str = "record-overtaken";

/// What is said when a form came before, with other answers.
const REGISTERED_BEFORE: &str = "record-registered-before";
