//! From rows to visits and seats.

use super::{BTreeMap, Consultation, ConsultationId, Facts, Participant, Row, StoreError, StoredVisit};
use crate::domain::consultation::{Delay, Missing, Phase, Standing};
use crate::domain::ids::BrowserId;
use crate::domain::link::Link;
use crate::domain::meeting::{Obstacle, Readiness};
use crate::domain::service::Engine;
use crate::store::Value;
use crate::store::webex::meetings::unready;

/// A row of `read::VISIT`, its seats not yet filled in.
pub(super) fn visit(row: &Row) -> Result<StoredVisit, StoreError> {
    let visit = Consultation {
        id: row.parsed(0)?,
        rev: unsigned(row, 1)?,
        service: row.parsed(2)?,
        phase: phase(row, 3, 9, 10, 11)?,
        admission: row.parsed(4)?,
        engine: row.parsed(5)?,
        doctor: row.parsed_or_null(6)?,
        ward: row.parsed_or_null(7)?,
        starts_at: row.instant(8)?,
        minutes: u16::try_from(row.int(18)?).map_err(|_| StoreError::Malformed { column: 18 })?,
        delay: delay(row, 20)?,
        participants: Vec::new(),
    };
    let facts = Facts {
        patient_id: row.parsed(19)?,
        reason: row.parsed(12)?,
        zone: row.text(17)?.to_owned(),
        patient: row.parsed(13)?,
        born: row.parsed(14)?,
        doctor: row.parsed_or_null(15)?,
        ward: row.text_or_null(16)?.map(str::to_owned),
        meeting: meeting(row, visit.engine, 22)?,
        relations: BTreeMap::new(),
    };
    Ok(StoredVisit { visit, facts })
}

/// A row of `read::SEAT`: whose visit, the seat, and how they are related to the patient.
pub(super) fn seat(row: &Row) -> Result<(ConsultationId, Participant, Option<String>), StoreError> {
    let seat = Participant {
        id: row.parsed(1)?,
        kind: row.parsed(2)?,
        staff: row.parsed_or_null(3)?,
        name: row.parsed(4)?,
        phone: row.parsed_or_null(6)?,
        language: row.parsed(7)?,
        standing: standing(row, 8, 10, 11)?,
        arrived_at: row.instant_or_null(9)?,
        device_changed: row.bool(12)?,
        wants_text: row.bool(18)?,
        link: link(row, 13)?,
    };
    Ok((row.parsed(0)?, seat, row.text_or_null(5)?.map(str::to_owned)))
}

/// A number that is never negative.
pub(super) fn unsigned(row: &Row, column: usize) -> Result<u64, StoreError> {
    u64::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column })
}

fn phase(row: &Row, word: usize, started: usize, closed: usize, missing: usize) -> Result<Phase, StoreError> {
    Ok(match row.text(word)? {
        "scheduled" => Phase::Scheduled,
        "in_session" => Phase::InSession { since: row.instant(started)? },
        "ended" => Phase::Ended { at: row.instant(closed)? },
        "cancelled" => Phase::Cancelled { at: row.instant(closed)? },
        "no_show" => Phase::NoShow { at: row.instant(closed)?, missing: row.parsed::<Missing>(missing)? },
        _ => return Err(StoreError::Malformed { column: word }),
    })
}

fn standing(row: &Row, word: usize, browser: usize, newcomer: usize) -> Result<Standing, StoreError> {
    let holder = || row.parsed::<BrowserId>(browser);
    let newcomer = row.parsed_or_null(newcomer)?;
    Ok(match row.text(word)? {
        "invited" => Standing::Invited,
        "waiting" => Standing::Waiting { browser: holder()? },
        "admitted" => Standing::Admitted { browser: holder()?, newcomer },
        "left" => Standing::Left { browser: holder()?, newcomer },
        "removed" => Standing::Removed,
        _ => return Err(StoreError::Malformed { column: word }),
    })
}

fn delay(row: &Row, first: usize) -> Result<Option<Delay>, StoreError> {
    let Some(expected_at) = row.instant_or_null(first)? else { return Ok(None) };
    Ok(Some(Delay { expected_at, told_at: row.instant(first + 1)? }))
}

fn meeting(row: &Row, engine: Engine, first: usize) -> Result<Option<(Readiness, Option<Obstacle>)>, StoreError> {
    if engine != Engine::Webex {
        return Ok(None);
    }
    let number = |column| match row.0.get(column) {
        Some(Value::Null) => Ok(None),
        _ => row.int(column).map(Some),
    };
    let (rev, done) = (number(first)?, number(first + 1)?);
    let obstacle = row.parsed_or_null(first + 2)?;
    let is_ready = rev.is_some() && rev == done && row.text_or_null(first + 3)?.is_some();
    Ok(Some(if is_ready { (Readiness::Ready, None) } else { (unready(obstacle), obstacle) }))
}

fn link(row: &Row, first: usize) -> Result<Option<Link>, StoreError> {
    let Some(invitation) = row.parsed_or_null(first)? else { return Ok(None) };
    let generation = u32::try_from(row.int(first + 1)?).map_err(|_| StoreError::Malformed { column: first + 1 })?;
    Ok(Some(Link {
        invitation,
        generation,
        opens_at: row.instant(first + 2)?,
        expires_at: row.instant(first + 3)?,
        requested_at: row.instant_or_null(first + 4)?,
    }))
}
