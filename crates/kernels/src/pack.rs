//! Blocks of up to 128 numbers in as many bits as most of them need: PFOR (Zukowski, Héman, Nes & Boncz 2006, ICDE),
//! with its patches packed after the numbers.
//!
//! ```text
//! width: u8 · patches: u8 · packed · if there are patches: their width: u8 · patches, packed
//! ```
//!
//! A patch is the place of a number, seven bits, and above them what of the number is above the width.
//!
//! A whole block lies in four lanes, so that one vector instruction unpacks four neighbours (Lemire & Boytsov 2015,
//! Software: Practice & Experience 45(1)): lane `l` holds the numbers `l, l+4, l+8 …`, bit after bit from the lowest, and
//! word `w` of all lanes is 16 bytes in a row. A shorter block, and patches, lie in one row, `ceil(count · width / 8)` bytes.

/// Numbers in a whole block.
pub const BLOCK: usize = 128;
/// Rows of four in a whole block.
const ROWS: u32 = 32;
/// Bits of the place of a patch.
const PLACE: u32 = BLOCK.ilog2();

/// Appends a block of 1 to 128 numbers, in the width that makes it smallest. Cost: O(count + 32).
pub fn pack(values: &[u32], out: &mut Vec<u8>) {
    let mut lengths = [0usize; 33];
    for value in values {
        lengths[bits(*value) as usize] += 1;
    }
    let (width, patches) = best_width(&lengths, values.len());
    let mask = mask(width);
    out.push(width as u8);
    out.push(patches as u8);
    match values.first_chunk() {
        Some(whole) if values.len() == BLOCK => pack_lanes(whole, width, out),
        _ => pack_row(values.iter().map(|value| u64::from(value & mask)), width, out),
    }
    if patches > 0 {
        let longest = lengths.iter().rposition(|many| *many > 0).unwrap_or(0) as u32;
        let width_of_patches = PLACE + longest - width;
        out.push(width_of_patches as u8);
        let patches = (0u64..).zip(values).filter(|(_, value)| **value > mask);
        let patch = |(place, value): (u64, &u32)| place | u64::from(value >> width) << PLACE;
        pack_row(patches.map(patch), width_of_patches, out);
    }
}

/// Takes a block of `count` numbers from the front of `bytes` into `values`. Nothing where the bytes are none.
pub fn unpack(bytes: &mut &[u8], count: usize, values: &mut [u32; BLOCK]) -> Option<()> {
    let (&[width, patches], rest) = bytes.split_first_chunk()?;
    let width = u32::from(width);
    let (packed, rest) = rest.split_at_checked(packed_len(count, width)?)?;
    let own = values.get_mut(..count)?;
    if count == BLOCK {
        unpack_lanes(packed, width, values);
    } else {
        let mut row = Row::of(packed, width);
        own.iter_mut().for_each(|value| *value = row.next() as u32);
    }
    *bytes = rest;
    if patches == 0 {
        return Some(());
    }
    let (width_of_patches, packed, rest) = patches_of(rest, patches)?;
    let mut row = Row::of(packed, width_of_patches);
    for _ in 0..patches {
        let patch = row.next();
        let value = values.get_mut(..count)?.get_mut(patch as usize % BLOCK)?;
        *value |= u32::try_from((patch >> PLACE).checked_shl(width)?).ok()?;
    }
    *bytes = rest;
    Some(())
}

/// Passes over a block of `count` numbers at the front of `bytes`.
pub fn skip(bytes: &mut &[u8], count: usize) -> Option<()> {
    let (&[width, patches], rest) = bytes.split_first_chunk()?;
    let rest = rest.get(packed_len(count, u32::from(width))?..)?;
    *bytes = if patches == 0 { rest } else { patches_of(rest, patches)?.2 };
    Some(())
}

/// The width of patches, the patches, and what follows.
fn patches_of(bytes: &[u8], patches: u8) -> Option<(u32, &[u8], &[u8])> {
    let (&width, rest) = bytes.split_first()?;
    let width = u32::from(width);
    let is_sound = (PLACE..=PLACE + 32).contains(&width) && usize::from(patches) <= BLOCK;
    let (packed, rest) = rest.split_at_checked((usize::from(patches) * width as usize).div_ceil(8))?;
    is_sound.then_some((width, packed, rest))
}

