//! Measures, whether they keep to their budget, and how they are printed.

use std::fmt::Write as _;

use crate::statistics::{Figures, Place};

/// What one row of the table says.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What was measured.
    pub what: String,
    /// In what.
    pub unit: Unit,
    /// Edito's figures.
    pub ours: Figures,
    /// What they are held against, in the same run.
    pub peer: Option<(String, Figures)>,
    /// What must hold; nothing for what is only told.
    pub limits: Vec<Limit>,
    /// What a reader has to know besides.
    pub note: String,
}

/// What figures count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Millions of bytes.
    Megabytes,
    /// Millions of bytes a second: more is better.
    MegabytesPerSecond,
    /// A share of 1: more is better.
    Share,
    /// How many.
    Count,
}

/// What must hold of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// At most so many times the peer.
    Ratio(Place, f64),
    /// At most so much.
    Value(Place, f64),
    /// At most so much more than the peer.
    Above(Place, f64),
    /// At least so many times the peer.
    AtLeast(Place, f64),
}

impl Measure {
    /// A measure with no peer, no limit and no note.
    pub fn new(what: &str, unit: Unit, samples: &[f64]) -> Self {
        Self {
            what: what.into(),
            unit,
            ours: Figures::of(samples),
            peer: None,
            limits: Vec::new(),
            note: String::new(),
        }
    }

    /// Held against something.
    pub fn against(mut self, peer: &str, samples: &[f64]) -> Self {
        self.peer = Some((peer.into(), Figures::of(samples)));
        self
    }

    /// Something that must hold.
    pub fn must(mut self, limit: Limit) -> Self {
        self.limits.push(limit);
        self
    }

    /// Something to know besides.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Edito's figure as a multiple of the peer's.
    pub fn ratio(&self, place: Place) -> Option<f64> {
        let peer = self.peer.as_ref()?.1.at(place);
        (peer > 0.0).then(|| self.ours.at(place) / peer)
    }

    /// Whether all that must hold does; nothing when nothing must.
    pub fn keeps(&self) -> Option<bool> {
        if self.limits.is_empty() {
            return None;
        }
        Some(self.limits.iter().all(|limit| {
            match *limit {
                Limit::Ratio(place, most) => self.ratio(place).is_some_and(|ratio| ratio <= most),
                Limit::Value(place, most) => self.ours.at(place) <= most,
                Limit::AtLeast(place, least) => self.ratio(place).is_some_and(|ratio| ratio >= least),
                Limit::Above(place, most) => self
                    .peer
                    .as_ref()
                    .is_some_and(|(_, peer)| self.ours.at(place) - peer.at(place) <= most),
            }
        }))
    }

    fn cells(&self) -> [String; 7] {
        let figures = |figures: &Figures| {
            let value = |value| self.unit.show(value);
            if figures.count > 1 {
                format!(
                    "{} · {} · {}",
                    value(figures.median),
                    value(figures.p95),
                    value(figures.p99)
                )
            } else {
                value(figures.median)
            }
        };
        // The ratio at the place that the budget speaks of, else at the median.
        let place = self.limits.iter().find_map(|limit| match limit {
            Limit::Ratio(place, _) | Limit::AtLeast(place, _) => Some(*place),
            _ => None,
        });
        let ratio = self
            .ratio(place.unwrap_or(Place::Median))
            .map_or_else(String::new, |ratio| format!("{ratio:.2}×"));
        let must: Vec<String> = self
            .limits
            .iter()
            .map(|limit| match *limit {
                Limit::Ratio(place, most) => format!("{}≤ {most}×", place.name()),
                Limit::Value(place, most) => format!("{}≤ {}", place.name(), self.unit.show(most)),
                Limit::Above(place, most) => format!("{}≤ + {}", place.name(), self.unit.show(most)),
                Limit::AtLeast(place, least) => format!("{}≥ {least}×", place.name()),
            })
            .collect();
        let verdict = match self.keeps() {
            None => "",
            Some(true) => "ok",
            Some(false) => "MISS",
        };
        [
            self.what.clone(),
            figures(&self.ours),
            self.peer.as_ref().map_or_else(String::new, |(name, _)| name.clone()),
            self.peer.as_ref().map_or_else(String::new, |(_, peer)| figures(peer)),
            ratio,
            must.join(", "),
            verdict.into(),
        ]
    }
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Median => "",
            Place::P95 => "p95 ",
            Place::P99 => "p99 ",
        }
    }
}

