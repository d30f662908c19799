//! What leaves the house in writing: which texts there are, and how far one of them has come.
//!
//! Never holds a text or an address: those are rendered when a message is sent or shown.

use super::words::words;

words! {
    /// Which text it is.
    Template {
        /// The date and time of an appointment, sent at once.
        Booked = "booked",
        /// The link, sent when it opens; also sent once more when staff ask for that.
        Link = "link",
        /// A link that replaces an older one.
        NewLink = "new_link",
        /// A new date and time, sent at once.
        Rescheduled = "rescheduled",
        /// The visit was called off.
        Cancelled = "cancelled",
    }
}

words! {
    /// How far a message has come.
    MessageStatus {
        /// Waits for its time.
        Pending = "pending",
        /// A worker has it in hand.
        Sending = "sending",
        /// Has left the house; to somebody without a phone, the ward shows it instead.
        Sent = "sent",
        /// Was called back before its time.
        Cancelled = "cancelled",
        /// Could not be delivered, or came too late to be of use.
        Failed = "failed",
    }
}

impl Template {
    /// Whether its text holds the link.
    #[must_use]
    pub const fn carries_link(self) -> bool {
        matches!(self, Self::Link | Self::NewLink)
    }
}
