//! Leaves: fixed bytes, round trips, widths, and the typed view of a reading.

use proptest::prelude::*;
use vrs_attestation::leaf::{self, method, Hosting, NodeWork, Popularity, Streamed, Uploaded};
use vrs_attestation::{Kind, Leaf, LeafError, Measured, Price, Reading, ReadingError, Receipt, UnknownKind};

proptest! {
    #[test]
    fn receipts(customer: u32, number: u64, amount: u64, time: u32, channel: u8) {
        let leaf = Receipt { customer, number, amount, time, channel };
        prop_assert_eq!(Receipt::decode(&leaf.encode()), Ok(leaf));
        prop_assert_eq!(leaf::amount(Kind::Terminal, &leaf.encode()), Ok(amount));
    }

    #[test]
    fn readings(method: u8, account: u32, unit: u64, quantities: [u64; 5]) {
        let leaf = Reading { method, account, unit, quantities };
        prop_assert_eq!(Reading::decode(&leaf.encode()), Ok(leaf));
        prop_assert_eq!(leaf::amount(Kind::Meter, &leaf.encode()), Ok(0));
    }

    #[test]
    fn prices(symbol: u32, price: u128, time: u32) {
        let leaf = Price { symbol, price, time };
        prop_assert_eq!(Price::decode(&leaf.encode()), Ok(leaf));
        prop_assert_eq!(leaf::amount(Kind::Price, &leaf.encode()), Ok(0));
    }

    #[test]
    fn any_bytes_of_the_width_decode_and_encode_back(bytes in prop::collection::vec(any::<u8>(), 53)) {
        prop_assert_eq!(Receipt::decode(&bytes[..25]).unwrap().encode(), &bytes[..25]);
        prop_assert_eq!(Reading::decode(&bytes).unwrap().encode(), &bytes[..]);
        prop_assert_eq!(Price::decode(&bytes[..24]).unwrap().encode(), &bytes[..24]);
    }

    #[test]
    fn a_view_that_is_given_says_the_same_as_the_wire(
        method in 0u8..8, quantities in prop::array::uniform5(0u64..3),
    ) {
        let raw = Reading { method, account: 1, unit: 2, quantities };
        if let Ok(view) = raw.measured() {
            prop_assert_eq!(Reading::new(1, 2, view), raw);
        }
    }
}

#[test]
fn widths_are_exact() {
    fn refuses<L: Leaf + std::fmt::Debug + PartialEq>() {
        let kind = L::KIND;
        assert_eq!(kind.leaf_width(), Some(L::WIDTH));
        for actual in (0..80).filter(|actual| *actual != L::WIDTH) {
            let error = LeafError::Width {
                kind,
                expected: L::WIDTH,
                actual,
            };
            assert_eq!(L::decode(&vec![7; actual]), Err(error));
            assert_eq!(leaf::amount(kind, &vec![7; actual]), Err(error));
        }
    }
    refuses::<Receipt>();
    refuses::<Reading>();
    refuses::<Price>();
}

#[test]
fn bytes_of_each_leaf() {
    let receipt = Receipt {
        customer: 0x0102_0304,
        number: 0x1112_1314_1516_1718,
        amount: 0x2122_2324_2526_2728,
        time: 0x3132_3334,
        channel: 0x41,
    };
    assert_eq!(
        hex::encode(receipt.encode()),
        "01020304111213141516171821222324252627283132333441"
    );
    let price = Price {
        symbol: 0x0102_0304,
        price: 0x1112_1314_1516_1718_191a_1b1c_1d1e_1f10,
        time: 0x2122_2324,
    };
    assert_eq!(
        hex::encode(price.encode()),
        "010203041112131415161718191a1b1c1d1e1f1021222324"
    );
    let reading = Reading {
        method: 0x01,
        account: 0x0203_0405,
        unit: 0x1112_1314_1516_1718,
        quantities: [0x21, 0x22, 0x23, 0x24, 0x2500_0000_0000_0000],
    };
    assert_eq!(
        hex::encode(reading.encode()),
        "010203040511121314151617180000000000000021000000000000002200000000000000230000000000000024\
         2500000000000000"
    );
}

#[test]
fn quantities_of_each_method() {
    let hosting = Hosting {
        traffic_mb: 1,
        nodes: 2,
        seconds: 3,
        share_e9: 4,
    };
    let node = NodeWork {
        hardware: 1,
        mbps: 2,
        storage_mb: 3,
        seconds: 4,
    };
    let upload = Uploaded {
        downloads: 1,
        size_mb: 2,
        views: 3,
    };
    let content = Popularity {
        recommendations: 1,
        dislikes: 2,
        downloads: 3,
        size_mb: 4,
        views: 5,
    };
    let streamed = Streamed {
        streamed_mb: 1,
        product: 2,
    };
    let table = [
        (Measured::Platform(hosting), 1, [1, 2, 3, 4, 0]),
        (Measured::Server(hosting), 2, [1, 2, 3, 4, 0]),
        (Measured::Node(node), 3, [1, 2, 3, 4, 0]),
        (Measured::Upload(upload), 4, [1, 2, 3, 0, 0]),
        (Measured::Content(content), 5, [1, 2, 3, 4, 5]),
        (Measured::Streaming(streamed), 6, [1, 2, 0, 0, 0]),
    ];
    for (view, number, quantities) in table {
        let raw = Reading::new(9, 8, view);
        assert_eq!((raw.method, raw.quantities), (number, quantities));
        assert_eq!(raw.measured(), Ok(view));
    }
}

#[test]
fn a_reading_has_one_form() {
    for (number, first_unused) in [
        (method::PLATFORM, 4),
        (method::SERVER, 4),
        (method::NODE, 4),
        (method::UPLOAD, 3),
        (method::STREAMING, 2),
    ] {
        for index in first_unused..5 {
            let mut quantities = [1, 1, 1, 1, 0];
            quantities[first_unused..].fill(0);
            quantities[index] = 77;
            assert_eq!(
                Measured::from_parts(number, quantities),
                Err(ReadingError::UnusedQuantity {
                    method: number,
                    index,
                    actual: 77
                })
            );
        }
    }
    for actual in [0, 7, 255] {
        assert_eq!(
            Measured::from_parts(actual, [0; 5]),
            Err(ReadingError::UnknownMethod { actual })
        );
    }
}

#[test]
fn kinds_and_their_numbers() {
    for (number, name, width) in [
        (1, "terminal", Some(25)),
        (2, "meter", Some(53)),
        (3, "company", None),
        (4, "bank", None),
        (5, "price", Some(24)),
        (6, "health", None),
    ] {
        let kind = Kind::try_from(number).unwrap();
        assert_eq!(
            (kind.number(), kind as u8, kind.name(), kind.leaf_width()),
            (number, number, name, width)
        );
        if width.is_none() {
            assert_eq!(leaf::amount(kind, &[]), Err(LeafError::KindWithoutLeaf { kind }));
        }
    }
    for actual in [0, 7, 255] {
        assert_eq!(Kind::try_from(actual), Err(UnknownKind { actual }));
    }
}
