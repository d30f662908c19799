//! Browser to browser: tells a browser which STUN and TURN servers help it, with credentials that end soon.
//!
//! Credentials are those of coturn's `use-auth-secret`: the user name is `<unix expiry>:<random>`, the password
//! base64(HMAC-SHA1(secret, user name)); coturn knows no other hash.
//!
//! Never talks to those servers: browsers do.

use std::future::ready;

use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use uuid::Uuid;

use super::{Account, Asking, Circuit, IceServer, Join, Joiner, Plan, Room, Trouble, Video};
use crate::domain::person::Email;

/// The longest that credentials may be good for.
pub const LONGEST_LIFETIME: SignedDuration = SignedDuration::from_hours(2);

/// Which servers help browsers to reach each other.
#[derive(Clone, Debug)]
pub struct IceConfig {
    /// `stun:host:port`.
    pub stun: Vec<String>,
    /// `turn:host:port?transport=udp` or `turns:host:port?transport=tcp`.
    pub turn: Vec<String>,
    /// What the TURN servers know as `static-auth-secret`; needed as soon as there is one.
    pub turn_secret: Option<SecretString>,
    /// How long credentials are good for.
    pub lifetime: SignedDuration,
}

/// Why a configuration cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IceConfigError {
    /// Not the address of a server of that kind.
    #[error("{0:?} is not an address of that kind: write stun:host:port, turn:host:port or turns:host:port")]
    Address(String),
    /// TURN servers without their secret.
    #[error("TURN servers need the secret they share with the hospital")]
    NoSecret,
    /// Credentials that would last no time at all, or too long.
    #[error("TURN credentials must last between one minute and two hours")]
    Lifetime,
}

/// Browser to browser.
#[derive(Clone)]
pub struct Direct {
    stun: Vec<String>,
    turn: Vec<String>,
    key: Option<Hmac<Sha1>>,
    lifetime: SignedDuration,
}

impl Direct {
    /// Checks a configuration.
    ///
    /// # Errors
    /// [`IceConfigError`], in words for whoever runs the hospital's server.
    pub fn new(config: IceConfig) -> Result<Self, IceConfigError> {
        all_are(&config.stun, &["stun:", "stuns:"])?;
        all_are(&config.turn, &["turn:", "turns:"])?;
        if config.lifetime < SignedDuration::from_mins(1) || config.lifetime > LONGEST_LIFETIME {
            return Err(IceConfigError::Lifetime);
        }
        let secret = config.turn_secret.as_ref().map(ExposeSecret::expose_secret).filter(|secret| !secret.is_empty());
        let key = secret.and_then(|secret| Hmac::new_from_slice(secret.as_bytes()).ok());
        if key.is_none() && !config.turn.is_empty() {
            return Err(IceConfigError::NoSecret);
        }
        Ok(Self { stun: config.stun, turn: config.turn, key, lifetime: config.lifetime })
    }

    /// The servers for one admitted participant's browser, with credentials of its own.
    #[must_use]
    pub fn ice_servers(&self, now: Timestamp) -> Vec<IceServer> {
        let stun = IceServer { urls: self.stun.clone(), username: None, credential: None };
        let turn = self.key.as_ref().map(|key| {
            let username = format!("{}:{}", (now + self.lifetime).as_second(), Uuid::new_v4().simple());
            let credential = credential(key, &username);
            IceServer { urls: self.turn.clone(), username: Some(username), credential: Some(credential) }
        });
        std::iter::once(stun).chain(turn).filter(|server| !server.urls.is_empty()).collect()
    }
}

impl Video for Direct {
    fn prepare<'a>(&'a self, _: &'a Plan, _: Option<&'a Room>) -> Asking<'a, Result<Option<Room>, Trouble>> {
        Box::pin(ready(Ok(None)))
    }

    fn join<'a>(&'a self, seat: &'a Joiner, _: Option<&'a Room>) -> Asking<'a, Result<Join, Trouble>> {
        Box::pin(ready(Ok(Join::Direct { ice_servers: self.ice_servers(seat.now) })))
    }

    /// Browsers end it among themselves.
    fn end<'a>(&'a self, _: &'a Room) -> Asking<'a, Result<(), Trouble>> {
        Box::pin(ready(Ok(())))
    }

    fn health(&self) -> Circuit {
        Circuit::Closed
    }

    fn account<'a>(&'a self, _: &'a Email) -> Asking<'a, Account> {
        Box::pin(ready(Account::NotNeeded))
    }
}

