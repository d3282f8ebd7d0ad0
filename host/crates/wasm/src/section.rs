//! The manifest inside a component: a custom section of the file, read without compiling or running anything.

/// The name of the section.
pub const NAME: &str = "perfctl:plugin";

/// The first bytes of every component: `\0asm`, then the encoding's version and the layer "component".
const COMPONENT: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];
/// The same of a core module.
const MODULE: [u8; 8] = [0, b'a', b's', b'm', 1, 0, 0, 0];
/// The id of custom sections.
const CUSTOM: u8 = 0;

/// What is wrong with a file that should be a plugin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SectionError {
    /// It is something else.
    #[error("it is no WASM component")]
    NoComponent,
    /// It is a module of the older kind.
    #[error(
        "it is a core module, not a component: `perfctl plugin build` makes components, and so does `wasm-tools component new`"
    )]
    Module,
    /// It is cut off or broken.
    #[error("the file is damaged: its section at byte {0} does not fit into it")]
    Damaged(usize),
    /// There are two manifests.
    #[error("it has two manifests")]
    Twice,
    /// It is a component without a manifest.
    #[error("it has no manifest: `perfctl plugin build` adds it to what a compiler made")]
    Absent,
}

/// A number in LEB128 and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut value = 0_u64;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, at));
        }
    }
    None
}

/// A custom section: where it begins, its name, its content, where it ends.
type Custom<'c> = (usize, &'c [u8], &'c [u8], usize);

/// Every custom section at the top of a component.
fn sections(component: &[u8]) -> Result<Vec<Custom<'_>>, SectionError> {
    match component.get(..8) {
        Some(head) if head == COMPONENT => {}
        Some(head) if head == MODULE => return Err(SectionError::Module),
        _ => return Err(SectionError::NoComponent),
    }
    let mut all = Vec::new();
    let mut at = 8;
    while at < component.len() {
        let damaged = || SectionError::Damaged(at);
        let (size, start) = number(component, at + 1).ok_or_else(damaged)?;
        let end = start.checked_add(size).ok_or_else(damaged)?;
        let body = component.get(start..end).ok_or_else(damaged)?;
        if component[at] == CUSTOM {
            let (length, name) = number(body, 0).ok_or_else(damaged)?;
            let content = name.checked_add(length).ok_or_else(damaged)?;
            let name = body.get(name..content).ok_or_else(damaged)?;
            all.push((at, name, &body[content..], end));
        }
        at = end;
    }
    Ok(all)
}

/// The manifest of a component.
///
/// # Errors
/// When the bytes are no component, or hold no manifest.
pub fn read(component: &[u8]) -> Result<&[u8], SectionError> {
    let mut found = None;
    for (_, name, content, _) in sections(component)? {
        if name == NAME.as_bytes() && found.replace(content).is_some() {
            return Err(SectionError::Twice);
        }
    }
    found.ok_or(SectionError::Absent)
}

/// A component with this manifest, in place of any that it had.
///
/// # Errors
/// When the bytes are no component.
pub fn write(component: &[u8], manifest: &[u8]) -> Result<Vec<u8>, SectionError> {
    let mut out = Vec::with_capacity(component.len() + manifest.len() + 32);
    let mut kept = 0;
    for (start, name, _, end) in sections(component)? {
        if name == NAME.as_bytes() {
            out.extend(&component[kept..start]);
            kept = end;
        }
    }
    out.extend(&component[kept..]);
    let mut body = Vec::with_capacity(manifest.len() + 24);
    leb(&mut body, NAME.len());
    body.extend(NAME.as_bytes());
    body.extend(manifest);
    out.push(CUSTOM);
    leb(&mut out, body.len());
    out.extend(body);
    Ok(out)
}

fn leb(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bytes that begin as a component does, most of them with sections that hold what they say.
    fn component() -> impl Strategy<Value = Vec<u8>> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..60);
        let named = prop_oneof![Just(NAME.as_bytes().to_vec()), bytes()];
        let section = (0_u8..4, named, bytes(), any::<bool>());
        let section = section.prop_map(|(id, name, content, is_whole)| {
            let mut body = Vec::new();
            leb(&mut body, name.len());
            body.extend(name);
            body.extend(content);
            let mut section = vec![id];
            leb(&mut section, body.len() + usize::from(!is_whole) * 3);
            section.extend(body);
            section
        });
        (prop::collection::vec(section, 0..6), bytes(), any::<bool>()).prop_map(
            |(sections, rest, is_whole)| {
                let mut all = COMPONENT.to_vec();
                all.extend(sections.concat());
                if !is_whole {
                    all.extend(rest);
                }
                all
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop_oneof![component(), prop::collection::vec(any::<u8>(), 0..300)], manifest in prop::collection::vec(any::<u8>(), 0..300)) {
            let read = super::read(&bytes);
            if let Ok(content) = read {
                // It is a part of the file, and no more.
                prop_assert!(bytes.windows(content.len().max(1)).any(|part| part == content) || content.is_empty());
            }
            match write(&bytes, &manifest) {
                Ok(with) => {
                    prop_assert_eq!(super::read(&with), Ok(manifest.as_slice()));
                    prop_assert_eq!(write(&with, &manifest), Ok(with.clone()));
                }
                Err(error) => prop_assert_eq!(read, Err(error)),
            }
        }
    }

    #[test]
    fn a_manifest_that_is_written_is_read() {
        let empty = COMPONENT.to_vec();
        assert_eq!(read(&empty), Err(SectionError::Absent));
        let long = vec![b'x'; 70_000];
        for manifest in [&b""[..], b"{}", &long] {
            let with = write(&empty, manifest).expect("a component");
            assert_eq!(read(&with), Ok(manifest));
            let again = write(&with, b"other").expect("a component");
            assert_eq!(read(&again), Ok(&b"other"[..]));
            assert_eq!(write(&again, manifest), Ok(with));
        }
    }

    #[test]
    fn what_is_no_component_says_what_it_is() {
        assert_eq!(read(b""), Err(SectionError::NoComponent));
        assert_eq!(read(b"#!/bin/sh\nexit"), Err(SectionError::NoComponent));
        assert_eq!(read(&MODULE), Err(SectionError::Module));
    }

    #[test]
    fn a_file_that_is_cut_off_is_damaged_wherever_it_ends() {
        let whole = write(&COMPONENT, b"manifest").expect("a component");
        for end in 9..whole.len() {
            assert_eq!(read(&whole[..end]), Err(SectionError::Damaged(8)));
        }
        let mut endless = COMPONENT.to_vec();
        endless.extend([0, 0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert_eq!(read(&endless), Err(SectionError::Damaged(8)));
    }

    #[test]
    fn two_manifests_are_refused() {
        let mut twice = write(&COMPONENT, b"one").expect("a component");
        let other = write(&COMPONENT, b"two").expect("a component");
        twice.extend(&other[8..]);
        assert_eq!(read(&twice), Err(SectionError::Twice));
    }
}