/// Bytes of the packed part.
fn packed_len(count: usize, width: u32) -> Option<usize> {
    (width <= 32 && (1..=BLOCK).contains(&count)).then(|| (count * width as usize).div_ceil(8))
}

fn bits(value: u32) -> u32 {
    32 - value.leading_zeros()
}

/// The width with the fewest bytes in all, and how many patches it takes; of equal ones the largest, which has the fewest.
fn best_width(lengths: &[usize; 33], count: usize) -> (u32, usize) {
    let longest = lengths.iter().rposition(|many| *many > 0).unwrap_or(0);
    let bytes = |count: usize, width: usize| (count * width).div_ceil(8);
    let (mut best, mut least) = ((longest, 0), bytes(count, longest));
    let mut patches = 0;
    for width in (0..longest).rev() {
        patches += lengths[width + 1];
        let all = bytes(count, width) + 1 + bytes(patches, PLACE as usize + longest - width);
        if all < least {
            (best, least) = ((width, patches), all);
        }
    }
    (best.0 as u32, best.1)
}

/// The bits of a number of this width.
fn mask(width: u32) -> u32 {
    if width == 32 { u32::MAX } else { (1 << width) - 1 }
}

/// Appends a whole block as `16 · width` bytes. Compilers turn the four lanes into vector instructions where there are
/// some.
fn pack_lanes(values: &[u32; BLOCK], width: u32, out: &mut Vec<u8>) {
    let mask = mask(width);
    // One more for what the last row leaves over, which is nothing.
    let mut words = [[0u32; 4]; ROWS as usize + 1];
    for (row, four) in (0..ROWS).zip(values.chunks_exact(4)) {
        let (at, shift) = ((row * width / 32) as usize, row * width % 32);
        for lane in 0..4 {
            let low = four[lane] & mask;
            words[at][lane] |= low << shift;
            // A shift by 32 is none; there is nothing for the next word then.
            words[at + 1][lane] |= if shift == 0 { 0 } else { low >> (32 - shift) };
        }
    }
    words.iter().take(width as usize).flatten().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
}

/// Unpacks a whole block of `16 · width` bytes: four numbers at a time where the machine has vectors of its own.
fn unpack_lanes(packed: &[u8], width: u32, values: &mut [u32; BLOCK]) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    unpack_lanes_simd128(packed, width, values);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    unpack_lanes_scalar(packed, width, values);
}

/// The definition. Compilers turn the four lanes into vector instructions where there are some.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn unpack_lanes_scalar(packed: &[u8], width: u32, values: &mut [u32; BLOCK]) {
    let mask = mask(width);
    let word = |at: u32| -> [u32; 4] {
        let bytes = packed.get(16 * at as usize..).and_then(<[u8]>::first_chunk::<16>).copied().unwrap_or_default();
        std::array::from_fn(|lane| u32::from_le_bytes(std::array::from_fn(|byte| bytes[4 * lane + byte])))
    };
    for (row, four) in (0..ROWS).zip(values.chunks_exact_mut(4)) {
        let (at, shift) = (row * width / 32, row * width % 32);
        let (low, high) = (word(at), if shift + width > 32 { word(at + 1) } else { [0; 4] });
        for lane in 0..4 {
            // A shift by 32 is none; there is nothing of the next word then.
            let rest = if shift == 0 { 0 } else { high[lane] << (32 - shift) };
            four[lane] = (low[lane] >> shift | rest) & mask;
        }
    }
}

