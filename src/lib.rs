//! Astride: guided STRIDE threat modelling in a terminal. This page is the map.
pub mod catalog;
pub mod cli;
pub mod encode;
pub mod findings;
pub mod import;
pub mod merge;
pub mod plain;
pub mod report;
pub mod review;
pub mod session;
pub mod settings;
pub mod store;
pub mod stride;
pub mod tui;
