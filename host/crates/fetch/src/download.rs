//! One file from a web server, over HTTPS, with a limit.

use std::time::Duration;

use perfctl_core::seams::Stop;
use perfctl_registry::{Account, Unread, Waiting, follow, is_loopback, reason};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;

use crate::source::{authority, host};
use crate::{Bounds, Delivery, MOST_OF_A_SIGNATURE};

/// How long a server may say nothing.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long a server may take to say that it is there.
const GREETING: Duration = Duration::from_secs(10);

/// Why nothing came. The texts continue a sentence that begins with the address.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// There is no such file.
    #[error("is not there ({0})")]
    Absent(StatusCode),
    /// It is not for everybody, or not for this account.
    #[error(
        "may not be read ({status}): set a token or `user:password` of an account that may as `tokens.\"{host}\"` in your settings"
    )]
    Unauthorised {
        /// The answer.
        status: StatusCode,
        /// Whose.
        host: String,
    },
    /// Another answer.
    #[error("cannot be had, the server answered {0}")]
    Status(StatusCode),
    /// The file is there, and whether it is signed cannot be known.
    #[error("cannot be had with its signature `{name}`: {why}")]
    Signature {
        /// The signature's file.
        name: String,
        /// What came in its place.
        why: String,
    },
    /// No connection, or it broke off.
    #[error("cannot be had: {0}")]
    Down(String),
    /// It is too much.
    #[error("has more than {0} MiB")]
    TooLarge(u64),
    /// It comes, and too slowly.
    #[error(
        "was not there within {} s, the longest that is waited for: {had} bytes had come; try again over a faster connection, or fetch the file by other means and name its path",
        .limit.as_secs()
    )]
    Slow {
        /// How long was waited.
        limit: Duration,
        /// What had come, in bytes.
        had: usize,
    },
    /// The user asked to stop.
    #[error("was left on request")]
    Stopped,
}

/// Reads the file at `url` and the signature beside it (`.minisig`), within `bounds`.
///
/// # Errors
/// [`DownloadError`].
pub fn download(
    url: &str,
    account: Option<&Account>,
    bounds: Bounds,
    stop: &dyn Stop,
) -> Result<Delivery, DownloadError> {
    let waiting = Waiting::new(bounds.time, stop);
    let down = |error: reqwest::Error| DownloadError::Down(reason(&error));
    let mut builder = Client::builder()
        .user_agent(concat!("perfctl/", env!("CARGO_PKG_VERSION")))
        .timeout(PATIENCE)
        .connect_timeout(GREETING)
        .redirect(Policy::custom(follow));
    if is_loopback(host(url)) {
        builder = builder.no_proxy();
    }
    let client = builder.build().map_err(down)?;
    let get = |url: &str| {
        // Some forges answer with a description of the file to whoever does not ask for its bytes.
        let request = client
            .get(url)
            .header(ACCEPT, "application/octet-stream, */*;q=0.5");
        let request = match account {
            Some(Account { username, password }) => {
                request.basic_auth(username, Some(password.reveal()))
            }
            None => request,
        };
        tracing::debug!(host = host(url), "downloading");
        let sent = waiting.wait(move || request.send());
        sent.map_err(|why| unread(why, 0))?.map_err(down)
    };
    let body = |response: Response, most: u64| {
        let read = waiting.body(response, most);
        read.map_err(|why| unread(why, most))
    };
    let refused = |response| succeeded(response, authority(url));
    let bytes = body(refused(get(url)?)?, bounds.bytes)?;
    // The signature of a file lies beside it, before the query.
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let text = get(&format!("{path}.minisig{query}")).and_then(refused);
    let text = text.and_then(|response| body(response, MOST_OF_A_SIGNATURE));
    let signature = match text {
        Ok(text) => String::from_utf8(text).ok(),
        // A server that answers everything with a page has no signature.
        Err(DownloadError::TooLarge(_)) => None,
        Err(error) if is_absence(&error) => None,
        Err(error @ (DownloadError::Slow { .. } | DownloadError::Stopped)) => return Err(error),
        Err(error) => {
            let name = path.rsplit('/').next().unwrap_or_default();
            return Err(DownloadError::Signature {
                name: format!("{name}.minisig"),
                why: match error {
                    DownloadError::Status(status) => format!("the server answered {status}"),
                    DownloadError::Down(why) => why,
                    error => error.to_string(),
                },
            });
        }
    };
    Ok(Delivery {
        bytes,
        signature: signature.filter(|text| text.starts_with("untrusted comment:")),
        revision: None,
    })
}

