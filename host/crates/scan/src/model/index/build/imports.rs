//! Rows of imports: statements, and calls of `require` and `import`.

use super::super::ImportRow;
use super::*;

impl Build<'_, '_, '_> {
    pub(super) fn import(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = *tree.node(id);
        let module = self.word(node.atom);
        let function = self.function_around(id);
        let mut type_only = node.flags.has(Flags::TYPE_ONLY);
        let (mut guarded, mut main_only) = (false, false);
        for up in tree.ancestors(id) {
            match tree.node(up).kind {
                Kind::If => {
                    let test = tree.child(up, Role::Test);
                    type_only |= test.is_some_and(|test| tree.text(test) == "TYPE_CHECKING");
                    main_only |= test.is_some_and(|test| {
                        tree.children(test)
                            .any(|side| tree.text(side) == "__name__")
                    });
                }
                Kind::Try => guarded = true,
                _ => {}
            }
        }
        let names: Box<[TextId]> = tree
            .children(id)
            .filter(|child| {
                tree.node(*child).atom != Atom::EMPTY && !tree.node(*child).flags.has(Flags::TOP)
            })
            .map(|child| tree.node(child).atom)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|atom| self.word(atom))
            .collect();
        let star = node.flags.has(Flags::STAR);
        self.index.imports.push(ImportRow {
            node: id,
            module,
            function,
            type_only,
            guarded,
            main_only,
            star,
            names,
        });
    }

    /// `require("m")` and `import("m")`, also of a directory's files by name (`require("./m/" + name)`), with what is taken from the module on the spot: `const {a} = require("m")`.
    pub(super) fn require(&mut self, id: NodeId) {
        let tree = self.tree;
        if !self.evaluator.language().is_javascript() {
            return;
        }
        let (Some(callee), Some(arg)) = (tree.child(id, Role::Callee), tree.child(id, Role::Arg))
        else {
            return;
        };
        let is_import = tree.node(callee).kind == Kind::Name
            && matches!(tree.text(callee), "require" | "import");
        let is_plain = tree.node(arg).kind == Kind::Str;
        let folder = (is_import && !is_plain).then(|| self.evaluator.folder(arg));
        let folder = folder.flatten();
        if !is_import || !is_plain && folder.is_none() {
            return;
        }
        let mut at = tree.node(id).parent;
        if tree.node(at).kind == Kind::Await {
            at = tree.node(at).parent;
        }
        let names: Vec<Atom> = match tree.node(at).kind {
            Kind::Attr => vec![tree.node(at).atom],
            Kind::Assign => match tree.child(at, Role::Target) {
                Some(target) if tree.node(target).kind == Kind::Dict => tree
                    .children(target)
                    .map(|pair| tree.node(pair).atom)
                    .filter(|atom| *atom != Atom::EMPTY)
                    .collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let names = names.into_iter().map(|atom| self.word(atom)).collect();
        let module = match folder {
            Some(pattern) => self.index.texts.push(&pattern),
            None => self.word(tree.node(arg).atom),
        };
        let function = self.function_around(id);
        let guarded = tree.ancestors(id).any(|up| tree.node(up).kind == Kind::Try);
        self.index.imports.push(ImportRow {
            node: id,
            module,
            function,
            guarded,
            names,
            type_only: false,
            main_only: false,
            star: false,
        });
    }
}
