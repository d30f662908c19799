//! What the house keeps about Webex: meetings of visits, its own tokens, guests by seat, and reports to be worked on.
//!
//! Never holds a guest's token, and holds the house's own only sealed.

pub mod asks;
pub mod guests;
pub mod meetings;
pub mod own;
pub mod reports;
pub mod tokens;
pub mod wishes;

/// What the password of a meeting is sealed for.
pub const PASSWORD: &str = "Webex meeting password";

/// Sealed with a key that is not in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);
