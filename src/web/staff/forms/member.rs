//! A member of staff, as an admin describes them.
//!
//! Never knows whether an address is taken or a change is stale: the store does.

use super::own;
use super::pairs::Pairs;
use crate::domain::ids::{StaffId, WardId};
use crate::domain::person::{Email, Language, PersonName, Unreadable};
use crate::domain::service::{Service, Services};
use crate::domain::staff::{Role, StaffMember};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// The services a form has ticked.
#[must_use]
pub fn services(form: &Pairs) -> Services {
    form.all("service").filter_map(|word| word.parse::<Service>().ok()).collect()
}

/// Reads the form about the person with this id; `usual_zone` where none was chosen. Services the role cannot be permitted
/// are left out: the page shows only the possible ones.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(
    form: &Pairs,
    texts: Texts,
    id: StaffId,
    wards: &[Ward],
    usual_zone: &str,
) -> Result<StaffMember, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut note = |field: &str, key: &str| faults.push(Fault::new(texts, field, key));
    let name = form.one("name").parse::<PersonName>().map_err(|why| note("name", name_key(why))).ok();
    let email = form.one("email").parse::<Email>().map_err(|_| note("email", "people-email-wrong")).ok();
    let role = form.one("role").parse::<Role>().map_err(|_| note("role", "people-role-missing")).ok();
    let ward = match form.one("ward") {
        "" => None,
        id => id.parse::<WardId>().ok().filter(|id| wards.iter().any(|ward| ward.id == *id)).or_else(|| {
            note("ward", "visit-ward-unknown");
            None
        }),
    };
    if role == Some(Role::Ward) && form.one("ward").is_empty() {
        note("ward", "people-ward-missing");
    }
    let services = role.map(|role| services(form).among(role.possible_services())).unwrap_or(Services::NONE);
    if services == Services::NONE && role.is_some_and(|role| role != Role::Admin) {
        note("services", "people-services-missing");
    }
    let language = form.one("language").parse().unwrap_or(texts.language());
    let zone = own::zone(form, usual_zone).map_err(|field| note(field, "visit-zone-unknown")).ok();
    match (name, email, role, zone) {
        (Some(name), Some(email), Some(role), Some(zone)) if faults.is_empty() => {
            Ok(StaffMember { id, email, name, role, ward, language, zone, services })
        }
        _ => Err(faults),
    }
}

/// The form as it shows somebody.
#[must_use]
pub fn filled(member: &StaffMember) -> Pairs {
    let form = Pairs::default()
        .with("name", member.name.to_string())
        .with("email", member.email.to_string())
        .with("role", member.role.as_str())
        .with("ward", member.ward.map(|ward| ward.to_string()).unwrap_or_default())
        .with("language", member.language.as_str())
        .with("zone", member.zone.as_str());
    member.services.iter().fold(form, |form, service| form.and("service", service.as_str()))
}

/// What the form of a newcomer shows at first: everything their role may do, in the hospital's language and zone.
#[must_use]
pub fn blank(language: Language, zone: &str) -> Pairs {
    let form = Pairs::default().with("language", language.as_str()).with("zone", zone);
    Services::ALL.iter().fold(form, |form, service| form.and("service", service.as_str()))
}

const fn name_key(why: Unreadable) -> &'static str {
    match why {
        Unreadable::Empty => "people-name-missing",
        Unreadable::TooLong => "people-name-long",
        _ => "people-name-malformed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(form: &Pairs) -> Result<StaffMember, Vec<String>> {
        let wards = [Ward { id: ward(), name: "Norte".to_owned() }];
        read(form, Texts::of(Language::English), StaffId::mint(), &wards, "America/Mexico_City")
            .map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    fn ward() -> WardId {
        "0190a000-0000-7000-8000-000000000001".parse().unwrap()
    }

    fn ines() -> Pairs {
        blank(Language::Spanish, "America/Tijuana")
            .with("name", "Inés Soto")
            .with("email", "Ines@Hospital.example")
            .with("role", "doctor")
    }

    #[test]
    fn a_form_reads_as_it_shows_somebody() {
        let member = read_as(&ines()).unwrap();
        assert_eq!(member.email.to_string(), "ines@hospital.example");
        assert_eq!((member.language, member.zone.as_str()), (Language::Spanish, "America/Tijuana"));
        assert_eq!(member.services, Role::Doctor.possible_services(), "a doctor conducts no tele-visits");
        let again = read_as(&filled(&member)).unwrap();
        assert_eq!(StaffMember { id: member.id, ..again }, member);
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        assert_eq!(read_as(&Pairs::default()).unwrap_err(), ["name", "email", "role"]);
        let nobody = Pairs::default().with("role", "clerk").with("other_zone", "Mars/Olympus").with("ward", "x");
        assert_eq!(read_as(&nobody).unwrap_err(), ["name", "email", "ward", "services", "other_zone"]);
    }

    #[test]
    fn ward_staff_have_a_ward_of_this_house_and_admins_no_services() {
        let nurse = ines().with("role", "ward");
        assert_eq!(read_as(&nurse).unwrap_err(), ["ward"]);
        assert_eq!(read_as(&nurse.clone().with("ward", WardId::mint().to_string())).unwrap_err(), ["ward"]);
        let member = read_as(&nurse.with("ward", ward().to_string())).unwrap();
        assert_eq!((member.ward, member.services), (Some(ward()), Services::NONE.with(Service::TeleVisit)));
        assert_eq!(read_as(&ines().with("role", "admin")).unwrap().services, Services::NONE);
    }
}
