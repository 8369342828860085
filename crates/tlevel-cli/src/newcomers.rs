//! Occupations to place, from a file of any length or a table. JSON lines are read in batches,
//! so a million of them take no more memory than a thousand.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use tlevel::place::NewOccupation;
use tlevel::read::UnusedMember;
use tlevel::table::Columns;
use tlevel::text::level_number;

use super::input::Input;
use super::{Stop, say};

/// How many occupations are placed at a time.
const BATCH: usize = 4_096;
/// How long a line may be, in bytes.
const LINE: u64 = 64 << 20;

/// Occupations that come in batches.
pub(crate) struct Newcomers {
    name: String,
    source: Source,
    /// Their unused members, as far as they were read.
    unused: Unused,
}

/// An occupation, read or still a line of JSON.
pub(crate) enum Newcomer {
    Read(Box<NewOccupation>),
    Line { number: usize, line: Vec<u8> },
}

impl Newcomer {
    /// Reads the occupations, with their unused members.
    pub(crate) fn read(self) -> Result<(Vec<NewOccupation>, Vec<UnusedMember>), String> {
        let (number, line) = match self {
            Newcomer::Read(new) => return Ok((vec![*new], Vec::new())),
            Newcomer::Line { number, line } => (number, line),
        };
        let text = std::str::from_utf8(&line)
            .map_err(|_| format!("line {number}: the line is not UTF-8; save the file as UTF-8"))?;
        let mut found = tlevel::read::occupation_line(text, u32::try_from(number).unwrap_or(u32::MAX))
            .map_err(|e| e.to_string())?;
        let unused = std::mem::take(&mut found.unused);
        Ok((NewOccupation::from_read(found), unused))
    }
}

/// Unused members, once for each name: the place of the first, and how many more
/// there are.
#[derive(Default)]
pub(crate) struct Unused {
    first: Vec<(UnusedMember, usize)>,
    /// How many have names beyond those listed.
    others: usize,
}

/// How many names are listed.
const LISTED: usize = 10;

impl Unused {
    pub(crate) fn add(&mut self, found: Vec<UnusedMember>) {
        for member in found {
            match self.first.iter().position(|(known, _)| known.name == member.name) {
                Some(at) => self.first[at].1 += 1,
                None if self.first.len() < LISTED => self.first.push((member, 0)),
                None => self.others += 1,
            }
        }
    }

    /// Reports the unused members on standard error.
    pub(crate) fn say(&self, name: &str) {
        for (member, more) in &self.first {
            let more = if *more > 0 { format!(" (and in {more} more)") } else { String::new() };
            say(&format!("note: {name}: {member}{more}"));
        }
        if self.others > 0 {
            say(&format!("note: {name}: {} more members with other names are not used", self.others));
        }
    }
}

enum Source {
    Whole(std::vec::IntoIter<NewOccupation>),
    Lines(Lines),
}

struct Lines {
    reader: BufReader<Box<dyn Read>>,
    /// What was read ahead to recognise the file.
    ahead: Vec<Vec<u8>>,
    /// The number of the line before the next.
    number: usize,
    read: u64,
    /// The size in bytes; 0 if it is not known.
    size: u64,
}

