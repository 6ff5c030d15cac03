//! What every contract would else write by hand: strict messages and permissions.
//!
//! | macro | on | gives |
//! | --- | --- | --- |
//! | [`macro@message`] | every type that is read from a message or query | `cw_serde`, unknown fields refused, plain digits, explicit nulls |
//! | [`macro@Permissions`] | an `ExecuteMsg` | who may send each variant, and whether a pause stops it |
//!
//! They expand to paths of `vrs_message`; a crate that uses one depends on it.

mod message;
mod permissions;

use proc_macro::TokenStream;
use syn::{parse_macro_input, DeriveInput};

/// A type that is read from outside: `#[cw_serde]` that refuses unknown fields, in every struct and variant.
///
/// - A field whose type holds `Uint64`, `Uint128` or `Uint256` takes plain digits only: `"7"`, not `"+7"`
///   or `"007"`.
/// - A field `#[explicit]` of type `Option` must be written: `null` says none, leaving it out is an error.
///   For every option whose absence would be the drastic choice.
///
/// ```ignore
/// #[message]
/// pub struct NewMember {
///     pub account: String,
///     #[explicit]
///     pub payout: Option<String>,
/// }
/// ```
#[proc_macro_attribute]
pub fn message(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    message::expand(&arguments.into(), item)
        .unwrap_or_else(|e| e.to_compile_error())
        .into()
}

/// Who may send each variant of an `ExecuteMsg`.
///
/// | attribute | who |
/// | --- | --- |
/// | `#[permission(anyone)]`, `owner`, `guardian`, `brief_guardian`, `subject` | as [`Permission`] names them |
/// | `#[permission(registrar)]`, `verifier`, ... | the owner or a holder of the role |
/// | `#[permission(peer = "oracle")]` | the contract configured under that name |
/// | `#[permission(registered = "issuer")]` | whoever is in a list that the handler reads |
/// | `#[permission(inner)]` | as the message inside says |
///
/// `, stops` behind it: a pause stops it.
///
/// [`Permission`]: ../vrs_message/access/enum.Permission.html
#[proc_macro_derive(Permissions, attributes(permission))]
pub fn permissions(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    permissions::expand(&item)
        .unwrap_or_else(|e| e.to_compile_error())
        .into()
}

/// `RegisterDevices` -> `register_devices`, as serde's `rename_all` does.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (place, letter) in name.char_indices() {
        if letter.is_uppercase() && place > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
