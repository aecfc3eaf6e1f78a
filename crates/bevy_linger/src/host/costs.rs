//! What scripts cost, as the profile shows it: by callback, and by entity. Both add up to the same, since what is gone and what is
//! too much to tell apart have rows of their own. Calls nothing.

use std::{cmp::Reverse, collections::BTreeMap};

use linger_profile::{ScriptCosts, ScriptRow};

use super::ScriptHost;
use crate::attach::{Callback, CallbackCost};

/// Entities that are told apart.
const MOST_ENTITIES: usize = 200;

fn add(sum: &mut ScriptRow, cost: &CallbackCost) {
    sum.calls += cost.calls;
    sum.nanos += cost.nanos;
    sum.allocated += cost.allocated;
    sum.left += cost.left;
    sum.failures += cost.failures;
}

fn sum<'a>(name: String, costs: impl IntoIterator<Item = &'a CallbackCost>) -> ScriptRow {
    let mut row = ScriptRow { name, ..ScriptRow::default() };
    costs.into_iter().for_each(|cost| add(&mut row, cost));
    row
}

impl ScriptHost {
    /// What all of them cost.
    pub fn script_costs(&self) -> ScriptCosts {
        let mut by_callback: BTreeMap<(&str, &str), ScriptRow> = BTreeMap::new();
        for (module, cost) in &self.updates {
            add(by_callback.entry((module, "update")).or_default(), cost);
        }
        let of_instances = self.instances.iter().map(|instance| (instance.module.as_str(), &instance.costs));
        let of_gone = self.instances.gone.iter().map(|(module, gone)| (module.as_str(), &gone.costs));
        for (module, costs) in of_instances.chain(of_gone) {
            for (callback, cost) in Callback::ALL.iter().zip(costs) {
                // Making the instance is part of its spawning, so that this may cost something without a call.
                if *cost != CallbackCost::default() {
                    add(by_callback.entry((module, callback.name())).or_default(), cost);
                }
            }
        }
        let by_callback =
            by_callback.into_iter().map(|((module, name), row)| ScriptRow { name: format!("{module} {name}"), ..row });
        ScriptCosts { by_callback: by_callback.collect(), by_entity: self.by_entity(), entities: self.entity_count() }
    }

    /// Whoever is disabled, left most or took most time comes by name, the rest of each script in one row.
    fn by_entity(&self) -> Vec<ScriptRow> {
        let mut all: Vec<_> = self
            .instances
            .iter()
            .map(|instance| {
                let mut row = sum(String::new(), &instance.costs);
                (row.key, row.disabled) = (instance.entity.to_bits(), instance.disabled);
                (instance, row)
            })
            .collect();
        all.sort_by_key(|(_, row)| Reverse((row.disabled, row.left, row.nanos)));
        if all.len() > MOST_ENTITIES {
            all[MOST_ENTITIES / 2..].sort_by_key(|(_, row)| Reverse((row.disabled, row.nanos)));
        }
        let mut others: BTreeMap<&str, (u64, ScriptRow)> = BTreeMap::new();
        let mut rows = Vec::new();
        for (index, (instance, row)) in all.into_iter().enumerate() {
            if index < MOST_ENTITIES {
                rows.push(ScriptRow { name: format!("{} {}", instance.module, instance.entity), ..row });
            } else {
                let (count, sum) = others.entry(&instance.module).or_default();
                *count += 1;
                instance.costs.iter().for_each(|cost| add(sum, cost));
            }
        }
        let named = |(module, (count, row)): (&str, (u64, ScriptRow))| ScriptRow {
            name: format!("{module}, {count} others"),
            ..row
        };
        rows.extend(others.into_iter().map(named));
        for (module, gone) in &self.instances.gone {
            rows.push(sum(format!("{module}, {} gone", gone.entities), &gone.costs));
        }
        rows.extend(self.updates.iter().map(|(module, cost)| sum(format!("{module}, no entity"), [cost])));
        rows
    }

    fn entity_count(&self) -> u64 {
        self.instances.iter().count() as u64
    }
}
