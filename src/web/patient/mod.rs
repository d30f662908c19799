//! What patients and relatives reach: the link, the lobby, and asking for a new link.

mod at_webex;
mod calendar;
mod landing;
mod lobby;
mod texting;
pub mod views;

pub use at_webex::show as at_webex;
pub use calendar::of_seat;
pub use landing::{ask, enter, open, opened};
pub use lobby::show;
pub use texting::text_me;
