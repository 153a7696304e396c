//! Keys pressed, screen seen: the whole program without a terminal, at the sizes that people have.
//!
//! `places` lists every screen and overlay with the keys that lead there; the other modules look at
//! them, press keys on them and try to break them.

mod screens {
    mod disputes;
    mod driver;
    mod earlier;
    mod harden;
    mod hostile;
    mod keys;
    mod leaving;
    mod mouse;
    mod places;
    mod report;
    mod reviewing;
    mod room;
    mod saving;
    mod sizes;
    mod snapshots;
    mod styles;
    mod typing;
    mod walking;
    mod watching;
}
