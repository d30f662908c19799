//! One visit on a board, with every seat and what may be done. The same markup, empty, is the template of the scripts.
//!
//! `data-slot` names what `static/staff/card.js` fills in; `data-act` names a button by [`super::acts`]. Never shows a
//! button that the hub would refuse for who reads it, though the hub is asked all the same.

mod seat;

pub use seat::standing_key;

use std::fmt::Display;

use maud::{Markup, html};

use super::acts::{CardAct, is_open};
use super::icons::icon;
use super::moment::{self, Here};
use super::shell::Reader;
use crate::domain::consultation::Lateness;
use crate::domain::ids::CommandId;
use crate::domain::meeting::Readiness;
use crate::domain::words::words;
use crate::protocol::board::Card;
use crate::text::Texts;

words! {
    /// The page a card stands on, where its forms lead back to.
    Origin {
        /// A doctor's board.
        Board = "board",
        /// The clinic's visits.
        Visits = "visits",
        /// A ward's tele-visits.
        Ward = "ward",
        /// The call.
        Call = "call",
        /// The page of one visit.
        Visit = "visit",
    }
}

/// What all cards of a page share.
pub struct Cards<'a> {
    /// Who reads them.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// On which page.
    pub origin: Origin,
}

impl Cards<'_> {
    /// One visit.
    #[must_use]
    pub fn card(&self, card: &Card) -> Markup {
        self.visit(Some(card))
    }

    /// Empty card and seat for the scripts to clone.
    #[must_use]
    pub fn templates(&self) -> Markup {
        html! {
            template #card-template { (self.visit(None)) }
            template #seat-template { (self.seat(None, None)) }
        }
    }

    fn visit(&self, card: Option<&Card>) -> Markup {
        let texts = self.reader.texts;
        let id = card.map(|card| card.consultation.to_string());
        let said = card.map(|card| Said::of(self, card)).unwrap_or_default();
        html! {
            li.visit id=[id.as_ref().map(|id| format!("visit-{id}"))] data-consultation=[id.as_ref()]
                data-rev=[card.map(|card| card.rev)] data-phase=[card.map(|card| card.phase)] tabindex="-1" {
                form method="post" {
                    input type="hidden" name="form_token" value=(self.reader.form_token);
                    input type="hidden" name="command" value=(CommandId::mint());
                    input type="hidden" name="from" value=(self.origin);
                    div.visit-head {
                        p.visit-time { time datetime=[card.map(|card| card.starts_at)] data-slot="time" { (said.time) } }
                        div.visit-patient {
                            h3 { (self.patient(card, &said)) }
                            p.visit-born data-slot="born" { (said.born) }
                        }
                        p.phase data-slot="phase" { (said.phase) }
                    }
                    p.visit-what {
                        b data-slot="service" { (said.service) }
                        span data-slot="reason" { (said.reason) }
                        span.soft data-slot="conductor" { (said.conductor) }
                        span data-slot="carrying" { (said.carrying) }
                    }
                    ul.seats aria-label=(texts.get("board-people")) data-slot="seats" {
                        @if let Some(card) = card {
                            @for seat in &card.seats { (self.seat(Some(card), Some(seat))) }
                        }
                    }
                    p.visit-late data-slot="late" hidden[said.late.is_empty()] { (said.late) }
                    p.refusal.message.bad data-slot="refusal" role="alert" hidden {}
                    p.done data-slot="done" role="status" {}
                    (self.acts(card, &said))
                }
            }
        }
    }

    /// The patient's name, which leads to the page of the visit; never away from a call.
    fn patient(&self, card: Option<&Card>, said: &Said) -> Markup {
        let path = card.map(|card| format!("/consultations/{}", card.consultation));
        html! {
            @if self.origin == Origin::Call {
                span data-slot="patient" { (said.patient) }
            } @else {
                a href=[path] data-slot="patient" { (said.patient) }
            }
        }
    }

    fn acts(&self, card: Option<&Card>, said: &Said) -> Markup {
        let texts = self.reader.texts;
        let shown = |act: CardAct| card.is_some_and(|card| act.is_offered(card));
        let button = |act: CardAct, class: &str| {
            html! {
                button class={ "button small " (class) } type="submit" data-act=(act) hidden[!shown(act)]
                    name=[act.field().map(|(name, _)| name)] value=[act.field().map(|(_, value)| value)]
                    formaction=[card.map(|card| act.path(card.consultation))] {
                    (texts.get(act.key())) (whom(&said.whom))
                }
            }
        };
        let call = card.map(|card| CardAct::Call.path(card.consultation));
        html! {
            div.visit-acts {
                (button(CardAct::Start, "primary"))
                (button(CardAct::AdmitEveryone, "primary"))
                @if self.origin != Origin::Call {
                    button.button.small type="submit" data-act=(CardAct::Host) hidden[!shown(CardAct::Host)] formtarget="_blank"
                        formaction=[card.map(|card| CardAct::Host.path(card.consultation))] {
                        (texts.get(CardAct::Host.key())) (whom(&said.whom))
                    }
                    a.button.small data-act=(CardAct::Call) href=[call] hidden[!shown(CardAct::Call)] {
                        (icon("presence-in_call")) (texts.get("board-call")) (whom(&said.whom))
                    }
                }
                (button(CardAct::ToDirect, "quiet"))
                (button(CardAct::ToWebex, "quiet"))
                p.visit-how data-slot="admission" hidden[!shown(CardAct::Start)] { (said.admission) }
                (self.by_minutes(card, said, CardAct::RunLate, Lateness::ALL))
                (self.by_minutes(card, said, CardAct::Extend, &EXTENSIONS))
                (self.asking(card, said, CardAct::Cancel))
                (self.asking(card, said, CardAct::End))
            }
        }
    }

    /// A menu of minutes, with a sentence about what one of them does.
    fn by_minutes(&self, card: Option<&Card>, said: &Said, act: CardAct, choices: &[impl Display]) -> Markup {
        let texts = self.reader.texts;
        html! {
            details.menu name="menu" data-act=(act) hidden[!card.is_some_and(|card| act.is_offered(card))] {
                summary.button.small.quiet { (texts.get(act.key())) (whom(&said.whom)) }
                div.menu-body {
                    p { (texts.get(&format!("{}-how", act.key()))) }
                    @for minutes in choices {
                        button.button.small type="submit" name="minutes" value=(minutes) data-act=(act)
                            formaction=[card.map(|card| act.path(card.consultation))] {
                            (texts.with("board-extend-by", &[("minutes", minutes.to_string().into())]))
                        }
                    }
                }
            }
        }
    }

    /// A button that asks first: what it does is told beside the one that does it.
    fn asking(&self, card: Option<&Card>, said: &Said, act: CardAct) -> Markup {
        let texts = self.reader.texts;
        html! {
            details.menu.asks name="menu" data-act=(act) hidden[!card.is_some_and(|card| act.is_offered(card))] {
                summary.button.small.quiet.danger { (texts.get(act.key())) (whom(&said.whom)) }
                div.menu-body {
                    p { (texts.get(act.question_key())) " " b data-slot="whom" { (said.whom) } }
                    button.button.small.stop type="submit" data-act=(act) formaction=[card.map(|card| act.path(card.consultation))] {
                        (texts.get(act.answer_key()))
                    }
                }
            }
        }
    }
}

