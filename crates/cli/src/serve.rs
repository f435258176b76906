//! `sheaf serve`: a site on this machine.

use std::path::PathBuf;

use axum::Router;
use clap::Args;
use sheaf_cli::server::{files, listen, run as serve};

/// Arguments of `sheaf serve`.
#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Folder of the site
    #[arg(value_name = "SITE")]
    site: PathBuf,
    /// Port on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Serves until Ctrl-C.
pub(crate) fn run(args: &ServeArgs) -> Result<(), String> {
    if !args.site.join("index.html").is_file() {
        return Err(format!("{} holds no site: there is no index.html in it.", args.site.display()));
    }
    let listener = listen(args.port).map_err(|error| format!("{error:#}"))?;
    println!("Sheaf is at http://127.0.0.1:{}/ (Ctrl-C ends)", args.port);
    serve(listener, Router::new().fallback_service(files(&args.site))).map_err(|error| format!("{error:#}"))
}
