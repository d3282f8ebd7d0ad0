//! Names of the WIT in the manner of each language.

/// `docker-stage` as `DockerStage`.
pub fn pascal(kebab: &str) -> String {
    kebab.split('-').map(capitalised).collect()
}

/// `last-line` as `last_line`.
pub fn snake(kebab: &str) -> String {
    kebab.replace('-', "_")
}

/// `last-line` as `lastLine`.
pub fn camel(kebab: &str) -> String {
    let mut parts = kebab.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capitalised(part))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_manner_of_each_language() {
        assert_eq!(pascal("docker-stage"), "DockerStage");
        assert_eq!(snake("flows-into-shipped"), "flows_into_shipped");
        assert_eq!(camel("flows-into-shipped"), "flowsIntoShipped");
        assert_eq!(camel("is"), "is");
    }
}
