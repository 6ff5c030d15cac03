use super::support::*;
use crate::marketing::{DESCRIPTION_CAP, LINK_CAP, LOGO_SIZE_CAP};
use crate::ContractError;
use cosmwasm_std::{Addr, Binary, StdError};
use cw20::{DownloadLogoResponse, LogoInfo, MarketingInfoResponse};
use vrs_interface::standard::{EmbeddedLogo, Logo};
use vrs_interface::token::{ExecuteMsg, Marketing, QueryMsg};

const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
const SVG: &str = "<?xml version=\"1.0\"?><svg></svg>";

fn token(logo: Option<Logo>) -> Result<Token, ContractError> {
    let mut msg = birth(&[(person(1), 100)]);
    msg.marketing = Some(Marketing {
        project: Some("https://bizkey.example".into()),
        description: Some("Merchant token".into()),
        marketing: Some(person(2).to_string()),
        logo,
    });
    Token::born(1, msg)
}

fn info(token: &Token) -> MarketingInfoResponse {
    token.ask(QueryMsg::MarketingInfo {}).unwrap()
}

fn png(size: usize) -> Logo {
    let mut data = PNG.to_vec();
    data.resize(size, 0);
    Logo::Embedded(EmbeddedLogo::Png(data.into()))
}

fn svg(text: &str) -> Logo {
    Logo::Embedded(EmbeddedLogo::Svg(Binary::from(text.as_bytes())))
}

fn upload(token: &mut Token, sender: &Addr, logo: Logo) -> Result<(), ContractError> {
    token.execute(sender, ExecuteMsg::UploadLogo(logo)).map(|_| ())
}

fn update(project: Option<&str>, description: Option<&str>, marketing: Option<&str>) -> ExecuteMsg {
    ExecuteMsg::UpdateMarketing {
        project: project.map(Into::into),
        description: description.map(Into::into),
        marketing: marketing.map(Into::into),
    }
}

#[test]
fn a_token_without_marketing_answers_empty() {
    let mut token = Token::new(&[(person(1), 100)]);
    assert_eq!(info(&token), MarketingInfoResponse::default());
    let error = token.execute(&person(1), update(Some("x"), None, None)).unwrap_err();
    assert_eq!(error, ContractError::Unauthorized {});
    let error = upload(&mut token, &person(1), png(8)).unwrap_err();
    assert_eq!(error, ContractError::Unauthorized {});
    let error = token
        .ask::<DownloadLogoResponse>(QueryMsg::DownloadLogo {})
        .unwrap_err();
    assert_eq!(error, ContractError::Std(StdError::not_found("logo")));
}

#[test]
fn the_marketing_account_changes_and_clears() {
    let mut token = token(None).unwrap();
    token
        .execute(&person(2), update(Some("https://new.example"), Some(" "), None))
        .unwrap();
    let expected = MarketingInfoResponse {
        project: Some("https://new.example".into()),
        description: None,
        logo: None,
        marketing: Some(person(2)),
    };
    assert_eq!(info(&token), expected);
    let error = token.execute(&person(1), update(Some("x"), None, None)).unwrap_err();
    assert_eq!(error, ContractError::Unauthorized {});

    token
        .execute(&person(2), update(None, None, Some(person(3).as_str())))
        .unwrap();
    let error = token.execute(&person(2), update(Some("x"), None, None)).unwrap_err();
    assert_eq!(error, ContractError::Unauthorized {});
    token.execute(&person(3), update(Some(""), None, Some(""))).unwrap();
    assert_eq!(info(&token), MarketingInfoResponse::default());
    assert!(!token.0.deps.storage.data.contains_key(&vec![0x09]));
}

#[test]
fn logos_are_stored_and_replaced() {
    let mut token = token(Some(svg(SVG))).unwrap();
    let download = |token: &Token| token.ask::<DownloadLogoResponse>(QueryMsg::DownloadLogo {});
    assert_eq!(info(&token).logo, Some(LogoInfo::Embedded));
    let logo = download(&token).unwrap();
    assert_eq!(
        (logo.mime_type.as_str(), logo.data.as_slice()),
        ("image/svg+xml", SVG.as_bytes())
    );

    upload(&mut token, &person(2), png(LOGO_SIZE_CAP)).unwrap();
    let logo = download(&token).unwrap();
    assert_eq!((logo.mime_type.as_str(), logo.data.len()), ("image/png", LOGO_SIZE_CAP));

    upload(&mut token, &person(2), Logo::Url("https://logo.example/a.png".into())).unwrap();
    assert_eq!(
        info(&token).logo,
        Some(LogoInfo::Url("https://logo.example/a.png".into()))
    );
    let error = download(&token).unwrap_err();
    assert_eq!(error, ContractError::Std(StdError::not_found("logo")));
    assert!(!token.0.deps.storage.data.contains_key(&vec![0x0a]));
}

#[test]
fn logos_are_verified_at_birth_and_later() {
    let long = format!("{SVG}{}", " ".repeat(LOGO_SIZE_CAP + 1 - SVG.len()));
    let too_big = || ContractError::LogoTooBig {
        max: LOGO_SIZE_CAP,
        actual: LOGO_SIZE_CAP + 1,
    };
    let table = [
        (svg("<svg></svg>"), ContractError::InvalidXmlPreamble {}),
        (
            svg("<?xml version=\"1.0\"><svg></svg>"),
            ContractError::InvalidXmlPreamble {},
        ),
        (svg(""), ContractError::InvalidXmlPreamble {}),
        (svg(&long), too_big()),
        (png(LOGO_SIZE_CAP + 1), too_big()),
        (png(7), ContractError::InvalidPngHeader {}),
        (
            Logo::Embedded(EmbeddedLogo::Png(Binary::default())),
            ContractError::InvalidPngHeader {},
        ),
    ];
    for (logo, expected) in table {
        assert_eq!(token(Some(logo.clone())).err().unwrap(), expected);
        let mut born = token(None).unwrap();
        assert_eq!(upload(&mut born, &person(2), logo).unwrap_err(), expected);
    }
}

#[test]
fn texts_are_bounded() {
    let mut token = token(None).unwrap();
    let long = "x".repeat(DESCRIPTION_CAP + 1);
    let cut = |max: usize| &long[..max];
    token
        .execute(
            &person(2),
            update(Some(cut(LINK_CAP)), Some(cut(DESCRIPTION_CAP)), None),
        )
        .unwrap();
    upload(&mut token, &person(2), Logo::Url(cut(LINK_CAP).into())).unwrap();
    let too_long = |field, max| ContractError::TextTooLong {
        field,
        max,
        actual: max + 1,
    };
    let error = token
        .execute(&person(2), update(Some(cut(LINK_CAP + 1)), None, None))
        .unwrap_err();
    assert_eq!(error, too_long("project", LINK_CAP));
    let error = token.execute(&person(2), update(None, Some(&long), None)).unwrap_err();
    assert_eq!(error, too_long("description", DESCRIPTION_CAP));
    let error = upload(&mut token, &person(2), Logo::Url(cut(LINK_CAP + 1).into())).unwrap_err();
    assert_eq!(error, too_long("logo", LINK_CAP));
}
