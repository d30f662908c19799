//! What does not survive on both engines, and why.
//!
//! Never complete by nature: whatever once behaved differently is added here.

use super::schema::{Schema, columns};
use super::token::{Token, tokens};

/// The column types both engines share.
const KINDS: [&str; 4] = ["TEXT", "BIGINT", "BOOLEAN", "BYTEA"];

/// Words that only one engine knows, or that each understands in its own way.
const WORDS: [(&str, &str); 31] = [
    ("LIKE", "case differs between the engines: search a folded column"),
    ("ILIKE", "only PostgreSQL: search a folded column"),
    ("GLOB", "only SQLite"),
    ("REGEXP", "only SQLite"),
    ("SIMILAR", "only PostgreSQL"),
    ("LOCKED", "SKIP LOCKED is only PostgreSQL: lease rows instead"),
    ("NOWAIT", "only PostgreSQL"),
    ("SHARE", "only PostgreSQL: guard a row by its rev"),
    ("ANY", "only PostgreSQL"),
    ("NOW", "time is a parameter"),
    ("CURRENT_TIMESTAMP", "time is a parameter"),
    ("CURRENT_DATE", "time is a parameter"),
    ("CURRENT_TIME", "time is a parameter"),
    ("DATETIME", "time is a parameter, in microseconds"),
    ("STRFTIME", "only SQLite"),
    ("JULIANDAY", "only SQLite"),
    ("EXTRACT", "only PostgreSQL: instants are microseconds"),
    ("INTERVAL", "only PostgreSQL: instants are microseconds"),
    ("IFNULL", "only SQLite: COALESCE"),
    ("INSTR", "only SQLite"),
    ("STRPOS", "only PostgreSQL"),
    ("GREATEST", "only PostgreSQL"),
    ("LEAST", "only PostgreSQL"),
    ("RANDOM", "another range on each engine"),
    ("GROUP_CONCAT", "only SQLite"),
    ("STRING_AGG", "only PostgreSQL"),
    ("ARRAY_AGG", "only PostgreSQL"),
    ("ROWID", "only SQLite"),
    ("CTID", "only PostgreSQL"),
    ("PRAGMA", "only SQLite"),
    ("AVG", "another type on each engine: count and sum"),
];

/// Signs that only one engine knows.
const SIGNS: [(&str, &str); 9] = [
    ("::", "a cast only PostgreSQL knows: CAST(… AS …)"),
    ("->", "JSON is never queried into"),
    ("->>", "JSON is never queried into"),
    ("@>", "only PostgreSQL"),
    ("~", "only PostgreSQL"),
    ("!~", "only PostgreSQL"),
    ("?", "a parameter only SQLite knows: $1"),
    ("==", "only SQLite: ="),
    ("\"", "SQLite takes an unknown name in double quotes for a text"),
];

/// Pairs of words.
const PAIRS: [(&str, &str, &str); 9] = [
    ("FOR", "UPDATE", "only PostgreSQL: guard a row by its rev"),
    ("INSERT", "OR", "only SQLite: ON CONFLICT"),
    ("REPLACE", "INTO", "only SQLite: ON CONFLICT"),
    ("DISTINCT", "ON", "only PostgreSQL"),
    ("ALTER", "COLUMN", "only PostgreSQL"),
    ("ADD", "CONSTRAINT", "only PostgreSQL"),
    ("COLUMN", "IF", "only PostgreSQL"),
    ("TABLE", "ONLY", "only PostgreSQL"),
    ("WITHOUT", "ROWID", "only SQLite"),
];

/// Faults of one statement.
pub(crate) fn faults_of_statement(sql: &str, schema: &Schema) -> Vec<String> {
    let tokens = tokens(sql);
    let mut faults = faults_of_both(&tokens);
    faults.extend(parameters_out_of_order(&tokens));
    faults.extend(tokens.windows(3).filter_map(parameter_tested_for_null));
    faults.extend(tokens.windows(3).filter_map(|three| boolean_as_number(three, schema)));
    faults.extend(tokens.windows(3).filter_map(|three| range_over_text(three, schema)));
    faults.extend(nulls_in_unknown_order(&tokens, schema));
    faults.extend(columns_not_listed(&tokens));
    faults
}

/// Faults of a migration.
pub(crate) fn faults_of_migration(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let mut faults = faults_of_both(&tokens);
    for column in columns(&tokens).iter().filter(|column| !KINDS.contains(&column.kind.as_str())) {
        faults.push(format!("{} is {}: the engines share {}", column.name, column.kind, KINDS.join(", ")));
    }
    for word in ["AUTOINCREMENT", "SERIAL", "BIGSERIAL", "IDENTITY", "STRICT", "CONCURRENTLY"] {
        if tokens.iter().any(|token| token.is(word)) {
            faults.push(format!("{word}: only one engine knows it"));
        }
    }
    faults
}

