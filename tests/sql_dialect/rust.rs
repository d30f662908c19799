//! Finds SQL in Rust: constants, also those put together by `concat!` and by macros of the same file.
//!
//! Never expands what it does not know: such a constant holds no statement to it, and its pieces count as loose.

use std::collections::HashMap;

/// A constant that holds a statement.
#[derive(Debug)]
pub(crate) struct Constant {
    /// Where it stands.
    pub(crate) file: String,
    /// What it is called.
    pub(crate) name: String,
    /// The statement.
    pub(crate) text: String,
}

const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    Literal(String),
    Sign(char),
}

/// `name!($parameter) => { body }`.
struct Macro {
    parameter: String,
    body: Vec<Piece>,
}

/// The statements of one file.
pub(crate) fn statements(file: &str, source: &str) -> Vec<Constant> {
    let pieces = pieces(source);
    let macros = macros(&pieces);
    let constants =
        constants(&pieces).into_iter().filter_map(|(name, value)| Some((name, evaluate(value, &macros, None)?)));
    constants
        .filter(|(_, text)| is_statement(text))
        .map(|(name, text)| Constant { file: file.to_owned(), name, text })
        .collect()
}

/// Statements that are neither a constant nor a piece of one.
pub(crate) fn loose_statements(file: &str, source: &str) -> Vec<String> {
    let pieces = pieces(source);
    let macros = macros(&pieces);
    let literals = |pieces: &[Piece]| {
        let texts =
            pieces.iter().filter_map(|piece| if let Piece::Literal(text) = piece { Some(text.clone()) } else { None });
        texts.filter(|text| is_statement(text)).collect::<Vec<_>>()
    };
    let mut named: Vec<String> = macros.values().flat_map(|known| literals(&known.body)).collect();
    for (_, value) in constants(&pieces) {
        if evaluate(value, &macros, None).is_some() {
            named.extend(literals(value));
        }
    }
    let loose = literals(&pieces).into_iter().filter(|text| !named.contains(text));
    loose.map(|text| format!("{file}: {text}")).collect()
}

fn is_statement(text: &str) -> bool {
    VERBS.iter().any(|verb| text.trim_start().starts_with(verb))
}

/// `const NAME: &str = value;`
fn constants(pieces: &[Piece]) -> Vec<(String, &[Piece])> {
    let mut found = Vec::new();
    for at in 0..pieces.len() {
        if pieces[at] != Piece::Word("const".to_owned()) {
            continue;
        }
        let Some(Piece::Word(name)) = pieces.get(at + 1) else { continue };
        let Some(equals) = pieces[at..].iter().position(|piece| *piece == Piece::Sign('=')) else { continue };
        let Some(end) = pieces[at..].iter().position(|piece| *piece == Piece::Sign(';')) else { continue };
        if equals < end {
            found.push((name.clone(), &pieces[at + equals + 1..at + end]));
        }
    }
    found
}

/// `macro_rules! name { ($parameter:literal) => { body }; }`
fn macros(pieces: &[Piece]) -> HashMap<String, Macro> {
    let mut found = HashMap::new();
    for at in 0..pieces.len() {
        if pieces[at] != Piece::Word("macro_rules".to_owned()) {
            continue;
        }
        let Some(Piece::Word(name)) = pieces.get(at + 2) else { continue };
        let rule = &pieces[at + 3..at + 3 + group_length(&pieces[at + 3..])];
        let parameter = rule.windows(2).find_map(|pair| match pair {
            [Piece::Sign('$'), Piece::Word(parameter)] => Some(parameter.clone()),
            _ => None,
        });
        let Some(arrow) = rule.windows(2).position(|pair| pair == [Piece::Sign('='), Piece::Sign('>')]) else {
            continue;
        };
        let body = &rule[arrow + 2..];
        let body = body[1..group_length(body) - 1].to_vec();
        found.insert(name.clone(), Macro { parameter: parameter.unwrap_or_default(), body });
    }
    found
}

fn evaluate(value: &[Piece], macros: &HashMap<String, Macro>, given: Option<(&str, &str)>) -> Option<String> {
    match value {
        [Piece::Literal(text)] => Some(text.clone()),
        [Piece::Sign('$'), Piece::Word(parameter)] => {
            given.filter(|(name, _)| name == parameter).map(|(_, text)| text.to_owned())
        }
        [Piece::Word(name), Piece::Sign('!'), Piece::Sign('('), inside @ .., Piece::Sign(')')] if name == "concat" => {
            let parts = arguments(inside).into_iter().filter(|argument| !argument.is_empty());
            parts.map(|part| evaluate(part, macros, given)).collect::<Option<Vec<_>>>().map(|parts| parts.concat())
        }
        [Piece::Word(name), Piece::Sign('!'), Piece::Sign('('), inside @ .., Piece::Sign(')')] => {
            let known = macros.get(name)?;
            let argument = if inside.is_empty() { String::new() } else { evaluate(inside, macros, given)? };
            evaluate(&known.body, macros, Some((&known.parameter, &argument)))
        }
        _ => None,
    }
}

/// Splits at commas outside parentheses.
fn arguments(inside: &[Piece]) -> Vec<&[Piece]> {
    let mut depth = 0;
    inside
        .split(|piece| {
            match piece {
                Piece::Sign('(') => depth += 1,
                Piece::Sign(')') => depth -= 1,
                _ => {}
            }
            depth == 0 && *piece == Piece::Sign(',')
        })
        .collect()
}

/// How long the bracketed group is that `pieces` begin with.
fn group_length(pieces: &[Piece]) -> usize {
    let mut depth = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Sign('(' | '{' | '[') => depth += 1,
            Piece::Sign(')' | '}' | ']') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    pieces.len()
}

fn pieces(source: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            let (text, length) = literal(rest);
            found.push(Piece::Literal(text));
            length
        } else if let Some(length) = character_length(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            found.push(Piece::Word(rest[..length].to_owned()));
            length
        } else {
            if !first.is_whitespace() {
                found.push(Piece::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// `'x'` or `'\n'`, but not the `'a` of a lifetime.
fn character_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let quote = if inside.starts_with('\\') { inside[2..].find('\'')? + 2 } else { inside.chars().next()?.len_utf8() };
    inside[quote..].starts_with('\'').then_some(quote + 2)
}

/// The text of the literal that `rest` begins with, and its length in the source.
fn literal(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, at + 1),
            '\\' => match letters.next() {
                Some((_, '\n')) => while letters.next_if(|(_, letter)| letter.is_whitespace()).is_some() {},
                Some((_, 'n')) => text.push('\n'),
                Some((_, escaped)) => text.push(escaped),
                None => {}
            },
            other => text.push(other),
        }
    }
    (text, rest.len())
}
