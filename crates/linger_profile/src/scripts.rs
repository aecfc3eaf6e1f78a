//! What scripts cost, by script and callback and by entity. Both add up to the same.
//!
//! Does not know what an entity is beyond its name.

/// The cost of one callback of a script over all its entities, or of one entity's script over all its callbacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptRow {
    /// `enemy on_update`, or `enemy 12v0`; also those without an entity of their own: `enemy, 12 gone`.
    pub name: String,
    /// What whoever filled the row knows its entity by.
    pub key: u64,
    /// Calls.
    pub calls: u64,
    /// Time in them.
    pub nanos: u64,
    /// Objects made in them.
    pub allocated: u64,
    /// Objects more, or fewer, after the calls than before: what the script holds, and what it leaves lingering.
    pub left: i64,
    /// Errors that nobody caught.
    pub failures: u64,
    /// Whether it is left alone because of them.
    pub disabled: bool,
}

/// The scripts of entities as they were last looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptCosts {
    /// By script and callback.
    pub by_callback: Vec<ScriptRow>,
    /// By entity: those that are disabled first, then those that cost most or left most, then sums of the others, of what is gone,
    /// and of modules that run without an entity.
    pub by_entity: Vec<ScriptRow>,
    /// Entities with scripts.
    pub entities: u64,
}
