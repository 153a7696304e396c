//! Astride: guided STRIDE threat modelling in a terminal. This page is the map.
pub mod catalog;
pub mod session;
pub mod store;
pub mod stride;
