//! Regular expressions over any alphabet, and the machine that runs them: over the letters of a word (`t?rkey`,
//! `/zelensk(y|yy)/`) and over the tokens of a text (`[word="last"] []{0,3}`). One idea, two alphabets.
//!
//! A [`Regular`] becomes a [`Program`] (Thompson 1968, Communications of the ACM 11(6): as many steps as the expression
//! has signs), which a [`Machine`] runs by sets of steps that it makes, and remembers, as they are needed (a lazy DFA).
//! Time is linear in what is read: no expression can make it go back. Rejected: the crate `regex-automata`, which knows
//! far more than words need and weighs a quarter of the page.

use rustc_hash::FxHashMap;

/// A regular expression over symbols of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regular<T> {
    /// One symbol.
    Symbol(T),
    /// One after the other; nothing at all where it is empty.
    Concat(Vec<Regular<T>>),
    /// One of them.
    Either(Vec<Regular<T>>),
    /// The same several times.
    Repeat {
        /// What.
        part: Box<Regular<T>>,
        /// At least so often.
        min: u32,
        /// At most so often; nothing where there is no limit.
        max: Option<u32>,
    },
}

/// Most steps of a program: a repetition of repetitions can ask for more than a machine should hold.
pub const MAX_STEPS: usize = 2_000;
/// Most work of one machine, in steps looked at while sets are made: beyond it the expression is given up. About
/// 20 ms; expressions that people write need a hundredth.
const MAX_WORK: usize = 4_000_000;

impl<T> Regular<T> {
    /// Calls `each` for every symbol, from left to right.
    pub fn for_each<'r>(&'r self, each: &mut dyn FnMut(&'r T)) {
        match self {
            Regular::Symbol(symbol) => each(symbol),
            Regular::Concat(parts) | Regular::Either(parts) => parts.iter().for_each(|part| part.for_each(each)),
            Regular::Repeat { part, .. } => part.for_each(each),
        }
    }

    /// The same expression over other symbols.
    pub fn map<U>(&self, change: &mut dyn FnMut(&T) -> U) -> Regular<U> {
        match self {
            Regular::Symbol(symbol) => Regular::Symbol(change(symbol)),
            Regular::Concat(parts) => Regular::Concat(parts.iter().map(|part| part.map(change)).collect()),
            Regular::Either(parts) => Regular::Either(parts.iter().map(|part| part.map(change)).collect()),
            Regular::Repeat { part, min, max } => {
                Regular::Repeat { part: Box::new(part.map(change)), min: *min, max: *max }
            }
        }
    }
}

/// The expression over the numbers of its symbols, which are put into `symbols`, each once.
pub fn numbered<T: Clone + PartialEq>(expression: &Regular<T>, symbols: &mut Vec<T>) -> Regular<u16> {
    expression.map(&mut |symbol| {
        let place = symbols.iter().position(|other| other == symbol).unwrap_or_else(|| {
            symbols.push(symbol.clone());
            symbols.len() - 1
        });
        place as u16
    })
}

/// An expression laid out for running, its symbols by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Reads a symbol and goes on.
    Symbol(u16),
    /// Goes on here and there.
    Split(u16, u16),
    /// The expression ends here.
    Accept,
}

