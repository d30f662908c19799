//! What boards and pages show: the day's cards, one visit's card, and what of it changed outside its state.
//!
//! A live visit shows its own card; any other is shown as stored, with nobody connected. Never changes a visit.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::{join_all, try_join};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::consultation::{ReadAnew, Refresh, ShowCard};
use super::registry::FindAll;
use super::{Hub, HubError, cards, unavailable, views};
use crate::domain::ids::ConsultationId;
use crate::domain::staff::StaffMember;
use crate::protocol::board::{Card, Presence, Rest, Side};
use crate::store::consultations::{self, StoredVisit};
use crate::store::outbox::deliveries::{self, Deliveries};
use crate::store::scope::Scope;

/// How many cards the clinic's board shows: more than anybody can look after, and still one screenful to send.
pub(super) const MOST_CARDS: u32 = 60;

/// A visit starts soon this long before its appointment.
const SOON: SignedDuration = SignedDuration::from_mins(15);

/// Today's cards, for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The day, in the hospital's zone.
    pub day: Date,
    /// Those that are shown.
    pub cards: Vec<Card>,
    /// Those that are counted; only for who sees the whole clinic.
    pub rest: Option<Rest>,
}

impl Hub {
    /// Today's cards, as somebody may see them; none for admins.
    ///
    /// # Errors
    /// [`HubError::Unavailable`].
    pub async fn today_for(&self, reader: &StaffMember) -> Result<Today, HubError> {
        let (day, ..) = self.today();
        let (cards, rest) = match Scope::of(reader) {
            Some(scope) => self.cards_of(scope).await?,
            None => (Vec::new(), None),
        };
        let acts_for = reader.operator().acts_for();
        let cards = cards.into_iter().map(|card| card.seen_by(acts_for)).collect();
        Ok(Today { day, cards, rest })
    }

    /// The card of one visit of any day, if it is among what somebody may see.
    ///
    /// # Errors
    /// [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn card_for(&self, reader: &StaffMember, id: ConsultationId) -> Result<Card, HubError> {
        let stored = self.stored(id).await?;
        let side = views::side_of(reader, &stored.visit).ok_or(HubError::NotFound)?;
        let deliveries = deliveries::of_visit(&self.house.store, id).await.map_err(unavailable)?;
        Ok(self.card_of(&stored, &deliveries, side).await?.seen_by(reader.operator().acts_for()))
    }

    /// Something outside a visit's state changed that its card shows, such as a link that was sent.
    pub async fn refresh(&self, visit: ConsultationId) {
        let ticket = self.mint_ticket();
        match (self.live(visit).await, deliveries::of_visit(&self.house.store, visit).await) {
            (Ok(Some(live)), Ok(deliveries)) => live.do_send(Refresh { ticket, deliveries }),
            (_, Err(error)) => tracing::warn!(consultation = %visit, %error, "how messages went could not be read"),
            _ => drop(self.show_new(visit).await),
        }
    }

    /// The record of somebody in this visit changed: the visit's copy is read anew.
    pub async fn read_anew(&self, visit: ConsultationId) {
        match self.live(visit).await {
            Ok(Some(live)) => live.do_send(ReadAnew),
            _ => {
                if let Some(shown) = self.show_new(visit).await {
                    self.house.agendas.show(&shown.visit);
                }
            }
        }
    }

    /// The day it is in the hospital's zone, and its bounds; the end is excluded.
    #[must_use]
    pub fn today(&self) -> (Date, Timestamp, Timestamp) {
        cards::day(self.house.clock.now(), self.house.settings.now().zone.rules())
    }

    /// Today's cards of one scope. The clinic's are those that need somebody, and what is left is counted.
    pub(super) async fn cards_of(&self, scope: Scope) -> Result<(Vec<Card>, Option<Rest>), HubError> {
        let (_, from, until) = self.today();
        let store = &self.house.store;
        if scope != Scope::Clinic {
            let stored = consultations::in_scope(store, scope, from, until).await.map_err(unavailable)?;
            return Ok((self.all_cards(&stored, scope).await?, None));
        }
        let soon = self.house.clock.now() + SOON;
        let needing = consultations::needing(store, (from, until), soon, MOST_CARDS);
        let (stored, (open, over)) =
            try_join(needing, consultations::count(store, (from, until))).await.map_err(unavailable)?;
        let shown = u32::try_from(stored.len()).unwrap_or(MOST_CARDS);
        let rest = Rest { open: open.saturating_sub(shown), over };
        Ok((self.all_cards(&stored, scope).await?, Some(rest)))
    }

    /// Cards of many visits; the registry is asked once for those that are live.
    async fn all_cards(&self, stored: &[StoredVisit], scope: Scope) -> Result<Vec<Card>, HubError> {
        let side = views::side(scope);
        let deliveries = self.deliveries_of(stored, scope).await?;
        let ids = stored.iter().map(|stored| stored.visit.id).collect();
        let live = self.registry.send(FindAll(ids)).await.map_err(|_| HubError::Unavailable)?;
        let asked = live.into_iter().map(async |(id, visit)| Some((id, visit.send(ShowCard(side)).await.ok()?)));
        let mut shown: HashMap<_, _> = join_all(asked).await.into_iter().flatten().collect();
        let now = self.house.clock.now();
        let none = Deliveries::new();
        let card = |stored: &StoredVisit| {
            let deliveries = deliveries.get(&stored.visit.id).unwrap_or(&none);
            let away = || cards::card(stored, deliveries, &self.house.engines, side, now, |_| Presence::Away);
            shown.remove(&stored.visit.id).unwrap_or_else(away)
        };
        Ok(stored.iter().map(card).collect())
    }

    /// How messages of these visits went.
    async fn deliveries_of(
        &self,
        stored: &[StoredVisit],
        scope: Scope,
    ) -> Result<HashMap<ConsultationId, Deliveries>, HubError> {
        let times = || stored.iter().map(|stored| stored.visit.starts_at);
        let (Some(first), Some(last)) = (times().min(), times().max()) else { return Ok(HashMap::new()) };
        let until = last + Duration::from_micros(1);
        deliveries::in_scope(&self.house.store, scope, first, until).await.map_err(unavailable)
    }

    /// A visit's card: with who is connected, if it is live.
    async fn card_of(&self, stored: &StoredVisit, deliveries: &Deliveries, side: Side) -> Result<Card, HubError> {
        let live = match self.live(stored.visit.id).await? {
            Some(live) => live.send(ShowCard(side)).await.ok(),
            None => None,
        };
        let now = self.house.clock.now();
        Ok(live.unwrap_or_else(|| cards::card(stored, deliveries, &self.house.engines, side, now, |_| Presence::Away)))
    }

    /// Shows the card of a visit that has no live actor, and answers the visit.
    pub(super) async fn show_new(&self, id: ConsultationId) -> Option<StoredVisit> {
        let stored = self.stored(id).await.ok()?;
        let deliveries = deliveries::of_visit(&self.house.store, id).await.ok()?;
        let now = self.house.clock.now();
        for scope in views::of_visit(&stored.visit) {
            self.house.boards.show(scope, |side| {
                cards::card(&stored, &deliveries, &self.house.engines, side, now, |_| Presence::Away)
            });
        }
        Some(stored)
    }
}
