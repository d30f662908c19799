//! Keeps the documented settings equal to those the program knows: README's table and the example for servers.
//!
//! Never judges the explanations, only that each setting has its line with the right flag and default.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use antesala::config::{PREFIX, Settings, known_variables};
use clap::Args as _;

const EXAMPLE: &str = "deploy/antesala.env.example";

#[test]
fn every_setting_has_its_row_in_the_readme() {
    let readme = read("README.md");
    for setting in settings() {
        let start = format!("| `{}` | `--{}` |", setting.variable, setting.flag);
        let row = readme.lines().find(|line| line.starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("README.md has no row that starts with {start}"));
        if let Some(default) = setting.default {
            assert!(row.contains(&format!("| `{default}` |")), "README.md: the default is {default}, not as in {row}");
        }
    }
}

#[test]
fn every_setting_has_its_line_in_the_example() {
    let example = read(EXAMPLE);
    for setting in settings() {
        let set = format!("{}=", setting.variable);
        let shown = format!("#{set}");
        let line = example.lines().find(|line| line.starts_with(&set) || line.starts_with(&shown));
        let line = line.unwrap_or_else(|| panic!("{EXAMPLE} has no line for {}", setting.variable));
        if let (Some(value), Some(default)) = (line.strip_prefix(&shown), setting.default) {
            assert_eq!(value, default, "{EXAMPLE}: {shown} should show the default");
        }
    }
}

#[test]
fn no_document_names_a_setting_that_is_gone() {
    let known: BTreeSet<String> = known_variables(&command()).into_iter().collect();
    for document in ["README.md", "docs/operations.md", "deploy/nginx.conf", "deploy/coturn.conf", EXAMPLE] {
        let text = read(document);
        let named = text
            .split(|char: char| !char.is_ascii_uppercase() && !char.is_ascii_digit() && char != '_')
            .filter(|word| word.starts_with(PREFIX) && *word != PREFIX);
        for word in named {
            assert!(known.contains(word), "{document} names {word}, which is no setting");
        }
    }
}

struct Setting {
    variable: String,
    flag: String,
    default: Option<String>,
}

fn settings() -> Vec<Setting> {
    let command = command();
    let described = command.get_arguments().filter_map(|setting| {
        Some(Setting {
            variable: setting.get_env()?.to_string_lossy().into_owned(),
            flag: setting.get_long()?.to_owned(),
            default: setting.get_default_values().first().map(|default| default.to_string_lossy().into_owned()),
        })
    });
    described.collect()
}

fn command() -> clap::Command {
    Settings::augment_args(clap::Command::new("antesala"))
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
