use crate::snake;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, LitStr, Result, Variant};

const ROLES: [(&str, &str); 4] = [
    ("registrar", "Registrar"),
    ("verifier", "Verifier"),
    ("assessor", "Assessor"),
    ("arbiter", "Arbiter"),
];

/// What stands in `#[permission(...)]`.
enum Declared {
    Inner,
    Gate(TokenStream),
}

pub fn expand(item: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &item.data else {
        return Err(Error::new_spanned(
            &item.ident,
            "permissions stand on the variants of an enum",
        ));
    };
    let name = &item.ident;
    let (mut arms, mut rows) = (vec![], vec![]);
    for variant in &data.variants {
        let ident = &variant.ident;
        let shown = snake(&ident.to_string());
        match declared(variant)? {
            Declared::Inner => {
                let Fields::Unnamed(fields) = &variant.fields else {
                    return Err(Error::new_spanned(
                        ident,
                        "`inner` is for a variant that holds a message",
                    ));
                };
                let ty = &fields
                    .unnamed
                    .first()
                    .ok_or_else(|| Error::new_spanned(ident, "holds nothing"))?
                    .ty;
                arms.push(quote!(#name::#ident(inner) => ::vrs_message::access::Gated::gate(inner),));
                rows.push(
                    quote!((#shown, ::vrs_message::access::Row::Inner(<#ty as ::vrs_message::access::Gated>::ROWS)),),
                );
            }
            Declared::Gate(gate) => {
                arms.push(quote!(#name::#ident { .. } => #gate,));
                rows.push(quote!((#shown, ::vrs_message::access::Row::Gate(#gate)),));
            }
        }
    }
    Ok(quote! {
        impl #name {
            /// Who may send it.
            pub fn permission(&self) -> ::vrs_message::access::Permission {
                self.gate().permission
            }

            /// What stands before it: who may send it, and whether a pause stops it.
            pub fn gate(&self) -> ::vrs_message::access::Gate {
                ::vrs_message::access::Gated::gate(self)
            }
        }

        impl ::vrs_message::access::Gated for #name {
            const ROWS: &'static [(&'static str, ::vrs_message::access::Row)] = &[#(#rows)*];

            fn gate(&self) -> ::vrs_message::access::Gate {
                match self { #(#arms)* }
            }
        }
    })
}

fn declared(variant: &Variant) -> Result<Declared> {
    let attribute = variant
        .attrs
        .iter()
        .find(|attribute| attribute.path().is_ident("permission"))
        .ok_or_else(|| Error::new_spanned(&variant.ident, "who may send it? `#[permission(...)]` is missing"))?;
    let (mut who, mut inner, mut stops) = (None, false, false);
    attribute.parse_nested_meta(|meta| {
        let word = meta.path.require_ident()?.to_string();
        let role = ROLES.iter().find(|(role, _)| *role == word).map(|(_, ident)| *ident);
        let permission = quote!(::vrs_message::access::Permission);
        let found = match (word.as_str(), role) {
            ("stops", _) => {
                stops = true;
                return Ok(());
            }
            ("inner", _) => {
                inner = true;
                return Ok(());
            }
            ("anyone", _) => quote!(#permission::Anyone),
            ("owner", _) => quote!(#permission::Owner),
            ("guardian", _) => quote!(#permission::Guardian),
            ("brief_guardian", _) => quote!(#permission::BriefGuardian),
            ("subject", _) => quote!(#permission::Subject),
            ("peer", _) => {
                let peer: LitStr = meta.value()?.parse()?;
                quote!(#permission::Peer(#peer))
            }
            ("registered", _) => {
                let list: LitStr = meta.value()?.parse()?;
                quote!(#permission::Registered(#list))
            }
            (_, Some(role)) => {
                let role = syn::Ident::new(role, variant.ident.span());
                quote!(#permission::Role(::vrs_message::access::Role::#role))
            }
            (other, None) => return Err(meta.error(format!("`{other}` is no permission"))),
        };
        if who.replace(found).is_some() {
            return Err(meta.error("two permissions on one variant"));
        }
        Ok(())
    })?;
    match (who, inner) {
        (None, true) => Ok(Declared::Inner),
        (Some(permission), false) => Ok(Declared::Gate(
            quote!(::vrs_message::access::Gate { permission: #permission, stops: #stops }),
        )),
        _ => Err(Error::new_spanned(attribute, "one permission, or `inner`")),
    }
}
