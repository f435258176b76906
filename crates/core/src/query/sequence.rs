//! Sequences of tokens: from each start the longest span that the expression accepts, of these none inside another.

use sheaf_kernels::sorted::advance;

use super::evaluate::{LeafMatches, MAX_WORK, element_matches, intersect, of_entries};
use super::plan::{Element, Needs};
use super::regular::{DEAD, Machine, Program};
use crate::base::order::{packed, sort_runs, unpacked};
use crate::base::{DocId, Span, TokenPos};
use crate::index::Index;
use crate::index::borders::fields;

/// Longest span of a sequence, in tokens: what `*` and `+` reach in the end.
pub const MAX_SEQUENCE: u32 = 200;
/// Where a sequence of tokens stands: from each start the longest, of these none inside another.
pub(super) fn sequence<'i>(
    index: &'i Index,
    program: &Program,
    tests: &[Element],
    needs: &Needs,
    work: &mut usize,
) -> LeafMatches<'i> {
    let parts: Vec<LeafMatches> = tests.iter().map(|test| element_matches(index, test, true)).collect();
    let mut docs = needed(needs, &parts).unwrap_or_else(|| (0..index.doc_count()).map(DocId).collect());
    index.keep_taken(&mut docs);
    parts.iter().for_each(|part| part.prepare(docs.len()));
    let mut machine = Machine::new(program);
    let last = machine.last_symbols();
    // Tests one of which the last token of every span meets, one bit each; none where it may be any other token.
    let last: u64 = if last.iter().any(|test| tests.get(*test as usize).is_none_or(|test| test.is_negated)) {
        0
    } else {
        last.iter().fold(0, |bits, test| bits | 1 << test)
    };
    let mut ends: Vec<TokenPos> = Vec::new();
    let mut places = vec![0; parts.len()];
    let mut entries = Vec::new();
    let mut marks: Vec<u64> = Vec::new();
    let mut tokens: Vec<(TokenPos, u64)> = Vec::new();
    for doc_id in docs {
        // Which tests each token meets, one bit each; tokens that meet none are left out.
        marks.clear();
        for (number, (part, place)) in (0u32..).zip(parts.iter().zip(&mut places)) {
            *place = advance(&part.docs, *place, doc_id);
            if part.docs.get(*place) == Some(&doc_id) {
                part.for_each_span_at(*place, &mut |position, _, _| marks.push(packed(position, number)));
            }
        }
        sort_runs(&mut marks);
        tokens.clear();
        for (position, test) in marks.iter().map(|mark| unpacked(*mark)) {
            match tokens.last_mut() {
                Some((last, bits)) if *last == position => *bits |= 1 << test,
                _ => tokens.push((position, 1 << test)),
            }
        }
        ends.clear();
        if last == 0 {
            ends.extend(fields(index, doc_id).iter().flat_map(|field| field.start..field.end));
        } else {
            ends.extend(tokens.iter().filter(|(_, bits)| bits & last != 0).map(|(position, _)| *position));
        }
        for field in fields(index, doc_id) {
            let mut run = Run { tests, tokens: &tokens, ends: &ends, field, work };
            run.spans(&mut machine, &mut |span| entries.push((doc_id, span.start, span.len(), true)));
        }
        if machine.is_exhausted() {
            *work = MAX_WORK + 1;
        }
        if *work > MAX_WORK {
            break;
        }
    }
    of_entries(entries)
}

/// One field of one document, over which a sequence is run.
struct Run<'r> {
    tests: &'r [Element],
    tokens: &'r [(TokenPos, u64)],
    /// Positions at which a span may end.
    ends: &'r [TokenPos],
    field: Span,
    work: &'r mut usize,
}

