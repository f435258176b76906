//! The lenses that read: who, where, when, who said what, who met whom, who copied whom. Each shows what the extractors
//! found in the documents chosen, with how certain it is and why; every row leads to its place in the text.

mod compare;
mod dates;
mod events;
mod findings;
mod named;
mod network;
mod people;
mod place;
mod profile;
mod quotes;
mod shared;
mod side_by_side;
mod timeline;
mod together;

use super::settings::Settings;
use super::table::Rows;
use super::{Ground, Lens, LensView, Working};
use crate::extract::{Kind, Read};
pub use named::{columns, entity_key, named, stretches};
pub use shared::SharedWork;

/// Shows what was read.
///
/// # Errors
/// There is more to do than can be done at once.
pub fn look(
    lens: Lens,
    ground: &Ground,
    read: &Read,
    settings: &mut Settings,
    rows: Rows,
) -> Result<LensView, Working> {
    let mut view = match lens {
        Lens::Quotes => quotes::quotes(ground, read, settings, rows),
        Lens::Timeline => timeline::timeline(ground, read, settings, rows),
        Lens::Events => events::events(ground, read, settings, rows),
        Lens::Dates => dates::dates(ground, read, settings, rows),
        Lens::Compare => compare::compare(ground, settings, rows),
        Lens::Shared => shared::shared(ground, settings, rows)?,
        Lens::Findings => findings::findings(ground, read, settings, rows),
        _ => people::people(ground, read, settings, rows),
    };
    if view.table.rows.is_empty() && view.table.total == 0 && view.notes.is_empty() && settings.problems.is_empty() {
        view.notes.push(NOTHING.to_owned());
    }
    // Passages are compared in any language.
    if !matches!(lens, Lens::Compare | Lens::Shared) {
        view.notes.extend(foreign(ground, read));
        view.notes.extend(read.problems.iter().map(|problem| format!("{}: {}", problem.place, problem.message)));
    }
    Ok(view)
}

/// Where a table is empty and nothing else says why.
const NOTHING: &str = "Nothing of this kind was found in these documents with these settings.";

/// What was not read for its language.
fn foreign(ground: &Ground, read: &Read) -> Option<String> {
    let docs = ground.selected.docs;
    let is_foreign = |doc: usize| read.findings.get(doc).is_some_and(|found| found.is_foreign);
    let foreign = docs.iter().filter(|doc_id| is_foreign(doc_id.0 as usize)).count() as u64;
    (foreign > 0).then(|| {
        format!(
            "{} in a language that is not read: names, quotations and dates are found in English texts only.",
            match foreign {
                1 => "1 document is".to_owned(),
                many => crate::views::words::count(many, "document is", "documents are"),
            }
        )
    })
}

/// A kind of thing in the words of queries, links and settings.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "org",
        Kind::Place => "place",
        Kind::Other => "name",
    }
}

/// A kind of thing on the screen.
pub fn kind_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Other => "other name",
    }
}