impl Newcomers {
    /// Opens the occupations in a file or on standard input.
    pub(crate) fn open(path: &Path) -> Result<Self, Stop> {
        let (name, reader, size): (String, Box<dyn Read>, u64) = if path == Path::new("-") {
            ("(standard input)".to_owned(), Box::new(std::io::stdin()), 0)
        } else {
            let file = File::open(path).ok().filter(|_| path.is_file());
            // for anything else the reader of whole files reports what is wrong
            let Some(file) = file else { return Newcomers::whole(Input::file(path)?) };
            let size = file.metadata().map_or(0, |data| data.len());
            (path.display().to_string(), Box::new(file), size)
        };
        let mut lines =
            Lines { reader: BufReader::with_capacity(1 << 20, reader), ahead: Vec::new(), number: 0, read: 0, size };
        let mut head = Vec::new();
        while let Some(line) = lines.read_line().map_err(|e| Stop::new(format!("{name}: {e}")))? {
            let is_first = head.is_empty();
            let is_blank = line.trim_ascii().is_empty();
            head.push(line);
            let first = head[0].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head[0]);
            match std::str::from_utf8(first) {
                Ok(first) if is_first && NewOccupation::is_line(first) => {}
                Ok(_) if !is_first && is_blank => {}
                Ok(_) if !is_first => {
                    // a second line after a whole first one
                    head.reverse();
                    lines.ahead = head;
                    return Ok(Newcomers { name, source: Source::Lines(lines), unused: Unused::default() });
                }
                _ => break,
            }
        }
        let mut bytes = head.concat();
        lines.reader.read_to_end(&mut bytes).map_err(|e| Stop::new(format!("{name}: cannot be read: {e}")))?;
        Newcomers::whole(Input::new(name, bytes))
    }

    fn whole(input: Input) -> Result<Self, Stop> {
        if let Some(new) = from_table(&input)?.or_else(|| from_lines(&input)) {
            return Ok(Newcomers {
                name: input.name,
                source: Source::Whole(new.into_iter()),
                unused: Unused::default(),
            });
        }
        let mut found = tlevel::read::occupations(&input.bytes).map_err(|e| input.stop(e))?;
        let mut unused = Unused::default();
        unused.add(std::mem::take(&mut found.unused));
        let new = NewOccupation::from_read(found);
        if new.is_empty() {
            return Err(input.stop(tlevel::place::NewError::Nothing));
        }
        Ok(Newcomers { name: input.name, source: Source::Whole(new.into_iter()), unused })
    }

    /// One occupation, given on the command line.
    pub(crate) fn one(new: NewOccupation) -> Self {
        Newcomers { name: String::new(), source: Source::Whole(vec![new].into_iter()), unused: Unused::default() }
    }

    /// Adds unused members.
    pub(crate) fn note(&mut self, unused: Vec<UnusedMember>) {
        self.unused.add(unused);
    }

    /// The next batch; empty at the end.
    pub(crate) fn next_batch(&mut self) -> Result<Vec<Newcomer>, Stop> {
        match &mut self.source {
            Source::Whole(rest) => Ok(rest.by_ref().take(BATCH).map(|new| Newcomer::Read(Box::new(new))).collect()),
            Source::Lines(lines) => lines.batch().map_err(|message| self.stop(&message)),
        }
    }

    /// Reports the unused members.
    pub(crate) fn say_unused(&self) {
        self.unused.say(&self.name);
    }

    /// A message about them.
    pub(crate) fn stop(&self, message: &str) -> Stop {
        Stop::new(format!("{}: {message}", self.name))
    }

    /// How much is read, and how much there is; `None` if that is not known.
    pub(crate) fn progress(&self) -> Option<(u64, u64)> {
        match &self.source {
            Source::Lines(lines) if lines.size > 0 => Some((lines.read, lines.size)),
            _ => None,
        }
    }
}

/// The columns of a table of occupations to place.
const TABLE: &[Columns] = &[Columns::new("a list of occupations", &["title"])
    .with_optional(&["id", "level", "job_titles", "keywords", "overview", "text"])
    .with_aliases(&[("job_title", "job_titles"), ("statements", "text")])];

