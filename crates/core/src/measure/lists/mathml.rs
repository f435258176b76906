//! Formulas as text: macros that write presentation MathML, so that a formula reads like one in the source.
//!
//! `math! { i!("G²"), o!("="), n!("2") }` is the constant `<math><mi>G²</mi><mo>=</mo><mn>2</mn></math>`.

/// A whole formula.
macro_rules! math { ($($part:expr),+ $(,)?) => { concat!("<math>", $($part),+, "</math>") } }
/// Parts as one.
macro_rules! row { ($($part:expr),+ $(,)?) => { concat!("<mrow>", $($part),+, "</mrow>") } }
/// A name.
macro_rules! i {
    ($name:expr) => {
        concat!("<mi>", $name, "</mi>")
    };
}
/// A number.
macro_rules! n {
    ($number:expr) => {
        concat!("<mn>", $number, "</mn>")
    };
}
/// An operator.
macro_rules! o {
    ($sign:expr) => {
        concat!("<mo>", $sign, "</mo>")
    };
}
/// Words within a formula.
macro_rules! t {
    ($text:expr) => {
        concat!("<mtext>", $text, "</mtext>")
    };
}
/// Above and below a line.
macro_rules! frac {
    ($above:expr, $below:expr $(,)?) => {
        concat!("<mfrac>", $above, $below, "</mfrac>")
    };
}
/// With an index.
macro_rules! sub {
    ($base:expr, $index:expr $(,)?) => {
        concat!("<msub>", $base, $index, "</msub>")
    };
}
/// With an exponent.
macro_rules! sup {
    ($base:expr, $exponent:expr $(,)?) => {
        concat!("<msup>", $base, $exponent, "</msup>")
    };
}
/// Under a root.
macro_rules! root { ($($part:expr),+ $(,)?) => { concat!("<msqrt>", $($part),+, "</msqrt>") } }
/// In round brackets.
macro_rules! par { ($($part:expr),+ $(,)?) => { concat!("<mrow><mo>(</mo>", $($part),+, "<mo>)</mo></mrow>") } }
/// Between bars.
macro_rules! bars { ($($part:expr),+ $(,)?) => { concat!("<mrow><mo>|</mo>", $($part),+, "<mo>|</mo></mrow>") } }
/// A sum over an index.
macro_rules! sum {
    ($index:expr $(,)?) => {
        concat!("<munder><mo>∑</mo>", $index, "</munder>")
    };
}
/// Binary logarithm of what follows.
macro_rules! log2 {
    () => {
        concat!(sub!("<mi>log</mi>", "<mn>2</mn>"), "<mo>&#x2061;</mo>")
    };
}
/// Natural logarithm of what follows.
macro_rules! ln {
    () => {
        "<mi>ln</mi><mo>&#x2061;</mo>"
    };
}
/// The four-term G².
macro_rules! four_terms {
    () => {
        concat!(
            sup!(i!("G"), n!("2")),
            o!("="),
            n!("2"),
            sum!(row!(i!("i"), o!(","), i!("j"))),
            sub!(i!("O"), row!(i!("i"), i!("j"))),
            ln!(),
            frac!(sub!(i!("O"), row!(i!("i"), i!("j"))), sub!(i!("E"), row!(i!("i"), i!("j"))))
        )
    };
}
/// χ², its difference of products as given.
macro_rules! chi_squared {
    ($($difference:expr),+ $(,)?) => {
        frac!(
            row!(i!("N"), sup!(par!($($difference),+), n!("2"))),
            row!(sub!(i!("R"), n!("1")), sub!(i!("R"), n!("2")), sub!(i!("C"), n!("1")), sub!(i!("C"), n!("2")))
        )
    };
}
/// `ad − bc`, the cells of a table by letters.
macro_rules! crosswise {
    () => {
        row!(i!("a"), i!("d"), o!("−"), i!("b"), i!("c"))
    };
}
