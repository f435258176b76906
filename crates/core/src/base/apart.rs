//! Values that travel packed, so that only those who look into them need the code that unpacks them.
//!
//! The page receives every answer, but the code that shows most of them is loaded later; the code that unpacks them
//! would have to be loaded first (about 1 KB after gzip for each kind).

use std::marker::PhantomData;

use nanoserde::{DeBin, DeBinErr, SerBin};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart<T> {
    bytes: Vec<u8>,
    of: PhantomData<T>,
}

/// Nothing, which opens as nothing.
impl<T> Default for Apart<T> {
    fn default() -> Apart<T> {
        Apart { bytes: Vec::new(), of: PhantomData }
    }
}

impl<T> Apart<T> {
    /// What was packed, to be kept outside.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What was kept outside.
    pub fn from_bytes(bytes: Vec<u8>) -> Apart<T> {
        Apart { bytes, of: PhantomData }
    }
}

impl<T: SerBin> Apart<T> {
    /// Packs a value.
    pub fn of(value: &T) -> Apart<T> {
        Apart { bytes: value.serialize_bin(), of: PhantomData }
    }
}

impl<T: DeBin> Apart<T> {
    /// Unpacks it; nothing where it was packed by another version.
    pub fn open(&self) -> Option<T> {
        // Whoever asks gets nothing to show, and says so.
        T::deserialize_bin(&self.bytes).ok()
    }
}

impl<T> SerBin for Apart<T> {
    fn ser_bin(&self, output: &mut Vec<u8>) {
        self.bytes.ser_bin(output);
    }
}

impl<T> DeBin for Apart<T> {
    fn de_bin(offset: &mut usize, bytes: &[u8]) -> Result<Apart<T>, DeBinErr> {
        Ok(Apart { bytes: Vec::de_bin(offset, bytes)?, of: PhantomData })
    }
}

impl<T: DeBin + Serialize> Serialize for Apart<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.open().serialize(serializer)
    }
}

impl<'de, T: SerBin + Deserialize<'de>> Deserialize<'de> for Apart<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Apart<T>, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.map(|value| Apart::of(&value)).unwrap_or_default())
    }
}
