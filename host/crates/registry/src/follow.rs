//! What every client here does alike: how far redirects go, and how a failure reads.

use reqwest::{Url, redirect};

use crate::reference::is_loopback;

/// How many redirects are followed.
const MOST: usize = 5;

/// Redirects go a few steps, and never to where somebody listens in who could not before. Credentials do not cross hosts: the client library
/// drops them.
pub fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    match refusal(attempt.previous(), attempt.url()) {
        Some(why) => attempt.error(why),
        None => attempt.follow(),
    }
}

/// Why a redirect is not followed that came after `way`, the first address included.
fn refusal(way: &[Url], next: &Url) -> Option<&'static str> {
    let is_clear = |url: &Url| {
        let is_here = is_loopback(url.host_str().unwrap_or_default());
        url.scheme() == "http" && !is_here
    };
    // Also where it was plain HTTP before: who got to HTTPS does not leave it again.
    if next.scheme() != "https" && way.iter().any(|url| url.scheme() == "https") {
        Some("redirected from HTTPS to HTTP")
    } else if is_clear(next) && !way.first().is_some_and(is_clear) {
        // Only who began in the clear has been allowed it.
        Some("redirected to another machine over plain HTTP")
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
    let said = innermost(why);
    match is_no_tls(&said) {
        true => "it does not speak HTTPS".to_owned(),
        false => said,
    }
}

/// Whether what answered does not speak HTTPS; what to do then is the caller's to say.
pub(crate) fn met_no_tls(why: &reqwest::Error) -> bool {
    is_no_tls(&innermost(why))
}

/// Whether the TLS library met something that is not TLS.
fn is_no_tls(reason: &str) -> bool {
    reason.contains("InvalidContentType")
}

fn innermost(why: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = why;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_without_tls_is_known() {
        assert!(is_no_tls(
            "received corrupt message of type InvalidContentType"
        ));
        assert!(!is_no_tls("Connection refused"));
    }

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
        // Whoever asks this machine in the clear has not asked for that over the network.
        let here = "http://127.0.0.1:5000/";
        for fine in ["http://[::1]:2/", "http://localhost/", secure] {
            assert_eq!(refused(&[here], fine), None, "{fine}");
        }
        for elsewhere in [clear, "http://127.0.0.1.example.test/"] {
            assert_eq!(
                refused(&[here], elsewhere),
                Some("redirected to another machine over plain HTTP"),
                "{elsewhere}"
            );
        }
    }
}
