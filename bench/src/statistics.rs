//! Figures from samples.

use std::time::{Duration, Instant};

/// What several samples of one thing come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// How many samples.
    pub count: usize,
    /// The middle one.
    pub median: f64,
    /// Of 100 samples, 95 are at most this.
    pub p95: f64,
    /// Of 100 samples, 99 are at most this.
    pub p99: f64,
}

impl Figures {
    /// The figures of some samples; all zero when there are none.
    pub fn of(samples: &[f64]) -> Self {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self {
            count: sorted.len(),
            median: median(&sorted),
            p95: percentile(&sorted, 95.0),
            p99: percentile(&sorted, 99.0),
        }
    }

    /// The figure at a place among the samples.
    pub fn at(&self, place: Place) -> f64 {
        match place {
            Place::Median => self.median,
            Place::P95 => self.p95,
            Place::P99 => self.p99,
        }
    }
}

/// Which of the sorted samples counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The middle one.
    Median,
    /// The one that 95 of 100 do not exceed.
    P95,
    /// The one that 99 of 100 do not exceed.
    P99,
}

/// How long something takes, in seconds, and what it answers.
pub fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let started = Instant::now();
    let answer = work();
    (seconds(started.elapsed()), answer)
}

/// A duration in seconds.
pub fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[count / 2],
        count => f64::midpoint(sorted[count / 2 - 1], sorted[count / 2]),
    }
}

/// The nearest-rank percentile: always one of the samples.
fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_sorted_samples() {
        let samples: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let figures = Figures::of(&samples);
        assert_eq!(
            figures,
            Figures {
                count: 200,
                median: 100.5,
                p95: 190.0,
                p99: 198.0
            }
        );
        assert_eq!(figures.at(Place::P95), 190.0);
    }

    #[test]
    fn few_samples_are_no_trouble() {
        assert_eq!(
            Figures::of(&[]),
            Figures {
                count: 0,
                median: 0.0,
                p95: 0.0,
                p99: 0.0
            }
        );
        let one = Figures::of(&[4.0]);
        assert_eq!((one.median, one.p95, one.p99), (4.0, 4.0, 4.0));
        assert_eq!(Figures::of(&[3.0, 1.0, 2.0]).median, 2.0);
    }
}
