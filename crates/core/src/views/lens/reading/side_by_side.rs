//! Two texts told in one line: what both have, what only the first has as `[-…-]`, what only the second as `{+…+}`, as word
//! differences are written in plain text. The page draws them as what was struck out and put in.

use crate::base::Span;
use crate::extract::shared::{Part, differences};

use super::place::one_line;

/// The difference of two texts.
pub(super) fn told(first: &str, second: &str) -> String {
    let mut told = String::new();
    for part in differences(first, second) {
        if !told.is_empty() {
            told.push(' ');
        }
        let own = |text: &str, span: Span| one_line(span.of(text));
        match part {
            Part::Same(_, span) => told.push_str(&own(second, span)),
            Part::Changed(left_out, put_in) => {
                told.push_str(&["[-", &own(first, left_out), "-] {+", &own(second, put_in), "+}"].concat());
            }
            Part::OnlyFirst(span) => told.push_str(&["[-", &own(first, span), "-]"].concat()),
            Part::OnlySecond(span) => told.push_str(&["{+", &own(second, span), "+}"].concat()),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn what_differs_is_marked() {
        assert_eq!(
            told("The ship left the port at noon.", "The ship left the port."),
            "The ship left the port [-at noon-]"
        );
        assert_eq!(told("The old ship left.", "The new ship left."), "The [-old-] {+new+} ship left");
        assert_eq!(told("", "All new here"), "{+All new here+}");
    }
}
