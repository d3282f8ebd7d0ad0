//! Reads the option values of a step. Unknown names were refused when the recipe was read; values are checked here.
//!
//! An empty value counts as absent, because a recipe's parameter without a value renders as nothing.

use std::collections::BTreeMap;

use perfctl_core::seams::CollectError;

/// Options as a step hands them over.
pub(crate) type Options = BTreeMap<String, String>;

/// An error about an output or an option.
pub(crate) fn error(message: impl Into<String>) -> CollectError {
    CollectError {
        message: message.into(),
    }
}

/// The value, unless it is absent or empty.
pub(crate) fn text<'a>(options: &'a Options, name: &str) -> Option<&'a str> {
    options
        .get(name)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}

/// The value, or an error that says what to set.
pub(crate) fn required<'a>(options: &'a Options, name: &str) -> Result<&'a str, CollectError> {
    text(options, name)
        .ok_or_else(|| error(format!("option `{name}` is missing: set it in the step")))
}

/// A whole number, or the default where it is absent.
pub(crate) fn count(options: &Options, name: &str, default: usize) -> Result<usize, CollectError> {
    match text(options, name) {
        None => Ok(default),
        Some(value) => value.parse().map_err(|_| {
            error(format!(
                "option `{name}` is `{value}`: give a whole number such as {default}"
            ))
        }),
    }
}

/// `true` or `false`; absent is `None`.
pub(crate) fn flag(options: &Options, name: &str) -> Result<Option<bool>, CollectError> {
    match text(options, name) {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(value) => Err(error(format!(
            "option `{name}` is `{value}`: give `true` or `false`"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, value: &str) -> Options {
        Options::from([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn an_empty_value_counts_as_absent() {
        assert_eq!(text(&one("module", "  "), "module"), None);
        assert_eq!(count(&one("top", ""), "top", 20), Ok(20));
        assert!(required(&one("path", ""), "path").is_err());
    }

    #[test]
    fn a_value_of_the_wrong_type_is_an_error_that_names_it() {
        let message = count(&one("top", "many"), "top", 20)
            .expect_err("not a number")
            .message;
        assert!(
            message.contains("`top`") && message.contains("`many`"),
            "{message}"
        );
        assert!(flag(&one("insecure", "yes"), "insecure").is_err());
        assert_eq!(flag(&one("insecure", "true"), "insecure"), Ok(Some(true)));
    }
}
