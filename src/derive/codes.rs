//! The codes of a draft, which stay from draft to draft.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::item::Tier;

/// The codes of a draft specification: `R1` for a content area, `R1.2` for its second
/// element, `3.K4` for knowledge of the third specialism.
///
/// [`Codes::next`] gives the codes of the next draft. What is still there keeps its
/// code, wherever it is now and whatever entered or left before it; what is new has
/// the next number that no draft has used.
///
/// Serialises (`"format": "tlevel-codes"`, version 1) and reads back. In JSON:
///
/// ```
/// use tlevel::derive::Codes;
///
/// let codes: Codes = serde_json::from_str(r#"{
///     "format": "tlevel-codes", "version": 1, "draft": 2,
///     "codes": [
///         {"code": "R1", "names": "area", "ids": ["health-and-safety"], "tier": "route",
///          "text": "Health and safety"},
///         {"code": "R1.2", "names": "item", "ids": ["k-law", "k-duties"], "tier": "route",
///          "under": "health-and-safety", "text": "Health and safety law."},
///         {"code": "R1.1", "names": "item", "ids": ["k-ladders"], "tier": "route",
///          "under": "health-and-safety", "text": "Ladders.", "gone": true}
///     ]
/// }"#)?;
/// assert_eq!(codes.draft(), 2);
/// assert_eq!(codes.current().map(|code| &*code.code).collect::<Vec<_>>(), ["R1", "R1.2"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    format: CodesFormat,
    version: u32,
    draft: u32,
    #[serde(rename = "codes")]
    all: Vec<Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum CodesFormat {
    #[serde(rename = "tlevel-codes")]
    Codes,
}

/// A code, and what it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Code {
    /// The code.
    pub code: String,
    /// The kind of thing that it names.
    pub names: Named,
    /// The ids of what it names: of an element the central concept, then those joined
    /// to it.
    pub ids: Vec<String>,
    /// Its tier.
    pub tier: Tier,
    /// The id of the content area or the specialism that it is under; empty if it is
    /// under none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub under: String,
    /// Its text in the latest draft that has it.
    pub text: String,
    /// Whether only earlier drafts have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// The kind of thing that a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Named {
    /// A content area of the core.
    Area,
    /// An element or an item of the core.
    Item,
    /// A specialism, or what the options of a standard share.
    Specialism,
    /// Knowledge, a skill or a behaviour of a specialism.
    Content,
    /// A performance outcome of a specialism.
    Outcome,
    /// A near miss.
    NearMiss,
}

impl Named {
    /// Whether it is what it is only in its own specialism.
    const fn is_of_a_specialism(self) -> bool {
        matches!(self, Named::Content | Named::Outcome)
    }
}

/// Something in a draft that needs a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCode {
    /// The kind of thing.
    pub names: Named,
    /// The ids, its own first.
    pub ids: Vec<String>,
    /// Its tier.
    pub tier: Tier,
    /// The id of what it is under, or nothing.
    pub under: String,
    /// Its text.
    pub text: String,
    /// What its code begins with; the number follows.
    pub stem: Stem,
}

/// The beginning of a code, up to its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stem {
    /// This, such as `R`.
    Text(String),
    /// `before`, the code of an earlier thing in the list, and `after`: `PO`, `1` and
    /// `.` for `PO1.2`.
    Within {
        /// The place of the earlier thing in the list.
        place: usize,
        /// What comes before its code.
        before: &'static str,
        /// What comes after it.
        after: &'static str,
    },
}

/// What happened to one code between two drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeChange {
    /// The code in the later draft, or in the earlier one of what left.
    pub code: String,
    /// What happened.
    pub change: Change,
    /// The text in the draft that the code is from.
    pub text: String,
    /// The place of what moved (its earlier code and tier), or the earlier text of
    /// what was reworded; otherwise empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
}

/// What happened to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// It is new.
    Entered,
    /// It is gone.
    Left,
    /// It is in another tier, content area or specialism.
    Moved,
    /// It has another text.
    Reworded,
}

impl Change {
    /// Its name: `entered`, `left`, `moved`, `reworded`.
    pub fn name(self) -> &'static str {
        match self {
            Change::Entered => "entered",
            Change::Left => "left",
            Change::Moved => "moved",
            Change::Reworded => "reworded",
        }
    }
}

impl Codes {
    /// The number of the draft, from 1.
    pub fn draft(&self) -> u32 {
        self.draft
    }

    /// All codes: those of the draft in its order, then those that only earlier drafts
    /// have.
    pub fn codes(&self) -> &[Code] {
        &self.all
    }

    /// The codes of the draft, in its order.
    pub fn current(&self) -> impl Iterator<Item = &Code> {
        self.all.iter().filter(|code| !code.gone)
    }

