//! Where the examples' assets are, whoever starts the program and from wherever. Knows no example.

use std::path::{Path, PathBuf};

use bevy::prelude::*;

/// Bevy's plugin of assets, told where they are. Cargo says so itself; a program that is started by its path finds them above
/// itself, or above the folder that one is in.
pub fn plugin() -> AssetPlugin {
    let told = ["BEVY_ASSET_ROOT", "CARGO_MANIFEST_DIR"].iter().any(|name| std::env::var_os(name).is_some());
    let beginnings = [std::env::current_exe(), std::env::current_dir()];
    let found = beginnings.into_iter().flatten().find_map(|beginning| above(&beginning));
    match found.filter(|_| !told) {
        Some(folder) => AssetPlugin { file_path: folder.display().to_string(), ..default() },
        None => AssetPlugin::default(),
    }
}

/// The folder `assets` with scripts in it that is nearest above a path.
fn above(path: &Path) -> Option<PathBuf> {
    path.ancestors().map(|folder| folder.join("assets")).find(|assets| assets.join("scripts").is_dir())
}
