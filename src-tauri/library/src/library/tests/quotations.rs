//! What pieces quote: proved, altered, changed since, missing, unsourced.

use super::desk::{Desk, all, id};
use crate::article::FindingKind;
use crate::library::{Library, NewHighlight, Verdict};

const SEA: &str = "---\ntitle: La mer et les digues\nauthor: Ana Roy\n---\n\nLa mer monte, et personne ne l'a vue venir. Les digues ne suffiront plus à tenir.\n";

fn verdicts(library: &Library, path: &str) -> Vec<Verdict> {
    let id = id(library, path);
    let text = library.read_text(&id).unwrap().text;
    let found = library.quotations(&id, &text, true).unwrap();
    found.into_iter().map(|one| one.verdict).collect()
}

const DRAFT: &str = "---\ntitle: Brouillon\nstatus: draft\n---\n\n\
    « La mer monte, et personne ne l’a vue venir »[^1]. « La mer monte, et personne ne l’a vu venir »[^1].\n\n\
    « Les digues ne suffiront plus à tenir » dit-on. « Personne n’a jamais dit une chose pareille ».\n\n\
    « Les mots que voici sont ailleurs » (voir [là](https://ailleurs.example/x)).\n\n\
    « Les mots que voici sont perdus » (voir [là](perdu.md)).\n\n\
    [^1]: Ana Roy, « [La mer et les digues](sources/mer.md) ».\n";

#[test]
fn each_quotation_has_its_verdict() {
    use Verdict::{Altered, Elsewhere, Missing, Proved, Unsourced};
    let desk = Desk::with(&[("sources/mer.md", SEA), ("draft.md", DRAFT)]);
    let library = desk.open();
    let wanted = [Proved, Altered, Proved, Unsourced, Elsewhere, Missing];
    assert_eq!(verdicts(&library, "draft.md"), wanted);
    // What is known is known again, wherever it stands by now.
    let draft = id(&library, "draft.md");
    let moved = DRAFT.replace(
        "« La mer monte, et personne ne l’a vue",
        "Avant. « La mer monte, et personne ne l’a vue",
    );
    for text in [DRAFT, &moved] {
        let found = library.quotations(&draft, text, true).unwrap();
        let fix = found[1].comparison.as_ref().unwrap().differences[0]
            .fix
            .clone()
            .unwrap();
        assert_eq!(&text[fix.0], "vu");
        assert_eq!(fix.1, "vue");
    }
    // The title of an article of the library is no quotation, and nothing has to name it.
    let titled = library.quotations(
        &draft,
        "Voir « La mer et les digues », puis « La mer et les bateaux là ».\n",
        true,
    );
    let words: Vec<String> = titled.unwrap().into_iter().map(|one| one.quotation.words).collect();
    assert_eq!(words, ["La mer et les bateaux là"]);
    // The check tells what is wrong, and asks what is not out yet for sources.
    let findings = library.check().unwrap();
    let kinds: Vec<FindingKind> = findings.iter().map(|finding| finding.kind).collect();
    for kind in [
        FindingKind::AlteredQuotation,
        FindingKind::MissingSource,
        FindingKind::UnsourcedQuotation,
    ] {
        assert_eq!(
            kinds.iter().filter(|one| **one == kind).count(),
            1,
            "{kind:?} {findings:?}"
        );
    }
}

/// A word or two are proved where they have a source; without one they are nobody’s.
#[test]
fn a_word_or_two_with_a_source_are_proved() {
    use Verdict::{Altered, Proved};
    let report =
        "---\ntitle: Le rapport\n---\n\nLe juge décide sans appel. Un `code` aussi. Nous ne voulons pas partir.\n";
    for (words, verdict) in [
        ("sans appel", Proved),
        ("sans rappel", Altered),
        ("scandaleux", Altered),
        ("Nous […] partir", Altered),
        ("Un code aussi", Proved),
        ("Un mode aussi", Altered),
        ("Nous ne voulons pas partir ?", Altered),
        ("Un code aussi… partir", Altered),
    ] {
        let draft = format!("---\ntitle: Pièce\n---\n\nC’est « {words} » ([Le rapport](long.md)). C’est « rien ».\n");
        let desk = Desk::with(&[("long.md", report), ("a.md", &draft)]);
        let library = desk.open();
        assert_eq!(verdicts(&library, "a.md"), [verdict], "{words}");
        let findings = library.check().unwrap();
        let said = findings.iter().find(|one| one.kind == FindingKind::AlteredQuotation);
        assert_eq!(said.is_some(), verdict == Altered, "{words}");
        // What differs is told, and what is told whole has no suspension points.
        if let Some(said) = said {
            assert!(said.detail.contains(&format!("\"{words}\"")), "{}", said.detail);
            assert!(
                said.detail.contains("{+") || said.detail.contains("is nowhere in long.md"),
                "{}",
                said.detail
            );
        }
    }
}

