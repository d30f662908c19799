//! A patient with their relatives, and who of them can be invited to a visit.
//!
//! Never says who was invited already.

use super::forms::visit::{Wanted, may_come};
use super::views::form::Fault;
use crate::domain::consultation::{Guest, Kind};
use crate::domain::ids::PatientId;
use crate::domain::service::Service;
use crate::store::patients::{self, Patient, Relative};
use crate::store::{Store, StoreError};
use crate::text::Texts;

/// The patient a visit is about, with relatives.
pub struct Family {
    /// Who.
    pub patient: Patient,
    /// Whom to invite.
    pub relatives: Vec<Relative>,
}

impl Family {
    /// The family of a patient, if there is such a patient.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn of(store: &Store, id: PatientId) -> Result<Option<Self>, StoreError> {
        let Some(patient) = patients::find(store, id).await? else { return Ok(None) };
        let relatives = patients::relatives_of(store, id).await?;
        Ok(Some(Self { patient, relatives }))
    }

    /// Those who are wanted at such a visit, as they are invited.
    ///
    /// # Errors
    /// What is wrong with the wish: somebody is not of this family, or may not come.
    pub fn guests(&self, texts: Texts, wanted: &[Wanted], service: Service) -> Result<Vec<Guest>, Fault> {
        if let Some(fault) = self.not_permitted(texts, wanted, service) {
            return Err(fault);
        }
        let guests = wanted.iter().map(|wanted| self.guest(*wanted)).collect::<Option<Vec<_>>>();
        guests.ok_or_else(|| Fault::new(texts, "invite", "visit-people-unknown"))
    }

    /// A relative who is wanted but may not come to such a visit.
    fn not_permitted(&self, texts: Texts, wanted: &[Wanted], service: Service) -> Option<Fault> {
        let is_wanted = |id| wanted.contains(&Wanted::Relative(id));
        let relative = self.relatives.iter().find(|relative| is_wanted(relative.id) && !may_come(relative, service))?;
        let key = match service {
            Service::MedicalReport => "visit-people-no-report",
            _ => "visit-people-no-visit",
        };
        let sentence = texts.with(key, &[("name", relative.name.to_string().into())]);
        Some(Fault { field: "invite".to_owned(), sentence })
    }

    /// An invited person; nobody when they are not of this family.
    fn guest(&self, wanted: Wanted) -> Option<Guest> {
        let patient = &self.patient;
        match wanted {
            Wanted::Patient => Some(Guest {
                kind: Kind::Patient,
                relative: None,
                name: patient.name.clone(),
                relation: None,
                phone: patient.phone.clone(),
                language: patient.language,
            }),
            Wanted::Relative(id) => self.relatives.iter().find(|relative| relative.id == id).map(|relative| Guest {
                kind: Kind::Relative,
                relative: Some(id),
                name: relative.name.clone(),
                relation: Some(relative.relation.clone()),
                phone: Some(relative.phone.clone()),
                language: relative.language,
            }),
        }
    }
}
