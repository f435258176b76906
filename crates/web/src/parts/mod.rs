//! Parts that several views share.

pub mod absent;
pub mod barcode;
pub mod calendar;
pub mod card_line;
pub mod copy;
pub mod figure;
pub mod found;
pub mod long_table;
pub mod number;
pub mod runs;
pub mod save;

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use crate::store::Action;

/// A click that does what `make` says. One function for all, since a closure for each weighs more than it says.
pub fn on(act: &Callback<Action>, make: fn() -> Action) -> Callback<MouseEvent> {
    act.reform(move |_| make())
}

/// A click that goes to a view.
pub fn going(act: &Callback<Action>, route: crate::route::Route) -> Callback<MouseEvent> {
    act.reform(move |_| Action::Go(route.clone()))
}

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
