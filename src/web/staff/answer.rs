//! How a command is answered: JSON to a script, a sentence on the page it came from otherwise.
//!
//! Never decides anything; the sentences come from `locales/`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::views::form::Fault;
use crate::domain::booking::NotBookable;
use crate::domain::consultation::Refusal;
use crate::web::flash;
use crate::web::requests::accepts_json;
use crate::web::site::Site;

/// Who reads the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A script of ours.
    Json,
    /// A person, on a page.
    Page,
}

impl Wants {
    /// As the `Accept` header says.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        if accepts_json(request.headers()) { Self::Json } else { Self::Page }
    }
}

/// Back to a page, or on to the next one.
#[must_use]
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// Back to a page, which says `sentence` once.
#[must_use]
pub fn see_other_saying(site: &Site, to: &str, sentence: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .cookie(flash::put(&site.public_url, sentence))
        .finish()
}

/// A sentence for a script, with the fields it is about.
#[must_use]
pub fn json_sentence(status: StatusCode, sentence: &str, faults: &[Fault]) -> HttpResponse {
    let fields: serde_json::Map<String, serde_json::Value> =
        faults.iter().map(|fault| (fault.field.clone(), fault.sentence.clone().into())).collect();
    HttpResponse::build(status).json(json!({ "sentence": sentence, "fields": fields }))
}

/// Why a command was not carried out.
#[must_use]
pub const fn refusal_key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotEntitled => "refusal-not-entitled",
        Refusal::UnknownSeat => "refusal-unknown-seat",
        Refusal::Closed => "refusal-closed",
        Refusal::NotStarted => "refusal-not-started",
        Refusal::AlreadyStarted => "refusal-already-started",
        Refusal::AlreadyAdmitted => "refusal-already-admitted",
        Refusal::NotArrived => "refusal-not-arrived",
        Refusal::NobodyWaiting => "refusal-nobody-waiting",
        Refusal::NotAdmitted => "refusal-not-admitted",
        Refusal::Removed => "refusal-removed",
        Refusal::LinkExpired => "refusal-link-expired",
        Refusal::LinkStillWorks => "refusal-link-still-works",
        Refusal::NoPhone => "refusal-no-phone",
        Refusal::StaffSeat => "refusal-staff-seat",
        Refusal::Full => "refusal-full",
        Refusal::AlreadyInvited => "refusal-already-invited",
        Refusal::PatientNotSeated => "refusal-patient-not-seated",
        Refusal::Changed => "refusal-changed",
        Refusal::DoctorNotPermitted => "refusal-doctor-not-permitted",
        Refusal::SameDoctor => "refusal-same-doctor",
        Refusal::TooEarly => "refusal-too-early",
    }
}

/// Why a visit was not opened: the field it is about, and the sentence.
#[must_use]
pub const fn not_bookable(reason: NotBookable) -> (&'static str, &'static str) {
    match reason {
        NotBookable::NotEntitled => ("service", "visit-not-entitled"),
        NotBookable::NobodyInvited | NotBookable::PatientNotSeated => ("invite", "visit-people-missing"),
        NotBookable::TooMany => ("invite", "visit-people-too-many"),
        NotBookable::NeedsDoctor => ("doctor", "visit-doctor-missing"),
        NotBookable::DoctorNotPermitted => ("doctor", "visit-doctor-not-permitted"),
        NotBookable::NeedsWard => ("ward", "visit-ward-missing"),
    }
}
