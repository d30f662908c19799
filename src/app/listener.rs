//! The listening socket and its certificate.
//!
//! Options set here are inherited by every accepted connection (Linux), encrypted or not.

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use socket2::{Domain, Protocol, Socket, Type};

use super::StartError;
use crate::config::Settings;

/// How many connections may wait to be accepted. SYN retransmits come in whole seconds: 128 made 10,000 returning
/// browsers take 2.5 s, 4096 takes 0.7 s. The kernel caps it at net.core.somaxconn.
const BACKLOG: i32 = 4096;

/// When the kernel ends a connection whose peer acknowledges nothing, or keeps its window shut: a stopped client freezes
/// its connection actor, so nothing else can.
const UNREAD_FOR: Duration = Duration::from_secs(30);

/// A socket that listens.
pub(super) struct Listening {
    pub(super) socket: TcpListener,
    pub(super) port: u16,
    pub(super) tls: Option<ServerConfig>,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// One of the files.
    #[error("{file} cannot be read")]
    File {
        /// Which.
        file: String,
        /// Why.
        source: rustls::pki_types::pem::Error,
    },
    /// The two don't belong together, or are of a kind that is not supported.
    #[error(transparent)]
    Pair(#[from] rustls::Error),
}

/// Listens as the settings say.
pub(super) fn listen(settings: &Settings) -> Result<Listening, StartError> {
    let tls = match (&settings.tls_cert, &settings.tls_key) {
        (Some(certificate), Some(key)) => Some(tls(certificate, key)?),
        _ => None,
    };
    let failed = |source| StartError::Listen { address: settings.listen.to_string(), source };
    let socket = bind(settings).map_err(failed)?;
    let port = socket.local_addr().map_err(failed)?.port();
    Ok(Listening { socket, port, tls })
}

fn bind(settings: &Settings) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(settings.listen), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(UNREAD_FOR))?;
    socket.bind(&settings.listen.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

fn tls(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let failed = |path: &Path| {
        let file = path.display().to_string();
        move |source| TlsError::File { file, source }
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(failed(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(failed(key))?;
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_no_client_auth().with_single_cert(chain, key)?)
}
