//! A scrolling list of rows: headings, texts, items to choose and fields to type into. Scope, card,
//! threat, Harden and Review are all made of it, so that every screen feels alike.
//!
//! A screen builds the rows (what there is), this module lays them out and draws them (how it
//! looks). What a row stands for is its [`Target`]; the cursor follows the target, not a position,
//! so that it stays where it was when rows appear or go.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::catalog::types::Id;
use crate::encode;
use crate::review::Jump;
use crate::review::gaps::GapKind;
use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, MitigationId, NoteId, ParticipantId,
    ScanId, ThreatId,
};
use crate::session::place::{DraftKey, TextField};
use crate::session::types::Session;
use crate::tui::text::{TextEdit, wrap};
use crate::tui::theme::{Meaning, Theme};
use crate::tui::widgets::matrix::MatrixLine;

/// What a row stands for, and so what keys on it are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A text to type into.
    Field(TextField),
    /// A line that begins something new.
    New(DraftKey),
    /// A component of the catalog.
    Component(Id),
    /// An attacker profile.
    Attacker(Id),
    /// An assumption.
    Assumption(AssumptionId),
    /// Someone in the room.
    Participant(ParticipantId),
    /// A catalog threat that is not taken.
    Suggestion(Id),
    /// Which decision leaving that suggestion was.
    LeaveKind(Id),
    /// A recorded threat.
    Threat(ThreatId),
    /// A catalog mitigation that is not taken, by its position.
    SuggestedMitigation(usize),
    /// A mitigation.
    Mitigation(MitigationId),
    /// A chosen finding.
    Hardening(HardeningId),
    /// A check of a scan, by its position.
    Finding(ScanId, usize),
    /// A threat that a chosen finding may prove.
    Link(HardeningId, ThreatId),
    /// A mitigation that a scan shows to hold.
    Offer(MitigationId),
    /// All failed checks that bear on the cell.
    Evidence,
    /// A note of the review.
    Note(NoteId),
    /// A choice among few values.
    Choice(Choice),
    /// A place to go to; the number tells apart lines that lead to the same place.
    Jump(Jump, usize),
    /// A way to settle a dispute: keep what the session holds, or take the other value.
    Dispute(DisputeId, bool),
    /// A component's line of the coverage matrix.
    Cell(Id),
    /// A kind of gap, to be listed.
    Gaps(GapKind),
    /// What stands out and is accepted.
    Accepted(AcceptedCheckId),
    /// A line to read, so that the cursor can pass through a long text.
    Line(usize),
}

/// The choices of a threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The attack surface.
    Surface,
    /// How often.
    Likelihood,
    /// How bad.
    Impact,
    /// What to do in principle.
    Response,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it looks like.
    pub kind: RowKind,
    /// What it stands for; nothing where the cursor cannot rest.
    pub target: Option<Target>,
}

/// What a row looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// An empty line.
    Blank,
    /// A heading.
    Heading(String),
    /// A wrapped text.
    Text {
        /// The text.
        text: String,
        /// Its style.
        meaning: Meaning,
        /// Columns from the left.
        indent: u16,
    },
    /// Something to choose.
    Item {
        /// A sign or a box before it.
        mark: String,
        /// The text.
        text: String,
        /// Something short at the right end.
        tail: String,
        /// Columns from the left.
        indent: u16,
    },
    /// A line of the coverage matrix, as wide as there is room.
    Matrix(MatrixLine),
    /// A text of the session to type into.
    Field {
        /// What it is.
        label: Cow<'static, str>,
        /// The text.
        field: TextField,
        /// What stands there while it is empty.
        placeholder: &'static str,
        /// Columns from the left.
        indent: u16,
    },
}

impl Row {
    /// Whether it is an empty line.
    pub const fn is_blank(&self) -> bool {
        matches!(self.kind, RowKind::Blank)
    }

    /// An empty line.
    pub const fn blank() -> Self {
        Self {
            kind: RowKind::Blank,
            target: None,
        }
    }

