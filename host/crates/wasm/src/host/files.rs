//! Files: the file itself, bytes of it, documents, commands.

use perfctl_core::place::ByteSpan;
use perfctl_runtime::api::{Scalar, sql as words};
use perfctl_scan::doc::sql;
use wasmtime::Result;

use super::{State, said};
use crate::bindings::perfctl::plugin::{doc, file, shell_command, span, types};

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn tables(tables: &[sql::Table]) -> Vec<types::SqlTable> {
    let table = |table: &sql::Table| types::SqlTable {
        name: table.name.to_string(),
        kind: words::table_word(table.kind).to_owned(),
        alias: table.alias.as_deref().map(str::to_owned),
    };
    tables.iter().map(table).collect()
}

fn statement(statement: sql::Statement) -> types::SqlStatement {
    let star = |star: sql::Star| types::SqlStar {
        start: star.span.start,
        end: star.span.end,
        qualifier: star.qualifier.as_deref().map(str::to_owned),
    };
    let comparison = |one: &sql::Comparison| types::SqlComparison {
        column: one.column.to_string(),
        operator: words::operator_word(one.operator).to_owned(),
    };
    types::SqlStatement {
        kind: words::kind_word(statement.kind).to_owned(),
        start: statement.span.start,
        end: statement.span.end,
        returning_star: statement.returning_star.is_some(),
        limit: words::presence_word(statement.limit).to_owned(),
        filter: words::presence_word(statement.filter).to_owned(),
        compares: statement.compares.iter().map(comparison).collect(),
        order_by: statement.order_by.iter().map(ToString::to_string).collect(),
        aggregates_only: statement.aggregates_only,
        reads: tables(&statement.reads),
        writes: tables(&statement.writes),
        sources: tables(&statement.sources),
        star: statement.star.map(star),
    }
}

impl file::Host for State {
    fn path(&mut self, this: u32) -> Result<String> {
        Ok(self.file(this)?.path().to_string())
    }

    fn path_below_named(&mut self, this: u32) -> Result<String> {
        Ok(self.file(this)?.path_below_named().to_owned())
    }

    fn language(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.file(this)?.language().map(str::to_owned))
    }

    fn class(&mut self, this: u32) -> Result<String> {
        Ok(self.file(this)?.class().to_owned())
    }

    fn side(&mut self, this: u32) -> Result<String> {
        Ok(self.file(this)?.side().to_owned())
    }

    fn text(&mut self, this: u32) -> Result<String> {
        Ok(self.file(this)?.text().to_owned())
    }

    fn root(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.file(this)?.root();
        Ok(self.things.put_maybe(found)?)
    }

    fn docker(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.file(this)?.docker();
        Ok(self.things.put_maybe(found)?)
    }

    fn documents(&mut self, this: u32) -> Result<Option<Vec<u32>>> {
        let found = self.file(this)?.documents();
        Ok(found.map(|tops| self.things.put_all(tops)).transpose()?)
    }

    fn is_partial(&mut self, this: u32) -> Result<bool> {
        Ok(self.file(this)?.is_partial())
    }

    fn imports(&mut self, this: u32, patterns: Vec<String>) -> Result<Result<bool, String>> {
        let patterns = self.patterns(patterns);
        let file = self.file(this)?;
        said(patterns, |patterns| Ok(file.imports(&patterns)))
    }

    fn sql(&mut self, this: u32, text: String) -> Result<Vec<types::SqlStatement>> {
        let statements = self.file(this)?.sql(&text);
        Ok(statements.into_iter().map(statement).collect())
    }

    fn commands(&mut self, this: u32) -> Result<Option<Vec<u32>>> {
        let bytes = self.file(this)?.text().len();
        self.parse(bytes)?;
        let found = self.file(this)?.commands();
        Ok(found.map(|all| self.things.put_all(all)).transpose()?)
    }

    fn span(&mut self, this: u32, start: u32, end: u32) -> Result<Result<u32, String>> {
        let found = match start <= end {
            true => self.file(this)?.span(ByteSpan::new(start, end)),
            false => {
                return Ok(Err(format!(
                    "a span that ends at {end} cannot begin at {start}"
                )));
            }
        };
        self.one(found)
    }

    fn line_span(&mut self, this: u32, line: u32) -> Result<Result<u32, String>> {
        let found = self.file(this)?.line_span(line);
        self.one(found)
    }
}

impl span::Host for State {
    fn file(&mut self, this: u32) -> Result<u32> {
        let file = self.span(this)?.file();
        Ok(self.things.put(file)?)
    }

    fn source(&mut self, this: u32) -> Result<String> {
        Ok(self.span(this)?.source().to_owned())
    }

