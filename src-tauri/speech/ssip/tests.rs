#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::sync::mpsc;
use std::thread;

use super::*;

/// What the server is told in a test, and what it answers; `|` stands between lines.
type Table = Vec<(String, String)>;

fn table(lines: &[(&str, &str)]) -> Table {
    let each = lines.iter();
    each.map(|(told, answer)| ((*told).to_owned(), (*answer).to_owned()))
        .collect()
}

fn greeting() -> Table {
    table(&[
        ("SET SELF CLIENT_NAME reader:edito:main", "208 OK CLIENT NAME SET"),
        ("SET SELF NOTIFICATION BEGIN on", "220 OK NOTIFICATION SET"),
        ("SET SELF NOTIFICATION END on", "220 OK NOTIFICATION SET"),
        ("SET SELF NOTIFICATION CANCEL on", "220 OK NOTIFICATION SET"),
    ])
}

struct Server {
    dispatcher: Dispatcher,
    heard: mpsc::Receiver<String>,
    _folder: tempfile::TempDir,
}

/// A server that serves one connection after the other, each by its table. At a table's end it hangs up, or with `stays`
/// says nothing any more.
fn server(tables: Vec<Table>, stays: bool) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let listener = UnixListener::bind(&socket).unwrap();
    let (told, heard) = mpsc::channel();
    thread::spawn(move || {
        for table in tables {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            for (_, answer) in table {
                let Some(Ok(line)) = lines.next() else { return };
                let _ = told.send(line);
                if !answer.is_empty() {
                    let answer = format!("{answer}\r\n").replace('|', "\r\n");
                    // The client may have had enough.
                    let _ = stream.write_all(answer.as_bytes());
                }
            }
            if stays {
                // Until the client gives up.
                for line in lines.map_while(Result::ok) {
                    let _ = told.send(line);
                }
            }
        }
    });
    let short = Duration::from_millis(600);
    Server {
        dispatcher: Dispatcher {
            socket: Some(socket),
            starts: false,
            patience: Patience {
                reply: short,
                list: Duration::from_secs(20),
                start: short,
                begin: short,
            },
            connection: None,
            named: false,
            lang: String::new(),
        },
        heard,
        _folder: folder,
    }
}

fn spoken(queued: &str) -> Table {
    table(&[
        ("SET SELF LANGUAGE fr", "201 OK LANGUAGE SET"),
        ("SET SELF RATE 77", "203 OK RATE SET"),
        ("SPEAK", "230 OK RECEIVING DATA"),
        ("..Un deux. STOP", ""),
        (".", queued),
    ])
}

fn greeted(more: Table) -> Table {
    greeting().into_iter().chain(more).collect()
}

const WHAT: Utterance<'_> = Utterance {
    text: ".Un\r\ndeux.\n\tSTOP",
    lang: "fr-FR",
    voice: None,
    rate: 2.0,
};

#[test]
fn a_sentence_is_said_as_the_protocol_wants_it_and_ends_with_its_own_event() {
    let cases: [(&str, Result<bool, Trouble>); 9] = [
        (
            "225-21|225 OK MESSAGE QUEUED|701-21|701-1|701 BEGIN|702-21|702-1|702 END",
            Ok(true),
        ),
        (
            "703-20|703-1|703 CANCELED|225-21|225 OK MESSAGE QUEUED|702-20|702-1|702 END|702-21|702-1|702 END",
            Ok(true),
        ),
        (
            "701-21|701-1|701 BEGIN|702-21|702-1|702 END|225-21|225 OK MESSAGE QUEUED",
            Ok(true),
        ),
        ("225-21|225 OK MESSAGE QUEUED|703-21|703-1|703 CANCELED", Ok(false)),
        ("225-21|225 OK MESSAGE QUEUED", Err(Trouble::Failed)),
        ("300 ERR INTERNAL", Err(Trouble::Failed)),
        ("garbage", Err(Trouble::Failed)),
        ("éé é", Err(Trouble::Failed)),
        ("225-\u{0}\u{7f}|2", Err(Trouble::Failed)),
    ];
    for (answer, wanted) in cases {
        let table = greeted(spoken(answer));
        let expected: Vec<_> = table.iter().map(|(line, _)| line.clone()).collect();
        let mut server = server(vec![table], false);
        assert_eq!(server.dispatcher.say(&WHAT, &|| false), wanted, "{answer}");
        assert_eq!(server.heard.iter().collect::<Vec<_>>(), expected, "{answer}");
    }
}

#[test]
fn what_is_said_is_stopped() {
    let mut table = greeted(spoken("225-21|225 OK MESSAGE QUEUED"));
    table.push(("CANCEL SELF".to_owned(), "213 OK CANCELED".to_owned()));
    let mut server = server(vec![table], false);
    assert_eq!(server.dispatcher.say(&WHAT, &|| true), Ok(false));
    assert_eq!(server.heard.iter().last().as_deref(), Some("CANCEL SELF"));
}

