//! What holds for the layout of every system in the catalog.

use super::{Layout, Rect, layout};
use crate::catalog::Catalog;
use crate::catalog::types::System;
use crate::report::diagram::model::Diagram;
use crate::session::types::Session;

fn drawn() -> Vec<Layout> {
    let catalog = Catalog::embedded();
    let brief = catalog.briefs[0].id.clone();
    let session = Session::new(
        "x",
        brief,
        catalog.walk_order(),
        jiff::Timestamp::UNIX_EPOCH,
    );
    let of = |system: &System| Diagram::of(&session, &catalog, &system.id).map(|one| layout(&one));
    catalog.systems.iter().filter_map(of).collect()
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

#[test]
fn boxes_stand_apart_and_on_the_paper() {
    for layout in drawn() {
        for (at, one) in layout.nodes.iter().enumerate() {
            assert!(one.rect.x >= 0 && one.rect.x + one.rect.width <= layout.width);
            assert!(one.rect.y >= 0 && one.rect.y + one.rect.height <= layout.height);
            for other in &layout.nodes[..at] {
                assert!(
                    !overlap(one.rect, other.rect),
                    "{:?} {:?}",
                    one.lines,
                    other.lines
                );
            }
        }
    }
}

#[test]
fn lines_have_right_angles_and_pass_through_no_box() {
    for layout in drawn() {
        for route in &layout.routes {
            for pair in route.points.windows(2) {
                let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
                assert!(x1 == x2 || y1 == y2, "{:?}", route.points);
                assert!(
                    x1.max(x2) <= layout.width && y1.max(y2) <= layout.height && y1.min(y2) >= 0
                );
                let line = Rect {
                    x: x1.min(x2) + i32::from(x1 != x2),
                    y: y1.min(y2),
                    width: ((x1 - x2).abs() - 2).max(1),
                    height: (y1 - y2).abs().max(1),
                };
                let hit = layout.nodes.iter().find(|one| overlap(one.rect, line));
                assert!(
                    hit.is_none(),
                    "{:?} through {:?}",
                    route.points,
                    hit.map(|one| &one.lines)
                );
            }
        }
    }
}

#[test]
fn no_two_lines_share_a_vertical_stretch() {
    for layout in drawn() {
        let mut stretches = Vec::new();
        for route in &layout.routes {
            for pair in route.points.windows(2) {
                if pair[0].0 == pair[1].0 {
                    let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                    stretches.push((pair[0].0, low, high, route.number));
                }
            }
        }
        stretches.sort_unstable();
        for pair in stretches.windows(2) {
            let apart = pair[0].0 != pair[1].0 || pair[0].2 < pair[1].1 || pair[0].3 == pair[1].3;
            assert!(apart, "{pair:?}");
        }
    }
}
