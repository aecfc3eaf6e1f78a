//! Places in the world that scripts read and write: a component or resource, and a path inside of it. Knows reflection and no
//! scripts; what is wrong comes back as the fault that the script sees, with the names of both sides.
//!
//! What a script names is found out once: types by name and paths below them are kept as [`Node`]s, so that an access costs
//! neither a search of the registry nor memory.

use std::{any::TypeId, cell::RefCell, rc::Rc};

use bevy::{
    ecs::{component::ComponentId, reflect::ReflectComponent},
    platform::collections::HashMap,
    prelude::*,
    reflect::{
        Access, OffsetAccess, ParsedPath, ReflectMut, ReflectPath, ReflectRef, TypeInfo, TypeRegistration,
        TypeRegistry, std_traits::ReflectDefault,
    },
};

use linger_script::nearest_name;

use super::reflect::Hint;
use crate::value::ScriptFault;

/// A component or resource type that scripts can reach.
pub(super) struct ComponentType {
    /// The name that a script knows it by, for messages.
    pub name: String,
    pub id: ComponentId,
    pub type_id: TypeId,
    reflect: ReflectComponent,
    mutable: bool,
}

/// A path below a type, and what was found out of what stands there.
pub(super) struct Node {
    pub of: Rc<ComponentType>,
    /// The value of a map that the path begins at, by the map and its key; else it begins at the component.
    base: Option<(Rc<Node>, Box<dyn PartialReflect>)>,
    path: ParsedPath,
    /// What always stands there, if that is known: behind an enum's or a list's parts it is not.
    info: Option<&'static TypeInfo>,
    pub hint: Hint,
    inner: RefCell<HashMap<Box<str>, Rc<Node>>>,
}

const NO_MAP: &str = "there is no map any more";

impl Node {
    fn root(of: ComponentType, info: &'static TypeInfo) -> Rc<Self> {
        let (of, path) = (Rc::new(of), ParsedPath(Vec::new()));
        Rc::new(Self { of, base: None, path, info: Some(info), hint: Hint::of(info), inner: RefCell::default() })
    }

    fn further(self: &Rc<Self>, access: Access<'static>, info: Option<&'static TypeInfo>) -> Rc<Self> {
        let base = self.base.as_ref().map(|(map, key)| (Rc::clone(map), key.to_dynamic()));
        let mut path = self.path.clone();
        path.0.push(OffsetAccess { access, offset: None });
        let hint = info.map_or(Hint::Unknown, Hint::of);
        Rc::new(Self { of: Rc::clone(&self.of), base, path, info, hint, inner: RefCell::default() })
    }

    /// The value of a map under a key.
    fn under(self: &Rc<Self>, key: Box<dyn PartialReflect>) -> Rc<Self> {
        Rc::new(Self {
            of: Rc::clone(&self.of),
            base: Some((Rc::clone(self), key)),
            path: ParsedPath(Vec::new()),
            info: None,
            hint: Hint::Unknown,
            inner: RefCell::default(),
        })
    }

