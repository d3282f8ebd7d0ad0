//! Instances that libraries make of the repository's classes: the rows of a query that begins at a model are instances of the model, and
//! what `with` binds is what the class's own method gives.

use smallvec::{SmallVec, smallvec};

use super::steps::{Step, Steps};
use super::{DEEPEST, MOST_ALTERNATIVES, Meanings, Value, tables};
use crate::repo::{FileId, Repo};

/// A value, and what of the repository its way into a library began at, or of which it is a method.
type Begun = (Value, Option<tables::Begun>);

/// What a method gives that is annotated with `Self`, or with a list of it: instances of the class that it was asked of, which need not be the one
/// that declares it.
fn own(given: &Value, (file, class): (FileId, u32)) -> Option<Value> {
    let Value::Library(path) = given else {
        return None;
    };
    let path = path
        .strip_prefix("typing.Self()")
        .or_else(|| path.strip_prefix("typing_extensions.Self()"))?;
    match path {
        "" => Some(Value::Instance(file, class)),
        "[*]" => Some(Value::Collection(file, class)),
        _ => None,
    }
}

/// The same for all of `given`.
pub(super) fn own_all(given: &mut Meanings, class: (FileId, u32)) {
    for value in given {
        if let Some(own) = own(value, class) {
            *value = own;
        }
    }
}

/// How many classes one inherits from are asked.
const MOST_ABOVE: usize = 16;

