//! What the migrations say about columns, by name; a name used in several tables has the properties of all of them.
//!
//! Never needs a database: it reads `CREATE TABLE`.

use std::collections::HashSet;

use super::token::{Token, tokens};

/// Columns of all tables, by upper-case name.
#[derive(Default)]
pub(crate) struct Schema {
    boolean: HashSet<String>,
    text: HashSet<String>,
    nullable: HashSet<String>,
}

/// One column of a `CREATE TABLE`.
pub(crate) struct Column {
    /// In upper case.
    pub(crate) name: String,
    /// In upper case.
    pub(crate) kind: String,
    is_filled: bool,
}

impl Schema {
    /// Adds the tables of one migration.
    pub(crate) fn read(&mut self, migration: &str) {
        for column in columns(&tokens(migration)) {
            match column.kind.as_str() {
                "BOOLEAN" => self.boolean.insert(column.name.clone()),
                "TEXT" => self.text.insert(column.name.clone()),
                _ => false,
            };
            if !column.is_filled {
                self.nullable.insert(column.name);
            }
        }
    }

    /// Whether a column of that name is `BOOLEAN`.
    pub(crate) fn is_boolean(&self, column: &str) -> bool {
        self.boolean.contains(&column.to_uppercase())
    }

    /// Whether a column of that name is `TEXT`.
    pub(crate) fn is_text(&self, column: &str) -> bool {
        self.text.contains(&column.to_uppercase())
    }

    /// Whether a column of that name may be `NULL`.
    pub(crate) fn may_be_null(&self, column: &str) -> bool {
        self.nullable.contains(&column.to_uppercase())
    }
}

/// The columns that `CREATE TABLE` and `ADD COLUMN` define.
pub(crate) fn columns(tokens: &[Token]) -> Vec<Column> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let word = |offset: usize, word: &str| tokens.get(at + offset).is_some_and(|token| token.is(word));
        if word(0, "CREATE") && word(1, "TABLE") {
            found.extend(definitions(&tokens[at..]).iter().filter_map(|definition| column(definition)));
        } else if word(0, "ADD") && word(1, "COLUMN") {
            let end = tokens[at..].iter().position(|token| token.is_sign(";")).map_or(tokens.len(), |end| at + end);
            found.extend(column(&tokens[at + 2..end]));
        }
    }
    found
}

/// What stands between the outer parentheses, split at its commas.
fn definitions(table: &[Token]) -> Vec<Vec<Token>> {
    let mut found = Vec::new();
    let mut current = Vec::new();
    let mut depth = 0;
    for token in table {
        if token.is_sign("(") {
            depth += 1;
            if depth == 1 {
                continue;
            }
        } else if token.is_sign(")") {
            depth -= 1;
            if depth == 0 {
                break;
            }
        }
        if depth == 1 && token.is_sign(",") {
            found.push(std::mem::take(&mut current));
        } else if depth > 0 {
            current.push(token.clone());
        }
    }
    found.push(current);
    found
}

fn column(definition: &[Token]) -> Option<Column> {
    let (Token::Word(name), Token::Word(kind)) = (definition.first()?, definition.get(1)?) else { return None };
    if ["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT"].contains(&name.as_str()) {
        return None;
    }
    let is_filled = definition.windows(2).any(|pair| pair[1].is("NULL") && pair[0].is("NOT") || pair[0].is("PRIMARY"));
    Some(Column { name: name.clone(), kind: kind.clone(), is_filled })
}
