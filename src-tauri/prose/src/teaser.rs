//! The few words that make one want to read on: cut to a length in signs, at a word.

use unicode_segmentation::UnicodeSegmentation;

/// A text cut to a length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teaser {
    /// The words, white space made single spaces; with `…` at the end when there is more.
    pub text: String,
    /// Whether there is more.
    pub cut: bool,
}

/// The beginning of a plain text, at most `signs` signs of it (grapheme clusters, spaces included,
/// as a French newsroom counts), cut after a word. What would stand oddly before the `…` that takes
/// the place of the rest is left out: a comma, an opened bracket, a dash between two clauses. A first
/// word that is too long by itself is cut within. No signs at all give no words.
pub fn cut(text: &str, signs: usize) -> Teaser {
    let mut head = String::with_capacity(text.len().min(signs * 4));
    let mut length = 0;
    for word in text.split_ascii_whitespace() {
        let space = usize::from(!head.is_empty());
        let more = word.graphemes(true).count();
        if length + space + more > signs {
            if head.is_empty() {
                head.extend(word.graphemes(true).take(signs));
            }
            let kept = head.trim_end_matches(hanging).len();
            // A text of nothing but signs is kept as it is.
            if kept > 0 {
                head.truncate(kept);
            }
            if !head.is_empty() {
                head.push('…');
            }
            return Teaser { text: head, cut: true };
        }
        if space == 1 {
            head.push(' ');
        }
        head.push_str(word);
        length += space + more;
    }
    // A text that was cut already by whoever handed it over.
    Teaser {
        cut: head.ends_with('…'),
        text: head,
    }
}

/// What does not stand before `…`. A full stop, a question mark and a closing bracket end something.
fn hanging(sign: char) -> bool {
    sign.is_whitespace() || ",;:،؛…—–-([{«“‘\"'/".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn teasers_are_cut_at_a_word() {
        for (text, signs, wanted) in [
            ("", 10, ""),
            ("court", 10, "court"),
            ("Un deux trois", 13, "Un deux trois"),
            ("Un deux trois", 12, "Un deux…"),
            ("Un deux, trois", 10, "Un deux…"),
            ("Un (deux trois)", 6, "Un…"),
            ("Il dit\u{a0}: « Non »", 10, "Il dit…"),
            ("Oui. Mais non", 5, "Oui.…"),
            ("anticonstitutionnellement", 4, "anti…"),
            ("  deux\n lignes ", 20, "deux lignes"),
            ("e\u{301}te\u{301} chaud", 3, "e\u{301}te\u{301}…"),
            ("في مرسى لينا", 8, "في مرسى…"),
            ("déjà coupé…", 40, "déjà coupé…"),
            ("mot", 0, ""),
        ] {
            assert_eq!(cut(text, signs).text, wanted, "{text:?} at {signs}");
        }
        assert!(cut("déjà coupé…", 40).cut && !cut("entier", 40).cut && cut("un deux", 3).cut);
    }

    proptest! {
        #[test]
        fn what_is_left_is_a_beginning_that_fits(text in "[\\PC \\n]{0,120}", signs in 0usize..60) {
            let teaser = cut(&text, signs);
            let whole: Vec<&str> = text.split_ascii_whitespace().collect();
            let whole = whole.join(" ");
            let kept = teaser.text.strip_suffix('…').filter(|_| teaser.cut).unwrap_or(&teaser.text);
            prop_assert!(whole.starts_with(kept), "{kept:?} of {whole:?}");
            prop_assert!(kept.graphemes(true).count() <= signs);
            if !teaser.cut {
                prop_assert_eq!(&teaser.text, &whole);
            }
            // Nothing is cut within a word but a first word that is too long.
            let first = whole.split(' ').next().unwrap_or_default();
            if teaser.cut && first.graphemes(true).count() <= signs {
                let rest = whole.strip_prefix(kept).unwrap_or_default();
                let between = rest.chars().take_while(|sign| *sign != ' ').all(hanging);
                prop_assert!(rest.is_empty() || between, "{kept:?} then {rest:?}");
            }
            // And cutting again changes nothing.
            prop_assert_eq!(cut(&teaser.text, signs + 1).text, teaser.text);
        }
    }
}
