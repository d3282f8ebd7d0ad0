//! HTTP with a registry: one client per repository in it, who proves who it is when asked and reads no more than the caller allows.

use std::time::Duration;

use perfctl_core::seams::Stop;
use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use reqwest::{Method, StatusCode, Url, redirect};
use serde::Deserialize;
use thiserror::Error;

use crate::challenge::{self, Challenge};
use crate::digest::{digest, is_digest_of};
use crate::follow::{follow, met_no_tls, reason};
use crate::reference::{self, Reference};
use crate::secret::Secret;
use crate::waiting::{Unread, Waiting};

/// The most bytes of a manifest or configuration; registries refuse larger ones, too.
pub const MOST_OF_A_MANIFEST: u64 = 4 << 20;

/// The most characters of what a registry says of an error.
const MOST_SAID: usize = 200;

/// Why a registry did not do what was asked. The texts continue a sentence that begins with the name of what was asked for.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// The registry has no such name or tag.
    #[error("is not in the registry ({0}): push it first, or name a tag that is there")]
    Unknown(String),
    /// The registry wants a password, or another one.
    #[error(
        "may not be read ({why}): set a token or `user:password` of an account that may as `tokens.\"{host}\"` in the user's settings, or log in with `docker login {host}`"
    )]
    Unauthorised {
        /// What it said.
        why: String,
        /// The registry, as accounts are filed for it.
        host: String,
    },
    /// What answered speaks plain HTTP.
    #[error("cannot be asked for: it does not speak HTTPS")]
    Clear,
    /// No connection, or none in time.
    #[error("cannot be asked for: {0}; check the host's name and the way to it")]
    Down(String),
    /// Another answer than HTTP has for this.
    #[error("cannot be had, the registry answered {0}")]
    Status(String),
    /// The answer is not what was asked for.
    #[error("cannot be had, the registry's answer is not readable: {0}")]
    Malformed(String),
    /// It comes, and too slowly.
    #[error(
        "was not there within {} s, the longest that is waited for: {had} bytes of the last answer had come; try again over a faster connection",
        .limit.as_secs()
    )]
    Slow {
        /// How long was waited.
        limit: Duration,
        /// What had come of what was asked for last, in bytes.
        had: usize,
    },
    /// The user asked to stop.
    #[error("was left on request")]
    Stopped,
}

/// Name and password.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name, which is no secret.
    pub username: String,
    /// The password or access token.
    pub password: Secret,
}

/// How to reach the registry.
#[derive(Clone, Debug)]
pub struct Access {
    /// Name and password, where the caller gave them.
    pub account: Option<Account>,
    /// Plain HTTP even to another machine.
    pub insecure: bool,
    /// For one request, until something comes.
    pub timeout: Duration,
    /// For everything that one client asks for: a registry that sends a byte now and then is never silent.
    pub whole: Duration,
}

