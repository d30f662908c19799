//! Fills an empty house with the demo's people and visits. A house with staff is left as it is.

use serde::Serialize;

use super::people::{Invented, PATIENTS, STAFF, WARDS};
use super::{hospital, visits};
use crate::app::terminal::Failure;
use crate::auth::password::NewPassword;
use crate::domain::ids::{PatientId, RelativeId, StaffId, WardId};
use crate::domain::patient::Care;
use crate::domain::person::{Language, Phone};
use crate::domain::staff::{Role, StaffMember};
use crate::store::patients::{self, Patient, Relative};
use crate::store::staff::{self, NewStaff};
use crate::store::wards::{self, Ward};
use crate::web::site::Site;

/// The demo's hospital.
pub(super) const HOSPITAL: &str = "Hospital San Telmo";

/// A number nobody has.
pub(super) const HELP_PHONE: &str = "55 5000 0000";

/// The one password of the demo; it opens nothing else.
const PASSWORD: &str = "farol-ceiba-lluvia-27";

/// Somebody to sign in as.
#[derive(Serialize)]
pub(super) struct SignIn {
    pub(super) role: &'static str,
    pub(super) email: &'static str,
    pub(super) password: &'static str,
}

/// How large the hospital is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Size {
    /// Seven staff, 36 patients, and today's visits.
    Small,
    /// 200 staff, 100,000 patients, a year of visits, and 2,000 today and tomorrow.
    Hospital,
}

/// Fills the house if it is empty; answers whom to sign in as, one of each role.
pub(super) async fn hospital(site: &Site, size: Size) -> Result<Vec<SignIn>, Failure> {
    if staff::count(&site.store).await? == 0 {
        let wards = add_wards(site).await?;
        // One hash for all: hashing seven times, or two hundred, would make the first page wait.
        let password_hash = site.passwords.hash(NewPassword::parse(PASSWORD)?).await?;
        let members = add_staff(site, &password_hash, &wards).await?;
        let patients = add_patients(site, &wards).await?;
        match size {
            Size::Small => visits::add(site, &members, &wards, &patients).await?,
            Size::Hospital => hospital::add(site, &password_hash, members, wards).await?,
        }
    } else if !is_a_demos(site).await? {
        return Err("this database holds a hospital that is not a demo's: give the demo an empty one".into());
    }
    let first = |role: Role| STAFF.iter().find(|entry| entry.0 == role.as_str());
    let roles = [Role::Doctor, Role::Clerk, Role::Ward, Role::Admin];
    Ok(roles
        .into_iter()
        .filter_map(first)
        .map(|&(role, email, ..)| SignIn { role, email, password: PASSWORD })
        .collect())
}

/// Whether the demo's own staff work here, and not a real hospital's.
async fn is_a_demos(site: &Site) -> Result<bool, Failure> {
    let Some((_, email, ..)) = STAFF.first() else { return Ok(false) };
    let found = staff::find_by_email(&site.store, &email.parse()?).await?;
    Ok(found.is_some())
}

async fn add_wards(site: &Site) -> Result<Vec<WardId>, Failure> {
    let mut ids = Vec::new();
    for name in WARDS {
        let ward = Ward { id: WardId::mint(), name: (*name).to_owned() };
        wards::insert(&site.store, &ward).await?;
        ids.push(ward.id);
    }
    Ok(ids)
}

async fn add_staff(site: &Site, password_hash: &str, wards: &[WardId]) -> Result<Vec<StaffMember>, Failure> {
    let mut members = Vec::new();
    for (role, email, name, ward) in STAFF {
        let member = StaffMember {
            id: StaffId::mint(),
            email: email.parse()?,
            name: name.parse()?,
            role: role.parse()?,
            ward: ward.and_then(|place| wards.get(place).copied()),
            language: Language::Spanish,
            zone: site.hospital().zone.to_string(),
            services: role.parse::<Role>()?.possible_services(),
        };
        let new =
            NewStaff { member: member.clone(), password_hash: password_hash.to_owned(), created_at: site.clock.now() };
        staff::insert(&site.store, &new).await?;
        members.push(member);
    }
    Ok(members)
}

async fn add_patients(site: &Site, wards: &[WardId]) -> Result<Vec<(Patient, Vec<Relative>)>, Failure> {
    let mut added = Vec::new();
    for (number, invented) in PATIENTS.iter().enumerate() {
        let (patient, relatives) = person(number, invented, care(number, wards)?)?;
        patients::insert(&site.store, &patient, &relatives, site.clock.now()).await?;
        added.push((patient, relatives));
    }
    Ok(added)
}

/// Whoever is visited or reported on lies on a ward, in a bed of their own.
fn care(number: usize, wards: &[WardId]) -> Result<Care, Failure> {
    let ward = visits::ward_of(number).and_then(|place| wards.get(place).copied());
    Ok(match ward {
        Some(ward) => Care::Inpatient { ward, bed: Some((201 + number).to_string().parse()?) },
        None => Care::Outpatient,
    })
}

fn person(number: usize, (name, born, relatives): &Invented, care: Care) -> Result<(Patient, Vec<Relative>), Failure> {
    let phone = |place: usize| format!("+5255{:08}", 50_000_100 + number * 10 + place).parse::<Phone>();
    let patient = Patient {
        id: PatientId::mint(),
        name: name.parse()?,
        born: born.parse()?,
        record: Some(format!("SAN-{:05}", 1042 + number * 7).parse()?),
        phone: Some(phone(0)?),
        email: None,
        language: Language::Spanish,
        care,
    };
    let relative = |(place, (name, relation)): (usize, &(&str, &str))| {
        Ok::<_, Failure>(Relative {
            id: RelativeId::mint(),
            name: name.parse()?,
            relation: (*relation).to_owned(),
            phone: phone(place + 1)?,
            language: Language::Spanish,
            may_receive_report: true,
            may_visit: true,
        })
    };
    let relatives = relatives.iter().enumerate().map(relative).collect::<Result<_, _>>()?;
    Ok((patient, relatives))
}
