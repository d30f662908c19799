//! Whose visits a list may be narrowed down to: doctors, then those who were, so that no visit is out of reach.
//!
//! Never offers whom to give a visit to: those who left are not asked any more.

use crate::domain::ids::StaffId;
use crate::domain::staff::StaffMember;
use crate::text::Texts;

/// Whom a filter offers; nobody where one sees only one's own.
#[derive(Clone, Debug, Default)]
pub struct Doctors {
    /// Who conducts visits, by name.
    pub active: Vec<StaffMember>,
    /// Who did, by name.
    pub former: Vec<StaffMember>,
}

impl Doctors {
    /// Each as the reader sees them, those who conduct visits first.
    pub fn named(&self, texts: Texts) -> impl Iterator<Item = (StaffId, String)> + '_ {
        let active = self.active.iter().map(|doctor| (doctor.id, doctor.name.to_string()));
        let former = self.former.iter().map(move |doctor| {
            (doctor.id, texts.with("people-former-doctor", &[("name", doctor.name.to_string().into())]))
        });
        active.chain(former)
    }

    /// The one that was chosen.
    #[must_use]
    pub fn find(&self, chosen: Option<StaffId>) -> Option<&StaffMember> {
        self.active.iter().chain(&self.former).find(|doctor| Some(doctor.id) == chosen)
    }
}
