//! A web server in the test's process, over plain HTTP on this machine: files at paths, or whatever a test answers.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server that lives as long as the test's process.
pub(crate) struct Web {
    port: u16,
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<Request>>>,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    /// By lower-case names.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Who it says that it comes from.
    pub(crate) fn account(&self) -> Option<&str> {
        self.headers.get("authorization").map(String::as_str)
    }
}

/// What is answered.
pub(crate) struct Response {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// The rest never comes, or a byte now and then.
    rest: Rest,
}

/// What comes behind a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Nothing,
    Never,
    Drips,
}

impl Response {
    /// An answer with nothing in it.
    pub(crate) fn new(status: &'static str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            rest: Rest::Nothing,
        }
    }

    /// With a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a body.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// A file of which only the beginning comes, and the connection stays open.
    pub(crate) fn stalling(begin: impl Into<Vec<u8>>) -> Self {
        Self {
            rest: Rest::Never,
            ..Self::new("200 OK").body(begin)
        }
    }

    /// A file that comes byte by byte, and does not end while anybody listens.
    pub(crate) fn dripping() -> Self {
        Self {
            rest: Rest::Drips,
            ..Self::new("200 OK")
        }
    }
}

impl Web {
    /// A server on a free port that has nothing yet.
    pub(crate) fn start() -> Self {
        Self::answering(|_| None)
    }

    /// A server that answers with what `answer` gives, and with its files where that is nothing.
    pub(crate) fn answering(
        answer: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let web = Self {
            port: listener.local_addr().unwrap().port(),
            files: Arc::default(),
            asked: Arc::default(),
        };
        let (files, asked) = (web.files.clone(), web.asked.clone());
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, asked, answer) = (files.clone(), asked.clone(), answer.clone());
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    asked.lock().unwrap().push(request.clone());
                    let file = || files.lock().unwrap().get(&request.path).cloned();
                    let response = answer(&request).unwrap_or_else(|| match file() {
                        Some(body) => Response::new("200 OK").body(body),
                        None => Response::new("404 Not Found"),
                    });
                    write(stream, &request, &response);
                });
            }
        });
        web
    }

    /// Puts something at a path.
    pub(crate) fn put(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.files
            .lock()
            .unwrap()
            .insert(path.to_owned(), body.into());
    }

    /// Its host with its port.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    /// The same by another name of this machine, which is another host to whoever asks.
    pub(crate) fn elsewhere(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// What it was asked for, in order.
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    /// How often it was asked for anything.
    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? <= 2 {
            break;
        }
        let (name, value) = header.split_once(':')?;
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length");
    let length = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

fn write(mut stream: TcpStream, request: &Request, response: &Response) {
    let Response { status, body, .. } = response;
    let length = match response.rest {
        Rest::Nothing => body.len(),
        Rest::Never | Rest::Drips => body.len() + 100_000,
    };
    let mut head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n");
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    // Who asks may have left.
    let _ = stream.write_all(head.as_bytes());
    if request.method != "HEAD" {
        let _ = stream.write_all(body);
    }
    match response.rest {
        Rest::Nothing => {}
        Rest::Never => {
            let _ = stream.flush();
            // Until the other side closes it.
            let _ = stream.read(&mut [0]);
        }
        Rest::Drips => {
            while stream.write_all(b"x").is_ok() {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
    }
}
