//! Walking the vocabulary with an automaton: keys are sorted, so what two neighbours share is read once, and a
//! beginning from which nothing can be accepted is passed over with all keys that have it.

use std::cell::RefCell;
use std::ops::Range;

use super::letters::Letter;
use super::regular::{DEAD, Machine, Program, Regular, State, numbered};
use crate::index::Vocabulary;

/// Calls `each` with every key that is accepted, its state at the end and its types. `step` gives the state after one
/// more letter, or nothing where no key can be accepted any more. Cost: the letters of the keys, shared ones once.
pub fn walk<S: Clone>(
    vocabulary: &Vocabulary,
    start: S,
    step: &mut dyn FnMut(&S, char) -> Option<S>,
    each: &mut dyn FnMut(&str, &S, Range<u32>),
) {
    let step = RefCell::new(step);
    // States along the key before, with the byte up to which each has read.
    let mut states: Vec<(usize, S)> = vec![(0, start)];
    let mut before = String::new();
    let mut dead_from: Option<usize> = None;
    let start = states[0].1.clone();
    // A run of keys whose common beginning nothing accepts is not looked at, nor brought.
    let mut is_wanted = |beginning: &str| {
        let mut state = Some(start.clone());
        for c in beginning.chars() {
            state = state.and_then(|state| step.borrow_mut()(&state, c));
        }
        state.is_some()
    };
    for (key, types) in vocabulary.keys(&mut is_wanted) {
        let shared = shared_prefix(&before, key);
        before.clear();
        before.push_str(key);
        if dead_from.is_some_and(|dead| shared >= dead) {
            continue;
        }
        dead_from = None;
        while states.len() > 1 && states.last().is_some_and(|(end, _)| *end > shared) {
            states.pop();
        }
        let Some(mut at) = states.last().map(|(end, _)| *end) else { return };
        for c in key[at..].chars() {
            at += c.len_utf8();
            match states.last().and_then(|(_, state)| step.borrow_mut()(state, c)) {
                Some(state) => states.push((at, state)),
                None => {
                    dead_from = Some(at);
                    break;
                }
            }
        }
        if let (None, Some((_, state))) = (dead_from, states.last()) {
            each(key, state, types);
        }
    }
}

/// An expression over letters, laid out for running.
#[derive(Clone, Debug)]
pub struct WordProgram {
    program: Program,
    letters: Vec<Letter>,
}

impl WordProgram {
    /// Lays out an expression. Nothing where its repetitions ask for too much.
    pub fn of(expression: &Regular<Letter>) -> Option<WordProgram> {
        let mut letters = Vec::new();
        let program = Program::of(&numbered(expression, &mut letters))?;
        Some(WordProgram { program, letters })
    }

    /// The types whose folded key is accepted. Nothing where that would take too long.
    pub fn types(&self, vocabulary: &Vocabulary) -> Option<Vec<u32>> {
        let mut machine = Machine::new(&self.program);
        let start = machine.start();
        let mut reached: Vec<(State, Range<u32>)> = Vec::new();
        let mut step = |state: &State, c: char| Some(self.step(&mut machine, *state, c)).filter(|next| *next != DEAD);
        walk(vocabulary, start, &mut step, &mut |_, state, types| reached.push((*state, types)));
        reached.retain(|(state, _)| machine.accepts(*state));
        (!machine.is_exhausted()).then(|| reached.into_iter().flat_map(|(_, types)| types).collect())
    }

    /// The places of the words among `words` that are accepted. Nothing where that would take too long.
    pub fn filter(&self, words: impl Iterator<Item = String>) -> Option<Vec<u32>> {
        let mut machine = Machine::new(&self.program);
        let mut places = Vec::new();
        for (place, word) in (0..).zip(words) {
            let state = word.chars().fold(machine.start(), |state, c| self.step(&mut machine, state, c));
            if machine.accepts(state) {
                places.push(place);
            }
        }
        (!machine.is_exhausted()).then_some(places)
    }

    fn step(&self, machine: &mut Machine, state: State, c: char) -> State {
        let fits = &mut |sign: u16| self.letters.get(sign as usize).is_some_and(|letter| letter.fits(c));
        machine.step(state, u64::from(c), fits)
    }
}

/// Keys within `limit` edits of `key`, each with its distance and types: insertions, deletions, substitutions and
/// transpositions of neighbours count one each (optimal string alignment; Damerau 1964, Communications of the ACM 7(3)).
pub fn keys_near(vocabulary: &Vocabulary, key: &str, limit: u8, each: &mut dyn FnMut(&str, u8, Range<u32>)) {
    let letters: Vec<char> = key.chars().collect();
    let mut step = |edits: &Edits, c: char| edits.step(&letters, c, limit);
    walk(vocabulary, Edits::start(), &mut step, &mut |key, edits, types| {
        let distance = edits.distance(letters.len());
        if distance <= limit {
            each(key, distance, types);
        }
    });
}

/// The edits between what was read and the beginnings of a word that are about as long: two letters more or fewer,
/// since more than [`Edits::MAX`] edits are never asked for.
#[derive(Clone, Copy, Debug)]
pub struct Edits {
    /// Letters read.
    read: usize,
    /// Edits to the beginning of length `read + place - 2`.
    row: [u8; 5],
    /// The row one letter earlier.
    before: [u8; 5],
    last: char,
}

impl Edits {
    /// Most edits that can be told apart.
    pub const MAX: u8 = 2;

    const FAR: u8 = 100;

    /// Nothing read.
    pub fn start() -> Edits {
        let row = [Self::FAR, Self::FAR, 0, 1, 2];
        Edits { read: 0, row, before: [Self::FAR; 5], last: ' ' }
    }

    /// One more letter read. Nothing where every way has more than `limit` edits (at most [`Edits::MAX`]).
    pub fn step(&self, word: &[char], c: char, limit: u8) -> Option<Edits> {
        let mut row = [Self::FAR; 5];
        for place in 0..5 {
            // The beginning of the word that this cell is about, and its last letters.
            let Some(len) = (self.read + 1 + place).checked_sub(2) else { continue };
            if len > word.len() {
                break;
            }
            let letter = len.checked_sub(1).and_then(|at| word.get(at));
            let mut edits = self.row.get(place + 1).map_or(Self::FAR, |edits| edits + 1);
            if let Some(letter) = letter {
                edits = edits.min(self.row[place] + u8::from(*letter != c));
                let is_swapped = *letter == self.last && len > 1 && word.get(len - 2) == Some(&c);
                edits = edits.min(if is_swapped { self.before[place] + 1 } else { Self::FAR });
                edits = edits.min(if place > 0 { row[place - 1] + 1 } else { Self::FAR });
            }
            row[place] = edits.min(Self::FAR);
        }
        let is_near = row.iter().any(|edits| *edits <= limit);
        is_near.then_some(Edits { read: self.read + 1, row, before: self.row, last: c })
    }

    /// The edits to a whole word of `len` letters; a large number where they are too many to be told.
    pub fn distance(&self, len: usize) -> u8 {
        (len + 2).checked_sub(self.read).and_then(|place| self.row.get(place)).copied().unwrap_or(Self::FAR)
    }
}

/// Bytes that two words share at their beginning, whole characters only.
fn shared_prefix(a: &str, b: &str) -> usize {
    let mut shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !b.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}
