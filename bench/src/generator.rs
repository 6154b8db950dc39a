//! A seeded library: the same files, byte for byte, for the same seed and number of articles.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use crate::random::Random;
use crate::vocabulary::{Language, Vocabulary};

/// Goes up when the same seed comes to other files: libraries made before are made again.
const VERSION: u32 = 1;

/// A library that can be made.
pub struct Generator {
    seed: u64,
    articles: usize,
    french: Vocabulary,
    english: Vocabulary,
    authors: Vec<String>,
    tags: Vec<String>,
}

/// The folders of the sections, each with its share of the articles.
const FOLDERS: &[(&str, usize)] = &[
    ("edito", 6),
    ("analyses/mediterranee", 9),
    ("analyses/europe", 9),
    ("analyses/institutions", 8),
    ("analyses/economie", 8),
    ("analyses/culture/livres", 5),
    ("analyses/culture/ecrans", 4),
    ("medias/presse", 7),
    ("medias/radio", 4),
    ("lectures", 6),
    ("lettre", 4),
    ("archives", 30),
];

const CONFIG: &str = r#"title = "Bench"
languages = ["fr", "en"]
statuses = ["draft", "review", "ready", "published"]

[[sections]]
name = "Édito"
folder = "edito"
kind = "edito"

[[sections]]
name = "Analyses"
folder = "analyses"
kind = "analyses"

[[sections.sections]]
name = "Méditerranée"
folder = "analyses/mediterranee"

[[sections.sections]]
name = "Europe"
folder = "analyses/europe"

[[sections]]
name = "Dans les médias"
folder = "medias"
kind = "medias"

[[sections]]
name = "Lectures"
folder = "lectures"
kind = "lectures"

[[sections]]
name = "Lettre d’information"
folder = "lettre"
kind = "lettre"
"#;

impl Generator {
    /// A library of so many articles.
    pub fn new(seed: u64, articles: usize) -> Self {
        let (french, english) = (Vocabulary::of(Language::French), Vocabulary::of(Language::English));
        let mut random = Random::new(seed, u64::MAX);
        let authors = (0..400)
            .map(|at| {
                let words = if at % 3 == 0 { &english } else { &french };
                format!(
                    "{} {}",
                    capital(words.content_word(&mut random)),
                    capital(&words.words[random.between(3_000, 9_000)])
                )
            })
            .collect();
        let tags = (0..500)
            .map(|at| {
                let words = if at % 3 == 0 { &english } else { &french };
                words.words[100 + at * 5].clone()
            })
            .collect();
        Self {
            seed,
            articles,
            french,
            english,
            authors,
            tags,
        }
    }

