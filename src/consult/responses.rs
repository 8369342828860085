//! Groups many responses into proposals.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use itertools::Itertools as _;

use super::form::FORM;
use super::mentions::MapNames;
use super::names::LookedUp;
use super::people::{PERSONAL, People};
use super::redact::Names;
use super::requests::{Asking, COLUMNS, Request, Row, TABLE, rows};
use super::screening::{
    NamedPlace, Proposal, ProposalName, Question, Respondent, ResponseNote, ResponseScreening, Screening,
};
use super::spelling::Spelling;
use super::tracked::{Corrected, TrackedProposal};
use super::tracker::Tracker;
use super::{Consultation, ConsultationError, Intake, alike, names};
use crate::change::BranchAt;
use crate::each::each;
use crate::map::{Branch, BranchName, Map};
use crate::order;
use crate::place::Verdict;
use crate::table::{Columns, Table, csv, no_formula};

/// How many proposals are screened before progress is reported.
const AT_ONCE: usize = 16;

impl<'m> Consultation<'m> {
    /// Returns what many responses propose: each different proposal once, screened, by
    /// question. Of (a), those that most responses make come first; of (b) and (c), those
    /// that change most.
    ///
    /// # The file
    ///
    /// A table with a header, as read by [`table`](mod@crate::table). Columns
    /// may come in any order; others are noted and ignored.
    ///
    /// | Column | Content |
    /// |---|---|
    /// | `question` | `a`, `b` or `c`; always required |
    /// | `occupation` | (a) the title of the new one; (b) the id or title of the one to move |
    /// | `level` | (a) its level, 2 to 7, optional; the one that most give counts |
    /// | `to` | (a) the proposed place, optional; (b) the new place |
    /// | `from` | (b) the assumed current place; a note is made if it is wrong |
    /// | `to` or `from` | (c) the branch; otherwise the column `map` |
    /// | `map` | a route; decides between branches or occupations with the same name |
    /// | `rationale` | the reason |
    /// | `respondent`, `organisation`, `email` | the person who responded |
    ///
    /// The export of a form is read too: a row for each respondent, the three
    /// questions as columns, recognised by their letter or their words, and their
    /// reasons. A line of an answer is a response. What it proposes is read out of its
    /// first sentence ("Bricklayer should move to Catering"), and a note says how it was
    /// read.
    ///
    /// A name that differs from the only one on the map by a plural, a hyphen or a slip
    /// is taken, with a note.
    ///
    /// # Personal details
    ///
    /// Unless [`People::Named`] asks for them, these are left out of rationales and new
    /// titles: e-mail and web addresses of respondents; what is in the three columns of
    /// respondents, in any row, whole or in part, as whole words; names after a title, in a
    /// signature or after "my name is"; telephone and National Insurance numbers;
    /// postcodes and streets. Words of the language, such as "art", are only left out
    /// where a capital shows that they are the row's own name. Other people's names in
    /// running text are not found: a person must read the texts before they are
    /// published. Notes name the column of a cell that is not understood and do not
    /// show the cell.
    ///
    /// Proposals are the same if they answer the same question on the same
    /// occupation (by id; a new one by [`title_key`](crate::text::title_key)) or branch;
    /// moves also need the same target. A new title is shown in its most frequent
    /// spelling; ties: alphabetically. Where a new occupation would go is where most
    /// responses put it; if none says so, it is the route that most are about. Only the
    /// title of a new occupation is known.
    ///
    /// A row that cannot be read or applied is listed with its line and the
    /// reason. The others are still processed.
    ///
    /// # Errors
    ///
    /// [`ConsultationError::Table`]: the column `question` is missing, a known
    /// column appears twice, or a quote is never closed.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::consult::{Consultation, People};
    /// use tlevel::{concept::Concepts, derive::Policy};
    ///
    /// let map = tlevel::check(tlevel::read(&std::fs::read("fixtures/maps/consultation.json")?)?)?.map;
    /// let concepts = Concepts::exact(&map);
    /// let consultation = Consultation::new(&map, &concepts, &Policy::t_level())?;
    ///
    /// let csv = "\
    /// question,occupation,to,respondent,rationale
    /// b,Bricklayer,Caterer,Pat Jones,They cook too
    /// c,,protective-services,Sam Smith,
    /// b,LARS287,catering,Lee Brown,
    /// b,bricklayers,caterer,Kim White,No idea
    /// b,Brick layering,caterer,Ann Black,
    /// ";
    /// let screened = consultation.responses(csv, People::LeftOut)?;
    /// assert_eq!(screened.responses, 5);
    /// let ranked: Vec<(&str, usize)> = screened.proposals.iter().map(|p| (p.title.as_str(), p.responses)).collect();
    /// assert_eq!(ranked[0], ("Move Bricklayer (LARS287) to Caterer", 2));
    /// assert_eq!(ranked[2], ("Open Protective services", 1));
    /// let wrong = &screened.not_screened[0];
    /// assert_eq!((wrong.line, wrong.message.contains("did you mean \"Bricklayer\"?")), (6, true));
    /// assert_eq!(screened.notes[0].message, "\"occupation\" is taken as Bricklayer (LARS287)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the rows, plus a screening for each different proposal.
    pub fn responses(&self, csv: &str, people: People) -> Result<ResponseScreening, ConsultationError> {
        let table = Table::read(csv.as_bytes(), Consultation::RESPONSES)?;
        Ok(self.take_in(&Intake::new(&table).with_people(people), |_, _| {}).0)
    }

