//! Where everything of a diagram stands on paper: trust zones in columns, boxes in zones, and every flow a
//! line of its own through the gutters between the columns. No two lines share a stretch.
//!
//! Not for how it is drawn: see `svg`. All numbers are whole units of the drawing.

mod boxes;
mod lines;
#[cfg(test)]
mod tests;

use super::model::Diagram;
use crate::catalog::types::ElementKind;
use boxes::{columns, order_ports, plan, ports, stack};
use lines::{Paper, Shape, Stretch, assign_lanes};

/// The inner width of a box.
const BOX: i32 = 168;
/// How many columns of a monospaced terminal fit in a box.
const TEXT: usize = 21;
/// The height of a line of text.
pub const LINE: i32 = 17;
/// Between the ends of lines on one side of a box.
const PORT: i32 = 20;
/// Between a zone's border and its boxes.
const PAD: i32 = 14;
/// The height of a zone's name.
const NAME: i32 = 26;
/// Between zones and between boxes.
const GAP: i32 = 22;
/// Between parallel lines.
const LANE: i32 = 12;
/// Room beside a column for numbers and arrow heads.
const MARGIN: i32 = 46;
/// The most columns.
const COLUMNS: usize = 4;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Its left side.
    pub x: i32,
    /// Its upper side.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// A trust zone.
pub struct ZoneBox {
    /// Where it stands.
    pub rect: Rect,
    /// Its name, short enough for it.
    pub name: String,
}

/// An element.
pub struct NodeBox {
    /// Where it stands.
    pub rect: Rect,
    /// What it is.
    pub kind: ElementKind,
    /// Its name, line by line.
    pub lines: Vec<String>,
}

/// A flow as a line with right angles.
pub struct Route {
    /// Its number, from 1.
    pub number: usize,
    /// From the box it leaves to the box it enters.
    pub points: Vec<(i32, i32)>,
    /// Whether it crosses a trust boundary.
    pub crosses: bool,
}

/// A diagram on paper.
pub struct Layout {
    /// How wide the paper is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// Trust zones.
    pub zones: Vec<ZoneBox>,
    /// Elements, in the order of their numbers.
    pub nodes: Vec<NodeBox>,
    /// Flows.
    pub routes: Vec<Route>,
}

/// Lays a diagram out.
pub fn layout(diagram: &Diagram<'_>) -> Layout {
    let columns = columns(diagram);
    let mut plan = plan(diagram, &columns);
    ports(diagram, &mut plan);
    let (mut zones, bottom) = stack(diagram, &columns, &mut plan);
    order_ports(&mut plan);
    let count = columns.len();
    let mut gutters: Vec<Vec<Stretch>> = (0..=count).map(|_| Vec::new()).collect();
    let mut channels: [Vec<Stretch>; 2] = [Vec::new(), Vec::new()];
    let shapes: Vec<Shape> = (0..diagram.flows.len())
        .map(|at| Shape::of(&plan, at, bottom))
        .collect();
    for (route, shape) in shapes.iter().enumerate() {
        shape.claim(route, &mut gutters, &mut channels);
    }
    for stretches in gutters.iter_mut().chain(&mut channels) {
        assign_lanes(stretches);
    }
    // Now that the lanes are counted, the columns know where they stand.
    let lanes = |stretches: &[Stretch]| stretches.iter().map(|one| one.lane + 1).max().unwrap_or(0);
    let above = lanes(&channels[0]) * LANE;
    let mut x = PAD;
    let mut column_x = Vec::new();
    for (at, gutter) in gutters.iter().enumerate().take(count) {
        if at > 0 {
            x += 2 * MARGIN + lanes(gutter) * LANE;
        }
        column_x.push(x);
        x += BOX + 2 * PAD;
    }
    let last = lanes(&gutters[count]);
    let width = x + PAD + if last > 0 { MARGIN + last * LANE } else { 0 };
    for (node, column) in plan.nodes.iter_mut().zip(&plan.columns) {
        node.rect.x = column_x[*column] + PAD;
        node.rect.y += above;
    }
    for (zone, column) in &mut zones {
        zone.rect.x = column_x[*column];
        zone.rect.y += above;
    }
    let paper = Paper {
        column_x: &column_x,
        above,
        bottom,
        gutters: &gutters,
        channels: &channels,
    };
    let routes = shapes
        .iter()
        .enumerate()
        .map(|(at, shape)| Route {
            number: at + 1,
            points: shape.points(at, &plan, &paper),
            crosses: diagram.flows[at].crosses(),
        })
        .collect();
    Layout {
        width,
        height: above + bottom + lanes(&channels[1]) * LANE + GAP,
        zones: zones.into_iter().map(|(zone, _)| zone).collect(),
        nodes: plan.nodes,
        routes,
    }
}