    fn line(&mut self, this: u32) -> Result<u32> {
        Ok(self.span(this)?.line())
    }

    fn start(&mut self, this: u32) -> Result<u32> {
        Ok(self.span(this)?.bytes().start)
    }

    fn end(&mut self, this: u32) -> Result<u32> {
        Ok(self.span(this)?.bytes().end)
    }

    fn commands(&mut self, this: u32) -> Result<Vec<u32>> {
        let bytes = self.span(this)?.source().len();
        self.parse(bytes)?;
        let found = self.span(this)?.commands();
        Ok(self.things.put_all(found)?)
    }
}

impl doc::Host for State {
    fn kind(&mut self, this: u32) -> Result<String> {
        Ok(self.doc(this)?.kind()?.to_owned())
    }

    fn key(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.doc(this)?.key()?.map(str::to_owned))
    }

    fn text(&mut self, this: u32) -> Result<String> {
        Ok(self.doc(this)?.text()?.to_owned())
    }

    fn tag(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.doc(this)?.tag()?.map(str::to_owned))
    }

    fn labels(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(owned(self.doc(this)?.labels()?))
    }

    fn line(&mut self, this: u32) -> Result<u32> {
        Ok(self.doc(this)?.line()?)
    }

    fn span(&mut self, this: u32) -> Result<u32> {
        let span = self.doc(this)?.span()?;
        Ok(self.things.put(span)?)
    }

    fn value(&mut self, this: u32) -> Result<types::Literal> {
        let doc = self.doc(this)?;
        Ok(match doc.value()? {
            None if doc.kind()? == "null" => types::Literal::Null,
            None => types::Literal::Unknown,
            Some(Scalar::Number(value)) => types::Literal::Number(value),
            Some(Scalar::Bool(value)) => types::Literal::Boolean(value),
            Some(Scalar::Text(value)) => types::Literal::Text(value.to_owned()),
        })
    }

    fn get(&mut self, this: u32, path: String) -> Result<(Option<u32>, String)> {
        let (found, presence) = self.doc(this)?.get(&path)?;
        Ok((self.things.put_maybe(found)?, presence.to_owned()))
    }

    fn select(&mut self, this: u32, path: String) -> Result<Vec<u32>> {
        let found = self.doc(this)?.select(&path)?;
        Ok(self.things.put_all(found)?)
    }

    fn find_all(&mut self, this: u32, key: String) -> Result<Vec<u32>> {
        let found = self.doc(this)?.find_all(&key)?;
        Ok(self.things.put_all(found)?)
    }

    fn entries(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.doc(this)?.entries()?;
        Ok(self.things.put_all(found)?)
    }

    fn blocks(&mut self, this: u32, keyword: String, labels: Vec<String>) -> Result<Vec<u32>> {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let found = self.doc(this)?.blocks(&keyword, &labels)?;
        Ok(self.things.put_all(found)?)
    }

    fn commands(&mut self, this: u32, program: Option<String>) -> Result<Vec<u32>> {
        let bytes = self.doc(this)?.span()?.source().len();
        self.parse(bytes)?;
        let found = self.doc(this)?.commands(program.as_deref())?;
        Ok(self.things.put_all(found)?)
    }

    fn parent(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.doc(this)?.parent()?;
        Ok(self.things.put_maybe(found)?)
    }
}

impl shell_command::Host for State {
    fn name(&mut self, this: u32) -> Result<String> {
        Ok(self.command(this)?.name()?.to_owned())
    }

    fn program(&mut self, this: u32) -> Result<String> {
        Ok(self.command(this)?.program()?.to_owned())
    }

    fn args(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(owned(self.command(this)?.args()?))
    }

    fn env(&mut self, this: u32) -> Result<Vec<(String, String)>> {
        Ok(self.command(this)?.env()?.to_vec())
    }

    fn is_conditional(&mut self, this: u32) -> Result<bool> {
        Ok(self.command(this)?.is_conditional()?)
    }

    fn span(&mut self, this: u32) -> Result<u32> {
        let span = self.command(this)?.span()?;
        Ok(self.things.put(span)?)
    }

    fn instruction(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.command(this)?.instruction();
        Ok(self.things.put_maybe(found)?)
    }

    fn has(&mut self, this: u32, argument: String) -> Result<bool> {
        Ok(self.command(this)?.has(&argument)?)
    }

    fn arg_at(&mut self, this: u32, at: u32) -> Result<Option<u32>> {
        let found = self.command(this)?.arg_at(at as usize)?;
        Ok(self.things.put_maybe(found)?)
    }

    fn is_known(&mut self, this: u32, at: u32) -> Result<bool> {
        Ok(self.command(this)?.is_known(at as usize)?)
    }
}