    /// A heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self {
            kind: RowKind::Heading(text.into()),
            target: None,
        }
    }

    /// A wrapped text in a style.
    pub fn text(text: impl Into<String>, meaning: Meaning) -> Self {
        Self {
            kind: RowKind::Text {
                text: text.into(),
                meaning,
                indent: 0,
            },
            target: None,
        }
    }

    /// A wrapped text, set in from the left.
    pub fn indented(text: impl Into<String>, meaning: Meaning, indent: u16) -> Self {
        Self {
            kind: RowKind::Text {
                text: text.into(),
                meaning,
                indent,
            },
            target: None,
        }
    }

    /// Something to choose.
    pub fn item(mark: impl Into<String>, text: impl Into<String>, target: Target) -> Self {
        let kind = RowKind::Item {
            mark: mark.into(),
            text: text.into(),
            tail: String::new(),
            indent: 0,
        };
        Self {
            kind,
            target: Some(target),
        }
    }

    /// A line of the coverage matrix.
    pub const fn matrix(line: MatrixLine, target: Option<Target>) -> Self {
        Self {
            kind: RowKind::Matrix(line),
            target,
        }
    }

    /// The same with something short at the right end.
    #[must_use]
    pub fn with_tail(mut self, words: impl Into<String>) -> Self {
        if let RowKind::Item { tail, .. } = &mut self.kind {
            *tail = words.into();
        }
        self
    }

    /// The same, set in from the left.
    #[must_use]
    pub fn set_in(mut self, columns: u16) -> Self {
        match &mut self.kind {
            RowKind::Item { indent, .. }
            | RowKind::Field { indent, .. }
            | RowKind::Text { indent, .. } => *indent = columns,
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => {}
        }
        self
    }

    /// Whether this row belongs to the row above that is set in by `indent`: its details.
    const fn belongs_to(&self, indent: u16) -> bool {
        match &self.kind {
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => false,
            RowKind::Text { indent: own, .. }
            | RowKind::Item { indent: own, .. }
            | RowKind::Field { indent: own, .. } => *own > indent,
        }
    }

    /// How far a field is set in, where this row is that field.
    pub fn indent_of(&self, wanted: &TextField) -> Option<u16> {
        match &self.kind {
            RowKind::Field { field, indent, .. } if field == wanted => Some(*indent),
            _ => None,
        }
    }

    /// A text of the session to type into.
    pub fn field(
        label: impl Into<Cow<'static, str>>,
        field: TextField,
        placeholder: &'static str,
    ) -> Self {
        let target = match &field {
            TextField::Draft(key) => Target::New(key.clone()),
            other => Target::Field(other.clone()),
        };
        let kind = RowKind::Field {
            label: label.into(),
            field,
            placeholder,
            indent: 0,
        };
        Self {
            kind,
            target: Some(target),
        }
    }
}

/// The field that is being typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveField {
    /// Which text.
    pub field: TextField,
    /// Cursor and selection.
    pub edit: TextEdit,
    /// The text in lines, as it was wrapped last: once a key, however often it is asked for.
    wrapped: Wrapped,
}

/// The lines of a text at a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wrapped {
    columns: usize,
    lines: Vec<Range<usize>>,
}

impl ActiveField {
    /// A field with a cursor in it.
    pub const fn new(field: TextField, edit: TextEdit) -> Self {
        let wrapped = Wrapped {
            columns: 0,
            lines: Vec::new(),
        };
        Self {
            field,
            edit,
            wrapped,
        }
    }

    /// Wraps the text anew, after a key that may have changed it.
    pub fn wrap(&mut self, session: &Session, columns: usize) {
        let text = session.text(&self.field).unwrap_or_default();
        self.wrapped = Wrapped {
            columns,
            lines: wrap::lines(text, columns),
        };
        self.edit.set_columns(columns);
    }
}

/// Cursor and scroll position of a list of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// Where the cursor rests.
    pub selected: Option<Target>,
    /// The first visible line.
    pub top: usize,
    /// Where the cursor's row was found last: mostly it is still there.
    found: usize,
}

