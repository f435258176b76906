//! Numbers as they are read: digits in groups, a real minus sign.

/// A number with so many digits after the point. The browser writes it: Rust's own way would weigh 8 KB.
pub fn number(value: f64, decimals: u8) -> String {
    let written = js_sys::Number::from(value.abs()).to_fixed(decimals).map_or(String::new(), String::from);
    let (whole, rest) = match written.find('.') {
        Some(at) => written.split_at(at),
        None => (written.as_str(), ""),
    };
    let whole = whole.parse::<u64>().map_or(whole.to_owned(), sheaf_core::views::words::grouped);
    let is_zero = written.bytes().all(|byte| byte == b'0' || byte == b'.');
    [if value < 0.0 && !is_zero { "−" } else { "" }, &whole, rest].concat()
}
