//! What leaves the house in writing: which texts there are, how far one of them has come, and why it came no further.
//!
//! Never holds a text or an address: those are rendered when a message is sent or shown.

pub mod budget;
pub mod opt_out;
pub mod pace;
pub mod reminders;
pub mod tempo;
pub mod wording;

use std::fmt;
use std::str::FromStr;

use super::words::{UnknownWord, words};

words! {
    /// Which text it is.
    Template {
        /// The date and time of an appointment, sent at once.
        Booked = "booked",
        /// The same once more, the day before.
        Reminder = "reminder",
        /// The link, sent when it opens; also sent once more when staff ask for that.
        Link = "link",
        /// A link that replaces an older one.
        NewLink = "new_link",
        /// It begins later than agreed, as staff expect.
        RunningLate = "running_late",
        /// It is their turn; for who asked to be written to then.
        ComeNow = "come_now",
        /// The hour has passed, and they have not come.
        YouAreLate = "you_are_late",
        /// A new date and time, sent at once.
        Rescheduled = "rescheduled",
        /// The visit was called off.
        Cancelled = "cancelled",
    }
}

words! {
    /// How far a message has come.
    MessageStatus {
        /// Waits for its time, or for the next try.
        Pending = "pending",
        /// A worker has it in hand.
        Sending = "sending",
        /// Nobody can say yet whether the provider took it: it is looked for before anything is sent again.
        Unknown = "unknown",
        /// The provider has taken it.
        Accepted = "accepted",
        /// Has left the house; to somebody without an address, the ward shows it instead.
        Sent = "sent",
        /// It is on the person's phone.
        Delivered = "delivered",
        /// The carrier could not deliver it.
        Undelivered = "undelivered",
        /// Was not taken by the provider, or came too late to be of use.
        Failed = "failed",
        /// Was called back before its time.
        Cancelled = "cancelled",
    }
}

words! {
    /// By which way a message goes to a person.
    Channel {
        /// To their phone, as a text message or through WhatsApp.
        Text = "text",
        /// By e-mail.
        Email = "email",
    }
}

words! {
    /// Why a message came no further, or has to wait.
    Reason {
        /// It would come too late to be of use.
        TooLate = "too_late",
        /// The person asked for no more messages.
        OptedOut = "opted_out",
        /// Messages to that country are not allowed.
        Country = "country",
        /// Too many to one number within a short time.
        Often = "often",
        /// The day's limit is reached.
        Budget = "budget",
        /// There is no such number or address.
        BadNumber = "bad_number",
        /// The number takes no text messages.
        Landline = "landline",
        /// The phone is switched off or out of reach.
        Unreachable = "unreachable",
        /// The carrier filters or blocks it.
        Blocked = "blocked",
        /// Credentials, sender or template are wrong: somebody has to look at the settings.
        Setup = "setup",
        /// There is no approved template for it, which WhatsApp wants.
        NoTemplate = "no_template",
        /// The provider says no for a reason of its own.
        Refused = "refused",
        /// The provider does not take it now.
        Busy = "busy",
        /// Nobody can say whether it was taken.
        Unsure = "unsure",
        /// It is night where it would arrive.
        Night = "night",
        /// What it asks for has happened already.
        Needless = "needless",
        /// The hospital sends no such messages any more.
        SwitchedOff = "switched_off",
    }
}

/// The letters a text message is written in (3GPP TS 23.038).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// GSM-7: 160 to a segment.
    Gsm7,
    /// UCS-2, any letter: 70 to a segment.
    Ucs2,
}

/// A provider's name for a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderId(String);

impl Template {
    /// Whether its text holds the link.
    #[must_use]
    pub const fn carries_link(self) -> bool {
        matches!(self, Self::Link | Self::NewLink | Self::ComeNow | Self::YouAreLate)
    }

    /// Whether it only helps at its moment: nobody misses one that is dropped.
    #[must_use]
    pub const fn is_nudge(self) -> bool {
        matches!(self, Self::Reminder | Self::RunningLate | Self::ComeNow | Self::YouAreLate)
    }
}

impl MessageStatus {
    /// Whether what a provider says may move a message from here to `next`. Reports arrive in any order and more than
    /// once: a message only ever moves on. A receipt from the phone itself outranks what a carrier only assumed.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        self.rank() < next.rank() && !matches!((self, next), (Self::Cancelled, _) | (_, Self::Cancelled))
    }

    /// Whether nothing more is expected to happen.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        self.rank() >= Self::Undelivered.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Sending => 1,
            Self::Unknown => 2,
            Self::Accepted => 3,
            Self::Sent => 4,
            Self::Undelivered | Self::Failed | Self::Cancelled => 5,
            Self::Delivered => 6,
        }
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for ProviderId {
    type Err = UnknownWord;

    /// At most 128 visible letters of ASCII.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let is_name = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_name { Ok(Self(text.to_owned())) } else { Err(UnknownWord) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_never_goes_back() {
        for from in MessageStatus::ALL {
            for to in MessageStatus::ALL {
                assert!(!(from.may_become(*to) && to.may_become(*from)), "{from} and {to}");
            }
            assert!(!from.may_become(*from), "{from}");
            assert!(!from.may_become(MessageStatus::Cancelled) && !MessageStatus::Cancelled.may_become(*from));
        }
        assert!(MessageStatus::Unknown.may_become(MessageStatus::Sent));
        assert!(!MessageStatus::Delivered.may_become(MessageStatus::Sent));
        assert!(!MessageStatus::Delivered.may_become(MessageStatus::Undelivered));
        assert!(MessageStatus::Undelivered.may_become(MessageStatus::Delivered), "the phone knows better");
    }

    #[test]
    fn a_providers_name_is_short_and_visible() {
        assert!("SM0123456789abcdef".parse::<ProviderId>().is_ok());
        for text in ["", "two words", "a\n", &"x".repeat(129)] {
            assert!(text.parse::<ProviderId>().is_err(), "{text}");
        }
    }
}