/// The same on vectors of WebAssembly.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn unpack_lanes_simd128(packed: &[u8], width: u32, values: &mut [u32; BLOCK]) {
    use std::arch::wasm32::{u32x4, u32x4_extract_lane, u32x4_shl, u32x4_shr, u32x4_splat, v128, v128_and, v128_or};
    let mask = u32x4_splat(mask(width));
    let word = |at: u32| -> v128 {
        let bytes = packed.get(16 * at as usize..).and_then(<[u8]>::first_chunk::<16>).copied().unwrap_or_default();
        let lane = |lane: usize| u32::from_le_bytes(std::array::from_fn(|byte| bytes[4 * lane + byte]));
        u32x4(lane(0), lane(1), lane(2), lane(3))
    };
    for (row, four) in (0..ROWS).zip(values.chunks_exact_mut(4)) {
        let (at, shift) = (row * width / 32, row * width % 32);
        let mut found = u32x4_shr(word(at), shift);
        if shift + width > 32 {
            found = v128_or(found, u32x4_shl(word(at + 1), 32 - shift));
        }
        let found = v128_and(found, mask);
        four[0] = u32x4_extract_lane::<0>(found);
        four[1] = u32x4_extract_lane::<1>(found);
        four[2] = u32x4_extract_lane::<2>(found);
        four[3] = u32x4_extract_lane::<3>(found);
    }
}

/// Appends numbers in one row.
fn pack_row(values: impl Iterator<Item = u64>, width: u32, out: &mut Vec<u8>) {
    let (mut buffer, mut filled) = (0u64, 0);
    for value in values {
        buffer |= value << filled;
        filled += width;
        while filled >= 8 {
            out.push(buffer as u8);
            buffer >>= 8;
            filled -= 8;
        }
    }
    if filled > 0 {
        out.push(buffer as u8);
    }
}

/// Numbers in one row, to be taken one by one; zeros after its end.
struct Row<'b> {
    bytes: std::slice::Iter<'b, u8>,
    buffer: u64,
    filled: u32,
    width: u32,
}

impl Row<'_> {
    /// Numbers of up to 56 bits.
    fn of(bytes: &[u8], width: u32) -> Row<'_> {
        Row { bytes: bytes.iter(), buffer: 0, filled: 0, width }
    }

    fn next(&mut self) -> u64 {
        while self.filled < self.width {
            self.buffer |= u64::from(self.bytes.next().copied().unwrap_or(0)) << self.filled;
            self.filled += 8;
        }
        let value = self.buffer & ((1 << self.width) - 1);
        self.buffer >>= self.width;
        self.filled -= self.width;
        value
    }
}

/// Appends a number in groups of seven bits, the lowest first, all but the last marked (LEB128).
pub fn push_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends ascending numbers: the first, and what lies between two, as varints. Cost: linear.
pub fn push_ascending(values: &[u32], out: &mut Vec<u8>) {
    let mut last = 0;
    for value in values {
        match value - std::mem::replace(&mut last, *value) {
            // Nearly all are short.
            gap @ 0..0x80 => out.push(gap as u8),
            gap => push_varint(gap.into(), out),
        }
    }
}

/// Takes `count` numbers that ascend from the front, none of them [`u32::MAX`], and appends them. Nothing where the bytes
/// are none. Cost: linear.
pub fn take_ascending(bytes: &mut &[u8], count: u32, values: &mut Vec<u32>) -> Option<()> {
    let mut rest = *bytes;
    let mut value = 0u32;
    for place in 0..count {
        let gap = match rest.split_first()? {
            (&byte @ 0..0x80, after) => {
                rest = after;
                byte.into()
            }
            _ => take_u32(&mut rest)?,
        };
        value = value.checked_add(gap).filter(|value| (place == 0 || gap > 0) && *value < u32::MAX)?;
        values.push(value);
    }
    *bytes = rest;
    Some(())
}

/// Takes a number from the front. Nothing where the bytes end before it, or it has more than 64 bits.
pub fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let part = u64::from(byte & 0x7f);
        if part << shift >> shift != part {
            return None;
        }
        value |= part << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// [`take_varint`] for numbers of up to 32 bits.
