//! How fields are read. Called by what the `message` macro writes.

use cosmwasm_schema::schemars::gen::SchemaGenerator;
use cosmwasm_schema::schemars::schema::Schema;
use cosmwasm_schema::schemars::JsonSchema;
use cosmwasm_std::{Uint128, Uint256, Uint64};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};

/// Reads an option that must be written: leaving the field out is an error, `null` is none.
///
/// Errors: serde's `missing field`, for a field with a function of its own has no default.
pub fn explicit<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// The schema of such an option: null is allowed, absence is not.
pub fn nullable<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Reads numbers that stand as text, plain digits alone, wherever the type holds them.
///
/// Errors: `expected plain digits, got "+7"`.
pub fn plain<'de, D: Deserializer<'de>, T: Plain>(from: D) -> Result<T, D::Error> {
    let text = T::Text::deserialize(from)?;
    T::read(text).map_err(|actual| D::Error::custom(Wrong(&actual)))
}

/// What was given where digits belong.
struct Wrong<'a>(&'a str);

impl std::fmt::Display for Wrong<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("expected plain digits within the number's range, got \"")?;
        f.write_str(self.0)?;
        f.write_str("\"")
    }
}

/// A type that holds numbers which stand as text.
pub trait Plain: Sized {
    /// The same with texts in their place.
    type Text: DeserializeOwned;

    /// Reads them. Errors: the text that is no number.
    fn read(text: Self::Text) -> Result<Self, String>;
}

/// One number: digits without a sign, without leading zeros.
fn number<T: for<'a> TryFrom<&'a str>>(text: String) -> Result<T, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leading = text.len() > 1 && text.starts_with('0');
    if !digits || leading {
        return Err(text);
    }
    T::try_from(text.as_str()).map_err(|_| text.clone())
}

macro_rules! number {
    ($($t:ty),*) => {$(
        impl Plain for $t {
            type Text = String;
            fn read(text: String) -> Result<Self, String> {
                number(text)
            }
        }
    )*};
}
number!(Uint64, Uint128, Uint256);

/// For types that hold no such number and stand beside one, in a tuple: read as they are.
#[macro_export]
macro_rules! as_it_is {
    ($($t:ty),*) => {$(
        impl $crate::Plain for $t {
            type Text = $t;
            fn read(given: $t) -> Result<Self, String> {
                Ok(given)
            }
        }
    )*};
}
as_it_is!(u8, u16, u32, bool, String);

impl<T: Plain> Plain for Option<T> {
    type Text = Option<T::Text>;
    fn read(text: Self::Text) -> Result<Self, String> {
        text.map(T::read).transpose()
    }
}

impl<T: Plain> Plain for Vec<T> {
    type Text = Vec<T::Text>;
    fn read(text: Self::Text) -> Result<Self, String> {
        text.into_iter().map(T::read).collect()
    }
}

macro_rules! tuple {
    ($($name:ident)*) => {
        impl<$($name: Plain),*> Plain for ($($name,)*) {
            type Text = ($($name::Text,)*);
            #[allow(non_snake_case, reason = "the parts are named like their types")]
            fn read(($($name,)*): Self::Text) -> Result<Self, String> {
                Ok(($($name::read($name)?,)*))
            }
        }
    };
}
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
