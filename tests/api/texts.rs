//! The hospital's own texts: tried, kept, shown on the Messages page, and given back.

use antesala::domain::message::Template;
use antesala::domain::person::Language;
use serde_json::Value;

use crate::app::{TestApp, on_each};
use crate::browser::{Answer, Browser};
use crate::hospital::REPORT;

const COME: &str = "/settings/texts/come_now/es";
const LINK: &str = "/settings/texts/link/es";

async fn admin(app: &TestApp) -> Browser {
    app.sign_in(&app.hospital.admin).await
}

/// What the page's script is told.
async fn tried(admin: &Browser, path: &str, text: &str) -> Value {
    let answer = admin.post(path, &[("text", text), ("preview", "1")]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

async fn save(admin: &Browser, path: &str, text: &str, seen: &str) -> Answer {
    admin.post(path, &[("text", text), ("seen", seen)]).await
}

#[tokio::test]
async fn an_own_text_is_what_families_read_from_then_on_until_it_is_given_back() {
    on_each(async |app| {
        let admin = admin(app).await;
        let visit = app.book(REPORT).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let page = async || clerk.get("/messages").await.body;
        assert!(page().await.contains("Hospital San Telmo: videollamada a las 09:00"));

        let own = "{hospital}: {service} a las {time}. Entre con {link}";
        let kept = save(&admin, LINK, own, "").await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        assert!(
            page().await.contains("Hospital San Telmo: informe médico por video a las 09:00. Entre con <a href=\"http")
        );
        let form = admin.get(LINK).await.body;
        assert!(form.contains(&format!(">{own}</textarea>")), "{form}");
        assert!(admin.get("/settings/texts").await.body.contains(">Propio<"));

        let given_back = admin.post(&format!("{LINK}/removal"), &[("seen", own)]).await;
        assert_eq!(given_back.status, 200, "{}", given_back.body);
        assert!(page().await.contains("Hospital San Telmo: videollamada a las 09:00"));
        assert!(!admin.get("/settings/texts").await.body.contains(">Propio<"));
        drop(visit);
    })
    .await;
}

#[tokio::test]
async fn a_text_is_tried_before_it_is_kept_with_the_longest_it_could_say() {
    on_each(async |app| {
        let admin = admin(app).await;
        let short = tried(&admin, COME, "{hospital}: pase. {link}").await;
        assert!(short["example"].as_str().unwrap().starts_with("Hospital San Telmo: pase. http"), "{short}");
        assert!(short["count"].as_str().unwrap().contains("de 160"), "{short}");
        assert_eq!(short["problem"], Value::Null);

        // Each letter counts; one that GSM-7 cannot write leaves seventy.
        let used = |tried: &Value| {
            let count = tried["count"].as_str().unwrap().to_owned();
            let numbers: Vec<usize> =
                count.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
            (numbers[0], numbers[1])
        };
        let (base, limit) = used(&short);
        let full = format!("{{hospital}}: pase{}. {{link}}", "a".repeat(limit - base));
        assert_eq!(used(&tried(&admin, COME, &full).await), (160, 160));
        assert_eq!(save(&admin, COME, &full, "").await.status, 200);
        let over = tried(&admin, COME, &full.replacen("pase", "pase más", 1)).await;
        assert_eq!(over["problem"], "Es demasiado largo: quite 4 letras para que cueste un solo mensaje.");
        let wave = tried(&admin, COME, "{hospital}: pase 👋 {link}").await;
        assert_eq!(used(&wave).1, 70, "{wave}");
        assert!(wave["problem"].as_str().unwrap().contains("demasiado largo"), "{wave}");

        // Trying keeps nothing.
        assert!(admin.get(COME).await.body.contains(&full));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_beside_the_field_and_stays_typed() {
    on_each(async |app| {
        let admin = admin(app).await;
        for (text, sentence) in [
            ("", "Escriba un texto."),
            ("{hospital}: pase.", "Falta {link}. Sin ese dato el mensaje no sirve."),
            ("{hospital}: pase, {nombre} {link}", "No existe el dato {nombre}. Use uno de la lista."),
            ("{hospital}: pase a las {time} {link}", "El dato {time} no sirve en este mensaje. Quítelo."),
            ("{hospital}: pase {link", "Falta una llave."),
            ("{hospital}: pase {link}.", "Deje un espacio antes y después de {link}"),
        ] {
            let refused = save(&admin, COME, text, "").await;
            assert_eq!(refused.status, 422, "{text}");
            assert!(refused.json()["fields"]["text"].as_str().unwrap().contains(sentence), "{}", refused.body);
            let page = admin.post_page(COME, &[("text", text), ("seen", "")]).await;
            assert_eq!(page.status, 422, "{text}");
            assert!(page.body.contains("<title>Error: "), "{text}");
            assert!(page.body.contains(&format!(">{text}</textarea>")), "what was typed stays: {text}");
        }
        let preview = admin.post_page(COME, &[("text", "{hospital}: ya. {link}"), ("preview", "1")]).await;
        assert!(preview.status == 200 && preview.body.contains("Hospital San Telmo: ya. http"), "without scripts");
        assert!(preview.body.contains(">{hospital}: ya. {link}</textarea>"));
        assert!(!admin.get("/settings/texts").await.body.contains(">Propio<"));
        for path in ["/settings/texts/come_now/fr", "/settings/texts/hello/es"] {
            assert_eq!(admin.get(path).await.status, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_another_admin_wrote_meanwhile_is_shown_before_it_is_overwritten() {
    on_each(async |app| {
        let [one, other] = [admin(app).await, admin(app).await];
        let (theirs, mine) = ("{hospital}: adelante. {link}", "{hospital}: pase. {link}");
        assert_eq!(save(&one, COME, theirs, "").await.status, 200);
        let refused = save(&other, COME, mine, "").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("adelante"), "{}", refused.body);
        let given_back = other.post(&format!("{COME}/removal"), &[("seen", mine)]).await;
        assert_eq!(given_back.status, 422, "not what they saw");
        assert_eq!(save(&other, COME, mine, theirs).await.status, 200, "seen by now");
        assert!(one.get(COME).await.body.contains(mine));
        // Another text of the same moment is nobody's business.
        assert_eq!(save(&one, LINK, "{hospital}: entre. {link}", "").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn every_text_of_ours_can_be_opened_and_kept_as_it_is() {
    on_each(async |app| {
        let admin = admin(app).await;
        for template in Template::ALL {
            for language in Language::ALL {
                let path = format!("/settings/texts/{template}/{language}");
                let page = admin.get(&path).await.body;
                let ours = page.split_once("</textarea>").unwrap().0.rsplit_once('>').unwrap().1.replace("&amp;", "&");
                assert_eq!(tried(&admin, &path, &ours).await["problem"], Value::Null, "{path}: {ours}");
                assert_eq!(save(&admin, &path, &ours, "").await.status, 200, "{path}");
            }
        }
        assert!(!admin.get("/settings/texts").await.body.contains(">Propio<"), "ours stay ours");
    })
    .await;
}
