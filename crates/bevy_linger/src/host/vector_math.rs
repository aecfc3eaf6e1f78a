//! What vectors, rotations and colours of scripts can do besides being numbers with operators: lengths held in bounds, angles,
//! rotations of all sorts, colours by their names. Called as Bevy calls it, where Bevy has it.

use bevy::{
    color::{Hsla, Srgba},
    math::{DQuat, DVec2, DVec3, EulerRot},
    prelude::*,
};
use linger_script::{Args, Class, NativeFn, Raise, Ref, Value, Vm};

use super::{
    bridge,
    vectors::{self, Quad, QuadKind, alike, both, this},
};

type Result<T> = std::result::Result<T, Raise>;
type Entry = (&'static str, NativeFn);

/// The methods of one kind, besides those of all.
pub(super) fn methods(kind: QuadKind) -> &'static [Entry] {
    match kind {
        QuadKind::Vec2 => VEC2,
        QuadKind::Vec3 => VEC3,
        QuadKind::Quat => QUAT,
        QuadKind::Color => COLOR,
    }
}

/// What is read of one kind like a part of it.
pub(super) fn getters(kind: QuadKind) -> &'static [Entry] {
    match kind {
        QuadKind::Vec3 => &[("xy", |vm, args| {
            let [x, y, ..] = this(vm, &args)?.parts;
            made(vm, QuadKind::Vec2, [x, y, 0.0, 0.0])
        })],
        _ => &[],
    }
}

/// Gives a class what is called on itself: `Quat.from_rotation_z(1)`.
pub(super) fn add_makers(vm: &mut Vm, module: &'static str, kind: QuadKind, class: &Ref<Class>) {
    let makers = match kind {
        QuadKind::Vec2 => &VEC2_MAKERS[..],
        QuadKind::Vec3 => &[],
        QuadKind::Quat => QUAT_MAKERS,
        QuadKind::Color => COLOR_MAKERS,
    };
    for (name, function) in makers {
        let function = vm.native_function(module, name, *function);
        vm.dict_set_str(&class.dict, name, function);
    }
}

fn made(vm: &mut Vm, kind: QuadKind, parts: [f64; 4]) -> Result<Value> {
    let bridge = bridge::current(vm)?;
    Ok(vectors::make(vm, &bridge, Quad { kind, parts, at: None }))
}

/// What is given in order, each a number.
fn numbers<const COUNT: usize>(vm: &mut Vm, args: &Args<'_>, first: usize, what: &str) -> Result<[f64; COUNT]> {
    bridge::no_keywords(vm, args)?;
    let given = args.values.get(first..).unwrap_or_default();
    if given.len() != COUNT {
        let given = given.len();
        return Err(
            vm.type_error(format!("{what} takes {COUNT} number{}, got {given}", if COUNT == 1 { "" } else { "s" }))
        );
    }
    let mut all = [0.0; COUNT];
    for (place, value) in all.iter_mut().zip(given) {
        *place = vm.to_f64(value)?;
    }
    Ok(all)
}

fn length(parts: &[f64; 4]) -> f64 {
    parts.iter().map(|part| part * part).sum::<f64>().sqrt()
}

/// Of each number something.
fn each(vm: &mut Vm, args: &Args<'_>, act: fn(f64) -> f64) -> Result<Value> {
    let quad = this(vm, args)?;
    Ok(alike(vm, args, quad.kind, quad.parts.map(act)))
}

/// Of each number and that of another something.
fn pairs(vm: &mut Vm, args: &Args<'_>, act: fn(f64, f64) -> f64) -> Result<Value> {
    let (quad, other) = both(vm, args)?;
    let parts = std::array::from_fn(|part| act(quad.parts[part], other.parts[part]));
    Ok(alike(vm, args, quad.kind, parts))
}

fn clamp_length_max(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let quad = this(vm, &args)?;
    let [most] = numbers(vm, &args, 1, "clamp_length_max()")?;
    let long = length(&quad.parts);
    let share = if long > most { most / long } else { 1.0 };
    Ok(alike(vm, &args, quad.kind, quad.parts.map(|part| part * share)))
}

