//! `antesala demo`: one line of JSON, and everything in it works.

use std::time::Duration;

use serde_json::Value;

use crate::server::Server;

#[tokio::test]
async fn the_demo_s_sign_ins_and_its_invitation_work() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hospital");
    let mut server =
        Server::run(folder.path(), &["demo", "--json", "--port", "0", "--data", data.to_str().unwrap()]).await;
    let welcome: Value = serde_json::from_str(&server.said[0]).unwrap();
    assert_eq!(welcome["url"], server.origin());
    let sign_ins = welcome["sign_ins"].as_array().unwrap();
    let roles: Vec<_> = sign_ins.iter().map(|sign_in| sign_in["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["doctor", "clerk", "ward", "admin"]);
    for sign_in in sign_ins {
        let browser = server.browser();
        let (email, password) = (sign_in["email"].as_str().unwrap(), sign_in["password"].as_str().unwrap());
        let answer = browser.post_page("/sign-in", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(browser.get(answer.header("location")).await.status, 200);
    }
    // Whoever is visited by video lies on the ward that lets the family in.
    let clerk = server.browser();
    let (email, password) = (sign_ins[1]["email"].as_str().unwrap(), sign_ins[1]["password"].as_str().unwrap());
    clerk.post_page("/sign-in", &[("email", email), ("password", password)]).await;
    let export = clerk.get("/patients/export.csv").await.body;
    for (name, is_at) in [
        ("Celia Montaño Prado", ",hospitalizado,Medicina interna,203,"),
        ("Amparo Iglesias Rojo", ",hospitalizado,Terapia intermedia,216,"),
        ("Aurelio Barragán Téllez", ",ambulatorio,,,"),
    ] {
        let row = export.lines().find(|row| row.starts_with(name)).unwrap();
        assert!(row.contains(is_at), "{row}");
    }
    let link = welcome["invitation"].as_str().unwrap().strip_prefix(&server.origin()).unwrap();
    let patient = server.browser().enter(link).await;
    assert_eq!(patient.socket().await.expect("snapshot").await["seat"]["kind"], "patient");
    server.terminate().await;
    assert!(server.exit(Duration::from_secs(30)).await.is_some_and(|status| status.success()));
}

#[tokio::test]
async fn a_misspelt_setting_stops_the_start_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_antesala"));
    command.env_clear().env("ANTESALA_PUBLIC_ULR", "https://hospital.example").current_dir(folder.path());
    let output = command.output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("ANTESALA_PUBLIC_ULR"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was begun");
}
