//! Values that look like credentials are masked before anyone sees or saves them.
//!
//! Some checks of kube-bench copy the whole environment of a process into the report. This looks at
//! names and at the forms of well-known tokens. It is no promise that nothing is left: a password
//! without a telling name looks like any other word.

use std::borrow::Cow;

/// What stands in the place of a value.
pub const MASK: &str = "[masked]";

/// Parts of names whose values are credentials.
const NAMES: [&str; 19] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "access_key",
    "access-key",
    "accesskey",
    "private_key",
    "private-key",
    "credential",
    "connection_string",
    "connectionstring",
    "pwd",
    "session_key",
    "encryption_key",
];

/// Ends of names whose values are no credentials, whatever else the name says.
const HARMLESS_ENDS: [&str; 20] = [
    "file",
    "path",
    "dir",
    "mode",
    "ttl",
    "lookup",
    "expiration",
    "issuer",
    "name",
    "count",
    "age",
    "length",
    "policy",
    "type",
    "url",
    "uri",
    "enabled",
    "required",
    "id",
    "audience",
];

/// Beginnings of well-known tokens, and how many characters at least follow.
const TOKENS: [(&str, usize); 14] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("ghu_", 30),
    ("github_pat_", 40),
    ("glpat-", 18),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 16),
    ("dckr_pat_", 20),
    ("hvs.", 20),
];

/// The longest value that is looked at, in bytes; a longer one is masked in pieces.
const LONGEST_VALUE: usize = 4096;

/// The text with every such value masked, and how many there were.
pub fn mask(text: &str) -> (Cow<'_, str>, usize) {
    let mut masked = String::new();
    let mut kept = 0;
    let mut count = 0;
    let mut at = 0;
    while let Some((start, end)) = next_secret(text, at) {
        masked.push_str(&text[kept..start]);
        masked.push_str(MASK);
        kept = end;
        count += 1;
        at = end;
    }
    if count == 0 {
        return (Cow::Borrowed(text), 0);
    }
    masked.push_str(&text[kept..]);
    (Cow::Owned(masked), count)
}

