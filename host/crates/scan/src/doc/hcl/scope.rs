//! What `local.x` and `var.x` stand for within one file.

use hcl_edit::expr::{Expression, Object, ObjectKey, TraversalOperator};
use hcl_edit::structure::{Body, Structure};
use rustc_hash::FxHashMap;

use crate::doc::tree::Origin;

/// References followed from one expression.
pub(super) const MAX_HOPS: usize = 8;

/// The locals and variable defaults of a file, with the offset at which the text of each was parsed.
pub(super) struct Scope<'h> {
    locals: FxHashMap<&'h str, (&'h Expression, usize)>,
    defaults: FxHashMap<&'h str, (&'h Expression, usize)>,
}

/// What a reference stands for.
#[derive(Clone, Copy)]
pub(super) struct Target<'h> {
    pub(super) expression: &'h Expression,
    pub(super) shift: usize,
    pub(super) origin: Origin,
}

impl<'h> Scope<'h> {
    /// Collects the top-level `locals` and `variable` blocks of `parts`.
    pub(super) fn collect(parts: &'h [(Body, usize)]) -> Self {
        let mut scope = Self {
            locals: FxHashMap::default(),
            defaults: FxHashMap::default(),
        };
        let blocks = parts.iter().flat_map(|(body, shift)| {
            body.iter()
                .filter_map(Structure::as_block)
                .map(move |block| (block, *shift))
        });
        for (block, shift) in blocks {
            match (block.ident.as_str(), block.labels.first()) {
                ("locals", None) => {
                    for attribute in block.body.attributes() {
                        scope
                            .locals
                            .insert(attribute.key.as_str(), (&attribute.value, shift));
                    }
                }
                ("variable", Some(label)) => {
                    // A default of null says that the caller has to know.
                    if let Some(default) = block.body.get_attribute("default")
                        && !default.value.is_null()
                    {
                        scope
                            .defaults
                            .insert(label.as_str(), (&default.value, shift));
                    }
                }
                _ => {}
            }
        }
        scope
    }

    /// What `expression`, a chain such as `local.x.y["z"]`, stands for; `None` when the file does not tell.
    pub(super) fn resolve(&self, expression: &'h Expression, hops: usize) -> Option<Target<'h>> {
        let Expression::Traversal(traversal) = expression else {
            return None;
        };
        let Expression::Variable(base) = &traversal.expr else {
            return None;
        };
        let (table, origin) = match base.as_str() {
            "local" => (&self.locals, Origin::Local),
            "var" => (&self.defaults, Origin::Default),
            _ => return None,
        };
        let mut steps = traversal.operators.iter().map(|operator| operator.value());
        let (expression, shift) = *table.get(step_name(steps.next()?)?)?;
        let mut target = Target {
            expression,
            shift,
            origin,
        };
        for step in steps {
            target = self.follow(target, hops)?;
            target.expression = match (target.expression, step) {
                (Expression::Object(object), step) => field(object, step_name(step)?)?,
                (Expression::Array(array), TraversalOperator::Index(index)) => {
                    array.get(index.as_number()?.as_u64()? as usize)?
                }
                _ => return None,
            };
        }
        Some(target)
    }

    /// `target`, or what it refers to in turn.
    fn follow(&self, target: Target<'h>, hops: usize) -> Option<Target<'h>> {
        match target.expression {
            Expression::Traversal(_) if hops < MAX_HOPS => {
                self.resolve(target.expression, hops + 1)
            }
            Expression::Traversal(_) => None,
            _ => Some(target),
        }
    }
}

fn step_name(step: &TraversalOperator) -> Option<&str> {
    match step {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        TraversalOperator::Index(index) => index.as_str(),
        _ => None,
    }
}

fn field<'h>(object: &'h Object, name: &str) -> Option<&'h Expression> {
    object
        .iter()
        .find(|(key, _)| key_name(key) == Some(name))
        .map(|(_, value)| value.expr())
}

/// The name of an object's key, if it is written out.
pub(super) fn key_name(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::String(name)) => Some(name.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(_) => None,
    }
}
