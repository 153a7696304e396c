//! Lists the files under `catalog/` and `sessions/` so that the program carries them.
//!
//! Not for parsing them: they are embedded as they are, and errors in them are found by
//! `astride catalog check` and by the tests.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let mut code = String::new();
    for (name, folder) in [("CATALOG_FILES", "catalog"), ("EXAMPLE_FILES", "sessions")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        writeln!(code, "pub const {name}: &[(&str, &str)] = &[").map_err(io::Error::other)?;
        for file in files {
            let shown = file.strip_prefix(&root).map_err(io::Error::other)?;
            let shown = shown.to_string_lossy().replace('\\', "/");
            writeln!(
                code,
                "    ({shown:?}, include_str!({:?})),",
                file.display().to_string()
            )
            .map_err(io::Error::other)?;
        }
        code.push_str("];\n");
    }
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("embedded.rs"), code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            files.push(path);
        }
    }
    Ok(())
}