#[test]
fn a_server_that_takes_words_and_never_speaks_is_silent() {
    let mut server = server(vec![greeted(spoken("225-21|225 OK MESSAGE QUEUED"))], true);
    assert_eq!(server.dispatcher.say(&WHAT, &|| false), Err(Trouble::Silent));
    drop(server.dispatcher);
    assert_eq!(server.heard.iter().last().as_deref(), Some("CANCEL SELF"));
}

#[test]
fn a_sentence_that_begins_and_never_ends_is_silent() {
    let begun = "701-21\r\n701-1\r\n701 BEGIN\r\n";
    let (mut other, stream) = UnixStream::pair().unwrap();
    let answering = thread::spawn(move || {
        let mut lines = BufReader::new(other.try_clone().unwrap()).lines();
        for _ in 0..4 {
            lines.next();
            other.write_all(b"220 OK\r\n").unwrap();
        }
        other.write_all(begun.as_bytes()).unwrap();
        lines.next()
    });
    let mut connection = Connection::greet(stream, Duration::from_secs(20), Duration::from_secs(20)).unwrap();
    let patience = Patience {
        begin: Duration::from_secs(20),
        reply: Duration::from_millis(50),
        ..PATIENCE
    };
    let ended = until_ended(&mut connection, "21", patience, Duration::from_millis(80), &|| false);
    assert_eq!(ended, Err(Trouble::Silent));
    assert_eq!(answering.join().unwrap().unwrap().unwrap(), "CANCEL SELF");
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let mut server = server(vec![Table::new(), Table::new()], true);
    server.dispatcher.patience.list = Duration::from_millis(200);
    assert_eq!(server.dispatcher.say(&WHAT, &|| false), Err(Trouble::Failed));
    assert_eq!(server.dispatcher.voices(&["fr".to_owned()]), Err(Trouble::Failed));
}

#[test]
fn a_server_that_ended_between_two_sentences_is_found_again() {
    let ended = "225-21|225 OK MESSAGE QUEUED|702-21|702-1|702 END";
    let mut server = server(vec![greeted(spoken(ended)), greeted(spoken(ended))], false);
    assert_eq!(server.dispatcher.say(&WHAT, &|| false), Ok(true));
    assert_eq!(server.dispatcher.say(&WHAT, &|| false), Ok(true));
}

