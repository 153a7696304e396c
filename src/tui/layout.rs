//! Where things stand, for every size of the terminal. Drawing and scrolling both ask here, so
//! that they cannot disagree.
//!
//! ```text
//!  astride  Team blue          1 Scope  2 THREATS  3 Harden  4 Review  5 Report      saved 14:02
//! ┌ Map ────────────┐┌ Docker host · Spoofing ───────────────────────┐┌ Context ───────────────┐
//! │                 ││                                               ││                        │
//! └─────────────────┘└───────────────────────────────────────────────┘└────────────────────────┘
//!  message
//!  keys
//! ```

use ratatui::layout::Rect;

use crate::session::place::Step;
use crate::tui::app::App;
use crate::tui::app::open::Pane;

/// The smallest size in which anything is shown but a plea for room.
pub const SMALLEST: (u16, u16) = (20, 5);

/// From so many rows on there is a line of keys.
pub const KEYS_FROM: u16 = 10;

/// The width of the map with its border.
const MAP: u16 = 27;

/// The width of the context with its border.
const CONTEXT: u16 = 34;

/// Where things stand. What has no room has no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// Title, steps, how the file stands.
    pub top: Option<Rect>,
    /// The map of cells, with its border.
    pub map: Option<Rect>,
    /// The main pane, with its border where it has one.
    pub main: Option<Rect>,
    /// Whether the main pane has a border.
    pub bordered: bool,
    /// The context, with its border.
    pub context: Option<Rect>,
    /// The status line.
    pub status: Rect,
    /// The key bar.
    pub keys: Option<Rect>,
}

impl Areas {
    /// The areas for the screen as it is.
    pub fn of(app: &App) -> Self {
        let (width, height) = app.size;
        let line = |y: u16| Rect::new(0, y, width, 1);
        // The question and the answer come first: everything else goes when rows are scarce.
        let top = (height >= 6).then(|| line(0));
        let keys = (height >= KEYS_FROM).then(|| line(height - 1));
        let status = line(height.saturating_sub(if keys.is_some() { 2 } else { 1 }));
        let first = u16::from(top.is_some());
        let body = Rect::new(0, first, width, status.y.saturating_sub(first));
        let bordered = width >= 40 && height >= 12;
        let mut areas = Self {
            top,
            map: None,
            main: Some(body),
            bordered,
            context: None,
            status,
            keys,
        };
        let Some(open) = &app.open else { return areas };
        if open.step == Step::Threats && !open.wall {
            let side_by_side = width >= 72 && bordered;
            if side_by_side {
                let [map, rest] = split(body, MAP);
                areas.map = Some(map);
                areas.main = Some(rest);
                if width >= 112 {
                    let [main, context] = split(rest, rest.width - CONTEXT);
                    areas.main = Some(main);
                    areas.context = Some(context);
                }
            } else if open.pane == Pane::Map && open.threat.is_none() {
                areas.map = Some(body);
                areas.main = None;
            }
        }
        areas
    }

    /// The main pane without its border and the blank beside it.
    pub fn inner(&self) -> Option<Rect> {
        self.main
            .map(|area| if self.bordered { inside(area) } else { area })
    }
}

/// An area without its border and a blank column on each side.
pub fn inside(area: Rect) -> Rect {
    Rect::new(
        area.x.saturating_add(2),
        area.y.saturating_add(1),
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    )
}

fn split(area: Rect, left: u16) -> [Rect; 2] {
    let left = left.min(area.width);
    [
        Rect {
            width: left,
            ..area
        },
        Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        },
    ]
}
