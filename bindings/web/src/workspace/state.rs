//! The policy, the ledger, and what follows from them.

use serde::{Deserialize, Serialize};
use tlevel::change::Difference;
use tlevel::check::FindingsReport;
use tlevel::concept::Concepts;
use tlevel::consult::ScreeningReport;
use tlevel::derive::{Derivation, Exception, Policy, Quorum, Role, derive_routes};
use tlevel::harmonise::{Harmony, Ledger, Measure};
use tlevel::map::{Map, RouteIndex};
use tlevel::place::Placer;
use tlevel::review::Decisions;
use tlevel::topics::{TopicDecisions, Topics, Vocabulary};
use tlevel_report::read_table;

use crate::join::{self, Decided, Joining};
use crate::{Answer, Failure, options, output};

/// A map kept open, with the policy and the decisions in force.
#[derive(Debug)]
pub struct Workspace {
    pub(super) name: String,
    pub(super) map: Map,
    pub(super) findings: FindingsReport,
    /// The policy that was chosen, and what was changed of it.
    chosen: Policy,
    quorums: [Option<Quorum>; 2],
    exceptions: Vec<Exception>,
    /// The decisions as they were given.
    given: Given,
    pub(super) joining: Joining,
    decisions: Option<Decisions>,
    /// Statements joined by score and ledger; the concepts have overlaps and topics.
    pub(super) harmony: Harmony,
    pub(super) topics: Topics,
    /// Which occupations had topics assigned.
    served: Vec<bool>,
    /// All programmes, once something needs them.
    decided: Option<Decided>,
    /// The programmes of one route.
    route: Option<(RouteIndex, Derivation)>,
    pub(super) placer: Option<Placer>,
    pub(super) responses: Option<ScreeningReport>,
    pub(super) effects: Option<Difference>,
}

/// The three kinds of decisions, each as its file on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Given {
    /// On pairs of statements: `--ledger`.
    pub(super) pairs: String,
    /// On topics: `--topic-decisions`.
    pub(super) topics: String,
    /// On items and topics of programmes: `--decisions`.
    pub(super) content: String,
}

/// A decision that cannot be read or applied.
#[derive(Debug, Serialize)]
struct Problem {
    /// `pairs`, `topics` or `content`.
    file: &'static str,
    /// Its line; 0 if the problem is not in one line.
    line: u64,
    message: String,
}

#[derive(Debug, Serialize)]
struct Applied {
    /// How many decisions are in force.
    applied: usize,
    problems: Vec<Problem>,
}

