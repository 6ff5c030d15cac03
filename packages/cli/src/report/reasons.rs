//! Why things are dropped, in words that need no programme.

/// What a reason of `dropped.csv` means for the one whose row it was.
pub fn plain(reason: &str) -> &'static str {
    match reason {
        "zero_amount" => "The receipt is about nothing: its amount is 0. Its number is used up all the same.",
        "duplicate_receipt" => "The till had signed a receipt with this number before. A number counts once, for ever.",
        "refund_unsupported" => {
            "A refund: its amount is below 0. Refunds are not taken into account yet; no number is used up."
        }
        "amount_too_large" => "The amount is above the most that one order may be.",
        "unknown_channel" => "The receipt says neither that it was sold in the store nor outside.",
        "time_outside_day" => "The time on the receipt is no time of its day.",
        "unknown_member" => "The customer or account is not registered, or may not take part this way.",
        "member_unverified" => "Nobody has verified who the customer or account is.",
        "member_removed" => "The customer or account was removed from the network.",
        "merchant_unverified" => "Nobody has verified who the merchant is.",
        "merchant_removed" => "The merchant was removed from the network.",
        "merchant_without_profile" => "Nobody has attested the shop's area, staff, district and trade for that day.",
        "trade_limit" => "A limit stands against this customer or merchant, and the order is above it.",
        "self_sale" => "A shop sold to itself.",
        "day_closed" => "The report came too late: the day takes no reports any more.",
        "unknown_method" => "The reading is of none of the six ways to contribute.",
        "quantity_out_of_range" => "A quantity of the reading is impossible, such as more than 24 hours in a day.",
        "duplicate_reading" => "The same machine's reading of that day was counted already.",
        "unknown_product" => "The streamed product is not registered.",
        "wrong_subject" => "The device may not report for this member.",
        "unknown_symbol" => "The price's symbol is not registered.",
        "price_refused" => "The price is older than the one that stands, or jumps further than allowed.",
        _ => "The contracts refused it for this reason.",
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use vrs_interface::attested::DropReason;

    #[test]
    fn every_reason_of_the_contracts_is_explained() {
        let reasons: Vec<DropReason> = (0..=u8::MAX).filter_map(DropReason::from_code).collect();
        assert_eq!(reasons.len(), 20);
        for reason in reasons {
            assert_ne!(plain(reason.name()), plain("?"), "{}", reason.name());
        }
        assert_ne!(plain("duplicate_receipt"), plain("?"));
        assert_ne!(plain("refund_unsupported"), plain("?"));
    }
}
