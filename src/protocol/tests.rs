//! Golden tests: `docs/protocol.md` says what is on the wire, example by example and word by word.

use jiff::Timestamp;
use proptest::proptest;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::agenda::ToAgenda;
use super::board::{Card, CardDelivery, CardLink, CardPatient, CardSeat, May, Presence, Rest, Side, ToBoard};
use super::close::CloseReason;
use super::frame;
use super::from_browser::{FromBrowser, LARGEST_SIGNAL, Malformed};
use super::seat::{IceServer, InCall, RefusedReason, SeatStanding, SeatText, SeatView, Texting, ToSeat};
use crate::domain::consultation::{Consultation, Delay, Kind, Participant, Phase, Standing};
use crate::domain::ids::{BrowserId, StaffId};
use crate::domain::person::{Language, PersonName};
use crate::domain::service::{Admission, Engine, Service};

const DOCUMENT: &str = include_str!("../../docs/protocol.md");

const ROSA: &str = "019ab1f0-3c00-7000-8000-0000000000a1";
const DOCTOR: &str = "019ab1f0-3c00-7000-8000-0000000000d1";
const VISIT: &str = "019ab1f0-3c00-7000-8000-0000000000c1";

#[test]
fn what_a_seat_hears_is_what_the_document_shows() {
    let host: PersonName = "Dra. Inés Soto".parse().unwrap();
    let browser = BrowserId::mint();
    let waiting = visit(4, Phase::Scheduled, Standing::Waiting { browser });
    let seat = &waiting.participants[0];
    says(0, &ToSeat::Snapshot(SeatView::of(&waiting, Some(&host), seat, browser, Texting::Impossible, ice_servers)));

    let admitted = visit(6, begun(), Standing::Admitted { browser, newcomer: None });
    let seat = &admitted.participants[0];
    says(1, &ToSeat::Change(SeatView::of(&admitted, Some(&host), seat, browser, Texting::Possible, ice_servers)));

    let mut late = visit(5, Phase::Scheduled, Standing::Waiting { browser });
    late.delay = Some(Delay { expected_at: at("2026-11-23T15:30:00Z"), told_at: at("2026-11-23T15:05:20Z") });
    let seat = &late.participants[0];
    says(2, &ToSeat::Change(SeatView::of(&late, Some(&host), seat, browser, Texting::Possible, ice_servers)));

    let doctor = InCall { seat: DOCTOR.parse().unwrap(), connection: 9, name: &host, kind: Kind::Doctor };
    let rosa = InCall { seat: seat.id, connection: 12, name: &seat.name, kind: seat.kind };
    says(3, &ToSeat::Presence { rev: 6, you: Some(12), in_call: &[rosa, doctor] });
    let data = RawValue::from_string("{\"candidate\":null}".to_owned()).unwrap();
    says(4, &ToSeat::Signal { from: 9, data: &data });
    says(5, &ToSeat::Refused { reason: RefusedReason::NotAdmitted });
}

#[test]
fn what_a_board_hears_is_what_the_document_shows() {
    let browser = BrowserId::mint();
    let before = visit(4, Phase::Scheduled, Standing::Waiting { browser });
    says(9, &ToBoard::Snapshot { day: "2026-11-23".parse().unwrap(), cards: &[card(&before)], rest: None });
    let after = visit(5, begun(), Standing::Admitted { browser, newcomer: None });
    says(10, &ToBoard::Card { card: &card(&after) });
    says(11, &ToBoard::Gone { consultation: after.id });
    says(12, &ToBoard::Rest { rest: Rest { open: 1830, over: 104 } });
}

#[test]
fn what_an_agenda_hears_is_what_the_document_shows() {
    says(13, &ToAgenda::Changed);
}

