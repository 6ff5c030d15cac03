//! Identity: every member's kind, level, addresses and proposal, every claim, every mark.

use super::{holds, number, or_none, same, text, Audit, Moment, View};
use crate::chain::{Name, TxEvent};
use crate::verify::answers::Asker;
use crate::verify::tally::Tally;
use anyhow::{Context as _, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::{
    ClaimsResponse, MarksResponse, MemberId, MemberResponse, MembersResponse, Penalty, QueryMsg,
};

/// A claim as its event told it.
#[derive(Clone, Debug)]
struct Claim {
    hash: String,
    until: Option<Day>,
    by: String,
    since: Day,
}

/// A mark as its events told it.
#[derive(Clone, Debug)]
struct Mark {
    severity: u8,
    reason: String,
    from: u64,
    until: Option<u64>,
    penalty: String,
    by: String,
    appeal: &'static str,
    statement: Option<String>,
}

impl Mark {
    /// It ends now, where it has not ended yet.
    fn end(&mut self, now: u64) {
        self.until = Some(self.until.map_or(now, |until| until.min(now)));
    }
}

/// A member as their events told them.
#[derive(Clone, Debug, Default)]
struct Member {
    kind: String,
    level: u8,
    account: String,
    payout: Option<String>,
    /// Role, address, last day.
    proposed: Option<(String, String, Day)>,
    claims: BTreeMap<String, Claim>,
    marks: BTreeMap<u32, Mark>,
}

/// All members.
#[derive(Default)]
pub struct Members(BTreeMap<MemberId, Member>);

impl Members {
    fn member(&mut self, event: &TxEvent) -> Result<&mut Member> {
        let member: MemberId = number(event, "member")?;
        self.0
            .get_mut(&member)
            .with_context(|| format!("member #{member} was never registered"))
    }

    fn mark(&mut self, event: &TxEvent) -> Result<&mut Mark> {
        let mark: u32 = number(event, "mark")?;
        let marks = &mut self.member(event)?.marks;
        marks
            .get_mut(&mark)
            .with_context(|| format!("mark {mark} was never made"))
    }
}

impl Audit for Members {
    fn event(&mut self, event: &TxEvent, at: Moment) -> Result<()> {
        let until = || event.get("until").map(|_| number(event, "until")).transpose();
        match event.get("action") {
            Some("register") => {
                let member = Member {
                    kind: text(event, "kind")?.to_owned(),
                    level: number(event, "level")?,
                    account: text(event, "account")?.to_owned(),
                    payout: event.get("payout").map(str::to_owned),
                    ..Member::default()
                };
                self.0.insert(number(event, "member")?, member);
            }
            Some("propose_address") => {
                let (role, address) = (text(event, "role")?.to_owned(), text(event, "address")?.to_owned());
                self.member(event)?.proposed = Some((role, address, number(event, "until")?));
            }
            Some("withdraw_proposal") => self.member(event)?.proposed = None,
            Some("accept_address") => {
                let address = text(event, "address")?.to_owned();
                let role = text(event, "role")?;
                let member = self.member(event)?;
                match role {
                    "account" => member.account = address,
                    _ => member.payout = Some(address).filter(|address| *address != member.account),
                }
                member.proposed = None;
            }
            Some("add_claim") => {
                let claim = Claim {
                    hash: text(event, "hash")?.to_owned(),
                    until: event.get("until").map(|_| number(event, "until")).transpose()?,
                    by: text(event, "by")?.to_owned(),
                    since: at.day,
                };
                let topic = text(event, "topic")?.to_owned();
                self.member(event)?.claims.insert(topic, claim);
            }
            Some("revoke_claim") => {
                let topic = text(event, "topic")?;
                self.member(event)?.claims.remove(topic);
            }
            Some("set_level") => {
                let level = number(event, "level")?;
                self.member(event)?.level = level;
            }
            Some("mark") => {
                let mark = Mark {
                    severity: number(event, "severity")?,
                    reason: text(event, "reason")?.to_owned(),
                    from: at.second,
                    until: until()?,
                    penalty: told_penalty(event)?,
                    by: text(event, "by")?.to_owned(),
                    appeal: "none",
                    statement: None,
                };
                let number = number(event, "mark")?;
                self.member(event)?.marks.insert(number, mark);
            }
            Some("lift_mark") => {
                let mark = self.mark(event)?;
                mark.end(at.second);
                if mark.appeal == "open" {
                    mark.appeal = "granted";
                }
            }
            Some("appeal") => {
                let statement = text(event, "statement")?.to_owned();
                let mark = self.mark(event)?;
                mark.appeal = "open";
                mark.statement = Some(statement);
            }
            Some("resolve_appeal") => {
                let upheld = text(event, "upheld")? == "true";
                let mark = self.mark(event)?;
                if upheld {
                    mark.appeal = "upheld";
                } else {
                    mark.appeal = "granted";
                    mark.end(at.second);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn check(&self, view: &View, tally: &mut Tally) -> Result<()> {
        let ask = Asker {
            chain: view.chain,
            name: Name::Identity,
        };
        let answered: Vec<MemberResponse> = ask.all(
            |start_after, limit| QueryMsg::Members { start_after, limit },
            |page: MembersResponse| (page.members, page.more),
            |member| member.member,
        )?;
        let known: BTreeMap<MemberId, &MemberResponse> = answered.iter().map(|m| (m.member, m)).collect();
        for member in known.keys() {
            let what = || format!("registration of {}", view.names.member(*member));
            holds(what, self.0.contains_key(member), "none", "a member")?;
        }
        for (number, member) in &self.0 {
            let who = view.names.member(*number);
            let Some(actual) = known.get(number) else {
                return Ok(holds(|| who, false, "a registered member", "no such member")?);
            };
            member.compare(&who, actual, view)?;
            tally.count("members", 1);
            let answer: ClaimsResponse = ask.one(&QueryMsg::Claims { member: *number })?;
            tally.count("claims of members", member.compare_claims(&who, &answer)?);
            if !member.marks.is_empty() || actual.rank_penalty > 0 || actual.standing.removed {
                tally.count("marks of members", member.compare_marks(&who, *number, &ask)?);
            }
        }
        Ok(())
    }
}

impl Member {
    fn compare(&self, who: &str, actual: &MemberResponse, view: &View) -> Result<()> {
        let of = |what: &str| format!("{what} of {who}");
        same(|| of("kind"), self.kind.clone(), word(&actual.kind)?)?;
        same(|| of("level"), self.level, actual.level)?;
        same(|| of("account"), self.account.as_str(), actual.account.as_str())?;
        let payout = self.payout.as_ref().unwrap_or(&self.account);
        same(|| of("payout"), payout.as_str(), actual.payout.as_str())?;
        let proposed = self.proposed.as_ref().filter(|(_, _, until)| *until >= view.now.day);
        let expected = or_none(proposed.map(|(role, address, _)| format!("{role} {address}")));
        let told = match &actual.proposed {
            Some((role, address)) => Some(format!("{} {address}", word(role)?)),
            None => None,
        };
        same(|| of("proposed address"), expected, or_none(told))?;
        let identity = self.claims.get("identity");
        let verified = identity.is_some_and(|claim| claim.until.is_none_or(|until| until >= view.now.day));
        same(|| of("verification"), verified, actual.standing.verified)?;
        let lasts = |mark: &&Mark| mark.until.is_none_or(|until| until > view.now.second);
        let removed = self.marks.values().filter(lasts).any(|mark| mark.penalty == "removal");
        same(|| of("removal"), removed, actual.standing.removed)?;
        Ok(())
    }

    fn compare_claims(&self, who: &str, answer: &ClaimsResponse) -> Result<u64> {
        let mut left = self.claims.clone();
        for actual in &answer.claims {
            let topic = word(&actual.topic)?;
            let of = |what: &str| format!("{what} of the {topic} claim of {who}");
            let Some(claim) = left.remove(&topic) else {
                holds(|| of("event"), false, "no such claim", "a claim")?;
                continue;
            };
            same(|| of("hash"), claim.hash, hex::encode(actual.hash.as_slice()))?;
            same(|| of("verifier"), claim.by.as_str(), actual.verifier.as_str())?;
            same(|| of("first day"), claim.since, actual.since)?;
            same(|| of("last day"), or_none(claim.until), or_none(actual.until))?;
        }
        for topic in left.keys() {
            holds(|| format!("{topic} claim of {who}"), false, "a claim", "none")?;
        }
        Ok(answer.claims.len() as u64)
    }

    fn compare_marks(&self, who: &str, member: MemberId, ask: &Asker) -> Result<u64> {
        let answered = ask.all(
            |start_after, limit| QueryMsg::Marks {
                member,
                start_after,
                limit,
            },
            |page: MarksResponse| (page.marks, page.more),
            |mark| mark.mark,
        )?;
        let mut left = self.marks.clone();
        for actual in &answered {
            let of = |what: &str| format!("{what} of mark {} of {who}", actual.mark);
            let Some(mark) = left.remove(&actual.mark) else {
                holds(|| of("event"), false, "no such mark", "a mark")?;
                continue;
            };
            same(|| of("severity"), mark.severity, actual.severity)?;
            same(|| of("reason"), mark.reason.trim(), actual.reason.trim())?;
            same(|| of("first second"), mark.from, actual.from)?;
            same(|| of("end"), or_none(mark.until), or_none(actual.until))?;
            same(|| of("penalty"), mark.penalty, penalty(&actual.penalty))?;
            same(|| of("arbiter"), mark.by.as_str(), actual.by.as_str())?;
            same(|| of("appeal"), mark.appeal.to_owned(), word(&actual.appeal)?)?;
            let statement = actual.statement.as_ref().map(|hash| hex::encode(hash.as_slice()));
            same(|| of("statement"), or_none(mark.statement), or_none(statement))?;
        }
        for mark in left.keys() {
            holds(|| format!("mark {mark} of {who}"), false, "a mark", "none")?;
        }
        Ok(answered.len() as u64)
    }
}

/// A variant's name as it stands in messages and events.
fn word(value: &impl Serialize) -> Result<String> {
    let json = serde_json::to_value(value)?;
    Ok(json.as_str().context("a variant without fields")?.to_owned())
}

fn told_penalty(event: &TxEvent) -> Result<String> {
    let kind = text(event, "penalty")?;
    let figure = event.get("lower_by").or_else(|| event.get("max"));
    Ok(figure.map_or_else(|| kind.to_owned(), |figure| format!("{kind} {figure}")))
}

fn penalty(penalty: &Penalty) -> String {
    match penalty {
        Penalty::None {} => "none".to_owned(),
        Penalty::LowerRank { by } => format!("lower_rank {by}"),
        Penalty::LowerLevel { by } => format!("lower_level {by}"),
        Penalty::TradeLimit { max } => format!("trade_limit {max}"),
        Penalty::Removal {} => "removal".to_owned(),
    }
}
