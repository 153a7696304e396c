//! Where everything of a diagram stands on paper: trust zones in columns, boxes in zones, and every flow a
//! line of its own through the gutters between the columns. No two lines share a stretch.
//!
//! Not for how it is drawn: see `svg`. All numbers are whole units of the drawing.

use super::model::Diagram;
use crate::catalog::types::ElementKind;
use unicode_width::UnicodeWidthStr as _;

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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// One end of a flow at a box.
#[derive(Clone, Copy)]
struct End {
    node: usize,
    side: Side,
    /// Which of the ends on this side, from the top.
    port: i32,
}

/// A stretch of a line in a gutter or channel, to be given a lane.
struct Stretch {
    route: usize,
    /// Whether it is the stretch at the source, the target or between.
    part: usize,
    low: i32,
    high: i32,
    lane: i32,
}

struct Planning {
    /// The column of each node.
    columns: Vec<usize>,
    nodes: Vec<NodeBox>,
    ends: Vec<[End; 2]>,
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

/// Which zones stand in which column: in their order, each column about as high as the others.
fn columns(diagram: &Diagram<'_>) -> Vec<Vec<usize>> {
    let weight = |zone: usize| diagram.zones[zone].elements.len() * 3 + 2;
    let total: usize = (0..diagram.zones.len()).map(weight).sum();
    let count = diagram.zones.len().clamp(1, COLUMNS);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new()];
    let mut filled = 0;
    for zone in 0..diagram.zones.len() {
        let here = columns.len();
        // A column is full when half of the next zone would stand beyond its share.
        let full = (filled + weight(zone) / 2) * count >= total * here;
        let left = diagram.zones.len() - zone;
        let open = columns.last().is_some_and(|column| !column.is_empty());
        if open && here < count && (full || left <= count - here) {
            columns.push(Vec::new());
        }
        filled += weight(zone);
        if let Some(column) = columns.last_mut() {
            column.push(zone);
        }
    }
    columns
}

fn plan(diagram: &Diagram<'_>, columns: &[Vec<usize>]) -> Planning {
    let mut column_of = vec![0; diagram.zones.len()];
    for (at, zones) in columns.iter().enumerate() {
        for zone in zones {
            column_of[*zone] = at;
        }
    }
    let mut nodes = Vec::new();
    let mut node_columns = Vec::new();
    for (at, zone) in diagram.zones.iter().enumerate() {
        for node in &zone.elements {
            let lines = wrapped(&node.element.name, TEXT, 3);
            let height = i32::try_from(lines.len()).unwrap_or(3) * LINE + 20;
            nodes.push(NodeBox {
                rect: Rect {
                    x: 0,
                    y: 0,
                    width: BOX,
                    height,
                },
                kind: node.element.kind,
                lines,
            });
            node_columns.push(column_of[at]);
        }
    }
    Planning {
        columns: node_columns,
        nodes,
        ends: Vec::new(),
    }
}

/// Which sides flows leave and enter by; boxes grow until all their ends have room.
fn ports(diagram: &Diagram<'_>, plan: &mut Planning) {
    let mut used = vec![[0_i32; 2]; plan.nodes.len()];
    for flow in &diagram.flows {
        let (from, to) = (flow.from.number - 1, flow.to.number - 1);
        let (a, b) = (plan.columns[from], plan.columns[to]);
        let (leaves, enters) = match a.cmp(&b) {
            std::cmp::Ordering::Less => (Side::Right, Side::Left),
            std::cmp::Ordering::Greater => (Side::Left, Side::Right),
            std::cmp::Ordering::Equal => (Side::Right, Side::Right),
        };
        let mut end = |node: usize, side: Side| {
            let port = used[node][side as usize];
            used[node][side as usize] += 1;
            End { node, side, port }
        };
        let ends = [end(from, leaves), end(to, enters)];
        plan.ends.push(ends);
    }
    for (node, used) in plan.nodes.iter_mut().zip(used) {
        let wanted = used.into_iter().max().unwrap_or(0) * PORT + 8;
        node.rect.height = node.rect.height.max(wanted);
    }
}

