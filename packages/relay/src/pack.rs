//! Batches into messages, messages into a transaction.

use crate::gas::{GasModel, Shape};
use crate::name::Name;
use std::sync::Arc;
use vrs_interface::oracle::MAX_BATCHES;

/// A batch on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Its name.
    pub name: Name,
    /// Items in it.
    pub items: u32,
    /// The signed envelope.
    pub envelope: Arc<[u8]>,
}

/// What one transaction takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Gas that it is given.
    pub gas: u64,
    /// Its bytes.
    pub bytes: u64,
    /// Its batches.
    pub batches: u64,
}

/// Bytes of a transaction without messages: signature, key, fee.
const FRAME: u64 = 400;
/// Bytes of a message without batches: two addresses, `{"submit_batches":{"batches":[]}}`.
const MESSAGE_FRAME: u64 = 250;

/// A transaction in the making.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    messages: Vec<Vec<Load>>,
    shape: Shape,
}

impl Pack {
    /// Takes a batch, in the last message while that has room, or gives it back where the transaction is full. The
    /// first one is always taken, however large.
    pub fn push(&mut self, load: Load, model: &GasModel, limits: Limits) -> Result<(), Load> {
        let is_new = self.messages.last().is_none_or(|last| last.len() >= MAX_BATCHES);
        let text = (load.envelope.len() as u64).div_ceil(3) * 4 + 3; // base64 with quotes and comma
        let mut shape = self.shape;
        shape.messages += u64::from(is_new);
        shape.batches += 1;
        shape.items += u64::from(load.items);
        shape.bytes += text + if is_new { MESSAGE_FRAME } else { 0 };
        if self.is_empty() {
            shape.bytes += FRAME;
        } else if model.gas(shape) > limits.gas || shape.bytes > limits.bytes || shape.batches > limits.batches {
            return Err(load);
        }
        self.shape = shape;
        match self.messages.last_mut() {
            Some(last) if !is_new => last.push(load),
            _ => self.messages.push(vec![load]),
        }
        Ok(())
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// What it holds, counted.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Its batches, by message.
    pub fn messages(&self) -> &[Vec<Load>] {
        &self.messages
    }

    /// All its batches.
    pub fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.messages.iter().flatten().map(|load| load.name)
    }

    /// Its envelopes, by message.
    pub fn envelopes(&self) -> Vec<Vec<Arc<[u8]>>> {
        let envelope = |load: &Load| load.envelope.clone();
        let message = |message: &Vec<Load>| message.iter().map(envelope).collect();
        self.messages.iter().map(message).collect()
    }
}

#[cfg(test)]
mod tests;
