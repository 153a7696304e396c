//! Cuts Markdown into pieces, as a reader of it would see them.

use std::mem;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::page::{Diagram, Kind, Look, Page, Span};
use super::table::{Column, Table};
use crate::catalog::types::Id;
use crate::tui::text::wrap;

/// The diagrams that a write-up may hold: their source, and the system that each is of.
pub type Diagrams = [(String, Id)];

/// The signs of lists within lists.
const SIGNS: [&str; 3] = ["• ", "– ", "· "];

/// The sign of a quote, before each of its lines.
pub const QUOTE: &str = "│ ";

/// Cuts Markdown into pieces.
pub fn markdown(text: &str, diagrams: &Diagrams) -> Page {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder::new(diagrams);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, range.start);
    }
    builder.finish()
}

/// What a piece is inside of.
enum Container {
    Quote,
    List {
        /// The number of the next item, where they have numbers.
        next: Option<u64>,
    },
    Item {
        /// Its sign, until the first line of it has taken it.
        sign: Option<String>,
        /// The columns of its sign.
        columns: usize,
        /// Whether blank lines stand between its paragraphs.
        is_loose: bool,
    },
}

/// A piece that is being read.
struct Open {
    kind: Kind,
    lead: usize,
    start: usize,
    source: usize,
}

struct Code {
    language: String,
    text: String,
    source: usize,
}

struct Builder<'a> {
    page: Page,
    diagrams: &'a Diagrams,
    containers: Vec<Container>,
    open: Option<Open>,
    code: Option<Code>,
    /// Whether a blank line is due before the next piece.
    gap: bool,
    looks: Vec<Look>,
    /// The cells of the row that is being read.
    row: Vec<std::ops::Range<usize>>,
    in_cell: bool,
}

impl<'a> Builder<'a> {
    fn new(diagrams: &'a Diagrams) -> Self {
        Self {
            page: Page::default(),
            diagrams,
            containers: Vec::new(),
            open: None,
            code: None,
            gap: false,
            looks: Vec::new(),
            row: Vec::new(),
            in_cell: false,
        }
    }

    fn finish(mut self) -> Page {
        self.flush();
        self.page
    }

