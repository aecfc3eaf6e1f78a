//! Places in the world that scripts read and write: a component or resource, and a path inside of it. Knows reflection and no
//! scripts; what is wrong comes back as the fault that the script sees, with the names of both sides.

use std::any::TypeId;

use bevy::{
    ecs::{component::ComponentId, reflect::ReflectComponent, world::EntityWorldMut},
    prelude::*,
    reflect::{Access, GetPath, OffsetAccess, ParsedPath, TypeRegistration, TypeRegistry, std_traits::ReflectDefault},
};

use crate::value::ScriptFault;

/// A component of an entity, or the resource's own; and where inside of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub entity: Entity,
    type_id: TypeId,
    path: ParsedPath,
}

impl Place {
    /// The place so much further in.
    pub fn inside(&self, access: Access<'static>) -> Self {
        let mut inner = self.clone();
        inner.path.0.push(OffsetAccess { access, offset: None });
        inner
    }

    /// The component as a whole.
    pub fn whole(entity: Entity, type_id: TypeId) -> Self {
        Self { entity, type_id, path: ParsedPath(Vec::new()) }
    }

    /// The place as a script would write it: `Transform.translation.x`.
    pub fn name(&self, world: &World) -> String {
        let registry = world.resource::<AppTypeRegistry>().read();
        let name = registry.get(self.type_id).map_or("?", |found| found.type_info().type_path_table().short_path());
        format!("{name}{}", self.path)
    }

    /// Looks at what is there.
    pub fn read<R>(&self, world: &World, look: impl FnOnce(&dyn PartialReflect) -> R) -> Result<R, ScriptFault> {
        let registry = world.resource::<AppTypeRegistry>().clone();
        let registry = registry.read();
        let reflected = reflect_component(&registry, self.type_id)?;
        let entity = world.get_entity(self.entity).map_err(|_| self.gone(world))?;
        let component = reflected.reflect(entity).ok_or_else(|| self.missing(world))?;
        let value = component.reflect_path(&self.path).map_err(|error| self.no_such(world, &error.to_string()))?;
        Ok(look(value))
    }

    /// Changes what is there. What `change` says is wrong gets the place's name.
    pub fn write(
        &self,
        world: &mut World,
        change: impl FnOnce(&mut dyn PartialReflect, &TypeRegistry) -> Result<(), ScriptFault>,
    ) -> Result<(), ScriptFault> {
        let registry = world.resource::<AppTypeRegistry>().clone();
        let registry = registry.read();
        let reflected = reflect_component(&registry, self.type_id)?;
        if self.is_immutable(world) {
            let name = self.name(world);
            return Err(ScriptFault::Type(format!(
                "{name} of entity {} cannot be changed, only replaced",
                self.entity
            )));
        }
        let Ok(entity) = world.get_entity_mut(self.entity) else {
            return Err(self.gone(world));
        };
        let Some(mut component) = reflected.reflect_mut(entity) else {
            return Err(self.missing(world));
        };
        let changed = match component.reflect_path_mut(&self.path) {
            Ok(value) => change(value, &registry).map_err(Some),
            Err(_) => Err(None),
        };
        match changed {
            Ok(()) => Ok(()),
            Err(Some(fault)) => Err(fault.at(&format!("{} of entity {}", self.name(world), self.entity))),
            Err(None) => Err(self.no_such(world, "there is nothing")),
        }
    }

    fn is_immutable(&self, world: &World) -> bool {
        let components = world.components();
        let info = components.get_id(self.type_id).and_then(|id| components.get_info(id));
        info.is_some_and(|info| !info.mutable())
    }

    fn gone(&self, world: &World) -> ScriptFault {
        ScriptFault::Lookup(format!("entity {} is gone: it has no {} any more", self.entity, self.name(world)))
    }

    fn missing(&self, world: &World) -> ScriptFault {
        let whole = Self::whole(self.entity, self.type_id);
        ScriptFault::Attribute(format!("entity {} has no {}", self.entity, whole.name(world)))
    }

    fn no_such(&self, world: &World, why: &str) -> ScriptFault {
        ScriptFault::Attribute(format!("{} of entity {}: {why}", self.name(world), self.entity))
    }
}