/// The occupations of a table; `None` if the input is not one.
fn from_table(input: &Input) -> Result<Option<Vec<NewOccupation>>, Stop> {
    let first = input.bytes.iter().find(|b| !b.is_ascii_whitespace());
    if first.is_none_or(|b| b"{[<\"".contains(b)) || !is_headed(&input.bytes) {
        return Ok(None);
    }
    let table = input.table(TABLE)?;
    let (mut new, mut empty) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let list =
            |column| row.cell(column).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
        let mut one = NewOccupation::titled(row.cell("title")).with_overview(row.cell("overview"));
        one.id = row.get("id").filter(|id| !id.is_empty()).map_or_else(|| row.place("title"), str::to_owned);
        one.job_titles = list("job_titles").collect();
        one.keywords = list("keywords").collect();
        one.statements = row.cell("text").lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        one.level = level(row.cell("level")).map_err(|found| {
            input.stop(format!("{}: \"{found}\" is not a level; give a number from 2 to 7", row.place("level")))
        })?;
        let says = !one.title.is_empty() || !one.overview.is_empty() || !one.statements.is_empty();
        if says || !one.job_titles.is_empty() || !one.keywords.is_empty() {
            new.push(one);
        } else {
            empty.push(row.place("title"));
        }
    }
    if let [first, others @ ..] = &empty[..] {
        let others = match others.len() {
            0 => String::new(),
            1 => " and another row".to_owned(),
            n => format!(" and {n} other rows"),
        };
        say(&format!("note: {}: {first}{others}: without a title and a text nothing can be placed", input.name));
    }
    if new.is_empty() {
        return Err(input.stop("the table has no occupations; give one a row, with a title"));
    }
    Ok(Some(new))
}

/// The level in a cell such as "3", "Level 3" or "three"; none where it is not known.
fn level(cell: &str) -> Result<Option<i64>, &str> {
    let word = cell.to_lowercase();
    if matches!(&*word, "n/a" | "na" | "tba" | "tbc" | "tbd" | "unknown") || !word.contains(char::is_alphanumeric) {
        return Ok(None);
    }
    // "NVQ 3" too
    let number = level_number(cell).or_else(|| level_number(cell.trim_start_matches(|c: char| !c.is_ascii_digit())));
    number.filter(|level| (2..=7).contains(level)).map(Some).ok_or(cell)
}

/// Whether it is a workbook, or one of its first lines has a cell "title".
fn is_headed(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK") {
        return true;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]);
    let is_title = |cell: &str| cell.trim().trim_matches('"').eq_ignore_ascii_case("title");
    let has_title = |line: &str| line.trim_start_matches('\u{feff}').split([',', ';', '\t', '|']).any(is_title);
    head.lines().take(5).any(|line| line.contains([',', ';', '\t', '|']) && has_title(line))
        || head.lines().next().is_some_and(has_title)
}

/// How long a line may be that is a title.
const TITLE: usize = 80;

/// The occupations of plain lines, each of which is a title; `None` if the
/// input is anything else.
fn from_lines(input: &Input) -> Option<Vec<NewOccupation>> {
    let text = std::str::from_utf8(input.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&input.bytes)).ok()?;
    let is_title = |line: &str| {
        line.chars().count() <= TITLE
            && line.starts_with(char::is_alphabetic)
            && !line.contains(['{', '}', '<', '>', '[', ']', ',', ';', '\t', '"', ':'])
            && !matches!(line, "null" | "true" | "false")
    };
    let lines: Vec<(usize, &str)> =
        (1..).zip(text.lines()).map(|(n, line)| (n, line.trim())).filter(|(_, line)| !line.is_empty()).collect();
    let all = !lines.is_empty() && lines.iter().all(|(_, line)| is_title(line));
    let title = |(n, line): (usize, &str)| NewOccupation::titled(line).with_id(format!("line {n}"));
    all.then(|| lines.into_iter().map(title).collect())
}

impl Lines {
    fn batch(&mut self) -> Result<Vec<Newcomer>, String> {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let mut line = match self.ahead.pop() {
                Some(line) => line,
                None => match self.read_line()? {
                    Some(line) => line,
                    None => break,
                },
            };
            self.number += 1;
            if self.number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if !line.trim_ascii().is_empty() {
                batch.push(Newcomer::Line { number: self.number, line });
            }
        }
        Ok(batch)
    }

    /// The next line with its line end; `None` after the last.
    fn read_line(&mut self) -> Result<Option<Vec<u8>>, String> {
        let mut line = Vec::new();
        let limited = (&mut self.reader).take(LINE).read_until(b'\n', &mut line);
        let length = limited.map_err(|e| format!("cannot be read: {e}"))? as u64;
        self.read += length;
        if length == LINE && !line.ends_with(b"\n") {
            return Err(format!("a line has more than {LINE} bytes; split it"));
        }
        Ok((length > 0).then_some(line))
    }
}
