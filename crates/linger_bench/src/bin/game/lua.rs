//! The same loop in Lua: components bound by reflection, as userdata with `__index` and `__newindex`.
//!
//! The binding is one that a plugin could ship: types are found once by name, and each path below a component is parsed once.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use bevy::{
    ecs::reflect::ReflectComponent,
    prelude::*,
    reflect::{GetPath, ParsedPath},
};
use mlua::{Function, Lua, LuaString, MetaMethod, Table, UserData, UserDataMethods, Value};

const SOURCE: &str = "
local Mover = {}
Mover.__index = Mover

function Mover.new(entity)
    return setmetatable({ entity = entity, speed = 1.0 }, Mover)
end

function Mover:on_update(dt)
    local translation = self.entity.Transform.translation
    translation.x = translation.x + self.speed * dt
end

return Mover
";

/// What userdata share: the world, and the component types by name.
struct Shared {
    world: RefCell<World>,
    types: RefCell<HashMap<String, Rc<Node>>>,
}

/// A path below a component type, with those below it that were used.
struct Node {
    reflect: ReflectComponent,
    path: String,
    parsed: ParsedPath,
    inner: RefCell<HashMap<String, Rc<Node>>>,
}

impl Node {
    fn new(reflect: ReflectComponent, path: String) -> mlua::Result<Rc<Self>> {
        let parsed = ParsedPath::parse(&path).map_err(|error| mlua::Error::runtime(error.to_string()))?;
        Ok(Rc::new(Self { reflect, path, parsed, inner: RefCell::default() }))
    }

    fn inside(&self, name: &str) -> mlua::Result<Rc<Self>> {
        if let Some(known) = self.inner.borrow().get(name) {
            return Ok(Rc::clone(known));
        }
        let node = Self::new(self.reflect.clone(), format!("{}.{name}", self.path))?;
        self.inner.borrow_mut().insert(name.to_owned(), Rc::clone(&node));
        Ok(node)
    }
}

struct LuaEntity {
    shared: Rc<Shared>,
    entity: Entity,
}

struct LuaPlace {
    shared: Rc<Shared>,
    entity: Entity,
    node: Rc<Node>,
}

fn fault(message: &str) -> mlua::Error {
    mlua::Error::runtime(message)
}

impl Shared {
    fn component(&self, name: &str) -> mlua::Result<Rc<Node>> {
        if let Some(known) = self.types.borrow().get(name) {
            return Ok(Rc::clone(known));
        }
        let world = self.world.borrow();
        let registry = world.resource::<AppTypeRegistry>().read();
        let found = registry.get_with_short_type_path(name).and_then(|found| found.data::<ReflectComponent>());
        let node = Node::new(found.ok_or_else(|| fault("no such component"))?.clone(), String::new())?;
        self.types.borrow_mut().insert(name.to_owned(), Rc::clone(&node));
        Ok(node)
    }
}

impl UserData for LuaEntity {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Index, |_, this, name: LuaString| {
            let node = this.shared.component(&name.to_str()?)?;
            Ok(LuaPlace { shared: Rc::clone(&this.shared), entity: this.entity, node })
        });
    }
}

impl UserData for LuaPlace {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Index, |lua, this, name: LuaString| {
            let node = this.node.inside(&name.to_str()?)?;
            let world = this.shared.world.borrow();
            let entity = world.get_entity(this.entity).map_err(|_| fault("the entity is gone"))?;
            let component = node.reflect.reflect(entity).ok_or_else(|| fault("no such component"))?;
            let value = component.reflect_path(&node.parsed).map_err(|_| fault("no such field"))?;
            if let Some(float) = value.try_downcast_ref::<f32>() {
                return Ok(Value::Number(f64::from(*float)));
            }
            let place = LuaPlace { shared: Rc::clone(&this.shared), entity: this.entity, node };
            lua.create_userdata(place).map(Value::UserData)
        });
        methods.add_meta_method(MetaMethod::NewIndex, |_, this, (name, value): (LuaString, f64)| {
            let node = this.node.inside(&name.to_str()?)?;
            let mut world = this.shared.world.borrow_mut();
            let entity = world.get_entity_mut(this.entity).map_err(|_| fault("the entity is gone"))?;
            let mut component = node.reflect.reflect_mut(entity).ok_or_else(|| fault("no such component"))?;
            let target = component.reflect_path_mut(&node.parsed).map_err(|_| fault("no such field"))?;
            let target = target.try_downcast_mut::<f32>().ok_or_else(|| fault("not a number"))?;
            *target = value as f32;
            Ok(())
        });
    }
}

/// The loop in Lua: one table an entity.
pub struct LuaGame {
    shared: Rc<Shared>,
    update: Function,
    instances: Vec<Table>,
    _lua: Lua,
}

impl LuaGame {
    /// Gives each of the world's entities with a `Transform` an instance.
    pub fn new(mut world: World) -> mlua::Result<Self> {
        let lua = Lua::new();
        let class: Table = lua.load(SOURCE).eval()?;
        let (make, update): (Function, Function) = (class.get("new")?, class.get("on_update")?);
        let mut query = world.query_filtered::<Entity, With<Transform>>();
        let entities: Vec<Entity> = query.iter(&world).collect();
        let shared = Rc::new(Shared { world: RefCell::new(world), types: RefCell::default() });
        let instances = entities.into_iter().map(|entity| {
            let entity = LuaEntity { shared: Rc::clone(&shared), entity };
            make.call::<Table>(entity)
        });
        let instances = instances.collect::<mlua::Result<_>>()?;
        Ok(Self { shared, update, instances, _lua: lua })
    }

    /// Calls each instance once.
    pub fn frame(&self, dt: f64) -> mlua::Result<()> {
        self.instances.iter().try_for_each(|instance| self.update.call::<()>((instance, dt)))
    }

    /// The sum of all places along x.
    pub fn sum(&self) -> f64 {
        let mut world = self.shared.world.borrow_mut();
        crate::sum(&mut world)
    }
}
