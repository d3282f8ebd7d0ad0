//! Reading a settings file into a layer.

use std::collections::BTreeMap;

use perfctl_core::ids::{MetricName, RuleId};
use perfctl_core::scale::{Confidence, Severity};

use super::SCHEMA;
use super::layer::{Color, Layer, List, RuleOff, SandboxMode, Waiver};
use super::origin::{Level, Origin, Sourced};
use super::token::{Secret, Token};
use crate::diagnose::{Faults, Source};
use crate::names;
use crate::quantity::{self, Quantity};
use crate::recipe::limit;
use crate::selector::Selector;
use crate::table::{Document, Refusal, Table, Value};
use crate::trust::Trust;

/// Most threads that can be asked for.
const MAX_JOBS: i64 = 1024;

/// The layer that is shipped in the binary.
///
/// # Panics
/// Never: a test reads the embedded text.
pub fn built_in() -> Layer {
    read(
        "built-in.toml",
        include_str!("built-in.toml"),
        Level::BuiltIn,
    )
    .unwrap_or_else(|_| Layer::empty(Level::BuiltIn))
}

/// Reads the layer `level` from `text`, which came from `path`. Keys that the layer may not set are read too; they are
/// ignored and said when layers are merged.
///
/// # Errors
/// Every fault of the file. Lines with tokens are never quoted.
pub fn read(path: &str, text: &str, level: Level) -> Result<Layer, Faults> {
    let source = Source::new(path, text).hiding("tokens");
    Document::parse_source(source)?.read(|table| Some(Reader { level }.layer(table)))
}

#[derive(Clone, Copy)]
struct Reader {
    level: Level,
}

impl Reader {
    fn layer(self, table: &Table<'_>) -> Layer {
        table.schema(SCHEMA);
        let mut layer = Layer::empty(self.level);
        let extend = table.flag("extend").unwrap_or_default();
        layer.exclude = self.list(table, "exclude", extend, filled);
        layer.entry_points = self.list(table, "entry_points", extend, filled);
        layer.waivers = table.tables("waive", |table| self.waiver(table));
        table.table("rules", |table| self.rules(table, &mut layer));
        table.table("budgets", |table| {
            self.budgets("", table, &mut layer.budgets)
        });
        table.table("scan", |table| {
            layer.max_file_size =
                self.sourced(table, "max_file_size", |value| value.parsed(quantity::size));
            layer.jobs = self.sourced(table, "jobs", |value| {
                u32::try_from(value.integer(1..=MAX_JOBS)?).ok()
            });
            Some(())
        });
        table.table("history", |table| {
            layer.history = self.sourced(table, "enabled", |value| value.flag());
            Some(())
        });
        table.table("output", |table| {
            // Plugins bring formats, and where they lie stands in settings: which there are is known once all layers are read.
            layer.format = self.sourced(table, "format", |value| value.parsed(names::word));
            layer.color = self.sourced(table, "color", |value| value.word(&Color::WORDS));
            Some(())
        });
        table.table("organisation", |table| {
            let extend = table.flag("extend").unwrap_or_default();
            layer.organisation_dirs = self.list(table, "dirs", extend, filled);
            Some(())
        });
        layer.trust = table
            .table("trust", |table| Some(self.trust(table)))
            .unwrap_or_default();
        table.table("sandbox", |table| {
            layer.sandbox = self.sourced(table, "mode", |value| value.word(&SandboxMode::WORDS));
            Some(())
        });
        table.table("grants", |table| {
            let extend = table.flag("extend").unwrap_or_default();
            layer.grants_network = self.list(table, "network", extend, filled);
            layer.grants_allow = self.list(table, "allow", extend, filled);
            layer.grants_files = self.list(table, "files", extend, filled);
            Some(())
        });
        table.table("plugins", |table| {
            let extend = table.flag("extend").unwrap_or_default();
            layer.plugin_keys = self.list(table, "keys", extend, filled);
            layer.require_lock = self.sourced(table, "require_lock", |value| value.flag());
            layer.require_signature =
                self.sourced(table, "require_signature", |value| value.flag());
            Some(())
        });
        layer.tokens = table
            .table("tokens", |table| Some(self.tokens(table)))
            .unwrap_or_default();
        layer
    }

