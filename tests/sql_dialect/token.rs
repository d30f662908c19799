//! SQL as a row of tokens.
//!
//! Never judges; keywords and names come out in upper case, comments not at all.

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A keyword, a name or a number, in upper case.
    Word(String),
    /// `$3`.
    Parameter(usize),
    /// `'text'`.
    Text,
    /// Anything else; operators of several characters are one sign.
    Sign(String),
}

const LONG_SIGNS: [&str; 11] = ["->>", "->", "::", "<=", ">=", "<>", "!=", "||", "!~", "@>", "=="];

impl Token {
    /// Whether this is that keyword or name.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }

    /// Whether this is that sign.
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(own) if own == sign)
    }
}

/// Splits a statement, or several.
pub(crate) fn tokens(sql: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '\'' {
            found.push(Token::Text);
            text_length(rest)
        } else if first == '$' {
            let digits = run_length(&rest[1..], |letter| letter.is_ascii_digit());
            found.push(Token::Parameter(rest[1..=digits].parse().unwrap_or(0)));
            1 + digits
        } else if first.is_alphanumeric() || first == '_' {
            let length = run_length(rest, |letter| letter.is_alphanumeric() || letter == '_');
            found.push(Token::Word(rest[..length].to_uppercase()));
            length
        } else {
            let sign =
                LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len());
            found.push(Token::Sign(rest[..sign].to_owned()));
            sign
        };
        rest = &rest[length..];
    }
    found
}

fn run_length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// `''` inside stands for one quote.
fn text_length(rest: &str) -> usize {
    let mut at = 1;
    while let Some(end) = rest[at..].find('\'') {
        at += end + 1;
        if !rest[at..].starts_with('\'') {
            return at;
        }
        at += 1;
    }
    rest.len()
}
