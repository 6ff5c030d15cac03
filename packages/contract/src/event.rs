//! Events of type `vrs_<contract>`: `v`, `action`, then what happened.
//!
//! A contract's events are one enum with `#[derive(vrs_contract::Event)]`. Readers go by key, never by place: a node
//! sorts the attributes of a contract that another one called.

use cosmwasm_std::{attr, Addr, Attribute, Event, HexBinary, Uint128, Uint64};

/// Version of the events' shapes.
pub const SCHEMA: &str = "1";

/// An enum of events; derived.
pub trait Emit {
    /// Their type: `vrs_points`.
    const KIND: &'static str;

    /// The event as a chain takes it.
    fn emit(self) -> Event;
}

/// An event that is being written.
pub struct Draft(Event);

impl Draft {
    /// An event of this type, with its version.
    pub fn new(kind: &str) -> Self {
        Draft(Event::new(kind).add_attribute("v", SCHEMA))
    }

    /// Says what happened.
    pub fn action(&mut self, action: &'static str) {
        self.text("action", action.to_owned());
    }

    /// Adds an attribute.
    pub fn text(&mut self, key: &str, value: String) {
        self.0.attributes.push(Attribute {
            key: key.to_owned(),
            value,
        });
    }

    /// The event.
    pub fn done(self) -> Event {
        self.0
    }
}

/// A value of one attribute, or of none.
pub trait Value {
    /// Adds it under `key`.
    fn put(self, key: &str, draft: &mut Draft);
}

macro_rules! shown {
    ($($t:ty),*) => {$(
        impl Value for $t {
            fn put(self, key: &str, draft: &mut Draft) {
                draft.text(key, self.to_string());
            }
        }
    )*};
}
shown!(u8, u16, u32, u64, u128, bool, Uint64, Uint128);

impl Value for String {
    fn put(self, key: &str, draft: &mut Draft) {
        draft.text(key, self);
    }
}

impl Value for &'static str {
    fn put(self, key: &str, draft: &mut Draft) {
        draft.text(key, self.to_owned());
    }
}

impl Value for Addr {
    fn put(self, key: &str, draft: &mut Draft) {
        draft.text(key, self.into_string());
    }
}

/// A hash, in hexadecimal digits.
impl Value for [u8; 32] {
    fn put(self, key: &str, draft: &mut Draft) {
        draft.text(key, HexBinary::from(self).to_hex());
    }
}

/// Absent where it is none.
impl<T: Value> Value for Option<T> {
    fn put(self, key: &str, draft: &mut Draft) {
        if let Some(value) = self {
            value.put(key, draft);
        }
    }
}

/// A value of several attributes that names them itself.
pub trait Flatten {
    /// Adds them.
    fn put(self, draft: &mut Draft);
}

impl Flatten for Vec<Attribute> {
    fn put(self, draft: &mut Draft) {
        draft.0.attributes.extend(self);
    }
}

impl<T: Flatten> Flatten for Option<T> {
    fn put(self, draft: &mut Draft) {
        if let Some(value) = self {
            value.put(draft);
        }
    }
}

/// Another version of the contract took over.
pub fn migrated(kind: &str, from: String, to: &str) -> Event {
    Event::new(kind).add_attributes([
        attr("v", SCHEMA),
        attr("action", "migrate"),
        attr("from", from),
        attr("to", to),
    ])
}