    /// Makes the library in `base/library`, unless a complete one stands there already; answers its folder and whether
    /// it was made now.
    pub fn write(&self, base: &Path) -> io::Result<(PathBuf, bool)> {
        let library = base.join("library");
        let complete = base.join("complete");
        let stamp = format!("version {VERSION}, seed {}, {} articles\n", self.seed, self.articles);
        if fs::read_to_string(&complete).is_ok_and(|found| found == stamp) {
            return Ok((library, false));
        }
        if base.exists() {
            fs::remove_dir_all(base)?;
        }
        fs::create_dir_all(&library)?;
        fs::write(library.join("edito.toml"), CONFIG)?;
        for (folder, _) in FOLDERS {
            fs::create_dir_all(library.join(folder))?;
        }
        for year in 2006..2026 {
            fs::create_dir_all(library.join(format!("archives/{year}")))?;
        }
        let next = AtomicUsize::new(0);
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| -> io::Result<()> {
                        loop {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            if at >= self.articles {
                                return Ok(());
                            }
                            fs::write(library.join(self.path(at)), self.article(at))?;
                        }
                    })
                })
                .collect();
            workers
                .into_iter()
                .try_for_each(|worker| worker.join().expect("a writing thread"))
        })?;
        fs::write(complete, stamp)?;
        Ok((library, true))
    }

    /// Where an article lies within the library.
    pub fn path(&self, at: usize) -> String {
        let (language, mut random) = self.beginning(at);
        let words = self.words(language);
        let mut place = random.below(100);
        let mut folder = FOLDERS[0].0;
        for (name, share) in FOLDERS {
            folder = name;
            if place < *share {
                break;
            }
            place -= share;
        }
        let slug = format!(
            "{}-{}",
            slug(words.content_word(&mut random)),
            slug(words.draw(&mut random))
        );
        if folder == "archives" {
            format!("archives/{}/{at:06}-{slug}.md", 2006 + random.below(20))
        } else {
            format!("{folder}/{at:06}-{slug}.md")
        }
    }

    /// The text of an article.
    pub fn article(&self, at: usize) -> String {
        let (language, _) = self.beginning(at);
        let mut random = Random::new(self.seed, at as u64 * 2 + 1);
        let words = self.words(language);
        let mut writer = Writer {
            text: String::with_capacity(5_000),
            apostrophe: if random.chance(60) { '’' } else { '\'' },
            language,
            words,
            random: &mut random,
        };
        self.front_matter(&mut writer);
        self.body(&mut writer);
        writer.text
    }

    /// A long article, for what is measured on one.
    pub fn long_article(&self, bytes: usize) -> String {
        let mut text = String::from("---\ntitle: \"Un long article\"\nlang: fr\n---\n\n");
        for at in 0.. {
            if text.len() >= bytes {
                break;
            }
            let mut random = Random::new(self.seed, u64::MAX - 1 - at);
            let mut writer = Writer {
                text: String::new(),
                apostrophe: '’',
                language: Language::French,
                words: &self.french,
                random: &mut random,
            };
            self.body(&mut writer);
            text.push_str(&writer.text);
        }
        text
    }

    /// Queries as people type them: one to three words of the library, most of them content words.
    pub fn queries(&self, count: usize) -> Vec<String> {
        let mut random = Random::new(self.seed, u64::MAX - 7);
        (0..count)
            .map(|at| {
                let words = if at % 10 < 7 { &self.french } else { &self.english };
                let mut query = words.content_word(&mut random).to_owned();
                for _ in 0..random.below(3) {
                    query.push(' ');
                    // Words of all kinds: “droit de la mer” is searched with its small words.
                    let next = if random.chance(75) {
                        words.content_word(&mut random)
                    } else {
                        words.draw(&mut random)
                    };
                    query.push_str(next);
                }
                query
            })
            .collect()
    }

    /// Beginnings of two letters, of words that the library has.
    pub fn two_letters(&self) -> Vec<String> {
        let mut random = Random::new(self.seed, u64::MAX - 8);
        let mut found: Vec<String> = (0..400)
            .map(|_| {
                self.french
                    .content_word(&mut random)
                    .chars()
                    .take(2)
                    .collect::<String>()
                    .to_lowercase()
            })
            .filter(|letters| letters.chars().count() == 2)
            .collect();
        found.sort();
        found.dedup();
        found
    }

    fn words(&self, language: Language) -> &Vocabulary {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }

    /// What decides an article's path, so that others can link to it without its text.
    fn beginning(&self, at: usize) -> (Language, Random) {
        let mut random = Random::new(self.seed, at as u64 * 2);
        let language = if random.chance(70) {
            Language::French
        } else {
            Language::English
        };
        (language, random)
    }

    fn front_matter(&self, writer: &mut Writer) {
        let toml = writer.random.chance(15);
        let fence = if toml { "+++" } else { "---" };
        let set = if toml { " =" } else { ":" };
        let title = writer.title();
        writer.line(fence);
        writer.line(&format!("title{set} \"{title}\""));
        if writer.random.chance(70) {
            let length = writer.random.between(12, 30);
            let standfirst = writer.sentence(length);
            writer.line(&format!("standfirst{set} \"{standfirst}\""));
        }
        let first = writer.random.pick(&self.authors).clone();
        if !toml && writer.random.chance(20) {
            let function = writer.words.content_word(writer.random).to_owned();
            writer.line(&format!(
                "authors:\n  - name: \"{first}\"\n    function: \"{function}\""
            ));
        } else if writer.random.chance(20) {
            let second = writer.random.pick(&self.authors).clone();
            writer.line(&format!("authors{set} [\"{first}\", \"{second}\"]"));
        } else {
            writer.line(&format!("authors{set} [\"{first}\"]"));
        }
        if writer.random.chance(20) {
            let section = writer.random.pick(&["edito", "lectures", "lettre", "analyses/europe"]);
            writer.line(&format!("section{set} \"{section}\""));
        }
        let tags: Vec<String> = (0..writer.random.between(1, 5))
            .map(|_| {
                // A few tags are on many articles, most on few.
                let rank = writer.random.fraction().powi(3) * self.tags.len() as f64;
                format!("\"{}\"", self.tags[rank as usize])
            })
            .collect();
        writer.line(&format!("tags{set} [{}]", tags.join(", ")));
        let day = day(writer.random);
        writer.line(&format!("date{set} {day}"));
        if writer.random.chance(80) {
            writer.line(&format!("lang{set} \"{}\"", writer.language.tag()));
        }
        let status = match writer.random.below(100) {
            0..88 => "published",
            88..94 => "draft",
            94..98 => "review",
            _ => "ready",
        };
        writer.line(&format!("status{set} \"{status}\""));
        writer.line(fence);
        writer.text.push('\n');
    }

    fn body(&self, writer: &mut Writer) {
        // About 600 words, between 200 and 1,200.
        let aim = 200 + (writer.random.fraction() * 400.0 + writer.random.fraction().powi(3) * 800.0) as usize;
        let mut written = 0;
        let mut paragraphs = 0;
        while written < aim {
            if paragraphs > 0 && paragraphs % 3 == 0 {
                let title = writer.title();
                writer.line(&format!("## {title}\n"));
            }
            if writer.random.chance(10) {
                let length = writer.random.between(15, 40);
                let quotation = writer.sentence(length);
                written += length;
                writer.line(&format!("> {quotation}\n"));
            }
            if writer.random.chance(6) {
                for _ in 0..writer.random.between(3, 6) {
                    let length = writer.random.between(5, 12);
                    let item = writer.sentence(length);
                    written += length;
                    writer.line(&format!("- {item}"));
                }
                writer.text.push('\n');
            }
            let length = writer.random.between(55, 120);
            self.paragraph(writer, length);
            written += length;
            paragraphs += 1;
        }
    }

    fn paragraph(&self, writer: &mut Writer, words: usize) {
        let mut left = words;
        while left > 0 {
            let length = writer.random.between(7, 30).min(left);
            let sentence = writer.sentence(length);
            writer.text.push_str(&sentence);
            left -= length;
            match writer.random.below(100) {
                0..4 => {
                    let other = self.path(writer.random.below(self.articles.max(1)));
                    let name = writer.title();
                    let _ = write!(writer.text, " [{name}](/{other})");
                }
                4..8 => {
                    let (host, page) = (
                        slug(writer.words.content_word(writer.random)),
                        slug(writer.words.draw(writer.random)),
                    );
                    let name = writer.title();
                    let _ = write!(writer.text, " [{name}](https://{host}.example/{page})");
                }
                8..11 => {
                    let word = writer.words.content_word(writer.random).to_owned();
                    let _ = write!(writer.text, " *{word}*.");
                }
                11..13 => {
                    let word = writer.words.content_word(writer.random).to_owned();
                    let _ = write!(writer.text, " **{word}**.");
                }
                _ => {}
            }
            writer.text.push(if left > 0 { ' ' } else { '\n' });
        }
        writer.text.push('\n');
    }
}

