//! Frames on the private line between the runner and its launcher. A frame is a list of keys and values; the line is a Unix
//! socket on the launcher's standard input. This file must not know what the keys mean.

use std::io::{self, Read, Write};

/// Larger frames are refused: a launcher's frames are small, and an order holds a command line and an environment.
const LARGEST: usize = 16 << 20;

/// Keys and values of one frame.
pub(crate) type Fields = Vec<(Vec<u8>, Vec<u8>)>;

/// Bytes that are no frame.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the line between perfctl and its launcher carried what neither wrote")]
pub(crate) struct Garbled;

/// The bytes of one frame.
pub(crate) fn encode(fields: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in fields.iter().flat_map(|(key, value)| [key, value]) {
        body.extend(length(part));
        body.extend(*part);
    }
    let mut frame = length(&body).to_vec();
    frame.append(&mut body);
    frame
}

fn length(bytes: &[u8]) -> [u8; 4] {
    // A part beyond 4 GiB cannot be: argument lists and environments end at a few megabytes.
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}

/// Takes the first whole frame off the front of `buffer`; `None` when more bytes are needed.
///
/// # Errors
/// [`Garbled`] when the front is no frame.
pub(crate) fn take(buffer: &mut Vec<u8>) -> Result<Option<Fields>, Garbled> {
    let Some(size) = size_of(buffer) else {
        return Ok(None);
    };
    if size > LARGEST {
        return Err(Garbled);
    }
    if buffer.len() < 4 + size {
        return Ok(None);
    }
    let fields = parse(&buffer[4..4 + size])?;
    buffer.drain(..4 + size);
    Ok(Some(fields))
}

fn size_of(bytes: &[u8]) -> Option<usize> {
    let head: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    Some(u32::from_le_bytes(head) as usize)
}

fn parse(mut body: &[u8]) -> Result<Fields, Garbled> {
    let mut parts = Vec::new();
    while !body.is_empty() {
        let size = size_of(body).ok_or(Garbled)?;
        let end = size.checked_add(4).ok_or(Garbled)?;
        parts.push(body.get(4..end).ok_or(Garbled)?.to_vec());
        body = &body[end..];
    }
    let mut parts = parts.into_iter();
    let mut fields = Vec::new();
    while let Some(key) = parts.next() {
        fields.push((key, parts.next().ok_or(Garbled)?));
    }
    Ok(fields)
}

/// Writes one frame.
pub(crate) fn send(line: &mut impl Write, fields: &[(&[u8], &[u8])]) -> io::Result<()> {
    line.write_all(&encode(fields))
}

/// Waits for one frame; `None` when the other side hung up before it.
pub(crate) fn receive(line: &mut impl Read) -> io::Result<Option<Fields>> {
    let mut buffer = Vec::new();
    loop {
        if let Some(fields) = take(&mut buffer).map_err(io::Error::other)? {
            return Ok(Some(fields));
        }
        // Exactly what the frame still lacks: what follows it belongs to the next reader.
        let lacking = size_of(&buffer).map_or(4, |size| 4 + size) - buffer.len();
        let had = buffer.len();
        line.by_ref()
            .take(lacking as u64)
            .read_to_end(&mut buffer)?;
        if buffer.len() == had {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn borrowed(fields: &Fields) -> Vec<(&[u8], &[u8])> {
        fields
            .iter()
            .map(|(key, value)| (key.as_slice(), value.as_slice()))
            .collect()
    }

    proptest! {
        #[test]
        fn what_was_sent_arrives_however_the_bytes_are_cut(
            frames in prop::collection::vec(prop::collection::vec((prop::collection::vec(any::<u8>(), 0..9), prop::collection::vec(any::<u8>(), 0..40)), 0..5), 1..4),
            cut in 1usize..30,
        ) {
            let bytes: Vec<u8> = frames.iter().flat_map(|fields| encode(&borrowed(fields))).collect();
            let mut buffer = Vec::new();
            let mut arrived = Vec::new();
            for piece in bytes.chunks(cut) {
                buffer.extend(piece);
                while let Some(fields) = take(&mut buffer).expect("whole frames") {
                    arrived.push(fields);
                }
            }
            prop_assert_eq!(&arrived, &frames);
            let mut stream = bytes.as_slice();
            for fields in &frames {
                let received = receive(&mut stream).expect("reads");
                prop_assert_eq!(received.as_ref(), Some(fields));
            }
            prop_assert_eq!(receive(&mut stream).expect("reads"), None);
        }

        #[test]
        fn no_bytes_make_it_panic_or_grow(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut buffer = bytes.clone();
            while let Ok(Some(_)) = take(&mut buffer) {}
            prop_assert!(buffer.len() <= bytes.len());
        }
    }

    #[test]
    fn a_frame_that_claims_gigabytes_is_refused_at_once() {
        assert_eq!(take(&mut vec![0xff; 8]), Err(Garbled));
    }
}
