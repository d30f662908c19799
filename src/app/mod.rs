//! Puts the house together: store, hub, workers and the HTTP server, started in that order and stopped in reverse.
//!
//! Nobody imports this module.

mod carriers;
mod check;
mod check_callbacks;
mod check_webex;
pub mod cli;
pub mod demo;
mod first_admin;
mod jobs;
mod listener;
mod server;
mod staff_add;
mod start;
mod terminal;

pub use start::{Node, StartError};
