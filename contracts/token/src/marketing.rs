//! Marketing information and logo, by the rules of cw20-base; texts are bounded.

use crate::account::Account;
use crate::events::Event;
use crate::state::{embedded, LogoPlace, MarketingInfo, LOGO, MARKETING};
use crate::ContractError;
use cosmwasm_std::{Addr, Api, CanonicalAddr, DepsMut, Response, StdError, StdResult, Storage};
use cw20::{DownloadLogoResponse, EmbeddedLogo, Logo, LogoInfo, MarketingInfoResponse};
use vrs_interface::token::Marketing;

/// Largest embedded logo, in bytes.
pub const LOGO_SIZE_CAP: usize = 5 * 1024;
/// Longest link (project, logo), in bytes.
pub const LINK_CAP: usize = 256;
/// Longest description, in bytes.
pub const DESCRIPTION_CAP: usize = 2_048;

const XML_BEGIN: &[u8] = b"<?xml ";
const XML_END: &[u8] = b"?>";
/// 0x89, "PNG", a DOS line end, the DOS end of file, a Unix line end.
const PNG_HEADER: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Stores the information given at instantiation.
pub fn initialize(deps: DepsMut, marketing: Marketing) -> Result<(), ContractError> {
    let mut info = MarketingInfo {
        project: bounded("project", marketing.project, LINK_CAP)?,
        description: bounded("description", marketing.description, DESCRIPTION_CAP)?,
        ..MarketingInfo::default()
    };
    if let Some(address) = marketing.marketing {
        info.marketing = Some(Account::named(deps.api, &address)?.key.0);
    }
    if let Some(logo) = marketing.logo {
        info.logo = Some(store_logo(deps.storage, logo.into())?);
    }
    Ok(MARKETING.save(deps.storage, &info)?)
}

/// Changes what is given; an empty text clears. Where nothing is left, nobody can change it again.
pub fn update(
    deps: DepsMut,
    sender: Addr,
    project: Option<String>,
    description: Option<String>,
    marketing: Option<String>,
) -> Result<Response, ContractError> {
    let mut info = authorized(deps.storage, deps.api, sender)?;
    match project {
        Some(text) if text.trim().is_empty() => info.project = None,
        Some(text) => info.project = bounded("project", Some(text), LINK_CAP)?,
        None => (),
    }
    match description {
        Some(text) if text.trim().is_empty() => info.description = None,
        Some(text) => info.description = bounded("description", Some(text), DESCRIPTION_CAP)?,
        None => (),
    }
    match marketing {
        Some(address) if address.trim().is_empty() => info.marketing = None,
        Some(address) => info.marketing = Some(Account::named(deps.api, &address)?.key.0),
        None => (),
    }
    if info == MarketingInfo::default() {
        MARKETING.remove(deps.storage);
    } else {
        MARKETING.save(deps.storage, &info)?;
    }
    Ok(Response::new().add_attributes(Event::UpdateMarketing.attributes()?))
}

/// Sets the logo.
pub fn upload_logo(deps: DepsMut, sender: Addr, logo: Logo) -> Result<Response, ContractError> {
    let mut info = authorized(deps.storage, deps.api, sender)?;
    info.logo = Some(store_logo(deps.storage, logo)?);
    MARKETING.save(deps.storage, &info)?;
    Ok(Response::new().add_attributes(Event::UploadLogo.attributes()?))
}

/// The information as cw20 answers it.
pub fn info(storage: &dyn Storage, api: &dyn Api) -> StdResult<MarketingInfoResponse> {
    let info = MARKETING.may_load(storage)?.unwrap_or_default();
    Ok(MarketingInfoResponse {
        project: info.project,
        description: info.description,
        logo: info.logo.map(|place| match place {
            LogoPlace::Url(url) => LogoInfo::Url(url),
            LogoPlace::Svg | LogoPlace::Png => LogoInfo::Embedded,
        }),
        marketing: info
            .marketing
            .map(|bytes| api.addr_humanize(&CanonicalAddr::from(bytes)))
            .transpose()?,
    })
}

/// The embedded logo; not found where there is none or it is a link.
pub fn logo(storage: &dyn Storage) -> StdResult<DownloadLogoResponse> {
    let mime_type = match MARKETING.may_load(storage)?.and_then(|info| info.logo) {
        Some(LogoPlace::Svg) => "image/svg+xml",
        Some(LogoPlace::Png) => "image/png",
        Some(LogoPlace::Url(_)) | None => return Err(StdError::not_found("logo")),
    };
    Ok(DownloadLogoResponse {
        mime_type: mime_type.to_owned(),
        data: LOGO.load(storage)?.into(),
    })
}

fn authorized(storage: &dyn Storage, api: &dyn Api, sender: Addr) -> Result<MarketingInfo, ContractError> {
    let sender = Account::known(api, sender)?.key.0;
    match MARKETING.may_load(storage)? {
        Some(info) if info.marketing.as_ref() == Some(&sender) => Ok(info),
        _ => Err(ContractError::Unauthorized {}),
    }
}

fn store_logo(storage: &mut dyn Storage, logo: Logo) -> Result<LogoPlace, ContractError> {
    match logo {
        Logo::Url(url) => {
            within("logo", url.len(), LINK_CAP)?;
            LOGO.remove(storage);
            Ok(LogoPlace::Url(url))
        }
        Logo::Embedded(logo) => {
            verify(&logo)?;
            let (place, data) = embedded(logo);
            LOGO.save(storage, &data.to_vec())?;
            Ok(place)
        }
    }
}

/// Looks at the first bytes and at the size, no further: the logo is shown, never parsed, here.
fn verify(logo: &EmbeddedLogo) -> Result<(), ContractError> {
    let data = match logo {
        EmbeddedLogo::Svg(data) | EmbeddedLogo::Png(data) => data.as_slice(),
    };
    let sized = || match data.len() {
        actual if actual > LOGO_SIZE_CAP => Err(ContractError::LogoTooBig {
            max: LOGO_SIZE_CAP,
            actual,
        }),
        _ => Ok(()),
    };
    match logo {
        EmbeddedLogo::Svg(_) => {
            let first_tag = data.split_inclusive(|byte| *byte == b'>').next().unwrap_or_default();
            if !(first_tag.starts_with(XML_BEGIN) && first_tag.ends_with(XML_END)) {
                return Err(ContractError::InvalidXmlPreamble {});
            }
            sized()
        }
        EmbeddedLogo::Png(_) => {
            sized()?;
            if !data.starts_with(&PNG_HEADER) {
                return Err(ContractError::InvalidPngHeader {});
            }
            Ok(())
        }
    }
}

fn bounded(field: &'static str, text: Option<String>, max: usize) -> Result<Option<String>, ContractError> {
    if let Some(text) = &text {
        within(field, text.len(), max)?;
    }
    Ok(text)
}

fn within(field: &'static str, actual: usize, max: usize) -> Result<(), ContractError> {
    if actual > max {
        return Err(ContractError::TextTooLong { field, max, actual });
    }
    Ok(())
}
