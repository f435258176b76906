//! A recording server: it serves a folder, and is at the same time the HTTP proxy of the browser.
//!
//! Whatever the browser loads goes through it, the requests of workers too, and to any origin: nothing can pass
//! unrecorded. The driver's own log was rejected: it misses what a worker loads. Requests to other origins are recorded
//! and answered with 502, so the tests need no network.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RANGE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// Whom Chromium itself speaks to, whatever page is open and whatever flags forbid it: its updates, its accounts, the
/// search engine of Debian's build. No page is to name them, which a story looks after.
pub const BROWSERS_OWN: &[&str] = &[
    "update.googleapis.com",
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "start.duckduckgo.com",
];

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Hosting {
    /// The folder.
    pub folder: PathBuf,
    /// Where it appears: begins and ends with `/`.
    pub base: String,
    /// Whether the host is a well-kept one, as GitHub Pages: it compresses, lets files be kept for a while, and knows
    /// the type of wasm. The simplest hosts do nothing of that.
    pub is_well_kept: bool,
}

impl Hosting {
    /// The folder at the root of a well-kept host.
    pub fn of(folder: impl Into<PathBuf>) -> Hosting {
        Hosting { folder: folder.into(), base: "/".to_owned(), is_well_kept: true }
    }
}

/// A request as the proxy saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// `GET`, or `CONNECT` for an encrypted connection.
    pub method: String,
    /// The whole address, of a `CONNECT` only host and port.
    pub address: String,
    /// Whom it went to.
    pub to: Receiver,
    /// Which bytes of the file it asks for, where not for all.
    pub range: Option<String>,
}

/// Whom a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// The server itself.
    Own,
    /// One of [`BROWSERS_OWN`].
    BrowsersOwn,
    /// Anybody else.
    Foreign,
}

/// What a file is answered with instead.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing but a status.
    Status(u16),
    /// Other bytes.
    Bytes(Vec<u8>),
    /// Nothing, until the gate opens.
    Held(watch::Receiver<bool>),
    /// All of it, whatever part is asked for.
    Whole,
    /// Another part than the one that is asked for.
    OtherPart,
}

/// Lets a held file go, at the latest when it is dropped.
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// Opens it.
    pub fn open(&self) {
        self.0.send_replace(true);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.open();
    }
}

/// A running server. Dropping it ends it.
pub struct Server {
    desk: Arc<Desk>,
    task: JoinHandle<()>,
}

struct Desk {
    hosting: Hosting,
    address: SocketAddr,
    files: ServeDir,
    recorded: Mutex<Vec<Recorded>>,
    faults: Mutex<Vec<(String, Fault)>>,
}

impl Server {
    /// Serves on a free port of this machine.
    pub async fn start(hosting: Hosting) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let desk = Arc::new(Desk {
            files: ServeDir::new(&hosting.folder),
            hosting,
            address,
            recorded: Mutex::default(),
            faults: Mutex::default(),
        });
        let router = Router::new().fallback(answer).with_state(desk.clone());
        let router = if desk.hosting.is_well_kept { router.layer(CompressionLayer::new()) } else { router };
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("the server runs") });
        Server { desk, task }
    }

    /// Host and port, for the browser's proxy setting.
    pub fn authority(&self) -> String {
        self.desk.address.to_string()
    }

    /// The folder that is served.
    pub fn folder(&self) -> &Path {
        &self.desk.hosting.folder
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.desk.address, self.desk.hosting.base)
    }

    /// Every request of the page so far, in the order of arrival; without what the browser does on its own.
    pub fn recorded(&self) -> Vec<Recorded> {
        let recorded = lock(&self.desk.recorded).clone();
        recorded.into_iter().filter(|recorded| recorded.to != Receiver::BrowsersOwn).collect()
    }

    /// Requests of the page so far that went to another origin.
    pub fn foreign(&self) -> Vec<Recorded> {
        self.recorded().into_iter().filter(|recorded| recorded.to == Receiver::Foreign).collect()
    }

    /// Answers files whose name contains `part` otherwise, from now on.
    pub fn fault(&self, part: &str, fault: Fault) {
        lock(&self.desk.faults).push((part.to_owned(), fault));
    }

    /// Holds files whose name contains `part` back until the gate opens.
    pub fn hold(&self, part: &str) -> Gate {
        let (gate, held) = watch::channel(false);
        self.fault(part, Fault::Held(held));
        Gate(gate)
    }

    /// Answers all files as they are again.
    pub fn mend(&self) {
        lock(&self.desk.faults).clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Desk {
    fn receiver(&self, method: &Method, uri: &Uri) -> Receiver {
        // A request that was not sent through the proxy names no host.
        let is_own = uri.authority().is_none_or(|authority| authority.as_str() == self.address.to_string());
        if is_own && method != Method::CONNECT {
            Receiver::Own
        } else if uri.host().is_some_and(|host| BROWSERS_OWN.contains(&host)) {
            Receiver::BrowsersOwn
        } else {
            Receiver::Foreign
        }
    }

    fn fault_of(&self, path: &str) -> Option<Fault> {
        let faults = lock(&self.faults);
        faults.iter().find(|(part, _)| path.contains(part)).map(|(_, fault)| fault.clone())
    }

    async fn file(&self, request: Request) -> Response {
        let Some(path) = request.uri().path().strip_prefix(&self.hosting.base).map(|path| format!("/{path}")) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        match self.fault_of(&path) {
            Some(Fault::Status(status)) => {
                return StatusCode::from_u16(status).expect("a status").into_response();
            }
            Some(Fault::Bytes(bytes)) => return self.dressed(&path, bytes.into_response()),
            Some(Fault::Held(mut gate)) => {
                // A gate that was dropped is open.
                let _ = gate.wait_for(|is_open| *is_open).await;
            }
            Some(Fault::Whole | Fault::OtherPart) | None => {}
        }
        let mut inner = Request::new(Body::empty());
        *inner.uri_mut() = path.parse().expect("a path");
        *inner.headers_mut() = request.headers().clone();
        match self.fault_of(&path) {
            Some(Fault::Whole) => drop(inner.headers_mut().remove(RANGE)),
            Some(Fault::OtherPart) if inner.headers().contains_key(RANGE) => {
                inner.headers_mut().insert(RANGE, HeaderValue::from_static("bytes=1-99"));
            }
            _ => {}
        }
        let response = self.files.clone().try_call(inner).await.expect("a file that can be read");
        self.dressed(&path, response.map(Body::new))
    }

    /// The headers of the host's kind.
    fn dressed(&self, path: &str, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if self.hosting.is_well_kept {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=600"));
        } else if path.ends_with(".wasm") || path.ends_with(".bin") {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        }
        response
    }
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let to = desk.receiver(request.method(), request.uri());
    let (method, address) = (request.method().to_string(), request.uri().to_string());
    let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok()).map(str::to_owned);
    lock(&desk.recorded).push(Recorded { method, address, to, range });
    if to == Receiver::Own { desk.file(request).await } else { StatusCode::BAD_GATEWAY.into_response() }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().expect("no thread that holds it panics")
}