    /// The columns of a file of responses: a row for each proposal, or the export of a
    /// form.
    pub const RESPONSES: &'static [Columns] = &[TABLE, FORM];

    /// Like [`Consultation::responses`], for all that an [`Intake`] may have. Before every
    /// few screenings, `watch` is called with the number done and the total.
    ///
    /// Also returns the rows that could not be screened as CSV, for a person to mend: the
    /// columns of a file of responses without the respondent's, `row` (which row it is)
    /// and `reason` (what to mend). Personal details are left out as in the screening.
    ///
    /// # Complexity
    ///
    /// As [`Consultation::responses`].
    pub fn take_in(&self, intake: &Intake<'_>, mut watch: impl FnMut(usize, usize)) -> (ResponseScreening, String) {
        let people = intake.people;
        let mut out = ResponseScreening {
            responses: 0,
            proposals: Vec::new(),
            not_made: Vec::new(),
            not_screened: Vec::new(),
            notes: Vec::new(),
        };
        let mut rejected: Vec<(Row, String)> = Vec::new();
        let mut groups: IndexMap<String, Group<'m>> = IndexMap::new();
        let (rows, people_named) = read(self.map, intake, &mut out);
        let mut names = LookedUp::new(self.map);
        let mut spelling = intake.words.map(|words| Spelling::new(words, self.map));
        for row in rows {
            out.responses += 1;
            let (names, notes, spelling) = (&mut names, &mut out.notes, spelling.as_mut());
            let asking = Asking { map: self.map, names, row: &row, people, spelling, notes };
            match asking.request() {
                Ok(asked) => {
                    let own = asked.key();
                    let key = intake.tracker.map_or(own.as_str(), |tracker| tracker.key_of(&own));
                    if !groups.contains_key(key) {
                        groups.insert(key.to_owned(), Group::new(key.to_owned(), asked.clone()));
                    }
                    if let Some(group) = groups.get_mut(key) {
                        group.add(asked, row, own == key);
                    }
                }
                Err(reason) => rejected.push((row, reason)),
            }
        }
        let many = groups.len();
        let groups: Vec<Group<'m>> = groups.into_values().collect();
        let mut screened = Vec::with_capacity(many);
        for some in groups.chunks(AT_ONCE) {
            watch(screened.len(), many);
            screened.extend(self.screen_all(some));
        }
        for (group, screened) in groups.into_iter().zip(screened) {
            match screened {
                Ok((size, screening)) => out.proposals.push(self.proposal(group, people, size, screening)),
                Err(error) => rejected.extend(group.rows.into_iter().map(|row| (row, error.to_string()))),
            }
        }
        watch(many, many);
        say_what_may_be_the_same(&mut out.proposals);
        // stable: ties stay in the order of the file
        order::by_key(&mut out.proposals, weight);
        keep_decisions(intake.tracker, &mut out);
        order::by_key(&mut rejected, |(row, _)| row.line);
        let note = |(row, reason): &(Row, String)| ResponseNote { line: row.line, message: reason.clone() };
        out.not_screened = rejected.iter().map(note).collect();
        if let Some(named) = people_named {
            rejected.iter_mut().for_each(|(row, _)| row.leave_out_of_answers(&named));
        }
        (out, to_mend(&rejected))
    }

