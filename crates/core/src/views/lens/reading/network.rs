//! Who appears with whom: a picture of the most frequent names, those named in one sentence joined, with the table of
//! the pairs.
//!
//! Laid out by springs and repulsion (Fruchterman and Reingold 1991) from a circle in the order of frequency, so many
//! rounds, with no chance in it: the same pairs give the same picture, to the last bit.

use super::super::figure::{Figure, Label, Line, Mark, NO_SERIES, tenth};
use super::super::settings::Settings;
use super::super::table::{Cell, Content, Link, Rows, TEXT, column, table};
use super::super::{Ground, Lens, LensView};
use super::named::entity_key;
use super::people::{Counted, link};
use super::together::{Pair, documents, pairs};
use crate::base::math::sqrt;
use crate::extract::{Kind, Read};
use crate::views::words::count;

/// The colour of heavy lines.
const TIES: u8 = 5;
/// Names in the picture.
const MOST_NAMES: u32 = 30;
const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 620.0;
/// Room for names at the edges.
const MARGIN: (f64, f64) = (90.0, 30.0);
const ROUNDS: u32 = 300;
/// Ties of a name that are drawn, the strongest; those of others to it come on top.
const MOST_TIES: u32 = 3;
/// About half the width of a letter of the labels.
const HALF_LETTER: f64 = 2.9;

/// The picture and its table.
pub(super) fn network(
    ground: &Ground,
    read: &Read,
    found: &[Counted],
    settings: &mut Settings,
    rows: Rows,
) -> LensView {
    let most = settings.number("n", "Names in the picture", 2, 100, MOST_NAMES);
    let chosen: Vec<&Counted> = found.iter().take(most as usize).collect();
    let place_of = |id: u32| chosen.iter().position(|counted| counted.id == id);
    let mut is_chosen = vec![false; read.entities.list.len()];
    chosen.iter().for_each(|counted| is_chosen[counted.id as usize] = true);
    let is_in = |id: u32| is_chosen.get(id as usize).copied().unwrap_or(false);
    let pairs = pairs(read, ground.selected.docs, &|a, b| is_in(a) && is_in(b));
    let edges: Vec<(usize, usize, f64)> = pairs
        .iter()
        .filter_map(|pair| {
            Some((place_of(pair.entities[0])?, place_of(pair.entities[1])?, pair.sentences.len() as f64))
        })
        .collect();
    let summary = match pairs.first() {
        None => "No two of these names stand in one sentence.".to_owned(),
        Some(pair) => format!(
            "{} among the {} most frequent names stand in one sentence somewhere; most often {} and {}, {}.",
            count(pairs.len() as u64, "pair", "pairs"),
            chosen.len(),
            name(read, pair.entities[0]),
            name(read, pair.entities[1]),
            count(pair.sentences.len() as u64, "time", "times"),
        ),
    };
    let figures = if edges.is_empty() { Vec::new() } else { vec![figure(&chosen, &edges)] };
    let columns = vec![
        column("name", "Name", "One of the two", TEXT),
        column("other", "With", "The other", TEXT),
        column("sentences", "Sentences", "Sentences that name both", 0),
        column("documents", "Documents", "Documents that have such a sentence", 0),
    ];
    let cell = |pair: &Pair, place: usize| match place {
        0 => Cell::Text(name(read, pair.entities[0]).to_owned()),
        1 => Cell::Text(name(read, pair.entities[1]).to_owned()),
        2 => Cell::Count(pair.sentences.len() as u64),
        _ => Cell::Count(documents(&pair.sentences)),
    };
    let head = |pair: &Pair| {
        let clause = |id: u32| read.entities.list.get(id as usize).map(query_of).unwrap_or_default();
        let query = format!("({} NEAR {}) within <s/>", clause(pair.entities[0]), clause(pair.entities[1]));
        let lines = Link::Lens { lens: Lens::Concordance, query: Some(query), filter: None, settings: Vec::new() };
        (format!("{}:{}", pair.entities[0], pair.entities[1]), lines, true)
    };
    let caption = "Who appears with whom".to_owned();
    let table = table(Content { caption, columns, items: &pairs, cell: &cell, head: &head, sort: "" }, settings, rows);
    LensView { summary, figures, table, ..LensView::default() }
}

