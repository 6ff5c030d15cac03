use crate::snake;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields, LitStr, Result};

/// What stands in `#[event(...)]`.
#[derive(Default)]
struct Words {
    contract: Option<String>,
    action: Option<String>,
    name: Option<String>,
    flatten: bool,
}

fn words(attributes: &[Attribute]) -> Result<Words> {
    let mut words = Words::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("event")) {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            let text = || Ok::<_, Error>(Some(meta.value()?.parse::<LitStr>()?.value()));
            match word.as_str() {
                "contract" => words.contract = text()?,
                "action" => words.action = text()?,
                "name" => words.name = text()?,
                "flatten" => words.flatten = true,
                other => return Err(meta.error(format!("`{other}` means nothing here"))),
            }
            Ok(())
        })?;
    }
    Ok(words)
}

pub fn expand(item: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &item.data else {
        return Err(Error::new_spanned(&item.ident, "events are the variants of an enum"));
    };
    let name = &item.ident;
    let contract = words(&item.attrs)?
        .contract
        .ok_or_else(|| Error::new_spanned(name, "whose events? `#[event(contract = \"...\")]` is missing"))?;
    let kind = format!("vrs_{contract}");
    let mut arms = vec![];
    for variant in &data.variants {
        let ident = &variant.ident;
        let said = words(&variant.attrs)?;
        let action = said.action.unwrap_or_else(|| snake(&ident.to_string()));
        let arm = match &variant.fields {
            Fields::Named(fields) => {
                let names: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
                let puts = fields.named.iter().map(put).collect::<Result<Vec<_>>>()?;
                quote!(#name::#ident { #(#names),* } => { draft.action(#action); #(#puts)* })
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 && said.flatten => {
                quote!(#name::#ident(inner) => { ::vrs_contract::event::Flatten::put(inner, &mut draft); })
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                quote!(#name::#ident(inner) => { draft.action(#action); ::vrs_contract::event::Flatten::put(inner, &mut draft); })
            }
            Fields::Unit => quote!(#name::#ident => { draft.action(#action); }),
            Fields::Unnamed(_) => return Err(Error::new_spanned(ident, "fields need names")),
        };
        arms.push(arm);
    }
    Ok(quote! {
        impl ::vrs_contract::event::Emit for #name {
            const KIND: &'static str = #kind;

            fn emit(self) -> ::cosmwasm_std::Event {
                let mut draft = ::vrs_contract::event::Draft::new(#kind);
                match self { #(#arms)* }
                draft.done()
            }
        }

        impl From<#name> for ::cosmwasm_std::Event {
            fn from(event: #name) -> Self {
                ::vrs_contract::event::Emit::emit(event)
            }
        }
    })
}

fn put(field: &Field) -> Result<TokenStream> {
    let said = words(&field.attrs)?;
    let ident = &field.ident;
    if said.flatten {
        return Ok(quote!(::vrs_contract::event::Flatten::put(#ident, &mut draft);));
    }
    let name = said
        .name
        .or_else(|| ident.as_ref().map(|ident| ident.to_string()))
        .unwrap_or_default();
    Ok(quote!(::vrs_contract::event::Value::put(#ident, #name, &mut draft);))
}
