//! Vectors, rotations and colours of scripts: four numbers at most, with operators. One that was read from a component writes
//! through: `entity.Transform.translation.x += 1`.

use std::any::TypeId;

use bevy::{color::Srgba, prelude::*};
use linger_script::{
    Args, AttributeHooks, Class, Layout, NativeData, NativeFn, NativeObject, Raise, Ref, Str, Value, Vm,
};

use super::{
    bridge::{self, Bridge},
    place::Place,
    vector_math,
};
use crate::value::ScriptFault;

type Result<T> = std::result::Result<T, Raise>;

/// Which of the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuadKind {
    Vec2,
    Vec3,
    Quat,
    Color,
}

impl QuadKind {
    pub const ALL: [Self; 4] = [Self::Vec2, Self::Vec3, Self::Quat, Self::Color];

    pub fn name(self) -> &'static str {
        match self {
            Self::Vec2 => "Vec2",
            Self::Vec3 => "Vec3",
            Self::Quat => "Quat",
            Self::Color => "Color",
        }
    }

    /// The class for a type of the game.
    pub fn of_type(id: TypeId) -> Option<Self> {
        [
            (TypeId::of::<Vec2>(), Self::Vec2),
            (TypeId::of::<Vec3>(), Self::Vec3),
            (TypeId::of::<Quat>(), Self::Quat),
            (TypeId::of::<Color>(), Self::Color),
        ]
        .into_iter()
        .find_map(|(known, kind)| (known == id).then_some(kind))
    }

    /// The numbers of a reflected value of this kind.
    #[inline]
    pub fn parts_of(self, value: &dyn PartialReflect) -> Option<[f64; 4]> {
        let wide = |parts: &[f32]| {
            let mut all = [0.0; 4];
            all.iter_mut().zip(parts).for_each(|(to, from)| *to = f64::from(*from));
            all
        };
        Some(match self {
            Self::Vec2 => wide(&value.try_downcast_ref::<Vec2>()?.to_array()),
            Self::Vec3 => wide(&value.try_downcast_ref::<Vec3>()?.to_array()),
            Self::Quat => wide(&value.try_downcast_ref::<Quat>()?.to_array()),
            Self::Color => {
                let found = value.try_downcast_ref::<Color>()?.to_srgba();
                wide(&[found.red, found.green, found.blue, found.alpha])
            }
        })
    }

    /// Sets one of the numbers of a reflected value of this kind; says whether it is one.
    #[inline]
    fn set_part(self, value: &mut dyn PartialReflect, part: usize, number: f32) -> bool {
        let set = |parts: &mut [f32]| parts.get_mut(part).map(|place| *place = number).is_some();
        match self {
            Self::Vec2 => value.try_downcast_mut::<Vec2>().is_some_and(|found| set(found.as_mut())),
            Self::Vec3 => value.try_downcast_mut::<Vec3>().is_some_and(|found| set(found.as_mut())),
            Self::Quat => value.try_downcast_mut::<Quat>().is_some_and(|found| {
                let mut all = found.to_array();
                let done = set(&mut all);
                *found = Quat::from_array(all);
                done
            }),
            Self::Color => value.try_downcast_mut::<Color>().is_some_and(|found| {
                let srgba = found.to_srgba();
                let mut all = [srgba.red, srgba.green, srgba.blue, srgba.alpha];
                let done = set(&mut all);
                *found = Color::Srgba(Srgba::new(all[0], all[1], all[2], all[3]));
                done
            }),
        }
    }

    /// Which of the numbers an attribute names.
    #[inline]
    fn part_named(self, name: &str) -> Option<usize> {
        let part = match (self, name) {
            (Self::Color, name) => ["r", "g", "b", "a"].iter().position(|known| *known == name)?,
            (_, "x") => 0,
            (_, "y") => 1,
            (_, "z") => 2,
            (_, "w") => 3,
            _ => return None,
        };
        (part < self.len()).then_some(part)
    }

    /// How many numbers it has.
    pub fn len(self) -> usize {
        match self {
            Self::Vec2 => 2,
            Self::Vec3 => 3,
            Self::Quat | Self::Color => 4,
        }
    }

    /// What it is without numbers: no rotation, opaque black, or zero.
    fn identity(self) -> [f64; 4] {
        match self {
            Self::Vec2 | Self::Vec3 => [0.0; 4],
            Self::Quat | Self::Color => [0.0, 0.0, 0.0, 1.0],
        }
    }
}

