//! Floating point that is equal to the last bit natively and in the browser.

/// Natural logarithm, from `libm`: the platform's own differs in the last bit between systems.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}