    /// Screens proposals, with the feature `parallel` on several threads.
    fn screen_all(&self, groups: &[Group<'m>]) -> Vec<Result<(usize, Screening), ConsultationError>> {
        each(groups, 1, || (), |(), group| self.screen(group))
    }

    fn screen(&self, group: &Group<'m>) -> Result<(usize, Screening), ConsultationError> {
        match &group.asked {
            Request::New { .. } => {
                let screening = self.screen_title(group.new_title(), group.level(), group.place())?;
                let is_there = screening.placement.verdict == Verdict::SameTitle;
                let size = screening.outcome.as_ref().filter(|_| !is_there).map_or(0, |o| o.size);
                Ok((size, screening.into()))
            }
            Request::Move { occupation, to } => {
                self.screen_move(*occupation, *to).map(|screening| (screening.outcome.size, screening.into()))
            }
            Request::Open { branch } => {
                self.screen_open(*branch).map(|screening| (screening.outcome.size, screening.into()))
            }
        }
    }

    fn proposal(&self, group: Group<'m>, people: People, size: usize, screening: Screening) -> Proposal {
        let place_by_map = if group.places.is_empty() { group.place() } else { None };
        let on_the_map = match &screening {
            Screening::NewOccupation(new) => {
                let known = new.placement.known.first().and_then(|known| known.occupation.as_deref());
                known.and_then(|id| self.known(id))
            }
            _ => None,
        };
        let mut rationales: Vec<String> = Vec::new();
        for row in &group.rows {
            rationales.extend(row.cell("rationale").map(str::to_owned).filter(|why| !rationales.contains(why)));
        }
        let respondent = |row: &Row| {
            let [respondent, organisation, email] = PERSONAL.map(|column| row.cell(column).map(str::to_owned));
            let someone = respondent.is_some() || organisation.is_some() || email.is_some();
            someone.then_some(Respondent { line: row.line, respondent, organisation, email })
        };
        let respondents = match people {
            People::LeftOut => Vec::new(),
            People::Named => group.rows.iter().filter_map(respondent).collect(),
        };
        Proposal {
            question: group.asked.question(),
            title: group.in_words(),
            routes: routes(&screening),
            responses: group.rows.len(),
            lines: group.rows.iter().map(|row| row.line).collect(),
            rationales,
            respondents,
            places: group.named_places(),
            place_by_map: place_by_map.map(name_of_branch),
            perhaps_same: Vec::new(),
            on_the_map,
            size,
            tracked: None,
            corrected: None,
            key: group.key,
            screening,
        }
    }
}

fn name_of_branch(branch: Branch<'_>) -> BranchName {
    BranchName { id: branch.id().to_owned(), name: branch.name().to_owned() }
}

/// The routes that a proposal concerns.
fn routes(screening: &Screening) -> Vec<BranchName> {
    let all: Vec<BranchName> = match screening {
        Screening::NewOccupation(new) => new.target.iter().map(|target| target.cluster.route.clone()).collect(),
        Screening::MoveOccupation(moved) => {
            vec![moved.occupation.place.route.clone(), moved.target.cluster.route.clone()]
        }
        Screening::OpenBranch(open) => {
            let of_occupations = open.occupations.first().map(|o| o.occupation.place.route.clone());
            let BranchAt { id, name, .. } = open.branch.clone();
            vec![of_occupations.unwrap_or(BranchName { id, name })]
        }
        Screening::Responses(_) | Screening::Gaps(_) => Vec::new(),
    };
    all.into_iter().unique_by(|route| route.id.clone()).collect()
}

/// By question; then (a) the responses and what the map has of it; (b), (c) the changes
/// and the responses. What sorts first is first.
fn weight(proposal: &Proposal) -> (Question, std::cmp::Reverse<(usize, usize)>) {
    let by = match &proposal.screening {
        Screening::NewOccupation(new) => {
            let news = match new.placement.verdict {
                Verdict::SameTitle => 0,
                Verdict::KnownAs => 1,
                Verdict::Overlaps => 2,
                _ => 3,
            };
            (proposal.responses, news)
        }
        _ => (proposal.size, proposal.responses),
    };
    (proposal.question, std::cmp::Reverse(by))
}

/// Lists new occupations with titles that may mean the same with each other.
fn say_what_may_be_the_same(proposals: &mut [Proposal]) {
    let new: Vec<usize> = (0..proposals.len()).filter(|at| proposals[*at].question == Question::A).collect();
    let title = |at: &usize| match &proposals[*at].screening {
        Screening::NewOccupation(new) => new.title.as_str(),
        _ => "",
    };
    let titles: Vec<&str> = new.iter().map(title).collect();
    let name = |at: usize| ProposalName { key: proposals[at].key.clone(), title: proposals[at].title.clone() };
    let mut found: Vec<(usize, ProposalName)> = Vec::new();
    for (a, b) in alike::pairs(&titles) {
        // who names both means two
        let (one, other) = (&proposals[new[a]].lines, &proposals[new[b]].lines);
        if one.iter().any(|line| other.binary_search(line).is_ok()) {
            continue;
        }
        found.push((new[a], name(new[b])));
        found.push((new[b], name(new[a])));
    }
    for (at, other) in found {
        proposals[at].perhaps_same.push(other);
    }
}

/// Adds to each proposal what the tracker says of it, and lists those of the tracker
/// that no response makes.
fn keep_decisions(tracker: Option<&Tracker>, out: &mut ResponseScreening) {
    let Some(tracker) = tracker else { return };
    let mut by_key: HashMap<&str, &TrackedProposal> =
        tracker.proposals().iter().map(|proposal| (proposal.key.as_str(), proposal)).collect();
    for proposal in &mut out.proposals {
        let Some(row) = by_key.remove(proposal.key.as_str()) else { continue };
        proposal.tracked = Some(row.tracked.clone()).filter(|said| !said.is_empty());
        let corrected = Corrected { occupation: row.occupation.clone(), level: row.level, place: row.place.clone() };
        proposal.corrected = Some(corrected).filter(|corrected| *corrected != Corrected::default());
    }
    // those that are the same as another count there
    let kept = tracker.proposals().iter().filter(|row| by_key.contains_key(row.key.as_str()));
    out.not_made = kept.cloned().collect();
}

/// The rows of a file, those that are corrected replaced, without personal details
/// unless they are asked for; and the names that were left out.
fn read(map: &Map, intake: &Intake<'_>, out: &mut ResponseScreening) -> (Vec<Row>, Option<Names>) {
    let names = MapNames::of(map);
    let mut all = rows(intake.table, &names, out);
    for row in all.iter_mut().filter(|row| row.key.is_empty()) {
        row.key = row.line.to_string();
    }
    let mut corrections = intake.corrected.map(|table| rows(table, &names, out)).unwrap_or_default();
    let by_key: HashMap<String, usize> = all.iter().enumerate().map(|(at, row)| (row.key.clone(), at)).collect();
    let mut is_replaced = vec![false; all.len()];
    for row in &mut corrections {
        row.is_mended = true;
        if let Some(at) = by_key.get(&row.key) {
            row.replace(&all[*at]);
            is_replaced[*at] = true;
        }
    }
    let mut kept = is_replaced.into_iter().map(|is_replaced| !is_replaced);
    all.retain(|_| kept.next().unwrap_or(true));
    all.extend(corrections);
    // stable: several rows of a line in their order
    order::by_key(&mut all, |row| row.line);
    if intake.people == People::LeftOut {
        let titles = map.occupations().map(|o| o.title()).chain(map.branches().map(|b| b.name()));
        let map = titles.chain(map.statements().map(|s| s.text()));
        let texts = all.iter().filter_map(|row| row.cell("rationale"));
        let names = Names::of(all.iter().flat_map(Row::personal), map, texts);
        leave_out(&mut all, &names);
        return (all, Some(names));
    }
    (all, None)
}

/// Leaves personal details out of all rows.
fn leave_out(rows: &mut [Row], names: &Names) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        rows.par_iter_mut().with_min_len(AT_ONCE).for_each(|row| row.leave_out(names));
    }
    #[cfg(not(feature = "parallel"))]
    rows.iter_mut().for_each(|row| row.leave_out(names));
}

