//! The large hospital's wards, staff and patients, put together from lists of names.

use jiff::{SignedDuration, Timestamp};

use super::chance::Chance;
use super::names::{FIRST, LAST};
use super::words::{RELATIONS, WARDS};
use super::{Progress, write_all};
use crate::app::terminal::Failure;
use crate::domain::ids::{PatientId, RelativeId, StaffId, WardId};
use crate::domain::patient::Care;
use crate::domain::person::{Language, Phone};
use crate::domain::staff::{Role, StaffMember};
use crate::store::patients::{self, Patient, Relative};
use crate::store::staff::{self, NewStaff};
use crate::store::wards::{self, Ward};
use crate::store::{Batch, Store};

/// Patients.
pub(super) const PATIENTS: usize = 100_000;

/// How many of them lie on a ward: the first ones.
pub(super) const INPATIENTS: usize = 4_000;

/// Staff besides those to sign in as, by role.
const STAFF: [(Role, usize); 4] = [(Role::Doctor, 117), (Role::Clerk, 39), (Role::Ward, 34), (Role::Admin, 3)];

/// All patients were registered in the year before their first visit, one by one.
const REGISTERED: [SignedDuration; 2] = [SignedDuration::from_hours(2 * 365 * 24), SignedDuration::from_secs(315)];

/// Beds of a ward.
const BEDS: usize = 40;

/// Patients written together.
const TOGETHER: usize = 50;

/// A patient and their relatives.
pub(super) struct Family {
    pub(super) patient: Patient,
    pub(super) relatives: Vec<Relative>,
}

/// Adds wards to those there are.
pub(super) async fn add_wards(store: &Store, wards: &mut Vec<WardId>) -> Result<(), Failure> {
    for name in WARDS {
        let ward = Ward { id: WardId::mint(), name: (*name).to_owned() };
        wards::insert(store, &ward).await?;
        wards.push(ward.id);
    }
    Ok(())
}

/// Adds staff to those there are, with the same password.
pub(super) async fn add_staff(
    store: &Store,
    password_hash: &str,
    wards: &[WardId],
    members: &mut Vec<StaffMember>,
    now: Timestamp,
) -> Result<(), Failure> {
    let mut chance = Chance::from(1);
    let first = members.first().ok_or("the demo has no staff")?.clone();
    for (role, count) in STAFF {
        for number in 0..count {
            let ward = wards.get(number % wards.len().max(1)).copied().filter(|_| role == Role::Ward);
            let title = if role == Role::Doctor { "Dr(a). " } else { "" };
            let member = StaffMember {
                id: StaffId::mint(),
                email: format!("{role}.{number}@hospital.example").parse()?,
                name: format!("{title}{}", name(&mut chance)).parse()?,
                role,
                ward,
                services: role.possible_services(),
                ..first.clone()
            };
            let password_hash = password_hash.to_owned();
            staff::insert(store, &NewStaff { member: member.clone(), password_hash, created_at: now }).await?;
            members.push(member);
        }
    }
    Ok(())
}

/// Adds patients with relatives: two and a half each.
pub(super) async fn add_families(store: &Store, wards: &[WardId], now: Timestamp) -> Result<Vec<Family>, Failure> {
    let mut chance = Chance::from(2);
    let mut families = Vec::with_capacity(PATIENTS);
    let mut progress = Progress::of("patients", PATIENTS);
    while families.len() < PATIENTS {
        let mut batches = Vec::new();
        for _ in 0..8 {
            let mut batch = Batch::new();
            for _ in 0..TOGETHER.min(PATIENTS - families.len()) {
                let family = family(&mut chance, families.len(), wards)?;
                patients::add(&mut batch, &family.patient, &family.relatives, registered_at(families.len(), now));
                families.push(family);
            }
            batches.push(batch);
        }
        write_all(store, batches).await?;
        progress.tell(families.len());
    }
    Ok(families)
}

fn family(chance: &mut Chance, number: usize, wards: &[WardId]) -> Result<Family, Failure> {
    let surnames = [chance.of(LAST), chance.of(LAST)];
    let ward = wards.get(number % wards.len().max(1)).copied().filter(|_| number < INPATIENTS);
    let patient = Patient {
        id: PatientId::mint(),
        name: format!("{} {} {}", first_names(chance), surnames[0], surnames[1]).parse()?,
        born: format!("{}-{:02}-{:02}", 1926 + chance.below(80), 1 + chance.below(12), 1 + chance.below(28)).parse()?,
        record: Some(format!("ST-{:06}", number + 1).parse()?),
        // Most have a mobile of their own.
        phone: if chance.percent(85) { Some(phone(5_500_000_000 + number as u64)?) } else { None },
        email: None,
        language: language(chance),
        care: care(number, ward)?,
    };
    let relatives = (0..2 + number % 2)
        .map(|place| {
            Ok::<_, Failure>(Relative {
                id: RelativeId::mint(),
                name: format!("{} {} {}", first_names(chance), surnames[0], chance.of(LAST)).parse()?,
                relation: chance.of(RELATIONS).to_owned(),
                phone: phone(3_300_000_000 + (number * 3 + place) as u64)?,
                language: language(chance),
                may_receive_report: true,
                may_visit: true,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Family { patient, relatives })
}

/// So that a file of everybody is read in the order of a hospital that has grown.
fn registered_at(number: usize, now: Timestamp) -> Timestamp {
    let [before, apart] = REGISTERED;
    now - before + apart * i32::try_from(number).unwrap_or(i32::MAX)
}

fn care(number: usize, ward: Option<WardId>) -> Result<Care, Failure> {
    Ok(match ward {
        Some(ward) => Care::Inpatient { ward, bed: Some((1 + number % BEDS).to_string().parse()?) },
        None => Care::Outpatient,
    })
}

/// Ten digits, as in Mexico.
fn phone(national: u64) -> Result<Phone, Failure> {
    Ok(format!("+52{national}").parse()?)
}

fn name(chance: &mut Chance) -> String {
    format!("{} {} {}", chance.of(FIRST), chance.of(LAST), chance.of(LAST))
}

/// One or two.
fn first_names(chance: &mut Chance) -> String {
    let first = chance.of(FIRST);
    if chance.percent(40) { format!("{first} {}", chance.of(FIRST)) } else { first.to_owned() }
}

fn language(chance: &mut Chance) -> Language {
    match chance.below(100) {
        0..92 => Language::Spanish,
        92..97 => Language::English,
        _ => Language::Portuguese,
    }
}