/// Where the next value begins and ends, from a position on.
fn next_secret(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let found = match bytes[at] {
            b'=' | b':' => value_after_name(text, at).or_else(|| password_in_address(text, at)),
            b'-' if bytes[at..].starts_with(b"-----BEGIN ") => private_key(text, at),
            b'B' | b'b' if starts_word(bytes, at) => authorization(text, at),
            b'e' if starts_word(bytes, at) => web_token(text, at),
            b'A' | b'g' | b'x' | b's' | b'd' | b'h' if starts_word(bytes, at) => {
                known_token(text, at)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

/// The nearest end of a character at or before a position.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn starts_word(bytes: &[u8], at: usize) -> bool {
    at == 0 || !is_token_byte(bytes[at - 1])
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// `DB_PASSWORD=…`, `--token=…`, `"secret": "…"`
fn value_after_name(text: &str, mark: usize) -> Option<(usize, usize)> {
    const LONGEST_NAME: usize = 64;
    let bytes = text.as_bytes();
    let name_end = match bytes[..mark].last()? {
        b'"' | b'\'' => mark - 1,
        _ => mark,
    };
    let length = bytes[..name_end]
        .iter()
        .rev()
        .take(LONGEST_NAME)
        .take_while(|byte| is_token_byte(**byte) || **byte == b'.')
        .count();
    let name = text[name_end - length..name_end].to_ascii_lowercase();
    if !NAMES.iter().any(|part| name.contains(part))
        || HARMLESS_ENDS.iter().any(|end| name.ends_with(end))
    {
        return None;
    }
    let rest = &text[mark + 1..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // `name: value` is common in files, `name= value` is not.
    if blanks > 1 || (blanks == 1 && bytes[mark] == b'=') {
        return None;
    }
    let mut start = mark + 1 + blanks;
    // Bounded, so that a long line full of names cannot make this slow.
    let text = &text[..boundary(text, start + LONGEST_VALUE)];
    let quote = bytes.get(start).filter(|byte| matches!(byte, b'"' | b'\''));
    let end = if let Some(quote) = quote {
        start += 1;
        start
            + text[start..]
                .find(char::from(*quote))
                .unwrap_or(text.len() - start)
    } else {
        let stops = |one: char| {
            one.is_whitespace() || matches!(one, ',' | ';' | '&' | '"' | '\'' | '}' | ')')
        };
        start + text[start..].find(stops).unwrap_or(text.len() - start)
    };
    is_value(&text[start..end]).then_some((start, end))
}

/// Whether a value may be a credential: no path, no placeholder, no switch, no plain number.
fn is_value(value: &str) -> bool {
    let value = value.trim_matches(['`', '.', ',', '!', '(']);
    let is_place = value.starts_with(['/', '~', '.', '<', '[', '$', '{', '*', '%']);
    let is_word = matches!(
        value.to_ascii_lowercase().as_str(),
        "" | "true" | "false" | "null" | "none" | "nil" | "yes" | "no" | "on" | "off"
    );
    let is_small_number = value.len() < 5 && value.bytes().all(|byte| byte.is_ascii_digit());
    !is_place && !is_word && !is_small_number
}

/// `https://user:…@host`
fn password_in_address(text: &str, colon: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 256;
    let rest = text[colon..].strip_prefix("://")?;
    let start = colon + 3;
    let rest = &rest[..boundary(rest, LONGEST)];
    let authority = rest
        .find(|one: char| one.is_whitespace() || matches!(one, '/' | '"' | '\'' | '<'))
        .unwrap_or(rest.len());
    let authority = &rest[..authority];
    let (login, _) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let start = start + user.len() + 1;
    is_value(password).then(|| (start, start + password.len()))
}

fn private_key(text: &str, at: usize) -> Option<(usize, usize)> {
    const LONGEST_NAME: usize = 64;
    if !text[at..boundary(text, at + LONGEST_NAME)].contains("PRIVATE KEY-----") {
        return None;
    }
    let end = text[at..]
        .find("-----END ")
        .and_then(|end| Some(at + end + 9 + text[at + end + 9..].find("-----")? + 5));
    Some((at, end.unwrap_or(text.len())))
}

/// `Bearer …`, `Basic …`
fn authorization(text: &str, at: usize) -> Option<(usize, usize)> {
    const SHORTEST: usize = 8;
    let kind = ["Bearer ", "bearer ", "Basic "]
        .into_iter()
        .find(|kind| text[at..].starts_with(kind))?;
    let start = at + kind.len();
    let length = text[start..]
        .bytes()
        .take(LONGEST_VALUE)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte))
        .count();
    let value = &text[start..start + length];
    let is_encoded = value.bytes().any(|byte| byte.is_ascii_digit());
    (length >= SHORTEST && is_encoded).then_some((start, start + length))
}

/// `eyJ….eyJ….…`
fn web_token(text: &str, at: usize) -> Option<(usize, usize)> {
    if !text[at..].starts_with("eyJ") {
        return None;
    }
    let length = text[at..]
        .bytes()
        .take(LONGEST_VALUE)
        .take_while(|byte| is_token_byte(*byte) || matches!(byte, b'.' | b'='))
        .count();
    text[at..at + length]
        .contains(".eyJ")
        .then_some((at, at + length))
}

fn known_token(text: &str, at: usize) -> Option<(usize, usize)> {
    TOKENS.into_iter().find_map(|(begin, least)| {
        let rest = text[at..].strip_prefix(begin)?;
        let length = rest.bytes().take_while(|byte| is_token_byte(*byte)).count();
        (length >= least).then(|| (at, at + begin.len() + length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn masked(text: &str) -> String {
        mask(text).0.into_owned()
    }

    #[test]
    fn values_of_telling_names_are_masked() {
        for (text, expected) in [
            (
                "DB_PASSWORD=hunter2 PATH=/bin",
                "DB_PASSWORD=[masked] PATH=/bin",
            ),
            (
                "AWS_SECRET_ACCESS_KEY=abc/def+1",
                "AWS_SECRET_ACCESS_KEY=[masked]",
            ),
            ("--token=abcdef.0123 --v=2", "--token=[masked] --v=2"),
            (
                "{\"client_secret\": \"a b\"}",
                "{\"client_secret\": \"[masked]\"}",
            ),
            ("password: hunter2", "password: [masked]"),
            (
                "postgres://app:s3cret@db:5432/x",
                "postgres://app:[masked]@db:5432/x",
            ),
            (
                "Authorization: Bearer abcdef012345",
                "Authorization: Bearer [masked]",
            ),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn well_known_tokens_are_masked_without_a_name() {
        for text in [
            "found AKIAABCDEFGHIJKLMNOP here",
            "found ghp_0123456789abcdefghijABCDEFGHIJ here",
            "found eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here",
        ] {
            assert_eq!(masked(text), "found [masked] here");
        }
        let key = "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b";
        assert_eq!(masked(key), "a [masked] b");
    }

    #[test]
    fn settings_and_placeholders_stay() {
        for text in [
            "--token-auth-file=/etc/tokens --service-account-private-key-file=/etc/sa.key",
            "--service-account-lookup=true",
            "Capabilities added: CapAdd=[NET_ADMIN] to web",
            "'{\"username\":\"[ucp_username]\",\"password\":\"[ucp_password]\"}'",
            "--from-literal=password=$PASSWORD",
            "Running as root: secret-store",
            "docker secret ls: nothing",
            "https://example.com/token",
            "with `automountServiceAccountToken: false`.",
            "AutomountServiceAccountToken: `false`",
        ] {
            assert_eq!(mask(text), (Cow::Borrowed(text), 0));
        }
    }

    #[test]
    fn all_values_of_a_line_are_counted() {
        assert_eq!(mask("A_TOKEN=x1x1x B_SECRET=y2y2y C=3").1, 2);
    }
}