    /// Returns the codes of the first draft, or of the one after `earlier`. The first
    /// codes are those of `items`, in their order.
    ///
    /// A thing keeps the code of an earlier draft that has the same id at the same
    /// place, else the same id, else an id in common; a content of a specialism only
    /// within it. What left and comes back has its old code again.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::derive::{Codes, Named, Stem, Tier, ToCode};
    ///
    /// let item = |id: &str| ToCode {
    ///     names: Named::Item,
    ///     ids: vec![id.to_owned()],
    ///     tier: Tier::Route,
    ///     under: String::new(),
    ///     text: id.to_owned(),
    ///     stem: Stem::Text("R".to_owned()),
    /// };
    /// let first = Codes::next(None, vec![item("k-law"), item("k-ladders"), item("k-tools")]);
    /// let second = Codes::next(Some(&first), vec![item("k-new"), item("k-law"), item("k-tools")]);
    /// let shown: Vec<&str> = second.current().map(|code| &*code.code).collect();
    /// assert_eq!((second.draft(), shown), (2, vec!["R4", "R1", "R3"]));
    /// ```
    ///
    /// # Complexity
    ///
    /// `O(n)` in the ids of both drafts.
    pub fn next(earlier: Option<&Codes>, items: Vec<ToCode>) -> Codes {
        let mut known: Vec<&Code> = Vec::new();
        let mut numbers = Numbers::default();
        for code in earlier.into_iter().flat_map(|earlier| &earlier.all) {
            // of two equal codes in a damaged file the first holds
            if numbers.reserve(&code.code) {
                known.push(code);
            }
        }
        let kept = kept(&known, &items);
        let mut codes: Vec<Code> = Vec::with_capacity(items.len() + known.len());
        let mut taken = vec![false; known.len()];
        for (item, kept) in items.into_iter().zip(kept) {
            let code = match kept.and_then(|at| Some((at, known.get(at)?))) {
                Some((at, code)) => {
                    taken[at] = true;
                    code.code.clone()
                }
                None => {
                    let within = |place: &usize| codes.get(*place).map_or("", |code: &Code| &*code.code);
                    let stem = match &item.stem {
                        Stem::Text(stem) => stem.clone(),
                        Stem::Within { place, before, after } => format!("{before}{}{after}", within(place)),
                    };
                    numbers.next(&stem)
                }
            };
            let ToCode { names, ids, tier, under, text, .. } = item;
            codes.push(Code { code, names, ids, tier, under, text, gone: false });
        }
        let left = known.into_iter().zip(taken).filter(|(_, taken)| !taken);
        codes.extend(left.map(|(code, _)| Code { gone: true, ..code.clone() }));
        let draft = earlier.map_or(1, |earlier| earlier.draft.saturating_add(1));
        Codes { format: CodesFormat::Codes, version: 1, draft, all: codes }
    }

    /// Returns what changed since the earlier draft, in the order of this one; what
    /// left comes last. A specialism that enters or leaves is listed without its
    /// content, and a near miss only if it moved.
    ///
    /// # Complexity
    ///
    /// `O(n log n)` in the codes of both drafts.
    pub fn changes_since(&self, earlier: &Codes) -> Vec<CodeChange> {
        let before: BTreeMap<&str, &Code> = earlier.current().map(|code| (&*code.code, code)).collect();
        let now: BTreeSet<&str> = self.current().map(|code| &*code.code).collect();
        let gone = || earlier.current().filter(|code| !now.contains(&*code.code));
        let new = || self.current().filter(|code| !before.contains_key(&*code.code));
        let mut lost: BTreeMap<&str, Vec<&Code>> = BTreeMap::new();
        for code in gone() {
            if let Some(id) = code.ids.first() {
                lost.entry(id).or_default().push(code);
            }
        }
        let parts = |codes: &mut dyn Iterator<Item = &Code>| -> BTreeSet<String> {
            let parts = codes.filter(|code| code.names == Named::Specialism);
            parts.filter_map(|code| code.ids.first().cloned()).collect()
        };
        let (new_parts, gone_parts) = (parts(&mut new()), parts(&mut gone()));
        let areas = self.current().filter(|code| code.names == Named::Area);
        let areas: BTreeSet<(&str, Tier)> =
            areas.filter_map(|code| Some((code.ids.first()?.as_str(), code.tier))).collect();
        let mut moved: BTreeSet<&str> = BTreeSet::new();
        let mut changes = Vec::new();
        for code in self.current() {
            let mut push = |change: Change, before: String| {
                changes.push(CodeChange { code: code.code.clone(), change, text: code.text.clone(), before });
            };
            let Some(was) = before.get(&*code.code) else {
                let from = code.ids.first().and_then(|id| lost.get(&**id));
                let from = from.filter(|_| !matches!(code.names, Named::Area | Named::Specialism | Named::Outcome));
                if let Some(from) = from {
                    moved.extend(from.iter().map(|from| &*from.code));
                    let from: Vec<String> = from.iter().map(|from| place(from)).collect();
                    push(Change::Moved, from.join("; "));
                } else if code.names != Named::NearMiss && !is_in(&new_parts, code) {
                    push(Change::Entered, String::new());
                }
                continue;
            };
            let is_moved = match code.names {
                // what moved with its area is not said again
                Named::Item if !code.under.is_empty() => {
                    was.under != code.under || (was.tier != code.tier && areas.contains(&(&*was.under, was.tier)))
                }
                Named::Item | Named::Area => was.tier != code.tier,
                _ => false,
            };
            if is_moved {
                push(Change::Moved, place(was));
            }
            if was.text != code.text {
                push(Change::Reworded, was.text.clone());
            }
        }
        let left = gone().filter(|code| !moved.contains(&*code.code) && code.names != Named::NearMiss);
        changes.extend(left.filter(|code| !is_in(&gone_parts, code)).map(|code| CodeChange {
            code: code.code.clone(),
            change: Change::Left,
            text: code.text.clone(),
            before: String::new(),
        }));
        changes
    }
}

