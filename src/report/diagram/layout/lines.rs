//! The lines of the flows: through which gutters and channels each goes, and in which lane. Not for where
//! boxes stand: see `boxes`.

use super::boxes::{End, Planning, Side};
use super::{BOX, LANE, MARGIN, PAD};

/// A stretch of a line in a gutter or channel, to be given a lane.
pub(super) struct Stretch {
    route: usize,
    /// Whether it is the stretch at the source, the target or between.
    part: usize,
    low: i32,
    high: i32,
    pub(super) lane: i32,
}

/// Which way a flow takes.
pub(super) struct Shape {
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
    pub(super) fn of(plan: &Planning, at: usize, bottom: i32) -> Self {
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
    pub(super) fn claim(
        &self,
        route: usize,
        gutters: &mut [Vec<Stretch>],
        channels: &mut [Vec<Stretch>; 2],
    ) {
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
    pub(super) fn points(
        &self,
        route: usize,
        plan: &Planning,
        paper: &Paper<'_>,
    ) -> Vec<(i32, i32)> {
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
pub(super) fn assign_lanes(stretches: &mut [Stretch]) {
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
pub(super) struct Paper<'l> {
    pub(super) column_x: &'l [i32],
    pub(super) above: i32,
    pub(super) bottom: i32,
    pub(super) gutters: &'l [Vec<Stretch>],
    pub(super) channels: &'l [Vec<Stretch>; 2],
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
