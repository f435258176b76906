//! Views as files, and references to documents.

use super::selection::Selection;
use super::sources::Marks;
use super::{LensRequest, Question, Readers, RequestError, Sort, Workspace};
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::query::{Matches, evaluate, parse, plan};
use crate::views::card::title_text;
use crate::views::citation::{self, CitationView, Place};
use crate::views::echo::{EchoRun, EchoView};
use crate::views::lens::LensView;
use crate::views::lens::export::{Exported, Format, Origin, export};
use crate::views::lens::table::{Cell, Column, Link, Row, TEXT, Table, column};
use crate::views::marked::{Located, MarkedSpan};
use crate::views::words::{count, grouped};

/// Where and when a view is looked at: what the core cannot know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'s> {
    /// Its link; may be empty.
    pub(super) link: &'s str,
    /// The day, as ISO 8601 writes it; may be empty.
    pub(super) today: &'s str,
}

impl Workspace {
    /// All rows and columns of a lens, as a file.
    pub(super) fn export(
        &mut self,
        request: &LensRequest,
        readers: Option<Readers>,
        format: Format,
        seen: Seen,
    ) -> Result<Exported, RequestError> {
        let mut settings: Vec<(String, String)> =
            request.settings.iter().filter(|(name, _)| name != "columns").cloned().collect();
        settings.push(("columns".to_owned(), "all".to_owned()));
        let find = request.settings.iter().rev().find(|(name, value)| name == "find" && !value.trim().is_empty());
        let find: Vec<(String, String)> = find.cloned().into_iter().collect();
        let all = LensRequest { settings, first: 0, limit: u32::MAX, ..request.clone() };
        let names = (request.lens.name(), request.lens.title());
        let (view, echo, _) = self.look(&all, readers)?;
        Ok(self.written((&request.question, &echo), names, &find, &view, (format, seen)))
    }

    /// All documents that a question selects, as a file.
    pub(super) fn export_documents(&self, question: &Question, sort: Sort, format: Format, seen: Seen) -> Exported {
        let (view, echo) = self.document_table(question, sort);
        self.written((question, &echo), ("documents", "Documents"), &[], &view, (format, seen))
    }

    /// References to a document, with the sentence of a hit. Cost: its text; from files nothing else.
    pub(super) fn citation(
        &self,
        doc_id: DocId,
        question: &Question,
        hit: Option<u32>,
        seen: Seen,
    ) -> Option<CitationView> {
        let document = self.whole_document(doc_id)?;
        let quotation = hit.and_then(|hit| self.quotation(doc_id, &document, question, hit)).unwrap_or_default();
        let place = Place { corpus: &self.corpus.title, link: seen.link, today: seen.today };
        Some(citation::citation(&document, quotation, place))
    }

    /// The sentence of a hit; of the last where there are not so many.
    fn quotation(&self, doc_id: DocId, document: &Document, question: &Question, hit: u32) -> Option<String> {
        let root = parse(&question.query, question.is_typing).root;
        let plan = plan(&self.index, root.as_ref(), question.exactness);
        let matches = match self.index.files {
            None => evaluate::evaluate(&self.index, &plan, None),
            Some(_) => Matches::default(),
        };
        let Marks { shape, hits, parts } = self.marks(&plan, &matches, doc_id, document);
        let hit = hit.min((hits.len() as u32).checked_sub(1)?);
        let title = title_text(document);
        let located = Located::of(title, &document.text, shape);
        let of_hit = |marks: Vec<MarkedSpan>| {
            let own = marks.into_iter().filter(|mark| mark.mark.hit == hit).map(|mark| mark.span);
            own.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
        };
        let language = document.language.value.as_deref();
        match of_hit(located.in_text(&parts)) {
            Some(span) => Some(citation::sentence_of(&document.text, language, span)),
            None => of_hit(located.in_title(&parts)).map(|_| title.trim().to_owned()),
        }
    }

    fn written(
        &self,
        (question, echo): (&Question, &EchoView),
        (name, title): (&str, &str),
        common: &[(String, String)],
        view: &LensView,
        (format, seen): (Format, Seen),
    ) -> Exported {
        let sentence: String = echo.sentence.iter().map(EchoRun::text).collect();
        let origin = Origin {
            corpus: &self.corpus.title,
            fingerprint: &self.fingerprint,
            name,
            title,
            query: &question.query,
            question: &sentence,
            filters: &question.filters,
            exactness: question.exactness,
            common,
            link: seen.link,
            today: seen.today,
        };
        export(&origin, view, format)
    }

    /// The documents as a table. Cost: one score for each, and their heads.
    fn document_table(&self, question: &Question, sort: Sort) -> (LensView, EchoView) {
        let selection = Selection::of(&self.index, question, Some(Sort::default()));
        let is_ranked = selection.plan.leaves.iter().any(|leaf| !leaf.is_negated);
        let scores = selection.scores();
        let mut rows = Vec::new();
        for (doc_id, score) in selection.ordered_by(sort, u32::MAX, &scores) {
            let Some(card) = self.card(doc_id) else { continue };
            let hits = selection.matches.hit_count(&selection.plan, doc_id);
            let text = |text: &str| if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) };
            let cells = vec![
                text(&card.name),
                text(&card.title_text()),
                text(&card.source),
                text(&card.date_iso),
                text(&card.language),
                Cell::Count(card.words.into()),
                if is_ranked { Cell::Count(hits.into()) } else { Cell::None },
                if is_ranked { Cell::number(score) } else { Cell::None },
            ];
            rows.push(Row { key: card.name.clone(), cells, link: Link::Hit(card.name, None), is_flagged: true });
        }
        let matched = selection.docs.len() as u64;
        let of = grouped(self.index.doc_count().into());
        let hits = selection.total_hits();
        let matched = count(matched, "document", "documents");
        let summary = match is_ranked {
            true => format!("{matched} of {of}, with {}.", count(hits, "hit", "hits")),
            false => format!("{matched} of {of}."),
        };
        let problems = selection.problems.iter().map(|problem| problem.message(&question.query));
        let notes = problems.chain(selection.filter_problems.iter().cloned()).collect();
        let total = rows.len() as u32;
        let sign = if sort.is_descending { "-" } else { "" };
        let sort = format!("{sign}{}", format!("{:?}", sort.key).to_lowercase());
        let caption = "Documents".to_owned();
        let table = Table { caption, columns: document_columns(), first: 0, rows, total, sort };
        (LensView { summary, notes, table, ..LensView::default() }, selection.echo(hits))
    }
}

fn document_columns() -> Vec<Column> {
    vec![
        column("name", "Name", "Name of the document in this corpus", TEXT),
        column("title", "Title", "Its title; its name where there is none", TEXT),
        column("source", "Source", "Who published it", TEXT),
        column("date", "Date", "When it was published, as exactly as is known: a day, a month or a year", TEXT),
        column("language", "Language", "Code of its language (BCP 47)", TEXT),
        column("words", "Words", "Running words of its text", 0),
        column("hits", "Hits", "Hits of the query in it", 0),
        column(
            "score",
            "Score",
            "How well it answers the query: BM25 over title and text, with near words and phrases",
            3,
        ),
    ]
}