/// Puts zones and boxes below each other. The x of everything follows later.
fn stack(
    diagram: &Diagram<'_>,
    columns: &[Vec<usize>],
    plan: &mut Planning,
) -> (Vec<(ZoneBox, usize)>, i32) {
    let mut zones = Vec::new();
    let mut bottom = 0;
    for (column, members) in columns.iter().enumerate() {
        let mut y = GAP;
        for zone in members {
            let zone = &diagram.zones[*zone];
            let top = y;
            y += NAME;
            for node in &zone.elements {
                let rect = &mut plan.nodes[node.number - 1].rect;
                rect.y = y;
                y += rect.height + GAP / 2;
            }
            y += PAD - GAP / 2;
            let rect = Rect {
                x: 0,
                y: top,
                width: BOX + 2 * PAD,
                height: y - top,
            };
            let name = wrapped(&zone.zone.name, TEXT + 2, 1).remove(0);
            zones.push((ZoneBox { rect, name }, column));
            y += GAP;
        }
        bottom = bottom.max(y);
    }
    (zones, bottom)
}

/// Sorts the ends on each side of a box by where their lines go, so that fewer lines cross.
fn order_ports(plan: &mut Planning) {
    let middle = |node: usize| plan.nodes[node].rect.y + plan.nodes[node].rect.height / 2;
    let mut sides: Vec<(usize, bool, i32, usize, usize)> = Vec::new();
    for (flow, ends) in plan.ends.iter().enumerate() {
        for at in 0..2 {
            let other = middle(ends[1 - at].node);
            sides.push((ends[at].node, ends[at].side == Side::Right, other, flow, at));
        }
    }
    sides.sort_unstable();
    let mut before = None;
    let mut port = 0;
    for (node, side, _, flow, at) in sides {
        port = if before == Some((node, side)) {
            port + 1
        } else {
            0
        };
        before = Some((node, side));
        plan.ends[flow][at].port = port;
    }
}

impl Planning {
    /// The height at which a line meets its box: the ends of a side are spread around its middle.
    fn y(&self, end: End) -> i32 {
        let of_side = |other: &End| other.node == end.node && other.side == end.side;
        let ends = self
            .ends
            .iter()
            .flatten()
            .filter(|other| of_side(other))
            .count();
        let rect = self.nodes[end.node].rect;
        let spread = (i32::try_from(ends).unwrap_or(1) - 1) * PORT;
        rect.y + rect.height / 2 - spread / 2 + end.port * PORT
    }
}

/// Which way a flow takes.
struct Shape {
    /// The gutter beside its source.
    first: usize,
    /// The gutter beside its target.
    last: usize,
    /// Where it leaves and arrives.
    ys: [i32; 2],
    /// Above or below all boxes, where there is a column between.
    channel: Option<usize>,
    bottom: i32,
}

impl Shape {
    fn of(plan: &Planning, at: usize, bottom: i32) -> Self {
        let gutter = |end: End| match end.side {
            Side::Left => plan.columns[end.node],
            Side::Right => plan.columns[end.node] + 1,
        };
        let [from, to] = plan.ends[at];
        let (first, last) = (gutter(from), gutter(to));
        let ys = [plan.y(from), plan.y(to)];
        let channel = (first != last).then(|| usize::from(ys[0] + ys[1] > bottom));
        Self {
            first,
            last,
            ys,
            channel,
            bottom,
        }
    }

    /// Claims its stretches of gutters and channels.
    fn claim(&self, route: usize, gutters: &mut [Vec<Stretch>], channels: &mut [Vec<Stretch>; 2]) {
        let mut vertical = |gutter: usize, part: usize, one: i32, other: i32| {
            gutters[gutter].push(Stretch {
                route,
                part,
                low: one.min(other),
                high: one.max(other),
                lane: 0,
            });
        };
        let Some(channel) = self.channel else {
            vertical(self.first, 0, self.ys[0], self.ys[1]);
            return;
        };
        let edge = if channel == 0 { 0 } else { self.bottom };
        vertical(self.first, 0, self.ys[0], edge);
        vertical(self.last, 1, self.ys[1], edge);
        let gutter = |at: usize| i32::try_from(at).unwrap_or(0) * 2;
        let (one, other) = (gutter(self.first), gutter(self.last));
        channels[channel].push(Stretch {
            route,
            part: 2,
            low: one.min(other),
            high: one.max(other),
            lane: 0,
        });
    }

