//! Secrets in every form in which tools print them.

use super::*;
use crate::fakes;
use proptest::prelude::*;

#[test]
fn base64_agrees_with_the_vectors_of_rfc_4648() {
    let vectors = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
    ];
    for (plain, encoded) in vectors {
        assert_eq!(base64(plain.as_bytes(), false), encoded);
    }
    assert_eq!(base64(&[0xfb, 0xff], true), "-_8=");
}

#[test]
fn every_form_of_a_secret_is_gone_and_the_rest_stays() {
    let redactor = Redactor::new(["p@ss w\"rd/1"]);
    let basic = base64(b"user:p@ss w\"rd/1", false);
    for leaked in [
        "token p@ss w\"rd/1 end",
        "token p%40ss%20w%22rd%2F1 end",
        "token p%40ss%20w%22rd%2f1 end",
        "token p%40ss+w%22rd%2F1 end",
        "token p@ss w\\\"rd/1 end",
    ] {
        assert_eq!(redactor.text(leaked), "token [redacted] end", "{leaked}");
    }
    let header = format!("Authorization: Basic {basic}");
    let clean = redactor.text(&header);
    assert!(
        clean.contains(MARK) && clean.len() < header.len(),
        "{clean}"
    );
    assert!(matches!(redactor.text("nothing here"), Cow::Borrowed(_)));
    assert_eq!(Redactor::new(["abc"]).text("abc"), "abc");
}

#[test]
fn looking_across_line_breaks_takes_no_more_room_for_a_longer_text() {
    let redactor = Redactor::new(["hunter22-and-more"]);
    let forms = redactor.forms.as_ref().expect("there is a secret");
    let text = b"an ordinary line\nhunter22-\nand-more\n".repeat(5000);
    let mut joined = Joined::default();
    assert_eq!(joined.divided(forms, &text, 256).len(), 5000);
    // A vector grows to the next power of two.
    let most = 2 * (256 + forms.max_pattern_len());
    assert!(joined.places.capacity() <= most && joined.bytes.capacity() <= most);
}

proptest! {
    #[test]
    fn windows_find_what_the_whole_finds(text in "[ab\n]{0,80}", window in 1usize..12) {
        let redactor = Redactor::new(["abba", "abbab", "baaba"]);
        let forms = redactor.forms.as_ref().expect("there are secrets");
        let whole = Joined::default().divided(forms, text.as_bytes(), 1000);
        let pieces = Joined::default().divided(forms, text.as_bytes(), window);
        prop_assert_eq!(whole, pieces);
    }
}

#[test]
fn a_secret_that_a_line_break_divides_is_gone_too() {
    let redactor = Redactor::new(["hunter22-and-more"]);
    let clean = redactor.bytes(b"one hunter22-\r\nand-more two\nthree\n");
    assert_eq!(clean.as_ref(), b"one [redacted] two\nthree\n");
    let wrapped = base64(b"a long preamble: hunter22-and-more", false);
    let (first, second) = wrapped.split_at(30);
    let clean = redactor.text(&format!("{first}\n{second}\n")).into_owned();
    assert!(clean.contains(MARK) && !clean.contains(first), "{clean}");
    assert!(matches!(redactor.bytes(b"two\nlines\n"), Cow::Borrowed(_)));
    let key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nAAAABBBBCCCCDDDD\n-----END KEY-----";
    let redactor = Redactor::new([key]);
    let clean = redactor.text("  AAAABBBBCCCCDDDD\n").into_owned();
    assert_eq!(clean, "  [redacted]\n");
}

#[test]
fn a_record_is_clean_in_every_text_and_a_fix_with_a_secret_is_dropped() {
    let redactor = Redactor::new(["hunter22"]);
    let mut record = fakes::record("r1");
    let leak = "x hunter22 y".to_owned();
    let mut step = fakes::step_record("s");
    step.argv = vec![leak.clone()];
    step.notes = vec![leak.clone()];
    step.status = StepStatus::Failed(leak.clone());
    record.steps = vec![step];
    let mut finding = fakes::finding("NET-1", "a.py", 1);
    finding.message = leak.clone();
    finding.excerpt.text = leak.clone();
    finding.fix = Some(perfctl_core::fix::Fix {
        title: String::new(),
        safety: perfctl_core::fix::Safety::Safe,
        edits: Vec::new(),
        diff: leak.clone(),
    });
    record.findings = vec![finding];
    record.notes = vec![leak.clone()];
    record.params.insert("token".to_owned(), leak);
    let clean = redactor.record(record);
    assert!(!format!("{clean:?}").contains("hunter22"));
    assert!(clean.findings[0].fix.is_none());
}

proptest! {
    #[test]
    fn a_secret_never_survives_in_any_form(
        secret in "[ -~]{8,24}",
        before in "[a-z]{0,5}",
        after in "[a-z]{0,5}",
    ) {
        let redactor = Redactor::new([secret.as_str()]);
        let joined = format!("{before}{secret}{after}");
        for url_safe in [false, true] {
            let encoded = base64(joined.as_bytes(), url_safe);
            prop_assert!(redactor.text(&encoded).contains(MARK));
        }
        let clean = redactor.text(&joined);
        prop_assert!(clean.contains(MARK) && !clean.contains(&secret), "{}", clean);
        prop_assert!(redactor.text(&percent(&joined)).contains(MARK));
        prop_assert!(redactor.bytes(joined.as_bytes()).windows(MARK.len()).any(|part| part == MARK.as_bytes()));
    }
}
