//! Floating point that is equal to the last bit natively and in the browser.
//!
//! Everything but the four operations and the square root, which the standard for floating point makes exact, comes
//! from `libm`: the platform's own functions differ in the last bit between systems.

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of `1 + x`, exact for small `x` where the sum would lose digits.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Binary logarithm.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Decimal logarithm.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `e` to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// `exp(x) - 1`, exact for small `x` where the difference would lose digits.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// `base` to the power of `exponent`.
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// Square root; exact on every platform.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Logarithm of the gamma function of a positive number: `ln_gamma(n + 1)` is `ln n!`.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Complementary error function: `erfc(z / √2) / 2` is what a normal variable leaves above `z`.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}
