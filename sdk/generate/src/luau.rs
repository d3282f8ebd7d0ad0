//! Reads the stubs for Lua: which names there are, which of them are fields, and which words a text may be.

use anyhow::{Context, Result, bail};

/// A type as the stubs write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lua {
    /// A name: `string`, `Node`, `Reach`.
    Name(String),
    /// One word: `"given"`.
    Literal(String),
    /// `{ T }`
    Array(Box<Lua>),
    /// `{ [K]: V }`
    Map(Box<Lua>, Box<Lua>),
    /// `{ name: T, ... }`
    Table(Vec<Member>),
    /// `A | B`
    Union(Vec<Lua>),
    /// `T?`
    Optional(Box<Lua>),
    /// `(A, B)`; a type in brackets alone is that type.
    Tuple(Vec<Lua>),
    /// `(A, B) -> C`: what it takes and returns is of no interest here.
    Function,
}

impl Lua {
    /// The words of a union of words, or of one word.
    pub fn words(&self) -> Option<Vec<String>> {
        match self {
            Self::Literal(word) => Some(vec![word.clone()]),
            Self::Union(parts) => parts
                .iter()
                .map(|part| match part {
                    Self::Literal(word) => Some(word.clone()),
                    _ => None,
                })
                .collect(),
            _ => None,
        }
    }

    /// What a union of one thing and a list of such things is a list of: `T | { T }`.
    pub fn one_or_several(&self) -> Option<&Lua> {
        match self {
            Self::Union(parts) => match parts.as_slice() {
                [one, Self::Array(several)] if one == &**several => Some(one),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A field or a method of a class, or a field of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// For a method, what it takes beside `self`.
    pub parameters: Option<Vec<(String, Lua)>>,
    /// The field's type, or what the method returns.
    pub is: Lua,
}

/// A class that scripts get objects of.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Fields and methods in order.
    pub members: Vec<Member>,
}

/// A name for a type.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What is said of it.
    pub docs: String,
    /// What it stands for.
    pub is: Lua,
}

/// Everything that the stubs declare.
#[derive(Debug, Clone, Default)]
pub struct Stubs {
    /// `declare extern type`
    pub classes: Vec<Class>,
    /// `export type`
    pub aliases: Vec<Alias>,
}

impl Stubs {
    /// Reads the text of the stubs.
    pub fn read(text: &str) -> Result<Self> {
        let mut reader = Reader {
            tokens: tokens(text)?,
            at: 0,
        };
        let mut stubs = Self::default();
        loop {
            let docs = reader.docs();
            match reader.next() {
                None => return Ok(stubs),
                Some(Token::Word(word)) if word == "export" => {
                    reader.word("type")?;
                    let name = reader.name()?;
                    reader.sign("=")?;
                    let is = reader.type_()?;
                    stubs.aliases.push(Alias { name, docs, is });
                }
                Some(Token::Word(word)) if word == "declare" => {
                    reader.word("extern")?;
                    reader.word("type")?;
                    let name = reader.name()?;
                    reader.word("with")?;
                    let members = reader
                        .members()
                        .with_context(|| format!("in the class `{name}`"))?;
                    stubs.classes.push(Class { name, members });
                }
                Some(other) => bail!("a declaration cannot begin with {other:?}"),
            }
        }
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }

    /// The alias of that name.
    pub fn alias(&self, name: &str) -> Option<&Alias> {
        self.aliases.iter().find(|alias| alias.name == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Docs(String),
    Word(String),
    Text(String),
    Sign(&'static str),
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    const SIGNS: [&str; 13] = [
        "->", "{", "}", "(", ")", "[", "]", ":", ",", "|", "?", "=", ".",
    ];
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut rest = line.trim();
        if rest.is_empty() {
            // A comment with a blank line behind it is about no declaration.
            while matches!(found.last(), Some(Token::Docs(_))) {
                found.pop();
            }
        }
        while !rest.is_empty() {
            if let Some(docs) = rest.strip_prefix("---") {
                found.push(Token::Docs(docs.trim().to_owned()));
                break;
            } else if rest.starts_with("--") {
                break;
            } else if let Some(after) = rest.strip_prefix('"') {
                let (word, behind) = after
                    .split_once('"')
                    .with_context(|| format!("line {}: a text does not end", number + 1))?;
                found.push(Token::Text(word.to_owned()));
                rest = behind;
            } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
                found.push(Token::Sign(sign));
                rest = &rest[sign.len()..];
            } else {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                if end == 0 {
                    bail!("line {}: cannot read `{rest}`", number + 1);
                }
                found.push(Token::Word(rest[..end].to_owned()));
                rest = &rest[end..];
            }
            rest = rest.trim_start();
        }
    }
    Ok(found)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn has(&mut self, sign: &str) -> bool {
        let has = matches!(self.tokens.get(self.at), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(has);
        has
    }

    fn sign(&mut self, sign: &str) -> Result<()> {
        if !self.has(sign) {
            bail!("expected `{sign}`, found {:?}", self.tokens.get(self.at));
        }
        Ok(())
    }

    fn name(&mut self) -> Result<String> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word),
            other => bail!("expected a name, found {other:?}"),
        }
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let found = self.name()?;
        if found != word {
            bail!("expected `{word}`, found `{found}`");
        }
        Ok(())
    }