/// The body of such an object.
#[derive(Clone)]
pub(super) struct Quad {
    pub kind: QuadKind,
    pub parts: [f64; 4],
    /// Where it was read, and is written when a part of it is set.
    pub at: Option<Place>,
}

impl NativeData for Quad {
    fn heap_bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// The numbers of a reflected vector.
pub(super) fn parts_of(value: &dyn PartialReflect) -> Option<(QuadKind, [f64; 4])> {
    let kind = QuadKind::of_type(value.get_represented_type_info()?.type_id())?;
    Some((kind, kind.parts_of(value)?))
}

/// Puts numbers where a vector stands: whether they fit, or `None` where no vector stands.
pub(super) fn put(target: &mut dyn PartialReflect, given: Option<(Option<QuadKind>, Vec<f64>)>) -> Option<bool> {
    let (kind, _) = parts_of(target)?;
    let Some((given_kind, parts)) = given else {
        return Some(false);
    };
    if given_kind.is_some_and(|given| given != kind) || parts.len() != kind.len() {
        return Some(false);
    }
    let part = |index: usize| parts[index] as f32;
    if let Some(place) = target.try_downcast_mut::<Vec3>() {
        *place = Vec3::new(part(0), part(1), part(2));
    } else if let Some(place) = target.try_downcast_mut::<Vec2>() {
        *place = Vec2::new(part(0), part(1));
    } else if let Some(place) = target.try_downcast_mut::<Quat>() {
        *place = Quat::from_xyzw(part(0), part(1), part(2), part(3));
    } else if let Some(place) = target.try_downcast_mut::<Color>() {
        *place = Color::Srgba(Srgba::new(part(0), part(1), part(2), part(3)));
    }
    Some(true)
}

/// The body of a value, if it is one of these.
pub(super) fn of(value: &Value) -> Option<Quad> {
    value.downcast::<NativeObject>()?.with(|quad: &mut Quad| quad.clone())
}

/// Makes an object.
pub(super) fn make(vm: &mut Vm, bridge: &Bridge, quad: Quad) -> Value {
    vm.native_object(&bridge.classes.quads[quad.kind as usize], Box::new(quad))
}

/// Makes the classes, in the order of [`QuadKind::ALL`].
pub(super) fn install(vm: &mut Vm, module: &'static str) -> [Ref<Class>; 4] {
    QuadKind::ALL.map(|kind| {
        let new: NativeFn = match kind {
            QuadKind::Vec2 => |vm, args| new(vm, args, QuadKind::Vec2),
            QuadKind::Vec3 => |vm, args| new(vm, args, QuadKind::Vec3),
            QuadKind::Quat => |vm, args| new(vm, args, QuadKind::Quat),
            QuadKind::Color => |vm, args| new(vm, args, QuadKind::Color),
        };
        let (getters, setters) = match kind {
            QuadKind::Color => (&CHANNELS[..], &SET_CHANNELS[..]),
            _ => (&AXES[..kind.len()], &SET_AXES[..kind.len()]),
        };
        let mut methods: Vec<(&'static str, NativeFn)> = vec![("__new__", new)];
        methods.extend_from_slice(METHODS);
        methods.extend_from_slice(vector_math::methods(kind));
        methods.extend_from_slice(setters);
        let getters = [getters, vector_math::getters(kind)].concat();
        let class = vm.native_class(kind.name(), module, None, Layout::Native, &methods, &getters);
        vector_math::add_makers(vm, module, kind, &class);
        vm.dict_set_str(&class.dict, "__hash__", Value::NONE);
        class.hooks.set(Some(AttributeHooks { get: hook_get, set: hook_set }));
        class
    })
}

type Entry = (&'static str, NativeFn);

const AXES: [Entry; 4] = [("x", get::<0>), ("y", get::<1>), ("z", get::<2>), ("w", get::<3>)];
const CHANNELS: [Entry; 4] = [("r", get::<0>), ("g", get::<1>), ("b", get::<2>), ("a", get::<3>)];
const SET_AXES: [Entry; 4] = [("x\0set", set::<0>), ("y\0set", set::<1>), ("z\0set", set::<2>), ("w\0set", set::<3>)];
const SET_CHANNELS: [Entry; 4] =
    [("r\0set", set::<0>), ("g\0set", set::<1>), ("b\0set", set::<2>), ("a\0set", set::<3>)];

const METHODS: &[(&str, NativeFn)] = &[
    ("__repr__", repr),
    ("__eq__", eq),
    ("__ne__", ne),
    ("__len__", len),
    ("__getitem__", get_item),
    ("__iter__", iter),
    ("__neg__", neg),
    ("__add__", |vm, args| parts(vm, args, "+", |a, b| a + b)),
    ("__sub__", |vm, args| parts(vm, args, "-", |a, b| a - b)),
    ("__mul__", mul),
    ("__rmul__", mul),
    ("__truediv__", div),
    ("length", |vm, args| float(vm, args, |a| dot(a, a).sqrt())),
    ("length_squared", |vm, args| float(vm, args, |a| dot(a, a))),
    ("normalized", normalized),
    ("dot", |vm, args| float_of_two(vm, args, dot)),
    ("distance", |vm, args| {
        float_of_two(vm, args, |a, b| {
            let apart = minus(a, b);
            dot(&apart, &apart).sqrt()
        })
    }),
    ("lerp", lerp),
    ("copy", copy),
];

pub(super) fn this(vm: &mut Vm, args: &Args<'_>) -> Result<Quad> {
    bridge::no_keywords(vm, args)?;
    let found = args.values.first().and_then(of);
    found.ok_or_else(|| vm.type_error("a vector is needed"))
}

/// The receiver and another of its kind.
pub(super) fn both(vm: &mut Vm, args: &Args<'_>) -> Result<(Quad, Quad)> {
    let quad = this(vm, args)?;
    match args.values.get(1).and_then(of) {
        Some(other) if other.kind == quad.kind => Ok((quad, other)),
        _ => {
            let other = args.values.get(1).map_or("nothing".to_owned(), |other| vm.type_name(other));
            Err(vm.type_error(format!("{} expected, got {other}", quad.kind.name())))
        }
    }
}

/// A new object of the class of `like`.
pub(super) fn alike(vm: &mut Vm, args: &Args<'_>, kind: QuadKind, parts: [f64; 4]) -> Value {
    let class = vm.class_of(&args.values[0]);
    vm.native_object(&class, Box::new(Quad { kind, parts, at: None }))
}

fn new(vm: &mut Vm, args: Args<'_>, kind: QuadKind) -> Result<Value> {
    let Some((class, given)) = args.positional().split_first() else {
        return Err(vm.type_error("a class is needed"));
    };
    let name = kind.name();
    let mut parts = kind.identity();
    let mut set = [false; 4];
    // A colour may leave its opacity out. By keyword any may be given; in order all are, or none.
    let least = if kind == QuadKind::Color { 3 } else { kind.len() };
    if given.len() > kind.len() || (!given.is_empty() && given.len() + args.names.len() < least) {
        return Err(vm.type_error(format!("{name}() takes {} numbers, got {}", kind.len(), given.len())));
    }
    for (index, value) in given.iter().enumerate() {
        parts[index] = vm.to_f64(value)?;
        set[index] = true;
    }
    for (keyword, value) in args.keywords() {
        let keyword = bridge::text(vm, keyword, "a keyword")?;
        match kind.part_named(&keyword) {
            None => return Err(vm.type_error(format!("{name}() got an unexpected keyword argument '{keyword}'"))),
            Some(index) if set[index] => {
                return Err(vm.type_error(format!("{name}() got multiple values for argument '{keyword}'")));
            }
            Some(index) => {
                parts[index] = vm.to_f64(value)?;
                set[index] = true;
            }
        }
    }
    let Some(class) = class.to_ref::<Class>() else {
        return Err(vm.type_error("a class is needed"));
    };
    Ok(vm.native_object(&class, Box::new(Quad { kind, parts, at: None })))
}

fn get<const PART: usize>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = args.values.first().and_then(|value| value.downcast::<NativeObject>());
    match found.and_then(|object| object.with(|quad: &mut Quad| quad.parts[PART])) {
        Some(part) => Ok(Value::float(part)),
        None => Err(vm.type_error("a vector is needed")),
    }
}

fn set<const PART: usize>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    match args.values {
        [object, value] => set_part(vm, object, PART, value),
        _ => Err(vm.attribute_error("a part of a vector cannot be deleted")),
    }
}

/// Sets a part of a vector, and of what it was read from; what other parts became there meanwhile is kept.
fn set_part(vm: &mut Vm, object: &Value, part: usize, value: &Value) -> Result<Value> {
    let number = vm.to_f64(value)?;
    let change = |quad: &mut Quad| {
        quad.parts[part] = number;
        quad.at.clone().map(|at| (quad.kind, at))
    };
    let changed = object.downcast::<NativeObject>().and_then(|object| object.with(change));
    if let Some(Some((kind, at))) = changed {
        bridge::world(vm, |world| {
            at.write(world, |target| match kind.set_part(target, part, number as f32) {
                true => Ok(()),
                false => Err(ScriptFault::Type(format!("there is no {} any more", kind.name()))),
            })
        })?;
    }
    Ok(Value::NONE)
}

fn hook_get(_: &mut Vm, object: &Value, name: &Value) -> Result<Option<Value>> {
    let Some(name) = name.downcast::<Str>() else { return Ok(None) };
    let part = |quad: &mut Quad| quad.kind.part_named(&name.text).map(|part| quad.parts[part]);
    let found = object.downcast::<NativeObject>().and_then(|object| object.with(part));
    Ok(found.flatten().map(Value::float))
}

fn hook_set(vm: &mut Vm, object: &Value, name: &Value, value: &Value) -> Result<bool> {
    let Some(name) = name.downcast::<Str>() else { return Ok(false) };
    let part = |quad: &mut Quad| quad.kind.part_named(&name.text);
    let part = object.downcast::<NativeObject>().and_then(|object| object.with(part));
    match part.flatten() {
        Some(part) => set_part(vm, object, part, value).map(|_| true),
        None => Ok(false),
    }
}

/// As a script would write it.
pub(super) fn written(kind: QuadKind, parts: &[f64; 4]) -> String {
    let parts = parts[..kind.len()].iter().map(|part| {
        // The game's numbers are of 32 bits; written as such they are short.
        let short = *part as f32;
        if f64::from(short) == *part { format!("{short:?}") } else { format!("{part:?}") }
    });
    format!("{}({})", kind.name(), parts.collect::<Vec<_>>().join(", "))
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let text = written(quad.kind, &quad.parts);
    Ok(vm.str(&text))
}

fn equal(args: &Args<'_>) -> Option<bool> {
    let (a, b) = (of(args.values.first()?)?, of(args.values.get(1)?)?);
    Some(a.kind == b.kind && a.parts == b.parts)
}

fn eq(_: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(equal(&args).map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

fn ne(_: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(equal(&args).map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal)))
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    Ok(vm.size(quad.kind.len()))
}

fn get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let index = match args.values.get(1) {
        Some(index) => vm.index_i64(index)?,
        None => return Err(vm.type_error("an index is needed")),
    };
    let count = quad.kind.len() as i64;
    let index = if index < 0 { index + count } else { index };
    if (0..count).contains(&index) {
        Ok(Value::float(quad.parts[index as usize]))
    } else {
        Err(vm.index_error(format!("{} has {count} parts", quad.kind.name())))
    }
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let parts = vm.tuple(quad.parts[..quad.kind.len()].iter().map(|part| Value::float(*part)).collect());
    vm.iter(&parts)
}

