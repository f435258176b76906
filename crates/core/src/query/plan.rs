//! The plan: leaves that select hits, under a Boolean frame that selects documents.
//!
//! | rewrite | example | reason |
//! |---|---|---|
//! | a word as the types that answer it | `talks` → {`talk`, `Talks`, `talked` …} | folding and inflection are asked of the vocabulary once, not of every text |
//! | a solid word also as its parts apart | `ceasefire` → `ceasefire` ∪ “cease fire” | spelling varies within one story |
//! | a hyphenated word also solid | `cease-fire` → “cease fire” ∪ `ceasefire` | the same |
//! | neighbours also solid, where the corpus has it and both have three letters | `cease fire` → (`cease` ∧ `fire`) ∨ `ceasefire` | the same |
//! | equal leaves once | `a OR a` → `a`, counting twice in the score | hits are counted once |
//! | metadata as a set of documents | `words:>500` → a set | it is read off the columns, without postings |
//! | an unknown field as words | `wrote:that` → “wrote that” | a colon in a text is no fault of the reader's |
//! | a distance without limit inside `within` as one walk over units | `a b within <s/>` → `a`, `b` by sentence | pairs across sentences are never made |

use std::rc::Rc;

use super::ast::{Exactness, Field, Node, Op, TokenTest, Unit, Word, WordKind};
use super::chunk::chunk;
use super::expand::{self, MIN_SIDE, TooComplex, TypeMatch};
use super::filter::{DocSet, Filter, FilterError, select};
use super::phrase;
use super::problem::{Fault, QueryProblem};
use super::regular::{Program, Regular, numbered};
use crate::base::order::{packed, sort_by, sort_runs, unpacked};
use crate::base::{DocId, Span};
use crate::index::Index;
use crate::index::named::{Named, Stretch};
use crate::text::fold::fold_line;

/// Alternatives that a narrow plan keeps, at most ([`Plan::narrow`]).
const MOST_NARROW: usize = 4;
/// Most different tests of one sequence: one bit each.
const MAX_TESTS: usize = 64;

/// A query laid out for an index.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What selects hits.
    pub leaves: Vec<Leaf>,
    /// What selects documents; nothing where every document is asked for.
    pub frame: Option<Frame>,
    /// Leaves that stand side by side in the query, for ranking by nearness.
    pub neighbours: Vec<Neighbours>,
    /// Whether the endings of a word that is being typed are left out ([`expand::is_narrowed`]).
    pub is_narrowed: bool,
    /// Whether it takes what is named and quoted in the texts: [`Index::named`].
    pub needs_named: bool,
    /// What this corpus cannot answer as asked.
    pub problems: Vec<QueryProblem>,
}

/// Leaves that stand side by side under one operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// Places in [`Plan::leaves`], in the order of the query.
    pub leaves: Vec<usize>,
    /// Whether a document must have all of them (AND).
    pub all_required: bool,
}

/// One part of the query that selects hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// As the query has it, for the echo.
    pub op: Op,
    /// Where it stands in the query.
    pub at: Span,
    /// What it looks for.
    pub spans: Spans,
    /// Whether it stands under a NOT: then it selects no hits.
    pub is_negated: bool,
    /// How often the query has it: a word asked for twice weighs twice.
    pub times: u32,
}

/// How spans of positions are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spans {
    /// Words one after the other, at least one.
    Words(Vec<Element>),
    /// Any of these: spellings, alternatives. None at all where it is empty.
    Any(Vec<Spans>),
    /// Parts near each other: the smallest spans that cover one of each.
    Near {
        /// The parts.
        parts: Vec<Spans>,
        /// Positions from the end of the first to the start of the last; nothing for any.
        distance: Option<u32>,
        /// Whether they come in this order.
        is_ordered: bool,
    },
    /// A sequence of tokens: the longest spans that it accepts.
    Sequence {
        /// The expression.
        program: Program,
        /// Its symbols.
        tests: Vec<Element>,
        /// Tests that every span needs; nothing where it may do without any.
        needs: Needs,
    },
    /// Those inside one unit.
    Within(Box<Spans>, Unit),
    /// Those in the title.
    Title(Box<Spans>),
    /// These stretches.
    Stretches(Rc<[Stretch]>),
    /// Those inside these stretches.
    Inside(Box<Spans>, Rc<[Stretch]>),
}

