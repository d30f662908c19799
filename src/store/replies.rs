//! What people answered by text message, kept with the visit they were written to about last.
//!
//! Never sends anything back.

use jiff::Timestamp;
use uuid::Uuid;

use super::scope::Scope;
use super::{Batch, Row, Store, StoreError, Value, opt_outs};
use crate::domain::ids::ConsultationId;
use crate::domain::message::ProviderId;
use crate::domain::message::opt_out::Answer;
use crate::domain::person::{PersonName, Phone};

/// The longest answer that is kept, in letters: ten segments.
const LONGEST: usize = 1600;

/// An answer as it came in.
#[derive(Clone, PartialEq, Eq)]
pub struct NewReply {
    /// The provider's name for it: the same answer reported twice is kept once.
    pub id: ProviderId,
    /// From which number.
    pub from: Phone,
    /// What it says.
    pub text: String,
    /// Now.
    pub at: Timestamp,
}

/// An answer, as staff read it.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// From which number.
    pub from: Phone,
    /// Whose number it is, in the visit they were written to about.
    pub name: PersonName,
    /// The patient of that visit.
    pub patient: PersonName,
    /// That visit.
    pub consultation: ConsultationId,
    /// What it says.
    pub text: String,
    /// When it came.
    pub received_at: Timestamp,
}

const LATEST_TO: &str = "SELECT consultation_id, participant_id, sent_to FROM outbox WHERE sent_to IN ($1, $2) AND handed_at IS NOT NULL \
     ORDER BY handed_at DESC NULLS LAST, id DESC LIMIT 1";

const INSERT: &str = "INSERT INTO replies (id, provider_id, phone, text, received_at, visit_id, seat_id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

macro_rules! replies {
    ($scope:literal) => {
        concat!(
            "SELECT r.phone, s.name, p.name, c.id, r.text, r.received_at FROM replies r \
             JOIN participants s ON s.id = r.seat_id JOIN consultations c ON c.id = r.visit_id \
             JOIN patients p ON p.id = c.patient_id WHERE ",
            $scope,
            " ORDER BY r.received_at DESC, r.id DESC LIMIT 50"
        )
    };
}

const OF_DOCTOR: &str = replies!("c.doctor_id = $1 AND r.received_at >= $2");
const OF_WARD: &str = replies!("c.service = 'tele_visit' AND c.ward_id = $1 AND r.received_at >= $2");
const OF_CLINIC: &str = replies!("r.received_at >= $1");

/// Keeps an answer, and what it means for messages to come, once; returns the visit it belongs to. It is kept under the
/// number that was written to, if its own is only another spelling. One that comes again, however late, changes nothing.
///
/// # Errors
/// As [`Store::write`].
pub async fn keep(store: &Store, reply: &NewReply, meaning: Answer) -> Result<Option<ConsultationId>, StoreError> {
    let spellings = reply.from.spellings().map(|phone| phone.to_string().into());
    let about = store.read_one(LATEST_TO, spellings.into()).await?;
    let visit: Option<ConsultationId> = about.as_ref().map(|row| row.parsed(0)).transpose()?;
    let seat = about.as_ref().map(|row| row.text(1)).transpose()?;
    let own = reply.from.to_string();
    let from = about.as_ref().map_or(Ok(own.as_str()), |row| row.text(2))?;
    let mut batch = Batch::new();
    batch.run_on_one(
        INSERT,
        vec![
            Uuid::now_v7().to_string().into(),
            reply.id.to_string().into(),
            from.into(),
            readable(&reply.text).into(),
            reply.at.into(),
            visit.map(|visit| visit.to_string()).into(),
            seat.into(),
        ],
    );
    match meaning {
        Answer::Stop => opt_outs::add(&mut batch, &reply.from, reply.at),
        Answer::Start => opt_outs::remove(&mut batch, &reply.from),
        Answer::Other => {}
    }
    match store.write(batch).await {
        Ok(_) => Ok(visit),
        Err(StoreError::Duplicate) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The latest answers since then, as far as they are within a scope; at most 50.
///
/// # Errors
/// As [`Store::read`].
pub async fn recent(store: &Store, scope: Scope, since: Timestamp) -> Result<Vec<Reply>, StoreError> {
    let (sql, mut params) = match scope {
        Scope::Doctor(id) => (OF_DOCTOR, vec![Value::from(id.to_string())]),
        Scope::Ward(id) => (OF_WARD, vec![Value::from(id.to_string())]),
        Scope::Clinic => (OF_CLINIC, vec![]),
    };
    params.push(since.into());
    store.read(sql, params).await?.iter().map(reply).collect()
}

/// One line of bounded length, without what could disturb a page or a database.
fn readable(text: &str) -> String {
    let letters = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.take(LONGEST).collect::<String>().trim().to_owned()
}

fn reply(row: &Row) -> Result<Reply, StoreError> {
    Ok(Reply {
        from: row.parsed(0)?,
        name: row.parsed(1)?,
        patient: row.parsed(2)?,
        consultation: row.parsed(3)?,
        text: row.text(4)?.to_owned(),
        received_at: row.instant(5)?,
    })
}