impl ListState {
    /// The position of the cursor's row.
    pub fn position(&self, rows: &[Row]) -> Option<usize> {
        let selected = self.selected.as_ref()?;
        let is_it = |row: &Row| row.target.as_ref() == Some(selected);
        if rows.get(self.found).is_some_and(is_it) {
            return Some(self.found);
        }
        rows.iter().position(is_it)
    }

    /// Puts the cursor on the first row that it can rest on, where it rests on none that is there.
    pub fn settle(&mut self, rows: &[Row], last_position: usize) {
        if let Some(found) = self.position(rows) {
            self.found = found;
            return;
        }
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let from = last_position.min(rows.len());
        let found = (from..rows.len())
            .find(is_stop)
            .or_else(|| (0..from).rfind(is_stop));
        self.selected = found.and_then(|at| rows[at].target.clone());
        self.found = found.unwrap_or(0);
    }

    /// Moves the cursor by so many rows on which it can rest.
    pub fn step(&mut self, rows: &[Row], by: isize) -> bool {
        let Some(here) = self.position(rows) else {
            self.settle(rows, 0);
            return true;
        };
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let most = by.unsigned_abs();
        let there = if by < 0 {
            (0..here).rev().filter(is_stop).take(most).last()
        } else {
            (here + 1..rows.len()).filter(is_stop).take(most).last()
        };
        let Some(there) = there else { return false };
        self.selected.clone_from(&rows[there].target);
        self.found = there;
        true
    }

    /// Scrolls so that the cursor's row can be seen, and what leads up to it where there is room.
    pub fn scroll(&mut self, rows: &[Row], heights: &Heights, view: &View<'_>) {
        let height = usize::from(view.area.height);
        let last_top = heights.total().saturating_sub(height);
        let Some(selected) = self.position(rows) else {
            self.top = self.top.min(last_top);
            return;
        };
        let row = &rows[selected];
        let all_lines = heights.lines(selected);
        // In a long field it is the line with the cursor that must be seen.
        let row_lines = match view.cursor_line(row) {
            Some(within) => all_lines.start + within..all_lines.start + within + 1,
            None => all_lines.clone(),
        };
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let stop_above = (0..selected).rfind(is_stop);
        let heading_above = stop_above.map_or(0, |at| heights.lines(at).end);
        if heading_above < self.top && row_lines.end - heading_above <= height {
            self.top = heading_above;
        }
        // What opens below the row is shown too, as far as the row itself stays visible.
        if let RowKind::Item { indent, .. } = row.kind {
            let details = rows[selected + 1..]
                .iter()
                .take(height)
                .take_while(|row| row.belongs_to(indent))
                .count();
            let end = heights.lines(selected + details).end;
            if end > self.top + height {
                self.top = (end - height).min(row_lines.start);
            }
        }
        if row_lines.start < self.top {
            self.top = row_lines.start;
        }
        if row_lines.end > self.top + height {
            self.top = row_lines.end - height;
        }
        self.top = self.top.min(last_top);
    }
}

/// Where each row of a list begins and ends, in lines: measured once for its rows and a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    width: u16,
    ends: Vec<usize>,
}

impl Heights {
    /// Measures all rows.
    pub fn measure(&mut self, rows: &[Row], view: &View<'_>) {
        self.width = view.area.width;
        self.ends.clear();
        let mut end = 0;
        self.ends.extend(rows.iter().map(|row| {
            end += view.height(row);
            end
        }));
    }

    /// Whether they are of so many rows at this width.
    pub fn fit(&self, rows: &[Row], width: u16) -> bool {
        self.width == width && self.ends.len() == rows.len()
    }

    /// Measures one row again, whose text is being typed.
    pub fn measure_again(&mut self, at: usize, rows: &[Row], view: &View<'_>) {
        let before = self.lines(at);
        let end = before.start + view.height(&rows[at]);
        if end != before.end {
            for one in &mut self.ends[at..] {
                *one = *one + end - before.end;
            }
        }
    }

    /// The lines of a row.
    pub fn lines(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |above| self.ends[above]);
        start..self.ends[at]
    }

    /// The lines of all rows.
    pub fn total(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The first row that reaches below a line.
    fn first_below(&self, line: usize) -> usize {
        self.ends.partition_point(|end| *end <= line)
    }
}