/// Which tests a document must meet before a sequence is looked for in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// None.
    Nothing,
    /// This one.
    Test(usize),
    /// All of them.
    All(Vec<Needs>),
    /// Any of them.
    Any(Vec<Needs>),
}

/// One place of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Types that may stand here, sorted.
    pub types: Vec<TypeMatch>,
    /// Whether anything else may stand here instead: with no types, any word.
    pub is_negated: bool,
    /// Positions to the next element.
    pub width: u32,
}

impl Element {
    /// Whether some of its lists are cut: so frequent is it.
    pub fn is_cut(&self, index: &Index) -> bool {
        let Some(store) = &index.files else { return false };
        self.types.iter().any(|found| store.root().tail_of(found.type_id.0).is_some())
    }
}

/// Which documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Those with a hit of the leaf.
    Leaf(usize),
    /// Those of a set.
    Docs(DocSet),
    /// Those in all.
    And(Vec<Frame>),
    /// Those in any.
    Or(Vec<Frame>),
    /// All others.
    Not(Box<Frame>),
}

impl Frame {
    fn narrow(&mut self) {
        match self {
            Frame::Or(parts) => {
                parts.truncate(MOST_NARROW);
                parts.iter_mut().for_each(Frame::narrow);
            }
            Frame::And(parts) => parts.iter_mut().for_each(Frame::narrow),
            // Of what must not stand somewhere nothing is left out.
            Frame::Not(_) | Frame::Leaf(_) | Frame::Docs(_) => {}
        }
    }

    fn push_leaves(&self, leaves: &mut Vec<usize>) {
        match self {
            Frame::Leaf(leaf) => leaves.push(*leaf),
            Frame::And(parts) | Frame::Or(parts) => parts.iter().for_each(|part| part.push_leaves(leaves)),
            Frame::Not(part) => part.push_leaves(leaves),
            Frame::Docs(_) => {}
        }
    }
}

/// Lays out a tree. Cost: the look-ups of its words.
pub fn plan(index: &Index, root: Option<&Node>, exactness: Exactness) -> Plan {
    let mut planner = Planner { index, exactness, plan: Plan::default() };
    let frame = root.map(|node| planner.frame(node, false));
    Plan { frame, ..planner.plan }
}

impl Leaf {
    /// The width of a single word, in whatever spellings, that is so common that where it stands says nothing; nothing
    /// for all other leaves.
    pub fn common_width(&self, index: &Index) -> Option<u32> {
        let own = match &self.spans {
            Spans::Any(spellings) if matches!(self.op, Op::Word(_)) => spellings.first()?,
            spans => spans,
        };
        let Spans::Words(words) = own else { return None };
        let [word] = words.as_slice() else { return None };
        expand::is_common(index, &word.types).then_some(word.width)
    }
}

impl Plan {
    /// The same leaves over another index, every document asked for: `with` gives the types there in place of those here.
    pub fn with_types(&self, with: &dyn Fn(&[TypeMatch]) -> Vec<TypeMatch>) -> Plan {
        let leaf = |leaf: &Leaf| Leaf { spans: leaf.spans.with_types(with), ..leaf.clone() };
        Plan { leaves: self.leaves.iter().map(leaf).collect(), ..Plan::default() }
    }

