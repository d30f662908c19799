//! Opening a visit: the form, its drafts, a patient added on the spot, and the booking itself.
//!
//! Patients are searched by posting the form: a name or a number never stands in an address. Never decides what can be
//! booked: the domain does.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::answer::{Wants, json_sentence, not_bookable, see_other_saying};
use super::forms::new_patient::{self, NewPatient, Registering};
use super::forms::pairs::Pairs;
use super::forms::visit::{self, Filling, Wanted, Wish};
use super::pages::{here, reader};
use super::views::form::Fault;
use super::views::shell;
use super::views::visit_form::{self, ChosenPatient, VisitForm};
use crate::domain::booking::{Booking, Guest, Timing};
use crate::domain::consultation::Kind;
use crate::domain::ids::{PatientId, WardId};
use crate::domain::person::{Phone, fold};
use crate::domain::service::Service;
use crate::domain::staff::Role;
use crate::hub::HubError;
use crate::store::patients::{self, Patient, Search};
use crate::store::{StoreError, staff, wards};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// Every field of the page.
pub type PageForm = web::Form<Vec<(String, String)>>;

/// How many patients a search shows.
const MOST_FOUND: u16 = 20;

/// `GET /visits/new`.
///
/// # Errors
/// [`Problem`].
pub async fn new(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let desk = Desk::at(&site, &signed_in, &token, &request);
    desk.show(StatusCode::OK, &Pairs::default(), &[], None).await
}

/// `POST /visits/drafts`: the form as it stands, with what a search found, the patient that was chosen, or more rows.
///
/// # Errors
/// [`Problem`].
pub async fn draft(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let mut form = Pairs::from(form.into_inner());
    if form.has("choose") {
        let chosen = form.one("choose").to_owned();
        form = form.with("patient", chosen).without("choose").without("patient_search");
    }
    if form.has("rows_more") {
        let rows = new_patient::rows(&form) + new_patient::ROWS;
        form = form.with("rows", rows.to_string());
    }
    Desk::at(&site, &signed_in, &token, &request).show(StatusCode::OK, &form, &[], None).await
}

/// `POST /patients`: adds a patient with relatives, and shows the form with them chosen.
///
/// # Errors
/// [`Problem`].
pub async fn add_patient(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let desk = Desk::at(&site, &signed_in, &token, &request);
    let registering = Registering {
        texts: desk.texts,
        today: here(&site, &signed_in).today(),
        country: Some(site.hospital().country),
        ward: if signed_in.member.role == Role::Ward { signed_in.member.ward } else { None },
    };
    let NewPatient { patient, relatives } = match new_patient::read(&form, registering) {
        Ok(new) => new,
        Err(faults) => return desk.refuse(&form, faults).await,
    };
    if is_elsewhere(&site, patient.care.ward()).await? {
        return desk.refuse(&form, vec![Fault::new(desk.texts, "new_ward", "visit-ward-unknown")]).await;
    }
    if is_known(&site, &patient).await? {
        let form = form.with("patient_search", patient.name.to_string());
        return desk.refuse(&form, vec![Fault::new(desk.texts, "new_name", "patient-known")]).await;
    }
    let relatives = match patients::insert(&site.store, &patient, &relatives, site.clock.now()).await {
        Ok(()) => relatives,
        // The same form came twice: they are registered, the relatives with the ids of the first time.
        Err(StoreError::Duplicate) => patients::relatives_of(&site.store, patient.id).await?,
        Err(error) => return Err(error.into()),
    };
    if desk.wants == Wants::Json {
        return Ok(HttpResponse::Ok().json(json!({ "patient": patient.id.to_string() })));
    }
    let id = patient.id.to_string();
    let emptied =
        ["new_", "relative_", "rows", "patient_search", "invite"].iter().fold(form, |form, field| form.without(field));
    let chosen = emptied.with("patient", id.clone()).with("people_of", id).and("invite", "patient");
    let chosen = relatives.iter().fold(chosen, |form, relative| form.and("invite", relative.id.to_string()));
    let said = desk.texts.with("visit-patient-added", &[("name", patient.name.to_string().into())]);
    desk.show(StatusCode::OK, &chosen, &[], Some(&said)).await
}

