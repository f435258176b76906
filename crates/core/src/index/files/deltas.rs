//! Numbers of which each differs little from the one before, as the root has them.

use std::ops::{Deref, DerefMut};

use nanoserde::SerBin;

use super::pack::{push_varint, take_varint};
use crate::base::binary::FromBinary;

/// Numbers, written as a list of bytes: what each has more than the one before, as signed varints. The starts of ten thousand
/// chunks are a byte each when deflated, where four bytes each are two and a half.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deltas(pub Vec<u32>);

impl Deref for Deltas {
    type Target = Vec<u32>;

    fn deref(&self) -> &Vec<u32> {
        &self.0
    }
}

impl DerefMut for Deltas {
    fn deref_mut(&mut self) -> &mut Vec<u32> {
        &mut self.0
    }
}

impl SerBin for Deltas {
    fn ser_bin(&self, out: &mut Vec<u8>) {
        let mut bytes = Vec::new();
        let mut before = 0;
        for &number in &self.0 {
            let more = i64::from(number) - before;
            push_varint(((more << 1) ^ (more >> 63)) as u64, &mut bytes);
            before = number.into();
        }
        bytes.ser_bin(out);
    }
}

impl FromBinary for Deltas {
    fn take(bytes: &mut &[u8]) -> Option<Deltas> {
        let own: Vec<u8> = FromBinary::take(bytes)?;
        let (mut rest, mut before, mut numbers) = (own.as_slice(), 0i64, Vec::new());
        while !rest.is_empty() {
            let zigzag = take_varint(&mut rest)?;
            before = before.checked_add((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))?;
            numbers.push(u32::try_from(before).ok()?);
        }
        Some(Deltas(numbers))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_comes_back(numbers: Vec<u32>, more: Vec<u8>) {
            let bytes = Deltas(numbers.clone()).serialize_bin();
            prop_assert_eq!(Deltas::from_binary(&bytes), Some(Deltas(numbers)));
            prop_assert_eq!(Deltas::from_binary(&bytes[..bytes.len() - 1]), None);
            // Any bytes are read or refused.
            Deltas::from_binary(&more.serialize_bin());
        }
    }

    #[test]
    fn a_number_of_less_than_nothing_is_none() {
        for bytes in [vec![1u8], vec![2, 5], vec![0x80; 9], [vec![0xfe; 9], vec![1, 2]].concat()] {
            assert_eq!(Deltas::from_binary(&bytes.serialize_bin()), None, "{bytes:?}");
        }
        assert_eq!(Deltas::from_binary(&vec![8u8, 1].serialize_bin()), Some(Deltas(vec![4, 3])));
    }
}
