//! Default templates and static files, embedded; an archive's own take their place by name, file by file.
//!
//! The only module that uses `include_dir`, and the one place where the owner's `templates/` and `static/`
//! are read from the disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Page;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Folders inside folders that are followed; a link that leads in a circle ends here.
const DEEPEST: usize = 16;

/// One template or static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Where the owner's file is; `None` for a default.
    pub path: Option<PathBuf>,
}

/// All templates and static files of a site, by name (`base.html`, `fonts/serif.woff2`).
#[derive(Clone, Debug)]
pub struct Assets {
    /// Templates.
    pub templates: BTreeMap<String, Asset>,
    /// Static files; published under `static/`.
    pub files: BTreeMap<String, Asset>,
}

/// A file or folder of the owner that cannot be used.
#[derive(Debug)]
pub struct AssetError {
    /// Which.
    pub path: PathBuf,
    /// What is the matter with it.
    pub message: String,
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: error: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for AssetError {}

impl Assets {
    /// The owner's own files, by their names in the archive.
    pub fn owners(&self) -> impl Iterator<Item = (String, &[u8])> {
        [("templates/", &self.templates), ("static/", &self.files)].into_iter().flat_map(|(folder, all)| {
            let own = all.iter().filter(|(_, asset)| asset.path.is_some());
            own.map(move |(name, asset)| ([folder, name].concat(), asset.bytes.as_ref()))
        })
    }

    /// The defaults alone.
    pub fn embedded() -> Self {
        Assets { templates: embedded(&TEMPLATES), files: embedded(&STATIC) }
    }

    /// The defaults, with the owner's files in place of those that bear the same name. A folder that is
    /// given must be there. Hidden files (`.DS_Store`) and what editors leave behind (`base.html~`) are
    /// passed over.
    pub fn load(templates: Option<&Path>, files: Option<&Path>) -> Result<Self, AssetError> {
        let mut assets = Self::embedded();
        if let Some(folder) = templates {
            read_folder(folder, "", 0, &mut assets.templates)?;
        }
        if let Some(folder) = files {
            read_folder(folder, "", 0, &mut assets.files)?;
        }
        Ok(assets)
    }

    /// The static files as pages of the site.
    pub fn pages(&self) -> impl Iterator<Item = Page> + '_ {
        self.files.iter().map(|(name, asset)| Page::new(["static/", name].concat(), asset.bytes.to_vec()))
    }
}

fn embedded(folder: &'static Dir<'static>) -> BTreeMap<String, Asset> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            out.insert(name, Asset { bytes: Cow::Borrowed(file.contents()), path: None });
        }
    }
    out
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    out: &mut BTreeMap<String, Asset>,
) -> Result<(), AssetError> {
    let error = |path: &Path, message: String| AssetError { path: path.to_owned(), message };
    if depth > DEEPEST {
        return Err(error(folder, "folders inside folders without end".to_owned()));
    }
    let cannot = |path: &Path, e: std::io::Error| error(path, format!("cannot be read: {e}"));
    for entry in std::fs::read_dir(folder).map_err(|e| cannot(folder, e))? {
        let path = entry.map_err(|e| cannot(folder, e))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = name else {
            return Err(error(&path, "a name that is not Unicode cannot be an address".to_owned()));
        };
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let inner = [prefix, name].concat();
        let kind = std::fs::metadata(&path).map_err(|e| cannot(&path, e))?;
        if kind.is_dir() {
            read_folder(&path, &[&inner, "/"].concat(), depth + 1, out)?;
        } else if !kind.is_file() {
            // To open a pipe would be to wait for somebody at its other end.
            return Err(error(&path, "no regular file".to_owned()));
        } else {
            let bytes = std::fs::read(&path).map_err(|e| cannot(&path, e))?;
            out.insert(inner, Asset { bytes: Cow::Owned(bytes), path: Some(path) });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owners_files_take_the_place_of_defaults_by_name() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("fonts"))?;
        std::fs::write(folder.path().join("postil.css"), "/* mine */")?;
        std::fs::write(folder.path().join("fonts/a.woff2"), "font")?;
        std::fs::write(folder.path().join(".hidden"), "")?;
        let assets = Assets::load(None, Some(folder.path()))?;
        assert_eq!(assets.files["postil.css"].bytes.as_ref(), b"/* mine */");
        assert!(assets.files["postil.css"].path.is_some());
        assert_eq!(assets.files["fonts/a.woff2"].bytes.as_ref(), b"font");
        assert!(assets.files["postil.js"].path.is_none());
        assert!(!assets.files.contains_key(".hidden"));
        assert!(assets.pages().any(|p| p.path == "static/fonts/a.woff2"));
        Ok(())
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let error = Assets::load(Some(Path::new("/no/such/folder")), None).unwrap_err();
        assert!(error.to_string().starts_with("/no/such/folder: error: cannot be read"));
    }
}