/// Whether something is content of one of these specialisms.
fn is_in(parts: &BTreeSet<String>, code: &Code) -> bool {
    code.names.is_of_a_specialism() && parts.contains(&code.under)
}

/// The place of a code: `R2, route core`.
fn place(code: &Code) -> String {
    format!("{}, {}", code.code, code.tier.name())
}

/// For each item the place of the known code that it keeps.
fn kept(known: &[&Code], items: &[ToCode]) -> Vec<Option<usize>> {
    let mut by_id: HashMap<(Named, &str), Vec<usize>> = HashMap::new();
    for (at, code) in known.iter().enumerate() {
        for id in &code.ids {
            by_id.entry((code.names, id)).or_default().push(at);
        }
    }
    let mut kept: Vec<Option<usize>> = vec![None; items.len()];
    let mut taken = vec![false; known.len()];
    // the surest first, so that no looser match takes the code of a surer one
    for pass in Match::EACH {
        let mut found: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
        for (number, item) in items.iter().enumerate().filter(|(number, _)| kept[*number].is_none()) {
            let ids = if pass == Match::Shared { &item.ids[..] } else { item.ids.get(..1).unwrap_or_default() };
            let mut common: BTreeMap<usize, usize> = BTreeMap::new();
            for &at in ids.iter().filter_map(|id| by_id.get(&(item.names, &**id))).flatten() {
                if !taken[at] && pass.holds(known[at], item) {
                    *common.entry(at).or_default() += 1;
                }
            }
            found.extend(common.into_iter().map(|(at, common)| (Reverse(common), number, at)));
        }
        found.sort_unstable();
        for (_, number, at) in found {
            if kept[number].is_none() && !taken[at] {
                (kept[number], taken[at]) = (Some(at), true);
            }
        }
    }
    kept
}

/// How a thing is found again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    /// By its id, at its place.
    InPlace,
    /// By its id.
    Own,
    /// By ids in common, those with most first.
    Shared,
    /// By its id, though the last draft did not have it.
    Returned,
}

impl Match {
    const EACH: [Match; 4] = [Match::InPlace, Match::Own, Match::Shared, Match::Returned];

    fn holds(self, code: &Code, item: &ToCode) -> bool {
        let (is_in_place, is_own) = (code.under == item.under, code.ids.first() == item.ids.first());
        let may = is_in_place || !item.names.is_of_a_specialism();
        // an outcome is all of its content, and its first skill is no more than the others
        let has_own = item.names != Named::Outcome;
        match self {
            Match::InPlace => !code.gone && is_own && is_in_place && has_own,
            Match::Own => !code.gone && is_own && may && has_own,
            Match::Shared => !code.gone && may,
            Match::Returned => code.gone && is_own && may,
        }
    }
}

/// The numbers in use.
#[derive(Default)]
struct Numbers {
    used: BTreeSet<String>,
    /// The highest number after each stem.
    highest: BTreeMap<String, u64>,
}

impl Numbers {
    /// Takes a code out of use; returns `false` if it is already.
    fn reserve(&mut self, code: &str) -> bool {
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit());
        if let Some(number) = code.get(stem.len()..).and_then(|digits| digits.parse::<u32>().ok()) {
            let highest = self.highest.entry(stem.to_owned()).or_default();
            *highest = (*highest).max(u64::from(number));
        }
        self.used.insert(code.to_owned())
    }

    /// The next code with that stem.
    fn next(&mut self, stem: &str) -> String {
        let highest = self.highest.entry(stem.to_owned()).or_default();
        loop {
            *highest += 1;
            let code = format!("{stem}{highest}");
            if self.used.insert(code.clone()) {
                return code;
            }
        }
    }
}

impl std::fmt::Display for CodeChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.code, self.change.name(), self.text)?;
        match self.change {
            _ if self.before.is_empty() => Ok(()),
            Change::Moved => write!(f, " (was {})", self.before),
            _ => write!(f, " (was: {})", self.before),
        }
    }
}
