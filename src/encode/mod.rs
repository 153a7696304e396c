//! The only ways in which stored or foreign text leaves the program: to the screen, into
//! Markdown, into a file's name, into a message.
//!
//! Text is kept as people typed it and cleaned here, on its way out: in threat modelling
//! `<script>` is an answer. Everything that could act or hide becomes a visible mark such as
//! `‹ESC›` or `‹U+202E›`. Depends on nothing else in the program.

mod ascii;
mod csv;
mod hidden;
mod html;
mod json;
mod line;
mod markdown;
mod name;
mod quote;
mod screen;
mod shell;

pub use ascii::{ascii, ascii_sign};
pub use csv::csv_cell;
pub use html::{html_block, html_code, html_inline};
pub use json::json;
pub use markdown::{
    code_fence, markdown, markdown_block, markdown_cell, markdown_heading, markdown_inline,
};
pub use name::file_name;
pub use quote::quoted;
pub use screen::{screen, screen_lines};
pub use shell::shell_word;
