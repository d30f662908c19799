//! Everything that reaches outside the house: what carries media, and what carries messages.
//!
//! Each kind is one interface with several providers behind it. Never decides what to send, or to whom.

mod body;
pub mod sms;
pub mod video;
