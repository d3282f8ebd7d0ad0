//! The scripts of single-file components (Vue, Svelte): everything else of such a file is blanked, so that places stay where they are.

use std::borrow::Cow;

/// Whether the file at `path` is a component whose scripts stand among markup.
pub fn is_component(path: &str) -> bool {
    path.ends_with(".vue") || path.ends_with(".svelte")
}

/// `source` as a parser of scripts may read it: of a component only what stands in its `<script>` elements, as long as before and with
/// the same lines.
pub(crate) fn scripts<'s>(source: &'s str, path: &str) -> Cow<'s, str> {
    if !is_component(path) {
        return Cow::Borrowed(source);
    }
    let mut out: Vec<u8> = source
        .bytes()
        .map(|byte| if byte == b'\n' { b'\n' } else { b' ' })
        .collect();
    let mut at = 0;
    while let Some((from, to, next)) = script_after(source, at) {
        out[from..to].copy_from_slice(&source.as_bytes()[from..to]);
        at = next;
    }
    // Only whole scripts were copied, which begin and end at ASCII signs.
    String::from_utf8(out).map_or(Cow::Borrowed(""), Cow::Owned)
}

/// The content of the next `<script>` element from `at` on, and where to go on behind it. One that is not closed goes to the end.
fn script_after(source: &str, at: usize) -> Option<(usize, usize, usize)> {
    const OPENS: &str = "<script";
    const CLOSES: &str = "</script";
    let mut at = at;
    loop {
        let start = at + find(&source[at..], OPENS)?;
        // What is commented out in markup is no script.
        if let Some(comment) = source[at..start].find("<!--") {
            let end = source[at + comment..].find("-->")?;
            at += comment + end + 3;
            continue;
        }
        let after = start + OPENS.len();
        let tag = &source[after..];
        if !tag.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()) {
            at = after;
            continue;
        }
        let from = after + end_of_tag(tag)?;
        let to = find(&source[from..], CLOSES).map_or(source.len(), |end| from + end);
        return Some((from, to, (to + CLOSES.len()).min(source.len())));
    }
}

/// Behind the `>` that ends a tag; one within quotes does not.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match quote {
            Some(sign) if byte == sign => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte == b'>' => return Some(at + 1),
            None => {}
        }
    }
    None
}

/// Where `name`, in small letters, stands in `text` in letters of any size.
fn find(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).find(|at| {
        bytes
            .get(*at..at + name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_stay_where_they_are_and_everything_else_is_blank() {
        let source = "<template>\n  <p>it's é {{ a }}</p>\n</template>\n<script setup lang=\"ts\" generic=\"T > x\">\nimport a from 'a'\n</script>\n<!-- <script>no()</script> -->\n<scripted>b</scripted>\n<SCRIPT>\nc()\n</SCRIPT><style>d{}</style>";
        let code = scripts(source, "a/B.vue");
        assert_eq!(code.len(), source.len());
        assert_eq!(
            code.split_whitespace().collect::<Vec<_>>(),
            ["import", "a", "from", "'a'", "c()"]
        );
        for word in ["import", "c()"] {
            assert_eq!(code.find(word), source.find(word));
        }
        assert_eq!(code.lines().count(), source.lines().count());
    }

    #[test]
    fn what_is_not_closed_loses_nothing_and_other_files_stay_as_they_are() {
        assert_eq!(scripts("<script>a()", "b.svelte").trim(), "a()");
        assert_eq!(scripts("<script a='", "b.vue").trim(), "");
        assert_eq!(scripts("<!-- <script>a()", "b.vue").trim(), "");
        assert_eq!(
            scripts("<script>a()</script>", "b.ts"),
            "<script>a()</script>"
        );
    }
}
