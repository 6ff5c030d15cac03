//! Messages and questions to the contract of mining.

use super::birth::mining_params;
use super::{json, Post, World};
use cosmwasm_std::Uint64;
use cw20::Cw20ReceiveMsg;
use vrs_interface::access::Role;
use vrs_interface::mining::{ExecuteMsg, Method, MethodBudget, MiningPool, Params, Product, PruneWhat, QueryMsg};

const NAME: &str = "mining";

impl World {
    pub(super) fn mining_post(&mut self) -> Post {
        let owner = self.officer(NAME, None);
        let amount = self.dice.amount();
        let (sender, msg) = match self.dice.small(0..=16) {
            0 => return self.access_post(NAME),
            1 => {
                let deliveries = self.deliveries();
                (self.account(), ExecuteMsg::Attested { deliveries })
            }
            2 => {
                let msg = ExecuteMsg::Receive(Cw20ReceiveMsg {
                    sender: self.address(),
                    amount,
                    msg: b"{\"fund\":{}}".into(),
                });
                (self.account(), msg)
            }
            3 => (owner, ExecuteMsg::FundHp { amount }),
            4 => {
                let count = self.dice.one(&[0, 1, 1, 2, 3, 101]);
                let product = |world: &mut Self| Product {
                    id: world.dice.small(0..=4),
                    factor_e9: world.dice.one(&[0, 1, 1_000_000_000, 2_500_000_000, u64::MAX]),
                };
                let products = (0..count).map(|_| product(self)).collect();
                (owner, ExecuteMsg::SetProducts { products })
            }
            5 => (
                owner,
                ExecuteMsg::SetParams {
                    params: self.mining_rules(),
                },
            ),
            6 => {
                let budget = self.method_budget();
                let guardian = self.officer(NAME, Some(Role::Guardian));
                (guardian, ExecuteMsg::CutBudget { budget })
            }
            7 => {
                let pool = self.dice.one(&[MiningPool::Hp, MiningPool::Vrs]);
                (owner, ExecuteMsg::Refill { pool, amount })
            }
            8 | 9 => {
                let member = self.member();
                (self.account_of(member), ExecuteMsg::Claim {})
            }
            10..=12 => {
                let count = self.dice.one(&[0, 1, 2, 6, 26, 101]);
                let members = (0..count)
                    .map(|i| if count > 6 { i + 1 } else { self.member() })
                    .collect();
                (self.account(), ExecuteMsg::ClaimFor { members })
            }
            13 | 14 => {
                let mut read = self.read.clone();
                read.retain(|(_, day)| self.provisional(*day));
                let (account, day) = match read.is_empty() || self.dice.chance(10) {
                    true => (self.member(), self.day()),
                    false => self.dice.one(&read),
                };
                let methods = self.dice.some(0..=1, |dice| dice.one(&Method::ALL));
                let msg = ExecuteMsg::TakeBack { account, day, methods };
                (self.officer(NAME, Some(Role::Arbiter)), msg)
            }
            _ => {
                let what = match self.dice.chance(50) {
                    true => PruneWhat::Scores {
                        start_after: self.dice.rarely(|dice| (dice.small(0..=20), 1)),
                    },
                    false => PruneWhat::Readings { start_after: None },
                };
                let limit = self.dice.limit();
                (self.account(), ExecuteMsg::Prune { what, limit })
            }
        };
        self.new_post(sender, NAME, &msg)
    }

    fn method_budget(&mut self) -> MethodBudget {
        let mut budget = self.dice.one(&mining_params().budgets);
        let share = u128::from(self.dice.within(80..=101));
        budget.hp = (budget.hp.u128() / 100 * share).into();
        budget.vrs = (budget.vrs.u128() / 100 * share).into();
        budget
    }

    fn mining_rules(&mut self) -> Params {
        let mut params = mining_params();
        match self.dice.small(0..=7) {
            0 => params.budgets = (0..self.dice.small(0..=7)).map(|_| self.method_budget()).collect(),
            1 => params.share_cap = self.dice.one(&[0, 1, 3, u32::MAX]),
            2 => params.marginal = true,
            3 => params.view_steps = self.dice.some(0..=10, |dice| dice.within(0..=1_000)),
            4 => params.window_days = self.dice.one(&[0, 4, 5, 6, 366, 367]),
            5 => params.hp_per_window = self.dice.amount(),
            6 => params.vrs_per_window = self.dice.amount(),
            _ => {}
        }
        params
    }

    pub(super) fn mining_question(&mut self) -> (&'static str, Vec<u8>) {
        let (member, day, limit) = (self.member(), self.day(), self.dice.limit());
        let start_after = self.dice.rarely(|dice| (dice.small(0..=26), dice.small(0..=9)));
        let whom = self.dice.chance(50).then_some(member);
        let msg = match self.dice.small(0..=10) {
            0 => QueryMsg::Ownership {},
            1 => QueryMsg::Roles {
                start_after: self
                    .dice
                    .rarely(|dice| dice.one(&Role::ALL))
                    .map(|role| (role, self.address())),
                limit,
            },
            2 => QueryMsg::Paused {},
            3 => QueryMsg::Config {},
            4 => QueryMsg::Pools {},
            5 => QueryMsg::Day { day },
            6 => QueryMsg::Days {
                start_after: start_after.map(|(_, day)| day),
                limit,
            },
            7 => QueryMsg::Scores {
                account: whom,
                start_after,
                limit,
            },
            8 => QueryMsg::Readings {
                account: whom,
                start_after: start_after.map(|(account, day)| (account, day, Method::Node, Uint64::new(3))),
                limit,
            },
            9 => QueryMsg::Products {
                start_after: start_after.map(|(_, product)| product),
                limit,
            },
            _ => QueryMsg::SimulateClaim { member },
        };
        (NAME, json(&msg))
    }
}
