//! A sparkline as one mesh: an area that fades downwards under a soft line, and a band above it
//! where the figure is an interval.
//!
//! Knows only heights; who draws it says what they are.

use egui::{Color32, Mesh, Pos2, Rect, Shape, pos2};

/// One column: between these two values the truth lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: u64,
    pub(crate) high: u64,
}

/// Sums `values` up into at most `columns` columns, each with the extremes of its values, the first
/// value first. `first` is the number of the first value since the start: columns begin at multiples
/// of their width, so that a graph that moves on does not shimmer.
pub(crate) fn columns(values: impl ExactSizeIterator<Item = Span>, first: u64, columns: usize, out: &mut Vec<Span>) {
    out.clear();
    // One column fewer: the first and the last may both be parts.
    let width = values.len().div_ceil(columns.saturating_sub(1).max(1)).max(1) as u64;
    let mut column = None;
    for (number, value) in (first..).zip(values) {
        let this_column = Some(number / width);
        match out.last_mut() {
            Some(span) if this_column == column => {
                span.low = span.low.min(value.low);
                span.high = span.high.max(value.high);
            }
            _ => out.push(value),
        }
        column = this_column;
    }
}

/// The room for what is not certain, over the highest that is.
const HEADROOM: f32 = 1.25;

/// Draws columns from left to right over the whole rectangle, from zero at its bottom. What is certain has its highest value below
/// the top; of what may be besides, as much is seen as there is room for.
pub(crate) fn sparkline(columns: &[Span], rect: Rect, line_width: f32, colour: Color32) -> Shape {
    let certain = columns.iter().map(|span| span.low).max().unwrap_or(0) as f32;
    let possible = columns.iter().map(|span| span.high).max().unwrap_or(0) as f32;
    let top = possible.min(certain * HEADROOM).max(1.0);
    let inner = rect.shrink2(egui::vec2(0.0, line_width));
    let place = |index: usize, value: u64| {
        let across = index as f32 / (columns.len().max(2) - 1) as f32;
        let up = (value as f32 / top).min(1.0);
        pos2(inner.left() + inner.width() * across, inner.bottom() - inner.height() * up)
    };
    let (area_top, area_bottom) = (colour.gamma_multiply(0.35), colour.gamma_multiply(0.04));
    let band = colour.gamma_multiply(0.14);
    let soft = line_width * 0.5;
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(columns.len() * 8);
    mesh.reserve_triangles(columns.len() * 10);
    for (index, span) in columns.iter().enumerate() {
        let (low, high) = (place(index, span.low), place(index, span.high));
        let up = |point: Pos2, by: f32| pos2(point.x, point.y - by);
        // Down a column: the band, the line with soft edges, the area.
        mesh.colored_vertex(high, band);
        mesh.colored_vertex(low, band);
        mesh.colored_vertex(up(low, line_width * 0.5 + soft), Color32::TRANSPARENT);
        mesh.colored_vertex(up(low, line_width * 0.5), colour);
        mesh.colored_vertex(up(low, -line_width * 0.5), colour);
        mesh.colored_vertex(up(low, -line_width * 0.5 - soft), Color32::TRANSPARENT);
        mesh.colored_vertex(low, area_top);
        mesh.colored_vertex(pos2(low.x, rect.bottom()), area_bottom);
        let Some(before) = (index as u32).checked_sub(1).map(|column| column * 8) else {
            continue;
        };
        // The line is drawn over band and area.
        for row in [0, 6, 2, 3, 4] {
            let (a, b) = (before + row, before + row + 1);
            mesh.add_triangle(a, b, a + 8);
            mesh.add_triangle(b, b + 8, a + 8);
        }
    }
    Shape::mesh(mesh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(value: u64) -> Span {
        Span { low: value, high: value }
    }

    fn summed(values: &[u64], first: u64, count: usize) -> Vec<(u64, u64)> {
        let mut out = Vec::new();
        columns(values.iter().map(|value| exact(*value)), first, count, &mut out);
        out.into_iter().map(|span| (span.low, span.high)).collect()
    }

    #[test]
    fn columns_keep_the_extremes() {
        assert_eq!(summed(&[1, 9, 2, 3], 0, 3), [(1, 9), (2, 3)]);
        assert_eq!(summed(&[1, 9, 2], 0, 9), [(1, 1), (9, 9), (2, 2)]);
        assert_eq!(summed(&[], 0, 9), []);
        assert!((0..9).all(|first| summed(&[1; 100], first, 7).len() <= 7));
    }

    #[test]
    fn a_graph_that_moves_on_keeps_its_columns() {
        let values: Vec<u64> = (0..41).map(|number| number * 7_919 % 101).collect();
        let (before, after) = (summed(&values[..40], 0, 11), summed(&values[1..], 1, 11));
        assert_eq!(before[1..], after[1..10]);
    }

    #[test]
    fn nothing_is_drawn_outside_of_the_rectangle() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(110.0, 60.0));
        let spans = [exact(0), Span { low: 3, high: 9 }, exact(9), exact(1)];
        for columns in [&spans[..], &spans[..1], &[]] {
            let Shape::Mesh(mesh) = sparkline(columns, rect, 2.0, Color32::WHITE) else {
                panic!("a sparkline is one mesh")
            };
            assert!(mesh.is_valid());
            for vertex in &mesh.vertices {
                assert!(rect.contains(vertex.pos), "{:?}", vertex.pos);
            }
        }
    }
}
