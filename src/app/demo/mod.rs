//! `antesala demo`: a believable hospital in a throw-away folder, for trying everything in two browsers.
//!
//! Its people are invented, nothing leaves the machine, and its one password is printed: never put real data into it.

mod hospital;
mod people;
mod seed;
mod visits;

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use clap::{Args, Parser};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use secrecy::SecretString;
use serde::Serialize;

use super::Node;
use super::terminal::{Failure, say, told_to_stop};
use crate::clock::Clock;
use crate::config::{LogLevel, Settings};
use crate::telemetry;

/// The port that is tried first.
const PORT: u16 = 8080;

/// Arguments of `demo`.
#[derive(Args, Debug)]
pub(super) struct DemoArgs {
    /// Port to listen on; a free one if 8080 is taken
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,

    /// Keep the hospital in this folder instead of a throw-away one
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,

    /// How large the hospital is; the large one takes minutes to write and about 2 GB
    #[arg(long, value_enum, default_value = "small")]
    size: seed::Size,

    /// Keep the hospital in this PostgreSQL database, which must be empty or an earlier demo's. Never taken from the
    /// environment: what is set there may be a real hospital's
    #[arg(long, value_name = "URL")]
    database_url: Option<SecretString>,

    /// HTTPS for phones in the same network, with a self-made certificate and a QR code
    #[arg(long)]
    lan: bool,

    /// Print one line of JSON instead of a welcome
    #[arg(long)]
    json: bool,
}

/// What to try, for people and for scripts.
#[derive(Serialize)]
struct Welcome {
    url: String,
    sign_ins: Vec<seed::SignIn>,
    invitation: String,
}

/// The settings alone, so that a demo starts from their defaults.
#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

/// A folder that is deleted when the demo ends.
struct ThrowAway(PathBuf);

/// Runs the demo until it is told to stop.
pub(super) async fn run(arguments: DemoArgs) -> Result<(), Failure> {
    let throw_away = if arguments.data.is_some() { None } else { Some(ThrowAway::make()?) };
    let folder =
        arguments.data.clone().or_else(|| throw_away.as_ref().map(|folder| folder.0.clone())).unwrap_or_default();
    let settings = settings(&arguments, folder)?;
    telemetry::start_logging(settings.log, settings.log_format);
    telemetry::start_metrics();
    let node = Node::start(&settings, Clock::system()).await?;
    let sign_ins = seed::hospital(node.site(), arguments.size).await?;
    let invitation = match visits::invitation(node.site()).await? {
        Some(link) => link,
        // A folder that was kept: its visits are over.
        None => visits::fresh_invitation(node.site()).await?,
    };
    let welcome = Welcome { url: node.public_url().to_string(), sign_ins, invitation };
    if arguments.json {
        say(&serde_json::to_string(&welcome)?)
    } else {
        greet(&welcome, &arguments)?
    }
    node.run_until(told_to_stop()).await?;
    Ok(())
}

fn settings(arguments: &DemoArgs, data: PathBuf) -> Result<Settings, Failure> {
    let mut settings = Defaults::try_parse_from(["demo"])?.settings;
    let host = if arguments.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let port = free_port(host, arguments.port)?;
    settings.listen = SocketAddr::from((host, port));
    settings.database_url.clone_from(&arguments.database_url);
    settings.public_url = None;
    settings.is_demo = true;
    settings.hospital = seed::HOSPITAL.to_owned();
    settings.help_phone = Some(seed::HELP_PHONE.to_owned());
    if !arguments.json && settings.log == LogLevel::Info {
        settings.log = LogLevel::Warn;
    }
    if arguments.lan {
        std::fs::create_dir_all(&data)?;
        let address = address_in_network()?;
        let (certificate, key) = certificate(&data, address)?;
        settings.public_url = Some(format!("https://{address}:{port}").parse()?);
        settings.tls_cert = Some(certificate);
        settings.tls_key = Some(key);
    }
    settings.data = data;
    Ok(settings)
}

/// The port asked for, or a free one in place of the default.
fn free_port(host: Ipv4Addr, wanted: Option<u16>) -> Result<u16, Failure> {
    let free =
        |port| TcpListener::bind((host, port)).and_then(|socket| socket.local_addr()).map(|address| address.port());
    match wanted {
        Some(0) => Ok(free(0)?),
        Some(port) => Ok(port),
        None => Ok(free(PORT).or_else(|_| free(0))?),
    }
}

/// This machine's address in its network. Connecting a datagram socket sends nothing.
fn address_in_network() -> Result<Ipv4Addr, Failure> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    // An address reserved for documentation (RFC 5737): only the route towards it matters.
    socket.connect(("192.0.2.1", 9))?;
    match socket.local_addr()? {
        SocketAddr::V4(address) if !address.ip().is_unspecified() => Ok(*address.ip()),
        _ => Err("this machine has no address that a phone could reach".into()),
    }
}

fn certificate(folder: &Path, address: Ipv4Addr) -> Result<(PathBuf, PathBuf), Failure> {
    let made = rcgen::generate_simple_self_signed(vec![address.to_string(), "localhost".to_owned()])?;
    let (certificate, key) = (folder.join("demo-certificate.pem"), folder.join("demo-key.pem"));
    std::fs::write(&certificate, made.cert.pem())?;
    write_for_owner(&key, &made.signing_key.serialize_pem())?;
    Ok((certificate, key))
}

/// Writes a file that only its owner may read; an earlier one, whoever may read that, is gone.
fn write_for_owner(path: &Path, text: &str) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}

fn greet(welcome: &Welcome, arguments: &DemoArgs) -> Result<(), Failure> {
    say(&format!("\n  Antesala is open: {}\n\n  Sign in as", welcome.url));
    for sign_in in &welcome.sign_ins {
        say(&format!("    {:<8} {:<32} {}", sign_in.role, sign_in.email, sign_in.password));
    }
    say(&format!("\n  A patient's link, for a second browser or a private window:\n    {}\n", welcome.invitation));
    if arguments.lan {
        let code = QrCode::new(&welcome.invitation)?.render::<Dense1x2>().quiet_zone(true).build();
        say(&format!(
            "{code}\n  A phone in this network can scan this. Its browser warns about the self-made certificate: accept it.\n"
        ));
    }
    let afterwards = if arguments.data.is_some() { "kept in that folder" } else { "thrown away at the end" };
    say(&format!("  Everything here is invented and {afterwards}. Ctrl-C stops it.\n"));
    Ok(())
}

impl ThrowAway {
    fn make() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("antesala-demo-{}", uuid::Uuid::now_v7().simple()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        // What is left is in the system's temporary folder, and holds nobody's data.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn nobody_else_reads_the_demos_key_or_folder() {
        let folder = ThrowAway::make().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.0), 0o700);
        let path = folder.0.join("demo-key.pem");
        std::fs::write(&path, "an earlier key").unwrap();
        write_for_owner(&path, "a key").unwrap();
        assert_eq!((mode(&path), std::fs::read_to_string(&path).unwrap()), (0o600, "a key".to_owned()));
    }
}
