//! In what both sides differ: who works here and what they shall have, against who is at Webex and what they have.
//!
//! Never changes anything by itself: what differs is made equal by a person's choice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, There, Wanted};
use crate::domain::ids::StaffId;
use crate::domain::person::{Email, PersonName};
use crate::domain::staff::Role;
use crate::domain::words::words;

words! {
    /// In what both sides differ.
    Kind {
        /// Somebody works here and is not at Webex.
        MissingThere = "missing_there",
        /// Somebody has no way in here, and still has one there.
        StillActive = "still_active",
        /// Somebody has other licences than were chosen here.
        Licences = "licences",
        /// Somebody has another address there.
        Address = "address",
        /// Somebody has another name there.
        Name = "name",
        /// Somebody has one of this house's licences there, and nobody here knows them.
        UnknownHere = "unknown_here",
    }
}

words! {
    /// What became of a difference.
    Fate {
        /// Nobody has decided yet.
        Open = "open",
        /// Somebody wants it gone.
        Asked = "asked",
        /// Both sides are equal.
        Done = "done",
        /// Webex would not, so far.
        Failed = "failed",
        /// Somebody wants it left as it is.
        Left = "left",
    }
}

/// Somebody as they are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: Email,
    /// What they are here for.
    pub role: Role,
    /// Whether they may come in.
    pub is_active: bool,
    /// What was decided for them.
    pub wanted: Option<Wanted>,
    /// Their id at Webex, where it is known.
    pub person: Option<String>,
    /// What they shall have; for those nobody decided about, what newcomers get.
    pub licences: Names,
}

/// Something in which both sides differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub kind: Kind,
    /// Who it is about here.
    pub staff: Option<StaffId>,
    /// Who it is about there.
    pub person: Option<String>,
    /// Their address: there, or here where they are not there.
    pub email: String,
    /// What stands here.
    pub here: Option<String>,
    /// What stands there.
    pub there: Option<String>,
    /// Licences they lack there.
    pub missing: Names,
    /// Licences they have there besides.
    pub extra: Names,
}

impl Kind {
    /// Whether making it equal is a wish for somebody who works here.
    #[must_use]
    pub const fn is_of_staff(self) -> bool {
        !matches!(self, Self::UnknownHere)
    }
}

impl Here {
    /// Whether they shall be able to host.
    fn shall_host(&self) -> bool {
        self.is_active && self.role.may_host() && matches!(self.wanted, None | Some(Wanted::Account))
    }

    fn differs(&self, kind: Kind, there: Option<&There>) -> Difference {
        Difference {
            kind,
            staff: Some(self.staff),
            person: there.map(|there| there.person.clone()),
            email: there.map_or_else(|| self.email.to_string(), |there| there.email.clone()),
            here: Some(self.name.to_string()),
            there: there.and_then(|there| there.name.clone()),
            missing: Names::new(),
            extra: Names::new(),
        }
    }
}

/// All in which both sides differ, by kind and name. `ours` are the licences this house gives: of others it knows nothing.
#[must_use]
pub fn between(here: &[Here], there: &[There], ours: &Names) -> Vec<Difference> {
    let by_id: BTreeMap<_, _> = there.iter().map(|there| (there.person.as_str(), there)).collect();
    let by_email: BTreeMap<_, _> = there.iter().map(|there| (there.email.as_str(), there)).collect();
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for here in here {
        let email = here.email.to_string();
        let by_id = here.person.as_deref().and_then(|id| by_id.get(id));
        let there = by_id.or_else(|| by_email.get(email.as_str())).copied();
        known.extend(there.map(|there| there.person.as_str()));
        compare(here, there, ours, &mut found);
    }
    for there in there.iter().filter(|there| !known.contains(there.person.as_str())) {
        let extra = &there.licences & ours;
        if !extra.is_empty() {
            found.push(Difference {
                kind: Kind::UnknownHere,
                staff: None,
                person: Some(there.person.clone()),
                email: there.email.clone(),
                here: None,
                there: there.name.clone(),
                missing: Names::new(),
                extra,
            });
        }
    }
    found.sort_by(|one, other| (one.kind, &one.here, &one.email).cmp(&(other.kind, &other.here, &other.email)));
    found
}

