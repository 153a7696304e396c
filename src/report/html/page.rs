//! Puts an HTML page together. Every text of a session goes through the encoder here, so that a section
//! cannot forget it; the tags are ours.

use crate::encode::{self, Foreign, ForeignText};

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
    pub fn new<'a>(title: impl Into<Foreign<'a>>) -> Self {
        Self {
            title: encode::html_inline(title.into().or("Untitled")),
            body: String::new(),
            contents: Vec::new(),
            open: false,
        }
    }

    /// The whole document.
    pub fn finish(mut self, facts: &str) -> String {
        self.close_section();
        let links: Vec<String> = self
            .contents
            .iter()
            .map(|(id, title)| format!("<li><a href=\"#{id}\">{title}</a></li>\n"))
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n{facts}</header>\n\
             <nav aria-label=\"Contents\">\n<ul>\n{links}</ul>\n</nav>\n<main>\n{body}</main>\n\
             </body>\n</html>\n",
            title = self.title,
            links = links.concat(),
            body = self.body,
        )
    }

    fn close_section(&mut self) {
        if self.open {
            self.body.push_str("</section>\n");
        }
        self.open = false;
    }

    /// A section with an id of ours.
    pub fn section<'a>(&mut self, id: &str, title: impl Into<Foreign<'a>>) {
        self.close_section();
        self.open = true;
        let title = encode::html_inline(title);
        self.push(&format!("<section id=\"{id}\">\n<h2>{title}</h2>\n"));
        self.contents.push((id.to_owned(), title));
    }

    /// HTML of ours.
    pub fn push(&mut self, html: &str) {
        self.body.push_str(html);
    }

    /// A heading inside a section.
    pub fn heading<'a>(&mut self, level: u8, text: impl Into<Foreign<'a>>) {
        let text = encode::html_inline(text);
        self.push(&format!("<h{level}>{text}</h{level}>\n"));
    }

    /// A sentence of ours.
    pub fn note(&mut self, text: &str) {
        let text = encode::html_inline(text);
        self.push(&format!("<p class=\"note\">{text}</p>\n"));
    }

    /// Paragraphs of the session's words.
    pub fn paragraphs<'a>(&mut self, text: impl Into<Foreign<'a>>) {
        self.push(&encode::html_block(text));
    }

    /// The session's words under a label; nothing where there are none.
    pub fn labelled<'a>(&mut self, label: &str, text: impl Into<Foreign<'a>>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.push(&format!("<p class=\"label\">{label}</p>\n"));
            self.paragraphs(text);
        }
    }

    /// A list of the session's words.
    pub fn list<'a, T: Into<Foreign<'a>>>(&mut self, texts: impl IntoIterator<Item = T>) {
        let items: Vec<String> = texts
            .into_iter()
            .map(Into::into)
            .filter(|text: &Foreign<'a>| !text.trim().is_empty())
            .map(|text| format!("<li>{}</li>\n", encode::html_block(text)))
            .collect();
        if !items.is_empty() {
            self.push(&format!("<ul>\n{}</ul>\n", items.concat()));
        }
    }

    /// A table of the session's words. Columns without any text are left out.
    pub fn table<const COLUMNS: usize>(
        &mut self,
        header: [&str; COLUMNS],
        rows: &[[ForeignText; COLUMNS]],
    ) {
        let filled: Vec<usize> = (0..COLUMNS)
            .filter(|column| rows.iter().any(|row| !row[*column].trim().is_empty()))
            .collect();
        if filled.is_empty() {
            return;
        }
        self.push("<div class=\"wide\">\n<table>\n<thead>\n<tr>");
        for column in &filled {
            self.push(&format!("<th scope=\"col\">{}</th>", header[*column]));
        }
        self.push("</tr>\n</thead>\n<tbody>\n");
        for row in rows {
            self.push("<tr>");
            for column in &filled {
                let cell = encode::html_block(&row[*column]);
                self.push(&format!("<td>{cell}</td>"));
            }
            self.push("</tr>\n");
        }
        self.push("</tbody>\n</table>\n</div>\n");
    }
}

/// Short facts side by side; empty ones are left out.
pub fn facts(facts: &[(&str, Foreign<'_>)]) -> String {
    let facts: Vec<String> = facts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| {
            format!(
                "<div><dt>{label}</dt><dd>{}</dd></div>\n",
                encode::html_inline(*text)
            )
        })
        .collect();
    if facts.is_empty() {
        return String::new();
    }
    format!("<dl class=\"facts\">\n{}</dl>\n", facts.concat())
}