/// Rows as CSV, each with the reason why it was not screened.
fn to_mend(rejected: &[(Row, String)]) -> String {
    let columns = COLUMNS.into_iter().filter(|column| !PERSONAL.contains(column));
    let header = ["row"].into_iter().chain(columns.clone()).chain(["reason"]).map(str::to_owned).collect();
    let line = |(row, reason): &(Row, String)| -> Vec<String> {
        let cells = columns.clone().map(|column| no_formula(row.cell(column).unwrap_or_default()));
        [row.key.clone()].into_iter().chain(cells).chain([reason.clone()]).collect()
    };
    csv(std::iter::once(header).chain(rejected.iter().map(line)))
}

/// Responses with the same proposal.
struct Group<'m> {
    key: String,
    asked: Request<'m>,
    rows: Vec<Row>,
    /// The spellings of a new title.
    titles: BTreeMap<String, usize>,
    /// The levels that are given for it.
    levels: BTreeMap<i64, usize>,
    /// The places that are named for it.
    places: BTreeMap<&'m str, (Branch<'m>, usize)>,
    /// The routes that the responses are about.
    maps: BTreeMap<&'m str, (Branch<'m>, usize)>,
}

impl<'m> Group<'m> {
    fn new(key: String, asked: Request<'m>) -> Self {
        let (titles, levels) = (BTreeMap::new(), BTreeMap::new());
        Group { key, asked, rows: Vec::new(), titles, levels, places: BTreeMap::new(), maps: BTreeMap::new() }
    }