/// By how many minutes links can be extended at once.
const EXTENSIONS: [u32; 3] = [15, 30, 60];

/// A card in words.
#[derive(Default)]
struct Said {
    time: String,
    patient: String,
    born: String,
    phase: String,
    service: String,
    reason: String,
    conductor: String,
    carrying: String,
    admission: String,
    late: String,
    whom: String,
}

impl Said {
    fn of(cards: &Cards<'_>, card: &Card) -> Self {
        let texts = cards.reader.texts;
        let service = texts.get(&format!("service-{}", card.service));
        let born = moment::born(texts, card.patient.born, cards.here.today());
        let reason = card.patient.reason.to_string();
        let told = if reason.is_empty() { service.clone() } else { reason.clone() };
        let patient = card.patient.name.to_string();
        Self {
            time: cards.here.clock(card.starts_at),
            whom: texts.with(
                "board-whom",
                &[("patient", patient.clone().into()), ("born", born.clone().into()), ("reason", told.into())],
            ),
            phase: texts.get(&format!("phase-{}", card.phase)),
            admission: texts.get(&format!("board-admission-{}", card.admission)),
            late: card
                .expected_at
                .map_or_else(String::new, |at| texts.with("board-late-said", &[("time", cards.here.clock(at).into())])),
            conductor: card.doctor.as_ref().map(ToString::to_string).or_else(|| card.ward.clone()).unwrap_or_default(),
            carrying: carrying(texts, card),
            patient,
            born,
            service,
            reason,
        }
    }
}