impl Repo {
    /// What the links `rest` lead to from `all`.
    pub(super) fn steps(&self, of: FileId, all: Meanings, rest: &str, depth: u8) -> Meanings {
        // What is loaded by a name made at run time may be very many things, and each has its own of what is asked.
        let mut most = all.len().max(MOST_ALTERNATIVES);
        let mut all: SmallVec<[Begun; 2]> = all.into_iter().map(|value| (value, None)).collect();
        for step in Steps(rest) {
            let (step, class) = match step {
                Step::CallOf(class, at) => (Step::Call(None), Some((class, at))),
                step => (step, None),
            };
            let mut next: SmallVec<[Begun; 2]> = SmallVec::new();
            for (value, begun_at) in &all {
                let given = match (value, step, begun_at) {
                    (
                        Value::Library(path),
                        Step::Attr(name),
                        Some(tables::Begun::Class(file, class)),
                    ) => {
                        let row = self.method_of_row((*file, *class), path, name, depth);
                        row.map(|row| smallvec![row])
                    }
                    (Value::Function(file, at), ..) => class.and_then(|(class, position)| {
                        self.instance_given((*file, *at), (of, class), position, depth)
                    }),
                    (Value::Library(path), step, Some(begun)) => {
                        self.of_table(*begun, path, step, depth)
                    }
                    _ => None,
                };
                let found = given.unwrap_or_else(|| self.step(value, step, depth));
                most = most.max(tables::most(&found));
                let called_on = match value {
                    Value::Function(file, at) => begun_at
                        .and_then(tables::Begun::class)
                        .or_else(|| self.class_of_method(*file, *at)),
                    _ => None,
                };
                let begun_at = tables::Begun::at(value, *begun_at);
                for found in found {
                    let found = called_on
                        .and_then(|class| own(&found, class))
                        .unwrap_or(found);
                    let is_followed = matches!(found, Value::Library(_) | Value::Function(..));
                    let begun_at = begun_at.filter(|_| is_followed);
                    if !next.contains(&(found.clone(), begun_at)) {
                        next.push((found, begun_at));
                    }
                }
            }
            if next.len() > most {
                let mut seen = Meanings::new();
                next.retain(|(value, begun_at)| {
                    let is_new = !seen.contains(value);
                    if is_new {
                        seen.push(value.clone());
                    }
                    // Of so many classes nobody can say whose method it is.
                    *begun_at = None;
                    is_new
                });
            }
            if next.len() > 1 {
                next.retain(|(value, _)| *value != Value::Unknown);
            }
            if next.len() > most || next.is_empty() {
                return smallvec![Value::Unknown];
            }
            if let [(Value::Unknown, _)] = next.as_slice() {
                return smallvec![Value::Unknown];
            }
            all = next;
        }
        let mut values = Meanings::new();
        for (value, _) in all {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The class that has a function as its method: what it is called on where nothing tells more.
    fn class_of_method(&self, file: FileId, function: u32) -> Option<(FileId, u32)> {
        let row = &self.file(file).index.functions[function as usize];
        Some((file, row.class?))
    }

    /// The method `name` of a class, where `path` is an instance of the library's class that it inherits from: `first()` of a query that
    /// began at `Order` gives `Model()`, and that is an order.
    fn method_of_row(
        &self,
        (file, class): (FileId, u32),
        path: &str,
        name: &str,
        depth: u8,
    ) -> Option<Value> {
        let row = path.strip_suffix("()").filter(|_| depth < DEEPEST)?;
        let mut lineage: SmallVec<[(FileId, u32); 4]> = smallvec![(file, class)];
        let (mut at, mut is_row) = (0, false);
        while let Some((file, class)) = lineage.get(at).copied() {
            for base in &self.file(file).index.classes[class as usize].bases {
                for base in self.meaning_at(file, *base, depth + 1) {
                    match base {
                        Value::Library(base) => is_row |= **base == *row,
                        Value::Class(file, at)
                            if lineage.len() < MOST_ABOVE && !lineage.contains(&(*file, *at)) =>
                        {
                            lineage.push((*file, *at));
                        }
                        _ => {}
                    }
                }
            }
            at += 1;
        }
        let mut lineage = lineage.iter().filter(|_| is_row);
        lineage.find_map(|(file, class)| {
            let methods = &self.file(*file).index.classes[*class as usize].methods;
            Some(Value::Function(*file, *methods.get(name)?))
        })
    }

    /// What `with` binds that is given an instance of a class: what the first of `methods` gives that it has, most often the instance itself.
    pub(super) fn entered(
        &self,
        file: FileId,
        class: u32,
        methods: [&str; 2],
        depth: u8,
    ) -> Meanings {
        let itself = smallvec![Value::Instance(file, class)];
        let method = methods.into_iter().find_map(|name| {
            match self.member(file, class, name, depth + 1)[..] {
                [Value::Function(file, at)] => Some((file, at)),
                _ => None,
            }
        });
        let Some((of, at)) = method else {
            return itself;
        };
        let row = &self.file(of).index.functions[at as usize];
        let mut given = self.all(of, &row.returns, depth + 1);
        own_all(&mut given, (file, class));
        let is_itself = |value: &Value| match value {
            Value::Unknown => true,
            Value::Instance(of_file, of_class) => {
                (*of_file == of && Some(*of_class) == row.class)
                    || (*of_file, *of_class) == (file, class)
            }
            _ => false,
        };
        if given.iter().all(is_itself) {
            itself
        } else {
            given
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::scratch::Scratch;

    const FACTS: &str = r#"
schema = "perfctl.facts/1"
[returns]
"orm.Model.objects" = "orm.Manager()"
"orm.Manager.filter()" = "orm.Query()"
"orm.Query[]" = "orm.Model()"
"orm.Manager.get()" = "orm.Model()"
"#;

    #[test]
    fn a_row_of_a_query_has_the_methods_of_its_model() {
        let files = [
            (
                "models.py",
                "import orm\nclass Base(orm.Model):\n    def touch(self): pass\nclass Order(Base):\n    def pay(self): pass\n",
            ),
            (
                "views.py",
                "from models import Order\ndef view():\n    Order.objects.get(1).pay()\n    for order in Order.objects.filter():\n        order.touch()\n        order.save()\n    Order.objects.filter().pay()\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        assert_eq!(
            scratch.called("views.py", "pay"),
            ["models.py:Order.pay", "orm.Query.pay"]
        );
        assert_eq!(
            scratch.called("views.py", "touch"),
            ["models.py:Base.touch"]
        );
        assert_eq!(scratch.called("views.py", "save"), ["orm.Model.save"]);
    }

    #[test]
    fn rows_of_several_models_have_each_the_methods_of_their_own() {
        let files = [
            (
                "models.py",
                "import orm\nclass Order(orm.Model):\n    def pay(self): pass\nclass Invoice(orm.Model):\n    def pay(self): pass\n    def send(self): pass\ndef pick(old): return Order if old else Invoice\n",
            ),
            (
                "views.py",
                "from models import pick\ndef view(old):\n    row = pick(old).objects.get(1)\n    row.pay()\n    row.send()\n    row.save()\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        let called = |name: &str| scratch.called("views.py", name);
        assert_eq!(
            called("pay"),
            ["models.py:Order.pay", "models.py:Invoice.pay"]
        );
        assert_eq!(called("send"), ["orm.Model.send", "models.py:Invoice.send"]);
        assert_eq!(called("save"), ["orm.Model.save"]);
    }

    #[test]
    fn with_binds_what_the_class_gives_there() {
        let files = [
            (
                "db.py",
                "import orm\nclass Own:\n    def __enter__(self): return self\nclass Sub(Own):\n    def find(self): pass\nclass Other:\n    async def __aenter__(self):\n        self.c = orm.Client()\n        return self.c\nclass Both:\n    async def __aenter__(self): return orm.Async()\n    def __enter__(self): return orm.Plain()\nclass Bare(orm.Client): pass\n",
            ),
            (
                "app.py",
                "import orm\nfrom db import Sub, Other, Bare, Both\nasync def f():\n    with Sub() as a: a.find()\n    async with Other() as b: b.ask()\n    with Bare() as c: c.bare()\n    with orm.open() as d: d.read()\n    with Both() as e: e.both()\n    async with Both() as e: e.later()\n",
            ),
        ];
        let scratch = Scratch::new(FACTS, &files);
        let called = |name: &str| scratch.called("app.py", name);
        assert_eq!(called("find"), ["db.py:Sub.find"]);
        assert_eq!(called("ask"), ["orm.Client.ask"]);
        assert_eq!(called("bare"), ["orm.Client.bare"]);
        assert_eq!(called("read"), ["orm.open().read"]);
        assert_eq!(called("both"), ["orm.Plain.both"]);
        assert_eq!(called("later"), ["orm.Async.later"]);
    }
}
