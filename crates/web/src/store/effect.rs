//! What the browser is to do: the only way in which the store touches the world.

use sheaf_core::base::Apart;
use sheaf_core::views::lens::export::Exported;

use sheaf_core::workspace::Corrections;

use crate::protocol::{Ask, RequestId};
use crate::route::Route;

/// Something to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request to the worker.
    Ask(RequestId, Ask),
    /// Start a worker, ending the one there may be.
    StartWorker,
    /// Load the code of the screens that come later.
    LoadScreens,
    /// Wait for the worker only so long, from now on; `false` ends the waiting.
    Watch(bool),
    /// Put the route into the address bar; as a new entry of the history, or in place of the last.
    SetUrl {
        /// The route.
        route: Route,
        /// Whether "back" returns to what was there.
        is_new: bool,
    },
    /// Name the browser's tab.
    SetTitle(String),
    /// Move the keyboard.
    Focus(Focus),
    /// Follow the link that the keyboard is on.
    Follow,
    /// Press the button of that name in the row that the keyboard is on.
    Press(&'static str),
    /// Put the cursor behind this many bytes of the search field.
    Caret(u32),
    /// Scroll the page to its beginning.
    ScrollUp,
    /// Bring the Reader's current hit into view, or its beginning where there is none.
    ShowHit,
    /// Show the tab of the lens where not all have room.
    ShowTab,
    /// Copy the selected text, or else the paragraph of the current hit, with this reference after it.
    CopyPassage {
        /// Reference to the document.
        citation: String,
        /// Link to the view, without origin.
        route: Route,
    },
    /// Copy the link of the view.
    CopyLink(Route),
    /// Copy a text.
    CopyText(String),
    /// Save a file.
    Save(Apart<Exported>),
    /// Keep what the reader has put right.
    KeepCorrections(Apart<Corrections>),
    /// Remember whether single keys are shortcuts.
    SaveShortcuts(bool),
}

/// Where the keyboard goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The search field, its text selected.
    Search,
    /// The heading of the Reader.
    Reader,
    /// The row of a document in the lens.
    Row(String),
    /// The first control among the parts of the query.
    Parts,
    /// The first filter.
    Filters,
    /// The button that opened the filters.
    FiltersButton,
}

/// What came of copying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// A passage, this many words long.
    Passage,
    /// The link.
    Link,
    /// Another text.
    Text,
    /// Nothing: the browser refused.
    Refused,
}