/// Everything that laying out rows needs.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Where the rows go.
    pub area: Rect,
    /// Whose texts the fields show.
    pub session: &'a Session,
    /// The field that is being typed into.
    pub active: Option<&'a ActiveField>,
    /// Whether the pane has the focus.
    pub focused: bool,
    /// The colours.
    pub theme: Theme,
}

/// How far text stands from the left border of a field.
const FIELD_INDENT: u16 = 2;

/// The columns for the text of a field that is set in by `indent`.
pub fn field_columns(width: u16, indent: u16) -> usize {
    // One column stays free for the cursor after the last character of a full line.
    usize::from(width.saturating_sub(indent + FIELD_INDENT + 1)).clamp(1, 76)
}

impl View<'_> {
    fn field_columns(&self, indent: u16) -> usize {
        field_columns(self.area.width, indent)
    }

    fn is_active(&self, field: &TextField) -> Option<&ActiveField> {
        self.active.filter(|active| active.field == *field)
    }

    /// The lines of a field's text, which are known already while it is being typed into.
    fn lines_of(&self, field: &TextField, text: &str, indent: u16) -> Cow<'_, [Range<usize>]> {
        let columns = self.field_columns(indent);
        match self.is_active(field) {
            Some(ActiveField { wrapped, .. }) if wrapped.columns == columns => {
                Cow::Borrowed(&wrapped.lines)
            }
            _ => Cow::Owned(wrap::lines(text, columns)),
        }
    }

    fn height(&self, row: &Row) -> usize {
        let width = usize::from(self.area.width);
        match &row.kind {
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => 1,
            RowKind::Text { text, indent, .. } => {
                wrap::lines(text, width.saturating_sub(usize::from(*indent))).len()
            }
            RowKind::Item {
                mark,
                text,
                tail,
                indent,
            } => wrap::lines(text, item_columns(width, mark, tail, *indent)).len(),
            RowKind::Field {
                label,
                field,
                indent,
                placeholder,
            } => {
                let text = self.session.text(field).unwrap_or_default();
                let lines = if text.is_empty() {
                    wrap::lines(placeholder, self.field_columns(*indent)).len()
                } else {
                    self.lines_of(field, text, *indent).len()
                };
                usize::from(!label.is_empty()) + lines
            }
        }
    }

    /// The lines of all rows, counted no further than `enough`.
    pub fn total(&self, rows: &[Row], enough: usize) -> usize {
        let mut total = 0;
        for row in rows {
            total += self.height(row);
            if total >= enough {
                break;
            }
        }
        total
    }

    /// What the row stands for that is drawn at this row of the screen.
    pub fn target_at(&self, rows: &[Row], state: &ListState, y: u16) -> Option<Target> {
        let offset = usize::from(y.checked_sub(self.area.y)?);
        if offset >= usize::from(self.area.height) {
            return None;
        }
        let mut end = 0;
        for row in rows {
            end += self.height(row);
            if end > state.top + offset {
                return row.target.clone();
            }
        }
        None
    }

    fn cursor_line(&self, row: &Row) -> Option<usize> {
        let RowKind::Field {
            label,
            field,
            indent,
            ..
        } = &row.kind
        else {
            return None;
        };
        let active = self.is_active(field)?;
        let text = self.session.text(field).unwrap_or_default();
        let lines = self.lines_of(field, text, *indent);
        let (line, _) = super::super::text::edit::position(text, &lines, active.edit.cursor);
        Some(line + usize::from(!label.is_empty()))
    }

    /// Draws a short list from the first visible line; gives the place for the real cursor.
    pub fn draw(&self, rows: &[Row], state: &ListState, buffer: &mut Buffer) -> Option<Position> {
        let mut heights = Heights::default();
        heights.measure(rows, self);
        self.draw_measured(rows, &heights, state, buffer)
    }

    /// The same with heights that are known: looks at no row but those that can be seen.
    pub fn draw_measured(
        &self,
        rows: &[Row],
        heights: &Heights,
        state: &ListState,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let mut cursor = None;
        let bottom = state.top + usize::from(self.area.height);
        for (at, row) in rows.iter().enumerate().skip(heights.first_below(state.top)) {
            let first = heights.lines(at).start;
            if first >= bottom {
                break;
            }
            let selected = row.target.is_some() && row.target == state.selected;
            let mut pen = Pen {
                view: self,
                buffer,
                first,
                top: state.top,
            };
            let spot = pen.row(row, selected);
            cursor = cursor.or(spot);
        }
        cursor
    }
}

