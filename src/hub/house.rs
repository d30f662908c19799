//! What the hub's actors share.

use std::sync::Arc;

use super::agendas::Agendas;
use super::boards::Boards;
use crate::clock::Clock;
use crate::domain::link::Link;
use crate::protocol::seat::{IceServer, Texting};
use crate::providers::video::Engines;
use crate::store::Store;
use crate::store::hospital::Live;

/// The hash of a link's token; the token itself is none of the hub's business.
pub type LinkHash = dyn Fn(&Link) -> [u8; 32] + Send + Sync;

/// What the hub's actors share.
pub struct House {
    /// Where visits are kept.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// What carries media.
    pub engines: Engines,
    /// The hash of a link's token.
    pub link_hash: Arc<LinkHash>,
    /// What admins set for the hospital: its zone says what "today" is, its links when they go out.
    pub settings: Live,
    /// Whether text messages reach families.
    pub texting: Texting,
    /// The live boards.
    pub boards: Boards,
    /// The agendas that are open.
    pub agendas: Agendas,
}

impl House {
    /// How admitted browsers reach each other, with credentials made now.
    #[must_use]
    pub fn ice_servers(&self) -> Vec<IceServer> {
        let servers = self.engines.direct.ice_servers(self.clock.now());
        servers
            .into_iter()
            .map(|server| IceServer { urls: server.urls, username: server.username, credential: server.credential })
            .collect()
    }
}