fn faults_of_both(tokens: &[Token]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(word) if word.starts_with("JSON") => faults.push(format!("{word}: JSON is never queried into")),
            Token::Word(word) => {
                let known = WORDS.iter().find(|(known, _)| known == word);
                faults.extend(known.map(|(_, why)| format!("{word}: {why}")));
            }
            Token::Sign(sign) => {
                let known = SIGNS.iter().find(|(known, _)| known == sign);
                faults.extend(known.map(|(_, why)| format!("{sign}: {why}")));
            }
            Token::Parameter(_) | Token::Text => {}
        }
        if token.is("SUM") && !(at >= 2 && tokens[at - 2].is("CAST") && tokens[at - 1].is_sign("(")) {
            faults.push("SUM: numeric on PostgreSQL: CAST(SUM(…) AS BIGINT)".to_owned());
        }
        if (token.is("MAX") || token.is("MIN")) && has_two_arguments(&tokens[at + 1..]) {
            faults.push("MAX or MIN of two values: only SQLite: CASE".to_owned());
        }
    }
    for pair in tokens.windows(2) {
        let known = PAIRS.iter().find(|(first, second, _)| pair[0].is(first) && pair[1].is(second));
        faults.extend(known.map(|(first, second, why)| format!("{first} {second}: {why}")));
    }
    faults.extend(casts_to_other_kinds(tokens));
    faults
}

fn casts_to_other_kinds(tokens: &[Token]) -> Vec<String> {
    let mut faults = Vec::new();
    for at in (0..tokens.len()).filter(|at| tokens[*at].is("CAST")) {
        let inside = &tokens[at..at + 1 + closing(&tokens[at + 1..])];
        let kind = inside.windows(2).rev().find(|pair| pair[0].is("AS")).map(|pair| pair[1].clone());
        if !kind.is_some_and(|kind| KINDS.iter().any(|known| kind.is(known))) {
            faults.push(format!("CAST to another kind than {}", KINDS.join(", ")));
        }
    }
    faults
}

/// Where the parenthesis that opens `tokens` closes.
fn closing(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_sign("(") {
            depth += 1;
        } else if token.is_sign(")") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len()
}

fn has_two_arguments(after: &[Token]) -> bool {
    let mut depth = 0;
    for token in &after[..closing(after)] {
        if token.is_sign("(") {
            depth += 1;
        } else if token.is_sign(")") {
            depth -= 1;
        } else if depth == 1 && token.is_sign(",") {
            return true;
        }
    }
    false
}

/// SQLite numbers `$n` by first use, whatever `n` says.
fn parameters_out_of_order(tokens: &[Token]) -> Option<String> {
    let mut seen = Vec::new();
    for token in tokens {
        if let Token::Parameter(number) = token
            && !seen.contains(number)
        {
            seen.push(*number);
        }
    }
    let due: Vec<usize> = (1..=seen.len()).collect();
    (seen != due).then(|| format!("parameters are first used in the order {seen:?}: SQLite binds them wrongly"))
}

fn parameter_tested_for_null(three: &[Token]) -> Option<String> {
    let tested =
        matches!(three[0], Token::Parameter(_)) && three[1].is("IS") && (three[2].is("NULL") || three[2].is("NOT"));
    tested.then(|| "$n IS NULL: PostgreSQL cannot tell its type: two statements".to_owned())
}

fn boolean_as_number(three: &[Token], schema: &Schema) -> Option<String> {
    let Token::Word(column) = &three[0] else { return None };
    let compares = three[1].is_sign("=") || three[1].is_sign("<>") || three[1].is_sign("!=");
    let number = three[2].is("0") || three[2].is("1");
    (schema.is_boolean(column) && compares && number).then(|| format!("{column} is BOOLEAN: = TRUE, = FALSE"))
}

fn range_over_text(three: &[Token], schema: &Schema) -> Option<String> {
    let Token::Word(column) = &three[0] else { return None };
    let ranges = ["<", ">", "<=", ">="].iter().any(|sign| three[1].is_sign(sign)) || three[1].is("BETWEEN");
    (schema.is_text(column) && ranges)
        .then(|| format!("{column} is TEXT and sorts by each database's own locale: BYTEA"))
}

/// SQLite puts NULLs first, PostgreSQL last.
fn nulls_in_unknown_order(tokens: &[Token], schema: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(start) = tokens.windows(2).rposition(|pair| pair[0].is("ORDER") && pair[1].is("BY")) else {
        return faults;
    };
    let end = tokens[start..].iter().position(|token| token.is("LIMIT")).map_or(tokens.len(), |end| start + end);
    for key in tokens[start + 2..end].split(|token| token.is_sign(",")) {
        let nullable = key.iter().any(|token| matches!(token, Token::Word(word) if schema.may_be_null(word)));
        let told = key.iter().any(|token| token.is("NULLS") || token.is("COALESCE"));
        if nullable && !told {
            faults.push("ORDER BY a column that may be NULL: say NULLS FIRST or NULLS LAST".to_owned());
        }
    }
    faults
}

fn columns_not_listed(tokens: &[Token]) -> Vec<String> {
    let mut faults = Vec::new();
    for three in tokens.windows(3) {
        if three[1].is_sign("*") && (three[0].is("SELECT") || three[0].is_sign(".") || three[0].is("RETURNING")) {
            faults.push("*: list the columns".to_owned());
        }
    }
    for four in tokens.windows(4) {
        if four[0].is("INSERT") && four[1].is("INTO") && !four[3].is_sign("(") {
            faults.push("INSERT: list the columns".to_owned());
        }
    }
    faults
}