fn move_towards(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (quad, other) = both(vm, &args)?;
    let [step] = numbers(vm, &args, 2, "move_towards()")?;
    let way: [f64; 4] = std::array::from_fn(|part| other.parts[part] - quad.parts[part]);
    let long = length(&way);
    let share = if long > step { step / long } else { 1.0 };
    // The end itself is reached to the last digit.
    let parts =
        std::array::from_fn(|part| if share == 1.0 { other.parts[part] } else { quad.parts[part] + way[part] * share });
    Ok(alike(vm, &args, quad.kind, parts))
}

const LENGTHS: [Entry; 6] = [
    ("__abs__", |vm, args| each(vm, &args, f64::abs)),
    ("__round__", |vm, args| each(vm, &args, f64::round_ties_even)),
    ("min", |vm, args| pairs(vm, &args, f64::min)),
    ("max", |vm, args| pairs(vm, &args, f64::max)),
    ("clamp_length_max", clamp_length_max),
    ("move_towards", move_towards),
];

const VEC2: &[Entry] = &[
    LENGTHS[0],
    LENGTHS[1],
    LENGTHS[2],
    LENGTHS[3],
    LENGTHS[4],
    LENGTHS[5],
    ("angle", |vm, args| {
        let [x, y, ..] = this(vm, &args)?.parts;
        Ok(Value::float(y.atan2(x)))
    }),
    ("rotated", |vm, args| {
        let [x, y, ..] = this(vm, &args)?.parts;
        let [angle] = numbers(vm, &args, 1, "rotated()")?;
        let turned = DVec2::from_angle(angle).rotate(DVec2::new(x, y));
        Ok(alike(vm, &args, QuadKind::Vec2, [turned.x, turned.y, 0.0, 0.0]))
    }),
    ("extend", |vm, args| {
        let [x, y, ..] = this(vm, &args)?.parts;
        let [z] = numbers(vm, &args, 1, "extend()")?;
        made(vm, QuadKind::Vec3, [x, y, z, 0.0])
    }),
];

const VEC3: &[Entry] = &[LENGTHS[0], LENGTHS[1], LENGTHS[2], LENGTHS[3], LENGTHS[4], LENGTHS[5], ("cross", cross)];

const VEC2_MAKERS: [Entry; 1] = [("from_angle", |vm, args| {
    let [angle] = numbers(vm, &args, 0, "from_angle()")?;
    made(vm, QuadKind::Vec2, [angle.cos(), angle.sin(), 0.0, 0.0])
})];

fn cross(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (quad, other) = both(vm, &args)?;
    let ([ax, ay, az, _], [bx, by, bz, _]) = (quad.parts, other.parts);
    Ok(alike(vm, &args, quad.kind, [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx, 0.0]))
}

const QUAT: &[Entry] = &[
    ("inverse", |vm, args| {
        let turn = DQuat::from_array(this(vm, &args)?.parts);
        let long = turn.length_squared();
        let parts = if long > 0.0 { (turn.conjugate() / long).to_array() } else { turn.to_array() };
        Ok(alike(vm, &args, QuadKind::Quat, parts))
    }),
    ("slerp", |vm, args| {
        let (quad, other) = both(vm, &args)?;
        let [share] = numbers(vm, &args, 2, "slerp()")?;
        let (from, to) = (unit(quad.parts), unit(other.parts));
        Ok(alike(vm, &args, QuadKind::Quat, from.slerp(to, share).to_array()))
    }),
    ("to_euler", |vm, args| {
        let (x, y, z) = unit(this(vm, &args)?.parts).to_euler(EulerRot::XYZ);
        Ok(vm.tuple(vec![Value::float(x), Value::float(y), Value::float(z)]))
    }),
];

/// A rotation, whatever the numbers.
fn unit(parts: [f64; 4]) -> DQuat {
    let turn = DQuat::from_array(parts);
    if turn.length_squared() > 0.0 { turn.normalize() } else { DQuat::IDENTITY }
}

