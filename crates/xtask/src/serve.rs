//! `cargo xtask serve`: builds the page and serves it on this machine, as a static host would.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use axum::Router;
use axum::extract::{self, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use clap::Args;
use sheaf_cli::server::{self, files, listen};
use tokio::sync::watch;

use crate::build::{self, BuildArgs};
use crate::watch::{Build, rebuild_on_change};
use crate::{console, tools};

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
    server::run(listener, app)
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
