//! What a request ends with when it cannot be served: a status here, and a page with a sentence from `requests`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::hub::HubError;
use crate::store::StoreError;

/// Why a request cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is nothing here, or nothing for this person.
    #[error("not found")]
    NotFound,
    /// It was here, and is not any more.
    #[error("gone")]
    Gone,
    /// Not for this person.
    #[error("not allowed")]
    Forbidden,
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    /// The request makes no sense.
    #[error("malformed request")]
    Malformed,
    /// Too many requests of this kind.
    #[error("too many requests")]
    TooMany,
    /// The node is stopping.
    #[error("the node is stopping")]
    Stopping,
    /// Something the request needs does not answer. Nothing was saved.
    #[error("not available")]
    Unavailable(#[source] Option<StoreError>),
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Stopping | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Unavailable(Some(error)) = self {
            tracing::error!(%error, source = ?std::error::Error::source(error).map(ToString::to_string), "a request found no store");
        }
        let mut response = HttpResponse::build(self.status_code());
        if matches!(self, Self::Stopping) {
            response.insert_header(("retry-after", "5"));
        }
        response.finish()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(Some(error))
    }
}

impl From<HubError> for Problem {
    fn from(error: HubError) -> Self {
        match error {
            HubError::NotFound => Self::NotFound,
            HubError::Refused(_) | HubError::NotBookable(_) => Self::Forbidden,
            HubError::Overlaps(_) | HubError::Overtaken | HubError::Unavailable => Self::Unavailable(None),
        }
    }
}
