//! `identity`: who takes part, and the registry's own messages.

use super::{line, Crowd, SIZES};
use crate::suite::{proof, Suite};
use anyhow::Result;
use vrs_cli::chain::Name;
use vrs_interface::access::Role;
use vrs_interface::identity::{AddressRole, ExecuteMsg, Kind, Penalty, Topic};
use vrs_interface::merchant;
use vrs_interface::oracle::DeviceKind;

/// Registers customers, shops, tills and meters: as many as take part, each measured at its own size.
pub fn crowd(suite: &mut Suite, size: u32) -> Result<Crowd> {
    let count = size as usize;
    let (batch, of) = (count.min(100), size.min(100));
    let told = format!("{batch} in one message");
    if size == 1 {
        let rate = |amount| vec![merchant::Rate { id: 1, amount }];
        let new = |what| line(Name::Merchant, what, "one line", 1);
        // Whatever comes first of a day closes the day before: that is measured elsewhere.
        let first = merchant::ExecuteMsg::Prune {
            what: merchant::PruneWhat::Visits { start_after: None },
            limit: Some(1),
        };
        suite.send("operator", Name::Merchant, &first)?;
        let msg = merchant::ExecuteMsg::SetDistricts { rates: rate(200) };
        suite.weigh(new("set_districts"), "operator", Name::Merchant, &msg)?;
        let msg = merchant::ExecuteMsg::SetTrades { rates: rate(10_000) };
        suite.weigh(new("set_trades"), "operator", Name::Merchant, &msg)?;
    }
    let row = line(
        Name::Identity,
        "register_members",
        &format!("persons, verified, {told}"),
        size,
    )
    .units(of);
    let first = suite.register(Kind::Individual, count, Some(row))?;
    let customers: Vec<u32> = (first..first + size).collect();
    let row = line(
        Name::Identity,
        "register_members",
        &format!("merchants, verified, {told}"),
        size,
    )
    .units(of);
    let first = suite.register(Kind::Merchant, count, Some(row))?;
    let shops: Vec<u32> = (first..first + size).collect();
    if size == 1_000 {
        let row = line(
            Name::Identity,
            "register_members",
            "persons, verified, 1 in one message",
            size,
        );
        suite.register(Kind::Individual, 1, Some(row))?;
    }
    let (before, last) = shops.split_at(count - batch);
    suite.profiles(before, None)?;
    let row = line(Name::Merchant, "set_profiles", &told, size).units(of);
    suite.profiles(last, Some(row))?;
    let some = |members: &[u32]| members.iter().copied().map(Some).collect::<Vec<_>>();
    let row = line(Name::Oracle, "register_devices", &format!("terminals, {told}"), size).units(of);
    let tills = suite.devices(DeviceKind::Terminal, &some(&shops), Some(row))?;
    let row = line(Name::Oracle, "register_devices", &format!("meters, {told}"), size).units(of);
    let meters = suite.devices(DeviceKind::Meter, &some(&customers), Some(row))?;
    Ok(Crowd {
        size,
        customers,
        shops,
        tills,
        meters,
    })
}

/// Members who act for themselves have coins for fees: the first three customers and the first shop of each size.
pub fn funded(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    let mut names = vec![];
    for crowd in crowds {
        names.extend(crowd.customers.iter().take(3).map(|member| Suite::account(*member)));
        names.extend(crowd.shops.iter().take(1).map(|member| Suite::account(*member)));
    }
    names.extend((0..4 * SIZES.len()).map(|at| format!("bench newcomer {at}")));
    suite.lane.flush()?;
    suite.lane.pay("member", &names)
}

/// Everything else that the registry does, at a member of each size.
pub fn messages(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    for (at, crowd) in crowds.iter().enumerate() {
        let member = crowd.customers[crowd.customers.len() - 1];
        let own = crowd.customers[0];
        let row = |what, with: &str| line(Name::Identity, what, with, crowd.size);
        let newcomer = format!("bench newcomer {at}");
        let msg = ExecuteMsg::Register { kind: Kind::Individual };
        suite.weigh(row("register", "oneself"), &newcomer, Name::Identity, &msg)?;
        for (what, with, msg) in [
            (
                "add_claim",
                "another topic",
                ExecuteMsg::AddClaim {
                    member,
                    claim: proof(Topic::Address),
                },
            ),
            (
                "revoke_claim",
                "",
                ExecuteMsg::RevokeClaim {
                    member,
                    topic: Topic::Address,
                },
            ),
            ("set_level", "", ExecuteMsg::SetLevel { member, level: 3 }),
        ] {
            suite.weigh(row(what, with), "operator", Name::Identity, &msg)?;
        }
        marks(suite, crowd.size, own)?;
        let (moved, to) = (Suite::account(own), format!("bench newcomer {}", SIZES.len() + at));
        let msg = ExecuteMsg::ProposeAddress {
            role: AddressRole::Payout,
            address: suite.lane.address(&to)?,
        };
        suite.weigh(row("propose_address", "a payout"), &moved, Name::Identity, &msg)?;
        let msg = ExecuteMsg::AcceptAddress { member: own };
        suite.weigh(row("accept_address", "a payout"), &to, Name::Identity, &msg)?;
    }
    Ok(())
}

fn marks(suite: &mut Suite, size: u32, member: u32) -> Result<()> {
    let row = |what| line(Name::Identity, what, "", size);
    // An arbiter other than the one who marked decides.
    let grant = |account| {
        ExecuteMsg::Access(vrs_interface::access::AccessMsg::GrantRole {
            role: Role::Arbiter,
            account,
        })
    };
    let treasury = suite.lane.address("treasury")?;
    suite.send("owner", Name::Identity, &grant(treasury))?;
    // A member's marks are numbered on from 1.
    let mark = 1;
    for number in [mark, mark + 1] {
        let msg = ExecuteMsg::Mark {
            member,
            severity: 1,
            reason: "late delivery".to_owned(),
            until: None,
            penalty: Penalty::LowerRank { by: 1 },
        };
        match number == mark {
            true => suite.weigh(row("mark"), "operator", Name::Identity, &msg)?,
            false => suite.send("operator", Name::Identity, &msg)?,
        }
    }
    let own = Suite::account(member);
    let statement = cosmwasm_std::Binary::from([2; 32]);
    let msg = ExecuteMsg::Appeal { mark, statement };
    suite.weigh(row("appeal"), &own, Name::Identity, &msg)?;
    let msg = ExecuteMsg::ResolveAppeal {
        member,
        mark,
        uphold: false,
    };
    suite.weigh(row("resolve_appeal"), "treasury", Name::Identity, &msg)?;
    let msg = ExecuteMsg::LiftMark { member, mark: mark + 1 };
    suite.weigh(row("lift_mark"), "operator", Name::Identity, &msg)
}
