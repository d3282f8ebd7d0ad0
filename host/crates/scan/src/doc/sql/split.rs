//! A script as its statements.

use super::Dialect;
use super::token::{Lexer, Token, TokenKind};

/// Statements read of one text.
const MAX_STATEMENTS: usize = 5_000;

/// The tokens of each statement in `text`, without the semicolons, and whether there are more than are read.
pub(super) fn statements(text: &str, dialect: Dialect) -> (Vec<Vec<Token>>, bool) {
    let mut lexer = Lexer::new(text, dialect);
    let mut statements = Vec::new();
    let mut current: Vec<Token> = Vec::new();
    let mut blocks = 0_usize;
    loop {
        if current.is_empty() {
            skip_client_command(text, &mut lexer);
        }
        let Some(token) = lexer.next_token() else {
            break;
        };
        let word = || text[token.range()].to_ascii_uppercase();
        let is_end = token.kind == TokenKind::Symbol && &text[token.range()] == ";";
        // T-SQL parts batches with a line that says GO.
        let is_go = token.kind == TokenKind::Word
            && token.end - token.start == 2
            && word() == "GO"
            && is_alone(text, token);
        if (is_end && blocks == 0) || is_go {
            let is_copy = current
                .first()
                .is_some_and(|first| text[first.range()].eq_ignore_ascii_case("copy"))
                && current
                    .iter()
                    .any(|token| text[token.range()].eq_ignore_ascii_case("stdin"));
            if !current.is_empty() {
                statements.push(std::mem::take(&mut current));
            }
            lexer.reset_depth();
            if is_copy {
                skip_copied_rows(text, &mut lexer);
            }
            if statements.len() >= MAX_STATEMENTS {
                let is_cut = lexer.next_token().is_some();
                return (statements, is_cut);
            }
            continue;
        }
        if token.kind == TokenKind::Word && is_routine(text, &current) {
            blocks = match word().as_str() {
                "BEGIN" | "CASE" => blocks + 1,
                "END" => blocks.saturating_sub(1),
                // `END IF` and the like close what was not counted.
                "IF" | "LOOP" | "WHILE" | "REPEAT" | "FOR" if previous_is_end(text, &current) => {
                    blocks + 1
                }
                _ => blocks,
            };
        } else if current.is_empty() {
            blocks = 0;
        }
        current.push(token);
    }
    if !current.is_empty() {
        statements.push(current);
    }
    (statements, false)
}

/// Whether the statement defines something whose body has statements of its own.
fn is_routine(text: &str, tokens: &[Token]) -> bool {
    let mut words = tokens.iter().take(8).map(|token| &text[token.range()]);
    words
        .next()
        .is_some_and(|first| first.eq_ignore_ascii_case("create"))
        && words.any(|word| {
            ["trigger", "procedure", "function"]
                .iter()
                .any(|kind| word.eq_ignore_ascii_case(kind))
        })
}

fn previous_is_end(text: &str, tokens: &[Token]) -> bool {
    tokens
        .last()
        .is_some_and(|token| text[token.range()].eq_ignore_ascii_case("end"))
}

fn is_alone(text: &str, token: Token) -> bool {
    let blank = [' ', '\t', '\r'];
    let before = text[..token.start as usize].trim_end_matches(blank);
    let behind = text[token.end as usize..].trim_start_matches(blank);
    (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with('\n'))
}

/// psql's `\connect` and MySQL's `DELIMITER` lines are for the client.
fn skip_client_command(text: &str, lexer: &mut Lexer<'_>) {
    loop {
        let rest = &text[lexer.at..];
        let line = rest.trim_start();
        let is_command = line.starts_with('\\')
            || line
                .get(..10)
                .is_some_and(|head| head.eq_ignore_ascii_case("delimiter "));
        if !is_command {
            return;
        }
        lexer.at += rest.len() - line.len() + line.find('\n').unwrap_or(line.len());
    }
}

/// The rows behind `COPY ... FROM stdin;` end with `\.` on a line of its own.
fn skip_copied_rows(text: &str, lexer: &mut Lexer<'_>) {
    let rest = &text[lexer.at..];
    lexer.at += rest.find("\n\\.").map_or(rest.len(), |at| at + 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let range =
            |tokens: &Vec<Token>| tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let (statements, _) = statements(text, Dialect::Generic);
        statements
            .iter()
            .map(|tokens| &text[range(tokens)])
            .collect()
    }

    #[test]
    fn semicolons_in_strings_comments_and_bodies_part_nothing() {
        assert_eq!(
            split("a ';' b; -- x;\n /* ; */ c;;\n d $$ ; $$"),
            ["a ';' b", "c", "d $$ ; $$"]
        );
        let trigger = "CREATE TRIGGER t BEGIN IF a THEN x; END IF; CASE 1 END; END";
        assert_eq!(split(&format!("{trigger}; z")), [trigger, "z"]);
        assert_eq!(split("BEGIN; a; END; b"), ["BEGIN", "a", "END", "b"]);
    }

    #[test]
    fn what_is_for_the_client_is_no_statement() {
        assert_eq!(
            split("\\connect x\nDELIMITER //\na;\nGO\nb\nGO\n"),
            ["a", "b"]
        );
        assert_eq!(
            split("COPY t FROM stdin;\n1\tit's;\n\\.\nselect 1"),
            ["COPY t FROM stdin", "select 1"]
        );
    }
}
