//! `cargo xtask serve`: builds the page and serves it on this machine, as a static host would.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::extract::{self, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use clap::Args;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

use crate::build::{self, BuildArgs};
use crate::watch::{Build, rebuild_on_change};
use crate::{console, dist, tools};

/// The script that only a watched page gets: it loads the page again after the next build.
const RELOAD: &str = include_str!("reload.js");

/// What to serve and where.
#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    build: BuildArgs,
    /// Port on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Build again whenever a source or a document changes, and reload the page
    #[arg(long)]
    watch: bool,
}

/// Builds, then serves until Ctrl-C.
///
/// # Errors
/// The port is taken, or the first build fails.
pub(crate) fn run(args: &ServeArgs) -> Result<()> {
    // A taken port is told before minutes of building; meanwhile nobody should wait on a silent one.
    drop(listen(args.port)?);
    build::run(&args.build)?;
    let listener = listen(args.port)?;
    let out = args.build.out_path()?;
    let app = if args.watch {
        watched(out, rebuild_on_change(&args.build)?)
    } else {
        Router::new().fallback_service(files(&out))
    };
    let address = format!("http://127.0.0.1:{}/", args.port);
    println!("Sheaf is at {address} (Ctrl-C ends)");
    if args.open {
        open(&address);
    }
    let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
    runtime.block_on(serve(listener, app))
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is taken; choose another one with --port"),
        _ => anyhow!("port {port} cannot be used ({error}); choose another one with --port"),
    })
}

async fn serve(listener: TcpListener, app: Router) -> Result<()> {
    listener.set_nonblocking(true).context("the server cannot be started")?;
    let listener = tokio::net::TcpListener::from_std(listener).context("the server cannot be started")?;
    let app = app.layer(middleware::from_fn(set_caching)).layer(CompressionLayer::new());
    tokio::select! {
        ended = axum::serve(listener, app) => ended.context("the server broke off"),
        pressed = tokio::signal::ctrl_c() => pressed.context("Ctrl-C cannot be heard"),
    }
}

fn files(out: &Path) -> ServeDir {
    ServeDir::new(out)
}

/// Files named by their content never change; everything else is asked for anew.
async fn set_caching(request: Request, next: Next) -> Response {
    let is_for_ever = dist::is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let is_found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_for_ever && is_found { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// The page with the script that reloads it. Nothing of this is in the folder: only what is served differs.
fn watched(out: PathBuf, builds: watch::Receiver<Build>) -> Router {
    let index = out.join("index.html");
    let page = get(move |State(builds): State<watch::Receiver<Build>>| watched_page(index.clone(), builds));
    Router::new()
        .route("/", page.clone())
        .route("/index.html", page)
        .route("/__reload.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], RELOAD) }))
        .route("/__reload/{build}", get(next_build))
        .fallback_service(files(&out))
        .with_state(builds)
}

async fn watched_page(index: PathBuf, builds: watch::Receiver<Build>) -> Response {
    let build = *builds.borrow();
    let script = format!(r#"<script type="module" src="./__reload.js?build={build}"></script></head>"#);
    match fs::read_to_string(&index) {
        Ok(page) => Html(page.replacen("</head>", &script, 1)).into_response(),
        Err(error) => (StatusCode::NOT_FOUND, format!("{}: {error}", index.display())).into_response(),
    }
}

/// Answers as soon as there is another build than the page's own.
async fn next_build(
    extract::Path(known): extract::Path<Build>,
    State(mut builds): State<watch::Receiver<Build>>,
) -> Response {
    match builds.wait_for(|build| *build != known).await {
        Ok(build) => build.to_string().into_response(),
        Err(_) => (StatusCode::GONE, "the watcher has ended").into_response(),
    }
}

fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let opened = if cfg!(windows) {
        tools::run(Command::new("cmd").args(["/C", "start", "", address]))
    } else {
        tools::run(Command::new(opener).arg(address))
    };
    if let Err(error) = opened {
        console::warn(&format!("the browser could not be opened: {error:#}"));
    }
}