/// Whatever a desk calls its stages, a piece is asked for its sources until it is out.
#[test]
fn what_is_not_out_yet_is_asked_for_its_sources() {
    let own = "statuses = [\"Ébauche\", \"Relecture\", \"En ligne\"]\n";
    let two = "statuses = [\"a\", \"ready\", \"published\"]\nfront.statuses = [\"ready\", \"published\"]\n";
    for (config, front, asked) in [
        ("", "status: draft", true),
        ("", "status: review", true),
        ("", "status: Ready", true),
        ("", "status: published", false),
        ("", "draft: true", true),
        ("", "lang: fr", false),
        ("", "status: unheard of", false),
        ("", "status: review\nsource: {url: https://a.example/b}", false),
        (own, "status: ébauche", true),
        (own, "status: Relecture", true),
        (own, "status: en-ligne", false),
        (two, "status: a", true),
        (two, "status: ready", false),
    ] {
        let text = format!("---\ntitle: Pièce\n{front}\n---\n\nIl dit « ce que personne n’a jamais dit ici ».\n");
        let desk = Desk::with(&[("edito.toml", config), ("a.md", &text)]);
        let findings = desk.open().check().unwrap();
        let found = findings
            .iter()
            .any(|finding| finding.kind == FindingKind::UnsourcedQuotation);
        assert_eq!(found, asked, "{config}{front}: {findings:?}");
    }
}

#[test]
fn what_has_no_source_is_found_in_the_library() {
    let desk = Desk::with(&[
        ("sources/mer.md", SEA),
        ("b.md", "Il dit que « les digues ne suffiront plus à tenir ».\n"),
    ]);
    let library = desk.open();
    let b = id(&library, "b.md");
    let text = library.read_text(&b).unwrap().text;
    let found = library.quotations(&b, &text, true).unwrap();
    assert_eq!(found[0].verdict, Verdict::Unsourced);
    assert_eq!(found[0].found[0].path, "sources/mer.md");
    assert!(library.quotations(&b, &text, false).unwrap()[0].found.is_empty());
}

#[test]
fn words_of_another_article_are_not_proved_by_it() {
    let draft = "Elle cite [La mer et les digues](sources/mer.md). « Les digues ne suffiront plus à tenir »[^1].\n\n[^1]: [Autre](autre.md).\n";
    let desk = Desk::with(&[
        ("sources/mer.md", SEA),
        ("autre.md", "# Autre\n\nTout autre chose.\n"),
        ("draft.md", draft),
    ]);
    let library = desk.open();
    let found = library.quotations(&id(&library, "draft.md"), draft, true).unwrap();
    assert_eq!(found[0].verdict, Verdict::Altered);
    assert_eq!(found[0].source.as_ref().unwrap().path, "autre.md");
    assert_eq!(found[0].found[0].path, "sources/mer.md");
}

#[test]
fn a_source_that_was_edited_has_changed_since() {
    let desk = Desk::with(&[("sources/mer.md", SEA), ("draft.md", DRAFT)]);
    let library = desk.open();
    let sea = id(&library, "sources/mer.md");
    let text = library.read_text(&sea).unwrap();
    let edited = SEA.replace("personne ne l'a vue venir", "nul n'a rien vu");
    library.save(&sea, &edited, &text.hash).unwrap();
    assert_eq!(verdicts(&library, "draft.md")[0], Verdict::Changed);
    let draft = id(&library, "draft.md");
    let found = library.quotations(&draft, DRAFT, true).unwrap();
    let since = found[0].since.clone().unwrap();
    assert!(
        library
            .version_text(&sea, &since.version.unwrap())
            .unwrap()
            .contains("vue venir")
    );
    assert!(
        library
            .check()
            .unwrap()
            .iter()
            .any(|finding| finding.kind == FindingKind::ChangedSource)
    );
}

#[test]
fn a_passage_that_was_marked_is_remembered_when_another_program_rewrites_it() {
    let desk = Desk::with(&[("sources/mer.md", SEA), ("draft.md", DRAFT)]);
    let library = desk.open();
    let sea = id(&library, "sources/mer.md");
    let marked = NewHighlight {
        quote: "La mer monte, et personne ne l'a vue venir.".into(),
        ..NewHighlight::default()
    };
    library.add_highlight(&sea, &marked).unwrap();
    desk.write(
        "sources/mer.md",
        SEA.replace("La mer monte, et personne", "Rien ne bouge, et nul")
            .as_bytes(),
    );
    all(&library).unwrap();
    assert_eq!(verdicts(&library, "draft.md")[0], Verdict::Changed);
}

