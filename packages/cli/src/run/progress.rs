//! What a run tells on stderr while it works.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::Duration;

/// A bar on a terminal, a line a phase elsewhere.
pub struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
}

impl Progress {
    /// Shows nothing yet.
    pub fn new() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = if is_terminal {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, is_terminal }
    }

    /// A new phase of unknown length.
    pub fn phase(&self, what: &str) {
        if self.is_terminal {
            self.bar.set_style(ProgressStyle::default_spinner());
            self.bar.set_message(what.to_owned());
        } else {
            eprintln!("{what}");
        }
    }

    /// A new phase of so many steps.
    pub fn steps(&self, what: &str, steps: u64) {
        self.phase(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_length(steps);
        self.bar.set_position(0);
    }

    /// So many steps are done.
    pub fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }

    /// Clears the bar.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Default for Progress {
    fn default() -> Self {
        Progress::new()
    }
}
