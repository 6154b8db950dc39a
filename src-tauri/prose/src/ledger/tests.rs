#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::Lang;

const SOURCE: &str = "---\ntitle: La mer et les digues\n---\n\nLa mer monte, et personne ne l'a vue venir. Les digues, dit-on, « ne suffiront plus à tenir » ; il faudra déplacer 12 000 maisons avant l'hiver.\n\nÀ Saint-Malo, le maire a répondu : « Nous n'irons nulle part ! » Cœur vaillant.\n";

fn one(words: &str) -> Quotation {
    let found = quotations(&format!("«\u{a0}{words}\u{a0}»[^1].\n\n[^1]: [La mer](mer.md)\n"));
    assert_eq!(found.len(), 1, "{words}");
    found[0].clone()
}

fn compared(words: &str) -> Option<Comparison> {
    SourceText::of(SOURCE).compare(&one(words))
}

/// What is quoted and what the source says, as `[quoted|source]`.
fn marked(comparison: &Comparison) -> String {
    let mut text = String::new();
    for piece in &comparison.pieces {
        match piece.mark {
            Mark::Same => text.push_str(&piece.text),
            Mark::Quoted => text.push_str(&format!("[-{}-]", piece.text)),
            Mark::Source => text.push_str(&format!("[+{}+]", piece.text)),
        }
    }
    text
}

#[test]
fn typography_is_folded() {
    for words in [
        "La mer monte, et personne ne l’a vue venir.",
        "la mer monte, et personne ne l’a vue venir",
        "personne ne l’a vue venir",
        "Les digues, dit-on, “ne suffiront plus à tenir”\u{202f}; il faudra déplacer 12\u{202f}000 maisons",
        "il faudra déplacer **12000** maisons avant l’hiver",
        "A Saint-Malo, le maire a répondu",
        "Nous n’irons *nulle part*\u{202f}!",
        "nulle part\u{202f}! Coeur vaillant",
        "Nous n’irons nulle part",
        "A\u{300} Saint\u{2011}Malo, le maire a re\u{301}pondu",
        "vue venir. Les digues",
    ] {
        let found = compared(words).unwrap_or_else(|| unreachable!("{words} is not found"));
        assert!(found.is_verbatim(), "{words}: {}", marked(&found));
    }
}

#[test]
fn a_block_that_shows_what_the_piece_says_is_no_quotation() {
    let piece = |block: &str| format!("La mer monte. Personne ne l’a *vue* venir, ici non plus.\n\n> {block}\n");
    let count = |text: &str| quotations(text).len();
    for pulled in [
        "Personne ne l’a vue venir, ici non plus.",
        "« Personne ne l'a vue venir, ici non plus »",
        "La mer monte. Personne ne l’a vue venir",
    ] {
        assert_eq!(count(&piece(pulled)), 0, "{pulled}");
    }
    // A word that differs, and a source that is named.
    assert_eq!(count(&piece("Personne ne l’a vu venir, ici non plus.")), 1);
    assert_eq!(
        count(&piece("Personne ne l’a vue venir, ici non plus.\n> — [La mer](mer.md)")),
        1
    );
    // What only another block or a note says is no paragraph of the piece’s own.
    assert_eq!(
        count("> Les digues ne suffiront plus ici\n\nEt puis.\n\n> Les digues ne suffiront plus ici\n"),
        2
    );
}

#[test]
fn a_title_behind_what_it_is_the_title_of_is_no_quotation() {
    let count = |text: &str| quotations(text).len();
    for title in [
        "Il signe l’essai «\u{a0}Vers une ville sans gare ni port\u{a0}» cette année.",
        "Un rapport intitulé «\u{a0}Que reste-t-il de nos trains lents ?\u{a0}» circule.",
        "She wrote the essay “What the sea leaves to the town”.",
    ] {
        assert_eq!(count(title), 0, "{title}");
    }
    for said in [
        "Il a écrit «\u{a0}Vers une ville sans gare ni port\u{a0}» cette année.",
        "L’article «\u{a0}les usagers sont tenus informés sans délai\u{a0}» de la loi.",
        "Le rapport 3 «\u{a0}Nous avons fermé la gare et le port\u{a0}».",
        "Il finit son livre «\u{a0}Nous avons fermé la gare. Nous fermerons le port\u{a0}».",
        "Il signe l’essai «\u{a0}Vers une ville sans gare\u{a0}» ([là](ville.md)).",
    ] {
        assert_eq!(count(said), 1, "{said}");
    }
}

#[test]
fn what_is_left_out_and_put_in_with_a_mark_is_no_difference() {
    for words in [
        "La mer monte […] il faudra déplacer 12 000 maisons",
        "La mer monte, (...) il faudra déplacer",
        "La mer monte. . . . il faudra déplacer 12 000 maisons",
        "La mer monte (…) il faudra déplacer 12 000 maisons",
        "[L]es digues, dit-on, [sic] ne suffiront plus à tenir",
        "[Les remparts], dit-on, ne suffiront plus [jamais] à tenir",
        "La mer monte, explique le maire, et personne ne l’a vue venir",
        "La mer monte, a-t-il ajouté, et personne ne l’a vue venir",
        "…\u{a0}personne ne l’a vue venir…",
    ] {
        let found = compared(words).unwrap_or_else(|| unreachable!("{words} is not found"));
        assert!(found.is_verbatim(), "{words}: {}", marked(&found));
    }
}

