//! HTTP with a registry: one client per probe, who proves who it is when asked and reads no more than a manifest needs.

use std::io::Read;
use std::time::Duration;

use perfctl_core::seams::Stop;
use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::header::{ACCEPT, RETRY_AFTER, WWW_AUTHENTICATE};
use reqwest::{StatusCode, Url, redirect};
use serde::Deserialize;
use thiserror::Error;

use super::challenge::{self, Challenge};
use super::reference::{self, Reference};
use super::secret::Secret;
use crate::image::manifest;

/// Registries refuse larger manifests and configurations, too.
const LARGEST: u64 = 4 << 20;

/// Why a registry gave no image. The texts continue a sentence that begins with the image's name.
#[derive(Debug, Error)]
pub(super) enum RegistryError {
    /// The registry has no such name or tag.
    #[error("is not in the registry ({0}): push it first, or name a tag that is there")]
    Unknown(String),
    /// The registry wants a password, or another one.
    #[error(
        "may not be read ({0}): set a token or `user:password` of an account that may pull it as `tokens.\"HOST\"` in the user's settings, or log in with `docker login HOST`"
    )]
    Unauthorised(String),
    /// The registry holds the image in a form without sizes.
    #[error(
        "has a manifest of docker's schema 1, which has no sizes: push it again with a newer client"
    )]
    Schema1,
    /// The image is not there for the platform.
    #[error("has {0}")]
    Platform(String),
    /// No connection, or none in time.
    #[error("cannot be asked for: {0}; check the host's name and the way to it")]
    Down(String),
    /// Another answer than HTTP has for this.
    #[error("cannot be measured, the registry answered {0}")]
    Status(String),
    /// The answer is not what was asked for.
    #[error("cannot be measured, the registry's answer is not readable: {0}")]
    Malformed(String),
    /// The user asked to stop.
    #[error("was left unmeasured on request")]
    Stopped,
}

/// Name and password.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// The name, which is no secret.
    pub(super) username: String,
    /// The password or access token.
    pub(super) password: Secret,
}

/// How to reach the registry.
#[derive(Debug)]
pub(super) struct Access {
    /// Name and password, where the caller gave them.
    pub(super) account: Option<Account>,
    /// Plain HTTP even to another machine.
    pub(super) insecure: bool,
    /// For one request.
    pub(super) timeout: Duration,
}

/// A registry that is being asked.
pub(super) struct Client<'a> {
    http: Http,
    reference: &'a Reference,
    access: &'a Access,
    stop: &'a dyn Stop,
    proof: Proof,
}

/// What goes with every request.
#[derive(Clone, Debug)]
enum Proof {
    None,
    Basic,
    Bearer(Secret),
}

#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

impl<'a> Client<'a> {
    /// A client for the image's registry. Nothing is sent yet.
    pub(super) fn new(
        reference: &'a Reference,
        access: &'a Access,
        stop: &'a dyn Stop,
    ) -> Result<Self, RegistryError> {
        let mut builder = Http::builder()
            .user_agent(concat!("perfctl/", env!("CARGO_PKG_VERSION")))
            .timeout(access.timeout)
            .connect_timeout(access.timeout.min(Duration::from_secs(10)))
            .redirect(redirect::Policy::custom(follow));
        if reference.is_loopback() {
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|why| RegistryError::Down(reason(&why)))?;
        Ok(Self {
            http,
            reference,
            access,
            stop,
            proof: Proof::None,
        })
    }

    /// The manifest of a tag or digest. Content that was asked for by digest is checked against it.
    pub(super) fn manifest(&mut self, version: &str) -> Result<Vec<u8>, RegistryError> {
        self.get("manifests", version, manifest::ACCEPT)
    }

    /// A small blob, checked against its digest.
    pub(super) fn blob(&mut self, digest: &str) -> Result<Vec<u8>, RegistryError> {
        self.get("blobs", digest, "*/*")
    }