#[test]
fn what_a_browser_says_is_understood_as_the_document_shows() {
    let examples = examples();
    assert!(matches!(FromBrowser::parse(examples[6]), Ok(FromBrowser::Enter)));
    assert!(matches!(FromBrowser::parse(examples[7]), Ok(FromBrowser::Leave)));
    let Ok(FromBrowser::Signal { to, data }) = FromBrowser::parse(examples[8]) else { panic!("{}", examples[8]) };
    assert_eq!((to, data.get()), (9, r#"{"description":{"type":"offer","sdp":"v=0"}}"#));
}

#[test]
fn every_example_is_tested() {
    assert_eq!(examples().len(), 14, "an example was added or taken away: say here what it must equal");
}

#[test]
fn what_is_no_message_is_malformed() {
    let large = format!(r#"{{"type":"signal","to":1,"data":{{"x":"{}"}}}}"#, "x".repeat(LARGEST_SIGNAL));
    for frame in [
        "",
        " ",
        "{",
        "null",
        "[]",
        r#""enter""#,
        r#"{"type":"admit"}"#,
        r#"{"type":"Enter"}"#,
        r#"{"type":null}"#,
        r#"{"type":"enter","to":9}"#,
        r#"{"type":"leave","data":{}}"#,
        r#"{"type":"enter","type":"leave"}"#,
        r#"{"type":"enter"}{"type":"enter"}"#,
        r#"{"type":"signal"}"#,
        r#"{"type":"signal","to":9}"#,
        r#"{"type":"signal","data":{}}"#,
        r#"{"type":"signal","to":-9,"data":{}}"#,
        r#"{"type":"signal","to":9.5,"data":{}}"#,
        r#"{"type":"signal","to":"9","data":{}}"#,
        r#"{"type":"signal","to":18446744073709551616,"data":{}}"#,
        r#"{"type":"signal","to":9,"data":[]}"#,
        r#"{"type":"signal","to":9,"data":"v=0"}"#,
        r#"{"type":"signal","to":9,"data":null}"#,
        r#"{"type":"signal","to":9,"data":{"x":}}"#,
        &large,
    ] {
        let shown = frame.get(..80).unwrap_or(frame);
        assert_eq!(FromBrowser::parse(frame).err(), Some(Malformed), "{shown}");
    }
}

#[test]
fn a_signal_passes_unread_whatever_is_in_it() {
    for data in [r#"{}"#, r#"{"a":1.00,"b":"\u00f1 \ud83d\ude00","c":[null,{"d":true}]}"#, r#"{ "spaced" : 1 }"#] {
        let said = format!(r#"{{"data":{data},"type":"signal","to":18446744073709551615}}"#);
        let Ok(FromBrowser::Signal { to: u64::MAX, data: read }) = FromBrowser::parse(&said) else { panic!("{said}") };
        assert_eq!(read.get(), data);
        assert!(frame(&ToSeat::Signal { from: 1, data: read }).contains(data), "byte for byte");
    }
}

#[test]
fn the_document_lists_every_word() {
    lists("`seat.kind`", Kind::ALL);
    lists("`seat.standing`", SeatStanding::ALL);
    lists("`seat.text`", SeatText::ALL);
    lists("`visit.service`", Service::ALL);
    lists("`may`", May::ALL);
    lists("`seats[].link`", CardLink::ALL);
    lists("`seats[].delivery`", CardDelivery::ALL);
    lists("`seats[].presence`", Presence::ALL);
    for reason in [
        RefusedReason::NotAdmitted,
        RefusedReason::Malformed,
        RefusedReason::UnknownPeer,
        RefusedReason::TooMany,
        RefusedReason::Unavailable,
    ] {
        let word = serde_json::to_value(reason).unwrap();
        assert!(DOCUMENT.contains(&format!("`{}`", word.as_str().unwrap())), "{word}");
    }
}

#[test]
fn the_document_lists_every_close_code() {
    for reason in [
        CloseReason::Restarting,
        CloseReason::TryAgain,
        CloseReason::NotAllowed,
        CloseReason::TooLarge,
        CloseReason::TakenOver,
        CloseReason::Over,
    ] {
        assert!(DOCUMENT.contains(&format!("\n| {} | ", reason.code())), "{reason:?}");
    }
}

proptest! {
    #[test]
    fn no_text_upsets_the_reader(text in ".{0,300}", to: u64, place in 0_usize..60) {
        drop(FromBrowser::parse(&text));
        let cut = format!(r#"{{"type":"signal","to":{to},"data":{{"x":{text:?}}}}}"#);
        drop(FromBrowser::parse(cut.get(..place).unwrap_or(&cut)));
    }
}

/// A message must be example `place` of the document.
fn says(place: usize, message: &impl Serialize) {
    let said: Value = serde_json::from_str(&frame(message)).unwrap();
    let shown: Value = serde_json::from_str(examples()[place]).unwrap();
    assert_eq!(said, shown, "example {place}: on the wire, and in the document");
}

/// The row of the document that begins with `field` names exactly these words, in any order, before its explanations.
fn lists(field: &str, words: &[impl ToString]) {
    let row = DOCUMENT.lines().find(|line| line.starts_with(&format!("| {field} |"))).unwrap();
    let mut named: Vec<&str> = row.split('`').skip(3).step_by(2).collect();
    let mut known: Vec<String> = words.iter().map(ToString::to_string).collect();
    named.sort_unstable();
    known.sort_unstable();
    assert_eq!(named, known, "{row}");
}

fn examples() -> Vec<&'static str> {
    let blocks = DOCUMENT.split("```json\n").skip(1);
    blocks.map(|block| block.split_once("\n```").map_or(block, |(example, _)| example)).collect()
}

fn visit(rev: u64, phase: Phase, standing: Standing) -> Consultation {
    let rosa = Participant {
        id: ROSA.parse().unwrap(),
        kind: Kind::Relative,
        staff: None,
        name: "Rosa Díaz".parse().unwrap(),
        phone: Some("+525512345678".parse().unwrap()),
        language: Language::Spanish,
        standing,
        arrived_at: Some(at("2026-11-23T15:02:10Z")),
        device_changed: false,
        wants_text: false,
        link: None,
    };
    Consultation {
        id: VISIT.parse().unwrap(),
        rev,
        service: Service::MedicalReport,
        phase,
        admission: Admission::WhenStarted,
        engine: Engine::Direct,
        doctor: Some(StaffId::mint()),
        ward: None,
        starts_at: at("2026-11-23T15:10:00Z"),
        minutes: 30,
        delay: None,
        participants: vec![rosa],
    }
}

fn card(visit: &Consultation) -> Card {
    let seat = |seat: &Participant| CardSeat {
        id: seat.id,
        kind: seat.kind,
        name: seat.name.clone(),
        relation: Some("daughter".to_owned()),
        phone: seat.phone.clone(),
        standing: seat.standing.as_str(),
        since: seat.arrived_at,
        new_device: false,
        link: CardLink::Sent,
        delivery: CardDelivery::None,
        replies: Vec::new(),
        presence: Presence::Here,
    };
    Card {
        consultation: visit.id,
        rev: visit.rev,
        phase: visit.phase.as_str(),
        service: visit.service,
        starts_at: visit.starts_at,
        expected_at: visit.delay.map(|delay| delay.expected_at),
        ends_at: visit.phase.closed_at(),
        patient: CardPatient {
            name: "Tomás Díaz".parse().unwrap(),
            born: "1950-02-11".parse().unwrap(),
            reason: "Daily report".parse().unwrap(),
        },
        doctor: Some("Dra. Inés Soto".parse().unwrap()),
        ward: None,
        admission: visit.admission,
        engine: visit.engine,
        meeting: None,
        may: May::of(Side::Conducts, visit),
        seats: visit.participants.iter().map(seat).collect(),
    }
}

fn ice_servers() -> Vec<IceServer> {
    let shown: Value = serde_json::from_str(examples()[1]).unwrap();
    let credential = shown["call"]["ice_servers"][1]["credential"].as_str().unwrap().to_owned();
    let stun = vec!["stun:turn.hospital.example:3478".to_owned()];
    let turn = vec!["turn:turn.hospital.example:3478?transport=udp".to_owned()];
    vec![
        IceServer { urls: stun, username: None, credential: None },
        IceServer { urls: turn, username: Some("1795446000:4f2a".to_owned()), credential: Some(credential) },
    ]
}

fn begun() -> Phase {
    Phase::InSession { since: at("2026-11-23T15:09:30Z") }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