#[test]
fn a_source_that_moved_is_still_found() {
    let desk = Desk::with(&[("sources/mer.md", SEA), ("draft.md", DRAFT)]);
    let library = desk.open();
    let sea = id(&library, "sources/mer.md");
    // By its name, in another folder.
    library.move_to(&sea, "ailleurs").unwrap();
    assert_eq!(verdicts(&library, "draft.md")[0], Verdict::Proved);
    // Under another name, by the identity that its path had given it.
    library.rename(&sea, "tout autre").unwrap();
    assert_eq!(verdicts(&library, "draft.md")[0], Verdict::Proved);
}

#[test]
fn passages_are_cited_from_where_the_piece_lies() {
    let captured = SEA.replace(
        "---\n\nLa",
        "source:\n  url: https://www.quai.example/mer\n  published: 2024-03-12\n---\n\nLa",
    );
    let desk = Desk::with(&[("sources/la mer.md", &captured), ("textes/draft.md", DRAFT)]);
    let library = desk.open();
    let (sea, draft) = (id(&library, "sources/la mer.md"), id(&library, "textes/draft.md"));
    let cited = library.cited_source(&draft, &sea).unwrap();
    assert_eq!(cited.link, "../sources/la%20mer.md");
    assert_eq!(
        (cited.outlet.as_deref(), cited.authors.as_slice()),
        (Some("quai.example"), &["Ana Roy".to_owned()][..])
    );
    assert_eq!(library.resolve_link(&draft, &cited.link), Some(sea.clone()));
    let marked = NewHighlight {
        quote: "Les digues ne suffiront plus à tenir.".into(),
        ..NewHighlight::default()
    };
    library.add_highlight(&sea, &marked).unwrap();
    let count = |typed: &str| library.quotable(&draft, typed, 10).unwrap().len();
    assert_eq!(
        ["", "digues", "Roy digues", "mer suffiront", "montagne"].map(count),
        [1, 1, 1, 1, 0]
    );
    assert!(library.quotable(&sea, "", 10).unwrap().is_empty());
    let passage = library.quotable(&draft, "", 10).unwrap()[0].highlight;
    // A link to a passage leads to its section, once there is one, and to the article all the same.
    let (_, highlight) = library.marked_passage(passage).unwrap();
    let link = |library: &Library| library.cited_passage(&draft, &sea, &highlight).unwrap().link;
    assert_eq!(link(&library), cited.link);
    desk.write(
        "sources/la mer.md",
        captured.replace(" Les digues", "\n\n## Après la mer\n\nLes digues"),
    );
    all(&library).unwrap();
    assert_eq!(link(&library), "../sources/la%20mer.md#après-la-mer");
    assert_eq!(library.resolve_link(&draft, &link(&library)), Some(sea.clone()));
    let (article, found) = library.marked_passage(passage).unwrap();
    assert_eq!((article, found.quote), (sea.clone(), marked.quote.clone()));
    assert_eq!(library.marked_passage(uuid::Uuid::nil()), None);
    // What is from elsewhere has its own words to answer for.
    assert!(
        library
            .check()
            .unwrap()
            .iter()
            .all(|finding| finding.path != "sources/la mer.md")
    );
}

#[test]
fn a_source_that_comes_later_is_asked() {
    let text = "« Les digues ne suffiront plus à tenir »[^1].\n\n[^1]: [Autre](autre.md), [La mer](sources/mer.md).\n";
    let desk = Desk::with(&[
        ("a.md", text),
        (
            "autre.md",
            "---\ntitle: Autre\n---\n\nLes digues ne suffiront pas à tenir.\n",
        ),
    ]);
    let library = desk.open();
    assert_eq!(verdicts(&library, "a.md"), [Verdict::Altered]);
    desk.write("sources/mer.md", SEA);
    all(&library).unwrap();
    assert_eq!(verdicts(&library, "a.md"), [Verdict::Proved]);
}

#[test]
fn a_source_that_is_too_large_to_be_read_is_not_said_to_say_something_else() {
    let large = format!(
        "---\ntitle: Grand\n---\n\nLes digues tiendront bien. {}\n",
        "Un mot. ".repeat(600_000)
    );
    let desk = Desk::with(&[
        (
            "a.md",
            "« Les digues tiendront bien »[^1].\n\n[^1]: [Grand](grand.md).\n",
        ),
        ("grand.md", large.as_str()),
    ]);
    let library = desk.open();
    assert_eq!(verdicts(&library, "a.md"), [Verdict::TooLong]);
    // What else is named may prove it.
    desk.write("court.md", "---\ntitle: Court\n---\n\nLes digues tiendront bien.\n");
    desk.write(
        "a.md",
        "« Les digues tiendront bien » ([Grand](grand.md), [Court](court.md)).\n",
    );
    all(&library).unwrap();
    assert_eq!(verdicts(&library, "a.md"), [Verdict::Proved]);
}
