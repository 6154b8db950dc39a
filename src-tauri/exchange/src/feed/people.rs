//! Names in the fields of feeds: with mail addresses, several in one, family names first.

use edito_prose::Author;

/// The people that a field names.
pub(super) fn people(field: &str) -> Vec<Author> {
    let field = field.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = without_address(&field);
    let name = ["By ", "by ", "Par ", "par "]
        .iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(&name);
    divide(name)
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| Author { name, function: None })
        .collect()
}

/// `a@b.fr (Name)`, `Name <a@b.fr>`, `Name (mailto:a@b.fr)`: the name. An address alone is all there is.
fn without_address(field: &str) -> String {
    let pairs = [('(', ')'), ('<', '>'), ('[', ']')];
    for (open, close) in pairs {
        let Some((before, rest)) = field.split_once(open) else {
            continue;
        };
        let Some((inside, after)) = rest.split_once(close) else {
            continue;
        };
        let outside = format!("{} {}", before.trim(), after.trim());
        let outside = outside.trim();
        let inside = inside.trim();
        if is_address(outside) && !inside.is_empty() {
            return inside.to_owned();
        }
        if is_address(inside) && !outside.is_empty() {
            return outside.to_owned();
        }
    }
    // `a@b.fr Name`
    let words: Vec<&str> = field.split(' ').collect();
    let names: Vec<&str> = words.iter().copied().filter(|word| !is_address(word)).collect();
    if names.is_empty() || names.len() == words.len() {
        field.strip_prefix("mailto:").unwrap_or(field).to_owned()
    } else {
        names.join(" ")
    }
}

fn is_address(text: &str) -> bool {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.trim_matches(['<', '>', '(', ')']);
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(' '))
}

/// Several people in one field. What could be one name stays one.
fn divide(field: &str) -> Vec<String> {
    if field.contains(';') {
        return field.split(';').map(|name| name.trim().to_owned()).collect();
    }
    let parts: Vec<&str> = field
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    // `LAPALU, N., O'Connell, R. J.`
    let pairs: Vec<(&str, &str)> = parts
        .chunks_exact(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect();
    let by_initials = pairs.len() * 2 == parts.len() && pairs.iter().all(|(_, initials)| are_initials(initials));
    if by_initials && !pairs.is_empty() {
        return pairs
            .into_iter()
            .map(|(surname, initials)| format!("{surname}, {initials}"))
            .collect();
    }
    let mut names: Vec<String> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let last = index > 0 && index + 1 == parts.len();
        let part = ["and ", "et ", "& "]
            .iter()
            .find_map(|and| part.strip_prefix(and))
            .filter(|_| last)
            .unwrap_or(part);
        names.extend(by_and(part));
    }
    if parts.len() == 1 || names.iter().all(|name| is_full_name(name)) {
        names
    } else {
        vec![field.to_owned()]
    }
}

fn by_and(part: &str) -> Vec<String> {
    for and in [" and ", " et ", " & "] {
        let names: Vec<&str> = part.split(and).map(str::trim).collect();
        if names.len() > 1 && names.iter().all(|name| is_full_name(name)) {
            return names.into_iter().map(str::to_owned).collect();
        }
    }
    vec![part.to_owned()]
}

fn are_initials(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && text.contains('.')
        && text
            .chars()
            .all(|character| character.is_uppercase() || matches!(character, '.' | '-' | ' '))
}

/// Two to four words that a name is made of.
fn is_full_name(name: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "du", "des", "la", "le", "d'", "van", "von", "der", "den", "ter", "bin", "ben", "ibn", "al", "el", "da",
        "di", "dos", "y",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            let first = word.chars().next().unwrap_or(' ');
            first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase()) || PARTICLES.contains(word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_name_people() {
        for (field, expected) in [
            ("dave@userland.com (Dave Winer)", vec!["Dave Winer"]),
            ("Dave Winer <dave@userland.com>", vec!["Dave Winer"]),
            (
                "Simon St.Laurent (mailto:simonstl@simonstl.com)",
                vec!["Simon St.Laurent"],
            ),
            ("dave@userland.com Dave Winer", vec!["Dave Winer"]),
            ("dave@userland.com", vec!["dave@userland.com"]),
            ("José “x@y.com”", vec!["José"]),
            ("  Anne-Marie\n Lévêque ", vec!["Anne-Marie Lévêque"]),
            ("By Jane Doe", vec!["Jane Doe"]),
            (
                "Matthias Gelbmann, Paul Andlinger",
                vec!["Matthias Gelbmann", "Paul Andlinger"],
            ),
            (
                "Gaby Acevedo and Jessica Cunnington",
                vec!["Gaby Acevedo", "Jessica Cunnington"],
            ),
            (
                "Jean de La Fontaine, Anne Roy et Paul Martin",
                vec!["Jean de La Fontaine", "Anne Roy", "Paul Martin"],
            ),
            ("Ann Lee, Bo Ek, and Cy Fry", vec!["Ann Lee", "Bo Ek", "Cy Fry"]),
            (
                "LAPALU, N., Plaumann, P.-L., O'Connell, R. J.",
                vec!["LAPALU, N.", "Plaumann, P.-L.", "O'Connell, R. J."],
            ),
            ("Doe, Jane", vec!["Doe, Jane"]),
            ("Doe, Jane; Roe, John", vec!["Doe, Jane", "Roe, John"]),
            ("Jane Doe, PhD", vec!["Jane Doe, PhD"]),
            ("Jane Doe, special to The Times", vec!["Jane Doe, special to The Times"]),
            ("Simon & Schuster", vec!["Simon & Schuster"]),
            ("Le Monde avec AFP", vec!["Le Monde avec AFP"]),
            ("أحمد علي", vec!["أحمد علي"]),
            ("", vec![]),
            (" ; ", vec![]),
        ] {
            let names: Vec<String> = people(field).into_iter().map(|person| person.name).collect();
            assert_eq!(names, expected, "{field}");
        }
    }
}
