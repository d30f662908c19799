//! What carries a visit's media: the interface.
//!
//! What a browser needs in order to join is minted at the moment of joining, for admitted participants only; the caller
//! sees to that. Media never passes through the hub.

mod direct;
pub mod webex;

use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::domain::ids::ConsultationId;
use crate::domain::meeting::Window;
use crate::domain::person::Email;
use crate::domain::service::Engine;

pub use direct::{Direct, IceConfig, IceConfigError, LONGEST_LIFETIME};
pub use webex::Webex;
pub use webex::trouble::Trouble;

/// Something an engine answers, on its way.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What carries media.
pub trait Video: Send + Sync {
    /// Brings what carries a visit to where the visit is: makes it, or moves it. The engine may need nothing of the kind.
    fn prepare<'a>(&'a self, plan: &'a Plan, held: Option<&'a Room>) -> Asking<'a, Result<Option<Room>, Trouble>>;

    /// What one admitted participant's browser needs in order to join. Each call mints its own credentials.
    fn join<'a>(&'a self, seat: &'a Joiner, room: Option<&'a Room>) -> Asking<'a, Result<Join, Trouble>>;

    /// Closes the call for everyone in it.
    fn end<'a>(&'a self, room: &'a Room) -> Asking<'a, Result<(), Trouble>>;

    /// Whether it answers, as far as that is known without asking it.
    fn health(&self) -> Circuit;

    /// How a member of staff stands with whoever carries the media. Asks them, so it may take as long as they take; never
    /// within a call.
    fn account<'a>(&'a self, email: &'a Email) -> Asking<'a, Account>;
}

/// The engines of a hospital.
#[derive(Clone)]
pub struct Engines {
    /// Browser to browser; always there.
    pub direct: Arc<Direct>,
    /// Webex, where it is set up.
    pub webex: Option<Arc<Webex>>,
}

impl Engines {
    /// Only browser to browser.
    #[must_use]
    pub fn only(direct: Direct) -> Self {
        Self { direct: Arc::new(direct), webex: None }
    }

    /// The one of this kind, where it is set up.
    #[must_use]
    pub fn of(&self, engine: Engine) -> Option<&dyn Video> {
        match engine {
            Engine::Direct => Some(&*self.direct),
            Engine::Webex => self.webex.as_deref().map(|webex| webex as &dyn Video),
        }
    }

    /// Those that can carry a visit here, in the order people are shown them.
    pub fn possible(&self) -> impl Iterator<Item = Engine> {
        Engine::ALL.iter().copied().filter(|engine| self.of(*engine).is_some())
    }
}

/// What is to be prepared for a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The visit.
    pub visit: ConsultationId,
    /// What everybody may read of it.
    pub title: String,
    /// When.
    pub window: Window,
    /// Whose meeting it is; none where a site has no hosts.
    pub host: Option<Email>,
}

/// What was prepared for a visit.
#[derive(Clone, Debug)]
pub struct Room {
    /// Its name at the engine.
    pub id: String,
    /// The number people type.
    pub number: Option<String>,
    /// Where browsers of the SDK go.
    pub sip_address: Option<String>,
    /// Where other browsers go.
    pub web_link: Option<String>,
    /// What the SDK may be asked for.
    pub password: Option<SecretString>,
    /// Whose it is, as the engine knows them.
    pub host: Option<String>,
}

impl Room {
    /// Whether a browser can be led there.
    #[must_use]
    pub const fn has_destination(&self) -> bool {
        self.sip_address.is_some() || self.web_link.is_some()
    }

    /// What an engine does not repeat stays as it was.
    #[must_use]
    pub fn or(self, known: &Self) -> Self {
        Self {
            id: self.id,
            number: self.number.or_else(|| known.number.clone()),
            sip_address: self.sip_address.or_else(|| known.sip_address.clone()),
            web_link: self.web_link.or_else(|| known.web_link.clone()),
            password: self.password.or_else(|| known.password.clone()),
            host: self.host.or_else(|| known.host.clone()),
        }
    }
}

/// Who joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joiner {
    /// Their name at the engine: the same for the same seat, and it says nothing.
    pub subject: String,
    /// How they are shown there.
    pub name: String,
    /// Until when their invitation is good.
    pub until: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// What a browser needs in order to join.
#[derive(Clone, Debug)]
pub enum Join {
    /// Browser to browser, with the help of these servers.
    Direct {
        /// STUN first, then TURN. Empty where browsers reach each other without help.
        ice_servers: Vec<IceServer>,
    },
    /// Through Webex.
    Webex(Box<WebexJoin>),
}

/// What a browser needs in order to join at Webex.
#[derive(Clone, Debug)]
pub struct WebexJoin {
    /// For the SDK.
    pub token: SecretString,
    /// Until when the page may use it.
    pub expires_at: Timestamp,
    /// Where the SDK goes: a SIP address, or else the meeting's web link.
    pub destination: String,
    /// What the SDK may be asked for.
    pub password: Option<SecretString>,
    /// How Webex names the guest, by which its reports about them are recognised.
    pub guest: Guest,
}

/// How Webex names a guest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// Its id there.
    pub id: Option<String>,
    /// The address Webex made up for it.
    pub email: Option<String>,
}

/// Whether an engine answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// As far as is known, it does.
    Closed,
    /// It did not, several times in a row: it is left alone for a while.
    Open {
        /// Since when.
        since: Timestamp,
    },
    /// One request is on its way, which decides.
    Trying,
}

/// How a member of staff stands with whoever carries the media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Nobody needs one.
    NotNeeded,
    /// They have one.
    Found,
    /// They have none.
    Missing,
    /// Nobody can say now.
    Unknown,
}

/// One entry of a browser's `RTCConfiguration.iceServers`.
#[derive(Clone, PartialEq, Eq)]
pub struct IceServer {
    /// Its addresses, `stun:…`, `turn:…` or `turns:…`.
    pub urls: Vec<String>,
    /// For TURN: until when it is good, and a random name.
    pub username: Option<String>,
    /// For TURN: proves that the hospital issued the user name.
    pub credential: Option<String>,
}

impl std::fmt::Debug for IceServer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}
