//! Messages and questions to the tokens.

use super::{json, Post, World};
use cosmwasm_std::{Addr, Binary};
use vrs_interface::standard::{EmbeddedLogo, Logo};
use vrs_interface::token::{ExecuteMsg, Payment, QueryMsg};

const TOKENS: [&str; 3] = ["vrs", "bzky", "mvc"];

impl World {
    pub(super) fn token_post(&mut self) -> Post {
        let name = self.dice.one(&TOKENS);
        let holder = match self.dice.chance(60) {
            true => self.owner.clone(),
            false => self.account(),
        };
        let spender = match self.dice.chance(70) {
            true => self.accounts[1].clone(),
            false => self.account(),
        };
        let amount = self.dice.amount();
        let (sender, msg) = match self.dice.small(0..=13) {
            0 | 1 => {
                let recipient = self.address();
                (holder, ExecuteMsg::Transfer { recipient, amount })
            }
            2 => (holder, ExecuteMsg::Burn { amount }),
            3 => {
                let (contract, msg) = self.funded(name);
                (holder, ExecuteMsg::Send { contract, amount, msg })
            }
            4 | 5 => {
                let (spender, expires) = (spender.to_string(), self.expiry());
                let msg = ExecuteMsg::IncreaseAllowance {
                    spender,
                    amount,
                    expires: expires.map(Into::into),
                };
                (holder, msg)
            }
            6 => {
                let (spender, expires) = (spender.to_string(), self.expiry());
                let msg = ExecuteMsg::DecreaseAllowance {
                    spender,
                    amount,
                    expires: expires.map(Into::into),
                };
                (holder, msg)
            }
            7 => {
                let (owner, recipient) = (holder.to_string(), self.address());
                let msg = ExecuteMsg::TransferFrom {
                    owner,
                    recipient,
                    amount,
                };
                (spender, msg)
            }
            8 => {
                let owner = holder.to_string();
                let (contract, msg) = self.funded(name);
                let msg = ExecuteMsg::SendFrom {
                    owner,
                    contract,
                    amount,
                    msg,
                };
                (spender, msg)
            }
            9 => {
                let owner = holder.to_string();
                (spender, ExecuteMsg::BurnFrom { owner, amount })
            }
            10 => return self.marketing_post(),
            11 => return self.logo_post(),
            12 => {
                let payments = (0..self.dice.small(0..=6)).map(|_| Payment {
                    recipient: self.address(),
                    amount: self.dice.amount(),
                });
                let payments = payments.collect();
                (holder, ExecuteMsg::TransferMany { payments })
            }
            _ => {
                let start_after = self.dice.rarely(|_| ()).map(|()| (self.address(), self.day()));
                let limit = self.dice.limit();
                (holder, ExecuteMsg::PruneHistory { start_after, limit })
            }
        };
        self.new_post(sender, name, &msg)
    }

    /// Where a token may be sent to, and what is said there.
    fn funded(&mut self, token: &str) -> (String, Binary) {
        let contract = match (token, self.dice.chance(80)) {
            ("bzky", true) => self.at("merchant"),
            ("vrs", true) => self.at("mining"),
            (_, true) => self.taker.clone(),
            _ => self.account(),
        };
        let msg = self
            .dice
            .one(&[&b"{\"fund\":{}}"[..], b"{\"fund\":{}}", b"{\"fund\":{}}", b"{}", b""]);
        (contract.to_string(), msg.into())
    }

    /// MVC alone has marketing; the owner of all may change it.
    fn marketer(&mut self) -> Addr {
        match self.dice.chance(80) {
            true => self.owner.clone(),
            false => self.account(),
        }
    }

    fn marketing_post(&mut self) -> Post {
        let texts = [
            None,
            Some(String::new()),
            Some("for mileage".to_owned()),
            Some("x".repeat(600)),
        ];
        let (project, description) = (self.dice.one(&texts), self.dice.one(&texts));
        let marketing = match self.dice.small(0..=9) {
            0 => Some(self.address()),
            1 => Some(self.owner.to_string()),
            _ => None,
        };
        let msg = ExecuteMsg::UpdateMarketing {
            project,
            description,
            marketing,
        };
        let (sender, name) = (self.marketer(), self.dice.one(&["mvc", "mvc", "mvc", "vrs"]));
        self.new_post(sender, name, &msg)
    }

    fn logo_post(&mut self) -> Post {
        let png = [&b"\x89PNG\x0d\x0a\x1a\x0a"[..], &[7; 40]].concat();
        let svg = b"<?xml version=\"1.0\"?><svg></svg>";
        let logo = match self.dice.small(0..=5) {
            0 | 1 => Logo::Url("https://example.org/logo.png".into()),
            2 => Logo::Embedded(EmbeddedLogo::Png(png.into())),
            3 => Logo::Embedded(EmbeddedLogo::Svg(svg.into())),
            4 => Logo::Embedded(EmbeddedLogo::Png(self.dice.bytes(40))),
            _ => Logo::Embedded(EmbeddedLogo::Svg(vec![b'<'; 6_000].into())),
        };
        let (sender, name) = (self.marketer(), self.dice.one(&["mvc", "mvc", "mvc", "bzky"]));
        self.new_post(sender, name, &ExecuteMsg::UploadLogo(logo))
    }

    pub(super) fn token_question(&mut self) -> (&'static str, Vec<u8>) {
        let (address, day, limit) = (self.address(), self.day(), self.dice.limit());
        let start_after = self.dice.rarely(|_| ()).map(|()| self.address());
        let owner = match self.dice.chance(60) {
            true => self.owner.to_string(),
            false => self.address(),
        };
        let spender = self.accounts[1].to_string();
        let msg = match self.dice.small(0..=15) {
            0 => QueryMsg::Balance { address },
            1 => QueryMsg::TokenInfo {},
            2 => QueryMsg::Minter {},
            3 => QueryMsg::Allowance { owner, spender },
            4 => QueryMsg::AllAllowances {
                owner,
                start_after,
                limit,
            },
            5 => QueryMsg::AllSpenderAllowances {
                spender,
                start_after,
                limit,
            },
            6 => QueryMsg::AllAccounts { start_after, limit },
            7 => QueryMsg::MarketingInfo {},
            8 => QueryMsg::DownloadLogo {},
            9 => QueryMsg::BalanceAt { address: owner, day },
            10 => QueryMsg::TotalAt { day },
            11 => QueryMsg::LowestOn { address: owner, day },
            12 => {
                let of = (0..self.dice.small(0..=5)).map(|_| (Addr::unchecked(self.address()), self.day()));
                QueryMsg::LowestOnMany { of: of.collect() }
            }
            13 => {
                let start_after = self.dice.rarely(|_| ()).map(|()| self.day());
                QueryMsg::History {
                    address: owner,
                    start_after,
                    limit,
                }
            }
            14 => QueryMsg::Config {},
            _ => QueryMsg::Paused {},
        };
        (self.dice.one(&TOKENS), json(&msg))
    }
}
