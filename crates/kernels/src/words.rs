//! Where words of ASCII text begin and end, 64 bytes at a time.

/// Bytes that are looked at together.
pub const BYTES: usize = 64;

/// Which of the bytes are letters, digits and low lines of ASCII, a bit each, the first the lowest.
#[inline(never)]
pub fn word_bits(bytes: &[u8; BYTES]) -> u64 {
    // No byte waits for another, so all sixteen of a vector are compared at once.
    let is_word = bytes.map(|byte| {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'0') < 10;
        u8::from(is_letter | is_digit | (byte == b'_'))
    });
    let mut bits = 0;
    for (place, eight) in is_word.as_chunks::<8>().0.iter().enumerate() {
        // Each byte is 0 or 1, and lands at a bit of its own in the highest byte.
        bits |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * place);
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_byte_has_its_bit(bytes in prop::array::uniform32(any::<u8>()), more in prop::array::uniform32(0x20u8..0x7f)) {
            let whole: [u8; BYTES] = std::array::from_fn(|place| if place < 32 { bytes[place] } else { more[place - 32] });
            let naive = (0..BYTES).filter(|place| whole[*place].is_ascii_alphanumeric() || whole[*place] == b'_');
            prop_assert_eq!(word_bits(&whole), naive.fold(0, |bits, place| bits | 1 << place));
        }
    }
}
