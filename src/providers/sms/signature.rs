//! `X-Twilio-Signature`: proves that a request comes from whoever knows the account's auth token.
//!
//! Base64 of HMAC-SHA1 over the full public URL with its query and, for forms, every parameter sorted by name, name and
//! value appended; a value that repeats counts once. For other bodies the URL holds `bodySHA256`, and the URL alone is
//! signed. Source: Twilio's security documentation and its libraries, which also try the URL with and without its port.
//!
//! Never trusts the address a request arrived at: behind a proxy only the configured public URL is what was signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What was signed.
#[derive(Clone, Copy, Debug)]
pub enum Signed<'a> {
    /// A form's parameters.
    Form(&'a [(String, String)]),
    /// Any other body.
    Body(&'a [u8]),
}

/// Whether `signature` is that of a request to `url`, in constant time.
#[must_use]
pub fn is_genuine(token: &SecretString, url: &str, signed: Signed<'_>, signature: &str) -> bool {
    let Ok(given) = STANDARD.decode(signature.trim()) else { return false };
    if let Signed::Body(body) = signed
        && !has_digest(url, body)
    {
        return false;
    }
    let told = match signed {
        Signed::Form(parameters) => appended(parameters),
        Signed::Body(_) => String::new(),
    };
    // Both are looked at, whichever matches.
    let matches = spellings(url).map(|url| {
        Hmac::<Sha1>::new_from_slice(token.expose_secret().as_bytes()).is_ok_and(|mac| {
            mac.chain_update(url.as_bytes()).chain_update(told.as_bytes()).verify_slice(&given).is_ok()
        })
    });
    matches.contains(&true)
}

/// Names and values, sorted, each pair once.
fn appended(parameters: &[(String, String)]) -> String {
    let mut pairs: Vec<_> = parameters.iter().collect();
    pairs.sort();
    pairs.dedup();
    pairs.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect()
}

/// The URL as it is written, and with its port left out or put in.
fn spellings(url: &str) -> [String; 2] {
    [url.to_owned(), other_spelling(url).unwrap_or_else(|| url.to_owned())]
}

fn other_spelling(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host_end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let port = authority.get(host_end..)?.find(':').map(|colon| host_end + colon);
    let authority = match port {
        Some(colon) => authority.get(..colon)?.to_owned(),
        None => format!("{authority}:{}", if scheme == "https" { 443 } else { 80 }),
    };
    Some(format!("{scheme}://{authority}{path}"))
}

fn has_digest(url: &str, body: &[u8]) -> bool {
    let Some((_, query)) = url.split_once('?') else { return false };
    let Some(told) = query.split('&').find_map(|pair| pair.strip_prefix("bodySHA256=")) else { return false };
    let digest = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    told.eq_ignore_ascii_case(&digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn call() -> Vec<(String, String)> {
        form(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ])
    }

    fn genuine(url: &str, signed: Signed<'_>, signature: &str) -> bool {
        is_genuine(&"12345".into(), url, signed, signature)
    }

    #[test]
    fn forms_are_signed_with_their_parameters() {
        assert!(genuine(URL, Signed::Form(&call()), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        let mut backwards = call();
        backwards.reverse();
        assert!(genuine(URL, Signed::Form(&backwards), "RSOYDt4T1cUTdK1PDd93/VVr8B8="), "in any order");
    }

    #[test]
    fn a_value_that_repeats_counts_once() {
        let parameters = form(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ]);
        assert!(genuine(URL, Signed::Form(&parameters), "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
    }

    #[test]
    fn other_bodies_are_signed_by_their_digest() {
        let url = format!("{URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
        let body = br#"{"property": "value", "boolean": true}"#;
        assert!(genuine(&url, Signed::Body(body), "a9nBmqA0ju/hNViExpshrM61xv4="));
        let changed = br#"{"property": "value", "boolean": false}"#;
        assert!(!genuine(&url, Signed::Body(changed), "a9nBmqA0ju/hNViExpshrM61xv4="));
        assert!(!genuine(URL, Signed::Body(body), "a9nBmqA0ju/hNViExpshrM61xv4="), "no digest in the URL");
    }

    #[test]
    fn the_port_may_be_there_or_not() {
        let with_port = "https://mycompany.com:443/myapp.php?foo=1&bar=2";
        assert!(genuine(with_port, Signed::Form(&call()), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        let signed_with_port = signature("https://mycompany.com:443/myapp.php?foo=1&bar=2", &call());
        assert!(genuine(URL, Signed::Form(&call()), &signed_with_port));
        let other_port = signature("https://mycompany.com:8443/myapp.php?foo=1&bar=2", &call());
        assert!(!genuine(URL, Signed::Form(&call()), &other_port));
    }

    #[test]
    fn whatever_is_changed_is_noticed() {
        let right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        let mut bytes = STANDARD.decode(right).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(!genuine(URL, Signed::Form(&call()), &STANDARD.encode(&bytes)), "byte {at}");
            bytes[at] ^= 1;
        }
        for wrong in ["", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "!", "RSOY"] {
            assert!(!genuine(URL, Signed::Form(&call()), wrong), "{wrong}");
        }
        let mut other = call();
        other[2].1.push('5');
        assert!(!genuine(URL, Signed::Form(&other), right));
        assert!(!genuine("https://mycompany.com/myapp.php?foo=1&bar=3", Signed::Form(&call()), right));
        assert!(!is_genuine(&"12346".into(), URL, Signed::Form(&call()), right));
    }

    fn signature(url: &str, parameters: &[(String, String)]) -> String {
        let mac = Hmac::<Sha1>::new_from_slice(b"12345").unwrap();
        let mac = mac.chain_update(url.as_bytes()).chain_update(appended(parameters).as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}
