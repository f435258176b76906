//! `docs/counting.md` lists every lens, setting, column and measure as the code has them. `SHEAF_WRITE_DOCS=1 cargo test -p
//! sheaf-tests --test manual` writes the lists anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sheaf_core::document::Corpus;
use sheaf_core::measure::{ASSOCIATION, DISPERSION, DIVERSITY, KEYNESS, Measure, READABILITY};
use sheaf_core::views::LensView;
use sheaf_core::views::lens::settings::{Kind, Setting};
use sheaf_core::views::lens::{Lens, SETTINGS};
use sheaf_core::workspace::{LensRequest, Request, Response, Workspace};

const BEGIN: &str = "<!-- lists: begin -->\n";
const END: &str = "<!-- lists: end -->\n";

/// What a lens shows of nothing: its settings and columns.
fn view(lens: Lens) -> LensView {
    let settings = vec![("columns".to_owned(), "all".to_owned())];
    let request = Request::Lens(LensRequest { lens, settings, ..LensRequest::default() });
    match Workspace::new(Corpus::default()).handle(&request) {
        Response::Lens(answer) => answer.view.open().unwrap(),
        other => unreachable!("a lens is answered by {other:?}"),
    }
}

fn values(setting: &Setting) -> String {
    let list = |choices: &[(String, String)]| {
        let named = choices.iter().map(|(value, words)| match value.is_empty() {
            true => format!("*empty* ({words})"),
            false => format!("`{value}` ({words})"),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    match &setting.kind {
        Kind::Choice(choices) => list(choices),
        Kind::Several(choices, most) => format!("up to {most}, joined by commas: {}", list(choices)),
        Kind::Number(least, most) if *most == u32::MAX => format!("a whole number from {least}"),
        Kind::Number(least, most) => format!("a whole number from {least} to {most}"),
        Kind::Text(example) => format!("text: `{example}`"),
        Kind::Switch => "`1` or `0`".to_owned(),
        Kind::Rows => "rows by their keys (`document:position`), one a line".to_owned(),
    }
}

fn measures<T: ?Sized>(out: &mut String, title: &str, list: &[Measure<T>]) {
    writeln!(out, "### {title}\n\n| name | measure | says | source |\n|---|---|---|---|").unwrap();
    for Measure { name, title, variant, meaning, source, .. } in list {
        let variant = if variant.is_empty() { String::new() } else { format!(" ({variant})") };
        writeln!(out, "| `{name}` | {title}{variant} | {meaning} | {source} |").unwrap();
    }
    out.push('\n');
}

fn lists() -> String {
    let mut out = String::from("\n## The lenses\n\n");
    for &lens in Lens::ALL {
        let view = view(lens);
        writeln!(out, "### `{}`: {}\n\n{}.\n", lens.name(), lens.title(), lens.about()).unwrap();
        out.push_str("| setting | on the page | may be | default |\n|---|---|---|---|\n");
        for setting in &view.settings {
            let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
            writeln!(out, "| `{}` | {} | {} | {default} |", setting.name, setting.label, values(setting)).unwrap();
        }
        out.push_str("\n| column | means |\n|---|---|\n");
        for column in &view.table.columns {
            writeln!(out, "| `{}` | {} |", column.name, column.meaning).unwrap();
        }
        out.push('\n');
    }
    out.push_str("## The measures\n\n");
    measures(&mut out, "Keyness", KEYNESS);
    measures(&mut out, "Collocation", ASSOCIATION);
    measures(&mut out, "Dispersion", DISPERSION);
    measures(&mut out, "Variety of words", DIVERSITY);
    measures(&mut out, "Readability", READABILITY);
    out
}

#[test]
fn the_manual_lists_what_the_code_has() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/counting.md");
    let manual = fs::read_to_string(&path).unwrap();
    let (before, rest) = manual.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let lists = lists();
    if std::env::var_os("SHEAF_WRITE_DOCS").is_some() {
        fs::write(&path, [before, BEGIN, &lists, END, after].concat()).unwrap();
    } else {
        assert!(
            written == lists,
            "docs/counting.md is behind: SHEAF_WRITE_DOCS=1 cargo test -p sheaf-tests --test manual"
        );
    }
}

#[test]
fn every_setting_is_known_to_links() {
    for &lens in Lens::ALL {
        for setting in view(lens).settings {
            // The order of lines, and of tables, is a parameter of all lenses.
            let is_known = SETTINGS.contains(&setting.name.as_str()) || setting.name == "sort";
            assert!(is_known, "{}: a filter by a field named {} would be taken for it", lens.name(), setting.name);
        }
    }
}
