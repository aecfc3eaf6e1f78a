//! Gamepads on Linux without any library: the kernel's joystick devices become Bevy's own gamepads. Knows nothing of the
//! game. With the feature `gamepad`, gilrs does this instead, on every platform and with more kinds of gamepad.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::Read,
    path::Path,
    sync::{
        Mutex,
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    time::Duration,
};

use bevy::{
    input::{
        InputSystems,
        gamepad::{
            GamepadConnection, GamepadConnectionEvent, RawGamepadAxisChangedEvent, RawGamepadButtonChangedEvent,
            RawGamepadEvent,
        },
    },
    prelude::*,
    time::common_conditions::on_real_timer,
};

pub fn plugin(app: &mut App) {
    app.init_resource::<Devices>().add_systems(
        PreUpdate,
        (find_devices.run_if(on_real_timer(Duration::from_secs(2))), read_devices).chain().before(InputSystems),
    );
}

/// The devices that are open, by number: `/dev/input/js0` is 0.
#[derive(Resource, Default)]
struct Devices(HashMap<u32, Device>);

struct Device {
    gamepad: Entity,
    // A receiver is no `Sync` by itself, and a resource must be.
    events: Mutex<Receiver<Event>>,
    layout: Layout,
}

/// One change of a button or an axis, as the kernel tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Event {
    value: i16,
    is_button: bool,
    number: u8,
}

impl Event {
    /// Reads the kernel's `struct js_event`: time in milliseconds, value, type, number.
    fn parse(bytes: [u8; 8]) -> Option<Self> {
        // The highest bit says that this is the state at the start and no change; it is as good.
        let is_button = match bytes[6] & 0x7f {
            1 => true,
            2 => false,
            _ => return None,
        };
        Some(Self { value: i16::from_ne_bytes([bytes[4], bytes[5]]), is_button, number: bytes[7] })
    }
}

/// Which code each of a device's numbers stands for. The kernel numbers buttons and axes in the order of their codes,
/// and says in sysfs which codes a device has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Layout {
    buttons: Vec<u16>,
    axes: Vec<u16>,
}

const FIRST_JOYSTICK_BUTTON: u16 = 0x120;
const FIRST_MISC_BUTTON: u16 = 0x100;

impl Layout {
    fn parse(keys: &str, axes: &str) -> Self {
        // Buttons below the joystick's own come after all others.
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for code in codes(keys) {
            match code {
                FIRST_JOYSTICK_BUTTON.. => first.push(code),
                FIRST_MISC_BUTTON.. => last.push(code),
                _ => {}
            }
        }
        first.append(&mut last);
        Self { buttons: first, axes: codes(axes).collect() }
    }
}

/// The numbers of the bits that are set in a bitmap of sysfs: hexadecimal words of 64 bits, the highest first.
fn codes(bitmap: &str) -> impl Iterator<Item = u16> {
    let words: Vec<u64> =
        bitmap.split_whitespace().rev().map(|word| u64::from_str_radix(word, 16).unwrap_or(0)).collect();
    (0_u16..)
        .zip(words)
        .flat_map(|(place, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| place * 64 + bit))
}

fn button_of(code: u16) -> Option<GamepadButton> {
    Some(match code {
        0x130 => GamepadButton::South,
        0x131 => GamepadButton::East,
        0x133 => GamepadButton::North,
        0x134 => GamepadButton::West,
        0x136 => GamepadButton::LeftTrigger,
        0x137 => GamepadButton::RightTrigger,
        0x138 => GamepadButton::LeftTrigger2,
        0x139 => GamepadButton::RightTrigger2,
        0x13a => GamepadButton::Select,
        0x13b => GamepadButton::Start,
        0x13c => GamepadButton::Mode,
        0x13d => GamepadButton::LeftThumb,
        0x13e => GamepadButton::RightThumb,
        0x220 => GamepadButton::DPadUp,
        0x221 => GamepadButton::DPadDown,
        0x222 => GamepadButton::DPadLeft,
        0x223 => GamepadButton::DPadRight,
        _ => return None,
    })
}

/// A stick's axis, and whether the kernel counts it the other way round.
fn axis_of(code: u16) -> Option<(GamepadAxis, f32)> {
    Some(match code {
        0x00 => (GamepadAxis::LeftStickX, 1.0),
        0x01 => (GamepadAxis::LeftStickY, -1.0),
        0x03 => (GamepadAxis::RightStickX, 1.0),
        0x04 => (GamepadAxis::RightStickY, -1.0),
        _ => return None,
    })
}

/// The buttons that a directional pad's axis stands for, at its low and its high end.
fn pad_of(code: u16) -> Option<[GamepadButton; 2]> {
    match code {
        0x10 => Some([GamepadButton::DPadLeft, GamepadButton::DPadRight]),
        0x11 => Some([GamepadButton::DPadUp, GamepadButton::DPadDown]),
        _ => None,
    }
}

