//! The terminal program: state and update, event loop, key table, screens, widgets.
pub mod app;
pub mod draw;
pub(crate) mod draw_home;
mod draw_overlay;
mod draw_room;
pub mod editor;
pub mod events;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod overlays;
pub mod run;
pub mod screens;
pub mod stage;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod widgets;
