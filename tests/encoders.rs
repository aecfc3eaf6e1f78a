//! The playtest's two encoders give the same text, which is JSON and says what the state says.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use linger::prelude::*;

#[derive(Resource, Default)]
struct Texts(Vec<String>);

#[derive(Resource)]
struct Choice(&'static str);

fn state() -> ScriptValue {
    let enemy =
        |kind: &str, x: f64| ScriptValue::dict([("kind", ScriptValue::Str(kind.into())), ("x", ScriptValue::Float(x))]);
    ScriptValue::dict([
        ("name", ScriptValue::Str("a \"quoted\"\n\\name".into())),
        ("score", ScriptValue::Int(12_340)),
        ("alive", ScriptValue::Bool(true)),
        ("ship", ScriptValue::None),
        ("empty", ScriptValue::List(vec![])),
        ("enemies", ScriptValue::List(vec![enemy("mite", 1.25), enemy("sniper", -300.0)])),
    ])
}

#[test]
fn both_encoders_write_the_same_json() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AssetPlugin::default()))
        .insert_resource(LingerConfig { script_folder: "scripts/playtest".into(), ..default() })
        .insert_resource(bevy::time::TimeUpdateStrategy::ManualDuration(Duration::from_millis(250)))
        .insert_resource(Choice("closures"))
        .init_resource::<Texts>()
        .add_plugins(LingerPlugin::default())
        .add_script_function("game", "phase", |_: &mut World| "title")
        .add_script_function("game", "encoder", |world: &mut World| world.resource::<Choice>().0)
        .add_script_function("game", "state", |_: &mut World| state())
        .add_script_function("game", "save", |world: &mut World, text: String| {
            world.resource_mut::<Texts>().0.push(text);
        });
    app.finish();
    app.cleanup();
    let start = Instant::now();
    for (choice, count) in [("closures", 1), ("class", 2)] {
        app.insert_resource(Choice(choice));
        while app.world().resource::<Texts>().0.len() < count {
            app.update();
            let errors = app.world().resource::<Profiler>().profile().script_errors();
            assert!(errors.is_empty(), "{:?}", errors.latest());
            assert!(start.elapsed() < Duration::from_secs(30), "nothing was saved");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let texts = &app.world().resource::<Texts>().0;
    assert_eq!(texts[0], texts[1]);
    let parsed: serde_json::Value = serde_json::from_str(&texts[0]).expect("JSON");
    assert_eq!(
        parsed,
        serde_json::json!({
            "name": "a \"quoted\"\n\\name",
            "score": 12_340,
            "alive": true,
            "ship": null,
            "empty": [],
            "enemies": [{"kind": "mite", "x": 1.25}, {"kind": "sniper", "x": -300.0}],
        })
    );
}
