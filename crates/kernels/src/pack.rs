//! Blocks of up to 128 numbers in as many bits as most of them need: PFOR (Zukowski, Héman, Nes & Boncz 2006, ICDE),
//! with its patches after the packed part.
//!
//! ```text
//! width: u8 · patches: u8 · packed · place of each patch: u8 · rest of each patch: varint
//! ```
//!
//! A whole block lies in four lanes, so that one vector instruction unpacks four neighbours (Lemire & Boytsov 2015,
//! Software: Practice & Experience 45(1)): lane `l` holds the numbers `l, l+4, l+8 …`, bit after bit from the lowest, and
//! word `w` of all lanes is 16 bytes in a row. A shorter block lies in one lane, `ceil(count · width / 8)` bytes.

/// Numbers in a whole block.
pub const BLOCK: usize = 128;
/// Rows of four in a whole block.
const ROWS: u32 = 32;

/// Appends a block of 1 to 128 numbers, in the width that makes it smallest. Cost: O(count + 32).
pub fn pack(values: &[u32], out: &mut Vec<u8>) {
    let mut lengths = [0usize; 33];
    for value in values {
        lengths[bits(*value) as usize] += 1;
    }
    let width = best_width(&lengths, values.len());
    let patches = lengths.iter().skip(width as usize + 1).sum::<usize>();
    out.push(width as u8);
    out.push(patches as u8);
    let mask = mask(width);
    match values.first_chunk() {
        Some(whole) if values.len() == BLOCK => pack_lanes(whole, width, out),
        _ => {
            let (mut buffer, mut filled) = (0u64, 0);
            for value in values {
                buffer |= u64::from(value & mask) << filled;
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
    }
    if patches > 0 {
        let patches = || (0u8..).zip(values).filter(|(_, value)| **value > mask);
        out.extend(patches().map(|(place, _)| place));
        for (_, value) in patches() {
            push_varint(u64::from(value >> width), out);
        }
    }
}

/// Takes a block of `count` numbers from the front of `bytes` into `values`. Nothing where the bytes are none.
pub fn unpack(bytes: &mut &[u8], count: usize, values: &mut [u32; BLOCK]) -> Option<()> {
    let (&[width, patches], rest) = bytes.split_first_chunk()?;
    let width = u32::from(width);
    let (packed, rest) = rest.split_at_checked(packed_len(count, width)?)?;
    if count == BLOCK {
        unpack_lanes(packed, width, values);
    } else {
        unpack_row(packed, width, values.get_mut(..count)?);
    }
    let (places, mut rest) = rest.split_at_checked(usize::from(patches))?;
    for place in places {
        let high = take_varint(&mut rest)?;
        let value = values.get_mut(..count)?.get_mut(usize::from(*place))?;
        *value |= u32::try_from(high.checked_shl(width)?).ok()?;
    }
    *bytes = rest;
    Some(())
}

/// Passes over a block of `count` numbers at the front of `bytes`.
pub fn skip(bytes: &mut &[u8], count: usize) -> Option<()> {
    let (&[width, patches], rest) = bytes.split_first_chunk()?;
    let mut rest = rest.get(packed_len(count, u32::from(width))? + usize::from(patches)..)?;
    for _ in 0..patches {
        take_varint(&mut rest)?;
    }
    *bytes = rest;
    Some(())
}

/// Bytes of the packed part.
fn packed_len(count: usize, width: u32) -> Option<usize> {
    (width <= 32 && (1..=BLOCK).contains(&count)).then(|| (count * width as usize).div_ceil(8))
}

fn bits(value: u32) -> u32 {
    32 - value.leading_zeros()
}

/// The width with the fewest bits in all; of equal ones the largest, which has fewer patches. Cost: some widths below that
/// of the largest number, by the lengths that occur.
fn best_width(lengths: &[usize; 33], count: usize) -> u32 {
    let packed = |width: usize| (count * width).next_multiple_of(8);
    let longest = lengths.iter().rposition(|many| *many > 0).unwrap_or(0);
    // What is left of a last byte is for nothing.
    let first = (packed(longest) / count.max(1)).min(32);
    let (mut best, mut least) = (first, packed(first));
    let mut patches = 0;
    for width in (0..longest).rev() {
        patches += lengths[width + 1];
        // A patch is two bytes at least, and narrower ones have no fewer.
        if 16 * patches >= least {
            break;
        }
        let patch = |(length, many): (usize, &usize)| many * (8 + (length - width).div_ceil(7) * 8);
        let rest = lengths.iter().enumerate().skip(width + 1).map(patch).sum::<usize>();
        if packed(width) + rest < least {
            (best, least) = (width, packed(width) + rest);
        }
    }
    best as u32
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

fn unpack_row(packed: &[u8], width: u32, values: &mut [u32]) {
    let mask = (1u64 << width) - 1;
    let (mut buffer, mut filled) = (0u64, 0);
    let mut bytes = packed.iter();
    for value in values {
        while filled < width {
            buffer |= u64::from(bytes.next().copied().unwrap_or(0)) << filled;
            filled += 8;
        }
        *value = (buffer & mask) as u32;
        buffer >>= width;
        filled -= width;
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
            let cost = |width: &u32| {
                let patch = |value: &&u32| bits(**value) > *width;
                let patches = values.iter().filter(patch).map(|value| 8 + (bits(*value) - width).div_ceil(7) as usize * 8);
                (values.len() * *width as usize).next_multiple_of(8) + patches.sum::<usize>()
            };
            prop_assert_eq!(Some(best_width(&lengths, values.len())), (0..=32).rev().min_by_key(cost));
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
        // Width 1: 16 bytes; the patch: its place and three bytes.
        assert_eq!(bytes.len(), 2 + 16 + 1 + 3);
    }
}
