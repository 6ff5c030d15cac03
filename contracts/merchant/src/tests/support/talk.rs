//! What the tests say to the contracts and ask of them.

use super::*;

impl World {
    // --- messages

    pub fn call<M: Serialize + std::fmt::Debug>(
        &mut self,
        sender: &Addr,
        contract: &Addr,
        msg: &M,
    ) -> Result<AppResponse, String> {
        self.app
            .execute_contract(sender.clone(), contract.clone(), msg, &[])
            .map_err(|error| error.root_cause().to_string())
    }

    /// Sends a message to the contract under test; its own error where it refuses.
    pub fn send(&mut self, sender: &Addr, msg: &ExecuteMsg) -> Result<AppResponse, ContractError> {
        let sent = self
            .app
            .execute_contract(sender.clone(), self.merchant.clone(), msg, &[]);
        sent.map_err(|error| error.downcast::<ContractError>().unwrap())
    }

    pub fn by_owner(&mut self, msg: &ExecuteMsg) -> Result<AppResponse, ContractError> {
        let owner = self.owner.clone();
        self.send(&owner, msg)
    }

    pub fn fund(&mut self, side: Side, amount: u128) -> Result<AppResponse, String> {
        let amount = Uint128::new(amount);
        match side {
            Side::Merchants => {
                let send = token::ExecuteMsg::Send {
                    contract: self.merchant.to_string(),
                    amount,
                    msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
                };
                let (treasury, bzky) = (self.treasury.clone(), self.bzky.clone());
                self.call(&treasury, &bzky, &send)
            }
            Side::Customers => {
                let (owner, merchant) = (self.owner.clone(), self.merchant.clone());
                self.call(&owner, &merchant, &ExecuteMsg::FundTime { amount })
            }
        }
    }

    pub fn rates(&mut self, rent: u64, wage: u64) {
        let district = ExecuteMsg::SetDistricts {
            rates: vec![Rate { id: 1, amount: rent }],
        };
        let trade = ExecuteMsg::SetTrades {
            rates: vec![Rate { id: 1, amount: wage }],
        };
        self.by_owner(&district).unwrap();
        self.by_owner(&trade).unwrap();
    }

    pub fn profile(&mut self, merchant: MemberId, area: u32, staff: u32) {
        let profile = Profile {
            merchant,
            area,
            staff,
            district: 1,
            trade: 1,
        };
        self.by_owner(&ExecuteMsg::SetProfiles {
            profiles: vec![profile],
        })
        .unwrap();
    }

    /// Registers verified members; their accounts are `member<number>`.
    pub fn members(&mut self, kind: Kind, count: u32) -> Vec<MemberId> {
        self.register(kind, count, true)
    }

    pub fn register(&mut self, kind: Kind, count: u32, verified: bool) -> Vec<MemberId> {
        let mut numbers = vec![];
        for _ in 0..count {
            let config: identity::ConfigResponse = self.query(&self.identity, &identity::QueryMsg::Config {});
            let number = config.members + 1;
            let claim = NewClaim {
                topic: Topic::Identity,
                hash: Binary::from([7u8; 32]),
                until: None,
            };
            let member = NewMember {
                kind,
                account: account(number).to_string(),
                payout: None,
                level: 0,
                identity: verified.then_some(claim),
            };
            let msg = identity::ExecuteMsg::RegisterMembers { members: vec![member] };
            let (owner, identity) = (self.owner.clone(), self.identity.clone());
            self.call(&owner, &identity, &msg).unwrap();
            numbers.push(number);
        }
        numbers
    }

    /// Verified shops of the default costs, 1400.00 a day.
    pub fn shops(&mut self, count: u32) -> Vec<MemberId> {
        let shops = self.members(Kind::Merchant, count);
        for shop in &shops {
            self.profile(*shop, 500, 4);
        }
        shops
    }

    pub fn customers(&mut self, count: u32) -> Vec<MemberId> {
        self.members(Kind::Individual, count)
    }

    pub fn grant(&mut self, role: Role, account: &Addr) {
        let msg = ExecuteMsg::Access(vrs_interface::access::AccessMsg::GrantRole {
            role,
            account: account.to_string(),
        });
        self.by_owner(&msg).unwrap();
    }

    pub fn mark(&mut self, member: MemberId, penalty: identity::Penalty) {
        let msg = identity::ExecuteMsg::Mark {
            member,
            severity: 3,
            reason: "test".into(),
            until: None,
            penalty,
        };
        let (owner, identity) = (self.owner.clone(), self.identity.clone());
        self.call(&owner, &identity, &msg).unwrap();
    }

