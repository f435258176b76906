//! Peers over the same documents and queries, and how they stand to us.

use std::time::Duration;

use serde_json::json;

use crate::Args;
use crate::corpus::Sample;
use crate::node::{Cold, Node, Peer};
use crate::queries::KINDS;
use crate::run::{Ours, step};
use crate::table::{Report, Times, kb, mb, ms, percent, quantile};

/// Their names, as `bench.mjs` knows them, with how much of an answer they give.
const PEERS: [(&str, &str); 4] = [
    ("minisearch", "in memory; no phrases"),
    ("flexsearch", "in memory, ten best without totals; no OR, phrases, prefixes, errors, sorting as it is set here"),
    ("orama", "in memory, English stemming, words count as beginnings, too; no phrases"),
    ("pagefind", "in files, English stemming, ten texts shown; no OR, no typing errors"),
];

/// Measures all peers and adds the tables. One that fails has its reason there in place of figures.
pub(crate) fn compare(report: &mut Report, args: &Args, sample: &Sample, ours: &Ours) {
    let Some((memory, files)) = &ours.node else { return };
    let node = Node { program: args.node.clone(), limit: Duration::from_secs(args.limit) };
    let measured: Vec<(&str, Result<Peer, String>)> = PEERS
        .iter()
        .map(|(name, _)| {
            let options = json!({
                "name": name, "documents": sample.documents, "queries": sample.folder.join("queries.json"),
                "packages": args.packages, "work": sample.folder,
            });
            let peer = step(&format!("Measuring {name}"), || node.run::<Peer>("peer", &options, &sample.folder));
            (*name, peer.map_err(|error| format!("{error:#}")))
        })
        .collect();
    let notes = PEERS.map(|(name, about)| format!("{name}: {about}")).join(". ");
    let about = format!(
        "{} documents, {} of text, in Node, one process each. {notes}. In brackets: how many times ours.",
        sample.corpus.documents.len(),
        mb(sample.text_bytes)
    );
    report.heading("Beside peers", &about);
    builds(report, sample, ours, memory.seconds, &measured);
    let own = [("Sheaf, in memory", &memory.times), ("Sheaf, in files", &files.times)];
    latencies(report, &own, &measured);
    cold(report, ours, &measured);
}

type Measured<'m> = [(&'m str, Result<Peer, String>)];

fn builds(report: &mut Report, sample: &Sample, ours: &Ours, seconds: f64, measured: &Measured<'_>) {
    let is_shown = |kind: &str| matches!(kind, "texts" | "metadata" | "names" | "about" | "borders");
    let bytes = ours.built.kinds.iter().filter(|(kind, _)| !is_shown(kind)).map(|(_, (_, bytes))| bytes).sum::<u64>();
    let rate = |seconds: f64| format!("{:.1}", sample.text_bytes as f64 / 1e6 / seconds);
    let mut rows = vec![vec![
        "Sheaf".to_owned(),
        format!("{seconds:.2}"),
        rate(seconds),
        format!("{}, {}", mb(bytes), percent(bytes, sample.text_bytes)),
        String::new(),
    ]];
    for (name, peer) in measured {
        rows.push(match peer {
            Err(reason) => vec![(*name).to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned(), reason.clone()],
            Ok(peer) => {
                let size = peer.gzip_bytes.map_or("–".to_owned(), |size| {
                    format!("{}, {} ({})", mb(size), percent(size, sample.text_bytes), times(size as f64, bytes as f64))
                });
                let held = match peer.text_bytes {
                    0 => format!("process holds {}", mb(peer.rss_bytes)),
                    texts => format!("and {} of texts", mb(texts)),
                };
                let (empty, asked) = peer.found_nothing();
                let note = format!("{held}; {empty} of {asked} queries found nothing. {}", peer.note);
                let time = format!("{:.2} ({})", peer.seconds, times(peer.seconds, seconds));
                vec![(*name).to_owned(), time, rate(peer.seconds), size, note.trim().to_owned()]
            }
        });
    }
    report.table(&["", "indexing, s", "MB/s of text", "index, gzip", ""], &rows);
}

fn latencies(report: &mut Report, own: &[(&str, &Times)], measured: &Measured<'_>) {
    let peers: Vec<(&str, &Peer)> =
        measured.iter().filter_map(|(name, peer)| Some((*name, peer.as_ref().ok()?))).collect();
    let figure = |times: &Times, kind: &str| {
        let own = times.get(kind)?;
        Some((quantile(own, 0.5), quantile(own, 0.95)))
    };
    let rows = KINDS.iter().map(|kind| {
        let mut row = vec![(*kind).to_owned()];
        let shown = |figure: Option<(f64, f64)>| figure.map(|(half, most)| format!("{} / {}", ms(half), ms(most)));
        row.extend(own.iter().map(|(_, times)| shown(figure(times, kind)).unwrap_or_default()));
        let base = own.first().and_then(|(_, times)| figure(times, kind)).unwrap_or_default();
        row.extend(peers.iter().map(|(_, peer)| {
            let figure = figure(&peer.times, kind);
            let ratio = figure.map(|(_, most)| format!(" ({})", times(most, base.1))).unwrap_or_default();
            shown(figure).map_or("–".to_owned(), |shown| shown + &ratio)
        }));
        row
    });
    let mut head = vec!["median / p95, ms"];
    head.extend(own.iter().map(|(name, _)| *name).chain(peers.iter().map(|(name, _)| *name)));
    report.table(&head, &rows.collect::<Vec<_>>());
}

/// What a first search takes: all of the index for those who hold it in memory.
fn cold(report: &mut Report, ours: &Ours, measured: &Measured<'_>) {
    let Some((_, files)) = &ours.node else { return };
    let own = |part: &dyn Fn(&Cold) -> u64| -> Vec<f64> {
        files.cold.iter().map(|cold| (files.root_bytes + part(cold)) as f64).collect()
    };
    let whole = own(&|cold| cold.rows.all() + cold.beside.all() + cold.others.all());
    let base = quantile(&whole, 0.5);
    let row = |name: &str, bytes: &[f64]| vec![name.to_owned(), kb(quantile(bytes, 0.5)), kb(quantile(bytes, 1.0))];
    let mut rows = vec![
        row("Sheaf, ten passages", &whole),
        row("Sheaf, three passages", &own(&|cold| cold.rows.all() + cold.beside.all())),
        row("Sheaf, titles", &own(&|cold| cold.rows.all())),
    ];
    for (name, peer) in measured.iter().filter_map(|(name, peer)| Some((*name, peer.as_ref().ok()?))) {
        let cold: Vec<f64> = peer.cold.iter().map(|cold| cold.bytes as f64).collect();
        let whole = peer.gzip_bytes.map(|bytes| vec![bytes as f64]);
        let Some(bytes) = Some(cold).filter(|cold| !cold.is_empty()).or(whole) else { continue };
        let median = quantile(&bytes, 0.5);
        rows.push(vec![
            name.to_owned(),
            format!("{} ({})", kb(median), times(median, base)),
            kb(quantile(&bytes, 1.0)),
        ]);
    }
    report.table(&["first search from cold, KB, programs left out", "median", "most"], &rows);
}

fn times(value: f64, base: f64) -> String {
    format!("{:.1} ×", value / base.max(1e-9))
}
