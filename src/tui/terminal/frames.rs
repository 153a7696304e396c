//! Writes frames: what belongs to one leaves in one piece, and nothing leaves that the terminal shows
//! already. Not for what is in a frame: that comes from `draw`, and how it is put into escape codes
//! from ratatui's own backend.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::{queue, terminal};
use ratatui::layout::{Position, Size};

/// A backend that gathers a frame and writes it at its end.
///
/// Ratatui's own one flushes after each command for the cursor, which are two more pieces a key on
/// their way through ssh, asks the system for the size at each frame, which takes three calls, and
/// shows the cursor again in every frame.
#[derive(Debug)]
pub struct Frames<W> {
    out: W,
    gathered: Vec<u8>,
    size: Size,
    /// Whether the cursor can be seen, where that is known.
    cursor_is_shown: Option<bool>,
    /// Where the cursor is, where that is known.
    cursor: Option<Position>,
}

impl<W: Write> Frames<W> {
    /// Writes to `out`, a terminal of this size.
    pub const fn new(out: W, size: Size) -> Self {
        Self {
            out,
            gathered: Vec::new(),
            size,
            cursor_is_shown: None,
            cursor: None,
        }
    }

    /// The terminal has another size now.
    pub const fn resize(&mut self, size: Size) {
        self.size = size;
        // Terminals differ in what they do to it meanwhile.
        self.cursor = None;
    }

    fn show_cursor_or_not(&mut self, show: bool) -> io::Result<()> {
        if self.cursor_is_shown == Some(show) {
            return Ok(());
        }
        self.cursor_is_shown = Some(show);
        if show {
            queue!(self.gathered, Show)
        } else {
            queue!(self.gathered, Hide)
        }
    }
}

/// Where the cursor is once this cell was written. Not known where terminals differ: at the last column, and behind a sign
/// that one takes for wider than the other.
fn behind(x: u16, y: u16, cell: &Cell, size: Size) -> Option<Position> {
    let is_narrow = cell.symbol().len() == 1;
    (is_narrow && x + 1 < size.width).then(|| Position::new(x + 1, y))
}

impl<W: Write> Backend for Frames<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        let mut last = None;
        let noted = content.inspect(|(x, y, cell)| last = Some((*x, *y, *cell)));
        CrosstermBackend::new(&mut self.gathered).draw(noted)?;
        self.cursor = last.and_then(|(x, y, cell)| behind(x, y, cell, self.size));
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_or_not(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_or_not(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        CrosstermBackend::new(&mut self.out).get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor == Some(position) {
            return Ok(());
        }
        self.cursor = Some(position);
        queue!(self.gathered, MoveTo(position.x, position.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        CrosstermBackend::new(&mut self.gathered).clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let window = terminal::window_size()?;
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::new(window.width, window.height),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.gathered.is_empty() {
            let written = self.out.write_all(&self.gathered);
            self.gathered.clear();
            written?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::buffer::Buffer;
    use ratatui::style::Style;

    use super::*;

    /// Counts the pieces that frames leave in.
    #[derive(Debug, Default)]
    struct Pieces(Vec<Vec<u8>>);

    impl Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn screen() -> Terminal<Frames<Pieces>> {
        let frames = Frames::new(Pieces::default(), Size::new(20, 3));
        Terminal::new(frames).expect("the size is known")
    }

    /// Draws these words with the cursor behind them; gives the pieces that left.
    fn draw(
        screen: &mut Terminal<Frames<Pieces>>,
        words: &str,
        cursor: Option<u16>,
    ) -> Vec<String> {
        screen
            .draw(|frame| {
                let buffer: &mut Buffer = frame.buffer_mut();
                buffer.set_string(0, 1, words, Style::new());
                if let Some(x) = cursor {
                    frame.set_cursor_position((x, 1));
                }
            })
            .expect("memory takes everything");
        let pieces = std::mem::take(&mut screen.backend_mut().out.0);
        let text = |piece| String::from_utf8(piece).expect("text");
        pieces.into_iter().map(text).collect()
    }

    #[test]
    fn a_frame_leaves_in_one_piece() {
        let mut screen = screen();
        assert_eq!(draw(&mut screen, "abc", Some(3)).len(), 1);
        assert_eq!(draw(&mut screen, "xbc", Some(1)).len(), 1);
    }

    #[test]
    fn a_frame_without_a_change_writes_nothing() {
        let mut screen = screen();
        draw(&mut screen, "abc", Some(3));
        assert_eq!(draw(&mut screen, "abc", Some(3)), Vec::<String>::new());
        draw(&mut screen, "abc", None);
        assert_eq!(draw(&mut screen, "abc", None), Vec::<String>::new());
    }

    #[test]
    fn the_cursor_that_is_there_is_not_moved() {
        let mut screen = screen();
        draw(&mut screen, "ab", Some(2));
        let typed = draw(&mut screen, "abc", Some(3)).concat();
        assert!(typed.starts_with("\u{1b}[2;3Hc"), "{typed:?}");
        assert_eq!(typed.matches('H').count(), 1, "{typed:?}");
        assert!(!typed.contains("25h"), "{typed:?}");
        // Where another sign was the last, it is moved.
        let typed = draw(&mut screen, "Abc", Some(3)).concat();
        assert!(typed.ends_with("\u{1b}[2;4H"), "{typed:?}");
    }

    #[test]
    fn behind_a_wide_sign_and_at_the_border_the_cursor_is_placed() {
        let mut screen = screen();
        let typed = draw(&mut screen, "日", Some(2)).concat();
        assert!(typed.ends_with("\u{1b}[2;3H"), "{typed:?}");
        let typed = draw(&mut screen, "日234567890123456789", Some(19)).concat();
        assert!(typed.ends_with("\u{1b}[2;20H"), "{typed:?}");
    }

    #[test]
    fn the_cursor_is_shown_and_hidden_when_that_changes() {
        let mut screen = screen();
        assert!(
            draw(&mut screen, "a", None)
                .concat()
                .contains("\u{1b}[?25l")
        );
        assert!(
            draw(&mut screen, "b", Some(1))
                .concat()
                .contains("\u{1b}[?25h")
        );
        assert!(!draw(&mut screen, "c", Some(1)).concat().contains("25"));
        assert!(
            draw(&mut screen, "c", None)
                .concat()
                .contains("\u{1b}[?25l")
        );
    }

    #[test]
    fn another_size_draws_everything_anew() {
        let mut screen = screen();
        draw(&mut screen, "abc", Some(3));
        screen.backend_mut().resize(Size::new(10, 2));
        let drawn = draw(&mut screen, "abc", Some(3)).concat();
        assert!(drawn.contains("abc"), "{drawn:?}");
    }
}
