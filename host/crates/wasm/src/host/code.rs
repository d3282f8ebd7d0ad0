//! Code: nodes, loops, functions.

use perfctl_runtime::api::{self, words};
use perfctl_scan::view::arguments::Literal as Known;
use wasmtime::Result;

use super::{State, said};
use crate::bindings::perfctl::plugin::{func, loop_, node, types};

fn literal(value: Option<Known>) -> types::Literal {
    match value {
        None => types::Literal::Unknown,
        Some(Known::Null) => types::Literal::Null,
        Some(Known::Bool(value)) => types::Literal::Boolean(value),
        Some(Known::Number(value)) => types::Literal::Number(value),
        Some(Known::Text(value)) => types::Literal::Text(value),
    }
}

fn owned(words: Vec<&'static str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn stops(route: Vec<api::Stop>) -> Vec<types::Stop> {
    let stop = |stop: api::Stop| types::Stop {
        path: stop.path.to_string(),
        symbol: stop.symbol,
    };
    route.into_iter().map(stop).collect()
}

impl State {
    fn hops(&mut self, hops: Vec<api::Hop>) -> Result<Vec<types::Hop>> {
        hops.into_iter()
            .map(|hop| {
                Ok(types::Hop {
                    path: hop.path.to_string(),
                    symbol: hop.symbol,
                    callee: hop.callee,
                    node: self.things.put_maybe(hop.node)?,
                })
            })
            .collect()
    }
}

impl types::Host for State {}

