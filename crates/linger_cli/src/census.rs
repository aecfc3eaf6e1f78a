//! `linger census`: runs a script with nothing collected, then tells what lingers.

use std::io::Write;
use std::process::ExitCode;

use linger_heap::{Ease, ExplainOptions, Heap, Step, TypeId};
use linger_script::{Value, Vm, VmConfig};
use serde::Serialize;

use crate::{Options, files};

#[derive(Serialize, Default, Clone, Copy)]
struct Count {
    objects: u64,
    bytes: u64,
}

#[derive(Serialize, Default)]
struct Counted {
    objects: u64,
    bytes: u64,
    types: std::collections::BTreeMap<String, Count>,
}

impl Counted {
    fn add(&mut self, name: String, objects: u64, bytes: u64) {
        self.objects += objects;
        self.bytes += bytes;
        let count = self.types.entry(name).or_default();
        count.objects += objects;
        count.bytes += bytes;
    }

    fn by_count(&self) -> Vec<(&String, &Count)> {
        let mut rows: Vec<_> = self.types.iter().collect();
        rows.sort_by_key(|(name, count)| (std::cmp::Reverse(count.objects), (*name).clone()));
        rows
    }
}

#[derive(Serialize)]
struct Group {
    objects: u64,
    bytes: u64,
    instances: u64,
    cycle: Vec<String>,
    site: String,
    cut: String,
    frees: u64,
    /// Whether a script can cut it.
    #[serde(skip)]
    cut_helps: bool,
}

/// The format of the contract; a person's table is made of the same.
#[derive(Serialize)]
struct Report {
    format: &'static str,
    version: u32,
    lingering: Counted,
    live: Counted,
    groups: Vec<Group>,
}

/// Groups that are told one by one.
const MAX_GROUPS: usize = 50;

/// Runs the command.
pub fn run(options: &Options) -> ExitCode {
    let mut vm = Vm::new(VmConfig { allow_exec: true, ..VmConfig::default() });
    vm.set_output(Box::new(|text| eprint!("{text}")));
    let before = vm.heap().type_rows();
    let Some(status) = files::run_script(&mut vm, options) else { return ExitCode::from(2) };
    let report = take(&mut vm, &before);
    if options.json {
        match serde_json::to_string(&report) {
            Ok(text) => print(&text),
            Err(error) => eprintln!("linger: {error}"),
        }
    } else {
        print(&table(&report));
    }
    ExitCode::from(u8::try_from(status & 0xff).unwrap_or(1))
}

/// Counts what lingers and what is alive; `live` leaves out what the runtime itself made before the script.
fn take(vm: &mut Vm, before: &[linger_heap::Counters]) -> Report {
    let heap: &Heap = vm.heap();
    let garbage = heap.find_unreachable();
    let mut lingering = Counted::default();
    for header in garbage.objects.iter().filter_map(Value::header) {
        lingering.add(heap.type_name(header.type_id()).to_string(), 1, header.bytes() as u64);
    }
    let mut live = Counted::default();
    for (index, row) in heap.type_rows().iter().enumerate() {
        let id: TypeId = heap.type_at(index);
        let name = heap.type_name(id).to_string();
        let old = before.get(index).copied().unwrap_or_default();
        let gone = lingering.types.get(&name).copied().unwrap_or_default();
        let objects = row.live.saturating_sub(old.live).saturating_sub(gone.objects);
        if objects > 0 {
            live.add(name, objects, row.live_bytes.saturating_sub(old.live_bytes).saturating_sub(gone.bytes));
        }
    }
    let settings = ExplainOptions { max_groups: MAX_GROUPS, ..ExplainOptions::default() };
    let explanation = heap.explain(&garbage, &settings, &*vm);
    let groups = explanation
        .groups
        .iter()
        .map(|group| Group {
            objects: group.total.objects,
            bytes: group.total.bytes,
            instances: group.instances,
            cycle: group.cycle.iter().map(Step::spelled).collect(),
            site: group.place.clone(),
            cut: group.cut.text.clone(),
            frees: group.cut.frees_objects,
            cut_helps: group.cut.ease > Ease::Never,
        })
        .collect();
    Report { format: "linger.census", version: 1, lingering, live, groups }
}

/// Prints a text. A reader that has gone away is no error.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The report for people.
fn table(report: &Report) -> String {
    let mut out = String::new();
    push_counted("lingering", &report.lingering, &mut out);
    for group in &report.groups {
        let times = if group.instances > 1 { format!(" in {} cycles", group.instances) } else { String::new() };
        out.push_str(&format!("\n{} objects, {} bytes{times}, from {}\n", group.objects, group.bytes, group.site));
        let of_each = group.objects / group.instances.max(1);
        let part = if group.cut_helps && group.frees < of_each {
            format!(", which frees {} of {of_each}", group.frees)
        } else {
            String::new()
        };
        out.push_str(&format!("  cycle: {}\n  cut:   {}{part}\n", group.cycle.join(" -> "), group.cut));
    }
    out.push('\n');
    push_counted("alive", &report.live, &mut out);
    out.truncate(out.trim_end().len());
    out
}

fn push_counted(title: &str, counted: &Counted, out: &mut String) {
    out.push_str(&format!("{title}: {} objects, {} bytes\n", counted.objects, counted.bytes));
    for (name, count) in counted.by_count() {
        out.push_str(&format!("  {name:<32} {:>10} objects {:>12} bytes\n", count.objects, count.bytes));
    }
}