    fn get<'a>(&self, component: &'a dyn PartialReflect) -> Result<&'a dyn PartialReflect, String> {
        let mut from = component;
        if let Some((map, key)) = &self.base {
            let ReflectRef::Map(map) = map.get(component)?.reflect_ref() else { return Err(NO_MAP.into()) };
            from = map.get(&**key).ok_or_else(|| format!("there is no key {key:?}"))?;
        }
        self.path.reflect_element(from).map_err(|error| error.to_string())
    }

    /// What the last step of the path begins at.
    fn owner<'a>(&self, component: &'a dyn PartialReflect) -> Option<&'a dyn PartialReflect> {
        let (_, path) = self.path.0.split_last()?;
        let from = match &self.base {
            Some((map, key)) => match map.get(component).ok()?.reflect_ref() {
                ReflectRef::Map(map) => map.get(&**key)?,
                _ => return None,
            },
            None => component,
        };
        ParsedPath(path.to_vec()).reflect_element(from).ok()
    }

    fn get_mut<'a>(&self, component: &'a mut dyn PartialReflect) -> Result<&'a mut dyn PartialReflect, String> {
        let mut from = component;
        if let Some((map, key)) = &self.base {
            let ReflectMut::Map(map) = map.get_mut(from)?.reflect_mut() else { return Err(NO_MAP.into()) };
            from = map.get_mut(&**key).ok_or_else(|| format!("there is no key {key:?}"))?;
        }
        self.path.reflect_element_mut(from).map_err(|error| error.to_string())
    }

    /// Whether what stands there is always of the same type.
    pub fn is_known(&self) -> bool {
        self.info.is_some()
    }

    /// A field that is always there.
    pub fn known_field(self: &Rc<Self>, name: &str) -> Option<Rc<Self>> {
        if let Some(known) = self.inner.borrow().get(name) {
            return Some(Rc::clone(known));
        }
        match self.info {
            Some(TypeInfo::Struct(info)) if info.field(name).is_some() => Some(self.field(name)),
            _ => None,
        }
    }

    /// The field of that name, whether there is one or not.
    pub fn field(self: &Rc<Self>, name: &str) -> Rc<Self> {
        if let Some(known) = self.inner.borrow().get(name) {
            return Rc::clone(known);
        }
        let info = match self.info {
            Some(TypeInfo::Struct(info)) => info.field(name).and_then(|field| field.type_info()),
            _ => None,
        };
        let node = self.further(Access::Field(name.to_owned().into()), info);
        // Only what is there is kept, however many wrong names a script tries.
        if info.is_some() {
            self.inner.borrow_mut().insert(name.into(), Rc::clone(&node));
        }
        node
    }
}

/// A component of an entity, or the resource's own; and where inside of it.
#[derive(Clone)]
pub(super) struct Place {
    pub entity: Entity,
    pub node: Rc<Node>,
}

impl Place {
    /// The place so much further in.
    pub fn inside(&self, access: Access<'static>) -> Self {
        Self { entity: self.entity, node: self.node.further(access, None) }
    }

    /// The place of a map's value.
    pub fn under(&self, key: Box<dyn PartialReflect>) -> Self {
        Self { entity: self.entity, node: self.node.under(key) }
    }

    /// The place of a field.
    pub fn field(&self, name: &str) -> Self {
        Self { entity: self.entity, node: self.node.field(name) }
    }

    /// The place as a script would write it: `Transform.translation.x`.
    pub fn name(&self) -> String {
        fn push(node: &Node, name: &mut String) {
            match &node.base {
                Some((map, key)) => {
                    push(map, name);
                    name.push_str(&format!("[{key:?}]"));
                }
                None => name.push_str(&node.of.name),
            }
            name.push_str(&node.path.to_string());
        }
        let mut name = String::new();
        push(&self.node, &mut name);
        name
    }

    /// Looks at what is there.
    pub fn read<R>(&self, world: &World, look: impl FnOnce(&dyn PartialReflect) -> R) -> Result<R, ScriptFault> {
        let entity = world.get_entity(self.entity).map_err(|_| self.gone())?;
        let component = self.node.of.reflect.reflect(entity).ok_or_else(|| self.missing())?;
        let component = component.as_partial_reflect();
        let value = self.node.get(component).map_err(|error| self.no_such(component, &error))?;
        Ok(look(value))
    }

    /// Whether the component is there, which is all there is to see of parts that are always there with it.
    pub fn check(&self, world: &World) -> Result<(), ScriptFault> {
        let entity = world.get_entity(self.entity).map_err(|_| self.gone())?;
        if entity.contains_id(self.node.of.id) { Ok(()) } else { Err(self.missing()) }
    }