    fn get(&mut self, kind: &str, version: &str, accept: &str) -> Result<Vec<u8>, RegistryError> {
        let address = format!(
            "{}://{}/v2/{}/{kind}/{version}",
            scheme(self.reference, self.access),
            self.reference.host,
            self.reference.repository
        );
        let address = Url::parse(&address)
            .map_err(|why| RegistryError::Malformed(format!("{address}: {why}")))?;
        let mut response = self.send(self.http.get(address.clone()).header(ACCEPT, accept))?;
        if response.status() == StatusCode::UNAUTHORIZED {
            self.prove(&response)?;
            response = self.send(self.http.get(address).header(ACCEPT, accept))?;
        }
        let bytes = body(succeeded(response)?)?;
        if version.starts_with("sha256:") && manifest::digest(&bytes) != version {
            return Err(RegistryError::Malformed(format!(
                "{version} has other contents than its digest says"
            )));
        }
        Ok(bytes)
    }

    fn send(&self, request: RequestBuilder) -> Result<Response, RegistryError> {
        if self.stop.requested() {
            return Err(RegistryError::Stopped);
        }
        let request = match (&self.proof, &self.access.account) {
            (Proof::Bearer(token), _) => request.bearer_auth(token.reveal()),
            (Proof::Basic, Some(account)) => {
                request.basic_auth(&account.username, Some(account.password.reveal()))
            }
            _ => request,
        };
        tracing::debug!(host = %self.reference.host, repository = %self.reference.repository, "asking the registry");
        request
            .send()
            .map_err(|why| RegistryError::Down(reason(&why)))
    }