/// Whether a server has said that there is no such file, each in its way: stores without a right to list answer "forbidden", addresses
/// that are signed with their query "bad request". A signature that has to be there is missed by whoever asks for it.
fn is_absence(error: &DownloadError) -> bool {
    let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    match error {
        DownloadError::Absent(_) | DownloadError::Unauthorised { .. } => true,
        DownloadError::Status(status) => status.is_client_error() && !later.contains(status),
        _ => false,
    }
}

fn succeeded(response: Response, host: &str) -> Result<Response, DownloadError> {
    match response.status() {
        status if status.is_success() => Ok(response),
        status @ (StatusCode::NOT_FOUND | StatusCode::GONE) => Err(DownloadError::Absent(status)),
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            Err(DownloadError::Unauthorised {
                status,
                host: host.to_owned(),
            })
        }
        status => Err(DownloadError::Status(status)),
    }
}

/// Why nothing came, or not all of it.
fn unread(why: Unread, most: u64) -> DownloadError {
    match why {
        Unread::Stopped => DownloadError::Stopped,
        Unread::Slow { limit, had } => DownloadError::Slow { limit, had },
        Unread::TooLarge => DownloadError::TooLarge(most >> 20),
        Unread::Broken(error) => DownloadError::Down(format!("it broke off: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::time::Instant;

    use super::*;

    struct Never;

    impl Stop for Never {
        fn requested(&self) -> bool {
            false
        }
    }

    /// Downloads `acme.wasm` from a server that answers this to the question for its signature.
    fn with_signature(status: &'static str, body: &'static str) -> Result<Delivery, DownloadError> {
        with_signature_cut(status, body, 0)
    }

    /// The same, with an answer that lacks so many of the bytes that it promises.
    fn with_signature_cut(
        status: &'static str,
        body: &'static str,
        lacks: usize,
    ) -> Result<Delivery, DownloadError> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!(
            "http://{}/acme.wasm?at=1",
            listener.local_addr().expect("an address")
        );
        let serving = std::thread::spawn(move || {
            for answer in [("200 OK", "plugin", 0), (status, body, lacks)] {
                let (mut stream, _) = listener.accept().expect("asked");
                let mut reader = BufReader::new(stream.try_clone().expect("works here"));
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                    line.clear();
                }
                let (status, body, lacks) = answer;
                let text = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len() + lacks
                );
                stream.write_all(text.as_bytes()).expect("answered");
            }
        });
        let got = download(&url, None, Bounds::of(100), &Never);
        serving.join().expect("asked twice");
        got
    }

    #[test]
    fn a_server_that_has_no_signature_says_so_in_its_own_way() {
        for status in [
            "400 Bad Request",
            "401 Unauthorized",
            "403 Forbidden",
            "404 Not Found",
            "405 Method Not Allowed",
        ] {
            let got = with_signature(status, "").expect(status);
            assert_eq!(
                (got.bytes.as_slice(), got.signature),
                (&b"plugin"[..], None)
            );
        }
        let got = with_signature("200 OK", "<html>everything</html>").expect("a page");
        assert_eq!(got.signature, None);
        let got = with_signature("200 OK", "untrusted comment: x").expect("a signature");
        assert_eq!(got.signature.as_deref(), Some("untrusted comment: x"));
    }

    #[test]
    fn a_server_that_cannot_say_names_the_signature() {
        for status in ["500 Internal Server Error", "429 Too Many Requests"] {
            let refused = with_signature(status, "").expect_err(status).to_string();
            assert!(refused.contains("`acme.wasm.minisig`"), "{refused}");
            assert!(refused.contains(status), "{refused}");
        }
    }

    #[test]
    fn a_signature_that_breaks_off_is_not_taken_for_none() {
        let cut = with_signature_cut("200 OK", "untrusted comment: x", 100);
        let cut = cut.expect_err("cut off").to_string();
        assert!(cut.contains("`acme.wasm.minisig`"), "{cut}");
        assert!(cut.contains("it broke off"), "{cut}");
        let page = "<html>".repeat(2000);
        let got = with_signature("200 OK", page.leak()).expect("a page");
        assert_eq!(got.signature, None);
    }

    #[test]
    fn a_server_that_falls_silent_is_left_when_the_time_is_over() {
        // It takes the call, and never answers: reads have a limit of their own, which is longer.
        let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = silent.local_addr().expect("an address");
        let (begun, bounds) = (Instant::now(), Bounds::of(100));
        let time = Duration::from_millis(300);
        let url = format!("http://{address}/acme.wasm");
        let slow = download(&url, None, Bounds { time, ..bounds }, &Never);
        assert!(matches!(slow, Err(DownloadError::Slow { had: 0, .. })));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