impl Program {
    /// Lays out an expression over the numbers of symbols. Nothing where it has more than [`MAX_STEPS`] steps.
    pub fn of(expression: &Regular<u16>) -> Option<Program> {
        let mut program = Program { steps: Vec::new() };
        program.add(expression)?;
        program.push(Step::Accept)?;
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<usize> {
        self.steps.push(step);
        (self.steps.len() <= MAX_STEPS).then(|| self.steps.len() - 1)
    }

    fn here(&self) -> u16 {
        self.steps.len() as u16
    }

    /// Adds the steps of an expression; it goes on at the step after them.
    fn add(&mut self, expression: &Regular<u16>) -> Option<()> {
        match expression {
            Regular::Symbol(symbol) => self.push(Step::Symbol(*symbol)).map(|_| ()),
            Regular::Concat(parts) => parts.iter().try_for_each(|part| self.add(part)),
            Regular::Either(parts) => self.add_either(parts),
            Regular::Repeat { part, min, max } => {
                (0..*min).try_for_each(|_| self.add(part))?;
                match max {
                    Some(max) => self.add_optional(part, max.saturating_sub(*min)),
                    None => self.add_endless(part),
                }
            }
        }
    }

    fn add_either(&mut self, parts: &[Regular<u16>]) -> Option<()> {
        let Some((last, others)) = parts.split_last() else { return Some(()) };
        // Each alternative is entered by a split; its end jumps to the end of all, by a split both ways of which are one.
        let mut ends = Vec::new();
        for part in others {
            let split = self.push(Step::Split(0, 0))?;
            self.add(part)?;
            ends.push(self.push(Step::Split(0, 0))?);
            self.steps[split] = Step::Split(split as u16 + 1, self.here());
        }
        self.add(last)?;
        for end in ends {
            self.steps[end] = Step::Split(self.here(), self.here());
        }
        Some(())
    }

    fn add_optional(&mut self, part: &Regular<u16>, times: u32) -> Option<()> {
        let mut splits = Vec::new();
        for _ in 0..times {
            splits.push(self.push(Step::Split(0, 0))?);
            self.add(part)?;
        }
        for split in splits {
            self.steps[split] = Step::Split(split as u16 + 1, self.here());
        }
        Some(())
    }

    fn add_endless(&mut self, part: &Regular<u16>) -> Option<()> {
        let split = self.push(Step::Split(0, 0))?;
        self.add(part)?;
        self.push(Step::Split(split as u16, split as u16))?;
        self.steps[split] = Step::Split(split as u16 + 1, self.here());
        Some(())
    }
}

/// A set of steps at which a run may be; [`DEAD`] where it has failed.
pub type State = u32;

/// The state from which nothing is accepted.
pub const DEAD: State = 0;

/// Signs below this have a table: ASCII letters, and the tokens of a sequence that has up to seven tests.
const DENSE: usize = 128;
const UNKNOWN: State = State::MAX;
const ACCEPTS: u32 = u32::MAX;

/// Runs a program. States are made when they are first reached and remembered.
#[derive(Debug)]
pub struct Machine<'p> {
    program: &'p Program,
    /// The steps that read a symbol, sorted; after them [`ACCEPTS`], where the end is among those reached.
    states: Vec<Vec<u32>>,
    numbers: FxHashMap<Vec<u32>, State>,
    /// The next state for signs below [`DENSE`], [`UNKNOWN`] where it was not made yet.
    dense: Vec<State>,
    /// The next state for other signs, by state: few.
    others: Vec<Vec<(u64, State)>>,
    start: State,
    work: usize,
}

