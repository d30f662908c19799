//! A seat on a card: who it is, where they are, how their message went, and what may be done with them.
//!
//! Never shows a button that the hub would refuse for who reads it.

use maud::{Markup, html};

use super::super::acts::{Offered, SeatAct, is_open};
use super::super::icons::icon;
use super::super::moment;
use super::{Cards, Said};
use crate::protocol::board::{Card, CardDelivery, CardLink, CardSeat};

impl Cards<'_> {
    /// One seat; empty for the scripts to clone.
    pub(super) fn seat(&self, card: Option<&Card>, seat: Option<&CardSeat>) -> Markup {
        let texts = self.reader.texts;
        let said = card.zip(seat).map(|(card, seat)| SeatSaid::of(self, card, seat)).unwrap_or_default();
        let patient = card.map(|card| Said::of(self, card).whom).unwrap_or_default();
        let (standing, presence) = seat.map_or(("invited", "away"), |seat| (seat.standing, seat.presence.as_str()));
        let shown =
            |act: SeatAct| card.zip(seat).is_some_and(|(card, seat)| act.is_offered(Offered { may: &card.may, seat }));
        let button = |act: SeatAct, class: &str, of: Markup| {
            html! {
                button class={ "button small " (class) } type="submit" data-act=(act) name=(act.field()) hidden[!shown(act)]
                    value=[seat.map(|seat| seat.id)] formaction=[card.map(|card| act.path(card.consultation))] {
                    (texts.get(act.key())) span.visually-hidden { " " span data-slot="name" { (said.name) } (of) }
                }
            }
        };
        let of_patient = html! { ". " span data-slot="whom" { (patient) } };
        html! {
            li.seat data-seat=[seat.map(|seat| seat.id)] data-standing=(standing) data-presence=(presence)
                data-link=[seat.map(|seat| seat.link)] tabindex="-1" {
                p.seat-who {
                    b data-slot="name" { (said.name) } " "
                    span.soft { span data-slot="kind" { (said.kind) } span data-slot="relation" { (said.relation) } }
                }
                p.seat-state {
                    span.state.standing { span data-icon="standing" { (icon(&format!("standing-{standing}"))) } span data-slot="standing" { (said.standing) } }
                    time.minutes datetime=[seat.and_then(|seat| seat.since)] data-slot="minutes" { (said.minutes) }
                    span.state.presence { span data-icon="presence" { (icon(&format!("presence-{presence}"))) } span data-slot="presence" { (said.presence) } }
                    span.state.new-device data-slot="new-device" hidden[!seat.is_some_and(|seat| seat.new_device)] {
                        (icon("device")) (texts.get("board-new-device"))
                    }
                    span.state.delivery data-slot="delivery-state" data-delivery=[seat.map(|seat| seat.delivery)]
                        hidden[seat.is_none_or(|seat| seat.delivery == CardDelivery::None)] {
                        (icon("message")) span data-slot="delivery" { (said.delivery) }
                    }
                    span.state.link data-slot="link-state" hidden[seat.is_none_or(|seat| seat.link == CardLink::None)] {
                        (icon("link")) span data-slot="link" { (said.link) }
                    }
                }
                ul.seat-replies data-slot="replies" aria-label=(texts.get("board-replies")) hidden[seat.is_none_or(|seat| seat.replies.is_empty())] {
                    @for reply in seat.map(|seat| seat.replies.as_slice()).unwrap_or_default() {
                        li { time datetime=(reply.at) { (self.here.clock(reply.at)) } " " q { (reply.text) } }
                    }
                }
                div.seat-acts {
                    (button(SeatAct::Admit, "primary", of_patient))
                    (button(SeatAct::Hold, "", html! {}))
                    (button(SeatAct::Renew, "asked", html! {}))
                    details.menu name="menu" data-act="more" hidden[!SeatAct::MORE.iter().any(|act| shown(*act))] {
                        summary.button.small.quiet {
                            (icon("more")) span.visually-hidden { (texts.get("board-more")) " " span data-slot="name" { (said.name) } }
                        }
                        div.menu-body {
                            a data-slot="phone" href=[seat.and_then(|seat| seat.phone.as_ref()).map(|phone| format!("tel:{phone}"))]
                                hidden[seat.is_none_or(|seat| seat.phone.is_none())] { (said.phone) }
                            (button(SeatAct::Again, "", html! {}))
                            (button(SeatAct::Replace, "", html! {}))
                            (button(SeatAct::Remove, "danger", html! {}))
                        }
                    }
                }
            }
        }
    }
}

/// A seat in words.
#[derive(Default)]
struct SeatSaid {
    name: String,
    kind: String,
    relation: String,
    phone: String,
    standing: String,
    presence: String,
    minutes: String,
    link: String,
    delivery: String,
}

impl SeatSaid {
    fn of(cards: &Cards<'_>, card: &Card, seat: &CardSeat) -> Self {
        let texts = cards.reader.texts;
        Self {
            name: seat.name.to_string(),
            kind: texts.get(&format!("kind-{}", seat.kind)),
            relation: seat.relation.clone().unwrap_or_default(),
            phone: seat.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            standing: texts.get(&standing_key(card, seat)),
            presence: texts.get(&format!("presence-{}", seat.presence)),
            minutes: waited(cards, card, seat).unwrap_or_default(),
            link: texts.get(&format!("link-{}", seat.link)),
            delivery: texts.with(
                &format!("delivery-{}", seat.delivery),
                &[("phone", seat.phone.as_ref().map(ToString::to_string).unwrap_or_default().into())],
            ),
        }
    }
}

/// How it stands with somebody, or stood; nobody missed a visit that was called off.
#[must_use]
pub fn standing_key(card: &Card, seat: &CardSeat) -> String {
    match (card.phase, seat.standing) {
        ("cancelled", "invited") => "was-excused".to_owned(),
        (_, standing) if is_open(card) => format!("standing-{standing}"),
        (_, standing) => format!("was-{standing}"),
    }
}

/// How long somebody has waited; whoever is early waits from the appointment on.
fn waited(cards: &Cards<'_>, card: &Card, seat: &CardSeat) -> Option<String> {
    let since = seat.since.filter(|_| seat.standing == "waiting")?.max(card.starts_at);
    let texts = cards.reader.texts;
    Some(if since > cards.here.now { texts.get("board-early") } else { moment::wait(texts, since, cards.here.now) })
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::{card, seat};
    use super::super::tests::rendered;
    use super::*;

    #[test]
    fn who_cannot_be_reached_is_called() {
        let told = |delivery| {
            let seat = CardSeat { delivery, ..seat("invited", None, CardLink::Sent) };
            let html = rendered(&card("2026-11-23T15:10:00Z", "scheduled", &[], vec![seat]));
            let state = html.split("<span").find(|part| part.contains("delivery-state")).unwrap().to_owned();
            (state.contains(" hidden"), html.contains("call +525512345678"))
        };
        assert_eq!(told(CardDelivery::None), (true, false));
        assert_eq!(told(CardDelivery::Delivered), (false, false));
        for delivery in [CardDelivery::Undelivered, CardDelivery::OptedOut, CardDelivery::Unsure] {
            assert_eq!(told(delivery), (false, true), "{delivery}");
        }
    }
}
