//! Messages and questions to the contract of trade.

use super::birth::merchant_params;
use super::{json, Post, World};
use cosmwasm_std::Uint128;
use cw20::Cw20ReceiveMsg;
use vrs_interface::access::Role;
use vrs_interface::attested::Delivery;
use vrs_interface::merchant::{Budget, ExecuteMsg, Params, Profile, PruneWhat, QueryMsg, Rate, Side};

const NAME: &str = "merchant";

impl World {
    pub(super) fn merchant_post(&mut self) -> Post {
        let assessor = self.officer(NAME, Some(Role::Assessor));
        let owner = self.officer(NAME, None);
        let amount = self.dice.amount();
        let (sender, msg) = match self.dice.small(0..=21) {
            0 | 1 => return self.access_post(NAME),
            2 => {
                let deliveries = self.deliveries();
                (self.account(), ExecuteMsg::Attested { deliveries })
            }
            3 => {
                let msg = ExecuteMsg::Receive(Cw20ReceiveMsg {
                    sender: self.address(),
                    amount,
                    msg: b"{\"fund\":{}}".into(),
                });
                (self.account(), msg)
            }
            4 => (owner, ExecuteMsg::FundTime { amount }),
            5 | 6 => {
                let profiles = self.profiles();
                (assessor, ExecuteMsg::SetProfiles { profiles })
            }
            7 => (assessor, ExecuteMsg::SetDistricts { rates: self.rates() }),
            8 => (assessor, ExecuteMsg::SetTrades { rates: self.rates() }),
            9 => (
                owner,
                ExecuteMsg::SetParams {
                    params: self.trade_rules(),
                },
            ),
            10 => {
                let (side, budget) = (self.side(), self.budget());
                let guardian = self.officer(NAME, Some(Role::Guardian));
                (guardian, ExecuteMsg::CutBudget { side, budget })
            }
            11 => {
                let side = self.side();
                (owner, ExecuteMsg::Refill { side, amount })
            }
            12..=14 => {
                let member = self.member();
                (self.account_of(member), ExecuteMsg::Claim {})
            }
            15..=17 => {
                let side = self.side();
                let count = self.dice.one(&[0, 1, 2, 6, 26, 101]);
                let members = (0..count)
                    .map(|i| if count > 6 { i + 1 } else { self.member() })
                    .collect();
                (self.account(), ExecuteMsg::ClaimFor { side, members })
            }
            18 | 19 => {
                let mut sold = self.sold.clone();
                sold.retain(|(_, _, day)| self.provisional(*day));
                let (merchant, customer, day) = match sold.is_empty() || self.dice.chance(10) {
                    true => (self.shop(), self.member(), self.day()),
                    false => self.dice.one(&sold),
                };
                let customers = self.dice.some(0..=1, |_| customer);
                let msg = ExecuteMsg::TakeBack {
                    merchant,
                    day,
                    customers,
                };
                (self.officer(NAME, Some(Role::Arbiter)), msg)
            }
            _ => {
                let what = match self.dice.small(0..=2) {
                    0 => PruneWhat::Merchants { start_after: None },
                    1 => PruneWhat::Customers {
                        start_after: self.dice.rarely(|dice| (dice.small(0..=20), 1)),
                    },
                    _ => PruneWhat::Visits { start_after: None },
                };
                let limit = self.dice.limit();
                (self.account(), ExecuteMsg::Prune { what, limit })
            }
        };
        self.new_post(sender, NAME, &msg)
    }

    /// Receipts as only the oracle may bring them, brought by somebody.
    pub(super) fn deliveries(&mut self) -> Vec<Delivery> {
        let delivery = |world: &mut Self| Delivery {
            device: 1,
            subject: Some(world.shop()),
            day: world.day(),
            sequence: 1,
            leaves: world.dice.bytes(50),
        };
        (0..self.dice.small(0..=2)).map(|_| delivery(self)).collect()
    }

    fn side(&mut self) -> Side {
        self.dice.one(&[Side::Merchants, Side::Customers])
    }

    fn profiles(&mut self) -> Vec<Profile> {
        let profile = |world: &mut Self| Profile {
            merchant: world.shop(),
            area: world.dice.one(&[0, 100, 500, 900, 10_000_000, 10_000_001]),
            staff: world.dice.one(&[1, 2, 3, 4, 5, 1_000_000, 1_000_001]),
            district: world.dice.one(&[1, 2, 3]),
            trade: world.dice.one(&[1, 2, 2, 9]),
        };
        let count = self.dice.one(&[0, 1, 1, 1, 2, 3, 101]);
        (0..count).map(|_| profile(self)).collect()
    }

    fn rates(&mut self) -> Vec<Rate> {
        let count = self.dice.one(&[0, 1, 1, 2, 101]);
        let rate = |world: &mut Self| Rate {
            id: world.dice.small(0..=4),
            amount: world
                .dice
                .one(&[0, 1, 150, 210, 9_000, 1_000_000_000_000, 1_000_000_000_001]),
        };
        (0..count).map(|_| rate(self)).collect()
    }

    fn budget(&mut self) -> Budget {
        let mut budget = merchant_params().customers;
        budget.per_head = budget.per_head.min(Uint128::from(self.dice.within(0..=11_000_000)));
        budget.window_days = self.dice.one(&[0, 3, 4, 4, 4, 5, 367]);
        if self.dice.chance(20) {
            budget.max = self.dice.amount();
        }
        if self.dice.chance(20) {
            budget.per_window = self.dice.amount();
        }
        budget
    }

    fn trade_rules(&mut self) -> Params {
        let mut params = merchant_params();
        match self.dice.small(0..=10) {
            0 => params.min_order = self.dice.one(&[0, 50, 100, 1_000, u64::MAX]),
            1 => params.max_order = self.dice.one(&[0, 1_000_000, 1_000_000_000_000_000, u64::MAX]),
            2 => params.share_cap = self.dice.one(&[0, 1, 2, 20, u32::MAX]),
            3 => params.merchants = self.budget(),
            4 => params.customers = self.budget(),
            5 => params.power_bps = self.dice.some(0..=25, |dice| dice.small(0..=10_050) as u16),
            6 => params.month_days = self.dice.one(&[0, 1, 3, 30, 366, 367]),
            7 => params.weight_days = self.dice.one(&[0, 1, 3, 30, 90, 91]),
            8 => params.level_bounds = self.dice.some(0..=21, |dice| dice.amount()),
            _ => {}
        }
        params
    }

    pub(super) fn merchant_question(&mut self) -> (&'static str, Vec<u8>) {
        let (member, shop, day, limit) = (self.member(), self.shop(), self.day(), self.dice.limit());
        let start_after = self.dice.rarely(|dice| (dice.small(0..=26), dice.small(0..=9)));
        let whom = self.dice.chance(50);
        let msg = match self.dice.small(0..=12) {
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
            7 => QueryMsg::MerchantDay { merchant: shop, day },
            8 => QueryMsg::MerchantDays {
                merchant: whom.then_some(shop),
                start_after,
                limit,
            },
            9 => QueryMsg::CustomerDays {
                customer: whom.then_some(member),
                start_after,
                limit,
            },
            10 => QueryMsg::Visits {
                customer: whom.then_some(member),
                start_after: start_after.map(|(customer, day)| (customer, shop, day)),
                limit,
            },
            11 => QueryMsg::Profile {
                merchant: shop,
                day: whom.then_some(day),
            },
            _ => QueryMsg::SimulateClaim {
                side: self.side(),
                member,
            },
        };
        (NAME, json(&msg))
    }
}
