//! The diagram as a picture inside an HTML page. Colours are the page's (classes), so that it follows light
//! and dark.

use std::fmt::Write as _;

use super::layout::{LINE, Layout, NodeBox, Route, layout};
use super::model::Diagram;
use crate::catalog::types::ElementKind;
use crate::encode;

/// The picture under a name that no other picture of the page has.
pub fn svg(diagram: &Diagram<'_>, id: &str, title: &str) -> String {
    let drawn = layout(diagram);
    let id = encode::html_inline(id);
    let mut out = String::new();
    line(
        &mut out,
        &format!(
            "<svg class=\"diagram\" viewBox=\"0 0 {} {}\" width=\"{}\" role=\"img\" aria-labelledby=\"{id}-title\">",
            drawn.width, drawn.height, drawn.width
        ),
    );
    line(
        &mut out,
        &format!(
            "<title id=\"{id}-title\">{}</title>",
            encode::html_inline(title)
        ),
    );
    line(&mut out, "<defs>");
    for (name, class) in [("plain", "tip"), ("crossing", "tip crossing")] {
        line(
            &mut out,
            &format!(
                "<marker id=\"{id}-{name}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"9\" \
                 markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
                 <path class=\"{class}\" d=\"M0 0L8 4L0 8z\"/></marker>"
            ),
        );
    }
    line(&mut out, "</defs>");
    for zone in &drawn.zones {
        let r = zone.rect;
        line(
            &mut out,
            &format!(
                "<rect class=\"zone\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\
                 <text class=\"zone-name\" x=\"{}\" y=\"{}\">{}</text>",
                r.x,
                r.y,
                r.width,
                r.height,
                r.x + 10,
                r.y + 18,
                encode::html_inline(&zone.name)
            ),
        );
    }
    for route in &drawn.routes {
        one_route(&mut out, route, &id);
    }
    for node in &drawn.nodes {
        one_node(&mut out, node);
    }
    numbers(&mut out, &drawn);
    out.push_str("</svg>\n");
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn one_route(out: &mut String, route: &Route, id: &str) {
    let mut path = String::new();
    for (at, (x, y)) in route.points.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x} {y}", if at == 0 { "M" } else { "L" });
    }
    let (class, marker) = if route.crosses {
        ("flow crossing", "crossing")
    } else {
        ("flow", "plain")
    };
    line(
        out,
        &format!("<path class=\"{class}\" d=\"{path}\" marker-end=\"url(#{id}-{marker})\"/>"),
    );
}

fn one_node(out: &mut String, node: &NodeBox) {
    let r = node.rect;
    let round = match node.kind {
        ElementKind::Actor => 22,
        ElementKind::Process => 8,
        ElementKind::Store | ElementKind::ExternalService => 0,
    };
    line(
        out,
        &format!(
            "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{round}\"/>",
            r.x, r.y, r.width, r.height
        ),
    );
    let (left, right, top, bottom) = (r.x, r.x + r.width, r.y, r.y + r.height);
    let marks = match node.kind {
        ElementKind::Store => format!(
            "M{left} {0}L{right} {0}M{left} {1}L{right} {1}",
            top + 4,
            bottom - 4
        ),
        ElementKind::ExternalService => format!(
            "M{0} {top}L{0} {bottom}M{1} {top}L{1} {bottom}",
            left + 5,
            right - 5
        ),
        ElementKind::Actor | ElementKind::Process => String::new(),
    };
    if !marks.is_empty() {
        line(out, &format!("<path class=\"mark\" d=\"{marks}\"/>"));
    }
    let lines = i32::try_from(node.lines.len()).unwrap_or(1);
    let first = r.y + r.height / 2 - (lines - 1) * LINE / 2 + 5;
    let mut y = first;
    for text in &node.lines {
        line(
            out,
            &format!(
                "<text class=\"name\" x=\"{}\" y=\"{y}\">{}</text>",
                r.x + r.width / 2,
                encode::html_inline(text)
            ),
        );
        y += LINE;
    }
}

/// The number of each flow at both its ends, where it can be followed by.
fn numbers(out: &mut String, drawn: &Layout) {
    for route in &drawn.routes {
        let [Some(first), Some(second)] = [route.points.first(), route.points.get(1)] else {
            continue;
        };
        let [Some(last), Some(before)] = [route.points.last(), route.points.iter().rev().nth(1)]
        else {
            continue;
        };
        let aside =
            |at: &(i32, i32), to: &(i32, i32), by: i32| at.0 + if to.0 > at.0 { by } else { -by };
        for x_y in [
            (aside(first, second, 11), first.1),
            (aside(last, before, 20), last.1),
        ] {
            let class = if route.crosses {
                "number crossing"
            } else {
                "number"
            };
            line(
                out,
                &format!(
                    "<circle class=\"{class}\" cx=\"{0}\" cy=\"{1}\" r=\"9\"/>\
                     <text class=\"digits\" x=\"{0}\" y=\"{2}\">{3}</text>",
                    x_y.0,
                    x_y.1,
                    x_y.1 + 4,
                    route.number
                ),
            );
        }
    }
}