/// What is quoted, what its source says, and what is told of it: nothing where it is proved.
#[test]
fn suspension_points_and_what_ends_a_quotation() {
    const SPOKEN: &str = "Il n’a que deux fils. Il faut agir. Et vite ! Il hésite... puis il part. Qui va payer ? « Personne ! » Nous partons. Quoi ?!";
    for (piece, wanted) in [
        (
            "« Il n’a que deux fils… Et vite ! »",
            Some("Il n’a que deux fils[+ Il faut agir+]… Et vite !"),
        ),
        (
            "« Il n’a que deux fils... Et vite ! »",
            Some("Il n’a que deux fils[+ Il faut agir+]... Et vite !"),
        ),
        (
            "“Il n’a que deux fils ... Et vite !”",
            Some("Il n’a que deux fils[+ Il faut agir+] ... Et vite !"),
        ),
        ("“Il n’a que deux fils. . . . Et vite !”", None),
        ("“Il n’a que deux fils . . . Et vite !”", None),
        ("« Il n’a que deux fils […] Et vite ! »", None),
        ("« Il n’a que deux fils [. . .] Et vite ! »", None),
        ("« Il n’a que deux fils (…) Et vite ! »", None),
        ("« Il faut agir… Et vite ! »", Some("Il faut agir[-… -][+. +]Et vite !")),
        ("« Il hésite… puis il part »", None),
        ("« Il hésite... puis il part »", None),
        ("« Il hésite… »", None),
        ("« …puis il part. »", None),
        (
            "« Il hésite, puis il part »",
            Some("Il hésite[-, -][+... +]puis il part"),
        ),
        // What ends it.
        ("« Nous partons »", None),
        ("« Nous partons. »", None),
        ("« Nous partons, »", None),
        ("« Nous partons… »", None),
        ("« Nous partons ? »", Some("Nous partons[- ?-][+.+]")),
        ("« Nous partons ! »", Some("Nous partons[- !-][+.+]")),
        ("“Nous partons!”", Some("Nous partons[-!-][+.+]")),
        ("« Nous partons » ?", None),
        ("« Qui va payer ? »", None),
        ("« Qui va payer\u{202f}? »", None),
        ("« Qui va payer »", None),
        ("« Qui va payer, »", None),
        ("« Qui va payer ! »", Some("Qui va payer[- !-][+ ?+]")),
        ("« Qui va payer. »", Some("Qui va payer[-.-][+ ?+]")),
        ("“Qui va payer.”", None),
        (
            "« Il faut agir ! […] Nous partons. »",
            Some("Il faut agir[- !-][+.+] […] Nous partons."),
        ),
        (
            "« Il faut agir. […] Nous partons ? »",
            Some("Il faut agir. […] Nous partons[- ?-][+.+]"),
        ),
        ("« Qui va payer ? “Personne !” »", None),
        ("« Et vite ?! »", Some("Et vite[- ?!-][+ !+]")),
        ("« Nous partons. Quoi ?! »", None),
    ] {
        let text = format!("Il dit {piece} ([Lui](lui.md)).\n");
        let found = SourceText::of(SPOKEN).compare(&quotations(&text)[0]).unwrap();
        let told = (!found.is_verbatim()).then(|| marked(&found));
        assert_eq!(told.as_deref(), wanted, "{piece}");
        assert_eq!(told.is_none(), found.pieces.is_empty());
        // Taking the source’s words, difference by difference, ends in what is proved.
        let mut mended = text;
        for _ in 0..4 {
            let found = SourceText::of(SPOKEN).compare(&quotations(&mended)[0]).unwrap();
            for difference in found.differences.iter().rev() {
                let (place, words) = difference
                    .fix
                    .clone()
                    .unwrap_or_else(|| unreachable!("{piece} {difference:?}"));
                mended.replace_range(place, &words);
            }
        }
        let found = SourceText::of(SPOKEN).compare(&quotations(&mended)[0]).unwrap();
        assert!(found.is_verbatim(), "{piece} {mended} {}", marked(&found));
    }
}

#[test]
fn suspension_points_that_hide_words_become_a_cut() {
    let source = SourceText::of("Il n’a que deux fils. Il faut agir. Et vite !");
    for (by_fix, wanted) in [
        (
            true,
            "« Il n’a que deux fils. Il faut agir. Et vite ! » ([Lui](lui.md))",
        ),
        (false, "« Il n’a que deux fils […] Et vite ! » ([Lui](lui.md))"),
    ] {
        let mut text = "« Il n’a que deux fils… Et vite ! » ([Lui](lui.md))".to_owned();
        let found = source.compare(&quotations(&text)[0]).unwrap();
        let difference = &found.differences[0];
        let change = if by_fix {
            difference.fix.clone()
        } else {
            difference.omission.clone()
        };
        let (place, words) = change.unwrap();
        text.replace_range(place, &words);
        assert_eq!(text, wanted);
        assert!(source.compare(&quotations(&text)[0]).unwrap().is_verbatim());
    }
}

