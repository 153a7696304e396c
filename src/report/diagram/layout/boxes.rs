//! Columns, zones and boxes: which stands where, and at which side of a box a flow ends. Not for the way a
//! flow takes between them: see `lines`.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthStr as _;

use super::{BOX, COLUMNS, GAP, LINE, NAME, NodeBox, PAD, PORT, Rect, TEXT, ZoneBox};
use crate::report::diagram::model::Diagram;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// One end of a flow at a box.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) node: usize,
    pub(super) side: Side,
    /// Which of the ends on this side, from the top.
    port: i32,
}

pub(super) struct Planning {
    /// The column of each node.
    pub(super) columns: Vec<usize>,
    pub(super) nodes: Vec<NodeBox>,
    pub(super) ends: Vec<[End; 2]>,
}

/// Which zones stand in which column: in their order, each column about as high as the others.
pub(super) fn columns(diagram: &Diagram<'_>) -> Vec<Vec<usize>> {
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

pub(super) fn plan(diagram: &Diagram<'_>, columns: &[Vec<usize>]) -> Planning {
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
pub(super) fn ports(diagram: &Diagram<'_>, plan: &mut Planning) {
    let mut used = vec![[0_i32; 2]; plan.nodes.len()];
    for flow in &diagram.flows {
        let (from, to) = (flow.from.number - 1, flow.to.number - 1);
        let (a, b) = (plan.columns[from], plan.columns[to]);
        let (leaves, enters) = match a.cmp(&b) {
            Ordering::Less => (Side::Right, Side::Left),
            Ordering::Greater => (Side::Left, Side::Right),
            Ordering::Equal => (Side::Right, Side::Right),
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
pub(super) fn stack(
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
pub(super) fn order_ports(plan: &mut Planning) {
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
    pub(super) fn y(&self, end: End) -> i32 {
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
    use super::wrapped;

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