    fn rules(self, table: &Table<'_>, layer: &mut Layer) -> Option<()> {
        let extend = table.flag("extend").unwrap_or_default();
        let selector = |value: &Value<'_>| value.parsed(Selector::parse).is_some();
        layer.select = self.list(table, "select", extend, selector);
        layer.ignore = self.list(table, "ignore", extend, selector);
        layer.fail_on = self.sourced(table, "fail_on", |value| {
            value.word(
                &Severity::ALL
                    .iter()
                    .map(|step| (step.word(), *step))
                    .collect::<Vec<_>>(),
            )
        });
        layer.confidence = self.sourced(table, "confidence", |value| {
            value.word(
                &Confidence::ALL
                    .iter()
                    .map(|step| (step.word(), *step))
                    .collect::<Vec<_>>(),
            )
        });
        layer.off = table.tables("off", |table| {
            let id = table
                .need("id", "\"DB-PERF-001\"")
                .and_then(|value| value.parsed(names::rule_id));
            let reason = table.filled("reason", "\"why it does not apply here\"");
            let value = RuleOff {
                id: id?,
                reason: reason?.to_owned(),
            };
            Some(Sourced {
                value,
                origin: self.origin(table, table.line()),
            })
        });
        Some(())
    }

    /// A missing reason or an odd id is no fault of the file: the engine makes it a finding that the team sees.
    fn waiver(self, table: &Table<'_>) -> Option<Sourced<Waiver>> {
        let rule = table.filled("rule", "\"DB-PERF-001\"");
        let path = table.filled("path", "\"app/legacy/**\"");
        let reason = table.text("reason").unwrap_or("").trim();
        let owner = table.value("owner").map(|value| value.filled());
        let until = table.value("until").map(|value| value.day());
        let (place, excerpt) = table.source().place(table.extent());
        let value = Waiver {
            rule: RuleId::new(rule?),
            path: path?.to_owned(),
            reason: reason.to_owned(),
            owner: owner.flatten().map(str::to_owned),
            // A day that cannot be read must not become "for ever"; the fault above refuses the file.
            until: until.flatten(),
            place,
            excerpt,
        };
        Some(Sourced {
            value,
            origin: self.origin(table, table.line()),
        })
    }

    /// Metric names hold dots, which TOML reads as tables unless they are quoted; both spellings are meant the same.
    fn budgets(
        self,
        prefix: &str,
        table: &Table<'_>,
        budgets: &mut BTreeMap<MetricName, Sourced<Quantity>>,
    ) -> Option<()> {
        for (key, value) in table.entries() {
            let name = format!("{prefix}{key}");
            if value.is_table() {
                value.table(format!("`[budgets]`, `{name}`"), |table| {
                    self.budgets(&format!("{name}."), table, budgets)
                });
                continue;
            }
            let metric = names::metric_name(&name)
                .map_err(|refusal| value.refuse_key(refusal))
                .ok();
            let (Some(metric), Some(quantity)) = (metric, limit(&value)) else {
                continue;
            };
            let limit = Sourced {
                value: quantity,
                origin: self.origin(table, value.line()),
            };
            if budgets.insert(metric, limit).is_some() {
                value.refuse_key(Refusal::new(format!("the budget of `{name}` stands twice")));
            }
        }
        Some(())
    }

    fn trust(self, table: &Table<'_>) -> Vec<Sourced<Trust>> {
        table.tables("repository", |table| {
            let value = crate::trust::read(table)?;
            Some(Sourced {
                value,
                origin: self.origin(table, table.line()),
            })
        })
    }

    fn tokens(self, table: &Table<'_>) -> BTreeMap<String, Sourced<Token>> {
        let mut tokens = BTreeMap::new();
        for (host, value) in table.entries() {
            let token = if value.is_table() {
                value.table("the token".to_owned(), |table| {
                    table
                        .filled("env", "\"NAME_OF_A_VARIABLE\"")
                        .map(|name| Token::Environment(name.to_owned()))
                })
            } else {
                value.filled().map(|text| Token::Literal(Secret::new(text)))
            };
            if let Some(token) = token {
                tokens.insert(
                    host,
                    Sourced {
                        value: token,
                        origin: self.origin(table, value.line()),
                    },
                );
            }
        }
        tokens
    }

    fn list(
        self,
        table: &Table<'_>,
        key: &'static str,
        extend: bool,
        accept: impl Fn(&Value<'_>) -> bool,
    ) -> Option<List> {
        let value = table.value(key)?;
        let items = value
            .items()
            .into_iter()
            .filter(|item| accept(item))
            .filter_map(|item| {
                let origin = self.origin(table, item.line());
                Some(Sourced {
                    value: item.text()?.to_owned(),
                    origin,
                })
            });
        Some(List {
            items: items.collect(),
            extend,
            origin: self.origin(table, value.line()),
        })
    }

    fn sourced<T>(
        self,
        table: &Table<'_>,
        key: &'static str,
        read: impl FnOnce(&Value<'_>) -> Option<T>,
    ) -> Option<Sourced<T>> {
        let value = table.value(key)?;
        let origin = self.origin(table, value.line());
        read(&value).map(|value| Sourced { value, origin })
    }

    fn origin(self, table: &Table<'_>, line: u32) -> Origin {
        Origin {
            level: self.level,
            file: table.path().clone(),
            line,
        }
    }
}

fn filled(value: &Value<'_>) -> bool {
    value.filled().is_some()
}
