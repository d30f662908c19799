//! Why Webex did not do what was asked, by meaning.
//!
//! Never printed or logged with what Webex wrote: that may name people. Its tracking id is what Cisco's support asks for.

use std::fmt;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::domain::meeting::Obstacle;

/// How long to wait where Webex asks for patience and does not say how much.
const UNSAID: SignedDuration = SignedDuration::from_secs(5);

/// Why Webex did not do what was asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Trouble {
    /// In our words.
    pub obstacle: Obstacle,
    /// The status it answered, if it answered.
    pub status: Option<u16>,
    /// By which Cisco's support finds the request.
    pub tracking: Option<String>,
    /// Webex's own code.
    pub code: Option<String>,
    /// How long it asks to be left alone.
    pub after: Option<SignedDuration>,
    /// In Webex's own words; for whoever runs `antesala check`, and nobody else.
    pub said: Option<String>,
}

/// How a request may have ended when its outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeatable {
    /// Doing it twice is as doing it once.
    Yes,
    /// Doing it twice makes two.
    No,
}

/// The body of an error: the API's, or that of its OAuth part.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Said {
    message: Option<String>,
    errors: Vec<Detail>,
    tracking_id: Option<String>,
    error_code: Option<serde_json::Value>,
    error: Option<String>,
    #[serde(rename = "error_description")]
    error_description: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    description: Option<String>,
}

impl Trouble {
    /// Nobody answered, or nobody was asked.
    pub(super) const fn unanswered(obstacle: Obstacle) -> Self {
        Self { obstacle, status: None, tracking: None, code: None, after: None, said: None }
    }

    /// An answer that is an error.
    pub(super) fn answered(
        status: u16,
        body: &[u8],
        tracking: Option<String>,
        after: Option<SignedDuration>,
        repeatable: Repeatable,
    ) -> Self {
        let said: Said = serde_json::from_slice(body).unwrap_or_default();
        let detail = said.errors.into_iter().find_map(|detail| detail.description);
        let obstacle = match status {
            _ if said.error.as_deref() == Some("invalid_grant") || said.error.as_deref() == Some("invalid_client") => {
                Obstacle::SignedOut
            }
            401 => Obstacle::SignedOut,
            403 => Obstacle::Forbidden,
            404 | 410 => Obstacle::NotFound,
            409 | 423 => Obstacle::Conflict,
            429 => Obstacle::Busy,
            500.. if repeatable == Repeatable::No => Obstacle::Lost,
            500.. => Obstacle::Down,
            _ => Obstacle::Refused,
        };
        let code = said.error_code.map(|code| code.as_str().map_or_else(|| code.to_string(), str::to_owned));
        Self {
            obstacle,
            status: Some(status),
            tracking: said.tracking_id.or(tracking),
            code: code.or(said.error),
            after: (status == 429).then(|| after.unwrap_or(UNSAID).max(SignedDuration::from_secs(1))),
            said: detail.or(said.message).or(said.error_description),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.obstacle)?;
        if let Some(status) = self.status {
            write!(out, ", status {status}")?;
        }
        if let Some(code) = &self.code {
            write!(out, ", code {code}")?;
        }
        match &self.tracking {
            Some(tracking) => write!(out, ", tracking id {tracking}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Trouble({self})")
    }
}

impl std::error::Error for Trouble {}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Trouble {
        Trouble::answered(status, body.as_bytes(), Some("HEADER".to_owned()), None, Repeatable::No)
    }

    #[test]
    fn every_status_has_a_meaning() {
        use Obstacle as O;
        for (status, once, again) in [
            (400, O::Refused, O::Refused),
            (401, O::SignedOut, O::SignedOut),
            (403, O::Forbidden, O::Forbidden),
            (404, O::NotFound, O::NotFound),
            (405, O::Refused, O::Refused),
            (409, O::Conflict, O::Conflict),
            (410, O::NotFound, O::NotFound),
            (415, O::Refused, O::Refused),
            (423, O::Conflict, O::Conflict),
            (428, O::Refused, O::Refused),
            (429, O::Busy, O::Busy),
            (500, O::Lost, O::Down),
            (502, O::Lost, O::Down),
            (503, O::Lost, O::Down),
            (504, O::Lost, O::Down),
        ] {
            assert_eq!(answered(status, "").obstacle, once, "{status}");
            assert_eq!(Trouble::answered(status, b"", None, None, Repeatable::Yes).obstacle, again, "{status}");
        }
    }

    #[test]
    fn the_tracking_id_is_in_the_body_or_else_in_a_header() {
        let body = r#"{"message":"No","errors":[{"description":"ana@example.org is unknown"}],"trackingId":"BODY","errorCode":403049}"#;
        let trouble = answered(403, body);
        assert_eq!(trouble.tracking.as_deref(), Some("BODY"));
        assert_eq!(trouble.code.as_deref(), Some("403049"));
        assert_eq!(answered(502, "<html>").tracking.as_deref(), Some("HEADER"));
        let printed = format!("{trouble} {trouble:?}");
        assert!(!printed.contains("ana@") && printed.contains("BODY"), "{printed}");
        assert_eq!(trouble.said.as_deref(), Some("ana@example.org is unknown"));
    }

    #[test]
    fn patience_is_at_least_a_second_and_five_where_it_is_not_said() {
        let after = |seconds: Option<i64>| {
            let asked = seconds.map(SignedDuration::from_secs);
            Trouble::answered(429, b"", None, asked, Repeatable::No).after.map(|after| after.as_secs())
        };
        assert_eq!([after(None), after(Some(0)), after(Some(90))], [Some(5), Some(1), Some(90)]);
        assert_eq!(answered(400, "").after, None);
    }

    #[test]
    fn a_refused_refresh_token_means_signed_out() {
        let trouble = answered(400, r#"{"error":"invalid_grant","error_description":"The refresh token is expired"}"#);
        assert_eq!((trouble.obstacle, trouble.code.as_deref()), (Obstacle::SignedOut, Some("invalid_grant")));
    }
}
