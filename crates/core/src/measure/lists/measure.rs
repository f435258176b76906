//! What a measure is: a number with its formula, variant and source.

/// A measure of `T`: how it is computed, and all that a reader must know to trust it.
pub struct Measure<T: ?Sized> {
    /// Name in files, on the command line and in links: lower case, never changed.
    pub name: &'static str,
    /// Name on the screen.
    pub title: &'static str,
    /// Which of the forms that go by this name; empty where there is only one.
    pub variant: &'static str,
    /// Presentation MathML: one `<math>` element.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What it says, in one plain sentence.
    pub meaning: &'static str,
    /// When there is no number: the end of "There is no number where …".
    pub undefined: &'static str,
    /// The number: finite, or none.
    pub value: fn(&T) -> Option<f64>,
}

impl<T: ?Sized> Measure<T> {
    /// The measure of a name in a list. Cost: linear in the list.
    pub fn named<'list>(list: &'list [Measure<T>], name: &str) -> Option<&'list Measure<T>> {
        list.iter().find(|measure| measure.name == name)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What every list keeps: distinct names, sentences, and formulas that a browser can draw.
    pub(in crate::measure::lists) fn check_list<T: ?Sized>(list: &[Measure<T>]) {
        let mut names: Vec<&str> = list.iter().map(|measure| measure.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), list.len(), "a name twice");
        for measure in list {
            let name = measure.name;
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{name}");
            assert!(!measure.title.is_empty() && !measure.source.is_empty() && !measure.undefined.is_empty(), "{name}");
            assert!(
                measure.meaning.ends_with('.') && measure.meaning.matches(". ").count() == 0,
                "{name}: one sentence"
            );
            assert_eq!(fault_of(measure.formula), None, "{name}: {}", measure.formula);
            assert!(std::ptr::eq(Measure::named(list, name).unwrap(), measure));
        }
    }

    /// A value to as many digits as are given.
    pub(in crate::measure::lists) fn check_value<T: ?Sized>(list: &[Measure<T>], name: &str, of: &T, expected: &str) {
        let measure = Measure::named(list, name).unwrap();
        let found = (measure.value)(of).unwrap_or_else(|| panic!("{name} has no value"));
        let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        assert_eq!(format!("{found:.decimals$}"), expected, "{name}");
    }

    /// How many children an element must have.
    const ARITY: &[(&str, usize)] = &[("mfrac", 2), ("msub", 2), ("msup", 2), ("munder", 2)];
    const FREE: &[&str] = &["math", "mrow", "msqrt"];
    const LEAVES: &[&str] = &["mi", "mn", "mo", "mtext"];

    /// What is wrong with a formula.
    fn fault_of(formula: &str) -> Option<String> {
        if !formula.starts_with("<math>") || !formula.ends_with("</math>") {
            return Some("no math element around it".to_owned());
        }
        // Open elements, with the number of children so far.
        let mut open: Vec<(&str, usize)> = Vec::new();
        for piece in formula.split('<').skip(1) {
            let Some((tag, text)) = piece.split_once('>') else { return Some(format!("half a tag: {piece}")) };
            if let Some(name) = tag.strip_prefix('/') {
                let Some((_, children)) = open.pop().filter(|(opened, _)| *opened == name) else {
                    return Some(format!("{name} closed out of turn"));
                };
                if ARITY.iter().any(|(element, arity)| *element == name && *arity != children) {
                    return Some(format!("{name} with {children} parts"));
                }
                if !text.is_empty() {
                    return Some(format!("loose text {text:?}"));
                }
                if let Some(parent) = open.last_mut() {
                    parent.1 += 1;
                }
                continue;
            }
            let is_leaf = LEAVES.contains(&tag);
            if !is_leaf && !FREE.contains(&tag) && ARITY.iter().all(|(element, _)| *element != tag) {
                return Some(format!("unknown element {tag}"));
            }
            if is_leaf == text.is_empty() || open.last().is_some_and(|(parent, _)| LEAVES.contains(parent)) {
                return Some(format!("{tag} with {text:?}"));
            }
            open.push((tag, 0));
        }
        open.last().map(|(name, _)| format!("{name} is not closed"))
    }

    #[test]
    fn a_broken_formula_is_noticed() {
        for formula in ["<mi>x</mi>", "<math><mi>x</math>", "<math><mfrac><mi>x</mi></mfrac></math>", "<math>x</math>"]
        {
            assert!(fault_of(formula).is_some(), "{formula}");
        }
    }
}