/// The tail of an item, where there is room for it beside the text.
fn shown_tail(width: usize, tail: &str) -> &str {
    if width >= 40 { tail } else { "" }
}

/// The columns left for an item's text beside its mark and tail.
fn item_columns(width: usize, mark: &str, tail: &str, indent: u16) -> usize {
    let tail = shown_tail(width, tail);
    let mark = if mark.is_empty() {
        0
    } else {
        wrap::width(mark) + 1
    };
    let tail = if tail.is_empty() {
        0
    } else {
        wrap::width(tail) + 2
    };
    // The mark of the cursor stands in the first two columns.
    width
        .saturating_sub(2 + usize::from(indent) + mark + tail)
        .max(8)
}

/// Draws one row, clipped to what is visible.
struct Pen<'a, 'b> {
    view: &'a View<'a>,
    buffer: &'b mut Buffer,
    /// The row's first line in the whole list.
    first: usize,
    /// The first visible line of the whole list.
    top: usize,
}

impl Pen<'_, '_> {
    /// Where the row's `line` is on the screen.
    fn y(&self, line: usize) -> Option<u16> {
        let offset = (self.first + line).checked_sub(self.top)?;
        let offset = u16::try_from(offset).ok()?;
        (offset < self.view.area.height).then(|| self.view.area.y + offset)
    }

    fn put(&mut self, line: usize, column: u16, text: &str, style: Style) {
        if let Some(y) = self.y(line)
            && column < self.view.area.width
        {
            let room = usize::from(self.view.area.width - column);
            self.buffer.set_stringn(
                self.view.area.x + column,
                y,
                encode::screen(text),
                room,
                style,
            );
        }
    }

    fn row(&mut self, row: &Row, selected: bool) -> Option<Position> {
        let width = usize::from(self.view.area.width);
        let style = |meaning| self.view.theme.style(meaning);
        match &row.kind {
            RowKind::Blank => None,
            RowKind::Heading(text) => {
                let style = style(Meaning::Heading);
                self.put(0, 0, &wrap::fitted(text, width), style);
                None
            }
            RowKind::Text {
                text,
                meaning,
                indent,
            } => {
                let style = style(*meaning);
                let lines = wrap::lines(text, width.saturating_sub(usize::from(*indent)));
                for (line, range) in lines.into_iter().enumerate() {
                    self.put(line, *indent, text[range].trim_end(), style);
                }
                None
            }
            RowKind::Item {
                mark,
                text,
                tail,
                indent,
            } => self.item(mark, text, tail, *indent, selected),
            RowKind::Matrix(line) if row.target.is_some() => {
                let text = line.text(width.saturating_sub(2));
                self.item("", &text, "", 0, selected)
            }
            RowKind::Matrix(line) => {
                let text = line.text(width.saturating_sub(2));
                self.put(0, 2, &text, style(Meaning::Muted));
                None
            }
            RowKind::Field {
                label,
                field,
                placeholder,
                indent,
            } => self.field(label, field, placeholder, *indent, selected),
        }
    }

