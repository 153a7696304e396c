//! Finds JSON objects in running text, as people paste them between two sentences.

/// An object in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// From its opening bracket to the one that closes it.
    Whole(&'a str),
    /// The closing bracket is missing.
    Open(&'a str),
}

/// The outermost objects of a text. What only looks like one, such as a template, is none.
pub fn objects(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        let rest = &text[at..];
        from = at + 1;
        if !begins(rest) {
            continue;
        }
        if let Some(length) = length(rest) {
            found.push(Found::Whole(&rest[..length]));
            from = at + length;
        } else {
            found.push(Found::Open(rest));
            break;
        }
    }
    found
}

/// Whether it begins as an object does: bracket, name in quotes, colon.
fn begins(text: &str) -> bool {
    let Some(name) = text[1..].trim_start().strip_prefix('"') else {
        return false;
    };
    let Some((_, after)) = name.split_once('"') else {
        return false;
    };
    after.trim_start().starts_with(':')
}

/// The bytes up to the bracket that closes the first one; brackets in quotes do not count.
fn length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, one) in text.bytes().enumerate() {
        match one {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
