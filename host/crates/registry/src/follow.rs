//! What every client here does alike: how far redirects go, and how a failure reads.

use reqwest::redirect;

/// How many redirects are followed.
const MOST: usize = 5;

/// Redirects go a few steps, and never from HTTPS to HTTP. Credentials do not cross hosts: the client library drops them.
pub fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let downgrade = attempt.url().scheme() == "http"
        && attempt
            .previous()
            .last()
            .is_some_and(|previous| previous.scheme() == "https");
    if downgrade {
        attempt.error("redirected from HTTPS to HTTP")
    } else if attempt.previous().len() > MOST {
        attempt.error("redirected more than five times")
    } else {
        attempt.follow()
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
    fn a_registry_without_tls_is_met_with_what_to_set() {
        let said = explain("received corrupt message of type InvalidContentType");
        assert!(said.contains("`insecure`"), "{said}");
        assert_eq!(explain("Connection refused"), "Connection refused");
    }
}