impl node::Host for State {
    fn kind(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.kind()?.to_owned())
    }

    fn text(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.text()?.to_owned())
    }

    fn source(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.source()?.to_owned())
    }

    fn line(&mut self, this: u32) -> Result<u32> {
        Ok(self.node(this)?.line()?)
    }

    fn last_line(&mut self, this: u32) -> Result<u32> {
        Ok(self.node(this)?.last_line()?)
    }

    fn name(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.name()?.to_owned())
    }

    fn id(&mut self, this: u32) -> Result<u32> {
        Ok(self.node(this)?.id.0)
    }

    fn file(&mut self, this: u32) -> Result<u32> {
        let file = self.node(this)?.file();
        Ok(self.things.put(file)?)
    }

    fn has(&mut self, this: u32, flag: String) -> Result<Result<bool, String>> {
        let node = self.node(this)?;
        said(words::flag_of(&flag), |flag| node.has(flag))
    }

    fn parent(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.parent()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn child(&mut self, this: u32, role: String) -> Result<Result<Option<u32>, String>> {
        let node = self.node(this)?;
        let found = said(words::role_of(&role), |role| node.child(role))?;
        self.maybe(found)
    }

    fn children(&mut self, this: u32, role: Option<String>) -> Result<Result<Vec<u32>, String>> {
        let node = self.node(this)?;
        let role = role.as_deref().map(words::role_of).transpose();
        let found = said(role, |role| node.children(role))?;
        self.each(found)
    }

    fn descendants(
        &mut self,
        this: u32,
        kinds: Vec<String>,
        names: Option<Vec<String>>,
    ) -> Result<Vec<u32>> {
        let found = self.node(this)?.descendants(&kinds, names.as_deref())?;
        Ok(self.things.put_all(found)?)
    }

    fn enclosing(&mut self, this: u32, kinds: Vec<String>) -> Result<Option<u32>> {
        let found = self.node(this)?.enclosing(&kinds)?;
        Ok(self.things.put_maybe(found)?)
    }

    fn is_within(&mut self, this: u32, other: u32) -> Result<bool> {
        Ok(self.node(this)?.is_within(self.things.node(other)?)?)
    }

    fn same(&mut self, this: u32, other: u32) -> Result<bool> {
        Ok(self.node(this)?.same(self.things.node(other)?))
    }

    fn role(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.role()?)
    }

    fn statement(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.statement()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn next_statement(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.next_statement()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn reads_from(&mut self, this: u32, other: u32) -> Result<bool> {
        Ok(self.node(this)?.reads_from(self.things.node(other)?)?)
    }

    fn bytes(&mut self, this: u32) -> Result<(u32, u32)> {
        let span = self.node(this)?.span()?;
        Ok((span.start, span.end))
    }

    fn target(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(self.node(this)?.target()?)
    }

    fn origin(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(self.node(this)?.origin()?)
    }

    fn sort(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.sort()?.to_owned())
    }

    fn is(&mut self, this: u32, patterns: Vec<String>) -> Result<Result<bool, String>> {
        let patterns = self.patterns(patterns);
        let node = self.node(this)?;
        said(patterns, |patterns| node.is(&patterns))
    }

    fn comes_from(&mut self, this: u32, patterns: Vec<String>) -> Result<Result<bool, String>> {
        let patterns = self.patterns(patterns);
        let node = self.node(this)?;
        said(patterns, |patterns| node.comes_from(&patterns))
    }

    fn fact(&mut self, this: u32, key: String) -> Result<Option<String>> {
        Ok(self.node(this)?.fact(&key)?)
    }

    fn receiver(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.receiver()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn effects(&mut self, this: u32) -> Result<(Vec<String>, Vec<String>)> {
        let (all, blocking) = self.node(this)?.effects()?;
        Ok((owned(all), owned(blocking)))
    }

    fn chain(
        &mut self,
        this: u32,
        effects: Vec<String>,
        blocking: bool,
    ) -> Result<Result<Vec<types::Hop>, String>> {
        let node = self.node(this)?;
        let found = said(words::mask_of(&effects), |mask| node.chain(mask, blocking))?;
        found
            .map(|hops| self.hops(hops))
            .map_or_else(|message| Ok(Err(message)), |hops| hops.map(Ok))
    }

    fn from_loop(&mut self, this: u32) -> Result<Option<Vec<types::Hop>>> {
        let found = self.node(this)?.from_loop()?;
        found.map(|hops| self.hops(hops)).transpose()
    }

    fn callees(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.node(this)?.callees()?;
        Ok(self.things.put_all(found)?)
    }

    fn literal(&mut self, this: u32) -> Result<types::Literal> {
        Ok(literal(self.node(this)?.literal()?))
    }

    fn joined(&mut self, this: u32) -> Result<Option<String>> {
        Ok(self.node(this)?.joined()?)
    }

    fn arg(&mut self, this: u32, key: types::Argument) -> Result<(Option<u32>, String)> {
        let node = self.node(this)?;
        let (found, presence) = match key {
            types::Argument::Name(name) => node.arg_named(&name)?,
            types::Argument::Position(at) => node.arg_at(at as usize)?,
        };
        Ok((self.things.put_maybe(found)?, presence.to_owned()))
    }

    fn args(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.node(this)?.args()?;
        Ok(self.things.put_all(found)?)
    }

    fn entry(&mut self, this: u32, key: String) -> Result<(Option<u32>, String)> {
        let (found, presence) = self.node(this)?.entry(&key)?;
        Ok((self.things.put_maybe(found)?, presence.to_owned()))
    }

    fn value(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.value()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn definition(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.definition()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn param_position(&mut self, this: u32) -> Result<Option<u32>> {
        Ok(self.node(this)?.param_position()?.map(|at| at as u32))
    }

    fn loops(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.node(this)?.loops()?;
        Ok(self.things.put_all(found)?)
    }

    fn func(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.node(this)?.func()?;
        Ok(self.things.put_maybe(found)?)
    }

    fn reach(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.reach()?.to_owned())
    }

    fn symbol(&mut self, this: u32) -> Result<String> {
        Ok(self.node(this)?.symbol()?)
    }

    fn route(&mut self, this: u32) -> Result<Vec<types::Stop>> {
        Ok(stops(self.node(this)?.route()?))
    }

    fn is_awaited(&mut self, this: u32) -> Result<bool> {
        Ok(self.node(this)?.is_awaited()?)
    }

    fn argument_of(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.node(this)?.argument_of()?;
        Ok(self.things.put_all(found)?)
    }

    fn chained(&mut self, this: u32) -> Result<(Vec<u32>, Vec<u32>)> {
        let (after, before) = self.node(this)?.chained()?;
        Ok((self.things.put_all(after)?, self.things.put_all(before)?))
    }

    fn aliases(
        &mut self,
        this: u32,
        within: Option<u32>,
    ) -> Result<Result<Option<Vec<u32>>, String>> {
        let node = self.node(this)?;
        let within = within.map(|within| self.things.node(within)).transpose()?;
        match node.aliases(within) {
            Ok(found) => {
                let all = found.map(|nodes| self.things.put_all(nodes)).transpose()?;
                Ok(Ok(all))
            }
            Err(refusal) => Ok(Err(refusal.to_string())),
        }
    }

    fn uses(&mut self, this: u32, within: Option<u32>) -> Result<Result<Vec<types::Use>, String>> {
        let node = self.node(this)?;
        let within = within.map(|within| self.things.node(within)).transpose()?;
        let found = match node.uses(within) {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal.to_string())),
        };
        let mut all = Vec::with_capacity(found.len());
        for one in found {
            all.push(types::Use {
                node: self.things.put(one.node)?,
                top: self.things.put(one.top)?,
                calls: self.things.put_all(one.calls)?,
            });
        }
        Ok(Ok(all))
    }
}

