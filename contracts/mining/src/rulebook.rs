//! Which rules hold on which day.

use crate::rules::Rules;
use serde::{Deserialize, Serialize};
use vrs_days::Day;

/// The rules in force and those to come.
///
/// Days that are not closed reach back to yesterday, so what held before is forgotten. At most four
/// versions stand here: yesterday's, today's, tomorrow's and one that waits for a delay.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Rulebook {
    /// In force until the first of `later`.
    first: Rules,
    /// First day and rules, ascending.
    later: Vec<(Day, Rules)>,
}

/// What planning did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// First day of the new rules.
    pub from: Day,
    /// Whether they wait because they raise something.
    pub raised: bool,
    /// First day of the first plan that they replace.
    pub dropped: Option<Day>,
}

impl Rulebook {
    /// One version for all days.
    pub fn new(rules: Rules) -> Self {
        Rulebook {
            first: rules,
            later: vec![],
        }
    }

    /// The rules of a day that is not closed.
    pub fn at(&self, day: Day) -> &Rules {
        let begun = self.later.iter().rev().find(|(from, _)| *from <= day);
        begun.map_or(&self.first, |(_, rules)| rules)
    }

    /// The next rules to come, and their first day.
    pub fn planned(&self, today: Day) -> Option<&(Day, Rules)> {
        self.later.iter().find(|(from, _)| *from > today)
    }

    /// Plans rules from tomorrow on, or later where they raise something above tomorrow's: a raise
    /// that has waited is not made to wait again. Plans for after tomorrow are dropped; a plan for
    /// tomorrow stays where the new one begins later.
    pub fn plan(&mut self, today: Day, raise_delay: u32, rules: Rules) -> Planned {
        let tomorrow = today.saturating_add(1);
        let raised = rules.raises(self.at(tomorrow));
        let from = if raised {
            today.saturating_add(raise_delay)
        } else {
            tomorrow
        };
        let stays = |first: Day| first <= today || (first == tomorrow && first < from);
        let mut begins = self.later.iter().map(|(first, _)| *first);
        let dropped = begins.find(|first| !stays(*first));
        self.later.retain(|(first, _)| stays(*first));
        self.later.push((from, rules));
        let yesterday = today.saturating_sub(1);
        let past = self.later.iter().filter(|(first, _)| *first <= yesterday).count();
        if let Some((_, rules)) = self.later.drain(..past).next_back() {
            self.first = rules;
        }
        Planned { from, raised, dropped }
    }

    /// Changes all versions.
    pub fn each(&mut self, change: impl Fn(&mut Rules)) {
        change(&mut self.first);
        for (_, rules) in &mut self.later {
            change(rules);
        }
    }
}
