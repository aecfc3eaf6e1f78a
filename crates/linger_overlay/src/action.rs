//! What a person asked for in the panel.
//!
//! Data only: whoever drives the runtime carries it out.

use linger_profile::Policy;

/// One wish. The panel returns the wishes of a frame in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayAction {
    /// Free everything that lingers, now, at one stroke.
    CollectNow,
    /// Count what lingers, now, and free nothing.
    CensusNow,
    /// Let the collector follow this policy from now on.
    SetPolicy(Policy),
    /// Let a slice of the collector's work take this long in a frame.
    SetBudgetMicros(u32),
    /// Set a mark: "new" means "since now".
    SetMark,
    /// Let disabled scripts run again.
    EnableScripts,
    /// Let the disabled script of the entity with this [`linger_profile::ScriptRow::key`] run again.
    EnableScript(u64),
    /// Close the panel.
    ClosePanel,
}
