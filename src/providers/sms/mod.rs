//! What carries messages to people: the interface, and what providers report later.
//!
//! A carrier takes one message and says what became of it; where it can, it also says whether it has one already. Never
//! keeps, repeats or schedules: the outbox does. Never logs a number, a text, a link or an answer's body.

mod client;
mod console;
pub mod gateway;
pub mod mail;
pub mod pdu;
pub mod signature;
pub mod twilio;

use std::fmt;
use std::pin::Pin;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

pub use client::{ANSWER_WITHIN, CannotStart, answers, can_be_reached_from_outside, knock};
pub use console::Console;

use crate::domain::ids::MessageId;
use crate::domain::message::{Letters, MessageStatus, ProviderId, Reason, Template};
use crate::domain::person::{Country, Email, Language, Phone};

/// Something a carrier answers, on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries messages.
pub trait Carrier: Send + Sync {
    /// Hands one message over and says what became of it.
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome>;

    /// Looks for a message that may have been taken.
    fn look_up<'a>(&'a self, message: &'a Outgoing, sought: &'a Sought) -> Answer<'a, Sighting>;

    /// Asks the provider, without sending anything, whether the settings are right.
    fn check(&self) -> Answer<'_, Vec<Finding>>;

    /// Whether messages leave the house, and so may be counted, limited and unwanted.
    fn reach(&self) -> Reach;
}

/// How far a carrier's messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Staff show them.
    House,
    /// People's phones and mailboxes.
    World,
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A phone.
    Phone(Phone),
    /// A mailbox.
    Email(Email),
}

/// One message.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id: the same message handed over twice has the same one.
    pub id: MessageId,
    /// Where it goes.
    pub to: Address,
    /// The subject of an e-mail.
    pub subject: String,
    /// What it says, link included.
    pub text: String,
    /// Which letters a text message needs for that.
    pub letters: Letters,
    /// The part of its link that no other seat's message holds, whatever address this server had when it was sent.
    pub mark: Option<String>,
    /// Which text it is.
    pub template: Template,
    /// Its language.
    pub language: Language,
    /// What fills the blanks of a provider's own template, in the order {{1}}, {{2}} …
    pub blanks: Vec<String>,
    /// For how long it is of use.
    pub valid_for: SignedDuration,
}

/// What became of a message that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it.
    Accepted(Receipt),
    /// It will never be delivered; trying again is of no use.
    Rejected(Refusal),
    /// It was certainly not taken: try again, not before `after` if that is given.
    RetryAfter {
        /// What the provider asks for.
        after: Option<SignedDuration>,
        /// The provider's own word for why.
        code: Option<String>,
    },
    /// It may have been taken.
    Unknown,
}

/// What a provider says of a message it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its own name for it.
    pub id: Option<ProviderId>,
    /// How far it has come by now, as a report would say it.
    pub status: MessageStatus,
    /// Why no further.
    pub reason: Option<Reason>,
    /// The provider's own word for that.
    pub code: Option<String>,
    /// What it costs.
    pub segments: Option<u32>,
}

/// Why a message is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In our words.
    pub reason: Reason,
    /// In the provider's.
    pub code: Option<String>,
}

/// Which message is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// [`Outgoing::digest`] when it was handed over: what it would say now may be something else.
    pub digest: Option<[u8; 32]>,
    /// When it was handed over.
    pub handed_at: Timestamp,
    /// Messages to the same number that are other ones of ours.
    pub others: Vec<ProviderId>,
}

/// What a look for a message shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// The provider has it.
    Found(Receipt),
    /// The provider answers and does not have it.
    Absent,
    /// The provider does not answer: look again later.
    Unclear,
    /// This kind of provider cannot be asked, or what it answers does not tell.
    Untraceable,
}

/// One line of what a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it is as it should be.
    pub verdict: Verdict,
    /// In plain words, for whoever runs the server.
    pub sentence: String,
}

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Good,
    /// It works, but not as well as it could.
    Doubtful,
    /// No.
    Bad,
}

/// What pages need to know of sending.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How far text messages go.
    pub reach: Reach,
    /// Countries that may be written to.
    pub countries: Vec<Country>,
    /// Segments that may be sent each day.
    pub daily: Option<u64>,
    /// How reports are recognised.
    pub callbacks: Callbacks,
}

/// How providers' reports are recognised.
#[derive(Clone, Debug, Default)]
pub struct Callbacks {
    /// Signs those of Twilio; none where it is not in use.
    pub twilio_token: Option<SecretString>,
    /// The last part of the address of a gateway's; none where none is in use.
    pub gateway_secret: Option<SecretString>,
    /// Whether an e-mail can stand for a text message that did not arrive.
    pub has_mail: bool,
}

impl Sending {
    /// Whether this number may be written to; where nothing leaves the house, none is refused.
    #[must_use]
    pub fn reaches(&self, phone: &Phone) -> bool {
        self.reach == Reach::House || phone.country().is_some_and(|country| self.countries.contains(&country))
    }
}

impl Finding {
    /// Something is as it should be.
    pub fn good(sentence: impl Into<String>) -> Self {
        Self { verdict: Verdict::Good, sentence: sentence.into() }
    }

    /// Whether it is as it should be.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.verdict == Verdict::Good
    }

    /// Something works, but not as well as it could.
    pub fn doubtful(sentence: impl Into<String>) -> Self {
        Self { verdict: Verdict::Doubtful, sentence: sentence.into() }
    }

    /// Something is not as it should be.
    pub fn bad(sentence: impl Into<String>) -> Self {
        Self { verdict: Verdict::Bad, sentence: sentence.into() }
    }
}

impl Receipt {
    /// A message of which nothing more is known than how far it has come.
    #[must_use]
    pub const fn of(id: Option<ProviderId>, status: MessageStatus) -> Self {
        Self { id, status, reason: None, code: None, segments: None }
    }
}

impl Outcome {
    fn rejected(reason: Reason, code: impl Into<Option<String>>) -> Self {
        Self::Rejected(Refusal { reason, code: code.into() })
    }

    fn not_taken(code: &str) -> Self {
        Self::RetryAfter { after: None, code: Some(code.to_owned()) }
    }
}

/// SHA-256 of what a message says: tells it from others without keeping a word of it.
#[must_use]
pub fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

impl Outgoing {
    /// What tells this message among a provider's later, without keeping a word of it.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.text)
    }

    fn phone(&self) -> Option<&Phone> {
        match &self.to {
            Address::Phone(phone) => Some(phone),
            Address::Email(_) => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => phone.fmt(out),
            Self::Email(email) => email.fmt(out),
        }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Outgoing").field("id", &self.id).finish_non_exhaustive()
    }
}
