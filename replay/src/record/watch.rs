//! A querier that writes down questions and answers.

use crate::corpus::Access;
use cosmwasm_std::{to_json_vec, Querier, QuerierResult, QuerierWrapper};
use std::cell::RefCell;

/// Hands on what it is asked and remembers it.
pub struct Watch<'q> {
    inner: &'q QuerierWrapper<'q>,
    log: &'q RefCell<Vec<Access>>,
}

impl<'q> Watch<'q> {
    /// Writes down into `log` what `inner` is asked and answers.
    pub fn new(inner: &'q QuerierWrapper<'q>, log: &'q RefCell<Vec<Access>>) -> Self {
        Watch { inner, log }
    }
}

impl Querier for Watch<'_> {
    fn raw_query(&self, request: &[u8]) -> QuerierResult {
        let answer = self.inner.raw_query(request);
        self.log.borrow_mut().push(Access::Ask {
            request: request.to_vec(),
            answer: to_json_vec(&answer).expect("an answer is JSON"),
        });
        answer
    }
}
