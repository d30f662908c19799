//! Reads one Rust file as the checker needs it: tokens without comments, strings and test modules, and full paths.
//!
//! Never resolves names as a compiler would; a path that starts at an imported module counts where it was imported.

use std::iter::Peekable;
use std::str::Chars;

/// One file of `src`.
pub(crate) struct Source {
    /// Path below `src`, with `/`: `web/patient/lobby.rs`.
    pub(crate) path: String,
    /// The text as written.
    pub(crate) text: String,
    /// Words and signs that the compiler would build into the binary.
    pub(crate) tokens: Vec<String>,
}

impl Source {
    /// Reads a file's text; `path` is relative to `src`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), tokens: without_test_modules(tokens(text)) }
    }

    /// The module this file is, as segments: `web/patient/mod.rs` is `["web", "patient"]`.
    pub(crate) fn module(&self) -> Vec<String> {
        let mut segments: Vec<String> = self.path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if segments.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            segments.pop();
        }
        segments
    }

    /// Every path into our own crate, without the leading `crate`: `["store", "Store"]`.
    pub(crate) fn own_paths(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for at in 0..self.tokens.len() {
            if at > 0 && self.tokens[at - 1] == "::" {
                continue;
            }
            let Some((base, next)) = self.own_base(at) else { continue };
            expand(&self.tokens, next, &base, &mut found);
        }
        found
    }

    /// Whether a path of the file starts with this library crate.
    pub(crate) fn names_crate(&self, name: &str) -> bool {
        let starts_here = |at: usize| at == 0 || !["::", "."].contains(&self.tokens[at - 1].as_str());
        let leads_on = |at: usize| self.tokens.get(at + 1).is_some_and(|next| next == "::");
        let imported = |at: usize| at > 0 && self.tokens[at - 1] == "use";
        (0..self.tokens.len()).any(|at| self.tokens[at] == name && starts_here(at) && (leads_on(at) || imported(at)))
    }

    /// Whether these tokens stand in the file in a row.
    pub(crate) fn has_sequence(&self, wanted: &[&str]) -> bool {
        self.tokens.windows(wanted.len()).any(|window| window == wanted)
    }

    /// The module a `crate::`, `antesala::` or `super::` at this place leads to, and the token after it.
    fn own_base(&self, at: usize) -> Option<(Vec<String>, usize)> {
        let mut next = at;
        let mut base = match self.tokens[at].as_str() {
            "crate" => Vec::new(),
            "antesala" if self.path == "main.rs" => Vec::new(),
            "super" => {
                let mut module = self.module();
                module.pop();
                module
            }
            _ => return None,
        };
        loop {
            if self.tokens.get(next + 1).is_none_or(|sign| sign != "::") {
                return None;
            }
            next += 2;
            if self.tokens.get(next).is_none_or(|word| word != "super") {
                return Some((base, next));
            }
            base.pop();
        }
    }
}

/// Follows a path or a `{…}` tree from a token on and notes every full path.
fn expand(tokens: &[String], at: usize, base: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let Some(token) = tokens.get(at) else { return at };
    if token != "{" {
        let mut path = base.to_vec();
        path.push(token.clone());
        if tokens.get(at + 1).is_some_and(|sign| sign == "::") {
            return expand(tokens, at + 2, &path, found);
        }
        found.push(path);
        return at + 1;
    }
    let mut next = at + 1;
    while let Some(token) = tokens.get(next) {
        next = match token.as_str() {
            "}" => return next + 1,
            "," => next + 1,
            "as" => next + 2,
            _ => expand(tokens, next, base, found),
        };
    }
    next
}

/// Drops `#[cfg(test)] mod … { … }`: tests may reach for what the code may not.
fn without_test_modules(tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let marked = tokens[at..].iter().zip(MARK).filter(|(token, mark)| token == mark).count() == MARK.len();
        if !marked || tokens.get(at + 9).is_none_or(|sign| sign != "{") {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 1;
        at += 10;
        while at < tokens.len() && depth > 0 {
            depth += match tokens[at].as_str() {
                "{" => 1,
                "}" => -1,
                _ => 0,
            };
            at += 1;
        }
    }
    kept
}

/// Splits a text into words and signs; `::` is one sign, comments and literals are gone.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|next| *next != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => skip_comment(&mut chars),
            '"' => skip_string(&mut chars),
            '\'' => skip_character(&mut chars),
            ':' if chars.next_if_eq(&':').is_some() => tokens.push("::".to_owned()),
            _ if char.is_alphanumeric() || char == '_' => {
                let mut word = String::from(char);
                while let Some(next) = chars.next_if(|next| next.is_alphanumeric() || *next == '_') {
                    word.push(next);
                }
                let raw = ["r", "br", "cr"].contains(&word.as_str()) && matches!(chars.peek(), Some('"' | '#'));
                if raw {
                    skip_raw_string(&mut chars);
                } else {
                    tokens.push(word);
                }
            }
            _ if char.is_whitespace() => {}
            _ => tokens.push(char.to_string()),
        }
    }
    tokens
}

fn skip_comment(chars: &mut Peekable<Chars<'_>>) {
    let mut depth = 1;
    chars.next();
    while depth > 0 {
        match (chars.next(), chars.peek()) {
            (Some('*'), Some('/')) => depth -= 1,
            (Some('/'), Some('*')) => depth += 1,
            (Some(_), _) => continue,
            (None, _) => return,
        }
        chars.next();
    }
}

fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    while let Some(char) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn skip_raw_string(chars: &mut Peekable<Chars<'_>>) {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    if chars.next_if_eq(&'"').is_none() {
        return;
    }
    while let Some(char) = chars.next() {
        if char == '"' && (0..hashes).all(|_| chars.next_if_eq(&'#').is_some()) {
            return;
        }
    }
}

/// `'a'` and `'\n'` are literals, `'a` is a lifetime.
fn skip_character(chars: &mut Peekable<Chars<'_>>) {
    match chars.next() {
        Some('\\') => {
            chars.next();
            while chars.next().is_some_and(|next| next != '\'') {}
        }
        Some(_) if chars.peek() == Some(&'\'') => drop(chars.next()),
        _ => while chars.next_if(|next| next.is_alphanumeric() || *next == '_').is_some() {},
    }
}
