//! What an explanation says of garbage of known shapes.

use std::cell::RefCell;

use linger_heap::{Edge, ExplainOptions, Explanation, FixedSlots, Heap, Reason, TypeId, Value, ValueCell, kinds};

struct Cell {
    contents: ValueCell,
}

impl Cell {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let contents = self.contents.get();
        visit(Edge::Part("contents"), &contents);
    }
    fn clear(&self) {
        self.contents.take();
    }
    fn extra_bytes(&self) -> usize {
        0
    }
}

struct Closure {
    cells: FixedSlots,
    names: Vec<&'static str>,
}

impl Closure {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, cell) in self.cells.iter().enumerate() {
            visit(Edge::Captured(index, self.names[index]), cell);
        }
    }
    fn clear(&self) {}
    fn extra_bytes(&self) -> usize {
        self.cells.extra_bytes()
    }
}

struct Function {
    name: &'static str,
    closure: ValueCell,
    defaults: ValueCell,
}

impl Function {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (name, part) in [("__closure__", &self.closure), ("__defaults__", &self.defaults)] {
            let part = part.get();
            visit(Edge::Part(name), &part);
        }
    }
    fn clear(&self) {
        self.closure.take();
        self.defaults.take();
    }
    fn extra_bytes(&self) -> usize {
        0
    }
}

struct Instance {
    attributes: RefCell<Vec<(&'static str, Value)>>,
}

impl Instance {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (name, value) in self.attributes.borrow().iter() {
            visit(Edge::Name(name), value);
        }
    }
    fn clear(&self) {
        drop(self.attributes.take());
    }
    fn extra_bytes(&self) -> usize {
        0
    }
}

kinds! {
    Cell = 2, "cell", true;
    Closure = 3, "tuple", true;
    Function = 4, "function", true;
    Instance = 5, "instance", true;
}

struct World {
    heap: Heap,
    cell: TypeId,
    tuple: TypeId,
    function: TypeId,
}

impl World {
    fn new() -> World {
        let heap = Heap::new(KINDS);
        World { cell: heap.type_id("cell"), tuple: heap.type_id("tuple"), function: heap.type_id("function"), heap }
    }

    /// A function that refers to itself, made at `line`; holds `held`.
    fn recursive(&self, name: &'static str, line: u32, held: Value) -> Value {
        self.heap.set_site(self.heap.site_id("celltest.py", line).to_raw());
        let cell = self.heap.alloc(self.cell, Cell { contents: ValueCell::default() });
        let names = vec![name];
        let closure =
            self.heap.alloc_fixed(self.tuple, [cell.to_value()].into_iter(), |cells| Closure { cells, names });
        let function = self.heap.alloc(
            self.function,
            Function { name, closure: ValueCell::new(closure.into_value()), defaults: ValueCell::new(held) },
        );
        cell.contents.set(function.to_value());
        function.into_value()
    }

    fn instance(&self, type_name: &str) -> Value {
        let attributes = RefCell::default();
        self.heap.alloc(self.heap.type_id(type_name), Instance { attributes }).into_value()
    }

    fn explain(&self, options: &ExplainOptions) -> Explanation {
        let garbage = self.heap.find_unreachable();
        let name = |value: &Value| value.downcast::<Function>().map(|function| function.name.to_owned());
        self.heap.explain(&garbage, options, &name)
    }
}

fn set(instance: &Value, name: &'static str, to: Value) {
    instance.downcast::<Instance>().expect("an instance").attributes.borrow_mut().push((name, to));
}

#[test]
fn a_recursive_closure_is_spelled_out() {
    let world = World::new();
    for frame in [7, 8, 9] {
        world.heap.set_frame(frame);
        let held = world.instance("Level");
        set(&held, "tile", world.instance("Tile"));
        drop(world.recursive("listiter", 3, held));
    }
    drop(world.recursive("walk", 20, Value::NONE));
    let explanation = world.explain(&ExplainOptions { mark_frame: Some(8), ..ExplainOptions::default() });
    assert_eq!(explanation.groups.len(), 2);
    let group = &explanation.groups[0];
    assert_eq!((group.instances, group.culprits.objects, group.victims.objects, group.total.objects), (3, 9, 6, 15));
    assert_eq!((group.oldest_birth_frame, group.newest_birth_frame, group.new_since_mark), (7, 9, 10));
    let whats: Vec<&str> = group.cycle.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(whats, ["function listiter", "closure", "cell \"listiter\""]);
    let edges: Vec<&str> = group.cycle.iter().map(|step| step.edge.as_str()).collect();
    assert_eq!(edges, [".__closure__", "[0] \"listiter\"", ".contents"]);
    assert_eq!(group.cut.text, "cell \"listiter\" (celltest.py:3) -> function -> closure -> cell");
    assert_eq!((group.cut.frees_objects, group.place.as_str()), (5, "celltest.py:3"));
    let tiles = group.types.iter().find(|(name, _)| name == "Tile").map(|(_, tally)| tally.objects);
    assert_eq!(tiles, Some(3));
    assert_eq!(explanation.groups[1].place, "celltest.py:20");
    assert_eq!(explanation.unexplained.objects, 0);
    world.heap.collect(Reason::Host, &mut ());
    assert_eq!(world.heap.totals().live, 0);
}

#[test]
fn the_shortest_cycle_of_a_tree_with_parents_has_two_steps() {
    let world = World::new();
    let root = world.instance("Element");
    let mut parents = vec![root.clone()];
    while parents.len() < 2000 {
        let parent = parents[parents.len() / 3].clone();
        let child = world.instance("Element");
        set(&child, "parent", parent.clone());
        set(&parent, "child", child.clone());
        parents.push(child);
    }
    drop(parents);
    drop(root);
    let explanation = world.explain(&ExplainOptions::default());
    assert_eq!(explanation.groups.len(), 1);
    let group = &explanation.groups[0];
    assert_eq!((group.instances, group.total.objects, group.cycle.len()), (1, 2000, 2));
    let mut edges: Vec<&str> = group.cycle.iter().map(|step| step.edge.as_str()).collect();
    edges.sort_unstable();
    assert_eq!(edges, [".child", ".parent"]);
}

/// Components that hang one on another, a million objects deep: no recursion anywhere.
#[test]
fn a_deep_chain_of_cycles_is_explained_on_a_small_stack() {
    let thread = std::thread::Builder::new().stack_size(128 << 10).spawn(|| {
        let world = World::new();
        let mut last = Value::NONE;
        for index in 0..200_000 {
            let link = world.instance(if index % 2 == 0 { "Even" } else { "Odd" });
            set(&link, "me", link.clone());
            set(&link, "next", last);
            last = link;
        }
        drop(last);
        let explanation = world.explain(&ExplainOptions { max_groups: 1, mark_frame: None });
        assert_eq!((explanation.groups.len(), explanation.groups_left_out), (1, 1));
        assert_eq!(explanation.groups[0].instances, 100_000);
        assert_eq!(explanation.left_out.objects, 100_000);
        assert_eq!(explanation.groups[0].cycle.len(), 1);
        world.heap.collect(Reason::Host, &mut ());
    });
    thread.expect("a thread").join().expect("no overflow");
}