/// Writes one article.
struct Writer<'a> {
    text: String,
    language: Language,
    apostrophe: char,
    words: &'a Vocabulary,
    random: &'a mut Random,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn title(&mut self) -> String {
        let mut title = capital(self.words.content_word(self.random));
        for _ in 0..self.random.between(2, 8) {
            title.push(' ');
            let word = if self.random.chance(45) {
                self.words.content_word(self.random)
            } else {
                self.words.draw(self.random)
            };
            title.push_str(word);
        }
        title
    }

    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::with_capacity(words * 7);
        let mut since_comma = 0;
        for at in 0..words {
            let word = self.words.draw(self.random);
            since_comma += 1;
            if at == 0 {
                sentence.push_str(&capital(word));
                continue;
            }
            if since_comma > 5 && self.random.chance(12) {
                sentence.push(',');
                since_comma = 0;
            }
            if self.language == Language::French && begins_with_vowel(word) && elide(&mut sentence, self.apostrophe) {
                sentence.push_str(word);
                continue;
            }
            sentence.push(' ');
            sentence.push_str(word);
        }
        let french = self.language == Language::French;
        sentence.push_str(match self.random.below(100) {
            0..5 if french => " ?",
            0..5 => "?",
            5..8 if french => " !",
            5..8 => "!",
            _ => ".",
        });
        sentence
    }
}