/// A quotation is compared with what is read of its source, however that is written.
#[test]
fn a_source_is_what_is_read_of_it() {
    let source = "Un `code` aussi, *puis* **trois** [mots liés](a.md) et <code>autre chose</code>.\n\n```sh\nls -l \"ici\"\n```\n\nAprès <kbd>Ctrl</kbd> vient ~~rien~~ `f(…)`.\n";
    for (words, wanted) in [
        ("Un code aussi, puis trois mots liés et autre chose", None),
        ("Un `code` aussi, puis *trois*", None),
        ("Un <code>code</code> aussi, puis trois", None),
        (
            "Un mode aussi, puis trois",
            Some("Un [-mode-][+code+] aussi, puis trois"),
        ),
        ("Un aussi, puis trois mots", Some("Un[+ code+] aussi, puis trois mots")),
        ("ls -l ici", None),
        ("Après Ctrl vient rien", None),
        ("Après `Alt` vient rien", Some("Après [-Alt-][+Ctrl+] vient rien")),
    ] {
        let found = SourceText::of(source).compare(&one(words)).unwrap();
        let told = (!found.is_verbatim()).then(|| marked(&found));
        assert_eq!(told.as_deref(), wanted, "{words}");
    }
}

/// A word or two are a quotation where something names their source, and nothing else.
#[test]
fn a_short_quotation_counts_when_it_has_a_source() {
    let rest = "\n\n[^1]: [Le rapport](long.md).\n[^2]: Le mot date de 1998.\n[^3]: Voir « [Sénat](s.md) » et « Le Sénat », [ici](s.md).\n";
    for (text, wanted) in [
        ("C’est « sans rappel » ([Le rapport](long.md)).", 1),
        ("C’est « scandaleux » ([Le rapport](long.md)).", 1),
        ("« Nous […] partir » ([Le rapport](long.md)).", 1),
        ("C’est « scandaleux »[^1].", 1),
        ("C’est « scandaleux ».[^1]", 1),
        ("C’est « scandaleux » [@rapport, p. 3].", 1),
        ("C’est [« scandaleux »](long.md).", 1),
        ("C’est « [scandaleux](long.md) ».", 1),
        ("It was “appalling” ([The report](long.md)).", 1),
        ("> Non.\n>\n> — [Le rapport](long.md)", 1),
        // What names no source of it.
        ("C’est « scandaleux ».", 0),
        ("C’est « scandaleux »[^2].", 0),
        ("C’est « scandaleux », [dit-on](long.md) ici.", 0),
        ("[On](long.md) dit « scandaleux ».", 0),
        ("Le texte « Non »[^1].", 0),
        ("Dans « [Germinal](long.md) ».", 0),
        ("> Non.", 0),
    ] {
        let found = quotations(&format!("{text}{rest}"));
        assert_eq!(found.len(), wanted, "{text} {found:?}");
    }
    let source = SourceText::of("Le juge décide sans appel. Nous ne voulons pas partir.\n");
    for (words, wanted) in [
        ("sans appel", Some("")),
        ("décide", Some("")),
        ("sans rappel", Some("sans [-rappel-][+appel+]")),
        ("scandaleux", None),
        ("Nous […] partir", Some("Nous[+ ne voulons pas+] […] partir")),
    ] {
        let found = source.compare(&one(words));
        assert_eq!(found.map(|found| marked(&found)).as_deref(), wanted, "{words}");
    }
}

#[test]
fn a_word_an_accent_a_comma_are_differences() {
    for (words, wanted) in [
        (
            "La mer monte, et personne ne l’a vu venir",
            "La mer monte, et personne ne l’a [-vu-][+vue+] venir",
        ),
        (
            "La mer monte, et nul ne l’a vue venir",
            "La mer monte, et [-nul-][+personne+] ne l’a vue venir",
        ),
        (
            "La mer monte et personne ne l’a vue venir",
            "La mer monte[- -][+, +]et personne ne l’a vue venir",
        ),
        (
            "La mer monte, et ne l’a vue venir",
            "La mer monte, et[+ personne+] ne l’a vue venir",
        ),
        (
            "La mer monte vite, et personne ne l’a vue venir",
            "La mer monte[- vite-], et personne ne l’a vue venir",
        ),
        (
            "il faudra déplacer 13 000 maisons avant l’hiver",
            "il faudra déplacer [-13 000-][+12 000+] maisons avant l’hiver",
        ),
        (
            "La Mer monte, et personne ne l’a vue venir",
            "La [-Mer-][+mer+] monte, et personne ne l’a vue venir",
        ),
        (
            "il faudra déplacer 12 000 maisons […] à tenir",
            "il faudra déplacer 12 000 maisons […] à [-tenir-]",
        ),
    ] {
        let found = compared(words).unwrap_or_else(|| unreachable!("{words} is not found"));
        assert_eq!(
            marked(&found).replace("[- vite-]", " [-vite-]"),
            wanted.replace("[- vite-]", " [-vite-]")
        );
    }
    assert_eq!(compared("les montagnes du nord sont hautes et froides"), None);
}

#[test]
fn the_words_of_the_source_are_taken_back() {
    for words in [
        "La mer monte, et personne ne l’a vu venir",
        "La mer monte et nul ne l’a vue venir",
        "La mer monte, et ne l’a vue venir",
        "La mer monte vite, et personne ne l’a *vue* venir",
        "La mer **monte**, et tous ne l’ont vue venir",
        "il faudra déplacer 13 000 maisons très avant l’hiver",
    ] {
        let piece = format!("Il dit : «\u{a0}{words}\u{a0}»[^1].\n\n[^1]: [La mer](mer.md)\n");
        let source = SourceText::of(SOURCE);
        let found = source.compare(&quotations(&piece)[0]).unwrap();
        assert!(!found.is_verbatim());
        let mut mended = piece.clone();
        for difference in found.differences.iter().rev() {
            let (place, text) = difference
                .fix
                .clone()
                .unwrap_or_else(|| unreachable!("{words}: {difference:?}"));
            mended.replace_range(place, &text);
        }
        let again = source.compare(&quotations(&mended)[0]).unwrap();
        assert!(again.is_verbatim(), "{mended} {}", marked(&again));
        assert!(!mended.contains("  ") && !mended.contains(" ,"), "{mended}");
    }
}