    // --- receipts

    /// A delivery of a merchant's own terminal.
    pub fn delivery(&mut self, merchant: MemberId, day: Day, receipts: &[Receipt]) -> Delivery {
        self.sequence += 1;
        Delivery {
            device: merchant,
            subject: Some(merchant),
            day,
            sequence: self.sequence,
            leaves: receipts.iter().flat_map(Leaf::encode).collect::<Vec<u8>>().into(),
        }
    }

    pub fn attest(&mut self, deliveries: Vec<Delivery>) -> Result<(AttestedResponse, AppResponse), ContractError> {
        let door = self.door.clone();
        let response = self.send(&door, &ExecuteMsg::Attested { deliveries })?;
        let data = response.data.clone().expect("attested answers data");
        Ok((from_json(data).unwrap(), response))
    }

    /// One delivery of which nothing may be dropped.
    pub fn sell(&mut self, merchant: MemberId, day: Day, receipts: &[Receipt]) {
        let delivery = self.delivery(merchant, day, receipts);
        let (response, _) = self.attest(vec![delivery]).unwrap();
        assert_eq!(response.dropped, vec![]);
    }

    // --- queries

    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, msg: &impl Serialize) -> T {
        self.app.wrap().query_wasm_smart(contract, msg).unwrap()
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: &QueryMsg) -> T {
        self.query(&self.merchant, msg)
    }

    pub fn day(&self, day: Day) -> TradeDayResponse {
        self.ask(&QueryMsg::Day { day })
    }

    pub fn shop_day(&self, merchant: MemberId, day: Day) -> MerchantDay {
        let found: Option<MerchantDay> = self.ask(&QueryMsg::MerchantDay { merchant, day });
        found.expect("a recorded day")
    }

    pub fn shop_days(&self) -> Vec<MerchantDay> {
        let mut all = vec![];
        loop {
            let page: MerchantDaysResponse = self.ask(&QueryMsg::MerchantDays {
                merchant: None,
                start_after: all.last().map(|day: &MerchantDay| (day.merchant, day.day)),
                limit: Some(200),
            });
            all.extend(page.days);
            if !page.more {
                return all;
            }
        }
    }

    pub fn customer_days(&self) -> Vec<CustomerDay> {
        let mut all = vec![];
        loop {
            let page: CustomerDaysResponse = self.ask(&QueryMsg::CustomerDays {
                customer: None,
                start_after: all.last().map(|day: &CustomerDay| (day.customer, day.day)),
                limit: Some(200),
            });
            all.extend(page.days);
            if !page.more {
                return all;
            }
        }
    }

    pub fn pool(&self, side: Side) -> Pool {
        let pools: PoolsResponse = self.ask(&QueryMsg::Pools {});
        let [merchants, customers] = <[Pool; 2]>::try_from(pools.pools).unwrap();
        match side {
            Side::Merchants => merchants,
            Side::Customers => customers,
        }
    }

    pub fn bzky_of(&self, account: &Addr) -> u128 {
        let msg = token::QueryMsg::Balance {
            address: account.to_string(),
        };
        let balance: cw20::BalanceResponse = self.query(&self.bzky, &msg);
        balance.balance.u128()
    }

    pub fn time_of(&self, account: &Addr) -> u128 {
        let msg = points::QueryMsg::Balance {
            address: account.to_string(),
        };
        let balance: cw20::BalanceResponse = self.query(&self.time, &msg);
        balance.balance.u128()
    }

    /// Formulas that hold after every message.
    pub fn conserved(&self) {
        for side in [Side::Merchants, Side::Customers] {
            let pool = self.pool(side);
            assert_eq!(pool.funded, pool.paid + pool.claimable + pool.remaining, "{pool:?}");
            assert!(pool.recovered <= pool.remaining, "{pool:?}");
            let backed = match side {
                Side::Merchants => self.bzky_of(&self.merchant),
                Side::Customers => {
                    let issuer: points::IssuerResponse = self.query(
                        &self.time,
                        &points::QueryMsg::Issuer {
                            issuer: self.merchant.to_string(),
                            day: 1,
                        },
                    );
                    issuer.reserved.u128()
                }
            };
            assert_eq!(backed, (pool.funded - pool.paid).u128(), "{pool:?}");
        }
    }
}
