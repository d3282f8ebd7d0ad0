//! Words of a closed list: the core's scales as kebab-case text.

use std::marker::PhantomData;

use perfctl_core::fix::Safety;
use perfctl_core::metric::Unit;
use perfctl_core::run::Difference;
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// A core type that is one of a closed list of words.
pub trait Worded: Copy + 'static {
    /// What the list is called.
    const NAME: &'static str;

    /// Every value with its word.
    fn words() -> Vec<(&'static str, Self)>;
}

/// A value written as its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word<T>(pub T);

macro_rules! worded {
    ($($ty:ident = $name:literal, $all:expr;)+) => {
        $(impl Worded for $ty {
            const NAME: &'static str = $name;

            fn words() -> Vec<(&'static str, Self)> {
                $all.iter().map(|value: &$ty| (value.word(), *value)).collect()
            }
        })+
    };
}

worded! {
    Confidence = "confidence", Confidence::ALL;
    Difference = "difference", Difference::ALL;
    Effort = "effort", Effort::ALL;
    Reach = "reach", Reach::ALL;
    Safety = "safety", [Safety::Safe, Safety::Unsafe, Safety::DisplayOnly];
    Severity = "severity", Severity::ALL;
    Unit = "unit", Unit::ALL;
}

impl<T: Worded + PartialEq> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let words = T::words();
        match words.iter().find(|(_, value)| *value == self.0) {
            Some((word, _)) => serializer.serialize_str(word),
            None => Err(serde::ser::Error::custom(format!(
                "a {} without a word",
                T::NAME
            ))),
        }
    }
}

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<T: Worded> Visitor<'_> for Reader<T> {
            type Value = Word<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "a {}", T::NAME)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let words = T::words();
                let found = words.iter().find(|(word, _)| *word == text);
                found.map(|(_, value)| Word(*value)).ok_or_else(|| {
                    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                    E::custom(format!(
                        "unknown {} `{text}`, expected one of {}",
                        T::NAME,
                        known.join(", ")
                    ))
                })
            }
        }

        deserializer.deserialize_str(Reader(PhantomData))
    }
}

#[cfg(test)]
impl<T: Worded> schemars::JsonSchema for Word<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words: Vec<&str> = T::words().iter().map(|(word, _)| *word).collect();
        schemars::json_schema!({ "type": "string", "enum": words })
    }
}
