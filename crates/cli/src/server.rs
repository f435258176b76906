//! A static host on this machine, as GitHub Pages would serve: gzip, and files named by their content for ever.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// Takes a port of this machine.
///
/// # Errors
/// It is taken, or may not be used; the message says what to do.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is taken; choose another one with --port"),
        _ => anyhow!("port {port} cannot be used ({error}); choose another one with --port"),
    })
}

/// Serves until Ctrl-C.
///
/// # Errors
/// The server cannot be started, or breaks off.
pub fn run(listener: TcpListener, app: Router) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
    runtime.block_on(async {
        listener.set_nonblocking(true).context("the server cannot be started")?;
        let listener = tokio::net::TcpListener::from_std(listener).context("the server cannot be started")?;
        let app = app.layer(middleware::from_fn(set_caching)).layer(CompressionLayer::new());
        tokio::select! {
            ended = axum::serve(listener, app) => ended.context("the server broke off"),
            pressed = tokio::signal::ctrl_c() => pressed.context("Ctrl-C cannot be heard"),
        }
    })
}

/// The files of a folder.
pub fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
}

/// Files named by their content never change; everything else is asked for anew.
async fn set_caching(request: Request, next: Next) -> Response {
    let is_for_ever = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let is_found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_for_ever && is_found { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

/// Whether a file of that name may be cached for ever: it is, or has in it, a hash of its content.
pub fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = stem.rsplit(['-', '/']).next().unwrap_or("");
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_ever() {
        for name in ["sheaf-17762fddd969a453.css", "/index/17762fddd969a453.bin", "/a/index/root-17762fddd969a453.bin"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "sheaf.css", "sheaf-17762fddd969a45.css", "sheaf-long-enough-words.css"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
