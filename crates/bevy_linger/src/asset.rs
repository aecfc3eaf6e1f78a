//! Scripts as Bevy assets: the asset, its loader, and the name a script is imported by.
//! Knows nothing of running them.

use bevy::{
    asset::{AssetLoader, AssetPath, LoadContext, io::Reader},
    prelude::*,
};
use thiserror::Error;

/// The source text of one script.
#[derive(Asset, TypePath, Debug, Clone, PartialEq, Eq)]
pub struct ScriptSource {
    /// Where it came from, inside the asset folder.
    pub path: String,
    /// The Python source.
    pub text: String,
}

/// Why a script's file could not become an asset.
#[derive(Debug, Error)]
pub enum ScriptLoadError {
    /// The file could not be read.
    #[error("the script could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// The file is no UTF-8 text.
    #[error("the script is not UTF-8 text: {0}")]
    Encoding(#[from] std::string::FromUtf8Error),
}

/// Loads `.py` files.
#[derive(TypePath, Default)]
pub struct ScriptLoader;

impl AssetLoader for ScriptLoader {
    type Asset = ScriptSource;
    type Settings = ();
    type Error = ScriptLoadError;

    async fn load(
        &self,
        reader: &mut dyn Reader,
        _settings: &(),
        context: &mut LoadContext<'_>,
    ) -> Result<ScriptSource, ScriptLoadError> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).await?;
        Ok(ScriptSource { path: context.path().to_string(), text: String::from_utf8(bytes)? })
    }

    fn extensions(&self) -> &[&str] {
        &["py"]
    }
}

/// The name that other scripts import the script at `path` by: its path below the script folder, without the
/// ending, folders joined by dots. That of a folder's `__init__.py` is the folder's.
pub fn module_name(script_folder: &str, path: &AssetPath) -> String {
    let path = path.path();
    let below = path.strip_prefix(script_folder).unwrap_or(path);
    let parts = below.with_extension("");
    let parts: Vec<_> = parts.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let name = parts.join(".");
    match name.strip_suffix(".__init__") {
        Some(package) => package.to_owned(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_named_by_their_path_below_the_folder() {
        let name = |path: &'static str| module_name("scripts/playtest", &AssetPath::parse(path));
        assert_eq!(name("scripts/playtest/director.py"), "director");
        assert_eq!(name("scripts/playtest/brains/chaser.py"), "brains.chaser");
        assert_eq!(name("scripts/playtest/brains/__init__.py"), "brains");
        assert_eq!(name("elsewhere/tool.py"), "elsewhere.tool");
    }
}
