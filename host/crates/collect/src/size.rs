//! Sizes as container engines write them for people.

/// A size in bytes, and whether the tool had rounded it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    /// Bytes.
    pub(crate) bytes: f64,
    /// Whether digits were lost: `12.6MB` stands for anything from 12 550 000 to 12 649 999.
    pub(crate) rounded: bool,
}

/// Reads `167029986`, `0B`, `4.1kB`, `1.98MB`, `172 MB` (decimal, as docker, podman and buildah print) and `1.5MiB`
/// (binary). `N/A`, `<none>` and anything else is `None`, which is not 0.
pub(crate) fn parse(text: &str) -> Option<Size> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: f64 = match unit.trim_start() {
        "" | "B" => 1.0,
        "kB" | "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "TB" => 1e12,
        "PB" => 1e15,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        "GiB" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bytes = number
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite())?
        * factor;
    Some(Size {
        bytes: bytes.round(),
        rounded: factor > 1.0,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_of_every_engine_are_read() {
        let read = |text| parse(text).map(|size| (size.bytes, size.rounded));
        assert_eq!(read("167029986"), Some((167_029_986.0, false)));
        assert_eq!(read("0B"), Some((0.0, false)));
        assert_eq!(read("4.1kB"), Some((4_100.0, true)));
        assert_eq!(read("1.982MB"), Some((1_982_000.0, true)));
        assert_eq!(read("172 MB"), Some((172_000_000.0, true)));
        assert_eq!(read("1.5GB"), Some((1_500_000_000.0, true)));
    }

    #[test]
    fn what_is_no_size_is_not_zero() {
        for text in [
            "",
            "N/A",
            "<none>",
            "B",
            ".5MB",
            "1,5MB",
            "1.5.5MB",
            "-1B",
            "12 parsecs",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            if let Some(size) = parse(&text) {
                prop_assert!(size.bytes >= 0.0 && size.bytes.is_finite());
            }
        }
    }
}
