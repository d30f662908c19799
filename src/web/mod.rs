//! HTTP: pages for people, sockets for browsers, and what every response owes to safety.
//!
//! Handlers parse at the door, ask the hub or the store, and render. Never: a rule of the house, SQL, or a clock.

pub mod access;
pub mod agent;
pub mod assets;
pub mod calendar;
pub mod call_view;
pub mod callbacks;
pub mod client;
pub mod consent;
pub mod cookies;
pub mod csrf;
pub mod failures;
pub mod flash;
pub mod guard;
pub mod headers;
pub mod language;
pub mod layout;
pub mod live;
pub mod logo;
pub mod operations;
pub mod path_id;
pub mod patient;
pub mod problem;
pub mod requests;
pub mod routes;
pub mod sdk;
pub mod site;
pub mod socket;
pub mod staff;
pub mod upload;
pub mod webex;
pub mod webex_view;
pub mod zone;