/// The clause of a query that finds the mentions of an entity.
pub(super) fn query_of(entity: &crate::extract::entities::Entity) -> String {
    let key = entity_key(entity);
    let (kind, name) = key.split_once(':').unwrap_or(("name", &key));
    format!("{kind}:\"{}\"", name.replace('"', ""))
}

fn name(read: &Read, id: u32) -> &str {
    read.entities.list.get(id as usize).map_or("", |entity| &entity.name)
}

fn figure(chosen: &[&Counted], edges: &[(usize, usize, f64)]) -> Figure {
    let ties = strongest(chosen.len(), edges);
    let points = layout(chosen.len(), &ties);
    let most = chosen.first().map_or(1, |counted| counted.mentions).max(1) as f64;
    let heaviest = edges.iter().map(|edge| edge.2).fold(1.0, f64::max);
    let summary = "Names that stand in one sentence are joined, by a heavier line where they do often; the larger the dot the \
                   more mentions. People, organisations, places and other names have colours of their own.";
    let mut figure = Figure {
        name: "network".to_owned(),
        summary: summary.to_owned(),
        width: WIDTH,
        height: HEIGHT,
        ..Figure::default()
    };
    if ties.len() < edges.len() {
        figure.summary.push_str(" Of each name the strongest ties are drawn; the table has all.");
    }
    for (a, b, weight) in &ties {
        // Weak ties are hairlines, strong ones lines.
        let (from, to) = (points[*a], points[*b]);
        if weight * 3.0 >= heaviest {
            figure.lines.push(Line { series: TIES, stretches: vec![vec![from, to]] });
        } else {
            figure.rules.push((from.0, from.1, to.0, to.1));
        }
    }
    for (place, counted) in chosen.iter().enumerate() {
        let (x, y) = points[place];
        let diameter = 6.0 + 18.0 * sqrt(counted.mentions as f64 / most);
        let company = edges.iter().filter(|edge| edge.0 == place || edge.1 == place).count() as u64;
        let series = match counted.entity.kind {
            Kind::Person => 0,
            Kind::Organisation => 1,
            Kind::Place => 2,
            Kind::Other => 3,
        };
        let label = format!(
            "{}: {}, in one sentence with {}",
            counted.entity.name,
            count(counted.mentions, "mention", "mentions"),
            count(company, "other", "others"),
        );
        let link = link(entity_key(counted.entity));
        figure.marks.push(Mark { x, y, width: 0.0, height: tenth(diameter), series, label, link });
        let y = tenth(y - diameter / 2.0 - 4.0);
        // A long name at the edge is turned inwards.
        let half = counted.entity.name.chars().count() as f64 * HALF_LETTER;
        let (x, anchor) = match (x < half, x + half > WIDTH) {
            (true, _) => (0.0, 0),
            (_, true) => (WIDTH, 2),
            _ => (x, 1),
        };
        figure.labels.push(Label { x, y, text: counted.entity.name.clone(), anchor, series: NO_SERIES });
    }
    figure
}

/// Where so many points lie that these edges join. Cost: rounds times the square of the points, at most a hundred.
fn layout(len: usize, edges: &[(usize, usize, f64)]) -> Vec<(f64, f64)> {
    // A circle by rotation: sines differ between machines, the root does not.
    let mut points = Vec::with_capacity(len);
    let (mut x, mut y) = (0.45, 0.0);
    let angle = std::f64::consts::TAU / len.max(1) as f64;
    let norm = sqrt(1.0 + angle * angle);
    for _ in 0..len {
        points.push((0.5 + x, 0.5 + y));
        (x, y) = ((x - y * angle) / norm, (y + x * angle) / norm);
    }
    let ideal = sqrt(1.0 / len.max(1) as f64);
    for round in 0..ROUNDS {
        let mut moves = vec![(0.0, 0.0); len];
        for a in 0..len {
            for b in a + 1..len {
                let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
                let square = (dx * dx + dy * dy).max(1e-6);
                let force = ideal * ideal / square;
                moves[a] = (moves[a].0 + dx * force, moves[a].1 + dy * force);
                moves[b] = (moves[b].0 - dx * force, moves[b].1 - dy * force);
            }
        }
        for (a, b, weight) in edges {
            let (dx, dy) = (points[*a].0 - points[*b].0, points[*a].1 - points[*b].1);
            let force = sqrt(dx * dx + dy * dy) / ideal * sqrt(*weight).min(3.0) * 0.5;
            moves[*a] = (moves[*a].0 - dx * force, moves[*a].1 - dy * force);
            moves[*b] = (moves[*b].0 + dx * force, moves[*b].1 + dy * force);
        }
        let most = 0.08 * f64::from(ROUNDS - round) / f64::from(ROUNDS);
        for (point, (dx, dy)) in points.iter_mut().zip(moves) {
            // Those without ties are kept from drifting away.
            let (dx, dy) = (dx + (0.5 - point.0) * 0.3, dy + (0.5 - point.1) * 0.3);
            let length = sqrt(dx * dx + dy * dy).max(1e-9);
            let step = length.min(most) / length;
            *point = (point.0 + dx * step, point.1 + dy * step);
        }
    }
    let xs = spread(points.iter().map(|point| point.0).collect());
    let ys = spread(points.iter().map(|point| point.1).collect());
    let scaled = |(x, y): (f64, f64)| {
        (tenth(MARGIN.0 + x * (WIDTH - 2.0 * MARGIN.0)), tenth(MARGIN.1 + y * (HEIGHT - 2.0 * MARGIN.1)))
    };
    xs.into_iter().zip(ys).map(scaled).collect()
}

