//! Occupations to place, from a file of any length. JSON lines are read in batches,
//! so a million of them take no more memory than a thousand.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use tlevel::place::NewOccupation;
use tlevel::read::UnusedMember;

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
