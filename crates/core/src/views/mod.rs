//! Floor 5: plain structs for the screen, in the words of the reader. No index types.

pub mod about;
pub mod card;
pub mod citation;
pub mod completions;
pub mod describe;
pub mod documents;
pub mod echo;
pub mod explanation;
pub mod facets;
pub mod lens;
pub mod marked;
pub mod parts;
pub mod reader;
pub mod results;
pub mod words;

pub use about::AboutView;
pub use card::{Card, Certainty};
pub use citation::CitationView;
pub use completions::{Completion, CompletionKind, CompletionsView};
pub use documents::DocumentsView;
pub use echo::{EchoRun, EchoView, Offer, QueryMark};
pub use explanation::ExplanationView;
pub use facets::{CalendarView, FacetValue, FacetView, FacetsView};
pub use lens::LensView;
pub use marked::{Mark, Run};
pub use parts::{Join, Joint, Part};
pub use reader::{MetaRow, Paragraph, ReaderAnswer, ReaderView};
pub use results::{ResultRow, ResultsView};
