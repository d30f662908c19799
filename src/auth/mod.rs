//! Who somebody is: secrets, passwords, sessions, and the bounds on guessing any of them.
//!
//! Never speaks HTTP: cookies, forms and addresses reach it as plain values.

pub mod form_token;
pub mod guessing;
pub mod links;
pub mod password;
pub mod seal;
pub mod secret;
pub mod sessions;
pub mod setup;
pub mod welcome;
