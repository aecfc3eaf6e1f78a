//! For a game's own tests: [`assert_no_lingering!`](crate::assert_no_lingering) fails when scripts leave objects behind.

use std::fmt::Write as _;

use bevy::prelude::*;

use crate::host::{CensusFigures, ScriptHost};

/// Groups that a report spells out.
const GROUPS_SAID: usize = 8;

/// What the scripts of which can be looked at: an app or its world.
pub trait ScriptedWorld {
    /// The world with the scripts.
    fn scripted_world(&mut self) -> &mut World;
}

impl ScriptedWorld for App {
    fn scripted_world(&mut self) -> &mut World {
        self.world_mut()
    }
}

impl ScriptedWorld for World {
    fn scripted_world(&mut self) -> &mut World {
        self
    }
}

/// Says what lingers, group by group, or nothing if nothing does. Counts in one stop and frees nothing. A game whose scripts
/// were never loaded has none that could leave anything.
pub fn lingering_report(game: &mut impl ScriptedWorld) -> Option<String> {
    let mut host = game.scripted_world().get_non_send_mut::<ScriptHost>()?;
    let census = host.census();
    (census.lingering.objects > 0).then(|| report(&census))
}

fn report(census: &CensusFigures) -> String {
    let CensusFigures { lingering, groups, .. } = census;
    let mut text = format!("{} script objects linger, {} bytes:", lingering.objects, lingering.bytes);
    for group in groups.iter().take(GROUPS_SAID) {
        let round = group.cycle.first().map(|first| format!(" -> {first}")).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n  {} objects, {} bytes, made at {}\n    cycle: {}{round}\n    cut:   {}",
            group.objects,
            group.bytes,
            group.site,
            group.cycle.join(" -> "),
            group.cut,
        );
    }
    if let Some(more @ 1..) = groups.len().checked_sub(GROUPS_SAID) {
        let _ = write!(text, "\n  and {more} smaller groups");
    }
    text
}

/// Panics if scripts have left objects that nothing reaches, and says which, by cycle and with the reference to cut.
///
/// ```
/// # use bevy::prelude::*;
/// # let mut app = App::new();
/// // After a level was played and left:
/// bevy_linger::assert_no_lingering!(app);
/// bevy_linger::assert_no_lingering!(app, "after level {}", 3);
/// ```
#[macro_export]
macro_rules! assert_no_lingering {
    ($game:expr $(,)?) => {
        if let Some(report) = $crate::testing::lingering_report(&mut $game) {
            panic!("{report}");
        }
    };
    ($game:expr, $($message:tt)+) => {
        if let Some(report) = $crate::testing::lingering_report(&mut $game) {
            panic!("{}: {report}", format_args!($($message)+));
        }
    };
}
