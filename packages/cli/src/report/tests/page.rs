use super::{sample, MILLIONTH};
use crate::report::charts::Ink;
use crate::report::data::{DroppedData, ReportData, Totals};
use crate::report::render;

fn page(data: &ReportData) -> String {
    render(data).expect("a page")
}

/// What makes a browser ask for something: links out, images, scripts, fonts, imports, frames.
const OUTSIDE: [&str; 14] = [
    "http:",
    "https:",
    "//",
    "src=",
    "srcset",
    "url(",
    "@import",
    "@font-face",
    "<link",
    "<script",
    "<img",
    "<iframe",
    "<use",
    "xmlns",
];

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = page(&sample(31)).to_lowercase();
    for needle in OUTSIDE {
        assert!(!page.contains(needle), "{needle} stands in the page");
    }
    for link in page.split("href=").skip(1) {
        assert!(link.starts_with("\"#"), "a link leaves the page: {}", &link[..20]);
    }
}

#[test]
fn every_link_has_its_place() {
    let page = page(&sample(31));
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().expect("a closing quote");
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn what_the_data_says_is_text_and_never_html() {
    let evil = "<script>alert(\"1\")</script>&'";
    let mut data = sample(3);
    data.source = Some(evil.to_owned());
    data.leaders[0].merchant = evil.to_owned();
    data.pools[0].purpose = evil.to_owned();
    data.pools[0].symbol = evil.to_owned();
    data.mining[0].method = evil.to_owned();
    data.dropped = vec![DroppedData {
        reason: evil.to_owned(),
        file: evil.to_owned(),
        explanation: evil.to_owned(),
        count: 9,
        examples: vec![evil.to_owned()],
    }];
    let page = page(&data);
    assert!(!page.contains("<script"), "a tag came through");
    assert!(!page.contains("alert(\""), "a quote came through");
    assert!(page.matches("&lt;script&gt;").count() >= 10);
}

#[test]
fn the_first_words_tell_what_happened() {
    let page = page(&sample(31));
    let lead = page
        .split("<p class=\"lead\">")
        .nth(1)
        .and_then(|rest| rest.split("</p>").next())
        .expect("a lead");
    let words = lead.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.starts_with("2 shops handed in 488 receipts of 20 customers. 486 became orders"),
        "{words}"
    );
    assert!(words.contains("<b>6,199.99 Bzky</b>"), "{words}");
    assert!(page.contains("<h1>1 to 31 January 2017</h1>"));
    assert!(page.contains("vrs trace . merchant:345 2017-01-31"));
}

#[test]
fn it_is_readable_without_seeing() {
    let page = page(&sample(31));
    assert!(
        page.starts_with("<!doctype html>\n<html lang=\"en\">"),
        "{}",
        &page[..40]
    );
    assert_eq!(
        page.matches("<svg").count(),
        page.matches("role=\"img\" aria-label=\"").count()
    );
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
    assert_eq!(page.matches("<section").count(), page.matches("<section id=").count());
}

#[test]
fn every_ink_of_the_charts_has_its_colour_in_the_dark() {
    let style = crate::report::STYLE;
    let dark = style
        .split("prefers-color-scheme: dark")
        .nth(1)
        .expect("a rule for the dark");
    for ink in Ink::ALL {
        assert!(dark.contains(&format!("=\"{}\"]", ink.hex())), "{ink:?} {}", ink.hex());
    }
}

#[test]
fn no_chart_has_a_colour_without_a_rule() {
    let page = page(&sample(31));
    let body = page.split("</style>").nth(1).expect("a body");
    for attribute in ["fill=\"#", "stroke=\"#"] {
        for found in body.split(attribute).skip(1) {
            let hex = format!("#{}", &found[..6]);
            assert!(Ink::ALL.iter().any(|ink| ink.hex() == hex), "{attribute}{hex}");
            let name = attribute.trim_end_matches("=\"#");
            assert!(
                crate::report::STYLE.contains(&format!("[{name}=\"{hex}\"]")),
                "no rule for {name} {hex}"
            );
        }
    }
}

#[test]
fn a_month_is_small_and_a_year_stays_sensible() {
    let month = page(&sample(31)).len();
    let year = page(&sample(365)).len();
    assert!(month < 200_000, "{month} bytes with two shops");
    assert!(year < 2 * month, "{year} bytes for a year, {month} for a month");
}

#[test]
fn a_year_has_a_column_a_week() {
    let page = page(&sample(365));
    assert!(page.contains("Week by week"));
    assert!(page.contains("week of 1 Jan 2017"));
    assert!(page.contains("Each column is a week, the last one of 1 day;"));
    assert!(!page.contains("Day by day"));
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let data = ReportData {
        first_day: "2017-01-01".to_owned(),
        last_day: "2017-01-01".to_owned(),
        totals: Totals::default(),
        ..ReportData::default()
    };
    let page = page(&data);
    assert!(page.contains("not one was dropped"));
    assert!(page.contains("No shop had an order."));
    assert!(page.contains("0 shops handed in 0 receipts"));
}

#[test]
fn a_date_that_is_none_is_named() {
    let mut data = sample(2);
    data.days[1].day = "yesterday".to_owned();
    let error = render(&data).expect_err("no date");
    assert!(
        error
            .to_string()
            .contains("expected a date like 2017-01-31, got \"yesterday\""),
        "{error}"
    );
}

#[test]
fn the_data_survives_json() {
    let data = sample(3);
    let text = serde_json::to_string(&data).expect("JSON");
    assert!(text.contains(&(90 * MILLIONTH).to_string()));
    assert_eq!(serde_json::from_str::<ReportData>(&text).expect("the same"), data);
}
