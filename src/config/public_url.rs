//! Where browsers reach this server: links, accepted origins, HSTS and cookie names follow from it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An origin: `https://host[:port]`, or `http://` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    scheme: Scheme,
}

/// How browsers connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// As it is, on this machine only.
    Http,
    /// With a certificate: ours, or that of whoever stands before us.
    Https,
}

/// Why a text is not a public URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPublic {
    /// Not `https://host` with an optional port.
    #[error("write it as https://host or https://host:port, without a path")]
    Malformed,
    /// Browsers give no camera to plain http, except on the same machine.
    #[error(
        "http works on this machine only (http://localhost): browsers give no camera to plain http. Use https, with a proxy or --tls-cert and --tls-key"
    )]
    PlainHttp,
}

impl PublicUrl {
    /// This machine, for trying.
    #[must_use]
    pub fn on_this_machine(scheme: Scheme, port: u16) -> Self {
        Self { origin: format!("{}://localhost:{port}", scheme.as_str()), scheme }
    }

    /// As browsers write it in `Origin`: no path, no trailing slash.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether cookies can be `__Host-` and `Secure`.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        matches!(self.scheme, Scheme::Https)
    }

    /// The same host for WebSockets (`ws://` or `wss://`), which older browsers want named in the CSP.
    #[must_use]
    pub fn socket_origin(&self) -> String {
        self.origin.replacen("http", "ws", 1)
    }
}

impl FromStr for PublicUrl {
    type Err = NotPublic;

    fn from_str(text: &str) -> Result<Self, NotPublic> {
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let (scheme, authority) = match text.split_once("://") {
            Some(("https", authority)) => (Scheme::Https, authority),
            Some(("http", authority)) => (Scheme::Http, authority),
            _ => return Err(NotPublic::Malformed),
        };
        let (host, port) = split_port(authority).ok_or(NotPublic::Malformed)?;
        if scheme == Scheme::Http && !is_this_machine(host) {
            return Err(NotPublic::PlainHttp);
        }
        // Browsers leave the default port out of Origin.
        let port = port.filter(|port| *port != scheme.default_port());
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self { origin: format!("{}://{host}{port}", scheme.as_str()), scheme })
    }
}

impl Scheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.origin)
    }
}

fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let host_end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let (host, port) = match authority.get(host_end..)?.find(':') {
        Some(colon) => (authority.get(..host_end + colon)?, Some(authority.get(host_end + colon + 1..)?.parse().ok()?)),
        None => (authority, None),
    };
    let well_formed = !host.is_empty()
        && host.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '[' | ']' | ':'));
    well_formed.then_some((host, port))
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read() {
        for (text, origin) in [
            ("https://Video.Hospital.example/", "https://video.hospital.example"),
            ("https://hospital.example:443", "https://hospital.example"),
            ("https://192.168.1.7:8443", "https://192.168.1.7:8443"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().origin(), origin);
        }
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        assert_eq!("http://hospital.example".parse::<PublicUrl>(), Err(NotPublic::PlainHttp));
        assert_eq!("http://192.168.1.7".parse::<PublicUrl>(), Err(NotPublic::PlainHttp));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "hospital.example",
            "ftp://hospital.example",
            "https://",
            "https://host/path",
            "https://host:port",
            "https://a b",
            // Nor would Twilio report to a host name with an underscore.
            "https://video_calls.hospital.example",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(NotPublic::Malformed), "{text}");
        }
    }

    #[test]
    fn sockets_use_the_same_host() {
        assert_eq!("https://a.example".parse::<PublicUrl>().unwrap().socket_origin(), "wss://a.example");
        assert_eq!("http://localhost:1".parse::<PublicUrl>().unwrap().socket_origin(), "ws://localhost:1");
    }
}