impl loop_::Host for State {
    fn kind(&mut self, this: u32) -> Result<String> {
        Ok(self.around(this)?.kind().to_owned())
    }

    fn node(&mut self, this: u32) -> Result<u32> {
        let node = self.around(this)?.node();
        Ok(self.things.put(node)?)
    }

    fn iter(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.around(this)?.iter();
        Ok(self.things.put_maybe(found)?)
    }

    fn carries(&mut self, this: u32, node: u32) -> Result<bool> {
        Ok(self.around(this)?.carries(self.things.node(node)?)?)
    }
}

impl func::Host for State {
    fn node(&mut self, this: u32) -> Result<u32> {
        let node = self.func(this)?.node.clone();
        Ok(self.things.put(node)?)
    }

    fn name(&mut self, this: u32) -> Result<String> {
        Ok(self.func(this)?.name()?.to_owned())
    }

    fn is_async(&mut self, this: u32) -> Result<bool> {
        Ok(self.func(this)?.is_async()?)
    }

    fn is_generator(&mut self, this: u32) -> Result<bool> {
        Ok(self.func(this)?.is_generator()?)
    }

    fn is_lambda(&mut self, this: u32) -> Result<bool> {
        Ok(self.func(this)?.is_lambda()?)
    }

    fn reach(&mut self, this: u32) -> Result<String> {
        Ok(self.func(this)?.reach()?.to_owned())
    }

    fn params(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.func(this)?.params()?;
        Ok(self.things.put_all(found)?)
    }

    fn decorators(&mut self, this: u32) -> Result<Vec<String>> {
        Ok(self.func(this)?.decorators()?)
    }

    fn effects(&mut self, this: u32) -> Result<(Vec<String>, Vec<String>)> {
        let (all, blocking) = self.func(this)?.effects()?;
        Ok((owned(all), owned(blocking)))
    }

    fn calls(&mut self, this: u32, patterns: Vec<String>) -> Result<Result<Option<u32>, String>> {
        let patterns = self.patterns(patterns);
        let func = self.func(this)?;
        let found = said(patterns, |patterns| func.calls(&patterns))?;
        self.maybe(found)
    }

    fn callers(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.func(this)?.callers()?;
        Ok(self.things.put_all(found)?)
    }

    fn registrations(&mut self, this: u32) -> Result<Vec<u32>> {
        let found = self.func(this)?.registrations()?;
        Ok(self.things.put_all(found)?)
    }

    fn route(&mut self, this: u32) -> Result<Vec<types::Stop>> {
        Ok(stops(self.func(this)?.route()?))
    }
}