impl Unit {
    /// A value with its unit, in three digits.
    pub fn show(self, value: f64) -> String {
        match self {
            Unit::Seconds if value == 0.0 => "0".into(),
            Unit::Seconds if value < 0.000_995 => format!("{} µs", digits(value * 1e6)),
            Unit::Seconds if value < 0.995 => format!("{} ms", digits(value * 1e3)),
            Unit::Seconds => format!("{} s", digits(value)),
            Unit::Megabytes => format!("{} MB", digits(value)),
            Unit::MegabytesPerSecond => format!("{} MB/s", digits(value)),
            Unit::Share => format!("{value:.4}"),
            Unit::Count => format!("{value:.0}"),
        }
    }
}

/// Three digits that count, or all of those before the point.
fn digits(value: f64) -> String {
    if value == value.trunc() || value.abs() >= 99.5 {
        format!("{value:.0}")
    } else if value.abs() >= 9.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

const HEADINGS: [&str; 7] = [
    "what",
    "Edito (median · p95 · p99)",
    "held against",
    "its figures",
    "ratio",
    "must",
    "",
];

/// The measures as lines with their columns one below the other.
pub fn plain(measures: &[Measure]) -> String {
    let rows: Vec<[String; 7]> = std::iter::once(HEADINGS.map(str::to_owned))
        .chain(measures.iter().map(Measure::cells))
        .collect();
    let widths: Vec<usize> = (0..7)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        for (cell, &width) in row.iter().zip(&widths) {
            let _ = write!(text, "{cell:width$}  ");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        if let Some(note) = at
            .checked_sub(1)
            .and_then(|at| measures.get(at))
            .map(|measure| &measure.note)
            && !note.is_empty()
        {
            let _ = writeln!(text, "    {note}");
        }
    }
    text
}

/// The measures as a table of Markdown.
pub fn markdown(measures: &[Measure]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "| {} |\n|{}", HEADINGS.join(" | "), "---|".repeat(HEADINGS.len()));
    for measure in measures {
        let cells = measure.cells().map(|cell| cell.replace('|', "\\|"));
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    let notes: Vec<&Measure> = measures.iter().filter(|measure| !measure.note.is_empty()).collect();
    if !notes.is_empty() {
        text.push('\n');
        for measure in notes {
            let _ = writeln!(text, "- **{}**: {}", measure.what, measure.note);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_kept_or_missed() {
        let measure =
            Measure::new("search", Unit::Seconds, &[0.001, 0.002, 0.030]).against("bare", &[0.001, 0.002, 0.025]);
        assert_eq!(measure.keeps(), None);
        let ratio = Limit::Ratio(Place::P95, 1.5);
        assert_eq!(measure.clone().must(ratio).keeps(), Some(true));
        assert_eq!(
            measure
                .clone()
                .must(ratio)
                .must(Limit::Value(Place::P95, 0.020))
                .keeps(),
            Some(false)
        );
        let memory = Measure::new("memory", Unit::Megabytes, &[200.0]).against("empty", &[130.0]);
        assert_eq!(
            memory.clone().must(Limit::Above(Place::Median, 80.0)).keeps(),
            Some(true)
        );
        assert_eq!(memory.must(Limit::Above(Place::Median, 60.0)).keeps(), Some(false));
        // What can't be compared keeps no ratio.
        assert_eq!(
            Measure::new("alone", Unit::Seconds, &[1.0]).must(ratio).keeps(),
            Some(false)
        );
    }

    #[test]
    fn figures_show_three_digits_in_their_unit() {
        assert_eq!(Unit::Seconds.show(0.000_012_34), "12.3 µs");
        assert_eq!(Unit::Seconds.show(0.012_345), "12.3 ms");
        assert_eq!(Unit::Seconds.show(12.345), "12.3 s");
        assert_eq!(Unit::Seconds.show(0.150), "150 ms");
        assert_eq!(Unit::Megabytes.show(182.4), "182 MB");
    }

    #[test]
    fn columns_stand_one_below_the_other() {
        let measures = [
            Measure::new("a", Unit::Seconds, &[0.002])
                .against("b", &[0.001])
                .must(Limit::Ratio(Place::Median, 1.5)),
            Measure::new("a longer name", Unit::Megabytes, &[3.5, 4.5]).note("a note"),
        ];
        let text = plain(&measures);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1].find("2 ms"), lines[2].find("4 MB"));
        assert!(lines[1].ends_with("2.00×  ≤ 1.5×  MISS"), "{text}");
        assert_eq!(lines[3], "    a note");
        assert!(markdown(&measures).contains("| a | 2 ms | b | 1 ms | 2.00× | ≤ 1.5× | MISS |"));
    }
}
