//! The head of a here-document: its mark, and how its lines are read.

/// The head of a heredoc: `<<-"EOF"`.
pub(in crate::doc) struct Marker {
    /// Offset of `<<` in the text.
    pub(in crate::doc) at: usize,
    pub(in crate::doc) name: String,
    pub(in crate::doc) strips_tabs: bool,
    pub(in crate::doc) expands: bool,
}

/// The heredoc whose `<<` stands at byte `at` of `text`, and where its word ends.
pub(in crate::doc) fn marker_at(text: &str, at: usize) -> Option<(Marker, usize)> {
    let behind = text.get(at + 2..)?;
    let strips_tabs = behind.starts_with('-');
    let word_start = at + 2 + usize::from(strips_tabs);
    let word = &text[word_start..];
    let (name, length) = match word.chars().next()? {
        quote @ ('"' | '\'') => {
            let inner = &word[1..];
            let close = inner.find(quote)?;
            (&inner[..close], close + 2)
        }
        '<' => return None,
        _ => {
            let end = word
                .find(|c: char| c.is_whitespace() || ";&|()<>'\"$`".contains(c))
                .unwrap_or(word.len());
            (&word[..end], end)
        }
    };
    let is_name = !name.is_empty() && !name.contains('\n');
    let expands = length == name.len() && !name.contains('\\');
    let name = name.replace('\\', "");
    is_name.then(|| {
        (
            Marker {
                at,
                name,
                strips_tabs,
                expands,
            },
            word_start + length,
        )
    })
}