fn find_devices(
    mut commands: Commands,
    mut devices: ResMut<Devices>,
    mut connections: MessageWriter<GamepadConnectionEvent>,
) {
    for number in 0..4 {
        if devices.0.contains_key(&number) {
            continue;
        }
        let Ok(file) = File::open(format!("/dev/input/js{number}")) else {
            continue;
        };
        let described = format!("/sys/class/input/js{number}/device");
        let read = |what: &str| fs::read_to_string(Path::new(&described).join(what)).unwrap_or_default();
        let layout = Layout::parse(&read("capabilities/key"), &read("capabilities/abs"));
        let (sender, receiver) = channel();
        // Ends when the device is unplugged or the game is over.
        std::thread::spawn(move || forward(file, &sender));
        let gamepad = commands.spawn_empty().id();
        connections.write(GamepadConnectionEvent::new(
            gamepad,
            GamepadConnection::Connected { name: read("name").trim().to_owned(), vendor_id: None, product_id: None },
        ));
        devices.0.insert(number, Device { gamepad, events: Mutex::new(receiver), layout });
    }
}

fn forward(mut device: impl Read, sender: &Sender<Event>) {
    let mut bytes = [0; 8];
    while device.read_exact(&mut bytes).is_ok() {
        if let Some(event) = Event::parse(bytes)
            && sender.send(event).is_err()
        {
            return;
        }
    }
}

fn read_devices(
    mut devices: ResMut<Devices>,
    mut connections: MessageWriter<GamepadConnectionEvent>,
    mut events: MessageWriter<RawGamepadEvent>,
) {
    devices.0.retain(|_, device| {
        let gamepad = device.gamepad;
        let Ok(receiver) = device.events.get_mut() else {
            return false;
        };
        loop {
            match receiver.try_recv() {
                Ok(event) => translate(event, &device.layout, gamepad, |raw| {
                    events.write(raw);
                }),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => {
                    connections.write(GamepadConnectionEvent::new(gamepad, GamepadConnection::Disconnected));
                    return false;
                }
            }
        }
    });
}

fn translate(event: Event, layout: &Layout, gamepad: Entity, mut emit: impl FnMut(RawGamepadEvent)) {
    let number = usize::from(event.number);
    let mut press = |button, value| emit(RawGamepadButtonChangedEvent::new(gamepad, button, value).into());
    if event.is_button {
        if let Some(button) = layout.buttons.get(number).copied().and_then(button_of) {
            press(button, f32::from(event.value));
        }
        return;
    }
    let Some(code) = layout.axes.get(number).copied() else {
        return;
    };
    let value = (f32::from(event.value) / f32::from(i16::MAX)).max(-1.0);
    if let Some([low, high]) = pad_of(code) {
        press(low, (-value).max(0.0));
        press(high, value.max(0.0));
    } else if let Some((axis, sign)) = axis_of(code) {
        emit(RawGamepadAxisChangedEvent::new(gamepad, axis, value * sign).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What sysfs says of a common gamepad with eleven buttons, two sticks, two triggers and a pad.
    const KEYS: &str = "7cdb000000000000 0 0 0 0";
    const AXES: &str = "3003f";

    #[test]
    fn the_layout_follows_from_the_codes() {
        let layout = Layout::parse(KEYS, AXES);
        assert_eq!(layout.axes, [0, 1, 2, 3, 4, 5, 0x10, 0x11]);
        let buttons: Vec<_> = layout.buttons.iter().copied().filter_map(button_of).collect();
        assert_eq!(
            buttons,
            [
                GamepadButton::South,
                GamepadButton::East,
                GamepadButton::North,
                GamepadButton::West,
                GamepadButton::LeftTrigger,
                GamepadButton::RightTrigger,
                GamepadButton::Select,
                GamepadButton::Start,
                GamepadButton::Mode,
                GamepadButton::LeftThumb,
                GamepadButton::RightThumb,
            ]
        );
    }

    #[test]
    fn a_stick_pushed_up_points_up() {
        let bytes = [0, 0, 0, 0, 1, 0x80, 2, 1];
        let event = Event::parse(bytes).expect("an axis");
        assert_eq!(event.value, -32_767);
        let mut seen = Vec::new();
        let layout = Layout::parse(KEYS, AXES);
        translate(event, &layout, Entity::PLACEHOLDER, |raw| seen.push(raw));
        let expected = RawGamepadAxisChangedEvent::new(Entity::PLACEHOLDER, GamepadAxis::LeftStickY, 1.0);
        assert_eq!(seen, [RawGamepadEvent::from(expected)]);
    }

    #[test]
    fn what_is_neither_button_nor_axis_is_nothing() {
        assert_eq!(Event::parse([0, 0, 0, 0, 1, 0, 4, 0]), None);
    }
}
