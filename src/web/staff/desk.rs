//! Where one member of staff fills in the form that opens visits: what the page needs to know, and what the store adds to
//! what was typed.
//!
//! Never books.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use jiff::tz::TimeZone;

use super::answer::Wants;
use super::caller::Caller;
use super::family::Family;
use super::forms::pairs::Pairs;
use super::forms::visit::{self, Filling, Wish};
use super::forms::when;
use super::views::form::Fault;
use super::views::shell::Reader;
use super::views::visit_form::{self, Foreseen, VisitForm};
use crate::domain::booking::Booking;
use crate::domain::ids::{ConsultationId, PatientId, WardId};
use crate::domain::schedule::time_zone;
use crate::domain::service::{Admission, Service};
use crate::domain::staff::{Role, StaffMember};
use crate::store::calendars::{Owners, Slot, Whose};
use crate::store::patients::{self, Alike};
use crate::store::staff::own;
use crate::store::{staff, wards};
use crate::web::problem::Problem;
use crate::web::site::Site;

/// How many patients a search shows.
pub const MOST_FOUND: u16 = 20;

/// Where one member of staff fills one form in.
pub struct Desk<'a>(pub &'a Caller);

impl Desk<'_> {
    /// The form as typed, with what is wrong with it.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn refuse(&self, form: &Pairs, faults: Vec<Fault>) -> Result<HttpResponse, Problem> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        match self.0.wants {
            Wants::Json => Ok(self.0.refused(status, &faults)),
            Wants::Page => self.show(status, form, &faults, None).await,
        }
    }

    /// The form as typed, asking whether its new patient is one of these people.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn ask(&self, form: &Pairs, alike: &[Alike]) -> Result<HttpResponse, Problem> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let faults = [Fault::new(self.0.texts, "somebody_else", "alike-look")];
        match self.0.wants {
            Wants::Json => Ok(self.0.refused(status, &faults)),
            Wants::Page => self.page(status, form, &faults, alike, None).await,
        }
    }

    /// The form as it stands.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn show(
        &self,
        status: StatusCode,
        form: &Pairs,
        problems: &[Fault],
        said: Option<&str>,
    ) -> Result<HttpResponse, Problem> {
        self.page(status, form, problems, &[], said).await
    }

    async fn page(
        &self,
        status: StatusCode,
        form: &Pairs,
        problems: &[Fault],
        alike: &[Alike],
        said: Option<&str>,
    ) -> Result<HttpResponse, Problem> {
        let Self(caller) = self;
        let store = &caller.site.store;
        let chosen = match form.one("patient").parse::<PatientId>() {
            Ok(id) => Family::of(store, id).await?,
            Err(_) => None,
        };
        let found = match form.one("patient_search") {
            "" => None,
            text => Some(patients::search(store, text, MOST_FOUND).await?),
        };
        let doctors = if caller.member().role == Role::Clerk { staff::doctors(store).await? } else { Vec::new() };
        let wards = wards::list(store).await?;
        let foreseen = self.foreseen(form).await?;
        let (reader, hospital) = (caller.reader(), caller.site.hospital());
        let page = visit_form::page(&VisitForm {
            reader: Reader { notice: said.or(reader.notice), ..reader },
            here: &caller.here(),
            zone: hospital.zone.name(),
            typed: form,
            problems,
            found: found.as_deref(),
            alike,
            chosen: chosen.as_ref(),
            doctors: &doctors,
            wards: &wards,
            foreseen: &foreseen,
        });
        Ok(caller.page(status, page))
    }

    /// What the form stands for as far as it is filled in, with what else there is at that time.
    async fn foreseen(&self, form: &Pairs) -> Result<Vec<Foreseen>, Problem> {
        let hospital = self.0.site.hospital();
        let service = visit::service(form, self.0.member());
        let owners = Owners {
            doctor: visit::doctor(form, self.0.member()).filter(|_| service.is_some_and(Service::needs_doctor)),
            patient: form.one("patient").parse().ok(),
        };
        let mut foreseen = Vec::new();
        for planned in when::planned(form, service, self.filling(hospital.zone.name())) {
            let overlaps = match &planned.appointment {
                Ok(appointment) => self.0.site.hub.overlaps(Slot::of(appointment, owners), None).await?,
                Err(_) => Vec::new(),
            };
            foreseen.push(Foreseen { planned, overlaps });
        }
        Ok(foreseen)
    }

    /// Who fills the form in, when and where.
    #[must_use]
    pub fn filling<'a>(&'a self, zone: &'a str) -> Filling<'a> {
        let Self(caller) = self;
        Filling { member: caller.member(), texts: caller.texts, now: caller.site.clock.now(), zone }
    }

    /// The visits wished for, with what only the store knows: people, doctor, ward, how the doctor lets people in.
    ///
    /// # Errors
    /// [`Problem`]; inside, what is wrong with the wish.
    pub async fn bookings(&self, wish: Wish) -> Result<Result<Vec<Booking>, Fault>, Problem> {
        let fault = |field, key| Ok(Err(Fault::new(self.0.texts, field, key)));
        let Some(family) = Family::of(&self.0.site.store, wish.patient).await? else {
            return fault("patient_search", "visit-patient-gone");
        };
        let guests = match family.guests(self.0.texts, &wish.guests, wish.service) {
            Ok(guests) => guests,
            Err(fault) => return Ok(Err(fault)),
        };
        if is_elsewhere(&self.0.site, wish.ward).await? {
            return fault("ward", "visit-ward-unknown");
        }
        let doctor = match wish.doctor {
            Some(id) => staff::find(&self.0.site.store, id).await?.filter(|member| member.role == Role::Doctor),
            None => None,
        };
        let admission = self.admission(&wish, doctor.as_ref()).await?;
        let ward = wish.ward.or(family.patient.care.ward()).filter(|_| wish.service != Service::HomeConsultation);
        let booking = |appointment| Booking {
            service: wish.service,
            admission,
            patient: wish.patient,
            reason: wish.reason.clone(),
            doctor: doctor.clone(),
            ward,
            appointment,
            timing: wish.timing,
            guests: guests.clone(),
            accepted: wish.accepted.clone(),
        };
        Ok(Ok(wish.appointments.into_iter().map(booking).collect()))
    }

    /// What the page after a visit was opened says: also with what it overlaps, without a name, since it says so once
    /// from a cookie.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn opened(&self, booking: &Booking, visit: ConsultationId) -> Result<String, Problem> {
        let doctor = booking.doctor.as_ref().map(|doctor| doctor.id).filter(|_| booking.service.needs_doctor());
        let slot = Slot::of(&booking.appointment, Owners { doctor, patient: Some(booking.patient) });
        let others = self.0.site.hub.overlaps(slot, Some(visit)).await?;
        let opened = self.0.texts.get("visit-opened");
        let Some(first) = others.first() else { return Ok(opened) };
        let zone = time_zone(&booking.appointment.zone).unwrap_or(TimeZone::UTC);
        let time = first.starts_at.to_zoned(zone).strftime("%H:%M").to_string();
        let key = match first.whose {
            Whose::Doctor | Whose::Both => "visit-opened-doctor-taken",
            Whose::Patient => "visit-opened-patient-taken",
        };
        Ok(format!("{opened} {}", self.0.texts.with(key, &[("time", time.into())])))
    }

    /// As chosen; otherwise as the doctor usually does, or as is usual for the service.
    async fn admission(&self, wish: &Wish, doctor: Option<&StaffMember>) -> Result<Admission, Problem> {
        Ok(match (wish.admission, doctor) {
            (Some(admission), _) => admission,
            (None, Some(doctor)) => own::admissions(&self.0.site.store, doctor.id).await?.of(wish.service),
            (None, None) => wish.service.default_admission(),
        })
    }
}

/// Whether a ward was named that this house does not have.
///
/// # Errors
/// [`Problem`].
pub async fn is_elsewhere(site: &Site, ward: Option<WardId>) -> Result<bool, Problem> {
    let Some(ward) = ward else { return Ok(false) };
    Ok(wards::list(&site.store).await?.iter().all(|known| known.id != ward))
}