    /// Leaves what takes less to read: of each word itself, without its inflections; of many alternatives the first; and
    /// nothing for ranking by nearness. What it finds the whole plan finds, too: what must not stand somewhere is left as
    /// it is.
    pub fn narrow(&mut self, index: &Index) {
        self.neighbours.clear();
        let mut asked = Vec::new();
        if let Some(frame) = &mut self.frame {
            frame.narrow();
            frame.push_leaves(&mut asked);
        }
        for (number, leaf) in self.leaves.iter_mut().enumerate() {
            if !asked.contains(&number) {
                leaf.spans = Spans::Words(vec![Element { types: Vec::new(), is_negated: false, width: 1 }]);
            } else if !leaf.is_negated {
                leaf.spans.narrow(index);
            }
        }
    }

    /// Asks for all lists that answering takes, so that they come in one round: positions only where order matters, in
    /// phrases and the like and for ranking by nearness.
    pub fn want_lists(&self, index: &Index, is_ranked: bool) {
        let overlap = self.leaves_overlap();
        if is_ranked && !self.leaves.is_empty() {
            index.shapes.lengths();
        }
        for (place, leaf) in self.leaves.iter().enumerate() {
            let by_place = overlap || self.is_near(index, place);
            leaf.spans.want_lists(index, by_place, by_place && (is_ranked || overlap));
        }
    }

    /// For each leaf whether it may be asked where it stands in a document: the lists of common prefixes cannot tell.
    pub(super) fn by_place(&self, index: &Index) -> Vec<bool> {
        let overlap = self.leaves_overlap();
        (0..self.leaves.len()).map(|place| overlap || self.is_near(index, place)).collect()
    }

    /// Whether a leaf counts for nearness.
    fn is_near(&self, index: &Index, place: usize) -> bool {
        let is_neighbour = self.neighbours.iter().any(|group| group.leaves.contains(&place));
        is_neighbour && self.leaves.get(place).is_some_and(|leaf| leaf.common_width(index).is_none())
    }

    /// Whether two leaves may stand on the same span: then hits must be compared, not added up.
    pub fn leaves_overlap(&self) -> bool {
        let positive: Vec<&Leaf> = self.leaves.iter().filter(|leaf| !leaf.is_negated).collect();
        let mut first_types: Vec<u64> = Vec::new();
        for (number, leaf) in (0u32..).zip(&positive) {
            let mut own = Vec::new();
            if !add_first_types(&leaf.spans, number, &mut own) && positive.len() > 1 {
                return true;
            }
            sort_runs(&mut own);
            own.dedup();
            first_types.extend(own);
        }
        sort_runs(&mut first_types);
        first_types.windows(2).any(|pair| unpacked(pair[0]).0 == unpacked(pair[1]).0)
    }

    /// Whether the borders of sentences and paragraphs must be known.
    pub fn needs_borders(&self) -> bool {
        fn needs(spans: &Spans) -> bool {
            match spans {
                Spans::Words(_) | Spans::Sequence { .. } | Spans::Stretches(_) => false,
                Spans::Any(parts) | Spans::Near { parts, .. } => parts.iter().any(needs),
                Spans::Within(..) => true,
                Spans::Title(part) | Spans::Inside(part, _) => needs(part),
            }
        }
        self.leaves.iter().any(|leaf| needs(&leaf.spans))
    }
}

impl Spans {
    /// Whether these are alternatives of which no two can stand on the same span: words in a row, of different width or
    /// with different beginnings.
    pub(super) fn is_disjoint(&self) -> bool {
        let Spans::Any(parts) = self else { return false };
        let mut kinds = Vec::new();
        for (number, part) in (0u32..).zip(parts) {
            let Spans::Words(words) = part else { return false };
            let mut first = Vec::new();
            if !add_first_types(part, number, &mut first) {
                return false;
            }
            sort_runs(&mut first);
            first.dedup();
            let width: u32 = words.iter().map(|word| word.width).sum();
            kinds.extend(first.into_iter().map(|found| (unpacked(found).0, width)));
        }
        sort_by(&mut kinds, Ord::cmp);
        kinds.windows(2).all(|pair| pair[0] != pair[1])
    }

