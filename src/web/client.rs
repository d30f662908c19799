//! Whose address a request comes from: the peer's, or what a trusted proxy says it is.
//!
//! Never believes an address written by a hop that is not trusted, and never looks past one that it cannot read.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of whoever asks. IPv4 addresses never come in IPv6 clothes.
#[must_use]
pub fn address(request: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer(request);
    origin(peer, &forwarded_for(request), trusted).unwrap_or(peer)
}

/// Whether the request was made on this machine, and not handed on by a proxy here for somebody elsewhere.
#[must_use]
pub fn is_this_machine(request: &HttpRequest, trusted: &[IpAddr]) -> bool {
    let peer = peer(request);
    let headers = request.headers();
    let is_forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
    if is_forwarded && !is_trusted(peer, trusted) {
        return false;
    }
    origin(peer, &forwarded_for(request), trusted).is_some_and(|origin| origin.is_loopback())
}

fn peer(request: &HttpRequest) -> IpAddr {
    request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip().to_canonical())
}

/// Every hop, as written; the last one was added by the peer.
fn forwarded_for(request: &HttpRequest) -> Vec<&str> {
    let values = request.headers().get_all(FORWARDED_FOR);
    values.flat_map(|value| value.to_str().unwrap_or_default().split(',')).collect()
}

/// The first address, coming from the peer, that no trusted proxy has; nothing when a hop on the way cannot be read.
fn origin(peer: IpAddr, hops: &[&str], trusted: &[IpAddr]) -> Option<IpAddr> {
    if !is_trusted(peer, trusted) {
        return Some(peer);
    }
    for hop in hops.iter().rev() {
        let address = hop_address(hop)?;
        if !is_trusted(address, trusted) {
            return Some(address);
        }
    }
    Some(peer)
}

/// Reads `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:4711`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

fn is_trusted(address: IpAddr, trusted: &[IpAddr]) -> bool {
    trusted.iter().any(|proxy| proxy.to_canonical() == address)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn request(peer: &str, forwarded_for: Option<&str>) -> HttpRequest {
        let request = TestRequest::default().peer_addr(SocketAddr::new(peer.parse().unwrap(), 4711));
        match forwarded_for {
            Some(hops) => request.insert_header((FORWARDED_FOR, hops)),
            None => request,
        }
        .to_http_request()
    }

    fn proxies(addresses: &[&str]) -> Vec<IpAddr> {
        addresses.iter().map(|address| address.parse().unwrap()).collect()
    }

    fn seen(peer: &str, forwarded_for: &str, trusted: &[&str]) -> String {
        address(&request(peer, Some(forwarded_for)), &proxies(trusted)).to_string()
    }

    #[test]
    fn what_a_stranger_claims_counts_for_nothing() {
        assert_eq!(seen("203.0.113.7", "192.0.2.1", &[]), "203.0.113.7");
        assert_eq!(seen("127.0.0.1", "192.0.2.1, 203.0.113.7", &["127.0.0.1"]), "203.0.113.7");
    }

    #[test]
    fn hops_come_with_ports_brackets_and_mapped() {
        for (hop, address) in [
            ("203.0.113.7:4711", "203.0.113.7"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
        ] {
            assert_eq!(seen("127.0.0.1", &format!("192.0.2.1, {hop}"), &["127.0.0.1"]), address, "{hop}");
        }
        assert_eq!(seen("::ffff:127.0.0.1", "203.0.113.7", &["127.0.0.1"]), "203.0.113.7");
        assert_eq!(seen("127.0.0.1", "203.0.113.7, 10.0.0.2", &["127.0.0.1", "::ffff:10.0.0.2"]), "203.0.113.7");
    }

    #[test]
    fn nothing_beyond_an_unreadable_hop_counts() {
        for hop in ["unknown", "", "203.0.113.7:port", "203.0.113.700"] {
            assert_eq!(seen("127.0.0.1", &format!("192.0.2.1, {hop}"), &["127.0.0.1"]), "127.0.0.1", "{hop}");
        }
    }

    #[test]
    fn this_machine_is_nobody_a_proxy_speaks_for() {
        let trusted = proxies(&["127.0.0.1"]);
        for (peer, forwarded_for, trusted, is_here) in [
            ("127.0.0.1", None, &[][..], true),
            ("::ffff:127.0.0.1", None, &[], true),
            ("::1", None, &trusted, true),
            ("127.0.0.1", Some("127.0.0.1"), &trusted, true),
            ("127.0.0.1", Some("203.0.113.7"), &trusted, false),
            ("127.0.0.1", Some("unknown"), &trusted, false),
            ("127.0.0.1", Some("203.0.113.7"), &[], false),
            ("127.0.0.1", Some("127.0.0.1"), &[], false),
            ("203.0.113.7", None, &trusted, false),
        ] {
            let is_said = is_this_machine(&request(peer, forwarded_for), trusted);
            assert_eq!(is_said, is_here, "{peer} {forwarded_for:?} {trusted:?}");
        }
    }
}