    /// The corners of the line.
    fn points(&self, route: usize, plan: &Planning, paper: &Paper<'_>) -> Vec<(i32, i32)> {
        let side = |end: End| {
            let rect = plan.nodes[end.node].rect;
            match end.side {
                Side::Left => rect.x,
                Side::Right => rect.x + rect.width,
            }
        };
        let [from, to] = plan.ends[route];
        let ys = self.ys.map(|y| y + paper.above);
        let mut points = vec![(side(from), ys[0])];
        let first = paper.gutter_x(self.first, route, 0);
        match self.channel {
            None => points.extend([(first, ys[0]), (first, ys[1])]),
            Some(channel) => {
                let last = paper.gutter_x(self.last, route, 1);
                let y = paper.channel_y(channel, route);
                points.extend([(first, ys[0]), (first, y), (last, y), (last, ys[1])]);
            }
        }
        points.push((side(to), ys[1]));
        points.dedup();
        points
    }
}

/// Gives each stretch the first lane in which nothing is in its way.
fn assign_lanes(stretches: &mut [Stretch]) {
    stretches.sort_by_key(|one| (one.low, one.high, one.route, one.part));
    let mut ends: Vec<i32> = Vec::new();
    for stretch in stretches {
        let free = ends.iter().position(|end| *end + LANE / 2 < stretch.low);
        let lane = free.unwrap_or_else(|| {
            ends.push(0);
            ends.len() - 1
        });
        ends[lane] = stretch.high;
        stretch.lane = i32::try_from(lane).unwrap_or(0);
    }
}

/// Where lanes are, once all are counted.
struct Paper<'l> {
    column_x: &'l [i32],
    above: i32,
    bottom: i32,
    gutters: &'l [Vec<Stretch>],
    channels: &'l [Vec<Stretch>; 2],
}

impl Paper<'_> {
    fn gutter_x(&self, gutter: usize, route: usize, part: usize) -> i32 {
        let found = self.gutters[gutter]
            .iter()
            .find(|one| one.route == route && one.part == part);
        let lane = found.map_or(0, |one| one.lane);
        // The gutter begins where the column before it ends; the first has no column before it.
        let begin = match gutter.checked_sub(1) {
            Some(before) => self.column_x[before] + BOX + 2 * PAD,
            None => 0,
        };
        begin + MARGIN - PAD + lane * LANE
    }

    fn channel_y(&self, channel: usize, route: usize) -> i32 {
        let found = self.channels[channel].iter().find(|one| one.route == route);
        let lane = found.map_or(0, |one| one.lane);
        match channel {
            0 => self.above - lane * LANE,
            _ => self.above + self.bottom + lane * LANE,
        }
    }
}

/// A text in at most so many lines of a width; the last ends in `…` where more was there.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let line = lines.last_mut().expect("there is always a line");
            let space = usize::from(!line.is_empty());
            if line.width() + space + word.width() <= width {
                if space > 0 {
                    line.push(' ');
                }
                line.push_str(&word);
                break;
            }
            if line.is_empty() {
                // A word wider than a line is broken.
                let mut head = String::new();
                let mut rest = word.chars();
                for character in rest.by_ref() {
                    head.push(character);
                    if head.width() >= width {
                        break;
                    }
                }
                *line = head;
                word = rest.collect();
                if word.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > width {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
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
        let of = |system: &crate::catalog::types::System| {
            Diagram::of(&session, &catalog, &system.id).map(|one| layout(&one))
        };
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
                        x1.max(x2) <= layout.width
                            && y1.max(y2) <= layout.height
                            && y1.min(y2) >= 0
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
                let apart =
                    pair[0].0 != pair[1].0 || pair[0].2 < pair[1].1 || pair[0].3 == pair[1].3;
                assert!(apart, "{pair:?}");
            }
        }
    }

    #[test]
    fn a_long_name_is_wrapped_and_cut() {
        assert_eq!(
            wrapped("Builder (BuildKit)", 10, 3),
            ["Builder", "(BuildKit)"]
        );
        assert_eq!(wrapped("abcdefghij", 4, 2), ["abcd", "efg…"]);
        assert_eq!(wrapped("", 4, 2), [""]);
        assert_eq!(wrapped("中文中文", 4, 3), ["中文", "中文"]);
    }
}