    fn event(&mut self, event: Event<'_>, source: usize) {
        match event {
            Event::Start(tag) => self.start(tag, source),
            Event::End(tag) => self.end(tag, source),
            Event::Text(text) => match &mut self.code {
                Some(code) => {
                    if code.text.is_empty() {
                        code.source = source;
                    }
                    code.text.push_str(&text);
                }
                None => self.words(&text, source),
            },
            Event::Code(text) => {
                self.looks.push(Look::CODE);
                self.words(&text, source);
                self.looks.pop();
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.words(text.trim_end_matches('\n'), source);
            }
            Event::SoftBreak => self.words(" ", source),
            Event::HardBreak => self.words("\n", source),
            Event::Rule => {
                self.before_block();
                let lead = self.lead();
                let start = self.page.text.len();
                self.page.end_piece(Kind::Rule, lead, start, Some(source));
                self.gap = true;
            }
            // Their syntax is not switched on.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, source: usize) {
        match tag {
            Tag::Paragraph => {
                if let Some(Container::Item { is_loose, .. }) = self.containers.last_mut() {
                    *is_loose = true;
                }
                self.begin(Kind::Text, source);
            }
            Tag::Heading { level, .. } => self.begin(Kind::Heading(level as u8), source),
            Tag::BlockQuote(_) => {
                self.flush();
                self.before_block();
                self.containers.push(Container::Quote);
            }
            Tag::HtmlBlock => self.begin(Kind::Text, source),
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(Code {
                    language,
                    text: String::new(),
                    source,
                });
            }
            Tag::List(next) => {
                self.flush();
                self.containers.push(Container::List { next });
            }
            Tag::Item => {
                self.flush();
                self.item();
            }
            Tag::Table(alignments) => {
                self.flush();
                self.before_block();
                self.table(&alignments);
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => {
                self.in_cell = true;
                let at = self.page.text.len();
                self.row.push(at..at);
            }
            Tag::Emphasis => self.looks.push(Look::EMPHASIS),
            Tag::Strong => self.looks.push(Look::STRONG),
            Tag::Link { .. } => self.looks.push(Look::LINK),
            Tag::Image { .. } => {
                self.words("picture: ", source);
                self.looks.push(Look::EMPHASIS);
            }
            Tag::Strikethrough => self.words("~~", source),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, source: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush();
                self.gap = true;
            }
            TagEnd::Heading(level) => {
                self.flush();
                let level = level as u8;
                if level <= 2 {
                    self.page.push(Kind::Underline(level), "", Some(source));
                }
                self.gap = true;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.containers.pop();
                self.gap = true;
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::List(_) => {
                self.flush();
                self.containers.pop();
                self.gap = self.is_loose();
            }
            TagEnd::Item => {
                self.flush();
                // An item without words still has its sign.
                if matches!(
                    self.containers.last(),
                    Some(Container::Item { sign: Some(_), .. })
                ) {
                    self.begin(Kind::Text, source);
                    self.flush();
                }
                self.gap = self.is_loose();
                self.containers.pop();
            }
            TagEnd::Table => self.gap = true,
            TagEnd::TableHead => self.end_row(true, source),
            TagEnd::TableRow => self.end_row(false, source),
            TagEnd::TableCell => {
                self.in_cell = false;
                if let Some(cell) = self.row.last_mut() {
                    cell.end = self.page.text.len();
                    self.page.text.push('\n');
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                self.looks.pop();
            }
            TagEnd::Strikethrough => self.words("~~", source),
            _ => {}
        }
    }

    /// Whether blank lines stand between the paragraphs of where we are.
    fn is_loose(&self) -> bool {
        match self.containers.last() {
            Some(Container::Item { is_loose, .. }) => *is_loose,
            _ => true,
        }
    }

    fn item(&mut self) {
        let depth = self
            .containers
            .iter()
            .filter(|one| matches!(one, Container::List { .. }))
            .count();
        let sign = match self.containers.last_mut() {
            Some(Container::List { next: Some(next) }) => {
                let sign = format!("{next}. ");
                *next = next.saturating_add(1);
                sign
            }
            _ => SIGNS[depth.saturating_sub(1).min(SIGNS.len() - 1)].to_owned(),
        };
        let columns = wrap::width(&sign);
        self.containers.push(Container::Item {
            sign: Some(sign),
            columns,
            is_loose: false,
        });
    }

    /// Begins a piece, behind a blank line where one is due.
    fn begin(&mut self, kind: Kind, source: usize) {
        self.flush();
        self.before_block();
        let lead = self.lead();
        self.open = Some(Open {
            kind,
            lead,
            start: self.page.text.len(),
            source,
        });
    }

    /// The blank line that is due.
    fn before_block(&mut self) {
        if mem::take(&mut self.gap) && !self.page.pieces.is_empty() {
            let lead = self.page.text.len();
            let in_quote = self
                .containers
                .iter()
                .rposition(|one| matches!(one, Container::Quote));
            if let Some(last) = in_quote {
                self.signs(last + 1, false);
            }
            let start = self.page.text.len();
            self.page.end_piece(Kind::Blank, lead, start, None);
        }
    }

    /// Writes the signs before a piece; gives where they begin.
    fn lead(&mut self) -> usize {
        let lead = self.page.text.len();
        self.signs(self.containers.len(), true);
        lead
    }

    /// Writes the signs of the outermost containers.
    fn signs(&mut self, containers: usize, takes_signs: bool) {
        for container in &mut self.containers[..containers] {
            match container {
                Container::Quote => self.page.text.push_str(QUOTE),
                Container::List { .. } => {}
                Container::Item { sign, columns, .. } => {
                    let taken = if takes_signs { sign.take() } else { None };
                    match taken {
                        Some(sign) => self.page.text.push_str(&sign),
                        None => self.page.text.extend(std::iter::repeat_n(' ', *columns)),
                    }
                }
            }
        }
    }

    /// Adds words to the piece that is being read.
    fn words(&mut self, words: &str, source: usize) {
        if self.open.is_none() && !self.in_cell {
            self.begin(Kind::Text, source);
        }
        let start = self.page.text.len();
        // A cell is one line, whatever a template puts there.
        if self.in_cell && words.contains('\n') {
            self.page.text.push_str(&words.replace('\n', " "));
        } else {
            self.page.text.push_str(words);
        }
        let look = self
            .looks
            .iter()
            .fold(Look::default(), |all, one| all.with(*one));
        if !look.is_ordinary() && !words.is_empty() {
            let text = start..self.page.text.len();
            match self.page.spans.last_mut() {
                Some(last) if last.text.end == start && last.look == look => {
                    last.text.end = text.end;
                }
                _ => self.page.spans.push(Span { text, look }),
            }
        }
    }

    /// Ends the piece that is being read.
    fn flush(&mut self) {
        if let Some(open) = self.open.take() {
            self.page
                .end_piece(open.kind, open.lead, open.start, Some(open.source));
        }
    }

    fn code_block(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.before_block();
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        let known = self
            .diagrams
            .iter()
            .find(|(source, _)| code.language == "mermaid" && source.trim_end() == text.trim_end());
        let longest = text.lines().map(wrap::width).max().unwrap_or(0);
        let (name, longest) = match (known, code.language.as_str()) {
            (Some(_), _) => ("data-flow diagram (in the file: Mermaid)", 0),
            (None, "mermaid") => ("source of a diagram (Mermaid)", longest),
            (None, language) => (language, longest),
        };
        let source = Some(code.source);
        self.line(Kind::CodeTop(longest), name, source);
        if let Some((_, system)) = known {
            let at = self.page.diagrams.len();
            self.page.diagrams.push(Diagram {
                system: system.clone(),
                drawn: None,
            });
            self.line(Kind::Diagram(at), "", source);
        } else {
            let mut at = code.source;
            for line in text.split('\n') {
                self.line(Kind::Code(longest), line, Some(at));
                at += line.len() + 1;
            }
        }
        self.line(Kind::CodeBottom(longest), "", source);
        self.gap = true;
    }

    /// A piece with the signs before it.
    fn line(&mut self, kind: Kind, text: &str, source: Option<usize>) {
        let lead = self.lead();
        let start = self.page.text.len();
        self.page.text.push_str(text);
        self.page.end_piece(kind, lead, start, source);
    }

    fn table(&mut self, alignments: &[Alignment]) {
        let columns = alignments.iter().map(|alignment| Column {
            alignment: *alignment,
            widest: 0,
            longest_word: 0,
        });
        self.page.tables.push(Table {
            columns: columns.collect(),
            header: self.page.cells.len(),
        });
    }

    fn end_row(&mut self, is_header: bool, source: usize) {
        let table = self.page.tables.len().saturating_sub(1);
        let first = self.page.cells.len();
        if let Some(known) = self.page.tables.last_mut() {
            for (column, cell) in known.columns.iter_mut().zip(&self.row) {
                let text = &self.page.text[cell.clone()];
                column.widest = column.widest.max(wrap::width(text));
                let words = text.split(' ').map(wrap::width);
                column.longest_word = column.longest_word.max(words.max().unwrap_or(0));
            }
        }
        self.page.cells.append(&mut self.row);
        let cells = first..self.page.cells.len();
        let start = self
            .page
            .cells
            .get(first)
            .map_or(self.page.text.len(), |cell| cell.start);
        let kind = Kind::Row {
            table,
            cells,
            is_header,
        };
        self.page.end_piece(kind, start, start, Some(source));
        if is_header {
            self.page.push(Kind::BelowHeader(table), "", Some(source));
        }
    }
}
