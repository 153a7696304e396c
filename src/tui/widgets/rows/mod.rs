//! A scrolling list of rows: headings, texts, items to choose and fields to type into. Scope, card,
//! threat, Harden and Review are all made of it, so that every screen feels alike.
//!
//! A screen builds the rows (what there is), this module lays them out and draws them (how it
//! looks). What a row stands for is its [`Target`]; the cursor follows the target, not a position,
//! so that it stays where it was when rows appear or go.
//!
//! Not for which rows a screen has, and not for what keys do with them: see `tui::screens`.

mod draw;
mod field;
mod heights;
mod list;
mod row;
mod target;
mod view;

pub use field::{ActiveField, field_columns};
pub use heights::Heights;
pub use list::ListState;
pub use row::{Row, RowKind};
pub use target::{Choice, Target};
pub use view::View;