const QUAT_MAKERS: &[Entry] = &[
    ("from_rotation_x", |vm, args| by_angle(vm, &args, "from_rotation_x()", DVec3::X)),
    ("from_rotation_y", |vm, args| by_angle(vm, &args, "from_rotation_y()", DVec3::Y)),
    ("from_rotation_z", |vm, args| by_angle(vm, &args, "from_rotation_z()", DVec3::Z)),
    ("from_axis_angle", |vm, args| {
        let axis = vector(vm, &args, 0, "from_axis_angle() takes a Vec3 and an angle")?;
        let [angle] = numbers(vm, &args, 1, "from_axis_angle()")?;
        let Some(axis) = axis.try_normalize() else { return Err(vm.value_error("an axis has a length")) };
        made(vm, QuadKind::Quat, DQuat::from_axis_angle(axis, angle).to_array())
    }),
    ("from_euler", |vm, args| {
        let [x, y, z] = numbers(vm, &args, 0, "from_euler()")?;
        made(vm, QuadKind::Quat, DQuat::from_euler(EulerRot::XYZ, x, y, z).to_array())
    }),
    ("looking_to", |vm, args| {
        let ahead = vector(vm, &args, 0, "looking_to() takes a Vec3 ahead, and one up")?;
        let up = match args.values.len() {
            ..=1 => DVec3::Y,
            _ => vector(vm, &args, 1, "looking_to() takes a Vec3 ahead, and one up")?,
        };
        let turned = Transform::IDENTITY.looking_to(ahead.as_vec3(), up.as_vec3()).rotation;
        made(vm, QuadKind::Quat, turned.to_array().map(f64::from))
    }),
];

fn by_angle(vm: &mut Vm, args: &Args<'_>, what: &str, axis: DVec3) -> Result<Value> {
    let [angle] = numbers(vm, args, 0, what)?;
    made(vm, QuadKind::Quat, DQuat::from_axis_angle(axis, angle).to_array())
}

fn vector(vm: &mut Vm, args: &Args<'_>, index: usize, what: &str) -> Result<DVec3> {
    bridge::no_keywords(vm, args)?;
    match args.values.get(index).and_then(vectors::of) {
        Some(Quad { kind: QuadKind::Vec3, parts: [x, y, z, _], .. }) => Ok(DVec3::new(x, y, z)),
        _ => Err(vm.type_error(what)),
    }
}

const COLOR: &[Entry] = &[
    ("with_alpha", |vm, args| {
        let [r, g, b, _] = this(vm, &args)?.parts;
        let [alpha] = numbers(vm, &args, 1, "with_alpha()")?;
        Ok(alike(vm, &args, QuadKind::Color, [r, g, b, alpha]))
    }),
    ("to_hex", |vm, args| {
        let [r, g, b, a] = this(vm, &args)?.parts.map(|part| part as f32);
        Ok(vm.str(&Srgba::new(r, g, b, a).to_hex()))
    }),
];

const COLOR_MAKERS: &[Entry] = &[
    ("hsl", |vm, args| {
        let [hue, saturation, lightness] = numbers(vm, &args, 0, "hsl()")?.map(|part: f64| part as f32);
        of_color(vm, Hsla::hsl(hue, saturation, lightness).into())
    }),
    ("from_hex", |vm, args| {
        bridge::no_keywords(vm, &args)?;
        let Some(text) = args.values.first() else { return Err(vm.type_error("from_hex() takes a text")) };
        let text = bridge::text(vm, text, "a colour")?;
        match Srgba::hex(&text) {
            Ok(color) => of_color(vm, color),
            Err(_) => Err(vm.value_error(format!("'{text}' is no colour like '#ff8800' or '#ff8800cc'"))),
        }
    }),
];

fn of_color(vm: &mut Vm, color: Srgba) -> Result<Value> {
    made(vm, QuadKind::Color, color.to_f32_array().map(f64::from))
}