/// `POST /visits`: books.
///
/// # Errors
/// [`Problem`].
pub async fn create(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let desk = Desk::at(&site, &signed_in, &token, &request);
    let hospital = site.hospital();
    let zone = hospital.zone.name();
    let filling = Filling { member: &signed_in.member, texts: desk.texts, now: site.clock.now(), zone };
    let wish = match visit::read(&form, filling) {
        Ok(wish) => wish,
        Err(faults) => return desk.refuse(&form, faults).await,
    };
    let (command, timing) = (wish.command, wish.timing);
    let booking = match desk.booking(wish).await? {
        Ok(booking) => booking,
        Err(fault) => return desk.refuse(&form, vec![fault]).await,
    };
    match site.hub.book(signed_in.member.operator(), command, &booking).await {
        Ok(visit) if desk.wants == Wants::Json => {
            Ok(HttpResponse::Ok().json(json!({ "consultation": visit.to_string() })))
        }
        Ok(_) => {
            let said = desk.texts.get(if timing == Timing::Now { "visit-opened" } else { "visit-booked" });
            Ok(see_other_saying(&site, shell::landing(signed_in.member.role), &said))
        }
        Err(HubError::Overlaps(_)) => desk.refuse(&form, vec![Fault::new(desk.texts, "time", "visit-overlaps")]).await,
        Err(HubError::NotBookable(reason)) => {
            let (field, key) = not_bookable(reason);
            desk.refuse(&form, vec![Fault::new(desk.texts, field, key)]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where one member of staff fills one form in.
struct Desk<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    token: &'a FormToken,
    texts: Texts,
    wants: Wants,
}

impl<'a> Desk<'a> {
    fn at(site: &'a Site, signed_in: &'a SignedIn, token: &'a FormToken, request: &HttpRequest) -> Self {
        Self { site, signed_in, token, texts: Texts::of(signed_in.member.language), wants: Wants::of(request) }
    }

    /// The form as typed, with what is wrong with it.
    async fn refuse(&self, form: &Pairs, faults: Vec<Fault>) -> Result<HttpResponse, Problem> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        match self.wants {
            Wants::Json => {
                let first =
                    faults.first().map_or_else(|| self.texts.get("form-malformed"), |fault| fault.sentence.clone());
                Ok(json_sentence(status, &first, &faults))
            }
            Wants::Page => self.show(status, form, &faults, None).await,
        }
    }

    async fn show(
        &self,
        status: StatusCode,
        form: &Pairs,
        problems: &[Fault],
        said: Option<&str>,
    ) -> Result<HttpResponse, Problem> {
        let store = &self.site.store;
        let chosen = match form.one("patient").parse::<PatientId>() {
            Ok(id) => self.chosen(id).await?,
            Err(_) => None,
        };
        let found = match form.one("patient_search") {
            "" => None,
            text => Some(patients::search(store, &self.search(text), MOST_FOUND).await?),
        };
        let doctors = if self.signed_in.member.role == Role::Clerk { staff::doctors(store).await? } else { Vec::new() };
        let wards = wards::list(store).await?;
        let page = visit_form::page(&VisitForm {
            reader: reader(self.signed_in, self.token, said),
            here: &here(self.site, self.signed_in),
            zone: self.site.hospital().zone.name(),
            typed: form,
            problems,
            found: found.as_deref(),
            chosen: chosen.as_ref(),
            doctors: &doctors,
            wards: &wards,
        });
        Ok(layout::page(status, page))
    }

    /// A number finds its people, anything else is a name.
    fn search(&self, text: &str) -> Search {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match Phone::parse(text, Some(self.site.hospital().country)) {
            Ok(phone) if digits >= 7 => Search::Called(phone),
            _ => Search::Named(text.to_owned()),
        }
    }

    async fn chosen(&self, id: PatientId) -> Result<Option<ChosenPatient>, Problem> {
        let Some(patient) = patients::find(&self.site.store, id).await? else { return Ok(None) };
        let relatives = patients::relatives_of(&self.site.store, id).await?;
        Ok(Some(ChosenPatient { patient, relatives }))
    }

    /// The wish with what only the store knows: people, doctor, ward.
    async fn booking(&self, wish: Wish) -> Result<Result<Booking, Fault>, Problem> {
        let fault = |field, key| Ok(Err(Fault::new(self.texts, field, key)));
        let Some(chosen) = self.chosen(wish.patient).await? else {
            return fault("patient_search", "visit-patient-gone");
        };
        let Some(guests) = wish.guests.iter().map(|wanted| guest(&chosen, *wanted)).collect() else {
            return fault("invite", "visit-people-unknown");
        };
        if is_elsewhere(self.site, wish.ward).await? {
            return fault("ward", "visit-ward-unknown");
        }
        let doctor = match wish.doctor {
            Some(id) => staff::find(&self.site.store, id).await?.filter(|member| member.role == Role::Doctor),
            None => None,
        };
        Ok(Ok(Booking {
            service: wish.service,
            admission: wish.admission,
            patient: wish.patient,
            reason: wish.reason,
            doctor,
            ward: wish.ward.or(chosen.patient.care.ward()).filter(|_| wish.service != Service::HomeConsultation),
            appointment: wish.appointment,
            timing: wish.timing,
            guests,
            accepted: Vec::new(),
        }))
    }
}

/// An invited person; nobody when they are not of this patient's family.
fn guest(chosen: &ChosenPatient, wanted: Wanted) -> Option<Guest> {
    let patient = &chosen.patient;
    match wanted {
        Wanted::Patient => Some(Guest {
            kind: Kind::Patient,
            relative: None,
            name: patient.name.clone(),
            relation: None,
            phone: patient.phone.clone(),
            language: patient.language,
        }),
        Wanted::Relative(id) => chosen.relatives.iter().find(|relative| relative.id == id).map(|relative| Guest {
            kind: Kind::Relative,
            relative: Some(id),
            name: relative.name.clone(),
            relation: Some(relative.relation.clone()),
            phone: Some(relative.phone.clone()),
            language: relative.language,
        }),
    }
}

/// Whether a ward was named that this house does not have.
async fn is_elsewhere(site: &Site, ward: Option<WardId>) -> Result<bool, Problem> {
    let Some(ward) = ward else { return Ok(false) };
    Ok(wards::list(&site.store).await?.iter().all(|known| known.id != ward))
}

/// Whether somebody else of this name and date of birth is registered.
async fn is_known(site: &Site, patient: &Patient) -> Result<bool, Problem> {
    let alike = patients::search(&site.store, &Search::Named(patient.name.to_string()), MOST_FOUND).await?;
    let name = fold(&patient.name.to_string());
    Ok(alike.iter().any(|other| other.id != patient.id && other.born == patient.born && other.name.folded() == name))
}
