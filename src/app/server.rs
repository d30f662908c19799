//! The HTTP server around the URL table.

use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};

use super::listener::Listening;
use crate::config::Settings;
use crate::web::site::Site;
use crate::web::{csrf, headers, requests, routes};

/// How long open requests have to finish once every socket was told to come back.
const FINISH_WITHIN: Duration = Duration::from_secs(15);

/// File descriptors beyond the connections: database, logs, listening sockets.
const SPARE_DESCRIPTORS: u64 = 256;

/// Serves `site` on `listening`.
pub(super) fn run(settings: &Settings, listening: Listening, site: web::Data<Site>) -> Server {
    let Listening { socket, port, tls } = listening;
    let workers =
        settings.workers.map_or_else(|| available_parallelism().map_or(2, std::num::NonZero::get), usize::from);
    let descriptors = raise_descriptor_limit((settings.max_connections * workers) as u64 + SPARE_DESCRIPTORS);
    tracing::info!(
        port,
        workers,
        max_connections = settings.max_connections,
        descriptors,
        tls = tls.is_some(),
        "listening"
    );
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(from_fn(csrf::guard))
            .wrap(from_fn(requests::watch))
            .wrap(from_fn(headers::secure))
            .configure(routes::configure)
    })
    .workers(workers)
    .max_connections(settings.max_connections)
    .shutdown_timeout(FINISH_WITHIN.as_secs())
    .disable_signals();
    let listened = match tls {
        Some(config) => server.listen_rustls_0_23(socket, config),
        None => server.listen(socket),
    };
    match listened {
        Ok(server) => server.run(),
        // Only a socket that cannot be made non-blocking fails here, and ours is.
        Err(error) => unreachable!("a listening socket was refused: {error}"),
    }
}

/// Raises the limit of open files towards `wanted`; returns what it is then.
fn raise_descriptor_limit(wanted: u64) -> u64 {
    match rlimit::increase_nofile_limit(wanted) {
        Ok(limit) => limit,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files could not be raised");
            0
        }
    }
}
