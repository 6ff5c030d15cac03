use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::{Data, DeriveInput, Error, Field, Fields, Result, Type};

/// Numbers that stand as text in JSON.
const TEXT_NUMBERS: [&str; 3] = ["Uint64", "Uint128", "Uint256"];

pub fn expand(arguments: &TokenStream, mut item: DeriveInput) -> Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(Error::new_spanned(arguments, "`message` takes no arguments"));
    }
    match &mut item.data {
        Data::Struct(data) => fields(&mut data.fields)?,
        Data::Enum(data) => data
            .variants
            .iter_mut()
            .try_for_each(|variant| fields(&mut variant.fields))?,
        Data::Union(_) => return Err(Error::new_spanned(&item.ident, "a message is a struct or an enum")),
    }
    Ok(quote! {
        #[::cosmwasm_schema::cw_serde]
        #[serde(deny_unknown_fields)]
        #item
    })
}

fn fields(fields: &mut Fields) -> Result<()> {
    fields.iter_mut().try_for_each(field)
}

fn field(field: &mut Field) -> Result<()> {
    let before = field.attrs.len();
    field.attrs.retain(|attribute| !attribute.path().is_ident("explicit"));
    let explicit = field.attrs.len() < before;
    let optional = is_option(&field.ty);
    if explicit && !optional {
        return Err(Error::new_spanned(&field.ty, "only an `Option` can be explicit"));
    }
    if explicit {
        let ty = &field.ty;
        let nullable = quote!(::vrs_message::nullable::<#ty>).to_string();
        field
            .attrs
            .push(syn::parse_quote!(#[schemars(schema_with = #nullable)]));
    }
    let read = match (explicit, holds_text_number(&field.ty)) {
        (false, false) => return Ok(()),
        (true, false) => "::vrs_message::explicit",
        (_, true) => "::vrs_message::plain",
    };
    field.attrs.push(syn::parse_quote!(#[serde(deserialize_with = #read)]));
    if optional && !explicit {
        field.attrs.push(syn::parse_quote!(#[serde(default)]));
    }
    Ok(())
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

fn holds_text_number(ty: &Type) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(name) => TEXT_NUMBERS.iter().any(|number| name == number),
            proc_macro2::TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}
