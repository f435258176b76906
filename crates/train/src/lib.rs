//! Learning the model of names, and the gold sets it is learnt from and measured on.

pub mod gold;
pub mod invented;
pub mod learn;
pub mod measure;
mod templates;
