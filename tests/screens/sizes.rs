//! Drawing at every size.

use super::places::ALL;
use astride::tui::app::Event;

#[test]
fn drawing_never_panics_at_any_size() {
    for place in ALL {
        let mut program = place.at(80, 24);
        for columns in (1..=140)
            .step_by(3)
            .chain([19, 20, 21, 39, 40, 71, 72, 76, 111, 112])
        {
            for rows in (1..=50).step_by(4).chain([2, 3, 4, 6, 7, 8, 10, 11, 12]) {
                program.event(Event::Resize(columns, rows));
                program.draw();
            }
        }
    }
}