    fn docs(&mut self) -> String {
        let mut lines = Vec::new();
        while let Some(Token::Docs(line)) = self.tokens.get(self.at) {
            lines.push(line.clone());
            self.at += 1;
        }
        lines.join("\n")
    }

    fn members(&mut self) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        loop {
            self.docs();
            let word = self.name()?;
            members.push(match word.as_str() {
                "end" => return Ok(members),
                "function" => self.method()?,
                _ => {
                    self.sign(":")?;
                    Member {
                        name: word,
                        parameters: None,
                        is: self.type_()?,
                    }
                }
            });
        }
    }

    fn method(&mut self) -> Result<Member> {
        let name = self.name()?;
        self.sign("(")?;
        self.word("self")?;
        let mut parameters = Vec::new();
        while self.has(",") {
            let parameter = self.name()?;
            self.sign(":")?;
            parameters.push((parameter, self.type_()?));
        }
        self.sign(")")?;
        self.sign(":")?;
        Ok(Member {
            name,
            parameters: Some(parameters),
            is: self.type_()?,
        })
    }

    fn type_(&mut self) -> Result<Lua> {
        let mut parts = vec![self.part()?];
        while self.has("|") {
            parts.push(self.part()?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Lua::Union(parts),
        })
    }

    fn part(&mut self) -> Result<Lua> {
        let mut part = match self.next() {
            Some(Token::Word(name)) => Lua::Name(name),
            Some(Token::Text(word)) => Lua::Literal(word),
            Some(Token::Sign("{")) => self.table()?,
            Some(Token::Sign("(")) => self.brackets()?,
            other => bail!("expected a type, found {other:?}"),
        };
        while self.has("?") {
            part = Lua::Optional(Box::new(part));
        }
        Ok(part)
    }

    fn table(&mut self) -> Result<Lua> {
        if self.has("[") {
            let key = self.type_()?;
            self.sign("]")?;
            self.sign(":")?;
            let value = self.type_()?;
            self.sign("}")?;
            return Ok(Lua::Map(Box::new(key), Box::new(value)));
        }
        self.docs();
        let names = matches!(self.tokens.get(self.at), Some(Token::Word(_)))
            && self.tokens.get(self.at + 1) == Some(&Token::Sign(":"));
        if !names {
            let item = self.type_()?;
            self.sign("}")?;
            return Ok(Lua::Array(Box::new(item)));
        }
        let mut members = Vec::new();
        loop {
            self.docs();
            if self.has("}") {
                return Ok(Lua::Table(members));
            }
            let name = self.name()?;
            self.sign(":")?;
            members.push(Member {
                name,
                parameters: None,
                is: self.type_()?,
            });
            if !self.has(",") {
                self.sign("}")?;
                return Ok(Lua::Table(members));
            }
        }
    }

    /// `(A)`, `(A, B)`, or what a function takes: `(name: A) -> B`.
    fn brackets(&mut self) -> Result<Lua> {
        let mut parts = Vec::new();
        while !self.has(")") {
            if self.tokens.get(self.at + 1) == Some(&Token::Sign(":")) {
                self.at += 2;
            }
            parts.push(self.type_()?);
            self.has(",");
        }
        if self.has("->") {
            self.type_()?;
            return Ok(Lua::Function);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Lua::Tuple(parts),
        })
    }
}
