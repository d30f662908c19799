//! What the form that opens a visit holds at first: a patient, a free hour of somebody's agenda, or another visit once more.
//!
//! Never shows a visit to somebody whose business it is not; what makes no sense is left out.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::forms::pairs::Pairs;
use crate::domain::booking::Timing;
use crate::domain::consultation::Kind;
use crate::domain::ids::{ConsultationId, PatientId, StaffId};
use crate::domain::schedule::time_zone;
use crate::domain::staff::StaffMember;
use crate::store::consultations;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// What the address may say. Ids, a date and an instant; never a name or a number of somebody.
#[derive(Debug, Default, Deserialize)]
pub struct Beginning {
    copy: Option<String>,
    patient: Option<String>,
    day: Option<String>,
    /// An instant: whoever follows the link may live by another clock than the hospital.
    at: Option<String>,
    doctor: Option<String>,
}

impl Beginning {
    /// The form, filled in as far as the address says.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when the visit to copy is none of the reader's business.
    pub async fn form(&self, site: &Site, reader: &StaffMember) -> Result<Pairs, Problem> {
        let mut form = match read::<ConsultationId>(self.copy.as_ref()) {
            Some(id) => copy(site, reader, id).await?,
            None => Pairs::default(),
        };
        if let Some(patient) = read::<PatientId>(self.patient.as_ref()) {
            form = form.with("patient", patient.to_string());
        }
        if let Some(doctor) = read::<StaffId>(self.doctor.as_ref()) {
            form = form.with("doctor", doctor.to_string());
        }
        if let Some(day) = read::<Date>(self.day.as_ref()) {
            form = form.with("date", day.to_string()).with("when", Timing::Scheduled.as_str());
        }
        if let Some(at) = read::<Timestamp>(self.at.as_ref()) {
            // On the hospital's clock, which the form shows at first.
            let hospital = time_zone(site.hospital().zone.name()).unwrap_or(TimeZone::UTC);
            let wall = at.to_zoned(hospital).datetime();
            form = form
                .with("date", wall.date().to_string())
                .with("time", wall.strftime("%H:%M").to_string())
                .with("reading", at.to_string())
                .with("when", Timing::Scheduled.as_str());
        }
        Ok(form)
    }
}

/// The same people, service, reason and length; another doctor and another time are to be chosen.
async fn copy(site: &Site, reader: &StaffMember, id: ConsultationId) -> Result<Pairs, Problem> {
    let card = site.hub.card_for(reader, id).await?;
    let stored = site.hub.stored(id).await?;
    let (visit, patient) = (stored.visit, stored.facts.patient_id.to_string());
    let mut form = Pairs::default()
        .with("service", visit.service.as_str())
        .with("patient", patient.as_str())
        .with("people_of", patient)
        .with("reason", card.patient.reason.to_string())
        .with("minutes", visit.minutes.to_string())
        .with("when", Timing::Scheduled.as_str());
    if let Some(ward) = visit.ward {
        form = form.with("ward", ward.to_string());
    }
    if visit.admission != visit.service.default_admission() {
        form = form.with("admission", visit.admission.as_str());
    }
    if visit.participants.iter().any(|seat| seat.kind == Kind::Patient) {
        form = form.and("invite", "patient");
    }
    let relatives = consultations::relatives_invited(&site.store, id).await?;
    Ok(relatives.into_iter().fold(form, |form, relative| form.and("invite", relative.to_string())))
}

fn read<T: std::str::FromStr>(text: Option<&String>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}
