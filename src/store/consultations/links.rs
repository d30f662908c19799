//! From what a browser carries, a link's token or a cookie, to the seat it stands for. Only hashes are kept.

use super::{ConsultationId, ParticipantId, Store, StoreError, Timestamp};
use crate::domain::ids::BrowserId;
use crate::domain::person::Language;
use crate::domain::service::Service;

/// What a link stands for, alive or dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// The visit.
    pub consultation: ConsultationId,
    /// The seat.
    pub participant: ParticipantId,
    /// Which one it is.
    pub generation: u32,
    /// Whether no newer link replaced it.
    pub is_newest: bool,
    /// From when on a first entry is refused.
    pub expires_at: Timestamp,
    /// The holder's language.
    pub language: Language,
    /// The visit's [`crate::domain::consultation::Phase::as_str`].
    pub phase: String,
    /// The seat's [`crate::domain::consultation::Standing::as_str`].
    pub standing: String,
    /// The browser that holds the seat, and the one that waits to take it over.
    pub browsers: [Option<BrowserId>; 2],
    /// What the visit is for.
    pub service: Service,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The zone it was agreed in.
    pub zone: String,
}

impl FoundLink {
    /// Whether the visit can still be entered.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.phase.as_str(), "scheduled" | "in_session")
    }

    /// Whether `browser` is the seat's, or waits to be. A browser that was replaced, or whose seat was given a new link,
    /// is a stranger again: it enters with the link like any other.
    #[must_use]
    pub fn belongs_to(&self, browser: BrowserId) -> bool {
        self.browsers.contains(&Some(browser))
    }
}

/// The seat a browser's cookie stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundBrowser {
    /// The browser.
    pub browser: BrowserId,
    /// The seat.
    pub participant: ParticipantId,
    /// The visit.
    pub consultation: ConsultationId,
    /// The language its holder reads.
    pub language: Language,
}

const LINK: &str = "SELECT s.consultation_id, s.id, l.generation, s.link_generation, s.link_expires_at, s.language, \
     c.phase, s.standing, s.browser_id, s.newcomer_id, c.service, c.starts_at, c.zone \
     FROM links l JOIN participants s ON s.id = l.participant_id JOIN consultations c ON c.id = s.consultation_id \
     WHERE l.token_hash = $1";

const BROWSER: &str = "SELECT b.id, b.participant_id, s.consultation_id, b.language \
     FROM browsers b JOIN participants s ON s.id = b.participant_id WHERE b.cookie_hash = $1";

/// What the link with this token hash stands for.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_link(store: &Store, token_hash: &[u8]) -> Result<Option<FoundLink>, StoreError> {
    let Some(row) = store.read_one(LINK, vec![token_hash.into()]).await? else { return Ok(None) };
    Ok(Some(FoundLink {
        consultation: row.parsed(0)?,
        participant: row.parsed(1)?,
        generation: u32::try_from(row.int(2)?).map_err(|_| StoreError::Malformed { column: 2 })?,
        is_newest: row.int(2)? == row.int(3)?,
        expires_at: row.instant(4)?,
        language: row.parsed(5)?,
        phase: row.text(6)?.to_owned(),
        standing: row.text(7)?.to_owned(),
        browsers: [row.parsed_or_null(8)?, row.parsed_or_null(9)?],
        service: row.parsed(10)?,
        starts_at: row.instant(11)?,
        zone: row.text(12)?.to_owned(),
    }))
}

/// The seat a browser with this cookie hash stands for.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_browser(store: &Store, cookie_hash: &[u8]) -> Result<Option<FoundBrowser>, StoreError> {
    let Some(row) = store.read_one(BROWSER, vec![cookie_hash.into()]).await? else { return Ok(None) };
    Ok(Some(FoundBrowser {
        browser: row.parsed(0)?,
        participant: row.parsed(1)?,
        consultation: row.parsed(2)?,
        language: row.parsed(3)?,
    }))
}