    fn with_types(&self, with: &dyn Fn(&[TypeMatch]) -> Vec<TypeMatch>) -> Spans {
        let elements = |elements: &[Element]| -> Vec<Element> {
            elements.iter().map(|element| Element { types: with(&element.types), ..element.clone() }).collect()
        };
        let all = |parts: &[Spans]| parts.iter().map(|part| part.with_types(with)).collect();
        match self {
            Spans::Words(words) => Spans::Words(elements(words)),
            Spans::Any(parts) => Spans::Any(all(parts)),
            Spans::Near { parts, distance, is_ordered } => {
                Spans::Near { parts: all(parts), distance: *distance, is_ordered: *is_ordered }
            }
            Spans::Sequence { program, tests, needs } => {
                Spans::Sequence { program: program.clone(), tests: elements(tests), needs: needs.clone() }
            }
            Spans::Within(part, unit) => Spans::Within(Box::new(part.with_types(with)), *unit),
            Spans::Title(part) => Spans::Title(Box::new(part.with_types(with))),
            // Places in another index mean nothing.
            Spans::Stretches(_) => Spans::Any(Vec::new()),
            Spans::Inside(part, _) => part.with_types(with),
        }
    }

    fn narrow(&mut self, index: &Index) {
        match self {
            Spans::Words(elements) | Spans::Sequence { tests: elements, .. } => {
                let elements = elements.iter_mut().filter(|element| !element.is_negated);
                elements.for_each(|element| expand::without_inflections(index, &mut element.types));
            }
            Spans::Any(parts) => {
                parts.truncate(MOST_NARROW);
                parts.iter_mut().for_each(|part| part.narrow(index));
            }
            Spans::Near { parts, .. } => parts.iter_mut().for_each(|part| part.narrow(index)),
            Spans::Within(part, _) | Spans::Title(part) | Spans::Inside(part, _) => part.narrow(index),
            Spans::Stretches(_) => {}
        }
    }

    fn want_lists(&self, index: &Index, by_place: bool, with_positions: bool) {
        let want = |types: &[TypeMatch], with_positions| {
            for found in types {
                index.want_list(found.type_id, with_positions);
                if found.language.is_some() {
                    index.shapes.language(DocId(0));
                }
            }
        };
        let want_groups = |element: &Element| {
            for (group, place) in expand::grouped(index, &element.types) {
                match place {
                    Some(place) => index.want_prefix(place),
                    None => want(group, false),
                }
            }
        };
        if !matches!(self, Spans::Words(words) if words.len() == 1) {
            // Where a title ends: spans in it count more, and none reaches across.
            index.shapes.title_end(DocId(0));
        }
        match self {
            Spans::Words(words) => match words.as_slice() {
                [word] if !by_place => want_groups(word),
                [word] => want(&word.types, with_positions),
                words => phrase::want_lists(index, words, with_positions),
            },
            Spans::Sequence { tests, .. } => tests.iter().for_each(|test| want(&test.types, true)),
            // Alternatives that may stand on the same span are compared.
            Spans::Any(parts) => {
                let are_compared = !self.is_disjoint();
                let how = (by_place || are_compared, with_positions || are_compared);
                parts.iter().for_each(|part| part.want_lists(index, how.0, how.1));
            }
            Spans::Near { parts, .. } => parts.iter().for_each(|part| part.want_lists(index, true, true)),
            Spans::Within(part, _) | Spans::Title(part) | Spans::Inside(part, _) => part.want_lists(index, true, true),
            Spans::Stretches(_) => {}
        }
    }
}

struct Planner<'i> {
    index: &'i Index,
    exactness: Exactness,
    plan: Plan,
}