/// The component or resource type of that name: short (`Transform`) or in full where two share the short one.
pub(super) fn type_named(world: &World, name: &str) -> Result<TypeId, ScriptFault> {
    let registry = world.resource::<AppTypeRegistry>().read();
    if let Some(found) = registry.get_with_short_type_path(name).or_else(|| registry.get_with_type_path(name)) {
        return match found.data::<ReflectComponent>() {
            Some(_) => Ok(found.type_id()),
            None => Err(ScriptFault::Attribute(format!(
                "{name} is no component or resource that scripts can reach: derive it with #[reflect(Component)]"
            ))),
        };
    }
    Err(ScriptFault::Attribute(match registry.is_ambiguous(name) {
        true => format!("more than one type is called {name}: use its full path"),
        false => format!("no type is registered as {name}"),
    }))
}

fn reflect_component(registry: &TypeRegistry, type_id: TypeId) -> Result<&ReflectComponent, ScriptFault> {
    let found = registry.get_type_data::<ReflectComponent>(type_id);
    found.ok_or_else(|| ScriptFault::Attribute("the type is not registered any more".into()))
}

/// The place of a resource.
pub(super) fn resource(world: &World, name: &str) -> Result<Place, ScriptFault> {
    let type_id = type_named(world, name)?;
    let id = world.components().get_id(type_id);
    let entity = id.and_then(|id| world.resource_entities().get(id));
    let entity = entity.ok_or_else(|| ScriptFault::Attribute(format!("there is no resource {name}")))?;
    Ok(Place::whole(entity, type_id))
}

/// Inserts a component: its default, changed by `fill`.
pub(super) fn insert(
    world: &mut World,
    entity: Entity,
    type_id: TypeId,
    fill: impl FnOnce(&mut dyn PartialReflect, &TypeRegistry) -> Result<(), ScriptFault>,
) -> Result<(), ScriptFault> {
    let registry = world.resource::<AppTypeRegistry>().clone();
    let registry = registry.read();
    let found = registry.get(type_id).ok_or_else(|| ScriptFault::Attribute("the type is not registered".into()))?;
    let name = short_name(found);
    let Ok(mut target) = world.get_entity_mut(entity) else {
        return Err(ScriptFault::Lookup(format!("entity {entity} is gone: {name} cannot be inserted")));
    };
    let reflected = reflect_component(&registry, type_id)?;
    // What is there already keeps what is not given anew.
    let current = reflected.reflect(&target).and_then(|current| current.reflect_clone().ok());
    let default = || found.data::<ReflectDefault>().map(|default| default.default());
    let Some(mut component) = current.or_else(default) else {
        return Err(ScriptFault::Type(format!(
            "{name} has no default to begin with: derive it with #[reflect(Component, Default)]"
        )));
    };
    fill(component.as_partial_reflect_mut(), &registry).map_err(|fault| fault.at(&name))?;
    reflected.insert(&mut target, component.as_partial_reflect(), &registry);
    Ok(())
}

/// Removes a component; says whether it was there.
pub(super) fn remove(world: &mut World, entity: Entity, type_id: TypeId) -> Result<bool, ScriptFault> {
    let registry = world.resource::<AppTypeRegistry>().clone();
    let registry = registry.read();
    let reflected = reflect_component(&registry, type_id)?;
    let Ok(mut target) = world.get_entity_mut(entity) else {
        return Err(ScriptFault::Lookup(format!("entity {entity} is gone: nothing can be removed from it")));
    };
    let there = contains(&target, reflected);
    reflected.remove(&mut target);
    Ok(there)
}

fn contains(target: &EntityWorldMut<'_>, reflected: &ReflectComponent) -> bool {
    reflected.reflect(target).is_some()
}

/// Whether the entity has the component.
pub(super) fn has(world: &World, entity: Entity, type_id: TypeId) -> Result<bool, ScriptFault> {
    let target = world.get_entity(entity);
    let target = target.map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone")))?;
    Ok(target.contains_type_id(type_id))
}

/// The entities that have all of `with` and none of `without`, as of now.
pub(super) fn query(world: &mut World, with: &[TypeId], without: &[TypeId]) -> Vec<Entity> {
    let ids = |world: &World, types: &[TypeId]| -> Vec<Option<ComponentId>> {
        types.iter().map(|type_id| world.components().get_id(*type_id)).collect()
    };
    let (with, without) = (ids(world, with), ids(world, without));
    // A component that nobody ever had is on no entity.
    let Some(with) = with.into_iter().collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let mut builder = QueryBuilder::<Entity>::new(world);
    for id in with {
        builder.with_id(id);
    }
    for id in without.into_iter().flatten() {
        builder.without_id(id);
    }
    let mut query = builder.build();
    query.iter(world).collect()
}

fn short_name(found: &TypeRegistration) -> String {
    found.type_info().type_path_table().short_path().to_owned()
}