impl Workspace {
    /// Joins and assigns; `stage` is told before each stage.
    pub(super) fn begin(
        name: String,
        map: Map,
        findings: FindingsReport,
        stage: &mut dyn FnMut(&'static str),
    ) -> Answer<Workspace> {
        let chosen = Policy::panel();
        let joining = Joining {
            threshold: None,
            exact: false,
            judged: None,
            ledger: None,
            vocabulary: Vocabulary::bundled(),
            topic_decisions: TopicDecisions::default(),
        };
        stage("joining");
        let served = served(&map, &chosen);
        let measure = Measure::new(&map);
        let harmony = joining.harmony(&measure)?;
        stage("topics");
        let topics = join::assigned(&map, &chosen, &joining.vocabulary, &joining.topic_decisions)?;
        let harmony = harmony.map_concepts(|concepts| join::onto(&measure, &topics, concepts));
        drop(measure);
        stage("deriving");
        let mut workspace = Workspace {
            name,
            map,
            findings,
            chosen,
            quorums: [None; 2],
            exceptions: Vec::new(),
            given: Given::default(),
            joining,
            decisions: None,
            harmony,
            topics,
            served,
            decided: None,
            route: None,
            placer: None,
            responses: None,
            effects: None,
        };
        workspace.decided()?;
        Ok(workspace)
    }

    /// The policy in force.
    pub(super) fn policy(&self) -> Policy {
        let mut policy = self.chosen.clone();
        let [pathway, route] = self.quorums;
        policy.pathway_quorum = pathway.unwrap_or(policy.pathway_quorum);
        policy.route_quorum = route.unwrap_or(policy.route_quorum);
        for exception in &self.exceptions {
            policy.exceptions.retain(|other| other.occupation != exception.occupation);
        }
        policy.exceptions.extend(self.exceptions.iter().cloned());
        policy
    }

    /// Chooses a policy: the name of a built-in one, or a policy as JSON. Quorums that
    /// were set are those of the policy again; exceptions that were made stay.
    ///
    /// # Errors
    ///
    /// What is neither: `pannel`.
    pub fn set_policy(&mut self, policy: &str) -> Answer<()> {
        self.chosen = options::policy(policy)?;
        self.quorums = [None; 2];
        self.policy_changed()
    }

    /// Sets the shares of occupations and of pathways that make core: `0.6`, `60 %`,
    /// `2/3`, `3 of 4`. An empty text is the policy's own share.
    ///
    /// # Errors
    ///
    /// What is not a share: `0`.
    pub fn set_quorum(&mut self, pathway: &str, route: &str) -> Answer<()> {
        let read = |text: &str| if text.trim().is_empty() { Ok(None) } else { options::quorum(text).map(Some) };
        self.quorums = [read(pathway)?, read(route)?];
        self.forget();
        Ok(())
    }

    /// Makes an exception for an occupation: `include`, `exclude`, `specialism` (it gets a
    /// specialism but does not count) or `clear`.
    ///
    /// # Errors
    ///
    /// An occupation that the map does not have, or another word.
    pub fn except(&mut self, occupation: &str, how: &str) -> Answer<()> {
        let id = self.map.find_occupation(occupation).map_err(Failure::new)?.id().to_owned();
        let role = match how {
            "include" => Some(Role::Counts),
            "exclude" => Some(Role::LeftOut),
            "specialism" => Some(Role::SpecialismOnly),
            "clear" => None,
            _ => {
                let found: String = how.chars().take(40).collect();
                return Err(Failure::new(format!("\"{found}\": expected include, exclude, specialism or clear")));
            }
        };
        self.exceptions.retain(|exception| exception.occupation != id);
        self.exceptions.extend(role.map(|role| Exception { occupation: id, role, note: String::new() }));
        self.policy_changed()
    }

    /// The decisions in force, each kind as its file on the command line.
    ///
    /// # Errors
    ///
    /// None.
    pub fn ledger(&self) -> Answer<String> {
        output::line(&self.given)
    }

    /// Replaces the decisions: `{"pairs": CSV, "topics": CSV, "content": CSV}`, or the CSV
    /// of pairs alone. Joins and assigns again what they touch. Rows that cannot be read
    /// or applied are reported; the others are in force. If decisions contradict each
    /// other, nothing is replaced.
    ///
    /// # Errors
    ///
    /// A JSON object with other members: `{"pair": ""}`.
    pub fn set_ledger(&mut self, text: &str) -> Answer<String> {
        let given: Given = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|e| Failure::of("decisions", e))?
        } else {
            Given { pairs: text.to_owned(), ..Given::default() }
        };
        let (mut problems, mut applied) = (Vec::new(), 0);
        let ledger = pairs(&given.pairs, &mut problems);
        let topic_decisions = topic_decisions(&given.topics, &mut problems);
        let decisions = content(&given.content, &mut problems);
        let (Some(ledger), Some(topic_decisions), Some(decisions)) = (ledger, topic_decisions, decisions) else {
            return output::line(&Applied { applied, problems });
        };
        let before = (self.joining.clone(), self.decisions.take());
        let (pairs_before, topics_before) = (before.0.ledger.clone(), before.0.topic_decisions.clone());
        self.joining.ledger = ledger;
        self.joining.topic_decisions = topic_decisions;
        self.decisions = decisions;
        let joined = if self.joining.ledger != pairs_before {
            self.join().map_err(|failure| ("pairs", failure))
        } else if self.joining.topic_decisions != topics_before {
            self.assign().map_err(|failure| ("topics", failure))
        } else {
            Ok(())
        };
        if let Err((file, failure)) = joined {
            (self.joining, self.decisions) = before;
            problems.push(Problem { file, line: 0, message: failure.message });
            return output::line(&Applied { applied, problems });
        }
        self.given = given;
        self.forget();
        for stale in self.harmony.stale() {
            problems.push(Problem { file: "pairs", line: stale.line, message: stale.to_string() });
        }
        for stale in self.topics.stale() {
            problems.push(Problem { file: "topics", line: stale.line, message: stale.to_string() });
        }
        for conflict in &self.decided()?.conflicts {
            let message = conflict.to_string();
            problems.push(Problem { file: "content", line: line(&message), message });
        }
        let content = self.decisions.as_ref().map_or(0, |decisions| decisions.decisions().len());
        applied += self.joining.ledger.as_ref().map_or(0, |ledger| ledger.decisions().len());
        applied += self.joining.topic_decisions.decisions().len() + content;
        applied = applied.saturating_sub(problems.len());
        output::line(&Applied { applied, problems })
    }

    /// The concepts that the programmes are derived from, before people merge any.
    pub(super) fn concepts(&self) -> &Concepts {
        self.harmony.concepts()
    }

    /// The decisions on items and topics of programmes, if there are any.
    pub(super) fn decisions(&self) -> Option<&Decisions> {
        self.decisions.as_ref()
    }

    /// All programmes, with the decisions.
    pub(super) fn decided(&mut self) -> Answer<&Decided> {
        if self.decided.is_none() {
            let policy = self.policy();
            let decided = join::decided(&self.map, self.harmony.concepts(), &policy, self.decisions.as_ref(), &[])?;
            self.decided = Some(decided);
        }
        self.decided.as_ref().ok_or_else(|| Failure::new("nothing was derived"))
    }

    /// All programmes, if they are derived.
    pub(super) fn kept(&self) -> Option<&Decided> {
        self.decided.as_ref()
    }

    /// The programmes of the route of a pathway, and perhaps others.
    pub(super) fn of_route(&mut self, pathway: &str) -> Answer<&Derivation> {
        if self.decided.is_some() || self.decisions.is_some() {
            return Ok(&self.decided()?.derivation);
        }
        let route = self.map.find_pathway(pathway).map_err(Failure::new)?.route().index();
        if self.route.as_ref().is_none_or(|(of, _)| *of != route) {
            let derivation = derive_routes(&self.map, self.harmony.concepts(), &self.policy(), &[route]);
            self.route = Some((route, derivation.map_err(Failure::new)?));
        }
        self.route.as_ref().map(|(_, derivation)| derivation).ok_or_else(|| Failure::new("nothing was derived"))
    }

    /// The id of the pathway that a name means.
    pub(super) fn pathway_id(&self, name: &str) -> Answer<String> {
        Ok(self.map.find_pathway(name).map_err(Failure::new)?.id().to_owned())
    }

    /// Forgets what was derived.
    fn forget(&mut self) {
        (self.decided, self.route) = (None, None);
    }

    /// Assigns topics again if the policy serves other occupations.
    fn policy_changed(&mut self) -> Answer<()> {
        self.forget();
        let served = served(&self.map, &self.policy());
        if served == self.served {
            return Ok(());
        }
        self.served = served;
        self.assign()
    }

    /// Joins statements again, and puts the topics over them.
    fn join(&mut self) -> Answer<()> {
        let measure = Measure::new(&self.map);
        let harmony = self.joining.harmony(&measure)?;
        let topics =
            join::assigned(&self.map, &self.policy(), &self.joining.vocabulary, &self.joining.topic_decisions)?;
        self.harmony = harmony.map_concepts(|concepts| join::onto(&measure, &topics, concepts));
        self.topics = topics;
        Ok(())
    }

    /// Assigns topics again; the concepts stay.
    fn assign(&mut self) -> Answer<()> {
        let topics =
            join::assigned(&self.map, &self.policy(), &self.joining.vocabulary, &self.joining.topic_decisions)?;
        let harmony = self.harmony.clone();
        self.harmony = harmony.map_concepts(|concepts| topics.onto(&self.map, concepts));
        self.topics = topics;
        Ok(())
    }
}

