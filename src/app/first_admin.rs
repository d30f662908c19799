//! The link by which the first admin of a new hospital is created.

use crate::auth::setup;
use crate::store::StoreError;
use crate::web::site::Site;

/// A fresh link, as long as nobody works here; earlier ones die.
pub(super) async fn link(site: &Site) -> Result<Option<String>, StoreError> {
    let token = setup::issue(&site.store, site.clock.now()).await?;
    Ok(token.map(|token| format!("{}/set-up/{}", site.public_url.origin(), token.to_text())))
}