/// Turns a last word “le” into “l’” before a vowel.
fn elide(sentence: &mut String, apostrophe: char) -> bool {
    const ELIDED: &[&str] = &["le", "la", "de", "que", "ne", "se", "ce"];
    let last = sentence.rsplit(' ').next().unwrap_or_default();
    if !ELIDED.contains(&last) || last.len() == sentence.len() {
        return false;
    }
    sentence.pop();
    sentence.push(apostrophe);
    true
}

fn begins_with_vowel(word: &str) -> bool {
    word.starts_with([
        'a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'â', 'É', 'E', 'A', 'I', 'O', 'U',
    ])
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn slug(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' => Some(letter),
            'à' | 'â' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' => Some('i'),
            'ô' => Some('o'),
            'û' | 'ù' => Some('u'),
            'ç' => Some('c'),
            _ => None,
        })
        .collect()
}

/// A day of the twenty years before November 2026.
fn day(random: &mut Random) -> Date {
    let span: Span = (random.below(7_300) as i64).days();
    date(2006, 11, 1).saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_comes_to_the_same_bytes() {
        let (one, other) = (Generator::new(42, 1_000), Generator::new(42, 1_000));
        for at in [0, 1, 500, 999] {
            assert_eq!(one.path(at), other.path(at));
            assert_eq!(one.article(at), other.article(at));
        }
        assert_ne!(one.article(0), Generator::new(43, 1_000).article(0));
        assert_eq!(one.queries(60), other.queries(60));
    }

    #[test]
    fn articles_are_what_the_library_reads() {
        let generator = Generator::new(42, 1_000);
        let mut words = 0;
        let mut french = 0;
        for at in 0..300 {
            let text = generator.article(at);
            let analysis = edito_prose::analyse(&text);
            assert!(analysis.title.is_some() && analysis.front.date.is_some(), "{text}");
            assert!(
                analysis.front.problems.is_empty(),
                "{:?}\n{text}",
                analysis.front.problems
            );
            assert!(!analysis.front.authors.is_empty() && !analysis.front.tags.is_empty());
            words += analysis.counts.words as usize;
            french += usize::from(analysis.lang.is_some_and(|lang| lang.tag() == "fr"));
        }
        assert!((500..700).contains(&(words / 300)), "{} words each", words / 300);
        assert!((180..240).contains(&french), "{french} of 300 are French");
    }

    #[test]
    fn a_complete_library_is_used_again() {
        let base = tempfile::tempdir().expect("a folder").path().join("base");
        let generator = Generator::new(1, 20);
        let (library, made) = generator.write(&base).expect("written");
        assert!(made);
        assert_eq!(
            fs::read_to_string(library.join(generator.path(7))).expect("an article"),
            generator.article(7)
        );
        assert!(!generator.write(&base).expect("found").1);
        assert!(
            Generator::new(1, 21).write(&base).expect("written").1,
            "another number is another library"
        );
        fs::remove_dir_all(&base).expect("removed");
    }
}
