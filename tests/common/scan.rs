//! Judges what was sent to a terminal: a short list of control sequences is allowed, and no character
//! that acts or hides. Everything else is a hole in an encoder.

/// Sequences that the program needs, by how they begin after `ESC [` and end.
fn is_allowed(parameters: &str, last: u8) -> bool {
    let numbers = parameters
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b';' || byte == b':');
    match last {
        // Cursor, colours, clearing: numbers only.
        b'H' | b'f' | b'A' | b'B' | b'C' | b'D' | b'E' | b'F' | b'G' | b'd' | b'm' | b'J'
        | b'K' => numbers,
        // Modes: the alternate screen, the cursor, paste, and the frame as a whole.
        b'h' | b'l' => matches!(
            parameters,
            "?1049"
                | "?25"
                | "?2004"
                | "?2026"
                | "?1"
                | "?7"
                | "?1000"
                | "?1002"
                | "?1003"
                | "?1006"
                | "?1015"
        ),
        // The shape of the cursor.
        b'q' => matches!(parameters, "0 " | "5 " | "6 "),
        // Where the cursor stands: asked once, when the screen is taken over.
        b'n' => parameters == "6",
        _ => false,
    }
}

/// The first thing in the bytes that must not be there, with what stands around it.
pub fn forbidden(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '\u{1b}' => match escape(rest) {
                Some(length) => length,
                None => return Some(around(&text, rest)),
            },
            '\r' | '\n' | '\u{8}' => 1,
            other if acts_or_hides(other) => return Some(around(&text, rest)),
            other => other.len_utf8(),
        };
        rest = &rest[length..];
    }
    None
}

/// The length of an allowed sequence. One that the end of the bytes cuts off is not judged.
fn escape(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    match bytes.get(1) {
        None => Some(bytes.len()),
        Some(b'[') => {
            let body = &bytes[2..];
            let Some(end) = body.iter().position(|byte| (0x40..=0x7e).contains(byte)) else {
                return (body.len() < 32).then_some(bytes.len());
            };
            let parameters = std::str::from_utf8(&body[..end]).ok()?;
            is_allowed(parameters, body[end]).then_some(end + 3)
        }
        // The clipboard, on request: base64 alone.
        Some(b']') => {
            let content = rest.strip_prefix("\u{1b}]52;c;")?;
            let end = content.find(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c)))?;
            let tail = &content[end..];
            let closing = ["\u{7}", "\u{1b}\\"];
            let closing = closing.iter().find(|closing| tail.starts_with(**closing))?;
            Some(rest.len() - tail.len() + closing.len())
        }
        Some(_) => None,
    }
}

fn acts_or_hides(character: char) -> bool {
    // A joiner and a variation selector belong to many emoji.
    !matches!(character, '\u{200d}' | '\u{fe0f}' | '\u{fe0e}')
        && (character.is_control()
            || matches!(character,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'))
}

fn around(text: &str, rest: &str) -> String {
    let at = text.len() - rest.len();
    let from = (at.saturating_sub(20)..=at)
        .find(|from| text.is_char_boundary(*from))
        .unwrap_or(at);
    let shown: String = text[from..].chars().take(60).collect();
    format!("{shown:?}")
}
