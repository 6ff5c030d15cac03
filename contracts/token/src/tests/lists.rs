use super::support::*;
use crate::ContractError;
use cw20::AllAccountsResponse;
use vrs_access::AccessError;
use vrs_interface::token::QueryMsg;

fn accounts(token: &Token, start_after: Option<String>, limit: Option<u32>) -> Result<Vec<String>, ContractError> {
    let page: AllAccountsResponse = token.ask(QueryMsg::AllAccounts { start_after, limit })?;
    Ok(page.accounts)
}

#[test]
fn accounts_come_in_pages_in_the_order_of_their_bytes() {
    // A contract's key begins as a person's does: 32 times 7 after 20 times 7.
    let all = [person(3), person(7), contract(7), person(9), contract(200)];
    let text: Vec<String> = all.iter().map(ToString::to_string).collect();
    let token = Token::new(&all.map(|account| (account, 5)));
    assert_eq!(accounts(&token, None, None).unwrap(), text);
    let mut walked = vec![];
    let mut start_after = None;
    loop {
        let page = accounts(&token, start_after, Some(2)).unwrap();
        let Some(last) = page.last() else { break };
        start_after = Some(last.clone());
        walked.extend(page);
    }
    assert_eq!(walked, text);
    // Behind an account that never held anything.
    assert_eq!(
        accounts(&token, Some(person(8).to_string()), Some(1)).unwrap(),
        text[3..4]
    );
    assert_eq!(accounts(&token, None, Some(0)).unwrap(), Vec::<String>::new());
}

#[test]
fn emptied_accounts_stay_in_the_list() {
    let mut token = Token::new(&[(person(1), 5)]);
    token.transfer(&person(1), &person(2), 5).unwrap();
    let both = [person(1).to_string(), person(2).to_string()];
    assert_eq!(accounts(&token, None, None).unwrap(), both);
}

#[test]
fn a_page_has_fifty_entries_and_two_hundred_at_most() {
    let mut token = Token::new(&[(person(0), 1_000)]);
    for n in 1..=250 {
        token.transfer(&person(0), &person(n), 1).unwrap();
    }
    assert_eq!(accounts(&token, None, None).unwrap().len(), 50);
    assert_eq!(accounts(&token, None, Some(u32::MAX)).unwrap().len(), 200);
}

#[test]
fn a_list_starts_behind_an_address_not_behind_any_text() {
    let token = Token::new(&[(person(1), 5)]);
    let upper = person(1).as_str().to_uppercase();
    match accounts(&token, Some(upper.clone()), None).unwrap_err() {
        ContractError::Access(AccessError::InvalidAddress { address, .. }) => assert_eq!(address, upper),
        other => panic!("{other}"),
    }
}