/// Which occupations a policy may serve.
fn served(map: &Map, policy: &Policy) -> Vec<bool> {
    map.occupations().map(|occupation| policy.may_serve(occupation)).collect()
}

/// The line that a message begins with; 0 if it has none.
fn line(message: &str) -> u64 {
    let digits = message.strip_prefix("line ").unwrap_or_default();
    digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Notes what is wrong with a file.
fn note(problems: &mut Vec<Problem>, file: &'static str, message: impl std::fmt::Display) {
    let message = message.to_string();
    problems.push(Problem { file, line: line(&message), message });
}

/// Decisions on pairs; outer `None` if they cannot be read at all.
#[allow(clippy::option_option, reason = "no decisions, or none that can be read")]
fn pairs(text: &str, problems: &mut Vec<Problem>) -> Option<Option<Ledger>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    match read_table(text.as_bytes(), Ledger::COLUMNS) {
        Ok(table) => {
            let (ledger, wrong) = Ledger::readable(&table);
            wrong.iter().for_each(|wrong| note(problems, "pairs", wrong));
            Some((!ledger.decisions().is_empty()).then_some(ledger))
        }
        Err(error) => {
            note(problems, "pairs", error);
            None
        }
    }
}

/// Decisions on topics; `None` if they cannot be read.
fn topic_decisions(text: &str, problems: &mut Vec<Problem>) -> Option<TopicDecisions> {
    join::topic_decisions(text).map_err(|failure| note(problems, "topics", failure.message)).ok()
}

/// Decisions on content; outer `None` if they cannot be read at all.
#[allow(clippy::option_option, reason = "no decisions, or none that can be read")]
fn content(text: &str, problems: &mut Vec<Problem>) -> Option<Option<Decisions>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    match read_table(text.as_bytes(), Decisions::COLUMNS) {
        Ok(table) => {
            let (decisions, wrong) = Decisions::readable(&table);
            wrong.iter().for_each(|wrong| note(problems, "content", wrong));
            let is_empty = decisions.decisions().is_empty() && decisions.remarks().is_empty();
            Some((!is_empty).then_some(decisions))
        }
        Err(error) => {
            note(problems, "content", error);
            None
        }
    }
}
