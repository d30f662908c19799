//! What the server promises to browsers, over real connections and on both engines.
//!
//! Never looks inside: pages, sockets and what the store holds afterwards are all there is to see.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "support/app.rs"]
mod app;
#[path = "support/browser.rs"]
mod browser;
#[path = "support/database.rs"]
mod database;
#[path = "support/hospital.rs"]
mod hospital;
#[path = "support/inbox.rs"]
mod inbox;
#[path = "support/jasmin.rs"]
mod jasmin;
#[path = "support/server.rs"]
mod server;
#[path = "support/stub.rs"]
mod stub;
#[path = "support/twilio.rs"]
mod twilio;
#[path = "support/webex/mod.rs"]
mod webex;
#[path = "support/wire.rs"]
mod wire;

#[path = "api/access.rs"]
mod access;
#[path = "api/admission.rs"]
mod admission;
#[path = "api/agenda.rs"]
mod agenda;
#[path = "api/agenda_live.rs"]
mod agenda_live;
#[path = "api/bad_input.rs"]
mod bad_input;
#[path = "api/booking_form.rs"]
mod booking_form;
#[path = "api/calendars.rs"]
mod calendars;
#[path = "api/callbacks.rs"]
mod callbacks;
#[path = "api/check.rs"]
mod check;
#[path = "api/check_webex.rs"]
mod check_webex;
#[path = "api/come_now.rs"]
mod come_now;
#[path = "api/commands.rs"]
mod commands;
#[path = "api/csrf.rs"]
mod csrf;
#[path = "api/deliveries.rs"]
mod deliveries;
#[path = "api/demo.rs"]
mod demo;
#[path = "api/devices.rs"]
mod devices;
#[path = "api/doors.rs"]
mod doors;
#[path = "api/drain.rs"]
mod drain;
#[path = "api/engines.rs"]
mod engines;
#[path = "api/failures.rs"]
mod failures;
#[path = "api/filling.rs"]
mod filling;
#[path = "api/first_admin.rs"]
mod first_admin;
#[path = "api/frames.rs"]
mod frames;
#[path = "api/history.rs"]
mod history;
#[path = "api/imports.rs"]
mod imports;
#[path = "api/inbound.rs"]
mod inbound;
#[path = "api/inviting.rs"]
mod inviting;
#[path = "api/inviting_meanwhile.rs"]
mod inviting_meanwhile;
#[path = "api/killed.rs"]
mod killed;
#[path = "api/late.rs"]
mod late;
#[path = "api/limits.rs"]
mod limits;
#[path = "api/links.rs"]
mod links;
#[path = "api/meetings.rs"]
mod meetings;
#[path = "api/meetings_refused.rs"]
mod meetings_refused;
#[path = "api/meetings_unseen.rs"]
mod meetings_unseen;
#[path = "api/merging.rs"]
mod merging;
#[path = "api/messages_again.rs"]
mod messages_again;
#[path = "api/messages_page.rs"]
mod messages_page;
#[path = "api/moves.rs"]
mod moves;
#[path = "api/moving.rs"]
mod moving;
#[path = "api/operations.rs"]
mod operations;
#[path = "api/out_of_place.rs"]
mod out_of_place;
#[path = "api/overlaps.rs"]
mod overlaps;
#[path = "api/patients.rs"]
mod patients;
#[path = "api/people.rs"]
mod people;
#[path = "api/polling.rs"]
mod polling;
#[path = "api/privacy.rs"]
mod privacy;
#[path = "api/profile.rs"]
mod profile;
#[path = "api/quick_add.rs"]
mod quick_add;
#[path = "api/relatives.rs"]
mod relatives;
#[path = "api/restart.rs"]
mod restart;
#[path = "api/sending_limits.rs"]
mod sending_limits;
#[path = "api/sessions.rs"]
mod sessions;
#[path = "api/settings.rs"]
mod settings;
#[path = "api/shared_phones.rs"]
mod shared_phones;
#[path = "api/signals.rs"]
mod signals;
#[path = "api/stopped.rs"]
mod stopped;
#[path = "api/texts.rs"]
mod texts;
#[path = "api/through_webex.rs"]
mod through_webex;
#[path = "api/unattended.rs"]
mod unattended;
#[path = "api/wards.rs"]
mod wards;
#[path = "api/webex_notices.rs"]
mod webex_notices;
#[path = "api/webex_people.rs"]
mod webex_people;
#[path = "api/webex_sending_out.rs"]
mod webex_sending_out;
#[path = "api/webex_upkeep.rs"]
mod webex_upkeep;
#[path = "api/welcome.rs"]
mod welcome;
#[path = "api/window.rs"]
mod window;
