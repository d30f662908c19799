//! Webex, through its REST API: meetings, guests, webhooks, people and their licences, and the bot.
//!
//! Facts about the API are from Webex's public OpenAPI specifications (May 2026) and developer pages (to August 2026).
//! Never waits for a token longer than seconds, never keeps one, and decides nothing: what is asked, when, and what an
//! answer means for a visit is up to workers and pages.

mod answer;
mod api;
pub mod bearer;
mod breaker;
pub mod guests;
pub mod meetings;
pub mod messages;
pub mod people;
pub mod scopes;
pub mod setup;
pub mod tokens;
pub mod trouble;
pub mod webhooks;

use std::sync::Arc;

use secrecy::SecretString;

use self::api::Api;
use self::bearer::Bearer;
use self::guests::Minting;
use super::{Account, Asking, Circuit, Join, Joiner, Plan, Room, Trouble, Video, WebexJoin};
use crate::clock::Clock;
use crate::config::WebexHost;
use crate::domain::meeting::Obstacle;
use crate::domain::person::Email;

/// Webex.
pub struct Webex {
    api: Api,
    app: tokens::App,
    minting: Minting,
    site: Option<String>,
    host: WebexHost,
    substitute: Option<Email>,
    bot: Option<SecretString>,
    webhook_secret: SecretString,
}

impl Webex {
    /// Where the service app's token goes once somebody has it.
    #[must_use]
    pub fn bearer(&self) -> &Arc<Bearer> {
        &self.api.bearer
    }

    /// The site its meetings are on.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// Whose meetings they are.
    #[must_use]
    pub const fn host(&self) -> WebexHost {
        self.host
    }

    /// Whose the meeting of a visit is that this doctor conducts, or nobody.
    ///
    /// # Errors
    /// [`Obstacle::NoHost`], where a host is needed and there is none.
    pub fn host_for(&self, doctor: Option<&Email>) -> Result<Option<Email>, Trouble> {
        match self.host {
            WebexHost::GuestToGuest => Ok(None),
            WebexHost::Doctor => match doctor.or(self.substitute.as_ref()) {
                Some(host) => Ok(Some(host.clone())),
                None => Err(Trouble::unanswered(Obstacle::NoHost)),
            },
        }
    }

    /// What signs its reports.
    #[must_use]
    pub const fn webhook_secret(&self) -> &SecretString {
        &self.webhook_secret
    }

    /// Whether a bot is set up.
    #[must_use]
    pub const fn has_bot(&self) -> bool {
        self.bot.is_some()
    }

    fn clock(&self) -> &Clock {
        &self.api.clock
    }
}

impl Video for Webex {
    fn prepare<'a>(&'a self, plan: &'a Plan, held: Option<&'a Room>) -> Asking<'a, Result<Option<Room>, Trouble>> {
        Box::pin(async move {
            let room = match held {
                Some(room) => self.move_meeting(room, plan).await?,
                None => self.create_meeting(plan).await?,
            };
            Ok(Some(room))
        })
    }

    fn join<'a>(&'a self, seat: &'a Joiner, room: Option<&'a Room>) -> Asking<'a, Result<Join, Trouble>> {
        Box::pin(async move {
            let room = room.ok_or(Trouble::unanswered(Obstacle::NotFound))?;
            let destination = room.sip_address.clone().or_else(|| room.web_link.clone());
            let destination = destination.ok_or(Trouble::unanswered(Obstacle::NotFound))?;
            let minted = self.mint_guest(seat).await?;
            Ok(Join::Webex(Box::new(WebexJoin {
                token: minted.token,
                expires_at: seat.until.min(self.clock().now() + minted.lives_for),
                destination,
                password: room.password.clone(),
                guest: minted.guest,
            })))
        })
    }

    fn end<'a>(&'a self, room: &'a Room) -> Asking<'a, Result<(), Trouble>> {
        Box::pin(self.end_meeting(room))
    }

    fn health(&self) -> Circuit {
        self.api.breaker.circuit()
    }

    fn account<'a>(&'a self, email: &'a Email) -> Asking<'a, Account> {
        Box::pin(async move {
            if self.host == WebexHost::GuestToGuest {
                return Account::NotNeeded;
            }
            match self.find_person(email).await {
                Ok(Some(_)) => Account::Found,
                Ok(None) => Account::Missing,
                Err(_) => Account::Unknown,
            }
        })
    }
}