impl Run<'_> {
    fn spans(&mut self, machine: &mut Machine, each: &mut dyn FnMut(Span)) {
        let first = self.tokens.partition_point(|(position, _)| *position < self.field.start);
        let mut covered = self.field.start;
        let start = machine.start();
        // Where no span can start with a token that meets no test, only the others need to be tried.
        if self.step(machine, start, 0) == DEAD {
            for place in first..self.tokens.len() {
                let position = self.tokens[place].0;
                if position >= self.field.end {
                    break;
                }
                self.longest(machine, position, place, &mut covered, each);
            }
            return;
        }
        // Else a span starts so many tokens before one that meets a test, at most.
        let Some(lead) = self.lead(machine) else {
            let mut place = first;
            for position in self.field.start..self.field.end {
                while self.tokens.get(place).is_some_and(|(other, _)| *other < position) {
                    place += 1;
                }
                self.longest(machine, position, place, &mut covered, each);
            }
            return;
        };
        let mut tried = self.field.start;
        for place in first..self.tokens.len() {
            let token = self.tokens[place].0;
            if token >= self.field.end {
                break;
            }
            for position in tried.max(token.saturating_sub(lead))..=token {
                self.longest(machine, position, place, &mut covered, each);
            }
            tried = token + 1;
        }
    }

    /// How many tokens that meet no test a span may start with; nothing where it may consist of them, or for ever.
    fn lead(&self, machine: &mut Machine) -> Option<u32> {
        let mut state = machine.start();
        for lead in 0..MAX_SEQUENCE {
            state = self.step(machine, state, 0);
            if state == DEAD {
                return Some(lead);
            }
            if machine.accepts(state) {
                return None;
            }
        }
        None
    }

    /// The longest span from `position`, unless it lies inside one found before; `place` is that of the first token at
    /// or after it.
    fn longest(
        &mut self,
        machine: &mut Machine,
        position: TokenPos,
        mut place: usize,
        covered: &mut TokenPos,
        each: &mut dyn FnMut(Span),
    ) {
        if *self.work > MAX_WORK {
            return;
        }
        // A span that ends beyond those found before must have a last token there, and need not be followed further.
        let limit = self.field.end.min(position + MAX_SEQUENCE);
        let beyond = self.ends.partition_point(|end| *end < limit);
        let Some(last) = beyond.checked_sub(1).and_then(|place| self.ends.get(place)) else { return };
        if *last < *covered {
            return;
        }
        let mut state = machine.start();
        let mut longest = None;
        for at in position..=*last {
            *self.work += 1;
            let bits = match self.tokens.get(place) {
                Some((other, bits)) if *other == at => {
                    place += 1;
                    *bits
                }
                _ => 0,
            };
            state = self.step(machine, state, bits);
            if state == DEAD {
                break;
            }
            if machine.accepts(state) {
                longest = Some(at + 1);
            }
        }
        if let Some(end) = longest.filter(|end| end > covered) {
            *covered = end;
            each(Span::new(position, end));
        }
    }

    fn step(&self, machine: &mut Machine, state: u32, bits: u64) -> u32 {
        machine.step(state, bits, &mut |test| {
            self.tests.get(test as usize).is_some_and(|element| (bits >> test & 1 == 1) != element.is_negated)
        })
    }
}

/// Documents that meet what a sequence needs; nothing where it needs nothing.
fn needed(needs: &Needs, parts: &[LeafMatches]) -> Option<Vec<DocId>> {
    match needs {
        Needs::Nothing => None,
        Needs::Test(test) => parts.get(*test).map(|part| part.docs.to_vec()),
        Needs::All(all) => {
            let lists: Vec<Vec<DocId>> = all.iter().filter_map(|needs| needed(needs, parts)).collect();
            (!lists.is_empty()).then(|| intersect(lists.iter().map(Vec::as_slice).collect()))
        }
        Needs::Any(any) => {
            let mut docs: Vec<u64> = Vec::new();
            for needs in any {
                docs.extend(needed(needs, parts)?.iter().map(|doc_id| u64::from(doc_id.0)));
            }
            sort_runs(&mut docs);
            docs.dedup();
            Some(docs.into_iter().map(|doc| DocId(doc as u32)).collect())
        }
    }
}
