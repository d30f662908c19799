//! Files that are handed in: what they hold, how far they have come, and what can be wrong with a row.
//!
//! Never holds a cell: a fault names its place, and the text stays where the row is.

use super::words::words;

words! {
    /// What the rows of a file are.
    Subject {
        /// Patients with their relatives.
        Patients = "patients",
        /// Staff, who choose a password later.
        Staff = "staff",
    }
}

words! {
    /// How far a file has come.
    Stage {
        /// Its rows are being stored.
        Receiving = "receiving",
        /// Its rows are being looked at; nothing is registered.
        Checking = "checking",
        /// Somebody decides what becomes of it.
        Checked = "checked",
        /// Its rows without problems are being registered.
        Registering = "registering",
        /// They are.
        Done = "done",
        /// Somebody stopped it; what was registered by then stays.
        Stopped = "stopped",
    }
}

words! {
    /// What is wrong with a cell, or with a row.
    Why {
        /// A name is missing.
        NameMissing = "name-missing",
        /// A name is longer than 100 characters.
        NameLong = "name-long",
        /// A name without letters, or with a line break.
        NameMalformed = "name-malformed",
        /// The date of birth is missing.
        BornMissing = "born-missing",
        /// The date of birth is no date.
        BornMalformed = "born-malformed",
        /// Nobody alive was born then.
        BornImpossible = "born-impossible",
        /// No record number.
        RecordMalformed = "record-malformed",
        /// A relative without a phone.
        PhoneMissing = "phone-missing",
        /// No phone has this number.
        PhoneMalformed = "phone-malformed",
        /// Staff without an e-mail address.
        EmailMissing = "email-missing",
        /// No e-mail address.
        EmailMalformed = "email-malformed",
        /// A language the house does not speak.
        LanguageUnknown = "language-unknown",
        /// No status.
        CareUnknown = "care-unknown",
        /// The status says otherwise.
        CareContradicted = "care-contradicted",
        /// Inpatients, and staff of a ward, have one.
        WardMissing = "ward-missing",
        /// The house has no such ward.
        WardUnknown = "ward-unknown",
        /// A bed longer than 20 characters.
        BedMalformed = "bed-malformed",
        /// Since when somebody is back home is missing.
        DischargeMissing = "discharge-missing",
        /// The date of discharge is no date.
        DischargeMalformed = "discharge-malformed",
        /// What a relative is to the patient is missing.
        RelationMissing = "relation-missing",
        /// What a relative is to the patient is longer than 40 characters.
        RelationMalformed = "relation-malformed",
        /// Neither yes nor no.
        ChoiceUnknown = "choice-unknown",
        /// Staff without a role.
        RoleMissing = "role-missing",
        /// A role the house does not have.
        RoleUnknown = "role-unknown",
        /// A service the house does not offer.
        ServiceUnknown = "service-unknown",
        /// A service that nobody of this role may be permitted.
        ServiceImpossible = "service-impossible",
        /// A cell to the right of the last heading.
        CellExtra = "cell-extra",
        /// The same person, record or address as in a line above.
        SameAsAbove = "same-as-above",
        /// The same phone and a similar name as in a line above.
        PhoneAbove = "phone-above",
        /// Somebody with this phone and a similar name is registered.
        PhoneKnown = "phone-known",
        /// Another relative of the row has this number.
        PhoneInRow = "phone-in-row",
        /// The record number belongs to another patient.
        RecordTaken = "record-taken",
        /// Somebody of this name and date of birth is registered with another record number.
        OtherRecord = "other-record",
    }
}

/// One thing that is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place of its cell in the row, from 0 on; none when the file has no such column.
    pub place: Option<usize>,
    /// What is wrong.
    pub why: Why,
    /// The other line of the file that it is about.
    pub line: Option<u64>,
}

/// How many rows have come how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub total: u64,
    /// Those that were looked at.
    pub checked: u64,
    /// Those of people who were registered before.
    pub known: u64,
    /// Those with problems.
    pub faulty: u64,
    /// Those that were registered.
    pub registered: u64,
}

impl Stage {
    /// Whether the house still works on it by itself; each person has one such file at a time.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Receiving | Self::Checking | Self::Registering)
    }
}

impl Tally {
    /// Rows without problems, of people who are not registered: those yet to be, and those that were.
    #[must_use]
    pub const fn fresh(self) -> u64 {
        self.checked.saturating_sub(self.known).saturating_sub(self.faulty)
    }
}
