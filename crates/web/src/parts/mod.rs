//! Parts that several views share.

pub mod barcode;
pub mod calendar;
pub mod card_line;
pub mod runs;

use std::ops::Deref;
use std::rc::Rc;

/// A big value in props: equal only to itself, so that unchanged parts are not drawn again.
#[derive(Debug)]
pub struct Shared<T>(pub Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
