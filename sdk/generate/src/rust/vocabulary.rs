//! Lists of words that are too long to stand at every method.

use super::spelling::{ENUMS, docs};
use crate::model::{Model, Words};

/// The constant that holds words; none for those that an enum has, and for short lists.
pub(super) fn constant(words: &Words) -> Option<String> {
    if words.words.len() < 8 || ENUMS.contains(&words.name.as_str()) {
        return None;
    }
    let mut name = String::new();
    for letter in words.name.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    Some(name + "S")
}

/// The constants.
pub(super) fn all(model: &Model) -> String {
    let mut text = String::new();
    for words in &model.words {
        let Some(name) = constant(words) else {
            continue;
        };
        text += &format!(
            "\n{}pub const {name}: &[&str] = &[\n",
            docs(&words.docs, "")
        );
        for word in &words.words {
            text += &format!("    {word:?},\n");
        }
        text += "];\n";
    }
    text
}