#[test]
fn an_omission_can_be_marked() {
    let piece = "Il dit : « La mer monte, et personne ne venir. »[^1]\n\n[^1]: [La mer](mer.md)\n";
    let source = SourceText::of(SOURCE);
    let found = source.compare(&quotations(piece)[0]).unwrap();
    let (place, text) = found.differences[0].omission.clone().unwrap();
    let mut mended = piece.to_owned();
    mended.replace_range(place, &text);
    assert!(mended.contains("personne ne […] venir"), "{mended}");
    assert!(source.compare(&quotations(&mended)[0]).unwrap().is_verbatim());
}

#[test]
fn quotations_are_found_in_three_languages() {
    let cases: [(&str, &[&str]); 16] = [
        (
            "Il dit « la mer monte et nous avec elle ».",
            &["la mer monte et nous avec elle"],
        ),
        (
            "She said “the sea is rising, and so are we”.",
            &["the sea is rising, and so are we"],
        ),
        (
            "She said \"the sea is rising and so are we\" twice.",
            &["the sea is rising and so are we"],
        ),
        (
            "He wrote ‘the students’ rights aren’t for sale today’ once.",
            &["the students’ rights aren’t for sale today"],
        ),
        (
            "قال «إن البحر يرتفع ونحن معه نرتفع» أمس.",
            &["إن البحر يرتفع ونحن معه نرتفع"],
        ),
        (
            "قال “إن البحر يرتفع ونحن معه نرتفع” أمس.",
            &["إن البحر يرتفع ونحن معه نرتفع"],
        ),
        // A title, a turn of phrase.
        ("Le journal « Le Monde » et le mot « souverainiste ».", &[]),
        ("Read “The Rise and Fall of the Third Reich” again.", &[]),
        ("C’était « une sorte de ».", &[]),
        (
            "« Il a dit “la mer monte” et puis il est parti. »",
            &["Il a dit “la mer monte” et puis il est parti."],
        ),
        ("`« la mer monte et nous avec elle »` et rien.", &[]),
        (
            "« La mer monte et nous.\n\n« Les digues ne tiendront pas. »",
            &["La mer monte et nous.\n\n« Les digues ne tiendront pas."],
        ),
        (
            "“The sea is rising now.\n\n“And so are we all.”",
            &["The sea is rising now.\n\n“And so are we all."],
        ),
        ("« Jamais fermé.\n\nUn autre « mot sans rien ».", &[]),
        (
            "> La mer monte et nous avec elle.\n>\n> — Un maire\n",
            &["La mer monte et nous avec elle."],
        ),
        (
            "> La mer monte\n> et nous avec elle.\n> — Un maire, [Le livre](a.md)\n",
            &["La mer monte\net nous avec elle."],
        ),
    ];
    for (text, wanted) in cases {
        let found: Vec<String> = quotations(text).into_iter().map(|one| one.words).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn a_source_is_what_stands_near() {
    let named = |text: &str| -> Vec<(String, Nearness)> {
        let found = quotations(text);
        let sources = &found.last().unwrap().sources;
        sources
            .iter()
            .map(|named| match &named.reference {
                Reference::Link(text) | Reference::Key(text) | Reference::Words(text) => (text.clone(), named.nearness),
            })
            .collect()
    };
    use Nearness::{Attached, Paragraph, Piece};
    let link = |target: &str, nearness| (target.to_owned(), nearness);
    let q = "« la mer monte et nous avec elle »";
    assert_eq!(
        named(&format!("{q}[^1].\n\n[^1]: Hugo, [Titre](a.md).")),
        [link("a.md", Attached)]
    );
    assert_eq!(named(&format!("{q} (Hugo, [Titre](a.md)).")), [link("a.md", Attached)]);
    assert_eq!(named(&format!("[{q}](a.md).")), [link("a.md", Attached)]);
    assert_eq!(named(&format!("{q} [@hugo, p. 3].")), [link("hugo", Attached)]);
    assert_eq!(named(&format!("{q} [[Titre]].")), [link("Titre", Attached)]);
    assert_eq!(
        named(&format!("{q}[^1].\n\n[^1]: Hugo, 1862.")),
        [link("Hugo, 1862.", Attached)]
    );
    assert_eq!(
        named(&format!("[Hugo](a.md) dit que {q} depuis [hier](b.md).")),
        [link("b.md", Paragraph), link("a.md", Paragraph)]
    );
    assert_eq!(named(&format!("[Hugo](a.md) dit.\n\nEt {q}.")), [link("a.md", Piece)]);
    assert_eq!(
        named("Il dit, dans [ce texte](a.md) :\n\n> la mer monte et nous avec elle\n"),
        [link("a.md", Attached)]
    );
    assert_eq!(
        named("> la mer monte et nous avec elle\n>\n> — Hugo, « [Titre](a.md) »\n"),
        [link("a.md", Attached)]
    );
    assert_eq!(
        named("> la mer monte et nous avec elle\n\n— Hugo, « [Titre](a.md) »\n"),
        [link("a.md", Attached)]
    );
}

fn cited<'a>(words: &'a str, authors: &'a [String]) -> Cited<'a> {
    Cited {
        words,
        authors,
        title: "L'eau et le \"feu\"",
        outlet: Some("Le Quai"),
        date: crate::ArticleDate::parse("2024-03-01"),
        link: "../eau.md",
    }
}

fn changed(piece: &str, changes: &[Change]) -> String {
    let mut text = piece.to_owned();
    for change in changes.iter().rev() {
        text.replace_range(change.range.clone(), &change.text);
    }
    text
}

#[test]
fn a_passage_is_quoted_in_the_language_that_is_declared() {
    let authors = ["Ana Roy".to_owned()];
    let short = cited("La mer monte", &authors);
    let piece = "Un.\n\n<div lang=\"en\">\n\nSo: .\n\n\n\n</div>\n\nDeux : .\n";
    for (place, wanted) in [
        ("So: ", "“La mer monte”"),
        ("So: .\n\n", "“La mer monte”"),
        ("Deux : ", "«\u{a0}La mer monte\u{a0}»"),
    ] {
        let at = piece.find(place).unwrap() + place.len();
        let text = changed(piece, &insert(piece, at..at, &short, &Lang::Fr, Form::Inline));
        assert!(text.contains(&format!("{place}{wanted}")), "{text}");
        // The note is in the language of the piece.
        assert!(text.contains("1er\u{a0}mars 2024"), "{text}");
    }
}

#[test]
fn a_passage_becomes_a_quotation_with_its_source() {
    let authors = ["Ana Roy".to_owned()];
    let piece = "---\ntitle: x\n---\n\nElle écrit .\n";
    let at = piece.find(" .").unwrap() + 1;
    let short = cited("La « mer » monte, et personne ne l'a vue,", &authors);
    let text = changed(piece, &insert(piece, at..at, &short, &Lang::Fr, Form::ByLength));
    assert_eq!(
        text,
        "---\ntitle: x\n---\n\nElle écrit «\u{a0}La “mer” monte, et personne ne l'a vue\u{a0}»[^1].\n\n\
         [^1]: Ana Roy, «\u{a0}[L’eau et le “feu”](../eau.md)\u{a0}», *Le Quai*, 1er\u{a0}mars 2024.\n"
    );
    let text = text.replace("\n\n[^1]:", "\n\nShe wrote .\n\n[^1]:");
    let english = text.find("wrote .").unwrap() + "wrote ".len();
    let second = changed(&text, &insert(&text, english..english, &short, &Lang::En, Form::Inline));
    assert!(
        second.contains("She wrote “La ‘mer’ monte, et personne ne l'a vue”[^2]."),
        "{second}"
    );
    assert!(
        second.ends_with("2024.\n[^2]: Ana Roy, “[L’eau et le ‘feu’](../eau.md)”, *Le Quai*, 1 March 2024.\n"),
        "{second}"
    );
    let found = quotations(&second);
    assert!(found.iter().all(Quotation::is_sourced) && found.len() == 2);

    let long = cited("La mer monte, *vraiment*.\n\n- Et nous avec elle.", &authors);
    let block = changed(piece, &insert(piece, at..at, &long, &Lang::Fr, Form::ByLength));
    assert!(
        block.contains(
            "écrit \n\n> La mer monte, \\*vraiment\\*.\n>\n> \\- Et nous avec elle.\n>\n> — Ana Roy, «\u{a0}["
        ),
        "{block}"
    );
    let found = quotations(&block);
    assert!(found[0].is_block && found[0].is_sourced());
    assert_eq!(found[0].words, "La mer monte, *vraiment*.\n\n- Et nous avec elle.");
}

#[test]
fn marks_are_those_of_the_paragraph() {
    let authors = ["Ana Roy".to_owned()];
    let piece = "Le maire a dit que la mer ne monte pas dans la ville, et que les digues sont là.\n\nThe council said that it was not for the town to pay for this .\n\nقال الوزير إن البحر لا يرتفع .\n";
    for (before, wanted) in [
        ("les digues", "«\u{a0}the sea is here\u{a0}»[^1]les digues"),
        (" .\n\nقال", "“the sea is here”[^1] .\n\nقال"),
        (" .\n", "«the sea is here»[^1] .\n"),
    ] {
        let at = piece.rfind(before).unwrap();
        let text = changed(
            piece,
            &insert(
                piece,
                at..at,
                &cited("the sea is here", &authors),
                &Lang::Fr,
                Form::Inline,
            ),
        );
        assert!(text.contains(wanted), "{text}");
        assert!(text.contains("1er\u{a0}mars 2024."), "{text}");
    }
}

#[test]
fn a_passage_is_found_in_its_section() {
    let source = "---\ntitle: La mer\n---\n\n# La mer\n\nPersonne ne l’a vue venir.\n\n## Les digues, hier\n\nElles *tiennent* encore. Et voilà.\n\n### L’été 2026\n\nElles tiennent encore. Et puis rien.\n\n## Les digues, hier\n\nUn mot de la fin ici.\n";
    for (passage, suffix, wanted) in [
        ("Personne ne l’a vue venir.", "", None),
        ("Elles tiennent encore.", " Et voilà.", Some("les-digues-hier")),
        ("Elles tiennent encore.", " Et puis rien.", Some("lété-2026")),
        ("Un mot de la fin", " ici", Some("les-digues-hier-1")),
        ("rien de tout cela", "", None),
    ] {
        assert_eq!(
            section_of(source, passage, suffix).as_deref(),
            wanted,
            "{passage}{suffix}"
        );
        if let Some(section) = wanted {
            let anchor = crate::outline::anchor_of_fragment(section);
            assert!(
                crate::outline(source).iter().any(|heading| heading.anchor == anchor),
                "{section}"
            );
        }
    }
    assert_eq!(section_of("Rien que du texte ici.\n", "du texte", ""), None);
}

#[test]
fn a_quotation_at_the_end_of_a_piece_stands_before_its_note() {
    let authors = ["Ana Roy".to_owned()];
    let short = cited("Du &lt;pain&gt; et AT&T", &authors);
    for (piece, at) in [
        ("Texte.\n\n", 8),
        ("Texte.\n\n\n", 8),
        ("", 0),
        ("Un[^1].\n\n[^1]: Note.\n\n", 22),
    ] {
        let changes = insert(piece, at..at, &short, &Lang::En, Form::Inline);
        assert!(
            changes.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start),
            "{changes:?}"
        );
        let text = changed(piece, &changes);
        let (before, after) = text.split_once("“Du \\&lt;pain\\&gt; et AT&T”[^").unwrap();
        assert_eq!(before, &piece[..at]);
        assert!(after.contains("]\n\n[^") && after.ends_with("2024.\n"), "{text}");
    }
}

#[test]
fn a_source_is_named_where_the_quotation_ends() {
    let authors = ["Ana Roy".to_owned()];
    for piece in [
        "Il dit « la mer monte et nous avec elle ».\n",
        "> la mer monte\n> et nous avec elle\n\nEt puis rien.\n",
        "- > la mer monte et nous avec elle",
    ] {
        let found = quotations(piece);
        assert!(!found[0].is_sourced());
        let changes = name_source(piece, found[0].end, found[0].is_block, &cited("x", &authors), &Lang::Fr);
        let text = changed(piece, &changes);
        let after = quotations(&text);
        assert_eq!(after.len(), 1, "{text}");
        assert!(after[0].is_sourced(), "{text}");
        assert_eq!(after[0].words, found[0].words, "{text}");
    }
}

#[test]
fn hostile_texts_take_no_time() {
    for text in [
        "« a b c d e f » ".repeat(60_000),
        "« ".repeat(400_000),
        "«“\"‘".repeat(100_000),
        "\"a\n\n".repeat(200_000),
        "“a b c\n\n".repeat(100_000),
        "> ".repeat(150) + "la mer monte et nous avec elle",
        "> la mer monte et nous avec elle\n\n".repeat(20_000),
        "[".repeat(300_000),
        "« [… […] ( […".repeat(30_000),
    ] {
        let found = quotations(&text);
        let source = SourceText::of(&text);
        for quotation in found.iter().take(20) {
            source.compare(quotation);
        }
    }
    let row = "a ".repeat(200_000);
    let source = SourceText::of(&row);
    let quotation = one(&format!("{}b {}", "a ".repeat(300), "a […] ".repeat(60)));
    source.compare(&quotation);
}

proptest! {
    /// A passage that is cut from anywhere and set otherwise is proved; with another word it is not.
    #[test]
    fn a_passage_is_proved_however_it_is_set(
        words in proptest::collection::vec("(mer|digue|l'eau|été|cœur|Nord|12e|s'en va|où|[a-zé]{3,8})", 12..60),
        marks in proptest::collection::vec("( |, | ; | — |\\. |\n\n| : )", 60),
        from in 0usize..40,
        length in 6usize..30,
        other in 0usize..30,
    ) {
        let mut text = String::new();
        let mut starts = Vec::new();
        for (word, mark) in words.iter().zip(&marks) {
            starts.push(text.len()..text.len() + word.len());
            text.push_str(word);
            text.push_str(mark);
        }
        let from = from % (words.len() - 6);
        let last = (from + length).min(words.len()) - 1;
        let passage = text[starts[from].start..starts[last].end].replace("\n\n", " ");
        let source = SourceText::of(&text);
        let set = passage.replace('\'', "’").replace(" ;", "\u{202f};").replace(" :", "\u{a0}:").replace('œ', "oe");
        let nfd: String = unicode_normalization::UnicodeNormalization::nfd(set.as_str()).collect();
        for set in [passage.clone(), set, nfd] {
            let found = source.compare(&one(&set));
            prop_assert!(found.as_ref().is_some_and(Comparison::is_verbatim), "{set} {found:?}");
        }
        let index = from + other % (last - from + 1);
        let mut altered = String::new();
        for (number, mark) in (from..=last).zip(&marks[from..=last]) {
            altered.push_str(if number == index { "zzyzx" } else { &words[number] });
            altered.push_str(&mark.replace("\n\n", " "));
        }
        let found = source.compare(&one(altered.trim()));
        prop_assert!(found.is_none_or(|found| !found.is_verbatim()));
    }

    /// A word, a sign or a figure that is left out, put in or changed within a passage is told, whatever stands around it.
    #[test]
    fn nothing_is_changed_within_a_passage_unseen(
        tokens in Just(vec![
            "la", "mer", "-3", "5\u{a0}%", "12\u{202f}000\u{a0}€", "peut-être", "ne", "pas", "l’été", "où", "1,5", "jamais", "$7",
            "cœur", "Nord", "n’a", "16\u{a0}°C",
        ]).prop_shuffle(),
        at in 3usize..13,
        how in 0usize..4,
    ) {
        let source = SourceText::of(&format!("{}.\n", tokens.join(" ")));
        let set = |tokens: &[&str]| tokens.join(" ");
        let whole = source.compare(&one(&set(&tokens[1..16])));
        prop_assert!(whole.is_some_and(|found| found.is_verbatim()));
        let mut other = tokens.clone();
        let changed = match how {
            0 => "",
            1 => "pourtant",
            2 => match other[at] {
                "-3" => "3",
                "5\u{a0}%" => "5\u{a0}‰",
                "12\u{202f}000\u{a0}€" => "12\u{202f}000\u{a0}£",
                "peut-être" => "peut être",
                "1,5" => "1.5",
                "$7" => "€7",
                "16\u{a0}°C" => "-16\u{a0}°C",
                "où" => "ou",
                "l’été" => "l’ete",
                word => word.get(..1).unwrap_or("x"),
            },
            _ => "« jamais de la vie »",
        };
        other[at] = changed;
        let quoted = set(&other[1..16]).replace("  ", " ");
        let found = source.compare(&one(&quoted));
        prop_assert!(found.is_none_or(|found| !found.is_verbatim()), "{quoted}");
    }

    /// What is said of places is true: each is at the bounds of characters, and the words of the source, put there, are proved.
    #[test]
    fn places_lead_back(text in "(« |“|\"| »|”|\\*|_|\\[x\\]\\(a.md\\)|[a-zé]{2,6} |\n\n|> |&eacute;|\\[…\\]|’|\\.){1,60}") {
        let source = SourceText::of("la mer monte et nous avec elle");
        for quotation in quotations(&text) {
            prop_assert!(text.get(quotation.range.clone()).is_some());
            prop_assert!(text.get(..quotation.end).is_some());
            if let Some(found) = source.compare(&quotation) {
                for difference in found.differences {
                    for (place, _) in difference.fix.into_iter().chain(difference.omission) {
                        prop_assert!(text.get(place).is_some());
                    }
                }
            }
        }
    }
}

/// What sounds like the source and says something else.
#[test]
fn what_says_something_else_is_not_proved() {
    let source = format!(
        "Nous ne voulons pas la guerre. La dette atteint 3 000 €, soit -5 % en un an. Elle peut être payée demain.\n\nLe conseil refuse.\n\nLes armes sont vendues par lots de 10. {} Coupable ou non, il partira. We will not support the bill.\n",
        "Bien des choses ont été dites ce soir-là. ".repeat(30)
    );
    let source = SourceText::of(&source);
    for (words, proved) in [
        ("La dette atteint 3 000 €, soit -5 % en un an", true),
        ("La dette atteint 3\u{202f}000\u{a0}€, soit −5\u{202f}% en un an", true),
        ("La dette atteint 3 000 $, soit -5 % en un an", false),
        ("La dette atteint 3 000 $", false),
        ("La dette atteint €3 000", true),
        ("La dette atteint 3 000, soit -5 % en un an", false),
        ("soit 5 % en un an", false),
        ("soit -5 ‰ en un an", false),
        ("Elle peut être payée demain", true),
        ("Elle peut-être payée demain", false),
        ("Le conseil refuse. Les armes sont vendues", true),
        ("Le conseil refuse.\n\nLes armes sont vendues", true),
        ("Le conseil refuse les armes", false),
        ("Le conseil refuse, les armes sont vendues", false),
        ("Nous […] voulons pas la guerre", false),
        ("Nous […] voulons […] la guerre", false),
        ("We will […] support the bill", false),
        ("We will … support the bill", false),
        ("Nous ne voulons pas la guerre […] soit -5 % en un an", true),
        ("La dette, semble-t-il, atteint 3 000 €", false),
        ("La dette, dirait-il, atteint 3 000 €", false),
        ("La dette, a-t-il ajouté, atteint 3 000 €", true),
        ("La dette, ai-je rêvé, atteint 3 000 €", false),
        ("La dette, note positive pour tous, atteint 3 000 €", false),
        ("La dette, note le maire, atteint 3 000 €", true),
        ("We, as he said himself, will not support the bill", false),
        ("We, he said, will not support the bill", true),
        ("Nous […] dette […] coupable", false),
        ("Nous ne voulons pas […] Coupable ou non, il partira", true),
    ] {
        let piece = format!("> {}\n>\n> [La mer](mer.md)\n", words.replace('\n', "\n> "));
        let quotation = quotations(&piece).remove(0);
        let quotation = Quotation {
            words: words.to_owned(),
            ..quotation
        };
        let found = source.compare(&quotation);
        let is_proved = found.as_ref().is_some_and(Comparison::is_verbatim);
        assert_eq!(is_proved, proved, "{words}: {:?}", found.map(|found| marked(&found)));
    }
}

/// Figures that are raised, lowered or parted are others; figures of another width or alphabet are the same.
#[test]
fn figures_say_what_they_say() {
    let source = SourceText::of(
        "Il reste 10² cellules et 1½ litre, 10⁻³ mole de CO₂ sur 10 ㎡, 3/4 du lot, x<sup>2</sup> et 2 000 ₪ pour 50 % des parts.\n",
    );
    for (words, proved) in [
        ("Il reste 10² cellules et 1½ litre", true),
        ("Il reste 10<sup>2</sup> cellules et 1½ litre", true),
        ("Il reste １０² cellules et 1½ litre", true),
        ("Il reste 102 cellules et 1½ litre", false),
        ("Il reste 10₂ cellules et 1½ litre", false),
        ("Il reste 10 cellules et 1½ litre", false),
        ("Il reste 10³ cellules et 1½ litre", false),
        ("Il reste 10² cellules et 112 litre", false),
        ("Il reste 10² cellules et 11/2 litre", false),
        ("Il reste 10² cellules et 1⅓ litre", false),
        ("Il reste 10² cellules et 1 litre", false),
        ("10⁻³ mole de CO₂ sur 10 ㎡", true),
        ("10⁻³ mole de CO<sub>2</sub> sur 10 ㎡", true),
        ("10³ mole de CO₂ sur 10 ㎡", false),
        ("10-3 mole de CO₂ sur 10 ㎡", false),
        ("10⁻³ mole de CO2 sur 10 ㎡", false),
        ("10⁻³ mole de CO₂ sur 10 ㎥", false),
        ("10⁻³ mole de CO₂ sur 10", true),
        ("㎡, 3/4 du lot, x² et 2 000 ₪", true),
        ("㎡, 3 4 du lot, x² et 2 000 ₪", false),
        ("㎡, 3/4 du lot, x2 et 2 000 ₪", false),
        ("du lot, x² et 2 000 pour 50 % des parts", false),
        ("du lot, x² et 2 000 € pour 50 % des parts", false),
        ("pour ５０％ des parts", true),
        ("pour ５０ des parts", false),
        ("pour ٥٠٪ des parts", true),
    ] {
        let found = source.compare(&one(words));
        let is_proved = found.as_ref().is_some_and(Comparison::is_verbatim);
        assert_eq!(is_proved, proved, "{words}: {:?}", found.map(|found| marked(&found)));
    }
}

/// Vowel marks, the tatweel, forms that only shape letters and the figures of either alphabet are typography; an alef, a
/// ta marbuta or a ya of another form is another spelling.
#[test]
fn arabic_is_proved_by_its_letters() {
    let source = SourceText::of(
        "قال الوزيرُ إنَّ البحرَ يرتفعُ كلَّ عام، وإنّ 12 قريةً على الساحل لن تبقى. «لن نرحل!» قالت المدرسة في عام ٢٠٢٦؛ ثم صمتت.\n",
    );
    for (words, proved) in [
        ("إنَّ البحرَ يرتفعُ كلَّ عام، وإنّ 12 قريةً", true),
        ("إن البحر يرتفع كل عام، وإن 12 قرية", true),
        ("إن البـــحر يرتفع كل عــام، وإن 12 قرية", true),
        ("إن البحر يرتفع كل عام، وإن ١٢ قرية", true),
        ("إن البحر يرتفع كل عام, وإن 12 قرية", true),
        ("إن \u{200f}البحر\u{200e} يرتفع كل عام", true),
        ("ﻹن البحر يرتفع كل عام", false),
        ("قالت المدرسة في عام 2026; ثم صمتت", true),
        ("قالت المدرسة في عام ٢٠٢٦؛ ثم صمتت", true),
        ("على الساحل ﻟﻦ تبقى", true),
        ("على الساحل سوف تبقى", false),
        ("على الساحل تبقى", false),
        ("قالت المدرسة في عام ٢٠٢٧؛ ثم صمتت", false),
        ("قالت المدرسة في عام ٢٠٢٦، ثم صمتت", false),
        ("قالت المدرسه في عام ٢٠٢٦", false),
        ("ان البحر يرتفع كل عام", false),
        ("علي الساحل لن تبقى", false),
        ("إن البحر يرتفع كل عام وإن 12 قرية", false),
        ("إن البحر يرتفع كل عام، وإن 13 قرية", false),
        ("لن نرحل؟ قالت المدرسة", false),
    ] {
        let found = source.compare(&one(words));
        let is_proved = found.as_ref().is_some_and(Comparison::is_verbatim);
        assert_eq!(is_proved, proved, "{words}: {:?}", found.map(|found| marked(&found)));
    }
}

#[test]
fn what_no_was_left_out_of_is_shown() {
    let source = SourceText::of("Nous ne voulons pas la guerre.\n");
    let found = source.compare(&one("Nous […] voulons pas la guerre")).unwrap();
    assert_eq!(marked(&found), "Nous[+ ne+] […] voulons pas la guerre");
    assert_eq!(found.differences[0].omission, None);
}

#[test]
fn a_great_many_parts_and_references_end() {
    let words = "mot… mère… ".repeat(10_000);
    let source = SourceText::of(&"mot mère eau ".repeat(20_000));
    let piece = format!("> {words}\n>\n> — [S](s.md)\n");
    source.compare(&quotations(&piece)[0]);
    let piece = "« un mot de trop ici »[^1] et [un](a.md) [@cle] ".repeat(10_000);
    assert_eq!(quotations(&format!("{piece}\n\n[^1]: [S](s.md)\n")).len(), 10_000);
    // Each word is written otherwise.
    let piece = format!("> {}\n>\n> — [S](s.md)\n", "ete ".repeat(30_000));
    let found = SourceText::of(&"été ".repeat(30_000))
        .compare(&quotations(&piece)[0])
        .unwrap();
    assert_eq!(found.differences.len(), 30_000);
}