    /// Changes what is there. What `change` says is wrong gets the place's name.
    pub fn write<R>(
        &self,
        world: &mut World,
        change: impl FnOnce(&mut dyn PartialReflect) -> Result<R, ScriptFault>,
    ) -> Result<R, ScriptFault> {
        if !self.node.of.mutable {
            let message = format!("{} of entity {} cannot be changed, only replaced", self.name(), self.entity);
            return Err(ScriptFault::Type(message));
        }
        let entity = world.get_entity_mut(self.entity).map_err(|_| self.gone())?;
        let mut component = self.node.of.reflect.reflect_mut(entity).ok_or_else(|| self.missing())?;
        match self.node.get_mut(component.as_partial_reflect_mut()) {
            Ok(target) => {
                change(target).map_err(|fault| fault.at(&format!("{} of entity {}", self.name(), self.entity)))
            }
            Err(error) => Err(self.no_such(component.as_partial_reflect(), &error)),
        }
    }

    fn gone(&self) -> ScriptFault {
        ScriptFault::Lookup(format!("entity {} is gone: it has no {} any more", self.entity, self.name()))
    }

    fn missing(&self) -> ScriptFault {
        ScriptFault::Attribute(format!("entity {} has no {}", self.entity, self.node.of.name))
    }

    fn no_such(&self, component: &dyn PartialReflect, why: &str) -> ScriptFault {
        let Some(OffsetAccess { access: Access::Field(field), .. }) = self.node.path.0.last() else {
            return ScriptFault::Attribute(format!("{} of entity {}: {why}", self.name(), self.entity));
        };
        let whole = self.name();
        let owner = whole.strip_suffix(&**field).and_then(|owner| owner.strip_suffix('.')).unwrap_or(&whole);
        let names = self.node.owner(component).map(field_names).unwrap_or_default();
        let meant = did_you_mean(field, &names);
        ScriptFault::Attribute(format!("{owner} of entity {} has no field {field}{meant}", self.entity))
    }
}

/// `: did you mean ...?`, if one of the names is near.
pub(super) fn did_you_mean(wanted: &str, names: &[String]) -> String {
    nearest_name(wanted, names).map(|meant| format!(": did you mean {meant}?")).unwrap_or_default()
}

/// The fields of a value.
pub(super) fn field_names(value: &dyn PartialReflect) -> Vec<String> {
    let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
    match value.reflect_ref() {
        ReflectRef::Struct(parts) => (0..parts.field_len()).map(|index| name(parts.name_at(index))).collect(),
        ReflectRef::Enum(parts) => (0..parts.field_len()).map(|index| name(parts.name_at(index))).collect(),
        _ => Vec::new(),
    }
}

/// The types that scripts have named so far.
#[derive(Default)]
pub(super) struct Types(RefCell<HashMap<Box<str>, Rc<Node>>>);

impl Types {
    /// A type that was named before.
    pub fn known(&self, name: &str) -> Option<Rc<Node>> {
        self.0.borrow().get(name).cloned()
    }

    /// The component or resource type of that name: short (`Transform`) or in full where two share the short one.
    pub fn named(&self, world: &mut World, name: &str) -> Result<Rc<Node>, ScriptFault> {
        if let Some(known) = self.known(name) {
            return Ok(known);
        }
        let registry = registry(world);
        let registry = registry.read();
        let found = registered(&registry, name)?;
        let reflect = found.data::<ReflectComponent>().ok_or_else(|| {
            ScriptFault::Attribute(format!(
                "{name} is no component or resource that scripts can reach: derive it with #[reflect(Component)]"
            ))
        })?;
        let id = reflect.register_component(world);
        let of = ComponentType {
            name: found.type_info().type_path_table().short_path().to_owned(),
            id,
            type_id: found.type_id(),
            reflect: reflect.clone(),
            mutable: world.components().get_info(id).is_none_or(|info| info.mutable()),
        };
        let node = Node::root(of, found.type_info());
        self.0.borrow_mut().insert(name.into(), Rc::clone(&node));
        Ok(node)
    }
}

/// The game's registry of types.
pub(super) fn registry(world: &World) -> AppTypeRegistry {
    world.resource::<AppTypeRegistry>().clone()
}

