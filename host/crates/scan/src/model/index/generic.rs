//! Type parameters: which parameter of a function names the class that it gives an instance of.

use super::Values;
use super::build::Build;
use crate::tree::{Kind, NodeId, Role};

impl Build<'_, '_, '_> {
    /// The parameter of `function` whose type has the type parameter in it that is returned: `<T>(type: ClassType<T>): Promise<T>`. One that
    /// is of that type itself is handed the instance. What Python declares so is told by what the parameter holds.
    pub(super) fn gives_instance_of(&self, function: NodeId, returns: &Values) -> Option<u8> {
        let [text] = returns[..] else {
            return None;
        };
        if !self.evaluator.language().is_javascript() {
            return None;
        }
        let name = self.index.texts.get(text).strip_prefix("builtins|")?;
        let name = &name[..name.find("()")?];
        let tree = self.tree;
        let params = tree
            .children(function)
            .filter(|child| tree.node(*child).role == Role::Param);
        let position = params
            .map(|param| tree.child(param, Role::Type))
            .position(|kind| {
                kind.is_some_and(|kind| {
                    tree.node(kind).kind != Kind::Name
                        && tree.descendants(kind).any(|inner| {
                            tree.node(inner).kind == Kind::Name && tree.text(inner) == name
                        })
                })
            });
        u8::try_from(position?).ok()
    }
}
