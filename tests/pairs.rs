//! The card game as a program: both sides played by the machine, whole games by messages and coroutines.

mod common;

use std::process::Output;

fn play(options: &[&str]) -> Output {
    common::command(common::example("pairs")).args(options).output().expect("the program starts")
}

#[test]
fn whole_games_are_played_without_errors_and_nothing_lingers() {
    let output = play(&["--headless", "--frames", "3600"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let figure = |word: &str| -> u64 {
        let before = said.split(word).next().expect("text").trim_end();
        before.rsplit(' ').next().and_then(|digits| digits.parse().ok()).unwrap_or_else(|| panic!("{word}: {said}"))
    };
    assert!(figure("games") >= 1, "{said}");
    assert!(figure("pairs") >= 12 * figure("games"), "{said}");
    assert_eq!((figure("errors"), figure("objects linger")), (0, 0), "{said}");
    let short = || play(&["--headless", "--frames", "500"]).stdout;
    assert_eq!(short(), short(), "the same cards are played the same");
}

#[test]
fn an_editor_can_know_what_its_scripts_reach() {
    common::check_stubs("pairs");
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    for options in [&["--nonsense"][..], &["--frames"], &["--frames", "x"], &["--screenshot", "x.png"]] {
        assert_eq!(play(options).status.code(), Some(2), "{options:?}");
    }
}
