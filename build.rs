//! Prepares what the program carries: the files under `sessions/` and `catalog/` compressed, and the
//! catalog once more as the bytes that the program reads at its start.
//!
//! Parsing 1.4 MB of RON takes 11 ms, reading the bytes 2 ms, and nobody should wait for a catalog
//! that was known when the program was built. Whether the entries make sense is not judged here:
//! the tests and `astride catalog check` do that, with better messages.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use ron::extensions::Extensions;

// The program's own types, so that what is written here is what is read there.
#[allow(dead_code)]
#[path = "src/catalog/packing.rs"]
mod packing;
#[allow(dead_code)]
#[path = "src/stride.rs"]
mod stride;
#[allow(dead_code, unused_imports)]
#[path = "src/catalog/types/mod.rs"]
mod types;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/stride.rs");
    println!("cargo::rerun-if-changed=src/catalog/packing.rs");
    println!("cargo::rerun-if-changed=src/catalog/types");

    let catalog = files_of(&root.join("catalog"))?;
    let examples = files_of(&root.join("sessions"))?;
    let mut code = String::new();
    list(&mut code, &root, &out, &examples)?;
    fs::write(out.join("embedded.rs"), code)?;

    let (compiled, texts) = compile(&root, &catalog)?;
    fs::write(out.join("catalog.bin"), compiled)?;
    fs::write(out.join("catalog.texts"), packed(&root, &catalog, &texts)?)?;
    fs::write(out.join("catalog.txt"), texts)
}

/// Writes the examples into the code, each with its name and its text compressed to a quarter: it is
/// read when somebody opens it, and not at any other time.
fn list(code: &mut String, root: &Path, out: &Path, files: &[PathBuf]) -> io::Result<()> {
    code.push_str("pub const EXAMPLES: &[super::Example] = &[\n");
    for file in files {
        let name = shown(&root.join("sessions"), file);
        let packed = out.join(format!("{}.deflate", name.replace('/', "-")));
        let text = fs::read(file)?;
        fs::write(&packed, miniz_oxide::deflate::compress_to_vec(&text, 9))?;
        let packed = packed.display().to_string();
        writeln!(
            code,
            "    super::Example {{ file: {name:?}, packed: include_bytes!({packed:?}) }},"
        )
        .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    Ok(())
}

/// Paths and texts of the files, for what is only read when somebody asks for the catalog to be
/// checked: a twentieth of a megabyte in place of one and a half.
fn packed(root: &Path, files: &[PathBuf], compiled: &str) -> io::Result<Vec<u8>> {
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|file| Ok((shown(root, file), fs::read_to_string(file)?)))
        .collect::<io::Result<_>>()?;
    packing::pack(&texts, compiled).map_err(io::Error::other)
}

/// What the files hold, as bytes, and the texts in it. A file that cannot be understood ends the build.
fn compile(root: &Path, files: &[PathBuf]) -> io::Result<(Vec<u8>, String)> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut parsed: Vec<types::CatalogFile> = Vec::with_capacity(files.len());
    for file in files {
        let text = fs::read_to_string(file)?;
        match options.from_str(&text) {
            Ok(content) => parsed.push(content),
            Err(error) => {
                let place = error.span.start;
                println!(
                    "cargo::error={}:{}:{}: {}",
                    shown(root, file),
                    place.line,
                    place.col,
                    error.code
                );
            }
        }
    }
    let (bytes, texts) = types::compiling(|| postcard::to_allocvec(&parsed));
    Ok((bytes.map_err(io::Error::other)?, texts))
}

fn shown(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap_or(file);
    inside.to_string_lossy().replace('\\', "/")
}

/// Every RON file below a folder, in the order of their paths. None if there is no such folder.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    println!("cargo::rerun-if-changed={}", folder.display());
    if folder.is_dir() {
        collect(folder, &mut files)?;
    }
    files.sort();
    Ok(files)
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
