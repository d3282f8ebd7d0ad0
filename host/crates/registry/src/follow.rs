//! What every client here does alike: how far redirects go, and how a failure reads.

use reqwest::{Url, redirect};

/// How many redirects are followed.
const MOST: usize = 5;

/// Redirects go a few steps, and never from HTTPS to HTTP. Credentials do not cross hosts: the client library drops them.
pub fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    match refusal(attempt.previous(), attempt.url()) {
        Some(why) => attempt.error(why),
        None => attempt.follow(),
    }
}

/// Why a redirect is not followed that came after `way`, the first address included.
fn refusal(way: &[Url], next: &Url) -> Option<&'static str> {
    // Also where it was plain HTTP before: who got to HTTPS does not leave it again.
    if next.scheme() != "https" && way.iter().any(|url| url.scheme() == "https") {
        Some("redirected from HTTPS to HTTP")
    } else if way.len() > MOST {
        Some("redirected more than five times")
    } else {
        None
    }
}

/// The innermost reason, without addresses: they may carry signatures.
pub fn reason(why: &reqwest::Error) -> String {
    if why.is_timeout() {
        return "no answer within the time limit".to_owned();
    }
    let mut inner: &dyn std::error::Error = why;
    while let Some(source) = inner.source() {
        inner = source;
    }
    explain(&inner.to_string())
}

/// The reason, with what to do where the TLS library met something that is not TLS.
fn explain(reason: &str) -> String {
    if reason.contains("InvalidContentType") {
        "it does not speak HTTPS; where it may be asked in the clear, set `insecure` to `true`"
            .to_owned()
    } else {
        reason.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_leave_neither_https_nor_go_on_for_ever() {
        let url = |text: &str| Url::parse(text).expect(text);
        let refused = |way: &[&str], next: &str| {
            let way: Vec<Url> = way.iter().map(|text| url(text)).collect();
            refusal(&way, &url(next))
        };
        let (secure, clear) = ("https://a.example.test/1", "http://a.example.test/2");
        assert_eq!(refused(&[secure], "https://b.example.test/"), None);
        assert_eq!(refused(&[clear], secure), None);
        assert_eq!(refused(&[clear; 5], clear), None);
        for way in [&[secure][..], &[clear, secure], &[secure, secure]] {
            assert_eq!(refused(way, clear), Some("redirected from HTTPS to HTTP"));
        }
        assert_eq!(
            refused(&[secure], "ftp://a.example.test/"),
            Some("redirected from HTTPS to HTTP")
        );
        assert_eq!(
            refused(&[secure; 6], secure),
            Some("redirected more than five times")
        );
    }

    #[test]
    fn a_registry_without_tls_is_met_with_what_to_set() {
        let said = explain("received corrupt message of type InvalidContentType");
        assert!(said.contains("`insecure`"), "{said}");
        assert_eq!(explain("Connection refused"), "Connection refused");
    }
}
