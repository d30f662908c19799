//! What staff type, read at the door: text becomes the house's types here, or a sentence beside the field.
//!
//! Never asks the store; what only the store knows (whether a patient exists) is checked by the handlers.

pub mod history;
pub mod import;
pub mod member;
pub mod merge;
pub mod moving;
pub mod new_patient;
pub mod number;
pub mod own;
pub mod pairs;
pub mod patient;
pub mod person;
pub mod relative;
pub mod roster;
pub mod seen;
pub mod settings;
pub mod visit;
pub mod webex;
pub mod when;

/// Every field of a page's form.
pub type PageForm = actix_web::web::Form<Vec<(String, String)>>;