fn compare(here: &Here, there: Option<&There>, ours: &Names, found: &mut Vec<Difference>) {
    let Some(there) = there else {
        if here.shall_host() {
            found.push(Difference { missing: here.licences.clone(), ..here.differs(Kind::MissingThere, None) });
        }
        return;
    };
    let of_ours = &there.licences & ours;
    if !here.is_active {
        if there.may_sign_in || !of_ours.is_empty() {
            found.push(Difference { extra: of_ours, ..here.differs(Kind::StillActive, Some(there)) });
        }
        return;
    }
    let wanted = if here.shall_host() { here.licences.clone() } else { Names::new() };
    let missing = &wanted - &there.licences;
    // Of those nobody decided about, what they have is none of this house's doing.
    let extra = if here.wanted.is_some() { &of_ours - &wanted } else { Names::new() };
    if !missing.is_empty() || !extra.is_empty() {
        found.push(Difference { missing, extra, ..here.differs(Kind::Licences, Some(there)) });
    }
    if !here.shall_host() {
        return;
    }
    if there.email != here.email.to_string() {
        let (here_is, there_is) = (Some(here.email.to_string()), Some(there.email.clone()));
        found.push(Difference { here: here_is, there: there_is, ..here.differs(Kind::Address, Some(there)) });
    }
    if there.name.as_deref() != Some(here.name.to_string().as_str()) {
        found.push(here.differs(Kind::Name, Some(there)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Names {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn here(name: &str) -> Here {
        Here {
            staff: StaffId::mint(),
            name: name.parse().unwrap(),
            email: "ines@hospital.example".parse().unwrap(),
            role: Role::Doctor,
            is_active: true,
            wanted: Some(Wanted::Account),
            person: None,
            licences: names(&["meetings"]),
        }
    }

    fn there(email: &str, licences: &[&str]) -> There {
        There {
            person: format!("id of {email}"),
            email: email.to_owned(),
            name: Some("Inés Soto".to_owned()),
            licences: names(licences),
            may_sign_in: true,
        }
    }

    fn kinds(here: &[Here], there: &[There]) -> Vec<Kind> {
        let ours = names(&["meetings", "rooms"]);
        between(here, there, &ours).into_iter().map(|difference| difference.kind).collect()
    }

    const INES: &str = "ines@hospital.example";

    #[test]
    fn who_is_the_same_on_both_sides_does_not_differ() {
        // A licence that is not this house's is nobody's business here.
        assert_eq!(kinds(&[here("Inés Soto")], &[there(INES, &["meetings", "calling"])]), []);
    }

    #[test]
    fn who_is_missing_there_is_told_unless_somebody_decided_so() {
        assert_eq!(kinds(&[here("Inés Soto")], &[]), [Kind::MissingThere]);
        assert_eq!(kinds(&[Here { wanted: None, ..here("Inés Soto") }], &[]), [Kind::MissingThere]);
        for wanted in [Wanted::Released, Wanted::Closed] {
            assert_eq!(kinds(&[Here { wanted: Some(wanted), ..here("Inés Soto") }], &[]), []);
        }
        assert_eq!(kinds(&[Here { role: Role::Clerk, ..here("Inés Soto") }], &[]), []);
        assert_eq!(kinds(&[Here { is_active: false, ..here("Inés Soto") }], &[]), []);
    }

    #[test]
    fn who_was_put_out_here_is_out_there_too() {
        let gone = Here { is_active: false, wanted: Some(Wanted::Closed), ..here("Inés Soto") };
        assert_eq!(kinds(std::slice::from_ref(&gone), &[there(INES, &[])]), [Kind::StillActive]);
        let closed = |licences| There { may_sign_in: false, ..there(INES, licences) };
        assert_eq!(kinds(std::slice::from_ref(&gone), &[closed(&["meetings"])]), [Kind::StillActive]);
        assert_eq!(kinds(&[gone], &[closed(&["calling"])]), []);
    }

    #[test]
    fn licences_that_lack_and_those_beside_them_are_one_difference() {
        let found = between(&[here("Inés Soto")], &[there(INES, &["rooms"])], &names(&["meetings", "rooms"]));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (only.kind, &only.missing, &only.extra),
            (Kind::Licences, &names(&["meetings"]), &names(&["rooms"]))
        );
        let undecided = Here { wanted: None, ..here("Inés Soto") };
        assert_eq!(kinds(&[undecided], &[there(INES, &["meetings", "rooms"])]), []);
        let released = Here { wanted: Some(Wanted::Released), ..here("Inés Soto") };
        assert_eq!(kinds(&[released], &[there(INES, &["meetings"])]), [Kind::Licences]);
    }

    #[test]
    fn somebody_known_by_their_id_may_have_another_name_and_address() {
        let moved = there("i.soto@hospital.example", &["meetings"]);
        let known = Here { person: Some(moved.person.clone()), ..here("Inés Soto Amaya") };
        assert_eq!(kinds(&[known], &[moved]), [Kind::Address, Kind::Name]);
    }

    #[test]
    fn strangers_count_only_with_a_licence_of_this_house() {
        let strangers = [there("a@other.example", &["rooms"]), there("b@other.example", &["calling"])];
        let found = between(&[], &strangers, &names(&["rooms"]));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.kind, only.email.as_str()), (Kind::UnknownHere, "a@other.example"));
    }
}