pub fn take_u32(bytes: &mut &[u8]) -> Option<u32> {
    u32::try_from(take_varint(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = Vec<u32>> {
        (0u32..=32, 1usize..=BLOCK).prop_flat_map(|(width, count)| {
            let most = if width == 32 { u32::MAX } else { (1 << width) - 1 };
            vec(prop_oneof![20 => 0..=most, 1 => any::<u32>()], count)
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(values in numbers(), next in any::<u8>()) {
            let mut bytes = Vec::new();
            pack(&values, &mut bytes);
            bytes.push(next);
            let mut rest = bytes.as_slice();
            let mut found = [7; BLOCK];
            unpack(&mut rest, values.len(), &mut found).unwrap();
            prop_assert_eq!(&found[..values.len()], values.as_slice());
            prop_assert_eq!(rest, &[next]);
            let mut rest = bytes.as_slice();
            skip(&mut rest, values.len()).unwrap();
            prop_assert_eq!(rest, &[next]);
            // One byte less is noticed, and nothing panics.
            let mut cut = &bytes[..bytes.len() - 2];
            prop_assert_eq!(unpack(&mut cut, values.len(), &mut found), None);
        }

        #[test]
        fn four_lanes_are_one_by_one(values in vec(any::<u32>(), BLOCK), width in 0u32..=32) {
            let mut bytes = Vec::new();
            pack_lanes(values.first_chunk().unwrap(), width, &mut bytes);
            prop_assert_eq!(bytes.len(), 16 * width as usize);
            let mut found = [0; BLOCK];
            unpack_lanes_scalar(&bytes, width, &mut found);
            // The naive twin: each bit by itself.
            for (place, value) in values.iter().enumerate() {
                let bit = |at: u32| {
                    let in_lane = (place as u32 / 4) * width + at;
                    let byte = 16 * (in_lane / 32) as usize + 4 * (place % 4) + (in_lane % 32 / 8) as usize;
                    u32::from(bytes[byte] >> (in_lane % 8) & 1)
                };
                let naive = (0..width).map(|at| bit(at) << at).sum::<u32>();
                prop_assert_eq!(found[place], naive);
                prop_assert_eq!(naive, value & mask(width));
            }
        }

        #[test]
        fn the_width_is_the_best_of_all(values in numbers()) {
            let mut lengths = [0; 33];
            values.iter().for_each(|value| lengths[bits(*value) as usize] += 1);
            let longest = values.iter().map(|value| bits(*value)).max().unwrap();
            let patches = |width: u32| values.iter().filter(|value| bits(**value) > width).count();
            let cost = |width: &u32| {
                let bytes = |count: usize, width: u32| (count * width as usize).div_ceil(8);
                let patches = patches(*width);
                let rest = if patches == 0 { 0 } else { 1 + bytes(patches, 7 + longest - width) };
                bytes(values.len(), *width) + rest
            };
            let best = (0..=longest).rev().min_by_key(cost).unwrap();
            prop_assert_eq!(best_width(&lengths, values.len()), (best, patches(best)));
            let mut bytes = Vec::new();
            pack(&values, &mut bytes);
            prop_assert_eq!(bytes.len(), 2 + cost(&best));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300), count in 1usize..=BLOCK) {
            let mut found = [0; BLOCK];
            let mut rest = bytes.as_slice();
            let mut skipped = bytes.as_slice();
            if unpack(&mut rest, count, &mut found).is_some() {
                skip(&mut skipped, count).unwrap();
                prop_assert_eq!(rest, skipped);
            }
        }

        #[test]
        fn varints_come_back(value in any::<u64>()) {
            let mut bytes = Vec::new();
            push_varint(value, &mut bytes);
            prop_assert_eq!(take_varint(&mut bytes.as_slice()), Some(value));
            prop_assert_eq!(take_varint(&mut &bytes[..bytes.len() - 1]), None);
        }
    }

    #[test]
    fn a_few_large_numbers_do_not_widen_a_block() {
        let mut values = [1; BLOCK];
        values[5] = 1_000_000;
        let mut bytes = Vec::new();
        pack(&values, &mut bytes);
        // Width 1: 16 bytes; the patch: seven bits for its place, nineteen for the rest.
        assert_eq!(bytes.len(), 2 + 16 + 1 + 4);
    }
}