/// How the meeting at Webex stands, where Webex carries an open visit; and the way out for who may take it.
#[must_use]
pub fn carrying(texts: Texts, card: &Card) -> String {
    let Some(meeting) = card.meeting.filter(|_| is_open(card)) else { return String::new() };
    let standing = texts.get(&format!("webex-{}", meeting.readiness));
    let obstacle = meeting.obstacle.map(|obstacle| texts.get(&format!("webex-obstacle-{obstacle}")));
    let is_stuck = meeting.readiness == Readiness::Retrying && CardAct::ToDirect.is_offered(card);
    let way_out = is_stuck.then(|| texts.get("webex-way-out"));
    [Some(standing), obstacle, way_out].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Whom a button is about, for who does not see the card around it.
fn whom(whom: &str) -> Markup {
    html! { span.visually-hidden { " " span data-slot="whom" { (whom) } } }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{card, hospital, seat};
    use super::*;
    use crate::domain::ids::StaffId;
    use crate::domain::meeting::Obstacle;
    use crate::domain::person::Language;
    use crate::domain::staff::{Role, StaffMember};
    use crate::protocol::board::{CardLink, CardMeeting, May};

    pub(super) fn rendered(card: &Card) -> String {
        let member = StaffMember {
            id: StaffId::mint(),
            email: "ines@hospital.example".parse().unwrap(),
            name: "Inés Soto".parse().unwrap(),
            role: Role::Doctor,
            ward: None,
            language: Language::English,
            zone: "America/Mexico_City".to_owned(),
            services: Role::Doctor.possible_services(),
        };
        let hospital = hospital();
        let texts = Texts::of(Language::English);
        let reader = Reader { texts, member: &member, hospital: &hospital, form_token: "token", notice: None };
        let here = Here { now: "2026-11-23T15:30:00Z".parse().unwrap(), zone: member.zone.clone() };
        Cards { reader, here: &here, origin: Origin::Board }.card(card).into_string()
    }

    #[test]
    fn admitting_says_whom() {
        let waiting = seat("waiting", Some("2026-11-23T15:12:00Z"), CardLink::Sent);
        let card = card("2026-11-23T15:10:00Z", "in_session", &[May::Admit], vec![waiting]);
        let html = rendered(&card);
        let button = html.split("<button").find(|part| part.contains(r#"data-act="admit""#)).unwrap();
        for word in ["Admit", "Rosa Díaz", "Tomás Díaz, born 11 February 1950 (age 76): Daily report", "/admissions"]
        {
            assert!(button.contains(word), "{word}: {button}");
        }
        assert!(!button.contains("hidden>"), "{button}");
        assert!(html.contains("18 min") && html.contains("09:10"), "{html}");
    }

    #[test]
    fn a_late_start_is_said_with_its_hour() {
        let late = card("2026-11-23T15:10:00Z", "scheduled", &[May::RunLate], vec![]);
        let html = rendered(&late);
        assert!(html.contains(r#"data-slot="late" hidden"#), "{html}");
        for minutes in ["10", "20", "30", "45"] {
            let button = format!(r#"name="minutes" value="{minutes}" data-act="run_late""#);
            assert!(html.contains(&button), "{button}: {html}");
        }
        let said = Card { expected_at: "2026-11-23T15:40:00Z".parse().ok(), ..late };
        assert!(rendered(&said).contains("start at about 09:40"), "{}", rendered(&said));
    }

    #[test]
    fn a_meeting_that_is_not_ready_tells_the_way_out_to_who_may_take_it() {
        let with = |readiness, obstacle, may: &[May]| {
            let meeting = Some(CardMeeting { readiness, obstacle });
            let card = Card { meeting, ..card("2026-11-23T15:10:00Z", "scheduled", may, vec![]) };
            carrying(Texts::of(Language::English), &card)
        };
        let stuck = (Readiness::Retrying, Some(Obstacle::Down));
        let way_out = "You can switch to the direct call.";
        let said = with(stuck.0, stuck.1, &[May::ToDirect]);
        assert_eq!(said, format!("Webex is not ready. We keep trying. Webex does not answer. {way_out}"));
        assert!(!with(stuck.0, stuck.1, &[May::SendLink]).contains(way_out));
        for readiness in [Readiness::Preparing, Readiness::Ready] {
            assert!(!with(readiness, None, &[May::ToDirect]).contains(way_out), "{readiness}");
        }
    }

    #[test]
    fn what_is_not_offered_is_hidden() {
        let card =
            card("2026-11-23T15:10:00Z", "scheduled", &[May::SendLink], vec![seat("waiting", None, CardLink::Sent)]);
        let html = rendered(&card);
        for act in ["start", "admit", "hold", "remove", "admit-everyone"] {
            let needle = format!(r#"data-act="{act}""#);
            for part in html.split("<button").filter(|part| part.contains(&needle)) {
                let (tag, _) = part.split_once('>').unwrap();
                assert!(tag.contains(" hidden"), "{act}: {tag}");
            }
        }
    }
}