    fn item(
        &mut self,
        mark: &str,
        text: &str,
        tail: &str,
        indent: u16,
        selected: bool,
    ) -> Option<Position> {
        let width = usize::from(self.view.area.width);
        let theme = self.view.theme;
        let meaning = match (selected, self.view.focused) {
            (true, true) => Meaning::Selected,
            (true, false) => Meaning::Marked,
            _ => Meaning::Text,
        };
        let style = theme.style(meaning);
        if selected {
            self.put(0, 0, "›", theme.style(Meaning::Key));
        }
        let mark_column = 2 + indent;
        self.put(0, mark_column, mark, theme.style(Meaning::Text));
        let mark_width = if mark.is_empty() {
            0
        } else {
            wrap::width(mark) as u16 + 1
        };
        let columns = item_columns(width, mark, tail, indent);
        for (line, range) in wrap::lines(text, columns).into_iter().enumerate() {
            self.put(
                line,
                mark_column + mark_width,
                text[range].trim_end(),
                style,
            );
        }
        let tail = shown_tail(width, tail);
        if !tail.is_empty() {
            let at = width.saturating_sub(wrap::width(tail)) as u16;
            self.put(0, at, tail, theme.style(Meaning::Muted));
        }
        let spot = Position::new(self.view.area.x + mark_column, self.y(0)?);
        (selected && self.view.focused && self.view.active.is_none()).then_some(spot)
    }

    fn field(
        &mut self,
        label: &str,
        field: &TextField,
        placeholder: &str,
        indent: u16,
        selected: bool,
    ) -> Option<Position> {
        let theme = self.view.theme;
        let text = self.view.session.text(field).unwrap_or_default();
        let active = self.view.is_active(field).map(|active| &active.edit);
        let mut line = 0;
        if !label.is_empty() {
            let meaning = if selected && self.view.focused {
                Meaning::Key
            } else {
                Meaning::Muted
            };
            // The colon tells a label from a text where there are no colours.
            let label = format!("{label}:");
            self.put(0, indent + FIELD_INDENT, &label, theme.style(meaning));
            line = 1;
        }
        let sign = if active.is_some() { ">" } else { "›" };
        if selected {
            self.put(line, indent, sign, theme.style(Meaning::Key));
        }
        let column = indent + FIELD_INDENT;
        if text.is_empty() {
            let meaning = if selected && self.view.focused && active.is_none() {
                Meaning::Selected
            } else {
                Meaning::Muted
            };
            let style = theme.style(meaning);
            for (at, range) in wrap::lines(placeholder, self.view.field_columns(indent))
                .into_iter()
                .enumerate()
            {
                self.put(line + at, column, placeholder[range].trim_end(), style);
            }
        }
        let lines = self.view.lines_of(field, text, indent);
        let selection = active.and_then(TextEdit::selection);
        let above = self.top.saturating_sub(self.first + line);
        let visible = lines.iter().enumerate().skip(above);
        for (at, range) in visible.take(usize::from(self.view.area.height)) {
            let Some(y) = self.y(line + at) else { continue };
            let shown = styled(
                text,
                range.clone(),
                selection.clone(),
                theme,
                selected && active.is_none() && self.view.focused,
            );
            let x = self.view.area.x + column;
            let room = self.view.area.width.saturating_sub(column);
            self.buffer.set_line(x, y, &shown, room);
        }
        let Some(edit) = active else {
            let spot = Position::new(self.view.area.x + column, self.y(line)?);
            return (selected && self.view.focused && self.view.active.is_none()).then_some(spot);
        };
        let (row, at) = super::super::text::edit::position(text, &lines, edit.cursor);
        let y = self.y(line + row)?;
        let x = self.view.area.x + (column + at as u16).min(self.view.area.width.saturating_sub(1));
        Some(Position::new(x, y))
    }
}

/// A line of a field with its selected part marked.
fn styled(
    text: &str,
    line: Range<usize>,
    selection: Option<Range<usize>>,
    theme: Theme,
    whole: bool,
) -> Line<'static> {
    let plain = if whole {
        Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED)
    } else {
        Style::new()
    };
    let clean = |part: &str| encode::screen(part.trim_end_matches('\n')).into_owned();
    let Some(selection) = selection.filter(|one| one.start < line.end && one.end > line.start)
    else {
        return Line::from(Span::styled(clean(text[line].trim_end()), plain));
    };
    let start = selection.start.clamp(line.start, line.end);
    let end = selection.end.clamp(line.start, line.end);
    let marked = theme.style(Meaning::Selection);
    Line::from(vec![
        Span::styled(clean(&text[line.start..start]), plain),
        Span::styled(clean(&text[start..end]), marked),
        Span::styled(clean(&text[end..line.end]), plain),
    ])
}
