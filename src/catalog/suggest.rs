//! The name that someone who misspelt one probably meant.

/// No name is longer, and the time it takes grows with the length.
const LONGEST: usize = 64;

/// The nearest of the known names, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    // A third of the letters may differ, so that `cri` does not suggest every name of three.
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    let folded = word.to_lowercase().replace(['_', ' '], "-");
    known
        .into_iter()
        .filter_map(|name| {
            // `Docker_Host` for `docker-host` is no distance at all.
            let other = name.to_lowercase().replace('_', "-");
            let distance = strsim::osa_distance(&folded, &other);
            let shortened = folded.len() >= 3 && other.starts_with(&folded);
            (distance <= allowed || shortened).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_finds_its_name() {
        let known = [
            "docker-host",
            "docker-client",
            "etcd",
            "information_disclosure",
        ];
        for (word, expected) in [
            ("docker-hots", Some("docker-host")),
            ("docker_host", Some("docker-host")),
            ("Docker-Host", Some("docker-host")),
            ("ectd", Some("etcd")),
            ("information", Some("information_disclosure")),
            ("informationdisclosure", Some("information_disclosure")),
            ("kubelet", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