/// The type of that name, short or in full.
fn registered<'a>(registry: &'a TypeRegistry, name: &str) -> Result<&'a TypeRegistration, ScriptFault> {
    let found = registry.get_with_short_type_path(name).or_else(|| registry.get_with_type_path(name));
    found.ok_or_else(|| {
        if registry.is_ambiguous(name) {
            return ScriptFault::Attribute(format!("more than one type is called {name}: use its full path"));
        }
        let reachable = registry.iter().filter(|known| known.data::<ReflectComponent>().is_some());
        let names: Vec<_> =
            reachable.map(|known| known.type_info().type_path_table().short_path().to_owned()).collect();
        let meant = did_you_mean(name, &names);
        ScriptFault::Attribute(format!("no component or resource is registered as {name}{meant}"))
    })
}

/// The components of an entity that scripts can reach, by name.
pub(super) fn components(world: &World, entity: Entity) -> Result<Vec<String>, ScriptFault> {
    let found = world.get_entity(entity).map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone")))?;
    let registry = registry(world);
    let registry = registry.read();
    let name = |id: &ComponentId| {
        let registration = registry.get(world.components().get_info(*id)?.type_id()?)?;
        registration.data::<ReflectComponent>()?;
        Some(registration.type_info().type_path_table().short_path().to_owned())
    };
    let mut names: Vec<_> = found.archetype().components().iter().filter_map(name).collect();
    names.sort();
    Ok(names)
}

/// The place of a resource.
pub(super) fn resource(world: &World, node: Rc<Node>) -> Result<Place, ScriptFault> {
    match world.resource_entities().get(node.of.id) {
        Some(entity) => Ok(Place { entity, node }),
        None => Err(ScriptFault::Attribute(format!("there is no resource {}", node.of.name))),
    }
}

/// Inserts a component: its default, changed by `fill`.
pub(super) fn insert(
    world: &mut World,
    entity: Entity,
    of: &ComponentType,
    fill: impl FnOnce(&mut dyn PartialReflect, &TypeRegistry) -> Result<(), ScriptFault>,
) -> Result<(), ScriptFault> {
    let registry = registry(world);
    let registry = registry.read();
    let name = &of.name;
    let Ok(mut target) = world.get_entity_mut(entity) else {
        return Err(ScriptFault::Lookup(format!("entity {entity} is gone: {name} cannot be inserted")));
    };
    // What is there already keeps what is not given anew.
    let current = of.reflect.reflect(&target).and_then(|current| current.reflect_clone().ok());
    let default = || registry.get_type_data::<ReflectDefault>(of.type_id).map(|default| default.default());
    let Some(mut component) = current.or_else(default) else {
        return Err(ScriptFault::Type(format!(
            "{name} has no default to begin with: derive it with #[reflect(Component, Default)]"
        )));
    };
    fill(component.as_partial_reflect_mut(), &registry).map_err(|fault| fault.at(name))?;
    of.reflect.insert(&mut target, component.as_partial_reflect(), &registry);
    Ok(())
}

/// Removes a component; says whether it was there.
pub(super) fn remove(world: &mut World, entity: Entity, of: &ComponentType) -> Result<bool, ScriptFault> {
    let Ok(mut target) = world.get_entity_mut(entity) else {
        return Err(ScriptFault::Lookup(format!("entity {entity} is gone: {} cannot be removed from it", of.name)));
    };
    let there = target.contains_id(of.id);
    of.reflect.remove(&mut target);
    Ok(there)
}

/// Whether the entity has the component.
pub(super) fn has(world: &World, entity: Entity, of: &ComponentType) -> Result<bool, ScriptFault> {
    let target = world.get_entity(entity);
    let target = target.map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone")))?;
    Ok(target.contains_id(of.id))
}

/// The entities that have all of `with` and none of `without`, as of now.
pub(super) fn query(world: &mut World, with: &[Rc<Node>], without: &[Rc<Node>]) -> Vec<Entity> {
    let mut builder = QueryBuilder::<Entity>::new(world);
    for node in with {
        builder.with_id(node.of.id);
    }
    for node in without {
        builder.without_id(node.of.id);
    }
    let mut query = builder.build();
    query.iter(world).collect()
}
