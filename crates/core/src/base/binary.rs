//! Reading `nanoserde`'s binary form where the bytes may be anybody's.
//!
//! `nanoserde` believes every length that it reads: a wrong one makes it reserve that much memory, and the program ends.
//! So what comes from files is written by its derives and read by these, which take the same bytes and nothing else: no
//! length is believed that the bytes cannot hold, and a flag is 0 or 1. Messages between page and worker are read by the
//! derives still: both sides of them are this program.

/// A value that can be read from bytes which may be damaged or made up.
pub trait FromBinary: Sized {
    /// Takes a value from the front of `bytes`; nothing where they are none, and then what is left of them is undefined.
    /// Cost and memory: linear in the bytes taken.
    fn take(bytes: &mut &[u8]) -> Option<Self>;

    /// Reads a value that fills `bytes`; nothing where they are none, or more than one.
    fn from_binary(mut bytes: &[u8]) -> Option<Self> {
        let value = Self::take(&mut bytes)?;
        bytes.is_empty().then_some(value)
    }
}

/// Reads a struct field by field, in the order given: that of its declaration, in which the derive writes them.
macro_rules! from_binary {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::base::binary::FromBinary for $name {
            fn take(bytes: &mut &[u8]) -> Option<Self> {
                Some($name { $($field: $crate::base::binary::FromBinary::take(bytes)?),* })
            }
        }
    };
}
pub(crate) use from_binary;

macro_rules! numbers {
    ($($name:ident)*) => {
        $(impl FromBinary for $name {
            fn take(bytes: &mut &[u8]) -> Option<$name> {
                let (own, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some($name::from_le_bytes(*own))
            }
        })*
    };
}

numbers! { u8 u16 u32 u64 i16 }

impl FromBinary for () {
    fn take(_: &mut &[u8]) -> Option<()> {
        Some(())
    }
}

impl FromBinary for bool {
    fn take(bytes: &mut &[u8]) -> Option<bool> {
        match u8::take(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// A number of things, each at least a byte.
fn take_count(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(u64::take(bytes)?).ok().filter(|count| *count <= bytes.len())
}

impl FromBinary for String {
    fn take(bytes: &mut &[u8]) -> Option<String> {
        let count = take_count(bytes)?;
        let (own, rest) = bytes.split_at_checked(count)?;
        *bytes = rest;
        std::str::from_utf8(own).ok().map(str::to_owned)
    }
}

impl<T: FromBinary> FromBinary for Vec<T> {
    fn take(bytes: &mut &[u8]) -> Option<Vec<T>> {
        (0..take_count(bytes)?).map(|_| T::take(bytes)).collect()
    }
}

impl<T: FromBinary> FromBinary for Option<T> {
    fn take(bytes: &mut &[u8]) -> Option<Option<T>> {
        Some(if bool::take(bytes)? { Some(T::take(bytes)?) } else { None })
    }
}

impl<A: FromBinary, B: FromBinary> FromBinary for (A, B) {
    fn take(bytes: &mut &[u8]) -> Option<(A, B)> {
        Some((A::take(bytes)?, B::take(bytes)?))
    }
}

impl<A: FromBinary, B: FromBinary, C: FromBinary> FromBinary for (A, B, C) {
    fn take(bytes: &mut &[u8]) -> Option<(A, B, C)> {
        Some((A::take(bytes)?, B::take(bytes)?, C::take(bytes)?))
    }
}

#[cfg(test)]
mod tests {
    use nanoserde::SerBin;
    use proptest::prelude::*;

    use super::*;

    type All = (Vec<(String, u32)>, Option<(u64, i16)>, (bool, u8, Vec<Option<String>>));

    proptest! {
        #[test]
        fn what_is_written_comes_back_and_every_cut_is_noticed(value in any::<All>(), at in any::<prop::sample::Index>()) {
            let bytes = value.serialize_bin();
            prop_assert_eq!(All::from_binary(&bytes), Some(value));
            prop_assert_eq!(All::from_binary(&bytes[..at.index(bytes.len())]), None);
            prop_assert_eq!(All::from_binary(&[bytes.as_slice(), &[0]].concat()), None);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(value) = All::from_binary(&bytes) {
                prop_assert_eq!(value.serialize_bin(), bytes);
            }
        }
    }

    #[test]
    fn a_length_that_the_bytes_cannot_hold_is_no_length() {
        for len in [9u64, 1 << 40, u64::MAX] {
            let bytes = [len.to_le_bytes().as_slice(), b"12345678"].concat();
            assert_eq!(String::from_binary(&bytes), None);
            assert_eq!(Vec::<u64>::from_binary(&bytes), None);
        }
    }
}
