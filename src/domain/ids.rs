//! One type per id, so that a seat is never taken for a visit.
//!
//! Ids are UUID version 7 (RFC 9562): they sort by the time they were minted. They are public and grant nothing.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Mints a fresh id.
            #[must_use]
            pub fn mint() -> Self {
                Self(Uuid::now_v7())
            }

            /// The 16 bytes of the id.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One visit.
    ConsultationId,
    /// Visits booked together, week after week.
    SeriesId,
    /// A person's seat in one visit.
    ParticipantId,
    /// The standing invitation of one seat; its links are its generations.
    InvitationId,
    /// A browser that entered with a link (or a signed-in staff session) and may hold a seat.
    BrowserId,
    /// A command, minted by whoever asks, so that a retry is recognised.
    CommandId,
    /// A member of staff.
    StaffId,
    /// A signed-in session of a member of staff.
    StaffSessionId,
    /// A ward.
    WardId,
    /// A patient.
    PatientId,
    /// A relative of a patient.
    RelativeId,
    /// A message that leaves the house.
    MessageId,
    /// A file that was handed in to be imported.
    ImportId,
    /// A comparison of both sides, here and at Webex.
    ComparisonId,
    /// Something in which both sides differ.
    DifferenceId,
}

impl From<StaffSessionId> for BrowserId {
    /// A signed-in session holds a staff seat the way a browser holds a patient's.
    fn from(session: StaffSessionId) -> Self {
        Self(session.0)
    }
}
