//! Puts an HTML page together. Every text of a session goes through the encoder here, so that a section
//! cannot forget it; the tags are ours.

use std::fmt::{Arguments, Write as _};

use crate::encode;

/// The looks of the page, inside it: nothing is fetched.
const STYLE: &str = include_str!("style.css");

/// A page that grows section by section.
pub struct Page {
    title: String,
    body: String,
    contents: Vec<(String, String)>,
    open: bool,
}

impl Page {
    /// A page with its title and nothing else.
    pub fn new(title: &str) -> Self {
        let title = match title.trim() {
            "" => "Untitled",
            title => title,
        };
        Self {
            title: encode::html_inline(title).into_owned(),
            body: String::new(),
            contents: Vec::new(),
            open: false,
        }
    }

    /// The whole document, with short facts below its title.
    pub fn finish(mut self, facts: &[(&str, &str)]) -> String {
        self.close_section();
        let title = &self.title;
        let mut head = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        );
        push_facts(&mut head, facts);
        head.push_str("</header>\n<nav aria-label=\"Contents\">\n<ul>\n");
        for (id, title) in &self.contents {
            head.extend(["<li><a href=\"#", id, "\">", title, "</a></li>\n"]);
        }
        head.push_str("</ul>\n</nav>\n<main>\n");
        // Put before the long part, which is not copied for it.
        self.body.insert_str(0, &head);
        self.body.push_str("</main>\n</body>\n</html>\n");
        self.body
    }

    fn close_section(&mut self) {
        if self.open {
            self.body.push_str("</section>\n");
        }
        self.open = false;
    }

    /// A section with an id of ours.
    pub fn section(&mut self, id: &str, title: &str) {
        self.close_section();
        self.open = true;
        let title = encode::html_inline(title);
        self.put(format_args!("<section id=\"{id}\">\n<h2>{title}</h2>\n"));
        self.contents.push((id.to_owned(), title.into_owned()));
    }

    /// HTML of ours.
    pub fn push(&mut self, html: &str) {
        self.body.push_str(html);
    }

    /// HTML of ours with encoded words between.
    pub fn put(&mut self, html: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(html);
    }

    /// A heading inside a section.
    pub fn heading(&mut self, level: u8, text: &str) {
        let text = encode::html_inline(text);
        self.put(format_args!("<h{level}>{text}</h{level}>\n"));
    }

    /// A sentence of ours.
    pub fn note(&mut self, text: &str) {
        let text = encode::html_inline(text);
        self.put(format_args!("<p class=\"note\">{text}</p>\n"));
    }

    /// Paragraphs of the session's words.
    pub fn paragraphs(&mut self, text: &str) {
        self.push(&encode::html_block(text));
    }

    /// The session's words under a label; nothing where there are none.
    pub fn labelled(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.put(format_args!("<p class=\"label\">{label}</p>\n"));
            self.paragraphs(text);
        }
    }

    /// Short facts side by side; empty ones are left out.
    pub fn facts(&mut self, facts: &[(&str, &str)]) {
        push_facts(&mut self.body, facts);
    }

    /// A list of the session's words.
    pub fn list<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let written = |text: &&str| !text.trim().is_empty();
        let mut texts = texts.into_iter().filter(written).peekable();
        if texts.peek().is_none() {
            return;
        }
        self.push("<ul>\n");
        for text in texts {
            self.push("<li>");
            self.paragraphs(text);
            self.push("</li>\n");
        }
        self.push("</ul>\n");
    }

    /// A table of the session's words. Columns without any text are left out.
    pub fn table<const COLUMNS: usize>(
        &mut self,
        header: [&str; COLUMNS],
        rows: &[[String; COLUMNS]],
    ) {
        let filled: Vec<usize> = (0..COLUMNS)
            .filter(|column| rows.iter().any(|row| !row[*column].trim().is_empty()))
            .collect();
        if filled.is_empty() {
            return;
        }
        self.push("<div class=\"wide\">\n<table>\n<thead>\n<tr>");
        for column in &filled {
            self.put(format_args!("<th scope=\"col\">{}</th>", header[*column]));
        }
        self.push("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.push("<tr>");
            for column in &filled {
                self.push("<td>");
                self.paragraphs(&row[*column]);
                self.push("</td>");
            }
            self.push("</tr>\n");
        }
        self.push("</tbody>\n</table>\n</div>\n");
    }
}

fn push_facts(out: &mut String, facts: &[(&str, &str)]) {
    let mut facts = facts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .peekable();
    if facts.peek().is_none() {
        return;
    }
    out.push_str("<dl class=\"facts\">\n");
    for (label, text) in facts {
        let text = encode::html_inline(text);
        out.extend(["<div><dt>", label, "</dt><dd>", &text, "</dd></div>\n"]);
    }
    out.push_str("</dl>\n");
}
