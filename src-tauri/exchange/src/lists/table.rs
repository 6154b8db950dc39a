//! Tables of text: CSV as people's programs write it.
//!
//! Columns go by their names, whatever case, spaces and underscores these have. Commas, semicolons and tabs divide
//! fields, whichever gives the head more names. A quote that nobody closed would swallow the rows behind it: then the
//! row is read by its line, and the rows behind it as if nothing had been.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::receipt::Receipt;

/// A table at some row.
pub(super) struct Table<'a> {
    text: Cow<'a, str>,
    position: usize,
    line: usize,
    delimiter: u8,
    names: Vec<String>,
    core: Reader,
    /// How many bytes may still be read a second time.
    patience: usize,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    output: Vec<u8>,
    ends: Vec<usize>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    fields: Vec<String>,
    /// The line it starts in, from 1.
    pub line: usize,
    /// Its quoting was odd, and it was read by its line alone.
    pub mended: bool,
}

impl Row {
    /// Tells in a receipt what was odd about the row.
    pub fn tell(&self, table: &Table<'_>, receipt: &mut Receipt) {
        if self.mended {
            receipt.degrade("row-quoting", None);
        }
        if self.fields.len() < table.names.len() {
            receipt.degrade("row-short", None);
        }
        for extra in self.fields.get(table.names.len()..).unwrap_or_default() {
            if !extra.trim().is_empty() {
                receipt.leave_out("row-extra", Some(extra));
            }
        }
    }
}

