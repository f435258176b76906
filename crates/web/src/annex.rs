//! Annexes: code that the first answer does not need, in files of their own that are loaded after it.
//!
//! The build cuts the wasm at the functions marked here (`xtask/src/annexes.rs`): what only they reach is moved out
//! of the part that is loaded first. So each hands out a table of functions; nothing else may name them. Page and
//! worker load an annex each. Rejected: a wasm apart, as the stemmers are, since these share types and memory with
//! everything else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use sheaf_core::base::Apart;
use sheaf_core::views::lens::export::Exported;
use sheaf_core::views::{AboutView, EchoView, FacetsView, ReaderAnswer};
use sheaf_core::workspace::{Corrections, Deferred, FIRST_FROM, Readers, Root, RootError, Workspace};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::parts::{Shared, copy, save};
use crate::route::Route;
use crate::shell::{arithmetic, desk, dialog, filters, header, help, options, parts, saving, styles, why};
use crate::store::{Action, Copied};
use crate::views::{about, counted, documents, nothing, reader};
use crate::worker::{chunks, role};

/// An annex could not be loaded; the console says why. It may be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

/// What the page draws after the first answer, most of it only when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Screens {
    /// Puts the styles of these screens into the page.
    pub dress: fn(),
    /// Ways to go on with the query.
    pub options: fn(&header::Props) -> Html,
    /// The query part by part.
    pub parts: fn(&header::Props) -> Html,
    /// The content of the help.
    pub help: fn(&dialog::Props) -> Html,
    /// Why a document has its rank.
    pub why: fn(&dialog::Props) -> Html,
    /// The arithmetic behind a score.
    pub arithmetic: fn(&dialog::Props) -> Html,
    /// Ways to save and to cite.
    pub saving: fn(&dialog::Props) -> Html,
    /// Keeps what the reader has put right.
    pub keep: fn(&Apart<Corrections>),
    /// What was put right before, or a sentence that says why it cannot be read.
    pub kept: fn() -> Result<Option<Apart<Corrections>>, String>,
    /// Puts a text into the clipboard, and says so.
    pub copy: fn(String, Copied, Callback<Action>),
    /// Saves a file.
    pub save: fn(&Apart<Exported>),
    /// The fields in the column of the filters.
    pub filters: fn(&filters::Props, &Shared<Apart<FacetsView>>) -> Html,
    /// Why nothing was found, and where to go from here.
    pub nothing: fn(&EchoView, u32, &Route) -> Html,
    /// The About lens.
    pub about: fn(&AboutView) -> Html,
    /// The Documents lens.
    pub documents: fn(documents::Props) -> Html,
    /// A lens that counts.
    pub counted: fn(counted::Answered) -> Html,
    /// The paragraph of a hit.
    pub paragraph_of: fn(&ReaderAnswer, u32) -> Option<String>,
    /// The content of the Reader.
    pub reader: fn(reader::Props) -> Html,
}

/// What only a corpus in files takes.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    /// Reads the root of an index.
    pub root: fn(&[u8]) -> Result<Root, RootError>,
    /// Opens the index.
    pub open: fn(Root) -> Workspace,
    /// Has brought what requests wait for.
    pub provide: fn(&Rc<RefCell<role::Desk>>),
}

thread_local! {
    static SCREENS: Cell<Option<Screens>> = const { Cell::new(None) };
}

/// The screens, where they are loaded.
pub fn screens() -> Option<Screens> {
    SCREENS.get()
}

/// Loads the screens, for [`screens`] to give.
///
/// # Errors
/// Their file cannot be loaded.
pub async fn load_screens() -> Result<(), NotLoaded> {
    let screens = screens_annex().await?;
    (screens.dress)();
    SCREENS.set(Some(screens));
    Ok(())
}

/// Loads the code that reads texts.
///
/// # Errors
/// Its file cannot be loaded.
pub async fn readers() -> Result<Readers, NotLoaded> {
    readers_annex().await
}

/// Loads the code of requests that the worker need not answer first.
///
/// # Errors
/// Its file cannot be loaded.
pub async fn deferred() -> Result<Deferred, NotLoaded> {
    deferred_annex().await
}

/// Loads the code of corpora in files.
///
/// # Errors
/// Its file cannot be loaded.
pub async fn files() -> Result<Files, NotLoaded> {
    files_annex().await
}

#[wasm_split(screens, fallible)]
fn screens_annex() -> Result<Screens, NotLoaded> {
    Ok(Screens {
        dress: styles::dress,
        options: options::options,
        parts: parts::parts,
        help: help::help,
        why: why::why,
        arithmetic: |props| html! { <arithmetic::Arithmetic ..props.clone() /> },
        saving: |props| html! { <saving::Saving ..props.clone() /> },
        keep: desk::keep,
        kept: desk::kept,
        copy: copy::copy,
        save: save::file,
        filters: |props, facets| html! { <filters::Opened props={props.clone()} facets={facets.clone()} /> },
        nothing: nothing::nothing,
        about: about::about,
        documents: |props| html! { <documents::Documents ..props /> },
        paragraph_of: reader::paragraph_of,
        counted: |props| html! { <counted::Opened ..props /> },
        reader: |props| html! { <reader::Reader ..props /> },
    })
}

#[wasm_split(deferred, fallible)]
fn deferred_annex() -> Result<Deferred, NotLoaded> {
    Ok(Deferred::without_readers())
}

#[wasm_split(readers, fallible)]
fn readers_annex() -> Result<Readers, NotLoaded> {
    Ok(Readers::linked())
}

#[wasm_split(files, fallible)]
fn files_annex() -> Result<Files, NotLoaded> {
    let open = |root| {
        let mut workspace = Workspace::in_files(root);
        workspace.set_first_answers(Some(FIRST_FROM));
        workspace
    };
    Ok(Files { root: Root::from_bytes, open, provide: chunks::provide })
}