    /// Finds the proof that the refusal asks for.
    fn prove(&mut self, refusal: &Response) -> Result<(), RegistryError> {
        let headers = refusal.headers().get_all(WWW_AUTHENTICATE);
        let challenge = challenge::read(headers.iter().filter_map(|value| value.to_str().ok()));
        match (challenge, &self.access.account) {
            (Some(Challenge::Basic), Some(_)) => self.proof = Proof::Basic,
            (Some(Challenge::Basic), None) => {
                return Err(RegistryError::Unauthorised(
                    "the registry wants a password".to_owned(),
                ));
            }
            (
                Some(Challenge::Bearer {
                    realm,
                    service,
                    scope,
                }),
                _,
            ) => {
                let token = self.token(&realm, service, scope)?;
                self.proof = Proof::Bearer(token);
            }
            (None, _) => {
                return Err(RegistryError::Unauthorised(
                    "it says neither Basic nor Bearer".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Asks the realm for a token: anonymously, or with the account.
    fn token(
        &self,
        realm: &str,
        service: Option<String>,
        scope: Option<String>,
    ) -> Result<Secret, RegistryError> {
        let mut address = Url::parse(realm)
            .map_err(|_| RegistryError::Malformed("its token address is not one".to_owned()))?;
        let host = address.host_str().unwrap_or_default().to_owned();
        // A registry that is asked over HTTPS must not make the password travel in the clear.
        let trusted =
            address.scheme() == "https" || self.access.insecure || reference::is_loopback(&host);
        if !trusted || !matches!(address.scheme(), "http" | "https") {
            return Err(RegistryError::Malformed(format!(
                "its token address at `{host}` is not HTTPS"
            )));
        }
        let scope =
            scope.unwrap_or_else(|| format!("repository:{}:pull", self.reference.repository));
        address.query_pairs_mut().append_pair("scope", &scope);
        if let Some(service) = service {
            address.query_pairs_mut().append_pair("service", &service);
        }
        if self.stop.requested() {
            return Err(RegistryError::Stopped);
        }
        let request = self.http.get(address);
        let request = match &self.access.account {
            Some(_) if !reference::is_same_site(&host, &self.reference.host) => {
                return Err(RegistryError::Unauthorised(format!(
                    "it sends for tokens to `{host}`, which is another site: the account is not shown there"
                )));
            }
            Some(account) => request.basic_auth(&account.username, Some(account.password.reveal())),
            None => request,
        };
        let response = request
            .send()
            .map_err(|why| RegistryError::Down(format!("its token service: {}", reason(&why))))?;
        if matches!(
            response.status(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        ) {
            return Err(RegistryError::Unauthorised(format!(
                "the token service at `{host}` refused"
            )));
        }
        let bytes = body(succeeded(response)?)?;
        let answer: Token = serde_json::from_slice(&bytes)
            .map_err(|_| RegistryError::Malformed("its token is not JSON".to_owned()))?;
        answer
            .token
            .or(answer.access_token)
            .filter(|token| !token.is_empty())
            .map(Secret::new)
            .ok_or_else(|| RegistryError::Malformed("its token service gave no token".to_owned()))
    }
}

/// Plain HTTP is for this machine, and for those that the caller names.
fn scheme(reference: &Reference, access: &Access) -> &'static str {
    if access.insecure || reference.is_loopback() {
        "http"
    } else {
        "https"
    }
}

/// Redirects go a few steps, and never from HTTPS to HTTP. Credentials do not cross hosts: the client library drops them.
fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let downgrade = attempt.url().scheme() == "http"
        && attempt
            .previous()
            .last()
            .is_some_and(|previous| previous.scheme() == "https");
    if downgrade {
        attempt.error("redirected from HTTPS to HTTP")
    } else if attempt.previous().len() > 5 {
        attempt.error("redirected more than five times")
    } else {
        attempt.follow()
    }
}

/// The innermost reason, without addresses: they may carry signatures.
fn reason(why: &reqwest::Error) -> String {
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

/// What a status means.
fn succeeded(response: Response) -> Result<Response, RegistryError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let wait = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let said = body(response).ok().and_then(|bytes| said(&bytes));
    let text = match &said {
        Some(said) => format!("{}: {said}", status.as_u16()),
        None => status.to_string(),
    };
    Err(match status {
        StatusCode::NOT_FOUND => RegistryError::Unknown(text),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => RegistryError::Unauthorised(text),
        StatusCode::TOO_MANY_REQUESTS => RegistryError::Status(format!(
            "{text}; it allows more after {}",
            wait.unwrap_or_else(|| "a while".to_owned())
        )),
        _ => RegistryError::Status(text),
    })
}

/// The first error of the registry's own error document.
fn said(bytes: &[u8]) -> Option<String> {
    let document: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let error = document.get("errors")?.get(0)?;
    let part = |key| {
        error
            .get(key)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
    };
    Some(crate::display::cut(
        &crate::display::collapse(&format!("{} {}", part("code"), part("message"))),
        200,
    ))
}

fn body(response: Response) -> Result<Vec<u8>, RegistryError> {
    let mut bytes = Vec::new();
    let read = response.take(LARGEST + 1).read_to_end(&mut bytes);
    match read {
        Err(why) => Err(RegistryError::Down(format!("the answer broke off: {why}"))),
        Ok(_) if bytes.len() as u64 > LARGEST => Err(RegistryError::Malformed(
            "it is larger than any manifest".to_owned(),
        )),
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_asked_over_https_unless_the_caller_says_otherwise() {
        let access = |insecure| Access {
            account: None,
            insecure,
            timeout: Duration::from_secs(1),
        };
        for (name, insecure, expected) in [
            ("registry.example.test/shop:1", false, "https"),
            ("registry.example.test/shop:1", true, "http"),
            ("127.0.0.1:5000/shop:1", false, "http"),
            ("10.0.0.1:5000/shop:1", false, "https"),
        ] {
            let reference = Reference::read(name).expect(name);
            assert_eq!(scheme(&reference, &access(insecure)), expected, "{name}");
        }
    }

    #[test]
    fn an_account_is_printed_without_its_password() {
        let account = Account {
            username: "ci".to_owned(),
            password: Secret::new("hunter2"),
        };
        assert!(!format!("{account:?}").contains("hunter2"));
    }

    #[test]
    fn a_registry_without_tls_is_met_with_what_to_set() {
        let said = explain("received corrupt message of type InvalidContentType");
        assert!(said.contains("`insecure`"), "{said}");
        assert_eq!(explain("Connection refused"), "Connection refused");
    }
}
