//! The lists that the rules go by.

use std::collections::HashMap;
use std::sync::LazyLock;

/// French words whose capital has lost its accent, with the accent put back. Only what has no other reading, in French
/// or in an English name that a French text may hold.
pub(super) static ACCENTED: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("accented.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|pair| pair.split_once('='))
        .collect()
});

/// What follows `A` at the head of a sentence where it is the preposition `À`.
pub(super) const AFTER_PREPOSITION: &[&str] = &[
    "la",
    "l",
    "cet",
    "cette",
    "ce",
    "ces",
    "son",
    "sa",
    "ses",
    "leur",
    "leurs",
    "notre",
    "nos",
    "votre",
    "vos",
    "mon",
    "ma",
    "mes",
    "propos",
    "partir",
    "travers",
    "peine",
    "côté",
    "moins",
    "force",
    "terme",
    "titre",
    "noter",
    "lire",
    "suivre",
    "savoir",
    "défaut",
    "cause",
    "condition",
    "mesure",
    "présent",
    "quoi",
    "qui",
    "quel",
    "quelle",
    "tel",
    "telle",
    "droite",
    "gauche",
    "nouveau",
    "rebours",
    "vrai",
    "supposer",
    "entendre",
    "voir",
    "écouter",
    "commencer",
    "quelques",
    "chaque",
    "chacun",
    "chacune",
    "aucun",
    "aucune",
    "ceux",
    "celui",
    "celle",
    "celles",
    "lui",
    "eux",
    "elle",
    "elles",
    "nous",
    "long",
    "court",
    "moyen",
    "ceci",
    "cela",
];

/// What follows `A` where it is the preposition only with the word behind: « À tout prix », but « A tout perdu ».
pub(super) const AFTER_PREPOSITION_WITH: &[(&str, &[&str])] = &[
    (
        "tout",
        &[
            "prix", "moment", "hasard", "jamais", "âge", "instant", "va", "point", "bout", "seigneur",
        ],
    ),
    ("toutes", &["fins", "jambes", "forces", "voiles"]),
    ("tous", &["égards", "ceux", "points"]),
    ("plus", &["long", "court", "tard", "forte", "ou", "grande"]),
    ("bien", &["des", "y"]),
];

/// Words in full capitals that lost their accents, with the accents put back: only what is nothing else in capitals.
pub(super) const CAPITALS: &[(&str, &str)] = &[
    ("ETAT", "ÉTAT"),
    ("ETATS", "ÉTATS"),
    ("ECOLE", "ÉCOLE"),
    ("ECOLES", "ÉCOLES"),
    ("EGLISE", "ÉGLISE"),
    ("EGLISES", "ÉGLISES"),
    ("ELYSEE", "ÉLYSÉE"),
    ("ELYSÉE", "ÉLYSÉE"),
    ("EGYPTE", "ÉGYPTE"),
    ("ETHIOPIE", "ÉTHIOPIE"),
    ("ECOSSE", "ÉCOSSE"),
    ("EVANGILE", "ÉVANGILE"),
    ("EQUIPE", "ÉQUIPE"),
    ("EQUIPES", "ÉQUIPES"),
    ("ECONOMIE", "ÉCONOMIE"),
    ("ECOLOGIE", "ÉCOLOGIE"),
    ("ENERGIE", "ÉNERGIE"),
    ("EGALITE", "ÉGALITÉ"),
    ("ETUDIANT", "ÉTUDIANT"),
    ("ETUDIANTS", "ÉTUDIANTS"),
    ("ETRANGER", "ÉTRANGER"),
    ("ETRANGERS", "ÉTRANGERS"),
    ("ETRE", "ÊTRE"),
    ("EVENEMENT", "ÉVÉNEMENT"),
    ("EVENEMENTS", "ÉVÉNEMENTS"),
    ("LIBERTE", "LIBERTÉ"),
    ("LIBERTES", "LIBERTÉS"),
    ("FRATERNITE", "FRATERNITÉ"),
    ("REPUBLIQUE", "RÉPUBLIQUE"),
    ("SOCIETE", "SOCIÉTÉ"),
    ("SECURITE", "SÉCURITÉ"),
    ("LAICITE", "LAÏCITÉ"),
    ("VERITE", "VÉRITÉ"),
];

/// What follows `Ca` at the head of a sentence where it is `Ça`.
pub(super) const AFTER_CA: &[&str] = &[
    "va",
    "ne",
    "n",
    "fait",
    "se",
    "s",
    "suffit",
    "y",
    "m",
    "me",
    "m",
    "sera",
    "serait",
    "ira",
    "marche",
    "dépend",
    "commence",
    "continue",
    "peut",
    "doit",
    "vient",
    "donne",
    "veut",
    "suppose",
    "tombe",
    "arrive",
    "ressemble",
];

/// What a number is followed by that is plainly counted: `10.000 habitants`.
pub(super) const COUNTED: &[&str] = &[
    "euros",
    "dollars",
    "francs",
    "livres",
    "habitants",
    "personnes",
    "morts",
    "blessés",
    "hommes",
    "femmes",
    "enfants",
    "soldats",
    "réfugiés",
    "exemplaires",
    "manifestants",
    "spectateurs",
    "visiteurs",
    "salariés",
    "emplois",
    "postes",
    "logements",
    "électeurs",
    "voix",
    "signatures",
    "ans",
    "km",
    "kilomètres",
    "mètres",
    "tonnes",
    "hectares",
    "m²",
    "€",
    "$",
    "£",
    "étudiants",
    "élèves",
    "cas",
    "victimes",
    "civils",
    "Palestiniens",
    "Israéliens",
];

/// Names that end in a mark.
pub(super) const NAMES_WITH_MARK: &[&str] = &["Yahoo", "Jeopardy", "Kahoot", "Bing", "Joomla", "Oui"];

/// Words that English writes with an apostrophe at their head.
pub(super) const ENGLISH_ELISIONS: &[&str] = &[
    "tis", "twas", "twere", "twill", "em", "til", "till", "cause", "bout", "round", "n", "neath", "cos", "cuz",
];

/// Those of them that nothing in quotes begins with.
pub(crate) const PLAIN_ENGLISH_ELISIONS: &[&str] = &["tis", "twas", "twere", "twill", "em", "til", "n", "cuz"];

/// French words that lose their vowel before an apostrophe.
pub(super) const FRENCH_ELISIONS: &[&str] = &[
    "l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "aujourd",
    "entr", "prud",
];