fn neg(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    Ok(alike(vm, &args, quad.kind, quad.parts.map(|part| -part)))
}

fn parts(vm: &mut Vm, args: Args<'_>, _operator: &str, act: fn(f64, f64) -> f64) -> Result<Value> {
    let quad = this(vm, &args)?;
    match args.values.get(1).and_then(of) {
        Some(other) if other.kind == quad.kind => {
            let parts = std::array::from_fn(|part| act(quad.parts[part], other.parts[part]));
            Ok(alike(vm, &args, quad.kind, parts))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn mul(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let Some(other) = args.values.get(1) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if let Some(other_quad) = of(other) {
        return match (quad.kind, other_quad.kind) {
            (QuadKind::Quat, QuadKind::Quat) => {
                Ok(alike(vm, &args, QuadKind::Quat, turned(&quad.parts, &other_quad.parts)))
            }
            (QuadKind::Quat, QuadKind::Vec3) => {
                let mut parts = other_quad.parts;
                parts[3] = 0.0;
                let [x, y, z, w] = quad.parts;
                let mut result = turned(&turned(&quad.parts, &parts), &[-x, -y, -z, w]);
                result[3] = 0.0;
                let class = vm.class_of(other);
                Ok(vm.native_object(&class, Box::new(Quad { kind: QuadKind::Vec3, parts: result, at: None })))
            }
            (a, b) if a == b => {
                let parts = std::array::from_fn(|part| quad.parts[part] * other_quad.parts[part]);
                Ok(alike(vm, &args, a, parts))
            }
            _ => Ok(Value::NOT_IMPLEMENTED),
        };
    }
    match number(vm, other) {
        Some(factor) => Ok(alike(vm, &args, quad.kind, quad.parts.map(|part| part * factor))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn number(vm: &mut Vm, value: &Value) -> Option<f64> {
    (value.as_float().is_some() || vm.is_int(value)).then(|| vm.to_f64(value).ok()).flatten()
}

/// The product of two rotations, `x, y, z, w` each.
fn turned(a: &[f64; 4], b: &[f64; 4]) -> [f64; 4] {
    let ([ax, ay, az, aw], [bx, by, bz, bw]) = (*a, *b);
    [
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    ]
}

fn div(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    if let Some(other) = args.values.get(1).and_then(of).filter(|other| other.kind == quad.kind) {
        let count = quad.kind.len();
        if quad.kind == QuadKind::Quat {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        if other.parts[..count].contains(&0.0) {
            return Err(vm.zero_division_error("division of a vector by zero"));
        }
        let parts = std::array::from_fn(|part| if part < count { quad.parts[part] / other.parts[part] } else { 0.0 });
        return Ok(alike(vm, &args, quad.kind, parts));
    }
    let divisor = match args.values.get(1) {
        Some(other) => number(vm, other),
        None => None,
    };
    match divisor {
        Some(0.0) => Err(vm.zero_division_error("division of a vector by zero")),
        Some(divisor) => Ok(alike(vm, &args, quad.kind, quad.parts.map(|part| part / divisor))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn dot(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus(a: &[f64; 4], b: &[f64; 4]) -> [f64; 4] {
    std::array::from_fn(|part| a[part] - b[part])
}

fn float(vm: &mut Vm, args: Args<'_>, act: fn(&[f64; 4]) -> f64) -> Result<Value> {
    let quad = this(vm, &args)?;
    Ok(Value::float(act(&quad.parts)))
}

fn float_of_two(vm: &mut Vm, args: Args<'_>, act: fn(&[f64; 4], &[f64; 4]) -> f64) -> Result<Value> {
    let (quad, other) = both(vm, &args)?;
    Ok(Value::float(act(&quad.parts, &other.parts)))
}

/// Of length one; zero stays zero.
fn normalized(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let length = dot(&quad.parts, &quad.parts).sqrt();
    let parts = if length > 0.0 { quad.parts.map(|part| part / length) } else { quad.parts };
    Ok(alike(vm, &args, quad.kind, parts))
}

fn lerp(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (quad, other) = both(vm, &args)?;
    let share = match args.values.get(2) {
        Some(share) => vm.to_f64(share)?,
        None => return Err(vm.type_error("lerp() takes a vector and a share")),
    };
    let parts = std::array::from_fn(|part| quad.parts[part] + (other.parts[part] - quad.parts[part]) * share);
    Ok(alike(vm, &args, quad.kind, parts))
}

/// The same numbers, with no component behind them.
fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    Ok(alike(vm, &args, quad.kind, quad.parts))
}