impl Planner<'_> {
    fn frame(&mut self, node: &Node, is_negated: bool) -> Frame {
        match &node.op {
            Op::Not(inner) => Frame::Not(Box::new(self.frame(inner, !is_negated))),
            Op::Or(parts) => {
                let frames: Vec<Frame> = parts.iter().map(|part| self.frame(part, is_negated)).collect();
                self.note_neighbours(&frames, false, is_negated);
                Frame::Or(frames)
            }
            Op::And(parts) => {
                let frames: Vec<Frame> = parts.iter().map(|part| self.frame(part, is_negated)).collect();
                self.note_neighbours(&frames, true, is_negated);
                Frame::And(self.with_solid_neighbours(parts, frames, is_negated))
            }
            Op::Field(field) => self.field(field, node.span, is_negated),
            // A field of the corpus goes before what was read.
            Op::Named { kind, name } if self.index.columns.category(kind.prefix()).is_some() => {
                let field = Field { name: kind.prefix().to_owned(), value: name.clone() };
                self.field(&field, node.span, is_negated)
            }
            Op::Word(_)
            | Op::Phrase { .. }
            | Op::Near { .. }
            | Op::Sequence(_)
            | Op::Within { .. }
            | Op::Title(_)
            | Op::Named { .. }
            | Op::Said { .. } => {
                let spans = self.spans(node);
                Frame::Leaf(self.add(node.op.clone(), node.span, spans, is_negated))
            }
        }
    }

    fn field(&mut self, field: &Field, at: Span, is_negated: bool) -> Frame {
        let filter = Filter { field: field.name.clone(), values: vec![field.value.clone()] };
        let (set, errors) = select(self.index, &filter);
        let is_unknown = errors.iter().any(|error| matches!(error, FilterError::UnknownField { .. }));
        let fault = if is_unknown { Fault::NotAFilter } else { Fault::Filter };
        self.plan.problems.extend(errors.into_iter().map(|error| QueryProblem { at, fault: fault(error) }));
        if !is_unknown {
            return Frame::Docs(set);
        }
        let text = format!("{}:{}", field.name, field.value);
        let words: Vec<Word> =
            text.split_whitespace().flat_map(|part| chunk(part, false, false, false).words).collect();
        let op = match words.as_slice() {
            [word] => Op::Word(word.clone()),
            _ => Op::Phrase { words, is_hyphenated: false },
        };
        self.frame(&Node { op, span: at }, is_negated)
    }

    fn spans(&mut self, node: &Node) -> Spans {
        match &node.op {
            Op::Word(word) => self.word(word, node.span),
            Op::Phrase { words, is_hyphenated } => self.phrase(words, *is_hyphenated, node.span),
            Op::Near { parts, distance, is_ordered } => Spans::Near {
                parts: parts.iter().map(|part| self.spans(part)).collect(),
                distance: *distance,
                is_ordered: *is_ordered,
            },
            Op::Sequence(sequence) => self.sequence(sequence, node.span),
            Op::Within { part, unit } => Spans::Within(Box::new(self.spans(part)), *unit),
            Op::Title(part) => Spans::Title(Box::new(self.spans(part))),
            Op::Named { kind, name } => {
                Spans::Stretches(self.named(node.span, |named| named.mentions(*kind, &fold_line(name))))
            }
            Op::Said { speaker, part } => {
                let quotations = self.named(node.span, |named| named.quotations(&fold_line(speaker)));
                match part {
                    Some(part) => Spans::Inside(Box::new(self.spans(part)), quotations),
                    None => Spans::Stretches(quotations),
                }
            }
            Op::Or(parts) => Spans::Any(parts.iter().map(|part| self.spans(part)).collect()),
            // The parser puts only what selects hits where spans are asked for.
            Op::And(_) | Op::Not(_) | Op::Field(_) => Spans::Any(Vec::new()),
        }
    }

    /// Where things are named or quoted; nowhere before the texts were read, or where they cannot be.
    fn named(&mut self, at: Span, stretches: impl FnOnce(&Named) -> Rc<[Stretch]>) -> Rc<[Stretch]> {
        self.plan.needs_named = true;
        if self.index.files.is_some() {
            self.plan.problems.push(QueryProblem { at, fault: Fault::NamesInFiles });
        }
        self.index.named.as_ref().map(stretches).unwrap_or_default()
    }

    fn word(&mut self, word: &Word, at: Span) -> Spans {
        let own = Spans::Words(vec![self.element(word, at)]);
        let apart = expand::spellings_apart(self.index, word, self.exactness);
        if apart.is_empty() {
            return own;
        }
        let mut spellings = vec![own];
        for parts in &apart {
            let mut elements: Vec<Element> = parts.iter().map(|part| self.element(part, at)).collect();
            // Only the end of a word is inflected: “ceased fire” is no spelling of “ceasefire”.
            if let Some((_, before)) = elements.split_last_mut() {
                before.iter_mut().for_each(|element| element.types.retain(|found| found.is_exact));
            }
            spellings.push(Spans::Words(elements));
        }
        Spans::Any(spellings)
    }

    fn phrase(&mut self, words: &[Word], is_hyphenated: bool, at: Span) -> Spans {
        let own = Spans::Words(words.iter().map(|word| self.element(word, at)).collect());
        let solid = if is_hyphenated { expand::solid_spelling(self.index, words, self.exactness) } else { None };
        match solid {
            Some(solid) => Spans::Any(vec![own, Spans::Words(vec![self.element(&solid, at)])]),
            None => own,
        }
    }

    fn element(&mut self, word: &Word, at: Span) -> Element {
        let is_negated = word.kind == WordKind::Any;
        self.plan.is_narrowed |= expand::is_narrowed(self.index, word);
        let types = expand::types(self.index, word, self.exactness);
        Element { types: self.known(types, at).unwrap_or_default(), is_negated, width: word.width }
    }

    /// What was found, or the problem that it asks for too much.
    fn known<T>(&mut self, found: Result<T, TooComplex>, at: Span) -> Option<T> {
        if found.is_err() && !self.plan.problems.iter().any(|problem| problem.at == at) {
            self.plan.problems.push(QueryProblem { at, fault: Fault::TooComplex });
        }
        found.ok()
    }

    fn sequence(&mut self, sequence: &Regular<TokenTest>, at: Span) -> Spans {
        let mut tests = Vec::new();
        let expression = numbered(sequence, &mut tests);
        let program = Program::of(&expression).filter(|_| tests.len() <= MAX_TESTS).ok_or(TooComplex);
        let Some(program) = self.known(program, at) else { return Spans::Any(Vec::new()) };
        let mut elements = Vec::with_capacity(tests.len());
        for test in &tests {
            let found = expand::token_types(self.index, test, self.exactness);
            let Some((types, is_negated)) = self.known(found, at) else { return Spans::Any(Vec::new()) };
            elements.push(Element { types, is_negated, width: 1 });
        }
        let needs = needs(&expression, &elements);
        Spans::Sequence { program, tests: elements, needs }
    }

    fn add(&mut self, op: Op, at: Span, spans: Spans, is_negated: bool) -> usize {
        // Two words that find nothing are alike, but not the same word.
        let finds_types = finds_types(&spans);
        let same =
            |other: &Leaf| other.is_negated == is_negated && other.spans == spans && (finds_types || other.op == op);
        if let Some(place) = self.plan.leaves.iter().position(same) {
            self.plan.leaves[place].times += 1;
            return place;
        }
        self.plan.leaves.push(Leaf { op, at, spans, is_negated, times: 1 });
        self.plan.leaves.len() - 1
    }

    fn note_neighbours(&mut self, frames: &[Frame], all_required: bool, is_negated: bool) {
        let leaves: Vec<usize> = frames
            .iter()
            .filter_map(|frame| match frame {
                Frame::Leaf(leaf) => Some(*leaf),
                _ => None,
            })
            .collect();
        if leaves.len() > 1 && !is_negated {
            self.plan.neighbours.push(Neighbours { leaves, all_required });
        }
    }

    /// The rewrite of neighbouring words: pairs from the left, each word in at most one pair.
    fn with_solid_neighbours(&mut self, parts: &[Node], frames: Vec<Frame>, is_negated: bool) -> Vec<Frame> {
        let mut result = Vec::with_capacity(frames.len());
        let mut frames = frames.into_iter();
        let mut place = 0;
        while let Some(first) = frames.next() {
            match (self.solid_pair(parts, place), frames.len()) {
                (Some((solid, at)), 1..) => {
                    let spans = Spans::Words(vec![self.element(&solid, at)]);
                    let apart = Frame::And([Some(first), frames.next()].into_iter().flatten().collect());
                    let leaf = self.add(Op::Word(solid), at, spans, is_negated);
                    result.push(Frame::Or(vec![apart, Frame::Leaf(leaf)]));
                    place += 2;
                }
                _ => {
                    result.push(first);
                    place += 1;
                }
            }
        }
        result
    }

    fn solid_pair(&self, parts: &[Node], place: usize) -> Option<(Word, Span)> {
        let (first, second) = (parts.get(place)?, parts.get(place + 1)?);
        let (Op::Word(a), Op::Word(b)) = (&first.op, &second.op) else { return None };
        let is_long = |word: &Word| word.kind == WordKind::Plain && word.text.chars().count() >= MIN_SIDE;
        let pair = [a.clone(), b.clone()];
        let solid = pair.iter().all(is_long).then(|| expand::solid_spelling(self.index, &pair, self.exactness))??;
        Some((solid, Span::new(first.span.start, second.span.end)))
    }
}