#[test]
fn a_named_voice_is_chosen_with_its_module_and_left_with_its_connection() {
    let ended = "225-21|225 OK MESSAGE QUEUED|702-21|702-1|702 END";
    let mut chosen = greeted(spoken(ended));
    let name = |line: &str, answer: &str| (line.to_owned(), answer.to_owned());
    // Behind the language, which may bring a module of its own.
    chosen.insert(5, name("SET SELF OUTPUT_MODULE piper", "216 OK OUTPUT MODULE SET"));
    // It is gone meanwhile, and the language's own speaks.
    chosen.insert(6, name("SET SELF SYNTHESIS_VOICE Siwis STOP", "409 ERR VOICE"));
    let expected: Vec<String> = chosen
        .iter()
        .chain(&greeted(spoken(ended)))
        .map(|(line, _)| line.clone())
        .collect();
    let mut server = server(vec![chosen, greeted(spoken(ended))], false);
    let named = Utterance {
        voice: Some("piper\tSiwis\r\nSTOP"),
        ..WHAT
    };
    assert_eq!(server.dispatcher.say(&named, &|| false), Ok(true));
    assert_eq!(server.dispatcher.say(&WHAT, &|| false), Ok(true));
    assert_eq!(server.heard.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn another_language_has_a_connection_of_its_own_without_a_voice() {
    let ended = "225-21|225 OK MESSAGE QUEUED|702-21|702-1|702 END";
    let two = [spoken(ended), spoken(ended)].concat();
    let mut arabic = greeted(spoken(ended));
    for (line, _) in &mut arabic {
        *line = line.replace("LANGUAGE fr", "LANGUAGE ar");
    }
    let mut server = server(vec![greeted(two), arabic], false);
    let ar = Utterance { lang: "ar", ..WHAT };
    for what in [WHAT, WHAT, ar] {
        assert_eq!(server.dispatcher.say(&what, &|| false), Ok(true));
    }
}

fn asked_for_voices(lists: &[(&str, &str)], stays: bool) -> Server {
    let modules: String = lists.iter().map(|(module, _)| format!("250-{module}|")).collect();
    let mut table = greeting();
    table.push(("LIST OUTPUT_MODULES".to_owned(), format!("{modules}250 OK")));
    for (module, list) in lists {
        let chosen = if list.is_empty() { "306 ERR" } else { "216 OK" };
        table.push((format!("SET SELF OUTPUT_MODULE {module}"), chosen.to_owned()));
        if !list.is_empty() {
            table.push(("LIST SYNTHESIS_VOICES".to_owned(), (*list).to_owned()));
        }
    }
    server(vec![table], stays)
}

#[test]
fn voices_are_those_of_the_languages_and_better_modules_come_first() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
    let cases: [Case<'_>; 5] = [
        (
            &[
                (
                    "espeak-ng",
                    "249-A\ten\tnone|249-B\tfr-FR\tnone|249-B+x\tfr-FR\tx|249-C\tde\tnone|249 OK",
                ),
                ("broken", ""),
                ("piper", "249-Siwis\tfr\tnone|249 OK"),
            ],
            &["piper/Siwis", "espeak-ng/A", "espeak-ng/B"],
        ),
        (&[("m", "249-B+x\tfr\tx|249-bad|249-E\ten|249 OK")], &["m/E", "m/B+x"]),
        (&[("m", "249 OK VOICE LIST SENT")], &[]),
        (&[("m", "304 ERR CANT LIST VOICES")], &[]),
        (&[], &[]),
    ];
    for (lists, wanted) in cases {
        let mut server = asked_for_voices(lists, false);
        let voices = server
            .dispatcher
            .voices(&["fr".to_owned(), "en-GB".to_owned()])
            .unwrap();
        let told: Vec<String> = voices.into_iter().map(|voice| voice.id.replace('\t', "/")).collect();
        assert_eq!(told, wanted, "{lists:?}");
    }
}

#[test]
fn a_module_that_hangs_takes_nothing_from_the_others() {
    let lists = [("piper", "249-Siwis\tfr\tnone|249 OK"), ("hung", "249-x\tfr\tnone")];
    let mut server = asked_for_voices(&lists, true);
    // Time enough for what answers.
    server.dispatcher.patience.list = Duration::from_secs(3);
    let voices = server.dispatcher.voices(&["fr".to_owned()]).unwrap();
    assert_eq!(voices.len(), 1);
    // Nor where it is asked first: the others are asked by a connection of their own.
    let mut hung = greeting();
    let say = |line: &str, answer: &str| (line.to_owned(), answer.to_owned());
    hung.push(say("LIST OUTPUT_MODULES", "250-hung|250-piper|250 OK"));
    hung.push(say("SET SELF OUTPUT_MODULE hung", "216 OK"));
    hung.push(say("LIST SYNTHESIS_VOICES", "249-x\tfr\tnone"));
    let mut others = greeting();
    others.push(say("SET SELF OUTPUT_MODULE piper", "216 OK"));
    others.push(say("LIST SYNTHESIS_VOICES", lists[0].1));
    let mut server = self::server(vec![hung, others], true);
    server.dispatcher.patience.list = Duration::from_secs(2);
    let voices = server.dispatcher.voices(&["fr".to_owned()]).unwrap();
    assert_eq!(voices.len(), 1);
    let mut server = asked_for_voices(&lists[1..], true);
    server.dispatcher.patience.list = Duration::from_secs(1);
    assert_eq!(server.dispatcher.voices(&["fr".to_owned()]), Err(Trouble::Failed));
}

#[test]
fn a_list_of_every_voice_there_is_takes_no_time_and_one_without_an_end_is_given_up() {
    let many: String = (0..20_000)
        .map(|number| format!("249-Voice {number}\tfr\tv{number}|"))
        .collect();
    let mut server = asked_for_voices(&[("m", &format!("{many}249 OK"))], false);
    assert_eq!(server.dispatcher.voices(&["fr".to_owned()]).unwrap().len(), 20_000);
    let flood = "249-x|".repeat(2 << 20);
    let mut server = asked_for_voices(&[("m", &format!("{flood}249 OK"))], false);
    // Eight megabytes of lines are too many, however short each is.
    assert_eq!(server.dispatcher.voices(&["fr".to_owned()]), Err(Trouble::Failed));
}

#[test]
fn without_a_server_nothing_speaks() {
    let folder = tempfile::tempdir().unwrap();
    for socket in [None, Some(folder.path().join("none"))] {
        let mut dispatcher = Dispatcher {
            socket,
            starts: false,
            patience: PATIENCE,
            connection: None,
            named: false,
            lang: String::new(),
        };
        assert_eq!(dispatcher.voices(&["fr".to_owned()]), Err(Trouble::NoService));
        assert_eq!(dispatcher.say(&WHAT, &|| false), Err(Trouble::NoService));
    }
}

#[test]
fn speeds_are_within_the_protocols() {
    for (rate, wanted) in [(0.5, -95), (1.0, 0), (1.5, 39), (2.0, 77), (3.0, 100)] {
        assert_eq!(rate_of(rate), wanted, "{rate}");
    }
}
