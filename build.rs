//! Rebuilds when a migration is added: the macro that embeds `sql/` only notices changed files.

fn main() {
    println!("cargo:rerun-if-changed=sql");
}
