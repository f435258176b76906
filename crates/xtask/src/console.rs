//! What the developer sees: one short line a step, and how long it took.

use std::time::Instant;

/// Announces the step, does it, and tells its time where it took any.
pub(crate) fn step<T>(label: &str, work: impl FnOnce() -> T) -> T {
    println!("» {label}");
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    if seconds >= 0.05 {
        println!("  {seconds:.1} s");
    }
    result
}

/// A remark on the step under way.
pub(crate) fn note(text: &str) {
    println!("  {text}");
}

/// Something that does not stop the work but wants to be seen.
pub(crate) fn warn(text: &str) {
    println!("  warning: {text}");
}
