//! Staff: who they are to the rules.

use std::fmt;
use std::str::FromStr;

use super::ids::{StaffId, WardId};
use super::person::{Email, Language, PersonName, Unreadable};
use super::service::{Service, Services};
use super::words::words;

words! {
    /// What a member of staff is here for; exactly one each.
    Role {
        /// Creates staff and configures the hospital; has no clinical view.
        Admin = "admin",
        /// Conducts visits.
        Doctor = "doctor",
        /// Registers patients and schedules visits; sees states and delivery, never chat or media.
        Clerk = "clerk",
        /// Prepares inpatients, and conducts the tele-visits of one ward.
        Ward = "ward",
    }
}

words! {
    /// Whether somebody can sign in.
    AccountState {
        /// They can.
        Active = "active",
        /// They have not chosen a password yet.
        NotSetUp = "not_set_up",
        /// An admin has closed the door to them.
        Disabled = "disabled",
    }
}

/// A member of staff, as everyone in the house may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Their id.
    pub id: StaffId,
    /// How they sign in.
    pub email: Email,
    /// How they are shown to colleagues and families.
    pub name: PersonName,
    /// What they are here for.
    pub role: Role,
    /// The ward they work on; always there for [`Role::Ward`].
    pub ward: Option<WardId>,
    /// The language of their pages.
    pub language: Language,
    /// Their IANA time zone.
    pub zone: String,
    /// The services they may book or be given; never more than [`Role::possible_services`].
    pub services: Services,
}

/// A sentence somebody keeps ready: 1 to 200 characters on one line, single spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedMessage(String);

impl CannedMessage {
    /// How many somebody may keep.
    pub const MOST: usize = 20;

    /// The longest, in characters.
    pub const LONGEST: usize = 200;
}

impl Role {
    /// The services somebody of this role may be permitted.
    #[must_use]
    pub const fn possible_services(self) -> Services {
        match self {
            Self::Admin => Services::NONE,
            Self::Doctor => {
                Services::NONE.with(Service::HomeConsultation).with(Service::MedicalReport).with(Service::FollowUp)
            }
            Self::Clerk => Services::ALL,
            Self::Ward => Services::NONE.with(Service::TeleVisit),
        }
    }
}

impl StaffMember {
    /// Who they are when they give a command.
    #[must_use]
    pub const fn operator(&self) -> Operator {
        Operator { staff: self.id, role: self.role, ward: self.ward, services: self.services }
    }
}

/// Who gives a command, reduced to what entitles them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Their id.
    pub staff: StaffId,
    /// Their role.
    pub role: Role,
    /// Their ward, if they have one.
    pub ward: Option<WardId>,
    /// The services they may book.
    pub services: Services,
}

impl Operator {
    /// The services for whose visits they act: clerks those they are permitted, while doctors and wards finish what they have,
    /// also once a service is no longer permitted them.
    #[must_use]
    pub const fn acts_for(self) -> Services {
        match self.role {
            Role::Clerk => self.services,
            Role::Doctor | Role::Ward | Role::Admin => Services::ALL,
        }
    }
}

impl FromStr for CannedMessage {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        if text.chars().any(char::is_control) {
            return Err(Unreadable::Malformed);
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            0 => Err(Unreadable::Empty),
            1..=Self::LONGEST => Ok(Self(text)),
            _ => Err(Unreadable::TooLong),
        }
    }
}

impl fmt::Display for CannedMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canned_message_is_one_line_of_bounded_length() {
        let read = |text: &str| text.parse::<CannedMessage>();
        assert_eq!(read("  Ya   voy ").unwrap().to_string(), "Ya voy");
        assert_eq!(read(" "), Err(Unreadable::Empty));
        assert_eq!(read("one\ntwo"), Err(Unreadable::Malformed));
        assert!(read(&"é".repeat(200)).is_ok());
        assert_eq!(read(&"é".repeat(201)), Err(Unreadable::TooLong));
    }
}
