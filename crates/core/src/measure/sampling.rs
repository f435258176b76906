//! Seeded samples: the same seed draws the same, natively and in the browser.

/// The `place`-th of `0..of` in a random order that `seed` names: a permutation, worked out for one place at a time.
pub fn shuffled(of: u64, seed: u64, place: u64) -> u64 {
    let half = (64 - of.saturating_sub(1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1u64 << half) - 1;
    let mut at = place.min(of.saturating_sub(1));
    loop {
        let (mut left, mut right) = (at >> half, at & mask);
        for round in 0..4u64 {
            let mixed = mix(right ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(round << 56)) & mask;
            (left, right) = (right, left ^ mixed);
        }
        at = left << half | right;
        if at < of || of == 0 {
            return at;
        }
    }
}

/// SplitMix64's finaliser (Steele, Lea and Flood 2014).
fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}