fn finds_types(spans: &Spans) -> bool {
    match spans {
        Spans::Words(elements) => elements.iter().any(|element| !element.types.is_empty()),
        Spans::Sequence { tests, .. } => tests.iter().any(|element| !element.types.is_empty()),
        Spans::Any(parts) | Spans::Near { parts, .. } => parts.iter().any(finds_types),
        Spans::Within(part, _) | Spans::Title(part) | Spans::Inside(part, _) => finds_types(part),
        Spans::Stretches(stretches) => !stretches.is_empty(),
    }
}

/// Which tests each span of an expression must meet.
fn needs(expression: &Regular<u16>, tests: &[Element]) -> Needs {
    match expression {
        Regular::Symbol(test) if tests.get(*test as usize).is_some_and(|test| !test.is_negated) => {
            Needs::Test(*test as usize)
        }
        Regular::Repeat { part, min: 1.., .. } => needs(part, tests),
        Regular::Symbol(_) | Regular::Repeat { .. } => Needs::Nothing,
        Regular::Concat(parts) => {
            let parts: Vec<Needs> =
                parts.iter().map(|part| needs(part, tests)).filter(|needs| *needs != Needs::Nothing).collect();
            if parts.is_empty() { Needs::Nothing } else { Needs::All(parts) }
        }
        Regular::Either(parts) => {
            let parts: Vec<Needs> = parts.iter().map(|part| needs(part, tests)).collect();
            if parts.contains(&Needs::Nothing) { Needs::Nothing } else { Needs::Any(parts) }
        }
    }
}

/// Adds the types with which spans begin; false where that cannot be told.
fn add_first_types(spans: &Spans, number: u32, types: &mut Vec<u64>) -> bool {
    match spans {
        Spans::Words(words) => {
            let first = words.first().filter(|word| !word.is_negated);
            types.extend(first.iter().flat_map(|word| &word.types).map(|found| packed(found.type_id.0, number)));
            first.is_some()
        }
        Spans::Any(parts) => parts.iter().all(|part| add_first_types(part, number, types)),
        Spans::Title(part) | Spans::Within(part, _) | Spans::Inside(part, _) => add_first_types(part, number, types),
        Spans::Near { .. } | Spans::Sequence { .. } | Spans::Stretches(_) => false,
    }
}
