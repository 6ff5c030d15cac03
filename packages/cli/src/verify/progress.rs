//! What a verification tells on stderr while it works: a bar on a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// The bar.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Shows nothing yet.
    pub fn new() -> Self {
        // Hidden where stderr is no terminal.
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar }
    }

    /// A step of unknown length.
    pub fn phase(&self, what: &'static str) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.set_message(what);
    }

    /// A step of so many parts.
    pub fn steps(&self, what: &'static str, parts: u64) {
        self.phase(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_length(parts);
        self.bar.set_position(0);
    }

    /// A part is done.
    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// Clears the bar.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
