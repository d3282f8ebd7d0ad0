//! Arguments of calls, and the values behind names.

use std::sync::Arc;

use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;
use perfctl_scan::view::arguments::Argument;
use perfctl_scan::view::code::Code;

use super::node::Node;
use super::refusal::Answer;

impl Node {
    /// The argument of a call at a position, and `given`, `absent` or `hidden`: behind `*args` it may well be handed over.
    pub fn arg_at(&self, position: usize) -> Answer<(Option<Self>, &'static str)> {
        let code = self.code()?;
        let call = self.call(code);
        Ok(match code.positional(call, position) {
            Some(id) => (Some(self.at(id)), "given"),
            None if code.has_spread(call) => (None, "hidden"),
            None => (None, "absent"),
        })
    }

    /// The argument of a call by name, and `given`, `absent` or `hidden`. Options that are handed over as one value are looked into.
    pub fn arg_named(&self, name: &str) -> Answer<(Option<Self>, &'static str)> {
        let code = self.code()?;
        let call = self.call(code);
        let find = |code: &Code, known: &[NodeId]| code.named_beside(call, name, known);
        let repo = self.repo()?;
        let (file, argument) = code.argument_across(&self.file, &repo, name, find);
        // The constructor of a subclass may give what its call does not.
        Ok(match argument {
            Argument::Absent if code.hands_on(&repo, call) => (Some(self.at(call)), "hidden"),
            argument => found((file, argument)),
        })
    }

    /// Every argument of a call, as values.
    pub fn args(&self) -> Answer<Vec<Self>> {
        let code = self.code()?;
        Ok(self.all(code.arguments(self.call(code))))
    }

    /// The value under a key of a dictionary, object or struct literal, or of the one that a name stands for; and `given`, `absent`
    /// or `hidden`.
    pub fn entry(&self, key: &str) -> Answer<(Option<Self>, &'static str)> {
        let find = |code: &Code, known: &[NodeId]| code.entry_beside(self.id, key, 0, known);
        Ok(found(self.code()?.argument_across(
            &self.file,
            &self.repo()?,
            key,
            find,
        )))
    }

    /// The one value that a name was given in this file.
    pub fn value(&self) -> Answer<Option<Self>> {
        Ok(self.code()?.bound_value(self.id).map(|id| self.at(id)))
    }

    /// What defines an imported name or an attribute of an instance, in whatever file: the value of its only assignment, or the
    /// function or class.
    pub fn definition(&self) -> Answer<Option<Self>> {
        let found = self.code()?.definition(&self.repo()?, self.id);
        Ok(found.map(|(file, id)| Self::new(&file, id)))
    }

    /// The position of the parameter that a name is.
    pub fn param_position(&self) -> Answer<Option<usize>> {
        Ok(self.code()?.parameter(self.id).map(|(_, at)| at))
    }
}

fn found((file, argument): (Arc<FileView>, Argument)) -> (Option<Node>, &'static str) {
    match argument {
        Argument::Given(id) => (Some(Node::new(&file, id)), "given"),
        Argument::Hidden(id) => (Some(Node::new(&file, id)), "hidden"),
        Argument::Absent => (None, "absent"),
    }
}