impl<'p> Machine<'p> {
    /// A machine at the start of a program.
    pub fn new(program: &'p Program) -> Machine<'p> {
        let mut machine = Machine {
            program,
            states: Vec::new(),
            numbers: FxHashMap::default(),
            dense: Vec::new(),
            others: Vec::new(),
            start: DEAD,
            work: 0,
        };
        machine.number_of(Vec::new());
        machine.start = machine.number_of(vec![0]);
        machine
    }

    /// Where every run starts.
    pub fn start(&self) -> State {
        self.start
    }

    /// Whether what was read up to here is accepted.
    pub fn accepts(&self, state: State) -> bool {
        self.states.get(state as usize).is_some_and(|steps| steps.last() == Some(&ACCEPTS))
    }

    /// The state after one more sign. `sign` is its identity: for equal signs `fits` must say the same of each symbol.
    pub fn step(&mut self, state: State, sign: u64, fits: &mut dyn FnMut(u16) -> bool) -> State {
        if state == DEAD {
            return DEAD;
        }
        let place = state as usize * DENSE + (sign as usize).min(DENSE - 1);
        let is_dense = sign < DENSE as u64;
        let known = if is_dense {
            self.dense.get(place).copied()
        } else {
            let others = self.others.get(state as usize).map_or(&[][..], Vec::as_slice);
            others.iter().find(|(other, _)| *other == sign).map(|(_, next)| *next)
        };
        if let Some(next) = known.filter(|next| *next != UNKNOWN) {
            return next;
        }
        let steps = self.states.get(state as usize).cloned().unwrap_or_default();
        let mut reached = Vec::new();
        for step in steps {
            self.work += 1;
            if let Some(Step::Symbol(symbol)) = self.program.steps.get(step as usize)
                && fits(*symbol)
            {
                reached.push(step as u16 + 1);
            }
        }
        let next = if self.is_exhausted() { DEAD } else { self.number_of(reached) };
        match (self.dense.get_mut(place).filter(|_| is_dense), self.others.get_mut(state as usize)) {
            (Some(known), _) => *known = next,
            (None, Some(others)) => others.push((sign, next)),
            (None, None) => {}
        }
        next
    }

    /// The symbols that may be the last.
    pub fn last_symbols(&mut self) -> Vec<u16> {
        let steps: Vec<(usize, Step)> = self.program.steps.iter().copied().enumerate().collect();
        let is_last = |(place, step): (usize, Step)| match step {
            Step::Symbol(symbol) => {
                let state = self.number_of(vec![place as u16 + 1]);
                self.accepts(state).then_some(symbol)
            }
            Step::Split(..) | Step::Accept => None,
        };
        steps.into_iter().filter_map(is_last).collect()
    }

    /// Whether the expression asked for more work than is sensible: then what it accepts is not known.
    pub fn is_exhausted(&self) -> bool {
        self.work > MAX_WORK
    }

    /// The number of the state that consists of `reached` and what can be reached from there without reading.
    fn number_of(&mut self, mut reached: Vec<u16>) -> State {
        let mut seen = vec![false; self.program.steps.len()];
        let mut accepts = false;
        while let Some(step) = reached.pop() {
            if std::mem::replace(&mut seen[step as usize], true) {
                continue;
            }
            self.work += 1;
            match self.program.steps[step as usize] {
                Step::Symbol(_) => {}
                Step::Split(a, b) => reached.extend([a, b]),
                Step::Accept => accepts = true,
            }
        }
        let mut state: Vec<u32> = Vec::new();
        for (place, step) in (0u32..).zip(&self.program.steps) {
            if matches!(step, Step::Symbol(_)) && seen.get(place as usize) == Some(&true) {
                state.push(place);
            }
        }
        state.extend(accepts.then_some(ACCEPTS));
        if let Some(number) = self.numbers.get(&state) {
            return *number;
        }
        let number = self.states.len() as State;
        // A state takes up room whatever it took to make it.
        self.work += DENSE;
        self.states.push(state.clone());
        self.others.push(Vec::new());
        self.dense.resize(self.states.len() * DENSE, UNKNOWN);
        self.numbers.insert(state, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What an expression accepts, by definition: every way to read `signs` from its beginning, as ends.
    fn naive(expression: &Regular<u16>, signs: &[u16]) -> Vec<usize> {
        let mut ends: Vec<usize> = match expression {
            Regular::Symbol(symbol) => (signs.first() == Some(symbol)).then_some(1).into_iter().collect(),
            Regular::Concat(parts) => parts.iter().fold(vec![0], |ends, part| {
                ends.iter()
                    .flat_map(|end| naive(part, &signs[*end..]).into_iter().map(move |more| end + more))
                    .collect()
            }),
            Regular::Either(parts) => parts.iter().flat_map(|part| naive(part, signs)).collect(),
            Regular::Repeat { part, min, max } => {
                let mut all = if *min == 0 { vec![0] } else { vec![] };
                let mut now = vec![0];
                for times in 1..=max.unwrap_or(min + signs.len() as u32) {
                    now = now
                        .iter()
                        .flat_map(|end: &usize| naive(part, &signs[*end..]).into_iter().map(move |more| end + more))
                        .collect();
                    now.sort_unstable();
                    now.dedup();
                    if times >= *min {
                        all.extend(&now);
                    }
                }
                all
            }
        };
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    fn ends(expression: &Regular<u16>, signs: &[u16]) -> Vec<usize> {
        let program = Program::of(expression).unwrap();
        let mut machine = Machine::new(&program);
        let mut state = machine.start();
        let mut ends = Vec::new();
        for end in 0..=signs.len() {
            if machine.accepts(state) {
                ends.push(end);
            }
            if let Some(sign) = signs.get(end) {
                state = machine.step(state, u64::from(*sign), &mut |symbol| symbol == *sign);
            }
        }
        ends
    }

    fn expression() -> impl Strategy<Value = Regular<u16>> {
        (0u16..3).prop_map(Regular::Symbol).prop_recursive(4, 16, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Regular::Concat),
                proptest::collection::vec(inner.clone(), 1..4).prop_map(Regular::Either),
                (inner, 0u32..3, proptest::option::of(0u32..3)).prop_map(|(part, min, more)| Regular::Repeat {
                    part: Box::new(part),
                    min,
                    max: more.map(|more| min + more)
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_machine_accepts_what_the_definition_accepts(
            expression in expression(), signs in proptest::collection::vec(0u16..3, 0..8),
        ) {
            prop_assert_eq!(ends(&expression, &signs), naive(&expression, &signs));
        }
    }

    #[test]
    fn repetitions_of_repetitions_are_refused_not_built() {
        let mut expression = Regular::Symbol(0);
        for _ in 0..8 {
            expression = Regular::Repeat { part: Box::new(expression), min: 100, max: Some(100) };
        }
        assert_eq!(Program::of(&expression), None);
    }
}
