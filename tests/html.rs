//! The form `html`: one page, nothing active in it, every word of the session in it exactly.

// A test may say that it failed by panicking.
#![allow(clippy::unwrap_used)]

#[path = "write_ups/team.rs"]
#[allow(dead_code)]
mod team;

use astride::report::{Form, Options};
use team::Team;

fn page(team: &Team, names: bool) -> String {
    (Form::by_id("html").unwrap().write)(team.session(), &team.catalog, &Options { names })
}

/// What a browser shows, all tags left out.
fn shown(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap()..];
    let mut text = String::new();
    let mut inside = false;
    for character in body.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Tags that a page of ours has.
const TAGS: [&str; 44] = [
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4",
    "nav", "ul", "li", "a", "main", "section", "article", "p", "span", "dl", "div", "dt", "dd",
    "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "svg", "defs", "marker", "path",
    "rect", "text", "circle", "g", "ol", "strong", "em",
];

#[test]
fn every_word_is_there_and_nothing_acts() {
    let word = |field: &str| {
        format!(
            "{field} <script>alert(1)</script> \" onload='x' &amp; <!-- --> ]]> javascript:x \u{1b}[2J\u{202e}"
        )
    };
    let html = page(&team::full(word), true);
    let seen = shown(&html);
    for field in [
        "description",
        "assumption",
        "attacker.note",
        "threat.title",
        "threat.what_goes_wrong",
        "threat.preconditions",
        "threat.consequences",
        "mitigation.what",
        "mitigation.owner",
        "mitigation.due",
        "mitigation.verify",
        "mitigation.evidence",
        "nothing.reason",
        "cell.note",
        "left.reason",
        "finding.title",
        "finding.issue",
        "finding.result",
        "review.note",
        "participant Alice",
    ] {
        let expected = word(field)
            .replace('\u{1b}', "‹ESC›")
            .replace('\u{202e}', "‹U+202E›");
        assert!(seen.contains(&expected), "{field}");
    }
    for tag in html.split('<').skip(1) {
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find([' ', '>', '\n']).unwrap()];
        assert!(TAGS.contains(&name), "<{name}");
        let tag = &tag[..tag.find('>').unwrap()];
        assert!(
            !tag.contains("onload") && !tag.contains("script"),
            "<{tag}>"
        );
    }
    for fetched in ["http:", "https:", "src=", "@import", "url(http"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert!(!html.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn without_names_nobody_is_named() {
    let word = |field: &str| match field {
        "participant Alice" | "participant Bo" | "mitigation.owner" => "Zebedee".to_owned(),
        other => team::sensible(other),
    };
    let team = team::full(word);
    assert!(page(&team, true).contains("Zebedee"));
    assert!(!page(&team, false).contains("Zebedee"));
}

#[test]
fn ids_stand_once_and_links_lead_somewhere() {
    let html = page(&team::full(team::sensible), true);
    let values = |attribute: &str| -> Vec<String> {
        let begin = format!(" {attribute}=\"");
        let parts = html.split(&begin).skip(1);
        parts
            .map(|rest| rest[..rest.find('"').unwrap()].to_owned())
            .collect()
    };
    let ids = values("id");
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    for link in values("href") {
        assert!(
            ids.contains(&link.trim_start_matches('#').to_owned()),
            "{link}"
        );
    }
    for marker in values("marker-end") {
        let id = marker
            .trim_start_matches("url(#")
            .trim_end_matches(')')
            .to_owned();
        assert!(ids.contains(&id), "{marker}");
    }
}

#[test]
fn an_empty_session_has_a_page_too() {
    let html = page(&Team::new(""), true);
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    assert!(html.contains("<title>Untitled</title>"));
}
