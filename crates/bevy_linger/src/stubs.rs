//! Type stubs for the game's scripts: what the module `bevy` has, with the game's own components and resources, and the modules of
//! its own functions. Written from the registry of types, so that an editor knows what the game knows. Runs nothing.

use std::{any::TypeId, collections::BTreeMap, fmt::Write as _, path::Path, time::Duration};

use bevy::{
    ecs::reflect::ReflectComponent,
    prelude::*,
    reflect::{TypeInfo, TypeRegistry, enums::VariantInfo},
};

use crate::{function::Signatures, reference::reference};

/// Where in the stub the game's components are declared.
const COMPONENTS: &str = "    # The components of this game.\n";

/// The stub of the module `bevy`, in which `wanted` says of which types, by their full paths, scripts are told; of others they may
/// use all the same.
pub fn bevy_stub(world: &World, wanted: impl Fn(&str) -> bool) -> String {
    let registry = world.resource::<AppTypeRegistry>().read();
    let mut found = Found { registry: &registry, classes: BTreeMap::new() };
    let mut roots: Vec<_> = registry
        .iter()
        .filter(|known| known.data::<ReflectComponent>().is_some() && wanted(known.type_info().type_path()))
        .map(|known| (known.type_info().type_path_table().short_path(), known.type_id()))
        .filter(|(name, _)| is_identifier(name) && !registry.is_ambiguous(name))
        .collect();
    roots.sort_unstable();
    let mut components = String::new();
    let mut resources = String::from(
        "\nclass _resources:\n    \"\"\"`resources`: the game's resources, by their short type names\"\"\"\n\n",
    );
    for (name, type_id) in roots {
        let of = found.python(type_id);
        // A resource is a component too: which of the two it is shows where it is.
        let is_resource =
            world.components().get_id(type_id).is_some_and(|id| world.resource_entities().get(id).is_some());
        let target = if is_resource { &mut resources } else { &mut components };
        // Writing to a String cannot fail.
        let _ = writeln!(target, "    {name}: {of}");
    }
    resources.push_str("    def __getattr__(self, name: str) -> Any:\n        \"\"\"`resources.Name`: the resource of that type.\"\"\"\n");
    let mut text = include_str!("bevy_stub.pyi").replace(COMPONENTS, &components);
    text.push_str(&resources);
    for class in found.classes.into_values() {
        text.push_str(&class);
    }
    text
}

/// The stubs of the modules that the game gives functions to, by name.
pub fn function_stubs(world: &World) -> BTreeMap<String, String> {
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for signature in world.get_resource::<Signatures>().into_iter().flat_map(|all| &all.0) {
        let text = modules.entry(signature.module.clone()).or_insert_with(|| {
            "from typing import Any\n\nfrom bevy import Color, Entity, Quat, Vec2, Vec3\n\n".to_owned()
        });
        let (stub, doc) = (signature.stub(), &signature.declared.doc);
        // Writing to a String cannot fail.
        let _ = match doc.is_empty() {
            true => writeln!(text, "{stub} ..."),
            false => writeln!(text, "{stub}\n    \"\"\"{doc}\"\"\""),
        };
    }
    modules
}

/// Writes all of them to a folder, and for people a page of the same, `reference.md`.
pub fn write_stubs(world: &World, folder: &Path, wanted: impl Fn(&str) -> bool) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("bevy.pyi"), bevy_stub(world, &wanted))?;
    for (module, text) in function_stubs(world) {
        std::fs::write(folder.join(format!("{module}.pyi")), text)?;
    }
    std::fs::write(folder.join("reference.md"), reference(world, wanted))?;
    Ok(())
}

/// Whether a stub's text is Python: what is wrong otherwise.
pub fn check(text: &str) -> Result<(), String> {
    linger_script::check_source(text)
}

fn is_identifier(name: &str) -> bool {
    let starts = name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    starts && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !KEYWORDS.contains(&name)
}

/// Classes that were come upon, by name.
struct Found<'a> {
    registry: &'a TypeRegistry,
    classes: BTreeMap<String, String>,
}

impl Found<'_> {
    /// What a type is called in Python.
    fn python(&mut self, type_id: TypeId) -> String {
        if let Some(known) = plain(type_id) {
            return known.to_owned();
        }
        let Some(info) = self.registry.get_type_info(type_id) else { return "Any".to_owned() };
        match info {
            TypeInfo::Struct(parts) => {
                let name = parts.type_path_table().short_path();
                if !is_identifier(name) {
                    return "Any".to_owned();
                }
                let name = format!("_{name}");
                if !self.classes.contains_key(&name) {
                    self.classes.insert(name.clone(), String::new());
                    let mut text = format!("\nclass {name}:\n");
                    // A field with a name that Python keeps for itself is reached by `getattr`, of which stubs say nothing.
                    let fields = || parts.iter().filter(|part| is_identifier(part.name()));
                    for part in fields() {
                        let _ = writeln!(text, "    {}: {}", part.name(), self.python(part.type_id()));
                    }
                    if fields().next().is_none() {
                        text.push_str("    ...\n");
                    }
                    self.classes.insert(name.clone(), text);
                }
                name
            }
            TypeInfo::List(items) => format!("list[{}]", self.python(items.item_ty().id())),
            TypeInfo::Array(items) => format!("list[{}]", self.python(items.item_ty().id())),
            TypeInfo::Set(items) => format!("set[{}]", self.python(items.value_ty().id())),
            TypeInfo::Map(map) => {
                format!("dict[{}, {}]", self.python(map.key_ty().id()), self.python(map.value_ty().id()))
            }
            TypeInfo::Enum(variants) => {
                if let Some(VariantInfo::Tuple(some)) = variants.variant("Some")
                    && variants.contains_variant("None")
                    && let Some(value) = some.field_at(0)
                {
                    return format!("{} | None", self.python(value.type_id()));
                }
                let units = variants.iter().all(|variant| matches!(variant, VariantInfo::Unit(_)));
                if !units || variants.variant_len() == 0 {
                    return "Any".to_owned();
                }
                let names: Vec<_> = variants.variant_names().iter().map(|name| format!("\"{name}\"")).collect();
                format!("Literal[{}]", names.join(", "))
            }
            _ => "Any".to_owned(),
        }
    }
}

/// Python's own words.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// What is copied as it is.
fn plain(type_id: TypeId) -> Option<&'static str> {
    macro_rules! table {
        ($($name:literal: $($type:ty)*;)*) => {
            [$($((TypeId::of::<$type>(), $name),)*)*]
        };
    }
    let table = table! {
        "float": f32 f64 Duration;
        "int": i8 i16 i32 i64 isize u8 u16 u32 u64 usize;
        "bool": bool;
        "str": String std::borrow::Cow<'static, str> Name;
        "Entity": Entity;
        "Vec2": Vec2;
        "Vec3": Vec3;
        "Quat": Quat;
        "Color": Color;
    };
    table.into_iter().find(|(known, _)| *known == type_id).map(|(_, name)| name)
}
