//! Messages and questions to the points.

use super::{json, Post, World};
use cosmwasm_std::{Addr, Uint128};
use vrs_interface::access::Role;
use vrs_interface::points::{ExecuteMsg, IssuerLimit, Mint, QueryMsg};

const POINTS: [&str; 3] = ["hp", "time", "mvp"];

impl World {
    pub(super) fn points_post(&mut self) -> Post {
        let name = self.dice.one(&["hp", "time", "mvp", "mvp"]);
        let amount = self.dice.amount();
        let (sender, msg) = match self.dice.small(0..=11) {
            0 => return self.access_post(name),
            1 => {
                let recipient = self.address();
                (self.account(), ExecuteMsg::Transfer { recipient, amount })
            }
            2 => {
                let contract = match self.dice.chance(80) {
                    true => self.taker.to_string(),
                    false => self.address(),
                };
                let msg = b"{\"buy\":{}}".into();
                (self.account(), ExecuteMsg::Send { contract, amount, msg })
            }
            3 => (self.account(), ExecuteMsg::Burn { amount }),
            4 => {
                let (issuer, limit) = (self.issuer_of(name), self.issuer_limit());
                (self.officer(name, None), ExecuteMsg::SetIssuer { issuer, limit })
            }
            5 => {
                let (issuer, limit) = (self.issuer_of(name), self.issuer_limit());
                let guardian = self.officer(name, Some(Role::Guardian));
                (guardian, ExecuteMsg::LowerIssuer { issuer, limit })
            }
            6 => {
                let acceptor = match self.dice.chance(70) {
                    true => self.taker.to_string(),
                    false => self.address(),
                };
                let accepts = self.dice.chance(80);
                (self.officer(name, None), ExecuteMsg::SetAcceptor { acceptor, accepts })
            }
            7 | 8 => {
                let day = self.day();
                (self.issuing(name), ExecuteMsg::Reserve { day, amount })
            }
            9 => (self.issuing(name), ExecuteMsg::Release { amount }),
            _ => {
                let count = self.dice.one(&[0, 1, 1, 1, 2, 2, 5, 201]);
                let mint = |world: &mut Self| Mint {
                    to: world.account(),
                    amount: Uint128::from(world.dice.within(1..=90_000)),
                };
                let mints = (0..count).map(|_| mint(self)).collect();
                (self.issuing(name), ExecuteMsg::Mint { mints })
            }
        };
        self.new_post(sender, name, &msg)
    }

    fn issuing(&mut self, name: &str) -> Addr {
        match (name, self.dice.chance(85)) {
            ("mvp", true) => self.issuer.clone(),
            ("hp", true) => self.at("mining"),
            ("time", true) => self.at("merchant"),
            _ => self.account(),
        }
    }

    fn issuer_of(&mut self, name: &str) -> String {
        self.issuing(name).to_string()
    }

    fn issuer_limit(&mut self) -> IssuerLimit {
        let figure = |world: &mut Self| match world.dice.small(0..=5) {
            0 => world.dice.amount(),
            1 => Uint128::new(50_000_000),
            _ => Uint128::new(200_000_000_000_000),
        };
        IssuerLimit {
            window_days: self.dice.one(&[0, 1, 30, 30, 30, 31, 366, 367]),
            per_window: figure(self),
            total: figure(self),
        }
    }

    pub(super) fn points_question(&mut self) -> (&'static str, Vec<u8>) {
        let name = self.dice.one(&POINTS);
        let (address, day, limit) = (self.address(), self.day(), self.dice.limit());
        let start_after = self.dice.rarely(|_| ()).map(|()| self.address());
        let msg = match self.dice.small(0..=11) {
            0 => QueryMsg::Ownership {},
            1 => QueryMsg::Roles {
                start_after: start_after.map(|account| (self.dice.one(&Role::ALL), account)),
                limit,
            },
            2 => QueryMsg::Paused {},
            3 => QueryMsg::Config {},
            4 => QueryMsg::Balance { address },
            5 => QueryMsg::TokenInfo {},
            6 => QueryMsg::Minter {},
            7 => QueryMsg::Allowance {
                owner: address,
                spender: self.address(),
            },
            8 => QueryMsg::AllAccounts { start_after, limit },
            9 => QueryMsg::Issuer {
                issuer: self.issuer_of(name),
                day,
            },
            10 => QueryMsg::Issuers { start_after, limit },
            _ => QueryMsg::Acceptors { start_after, limit },
        };
        (name, json(&msg))
    }
}
