//! Bars drawn on the server, each with a title, a description, and the same numbers as a table.
//!
//! Never needs a script or a colour to be read: heights, labels and the table say the same.

use maud::{Markup, html};

use crate::text::Texts;

/// The drawing, in its own units; it is scaled to the room there is.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 396.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 158.0;

/// More bars than this get labels at both ends and in the middle only.
const MOST_LABELS: usize = 8;

/// A chart.
pub(super) struct Chart<'a> {
    /// Unique on the page.
    pub(super) id: &'a str,
    /// What is shown.
    pub(super) title: String,
    /// How it is read.
    pub(super) about: String,
    /// What the bars stand for, and what their heights are.
    pub(super) columns: [String; 2],
    /// What follows a number on the axis.
    pub(super) unit: &'a str,
    /// From start to end.
    pub(super) bars: Vec<Bar>,
}

/// One bar.
pub(super) struct Bar {
    /// Below it, short.
    pub(super) label: String,
    /// In the table.
    pub(super) name: String,
    /// Its height.
    pub(super) value: f64,
    /// Its height in the table; `—` where there is nothing to measure.
    pub(super) told: String,
}

/// Drawing and table.
pub(super) fn chart(texts: Texts, chart: &Chart<'_>) -> Markup {
    let [title, desc] = &["title", "desc"].map(|part| format!("{}-{part}", chart.id));
    html! {
        div.chart {
            h3 { (chart.title) }
            svg role="img" aria-labelledby={ (title) " " (desc) } viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
                title id=(title) { (chart.title) }
                desc id=(desc) { (chart.about) }
                (drawing(chart))
            }
            details {
                summary { (texts.get("history-chart-numbers")) }
                div.table-frame.chart-table tabindex="0" role="region" aria-label=(chart.title) {
                    table {
                        thead { tr { @for column in &chart.columns { th scope="col" { (column) } } } }
                        tbody { @for bar in &chart.bars { tr { th scope="row" { (bar.name) } td { (bar.told) } } } }
                    }
                }
            }
        }
    }
}

fn drawing(chart: &Chart<'_>) -> Markup {
    let step = step(chart.bars.iter().map(|bar| bar.value).fold(0.0, f64::max));
    let height = |value: f64| (BOTTOM - TOP) * value / (2.0 * step);
    let room = (RIGHT - LEFT) / chart.bars.len().max(1) as f64;
    let last = chart.bars.len().saturating_sub(1);
    html! {
        @for line in [0.0, step, 2.0 * step] {
            line.grid x1=(LEFT) x2=(RIGHT) y1=(place(BOTTOM - height(line))) y2=(place(BOTTOM - height(line))) {}
            text.tick x=(LEFT - 6.0) y=(place(BOTTOM - height(line) + 4.0)) text-anchor="end" { (line) (chart.unit) }
        }
        @for (index, bar) in chart.bars.iter().enumerate() {
            @let start = LEFT + room * index as f64;
            rect.bar-value x=(place(start + room * 0.1)) width=(place(room * 0.8)) y=(place(BOTTOM - height(bar.value))) height=(place(height(bar.value))) {}
            @if let Some((x, anchor)) = label(index, last, start, room) {
                text.tick x=(place(x)) y=(BOTTOM + 18.0) text-anchor=(anchor) { (bar.label) }
            }
        }
    }
}

/// Where a bar's label goes, if it has one.
fn label(index: usize, last: usize, start: f64, room: f64) -> Option<(f64, &'static str)> {
    let middle = start + room / 2.0;
    match index {
        _ if last < MOST_LABELS => Some((middle, "middle")),
        0 => Some((start, "start")),
        _ if index == last => Some((start + room, "end")),
        _ if index == last / 2 => Some((middle, "middle")),
        _ => None,
    }
}

/// Half the height of the axis: 1, 2 or 5 times a power of ten, so that the tallest bar fits into twice that.
fn step(tallest: f64) -> f64 {
    let mut power = 1.0;
    while power < 1e12 {
        for factor in [1.0, 2.0, 5.0] {
            if 2.0 * factor * power >= tallest {
                return factor * power;
            }
        }
        power *= 10.0;
    }
    tallest
}

/// To two places: a drawing needs no more.
fn place(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn bars(values: &[f64]) -> Vec<Bar> {
        let bar =
            |value: &f64| Bar { label: "x".to_owned(), name: "x".to_owned(), value: *value, told: value.to_string() };
        values.iter().map(bar).collect()
    }

    fn drawn(values: &[f64]) -> String {
        let columns = ["Day".to_owned(), "Visits".to_owned()];
        let about = "One bar a day.".to_owned();
        let shown = Chart { id: "days", title: "Visits".to_owned(), about, columns, unit: "", bars: bars(values) };
        chart(Texts::of(Language::English), &shown).into_string()
    }

    #[test]
    fn the_axis_ends_at_a_round_number_above_the_tallest_bar() {
        let ends = [0.0, 1.0, 2.0, 3.0, 9.0, 41.0, 2012.0].map(|tallest| 2.0 * step(tallest));
        assert_eq!(ends, [2.0, 2.0, 2.0, 4.0, 10.0, 100.0, 4000.0]);
    }

    #[test]
    fn a_chart_says_in_words_what_it_draws() {
        let svg = drawn(&[4.0, 2.0]);
        assert!(svg.contains(r#"role="img" aria-labelledby="days-title days-desc""#), "{svg}");
        assert!(
            svg.contains(r#"<title id="days-title">Visits</title><desc id="days-desc">One bar a day.</desc>"#),
            "{svg}"
        );
        assert_eq!(svg.matches(r#"<th scope="row">"#).count(), 2);
        assert!(!svg.contains("style="), "{svg}");
        // The taller bar fills the axis, the other half of it.
        assert!(svg.contains(r#"y="14" height="144""#) && svg.contains(r#"y="86" height="72""#), "{svg}");
    }

    #[test]
    fn many_bars_are_labelled_at_both_ends_and_in_the_middle() {
        let labels = |count: usize| drawn(&vec![1.0; count]).matches(r#"y="176""#).count();
        assert_eq!((labels(6), labels(30), labels(366)), (6, 3, 3));
    }
}
