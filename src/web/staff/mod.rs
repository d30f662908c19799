//! The staff side: pages, their forms, and the commands that staff give.
//!
//! Handlers are thin: they parse at the door, ask the hub or the store, and render. Never decides who may do what: the
//! access matrix lets people in, and the domain says what they may do.

pub mod agenda;
pub mod agenda_live;
pub mod answer;
pub mod asked;
pub mod at_webex;
pub mod beginning;
pub mod calendar;
pub mod caller;
pub mod commands;
pub mod desk;
pub mod door;
pub mod exports;
pub mod family;
pub mod filtering;
pub mod forms;
pub mod history;
pub mod hosting;
pub mod imports;
pub mod inviting;
pub mod messages;
pub mod moving;
pub mod pages;
pub mod patients;
pub mod people;
pub mod profile;
pub mod settings;
pub mod views;
pub mod visit_page;
pub mod visits;
pub mod welcome;