    /// Adds a response; one that a person found to be the same does not name the proposal.
    fn add(&mut self, asked: Request<'m>, row: Row, is_own: bool) {
        self.rows.push(row);
        if is_own {
            self.asked = asked.clone();
        }
        let Request::New { title, level, to, map } = asked else { return };
        *self.titles.entry(title).or_default() += usize::from(is_own);
        level.into_iter().for_each(|level| *self.levels.entry(level).or_default() += 1);
        let count = |of: &mut BTreeMap<&'m str, (Branch<'m>, usize)>, branch: Branch<'m>| {
            of.entry(branch.id()).or_insert((branch, 0)).1 += 1;
        };
        to.into_iter().for_each(|to| count(&mut self.places, to));
        map.into_iter().for_each(|map| count(&mut self.maps, Branch::Route(map)));
    }

    /// The new title in its most frequent spelling; ties: alphabetically.
    fn new_title(&self) -> String {
        let most = self.titles.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(title, _)| title.clone()).unwrap_or_default()
    }

    /// The level that most give; ties: the lowest.
    fn level(&self) -> Option<i64> {
        self.levels.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(level, _)| *level)
    }

    /// The place that most name; without any, the route that most are about. Ties: by id.
    fn place(&self) -> Option<Branch<'m>> {
        most(&self.places).or_else(|| most(&self.maps))
    }

    fn named_places(&self) -> Vec<NamedPlace> {
        let mut places: Vec<NamedPlace> = (self.places.values())
            .map(|(branch, responses)| NamedPlace { branch: names::at(*branch), responses: *responses })
            .collect();
        // stable: ties stay in the order of their ids
        order::by_key(&mut places, |place| std::cmp::Reverse(place.responses));
        places
    }

    fn in_words(&self) -> String {
        match &self.asked {
            Request::New { level, map, .. } => {
                Request::New { title: self.new_title(), level: *level, to: most(&self.places), map: *map }.in_words()
            }
            asked => asked.in_words(),
        }
    }
}

/// The branch with the highest count; ties: the first.
fn most<'m>(of: &BTreeMap<&'m str, (Branch<'m>, usize)>) -> Option<Branch<'m>> {
    of.values().rev().max_by_key(|(_, count)| *count).map(|(branch, _)| *branch)
}