fn credential(key: &Hmac<Sha1>, username: &str) -> String {
    BASE64_STANDARD.encode(key.clone().chain_update(username).finalize().into_bytes())
}

fn all_are(addresses: &[String], schemes: &[&str]) -> Result<(), IceConfigError> {
    let is_one = |address: &str| {
        let host = schemes.iter().find_map(|scheme| address.strip_prefix(scheme));
        host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !host.contains(char::is_whitespace))
    };
    addresses.iter().find(|address| !is_one(address)).map_or(Ok(()), |bad| Err(IceConfigError::Address(bad.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> IceConfig {
        IceConfig {
            stun: vec!["stun:turn.hospital.example:3478".to_owned()],
            turn: vec!["turn:turn.hospital.example:3478?transport=udp".to_owned()],
            turn_secret: Some("north".into()),
            lifetime: SignedDuration::from_hours(2),
        }
    }

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    #[test]
    fn credentials_are_what_coturn_computes() {
        let key = Hmac::new_from_slice(b"north").unwrap();
        assert_eq!(credential(&key, "1433895918506:ninefingers"), "VIXBnLFi12lZBF1UPn2CEc9YwO4=");
    }

    #[test]
    fn each_browser_gets_credentials_of_its_own_that_end() {
        let direct = Direct::new(config()).unwrap();
        let names: Vec<String> = [(); 2]
            .map(|()| {
                let servers = direct.ice_servers(now());
                assert_eq!(servers.len(), 2);
                assert_eq!((&servers[0].username, &servers[0].credential), (&None, &None));
                let username = servers[1].username.clone().unwrap();
                assert_eq!(servers[1].credential, direct.key.as_ref().map(|key| credential(key, &username)));
                username
            })
            .into();
        assert!(names.iter().all(|name| name.starts_with("1795453200:")), "{names:?}");
        assert_ne!(names[0], names[1]);
    }

    #[tokio::test]
    async fn nobody_needs_an_account() {
        let direct = Direct::new(config()).unwrap();
        assert_eq!(direct.account(&"ines@hospital.example".parse().unwrap()).await, Account::NotNeeded);
    }

    #[test]
    fn without_servers_browsers_get_none() {
        let bare = IceConfig { stun: vec![], turn: vec![], turn_secret: None, ..config() };
        let direct = Direct::new(bare).unwrap();
        assert_eq!(direct.ice_servers(now()), []);
    }

    #[test]
    fn what_cannot_work_is_refused() {
        let refused = |config| Direct::new(config).err();
        let text = |text: &str| vec![text.to_owned()];
        assert_eq!(refused(IceConfig { turn_secret: None, ..config() }), Some(IceConfigError::NoSecret));
        assert_eq!(refused(IceConfig { turn_secret: Some("".into()), ..config() }), Some(IceConfigError::NoSecret));
        for minutes in [0, 121, -5] {
            let lifetime = SignedDuration::from_mins(minutes);
            assert_eq!(refused(IceConfig { lifetime, ..config() }), Some(IceConfigError::Lifetime));
        }
        for address in ["turn.hospital.example", "https://turn.hospital.example", "turn:", "turn://host", "turn:a b"] {
            let bad = Some(IceConfigError::Address(address.to_owned()));
            assert_eq!(refused(IceConfig { turn: text(address), ..config() }), bad, "{address}");
        }
        assert!(refused(IceConfig { stun: text("turn:turn.hospital.example"), ..config() }).is_some());
    }

    #[test]
    fn neither_secret_nor_credential_is_printed() {
        let printed = format!("{:?} {:?}", config(), Direct::new(config()).unwrap().ice_servers(now()));
        assert!(!printed.contains("north") && !printed.contains("credential"), "{printed}");
    }
}
