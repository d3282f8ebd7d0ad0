//! Functions that give back an instance of a class that they are handed: `const order = await validate(Order, body)`, `get(Order, id)`.

use smallvec::smallvec;

use super::{Meanings, Value};
use crate::model::index::FunctionRow;
use crate::repo::{CodeFile, FileId, Repo};

/// The class that a function gives instances of: by its position among the parameters of which a caller fills.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Made {
    position: usize,
    is_many: bool,
}

/// What the only thing that a function returns is an instance of, and whether it returns many.
fn returned<'c>(code: &'c CodeFile, row: &FunctionRow) -> Option<(&'c str, bool)> {
    let [text] = row.returns[..] else {
        return None;
    };
    let text = code.text(text);
    match text.strip_suffix("[*]") {
        Some(one) => Some((one.strip_suffix("()")?, true)),
        None => Some((text.strip_suffix("()")?, false)),
    }
}

fn made(code: &CodeFile, row: &FunctionRow) -> Option<Made> {
    if let Some(position) = row.gives_instance_of {
        let is_many = returned(code, row).is_some_and(|(_, is_many)| is_many);
        return Some(Made {
            position: usize::from(position),
            is_many,
        });
    }
    // `def get(cls: type[T]) -> T`, `const make = (Class) => new Class()`.
    let (class, is_many) = returned(code, row)?;
    let skipped = usize::from(row.is_bound && !row.params.is_empty());
    let mut params = row.params.iter().skip(skipped);
    let position = params
        .position(|(_, _, values)| matches!(values[..], [text] if code.text(text) == class))?;
    Some(Made { position, is_many })
}

impl Repo {
    /// What a call of a function gives that is handed `class`, as the file `of` writes it, at a position.
    pub(super) fn instance_given(
        &self,
        (file, function): (FileId, u32),
        (of, class): (FileId, &str),
        position: u8,
        depth: u8,
    ) -> Option<Meanings> {
        let code = self.file(file);
        let made = made(code, &code.index.functions[function as usize])?;
        if made.position != usize::from(position) {
            return None;
        }
        match self.follow(of, class, depth + 1)[..] {
            [Value::Class(file, at)] if made.is_many => {
                Some(smallvec![Value::Collection(file, at)])
            }
            [Value::Class(file, at)] => Some(smallvec![Value::Instance(file, at)]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str =
        "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"orm.Session.get\"]\nkind = \"db\"\n";

    #[test]
    fn a_helper_that_is_handed_a_class_gives_an_instance_of_it() {
        let python = "from typing import TypeVar\nT = TypeVar('T')\ndef load(cls: type[T], id: int) -> T: ...\ndef every(cls: type[T]) -> list[T]: ...\ndef build(cls, **kw): return cls(**kw)\nclass Reader:\n    def one(self, name: str, cls: type[T]) -> T | None: ...\n";
        let app = "from helpers import load, every, build, Reader\nclass Order:\n    def pay(self): ...\n    def send(self): ...\nclass Other:\n    def pay(self): ...\ndef f():\n    load(Order, 1).pay()\n    for o in every(Order): o.pay()\n    build(Order, a=1).pay()\n    Reader().one('x', Order).pay()\n    load(1, Order).send()\n";
        let scratch = Scratch::new(FACTS, &[("helpers.py", python), ("app.py", app)]);
        assert_eq!(scratch.called("app.py", "pay"), ["app.py:Order.pay"; 4]);
        assert!(!scratch.called("app.py", "send").concat().contains("app.py"));
        let ts = "export const validate = async <T>(type: ClassType<T>, body: string): Promise<T> => { return await other(body); };\n\
                  export async function all<T>(type: new () => T): Promise<T[]> { return []; }\nexport const make = (Type) => new Type();\n\
                  export const same = <T>(value: T): T => value;\n";
        let app = "import { validate, all, make, same } from './helpers';\nclass Order { pay() {} send() {} }\n\
                   async function f() { const one = await validate(Order, body); one.pay(); (await all(Order)).forEach((o) => o.pay()); make(Order).pay(); }\n\
                   async function g() { same(Order).send(); }\n";
        let scratch = Scratch::new(FACTS, &[("helpers.ts", ts), ("app.ts", app)]);
        assert_eq!(scratch.called("app.ts", "pay"), ["app.ts:Order.pay"; 3]);
        assert!(!scratch.called("app.ts", "send").concat().contains("app.ts"));
    }
}
