//! One file from a web server, over HTTPS, with a limit.

use std::io::Read;
use std::time::Duration;

use perfctl_core::seams::Stop;
use perfctl_registry::{Account, follow, is_loopback, reason};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;

use crate::source::host;
use crate::{Delivery, MOST_OF_A_SIGNATURE};

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long a server may take to say that it is there.
const GREETING: Duration = Duration::from_secs(10);

/// How much is read at once, in bytes.
const PIECE: usize = 64 << 10;

/// Why nothing came. The texts continue a sentence that begins with the address.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// There is no such file.
    #[error("is not there ({0})")]
    Absent(StatusCode),
    /// It is not for everybody, or not for this account.
    #[error(
        "may not be read ({0}): set a token or `user:password` of an account that may as `tokens.\"HOST\"` in your settings"
    )]
    Unauthorised(StatusCode),
    /// Another answer.
    #[error("cannot be had, the server answered {0}")]
    Status(StatusCode),
    /// No connection, or it broke off.
    #[error("cannot be had: {0}")]
    Down(String),
    /// It is too much.
    #[error("has more than {0} MiB")]
    TooLarge(u64),
    /// The user asked to stop.
    #[error("was left on request")]
    Stopped,
}

/// Reads the file at `url`, of at most `most` bytes, and the signature beside it (`.minisig`).
///
/// # Errors
/// [`DownloadError`].
pub fn download(
    url: &str,
    account: Option<&Account>,
    most: u64,
    stop: &dyn Stop,
) -> Result<Delivery, DownloadError> {
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
        request.send().map_err(down)
    };
    let bytes = body(succeeded(get(url)?)?, most, stop)?;
    // The signature of a file lies beside it, before the query.
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let beside = get(&format!("{path}.minisig{query}"))?;
    let signature = match succeeded(beside) {
        Ok(response) => {
            let text = body(response, MOST_OF_A_SIGNATURE, stop);
            // A server that answers everything with a page has no signature.
            text.ok().and_then(|text| String::from_utf8(text).ok())
        }
        // Stores without a right to list answer "forbidden" for what is not there.
        Err(DownloadError::Absent(_) | DownloadError::Unauthorised(_)) => None,
        Err(error) => return Err(error),
    };
    Ok(Delivery {
        bytes,
        signature: signature.filter(|text| text.starts_with("untrusted comment:")),
        revision: None,
    })
}

fn succeeded(response: Response) -> Result<Response, DownloadError> {
    match response.status() {
        status if status.is_success() => Ok(response),
        status @ (StatusCode::NOT_FOUND | StatusCode::GONE) => Err(DownloadError::Absent(status)),
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            Err(DownloadError::Unauthorised(status))
        }
        status => Err(DownloadError::Status(status)),
    }
}

fn body(response: Response, most: u64, stop: &dyn Stop) -> Result<Vec<u8>, DownloadError> {
    let mut rest = response.take(most + 1);
    let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
    loop {
        if stop.requested() {
            return Err(DownloadError::Stopped);
        }
        match rest.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(DownloadError::Down(format!("it broke off: {error}"))),
        }
    }
    if bytes.len() as u64 > most {
        return Err(DownloadError::TooLarge(most >> 20));
    }
    Ok(bytes)
}
