//! Floor 5: plain structs for the screen, in the words of the reader. No index types.

pub mod about;
pub mod card;
pub mod documents;
pub mod echo;
pub mod facets;
pub mod marked;
pub mod reader;
pub mod results;
pub mod words;

pub use about::AboutView;
pub use card::{Card, Certainty};
pub use documents::DocumentsView;
pub use echo::{EchoRun, EchoView, Offer, QueryMark};
pub use facets::{CalendarView, FacetValue, FacetView, FacetsView};
pub use marked::{Mark, Run};
pub use reader::{MetaRow, Paragraph, ReaderView};
pub use results::{ResultRow, ResultsView};
