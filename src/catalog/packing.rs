//! The catalog's files as their authors wrote them, in little room: the sentences are in the program
//! already, as texts of the compiled catalog, so that only what stands around them is kept, compressed.
//!
//! Not for understanding the files. The build script compiles this too: it packs, the program unpacks.

/// What stands in a file alone; then how many of the compiled catalog's bytes to leave out, and how many
/// to take over from there.
type Stretch = (String, usize, usize);

/// How far the compiled catalog is searched for a sentence, in lengths of it. It has them in the files'
/// own order, each once; a short one that stood earlier must not be found in a later one, far ahead.
const NEAR: usize = 16;

/// The shortest text that is worth a reference, in bytes.
const WORTH_IT: usize = 6;

/// Paths and texts of files, packed beside the compiled catalog.
pub fn pack(files: &[(String, String)], compiled: &str) -> Result<Vec<u8>, postcard::Error> {
    let mut taken = 0;
    let packed: Vec<(&str, Vec<Stretch>)> = files
        .iter()
        .map(|(path, text)| {
            (
                path.as_str(),
                stretches(text, compiled.as_bytes(), &mut taken),
            )
        })
        .collect();
    let bytes = postcard::to_allocvec(&packed)?;
    Ok(miniz_oxide::deflate::compress_to_vec(&bytes, 9))
}

/// The files that were packed beside this compiled catalog. Nothing if they were not.
pub fn unpack(packed: &[u8], compiled: &str) -> Option<Vec<(String, String)>> {
    let bytes = miniz_oxide::inflate::decompress_to_vec(packed).ok()?;
    let packed: Vec<(String, Vec<Stretch>)> = postcard::from_bytes(&bytes).ok()?;
    let mut taken: usize = 0;
    packed
        .into_iter()
        .map(|(path, stretches)| {
            let mut text = String::new();
            for (own, left_out, shared) in stretches {
                let start = taken.checked_add(left_out)?;
                taken = start.checked_add(shared)?;
                text.push_str(&own);
                text.push_str(compiled.get(start..taken)?);
            }
            Some((path, text))
        })
        .collect()
}

/// A text, cut at its quotes. What stands between them is looked for in the compiled catalog, from where
/// the last one ended.
fn stretches(text: &str, compiled: &[u8], taken: &mut usize) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut own = String::new();
    for (number, part) in text.split('"').enumerate() {
        if number > 0 {
            own.push('"');
        }
        match find(part, compiled, *taken) {
            Some(left_out) => {
                stretches.push((std::mem::take(&mut own), left_out, part.len()));
                *taken += left_out + part.len();
            }
            None => own.push_str(part),
        }
    }
    stretches.push((own, 0, 0));
    stretches
}

/// How far behind `from` the compiled catalog has this part of a file.
fn find(part: &str, compiled: &[u8], from: usize) -> Option<usize> {
    // What stands between two texts: commas, colons, brackets, new lines.
    let is_between = part.starts_with([',', ':', '\n', '(', ')', '[', ']']);
    if part.len() < WORTH_IT || is_between {
        return None;
    }
    let end = compiled.len().min(from + NEAR * part.len());
    compiled
        .get(from..end)?
        .windows(part.len())
        .position(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;

    fn file(text: &str) -> (String, String) {
        ("catalog/one.ron".to_owned(), text.to_owned())
    }

    #[test]
    fn a_sentence_that_is_compiled_already_takes_no_room() {
        let sentence = "The socket is the host: whoever reaches it starts a container as root.";
        let files = [file(&format!("threat((title: \"{sentence}\"))"))];
        let beside = pack(&files, &format!("Before it. {sentence}")).unwrap();
        let alone = pack(&files, "").unwrap();
        assert!(beside.len() + 40 < alone.len(), "{}", beside.len());
    }

    #[test]
    fn bytes_of_another_catalog_are_refused() {
        let files = [file("threat((title: \"Privileged container\"))")];
        let packed = pack(&files, "..Privileged container..").unwrap();
        assert_eq!(unpack(&packed, "short"), None);
        assert_eq!(unpack(b"not packed", ""), None);
    }

    proptest! {
        /// Whatever the files and the compiled catalog have in common.
        #[test]
        fn files_come_back_as_they_were(
            texts in prop::collection::vec("[a-c\"\\\\\n,é]{0,80}", 0..4),
            cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40), 0..6),
        ) {
            let files: Vec<_> = texts.iter().map(|text| file(text)).collect();
            let all = texts.concat();
            let compiled: String = cuts
                .iter()
                .flat_map(|(at, length)| all.chars().skip(at.index(100)).take(*length))
                .collect();
            let packed = pack(&files, &compiled).unwrap();
            prop_assert_eq!(unpack(&packed, &compiled), Some(files));
        }
    }
}
