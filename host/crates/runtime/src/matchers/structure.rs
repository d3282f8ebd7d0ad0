//! `kind = "pattern"`: ast-grep's patterns and rule objects, in TOML with the keys that they have in its YAML.
//!
//! Each part is checked where it stands, for every language of the matcher, so that a fault names its own line.

use std::collections::BTreeMap;
use std::sync::Arc;

use perfctl_scan::lower::Language;
use perfctl_scan::matcher::What;
use perfctl_scan::matcher::structure::{
    self, Condition, NthChild, PatternText, Relation, Stop, Strictness, Structure, StructureError,
};
use perfctl_wire::table::{Refusal, Table, Value, nearest};

/// Reads the keys `pattern`, `rule` and `constraints` of a matcher for `languages`.
pub(super) fn read(table: &Table<'_>, languages: &[Language]) -> Option<What> {
    let reader = Reader { languages };
    let (pattern, rule) = (table.value("pattern"), table.value("rule"));
    let constraints = table.table("constraints", |table| {
        let read = |(name, value): (String, Value<'_>)| {
            let condition = value.table(format!("`{name}`"), |table| reader.condition(table));
            Some((name, condition?))
        };
        let all: Vec<Option<_>> = table.entries().into_iter().map(read).collect();
        all.into_iter().collect::<Option<BTreeMap<_, _>>>()
    });
    if languages.is_empty() {
        let fault = table.fault("a pattern needs to know its language");
        table.report(fault.with_hint("add `language = \"python\"`, or give the rule `languages`"));
        return None;
    }
    let (condition, at) = match (pattern, rule) {
        (Some(_), Some(rule)) => {
            let refusal = Refusal::new("`pattern` and `rule` stand side by side");
            rule.refuse_key(refusal.hint("move the pattern into the rule"));
            return None;
        }
        (Some(value), None) => {
            let pattern = Some(reader.pattern(&value)?);
            let condition = Condition {
                pattern,
                ..Condition::default()
            };
            (condition, value)
        }
        (None, Some(value)) => {
            let label = "`rule`".to_owned();
            (value.table(label, |table| reader.condition(table))?, value)
        }
        (None, None) => {
            table.need("pattern", "\"requests.get($URL)\"");
            return None;
        }
    };
    if table.has("constraints") && constraints.is_none() {
        return None;
    }
    let structure = Structure::new(&condition, &constraints.unwrap_or_default(), languages);
    let structure = at.accept(structure.map_err(|error| reader.refusal(error)))?;
    Some(What::Structure(Arc::new(structure)))
}

struct Reader<'l> {
    languages: &'l [Language],
}

/// A key that may be absent but must be right: the outer `None` says that it is wrong.
fn right<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    read.map_or(Some(None), |value| value.map(Some))
}