impl<'a> Table<'a> {
    /// The table of a text, behind its head.
    pub fn open(text: Cow<'a, str>) -> Table<'a> {
        let best = [b',', b';', b'\t']
            .into_iter()
            .map(|delimiter| (head(&text, delimiter).len(), delimiter))
            .rev()
            .max_by_key(|(columns, _)| *columns);
        let delimiter = best.map_or(b',', |(_, delimiter)| delimiter);
        let patience = text.len().saturating_mul(4) + 64 * 1024;
        let mut table = Table {
            text,
            position: 0,
            line: 1,
            delimiter,
            names: Vec::new(),
            core: reader(delimiter),
            patience,
            buffers: Buffers::default(),
        };
        table.names = table
            .record()
            .map(|fields| fields.iter().map(|name| folded(name)).collect())
            .unwrap_or_default();
        table
    }

    /// As [`Table::open`]; columns that are none of these are told as left out.
    pub fn open_known(text: Cow<'a, str>, known: &[&str], receipt: &mut Receipt) -> Table<'a> {
        let table = Table::open(text);
        for column in table.others(known) {
            receipt.leave_out("column", Some(&column));
        }
        table
    }

    /// The columns that are none of these, as the table names them.
    fn others(&self, known: &[&str]) -> Vec<String> {
        let known: Vec<String> = known.iter().map(|name| folded(name)).collect();
        let first_line = head(&self.text, self.delimiter);
        let unknown = |name: &String| !name.trim().is_empty() && !known.contains(&folded(name));
        first_line.into_iter().filter(unknown).collect()
    }

    /// What a row holds in the column of that name; empty when there is no such column.
    pub fn get<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let name = folded(name);
        self.names
            .iter()
            .zip(&row.fields)
            .find(|(known, field)| **known == name && !field.trim().is_empty())
            .map_or("", |(_, field)| field.as_str())
    }

    /// The next row. `sound` says whether fields make sense in their columns; it is asked of rows whose quoting is
    /// in doubt.
    pub fn next(&mut self, sound: impl Fn(&Table<'a>, &Row) -> bool) -> Option<Row> {
        let (start, line) = self.skip_blank_lines();
        let fields = self.record()?;
        let row = Row {
            fields,
            line,
            mended: false,
        };
        let spanned = self.text.get(start..self.position).unwrap_or_default();
        let several_lines = spanned.trim_end().contains(['\n', '\r']);
        if !several_lines || self.patience < spanned.len() {
            return Some(row);
        }
        let first_line = spanned.split(['\n', '\r']).next().unwrap_or_default();
        let first_length = first_line.len();
        let by_line = Row {
            fields: self.split_line(first_line),
            line,
            mended: true,
        };
        let fits = |fields: usize| fields == self.names.len();
        let broken = !fits(row.fields.len());
        // What a quote was meant to hold over several lines holds no columns, and no other row's address; and the
        // other fields of the line close theirs.
        let open = |piece: &&str| piece.matches('"').count() % 2 == 1;
        let swallows = head(first_line, self.delimiter).len() < self.names.len()
            && first_line.split(char::from(self.delimiter)).filter(open).count() == 1;
        let others = row
            .fields
            .iter()
            .any(|field| field.contains('\n') && field.contains("://"));
        let better = fits(by_line.fields.len()) && swallows && (broken || (others && sound(self, &by_line)));
        let swallowed_all = broken && self.position == self.text.len();
        if !better && !swallowed_all {
            return Some(row);
        }
        self.patience -= spanned.len();
        self.position = start + first_length;
        self.line = line;
        self.core.reset();
        Some(by_line)
    }

    fn skip_blank_lines(&mut self) -> (usize, usize) {
        let rest = self.text.as_bytes().get(self.position..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.line += count_lines(rest.get(..blank).unwrap_or_default());
        self.position += blank;
        (self.position, self.line)
    }

    /// The record at the position, which moves behind it.
    fn record(&mut self) -> Option<Vec<String>> {
        let start = self.position;
        let fields = self
            .buffers
            .read(&mut self.core, self.text.as_bytes(), &mut self.position)?;
        self.line += count_lines(self.text.as_bytes().get(start..self.position).unwrap_or_default());
        Some(fields)
    }

    /// A line cut at its delimiters, quotes or not.
    fn split_line(&self, line: &str) -> Vec<String> {
        line.split(char::from(self.delimiter))
            .map(|field| field.trim().trim_matches('"').replace("\"\"", "\""))
            .collect()
    }
}

impl Buffers {
    fn read(&mut self, core: &mut Reader, text: &[u8], position: &mut usize) -> Option<Vec<String>> {
        if self.output.is_empty() {
            self.output.resize(4 * 1024, 0);
            self.ends.resize(32, 0);
        }
        let (mut written, mut ended) = (0, 0);
        loop {
            // The library looks at all it is given, however little it then takes.
            let end = text.len().min(*position + AT_ONCE);
            let input = text.get(*position..end).unwrap_or_default();
            let (result, read, output, ends) =
                core.read_record(input, self.output.get_mut(written..)?, self.ends.get_mut(ended..)?);
            *position += read;
            written += output;
            ended += ends;
            match result {
                // The end of the input is told by giving none.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::End => return None,
                ReadRecordResult::Record => break,
            }
        }
        let mut start = 0;
        let ends = self.ends.get(..ended)?;
        let fields = ends.iter().map(|end| {
            let field = self.output.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(field).into_owned()
        });
        Some(fields.collect())
    }
}

/// How many bytes are given to the library at a time.
const AT_ONCE: usize = 4 * 1024;

/// The fields of a text's first record.
pub(super) fn head(text: &str, delimiter: u8) -> Vec<String> {
    const LONGEST: usize = 16 * 1024;
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    Buffers::default()
        .read(&mut reader(delimiter), text.as_bytes(), &mut 0)
        .unwrap_or_default()
}

/// A column's name without case, spaces and marks: `Highlight_Count` is `highlightcount`.
pub(super) fn folded(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

fn count_lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<(Vec<String>, usize, bool)> {
        let mut table = Table::open(text.into());
        let mut rows = Vec::new();
        while let Some(row) = table.next(|table, row| table.get(row, "url").starts_with("http")) {
            rows.push((row.fields, row.line, row.mended));
        }
        rows
    }

    #[test]
    fn columns_go_by_their_names() {
        for text in [
            "Title,URL,Highlight_Count\nA,http://a,3\n",
            "title;url;highlight count\r\nA;http://a;3\r\n",
            "highlight-count\tURL \tTITLE\n3\thttp://a\tA",
        ] {
            let mut table = Table::open(text.into());
            let row = table.next(|_, _| true);
            let row = row.as_ref();
            let get = |name| row.map(|row| table.get(row, name));
            assert_eq!(get("title"), Some("A"), "{text}");
            assert_eq!(get("url"), Some("http://a"), "{text}");
            assert_eq!(get("Highlight Count"), Some("3"), "{text}");
            assert_eq!(get("absent"), Some(""), "{text}");
            assert_eq!(table.others(&["title", "url"]).len(), 1);
        }
    }

    #[test]
    fn rows_know_their_line() {
        let read = rows("title,url\n\n\"a\nb\",http://a\r\n\r\nc,http://c");
        let lines: Vec<usize> = read.iter().map(|(_, line, _)| *line).collect();
        assert_eq!(lines, [3, 6]);
    }

    #[test]
    fn a_quote_that_nobody_closed_costs_its_own_row_at_most() {
        // The stray quote meets another one three rows later, so that the swallowed rows look like one field.
        let read = rows("title,url\n\"Un titre,http://1\nB,http://2\n\"C, c\",http://3\nD,http://4\n");
        let titles: Vec<&str> = read.iter().map(|(fields, _, _)| fields[0].as_str()).collect();
        assert_eq!(titles, ["Un titre", "B", "C, c", "D"]);
        assert!(read[0].2 && !read[1].2);
        // It is never closed at all.
        let read = rows("title,url\nA,http://1\n\"B,http://2\nC,http://3\n");
        let titles: Vec<&str> = read.iter().map(|(fields, _, _)| fields[0].as_str()).collect();
        assert_eq!(titles, ["A", "B", "C"]);
        // An honest title of several lines, with an address in it.
        let read = rows("title,url\n\"A\nsee http://x, and\nb\",http://1\n");
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].0[1], "http://1");
    }

    #[test]
    fn stray_quotes_cost_bounded_time() {
        let text = format!("title,url\n{}", "\"a\"\",b\n".repeat(100_000));
        assert!(!rows(&text).is_empty());
    }

    fn csv(rows: &[Vec<String>]) -> String {
        let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
        rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(
            fields in prop::collection::vec(prop::collection::vec("[a-cé،;,\"'\n\r\t 😀h:/]{0,12}", 3), 1..8),
        ) {
            let mut all = vec![vec!["title".to_owned(), "url".to_owned(), "tags".to_owned()]];
            all.extend(fields.iter().cloned().map(|mut row| {
                row[1] = format!("http://x/{}", row[1].len());
                row
            }));
            let read = rows(&csv(&all));
            let read: Vec<Vec<String>> = read.into_iter().map(|(fields, _, _)| fields).collect();
            prop_assert_eq!(read, all.get(1..).unwrap_or_default());
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "[a,;\"\n\r\t é]{0,60}") {
            prop_assert!(rows(&text).len() <= text.len());
        }
    }
}