/// A registry that is being asked.
pub struct Client<'a> {
    http: Http,
    reference: &'a Reference,
    access: &'a Access,
    waiting: Waiting<'a>,
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
    /// A client for the registry of a reference. Nothing is sent yet.
    ///
    /// # Errors
    /// [`RegistryError::Down`] when this machine cannot speak HTTPS.
    pub fn new(
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
            waiting: Waiting::new(access.whole, stop),
            proof: Proof::None,
        })
    }

    /// The manifest of a tag or digest, in one of the media types `accept`. Content that was asked for by digest is checked against it.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub fn manifest(&mut self, version: &str, accept: &str) -> Result<Vec<u8>, RegistryError> {
        self.get("manifests", version, accept, MOST_OF_A_MANIFEST)
    }

    /// A blob of at most `most` bytes, checked against its digest.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub fn blob(&mut self, digest: &str, most: u64) -> Result<Vec<u8>, RegistryError> {
        self.get("blobs", digest, "*/*", most)
    }

    /// Puts a blob into the repository, unless it is there, and gives its digest.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub fn push_blob(&mut self, content: &[u8]) -> Result<String, RegistryError> {
        let name = digest(content);
        let known = self.address("blobs", &name)?;
        let known = self.ask(&|http| http.request(Method::HEAD, known.clone()))?;
        if known.status().is_success() {
            return Ok(name);
        }
        let begin = self.address("blobs", "uploads/")?;
        let begun = self.ask(&|http| http.request(Method::POST, begin.clone()))?;
        let begun = self.succeeded(begun)?;
        let place = begun.headers().get(LOCATION);
        let place = place.and_then(|place| place.to_str().ok());
        // It may be written from the root of the registry.
        let mut place = place
            .and_then(|place| begin.join(place).ok())
            .ok_or_else(|| RegistryError::Malformed("it names no place to upload to".to_owned()))?;
        if begin.scheme() == "https" && place.scheme() != "https" {
            return Err(RegistryError::Malformed(
                "its place to upload to is not HTTPS".to_owned(),
            ));
        }
        if !reference::is_same_site(place.host_str().unwrap_or_default(), &self.reference.host) {
            return Err(RegistryError::Malformed(
                "its place to upload to is at another site, which is shown no account".to_owned(),
            ));
        }
        place.query_pairs_mut().append_pair("digest", &name);
        let done = self.ask(&|http| {
            let request = http.request(Method::PUT, place.clone());
            request
                .header(CONTENT_TYPE, "application/octet-stream")
                .body(content.to_vec())
        })?;
        self.succeeded(done)?;
        Ok(name)
    }

    /// Puts a manifest into the repository, as the version that the reference names, and gives its digest.
    ///
    /// # Errors
    /// [`RegistryError`].
    pub fn push_manifest(
        &mut self,
        media_type: &str,
        content: &[u8],
    ) -> Result<String, RegistryError> {
        let address = self.address("manifests", &self.reference.version)?;
        // Afterwards nobody knows whether it was stored.
        self.waiting.wait(|| ()).map_err(unread)?;
        let done = self.ask(&|http| {
            let request = http.request(Method::PUT, address.clone());
            request
                .header(CONTENT_TYPE, media_type)
                .body(content.to_vec())
        });
        let done = done.map_err(|why| match why {
            RegistryError::Slow { limit, .. } => RegistryError::Down(format!(
                "it did not say within {} s whether it has stored the last of it",
                limit.as_secs()
            )),
            why => why,
        })?;
        self.succeeded(done)?;
        Ok(digest(content))
    }

    fn address(&self, kind: &str, version: &str) -> Result<Url, RegistryError> {
        let address = format!(
            "{}://{}/v2/{}/{kind}/{version}",
            scheme(self.reference, self.access),
            self.reference.host,
            self.reference.repository
        );
        Url::parse(&address).map_err(|why| RegistryError::Malformed(format!("{address}: {why}")))
    }

    fn get(
        &mut self,
        kind: &str,
        version: &str,
        accept: &str,
        most: u64,
    ) -> Result<Vec<u8>, RegistryError> {
        let address = self.address(kind, version)?;
        let response = self.ask(&|http| http.get(address.clone()).header(ACCEPT, accept))?;
        let bytes = self.body(self.succeeded(response)?, most)?;
        // A tag has no colon.
        if version.contains(':') && !is_digest_of(version, &bytes) {
            return Err(RegistryError::Malformed(format!(
                "{version} has other contents than its digest says"
            )));
        }
        Ok(bytes)
    }

    /// Sends a request, a second time with a proof if the registry wants one, or another one.
    fn ask(
        &mut self,
        request: &dyn Fn(&Http) -> RequestBuilder,
    ) -> Result<Response, RegistryError> {
        let response = self.send(request(&self.http))?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        self.prove(&response)?;
        self.send(request(&self.http))
    }

    fn send(&self, request: RequestBuilder) -> Result<Response, RegistryError> {
        let request = match (&self.proof, &self.access.account) {
            (Proof::Bearer(token), _) => request.bearer_auth(token.reveal()),
            (Proof::Basic, Some(account)) => {
                request.basic_auth(&account.username, Some(account.password.reveal()))
            }
            _ => request,
        };
        tracing::debug!(host = %self.reference.host, repository = %self.reference.repository, "asking the registry");
        let sent = self.waiting.wait(move || request.send());
        sent.map_err(unread)?.map_err(|why| match met_no_tls(&why) {
            true => RegistryError::Clear,
            false => RegistryError::Down(reason(&why)),
        })
    }

    /// It wants to know who asks, or somebody else to.
    fn unauthorised(&self, why: impl Into<String>) -> RegistryError {
        RegistryError::Unauthorised {
            why: why.into(),
            host: self.reference.account_host().to_owned(),
        }
    }

    /// The response, if that is what was asked for.
    fn succeeded(&self, response: Response) -> Result<Response, RegistryError> {
        let body = |response| self.body(response, MOST_OF_A_MANIFEST);
        succeeded(response, self.reference.account_host(), body)
    }

    /// The body of a response, if it has no more than `most` bytes and comes in time.
    fn body(&self, response: Response, most: u64) -> Result<Vec<u8>, RegistryError> {
        let read = self.waiting.body(response, most);
        read.map_err(|why| match why {
            Unread::TooLarge => RegistryError::Malformed(format!("it has more than {most} bytes")),
            why => unread(why),
        })
    }

    /// Finds the proof that the refusal asks for.
    fn prove(&mut self, refusal: &Response) -> Result<(), RegistryError> {
        let headers = refusal.headers().get_all(WWW_AUTHENTICATE);
        let challenge = challenge::read(headers.iter().filter_map(|value| value.to_str().ok()));
        match (challenge, &self.access.account) {
            (Some(Challenge::Basic), Some(_)) => self.proof = Proof::Basic,
            (Some(Challenge::Basic), None) => {
                return Err(self.unauthorised("the registry wants a password"));
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
                return Err(self.unauthorised("it says neither Basic nor Bearer"));
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
        let request = self.http.get(address);
        let request = match &self.access.account {
            Some(_) if !reference::is_same_site(&host, &self.reference.host) => {
                return Err(self.unauthorised(format!(
                    "it sends for tokens to `{host}`, which is another site: the account is not shown there"
                )));
            }
            Some(account) => request.basic_auth(&account.username, Some(account.password.reveal())),
            None => request,
        };
        let sent = self.waiting.wait(move || request.send());
        let response = sent
            .map_err(unread)?
            .map_err(|why| RegistryError::Down(format!("its token service: {}", reason(&why))))?;
        if matches!(
            response.status(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        ) {
            return Err(self.unauthorised(format!("the token service at `{host}` refused")));
        }
        let bytes = self.body(self.succeeded(response)?, MOST_OF_A_MANIFEST)?;
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

/// Why nothing came, or not all of it.
fn unread(why: Unread) -> RegistryError {
    match why {
        Unread::Stopped => RegistryError::Stopped,
        Unread::Slow { limit, had } => RegistryError::Slow { limit, had },
        Unread::TooLarge => RegistryError::Malformed("it is too long".to_owned()),
        Unread::Broken(why) => RegistryError::Down(format!("the answer broke off: {why}")),
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

/// What a status means; `body` reads what was said with it.
fn succeeded(
    response: Response,
    host: &str,
    body: impl Fn(Response) -> Result<Vec<u8>, RegistryError>,
) -> Result<Response, RegistryError> {
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
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => RegistryError::Unauthorised {
            why: text,
            host: host.to_owned(),
        },
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
    let words = format!("{} {}", part("code"), part("message"));
    // It is a stranger's text, and stands in the middle of a sentence.
    let plain = words.replace(char::is_control, " ");
    let plain: Vec<&str> = plain.split_whitespace().collect();
    Some(plain.join(" ").chars().take(MOST_SAID).collect())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use perfctl_core::seams::Never;

    use super::*;

    #[test]
    fn another_machine_is_asked_over_https_unless_the_caller_says_otherwise() {
        let access = |insecure| Access {
            account: None,
            insecure,
            timeout: Duration::from_secs(1),
            whole: Duration::from_secs(1),
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

    /// A registry that answers everything with a byte now and then.
    fn dripping() -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                use std::io::{Read as _, Write as _};
                let _ = stream.read(&mut [0; 4096]);
                let mut said = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n");
                while said.is_ok() {
                    std::thread::sleep(Duration::from_millis(20));
                    said = stream.write_all(b"x");
                }
            }
        });
        format!("{address}/shop:1")
    }

    #[test]
    fn a_registry_that_is_never_silent_and_never_done_is_left_when_the_time_is_over() {
        let reference = Reference::read(&dripping()).expect("a name");
        let access = Access {
            account: None,
            insecure: false,
            timeout: Duration::from_secs(20),
            whole: Duration::from_millis(300),
        };
        let begun = Instant::now();
        let mut client = Client::new(&reference, &access, &Never).expect("a client");
        let slow = client.manifest("1", "*/*").expect_err("too slow");
        let RegistryError::Slow { had, .. } = slow else {
            panic!("{slow}")
        };
        assert!((1..500).contains(&had), "{had}");
        // What is asked afterwards is too late.
        let late = client.blob("sha256:0", 10).expect_err("too late");
        assert!(matches!(late, RegistryError::Slow { had: 0, .. }), "{late}");
        assert!(begun.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn an_account_is_printed_without_its_password() {
        let account = Account {
            username: "ci".to_owned(),
            password: Secret::new("hunter2"),
        };
        assert!(!format!("{account:?}").contains("hunter2"));
    }
}