impl Reader<'_> {
    fn condition(&self, table: &Table<'_>) -> Option<Condition> {
        let pattern = table.value("pattern").map(|value| self.pattern(&value));
        let kind = table.value("kind").map(|value| {
            self.accept(&value, |language, text| {
                structure::check_kind(text, language)
            })
        });
        let regex = table
            .value("regex")
            .map(|value| self.accept(&value, |_, text| structure::check_regex(text)));
        let nth_child = table.value("nthChild").map(|value| self.nth_child(&value));
        let inside = self.relation(table, "inside");
        let has = self.relation(table, "has");
        let precedes = self.relation(table, "precedes");
        let follows = self.relation(table, "follows");
        let (all, any) = (self.list(table, "all"), self.list(table, "any"));
        let not = table.value("not").map(|value| self.boxed(&value, "not"));
        for key in ["matches", "utils", "range", "transform"] {
            let refusal = Refusal::new(format!("`{key}` is not read here"));
            table.refuse(
                key,
                refusal.hint("write the condition out, or judge it in the script"),
            );
        }
        Some(Condition {
            pattern: right(pattern)?,
            kind: right(kind)?,
            regex: right(regex)?,
            nth_child: right(nth_child)?,
            inside: right(inside)?,
            has: right(has)?,
            precedes: right(precedes)?,
            follows: right(follows)?,
            all: right(all)?.unwrap_or_default(),
            any: right(any)?.unwrap_or_default(),
            not: right(not)?,
        })
    }

    fn pattern(&self, value: &Value<'_>) -> Option<PatternText> {
        if !value.is_table() {
            let text = PatternText::new(value.filled()?);
            return self.checked(value, text);
        }
        value.table(format!("`{}`", value.name()), |table| {
            let code = table.need("context", "\"def f(): $BODY\"");
            let code = code.and_then(|code| Some((code.filled()?, code)));
            let selector = table.value("selector").map(|value| {
                self.accept(&value, |language, text| {
                    structure::check_kind(text, language)
                })
            });
            let strictness = table
                .value("strictness")
                .map(|value| value.word(Strictness::WORDS));
            let (text, at) = code?;
            let text = PatternText {
                code: text.to_owned(),
                selector: right(selector)?,
                strictness: right(strictness)?.unwrap_or_default(),
            };
            self.checked(&at, text)
        })
    }

    fn checked(&self, value: &Value<'_>, text: PatternText) -> Option<PatternText> {
        let check = |language: &Language| structure::check_pattern(&text, *language);
        let checked = self.languages.iter().try_for_each(check);
        value.accept(checked.map_err(|error| self.refusal(error)))?;
        Some(text)
    }

    fn nth_child(&self, value: &Value<'_>) -> Option<NthChild> {
        let position = |value: &Value<'_>| {
            let text = value.scalar()?;
            let checked = structure::check_position(&text);
            value.accept(checked.map_err(|error| self.refusal(error)))?;
            Some(text)
        };
        if !value.is_table() {
            return Some(NthChild {
                position: position(value)?,
                of: None,
                reverse: false,
            });
        }
        value.table("`nthChild`".to_owned(), |table| {
            let position = table
                .need("position", "1")
                .and_then(|value| position(&value));
            let of = table
                .value("ofRule")
                .map(|value| self.boxed(&value, "ofRule"));
            let reverse = table.flag("reverse");
            Some(NthChild {
                position: position?,
                of: right(of)?,
                reverse: reverse?,
            })
        })
    }

    fn relation(&self, table: &Table<'_>, key: &'static str) -> Option<Option<Box<Relation>>> {
        let read = |table: &Table<'_>| {
            let condition = self.condition(table);
            let stop = table.value("stopBy").map(|value| self.stop(&value));
            let field = match key {
                "inside" | "has" => table.value("field"),
                _ => {
                    let refusal = Refusal::new(format!("`{key}` looks at siblings, not at fields"));
                    table.refuse("field", refusal.hint("remove it"));
                    None
                }
            };
            let field = field.map(|value| {
                self.accept(&value, |language, text| {
                    structure::check_field(text, language)
                })
            });
            Some(Box::new(Relation {
                condition: condition?,
                stop: right(stop)?.unwrap_or_default(),
                field: right(field)?,
            }))
        };
        Some(table.value(key)?.table(format!("`{key}`"), read))
    }

    fn stop(&self, value: &Value<'_>) -> Option<Stop> {
        match value.is_table() {
            true => self.boxed(value, "stopBy").map(Stop::At),
            false => {
                let words = [("neighbor", Stop::Neighbor), ("end", Stop::End)];
                let known: Vec<(&str, usize)> =
                    (0..words.len()).map(|at| (words[at].0, at)).collect();
                Some(words[value.word(&known)?].1.clone())
            }
        }
    }

    fn list(&self, table: &Table<'_>, key: &'static str) -> Option<Option<Vec<Condition>>> {
        let value = table.value(key)?;
        let items = value.items();
        if items.is_empty() {
            value.refuse(Refusal::new(format!(
                "`{key}` needs a list of at least one condition"
            )));
            return Some(None);
        }
        let read = |item: &Value<'_>| {
            item.table(format!("`{}`", item.name()), |table| self.condition(table))
        };
        let all: Vec<Option<Condition>> = items.iter().map(read).collect();
        Some(all.into_iter().collect())
    }

    fn boxed(&self, value: &Value<'_>, key: &str) -> Option<Box<Condition>> {
        value
            .table(format!("`{key}`"), |table| self.condition(table))
            .map(Box::new)
    }

    /// Text that `check` lets pass for every language.
    fn accept(
        &self,
        value: &Value<'_>,
        check: impl Fn(Language, &str) -> Result<(), StructureError>,
    ) -> Option<String> {
        let text = value.filled()?;
        let checked = self
            .languages
            .iter()
            .try_for_each(|language| check(*language, text));
        value.accept(checked.map_err(|error| self.refusal(error)))?;
        Some(text.to_owned())
    }

    fn refusal(&self, error: StructureError) -> Refusal {
        let languages = || self.languages.iter().copied();
        let near = match &error {
            StructureError::Kind { kind, .. } => {
                nearest(kind, languages().flat_map(structure::kinds))
            }
            StructureError::Field { field, .. } => {
                nearest(field, languages().flat_map(structure::fields))
            }
            _ => None,
        };
        let hint = match (&error, near) {
            (_, Some(near)) => Some(format!("did you mean `{near}`?")),
            (StructureError::Syntax { .. } | StructureError::Several { .. }, _) => Some(
                "code that does not stand alone needs its surroundings: \
                 `pattern = { context = \"...\", selector = \"...\" }`; \
                 code of another language needs a matcher of its own"
                    .to_owned(),
            ),
            _ => None,
        };
        let refusal = Refusal::new(error.to_string());
        match hint {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    }
}

#[cfg(test)]
mod tests;
