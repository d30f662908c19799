//! The server's address: a `postgres://` URL, what its `sslmode` asks for, and the limits of a session.
//!
//! | `sslmode` | the connection |
//! |---|---|
//! | `disable` | plain |
//! | `prefer` (default) | encrypted when the server offers it; the server is not authenticated |
//! | `require`, `verify-ca`, `verify-full` | encrypted, the certificate must be valid for the host |
//!
//! Certificates are checked against the public authorities, and those in the PEM file named by `sslrootcert`.
//!
//! Never shows the URL: it holds the password.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use secrecy::{ExposeSecret, SecretString};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::PATIENCE;
use crate::store::StoreError;

/// A parsed address.
pub(in crate::store) struct Address {
    config: Config,
    authorities: Option<String>,
}

impl Address {
    /// Reads a `postgres://` URL.
    pub(in crate::store) fn parse(url: &SecretString) -> Result<Self, StoreError> {
        // The parser's own error may quote the URL.
        let unreadable = || StoreError::unavailable("DATABASE_URL is not a postgres:// address that can be read");
        let (address, query) = url.expose_secret().split_once('?').unwrap_or((url.expose_secret(), ""));
        let mut kept = Vec::new();
        let mut authorities = None;
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option {
                "sslmode=verify-full" | "sslmode=verify-ca" => kept.push("sslmode=require"),
                _ => match option.strip_prefix("sslrootcert=") {
                    Some(path) => authorities = Some(path.to_owned()),
                    None => kept.push(option),
                },
            }
        }
        let mut config: Config = format!("{address}?{}", kept.join("&")).parse().map_err(|_| unreadable())?;
        if config.get_hosts().is_empty() {
            return Err(unreadable());
        }
        config.application_name("antesala").connect_timeout(PATIENCE).tcp_user_timeout(PATIENCE);
        Ok(Self { config, authorities })
    }

    /// Without limits on how long a statement may take.
    pub(in crate::store) fn for_migrating(&self) -> Config {
        self.config.clone()
    }

    /// With limits, so that the server too gives up what nobody waits for any more. Locks are given up after the server
    /// had the time to find a deadlock (one second by default).
    pub(super) fn for_serving(&self) -> Config {
        let mut config = self.config.clone();
        let own = config.get_options().unwrap_or_default();
        let limits = format!(
            "{own} -c statement_timeout=2000 -c lock_timeout=1500 -c idle_in_transaction_session_timeout=10000"
        );
        config.options(limits.trim_start());
        config
    }

    /// How to encrypt, as `sslmode` asks.
    pub(in crate::store) fn tls(&self) -> Result<MakeRustlsConnect, StoreError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(StoreError::unavailable)?;
        let config = match self.config.get_ssl_mode() {
            SslMode::Disable | SslMode::Prefer => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(AnyServer(provider)))
                .with_no_client_auth(),
            _ => builder.with_root_certificates(self.trusted()?).with_no_client_auth(),
        };
        Ok(MakeRustlsConnect::new(config))
    }

    fn trusted(&self) -> Result<RootCertStore, StoreError> {
        let mut trusted = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(path) = &self.authorities {
            for certificate in CertificateDer::pem_file_iter(path).map_err(StoreError::unavailable)? {
                trusted.add(certificate.map_err(StoreError::unavailable)?).map_err(StoreError::unavailable)?;
            }
        }
        Ok(trusted)
    }
}

/// Takes any certificate. Only for `sslmode=prefer`, which by its definition also takes a plain connection: Debian's own
/// PostgreSQL offers TLS with a certificate that nobody signed.
#[derive(Debug)]
struct AnyServer(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyServer {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Address, StoreError> {
        Address::parse(&SecretString::from(url))
    }

    #[test]
    fn sslmode_decides_how_to_connect() {
        for (mode, expected) in [
            ("disable", SslMode::Disable),
            ("prefer", SslMode::Prefer),
            ("require", SslMode::Require),
            ("verify-full", SslMode::Require),
        ] {
            let address =
                parse(&format!("postgres://ines@db.example/antesala?sslmode={mode}&application_name=x")).unwrap();
            assert_eq!(address.config.get_ssl_mode(), expected, "{mode}");
            assert!(address.tls().is_ok(), "{mode}");
        }
        assert_eq!(parse("postgres://ines@db.example/antesala").unwrap().config.get_ssl_mode(), SslMode::Prefer);
    }

    #[test]
    fn a_missing_authority_file_is_told() {
        let address =
            parse("postgres://ines@db.example/antesala?sslmode=verify-full&sslrootcert=/nowhere/authority.pem")
                .unwrap();
        assert!(matches!(address.tls(), Err(StoreError::Unavailable(_))));
    }

    #[test]
    fn the_password_shows_nowhere() {
        for url in [
            "postgres://ines:hunter22@db.example/x?sslmode=hunter22",
            "postgres://ines:hunter22@db.example:hunter22/x",
            "hunter22",
        ] {
            let error = parse(url).err().unwrap();
            assert!(!format!("{error:?} {error}").contains("hunter22"), "{url}");
        }
        let address = parse("postgres://ines:hunter22@db.example/x").unwrap();
        assert!(!format!("{:?}", address.for_serving()).contains("hunter22"));
    }

    #[test]
    fn limits_are_added_to_options_of_the_address() {
        let address = parse("postgres://ines@db.example/x?options=-c%20work_mem%3D8MB").unwrap();
        assert!(
            address
                .for_serving()
                .get_options()
                .is_some_and(|options| options.starts_with("-c work_mem=8MB -c statement_timeout=2000"))
        );
    }
}
