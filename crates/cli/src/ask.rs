//! `sheaf ask`: any request of the core as JSON in, its response as JSON out.

use std::io::Read;

use clap::Args;
use sheaf_core::workspace::Request;

use crate::CorpusArgs;

/// Arguments of `sheaf ask`.
#[derive(Args)]
pub(crate) struct AskArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// The request, for example {"Results":{"question":{"query":"putin"},"limit":3}}; standard input where it is left out
    request: Option<String>,
}

/// Answers one request.
pub(crate) fn run(args: &AskArgs) -> Result<(), String> {
    let text = match &args.request {
        Some(text) => text.clone(),
        None => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| format!("The request cannot be read: {error}."))?;
            text
        }
    };
    let request: Request = serde_json::from_str(&text).map_err(|error| format!("This is no request: {error}."))?;
    let response = args.corpus.open()?.ask(&request).map_err(|error| format!("{error:#}"))?;
    crate::search::print_line(&response)
}