/// Coordinates from 0 to 1: half by value and half by rank, so that one that lies far off does not press the others
/// together.
fn spread(values: Vec<f64>) -> Vec<f64> {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(*at), high.max(*at)));
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let mut spread = vec![0.5; values.len()];
    let last = (values.len().max(2) - 1) as f64;
    for (rank, place) in order.into_iter().enumerate() {
        spread[place] = 0.5 * (values[place] - low) / (high - low).max(1e-9) + 0.5 * rank as f64 / last;
    }
    spread
}

/// Of each name its strongest ties: what orders a picture in which nearly all are joined.
fn strongest(len: usize, edges: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|a, b| edges[*b].2.total_cmp(&edges[*a].2).then(a.cmp(b)));
    let mut ties = vec![0; len];
    order.retain(|place| {
        let (a, b, _) = edges[*place];
        let is_strong = ties[a] < MOST_TIES || ties[b] < MOST_TIES;
        ties[a] += 1;
        ties[b] += 1;
        is_strong
    });
    order.sort_unstable();
    order.into_iter().map(|place| edges[place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nearly_all_are_joined_the_strongest_ties_are_drawn() {
        let edges: Vec<(usize, usize, f64)> =
            (0..20).flat_map(|a| (a + 1..20).map(move |b| (a, b, f64::from((a * 7 + b * 3) as u32 % 11)))).collect();
        let ties = strongest(20, &edges);
        assert!(ties.len() < edges.len() / 2, "{}", ties.len());
        for name in 0..20 {
            let own = |ties: &[(usize, usize, f64)]| {
                let own = ties.iter().filter(|edge| edge.0 == name || edge.1 == name);
                own.map(|edge| edge.2).fold(0.0, f64::max)
            };
            assert_eq!(own(&ties), own(&edges), "its strongest is there");
        }
        assert_eq!(strongest(3, &edges[..1]), edges[..1]);
    }

    #[test]
    fn one_far_off_leaves_room_for_the_others() {
        let spread = spread(vec![0.0, 0.01, 0.02, 100.0]);
        assert!(spread.windows(2).all(|pair| pair[1] - pair[0] > 0.15), "{spread:?}");
        assert_eq!((spread[0], spread[3]), (0.0, 1.0));
    }

    #[test]
    fn points_lie_in_the_frame_apart_and_the_same_every_time() {
        let edges = [(0, 1, 9.0), (1, 2, 1.0), (3, 4, 2.0)];
        let points = layout(6, &edges);
        assert_eq!(points, layout(6, &edges));
        for (place, (x, y)) in points.iter().enumerate() {
            assert!((0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y), "{x} {y}");
            for (other_x, other_y) in &points[place + 1..] {
                assert!((x - other_x).abs() + (y - other_y).abs() > 20.0, "{points:?}");
            }
        }
        let distance = |a: usize, b: usize| (points[a].0 - points[b].0).hypot(points[a].1 - points[b].1);
        assert!(distance(0, 1) < distance(0, 4), "those who are together stand together: {points:?}");
        assert_eq!(layout(1, &[]).len(), 1);
        assert_eq!(layout(0, &[]).len(), 0);
    }
}
