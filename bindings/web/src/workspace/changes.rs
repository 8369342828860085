//! What to ask, where something new belongs, what a change would do, and what
//! responses propose.

use tlevel::change::{Changes, apply, carry_over_with_topics, diff_with_effects};
use tlevel::consult::{Consultation, Intake, People};
use tlevel::harmonise::{Ledger, Measure};
use tlevel::review::{ToAsk, questions};
use tlevel_report::read_table;

use super::Workspace;
use super::overview::programme;
use crate::{Answer, Failure, functions, output, stages};

/// How many uncertain pairs are tried for each question that is wanted.
const TRIED: usize = 20;

impl Workspace {
    /// The pairs of statements whose answer changes the core of a pathway, the most
    /// decisive first, as `tlevel review --format json`; at most `limit` of them. Tries at
    /// most 20 pairs for each, the least certain first.
    ///
    /// # Errors
    ///
    /// A pathway that the map does not have, or that has no programme.
    pub fn questions(&mut self, pathway: &str, limit: usize, mut progress: impl FnMut(usize, usize)) -> Answer<String> {
        let (id, policy) = (self.pathway_id(pathway)?, self.policy());
        let none = Ledger::default();
        let ledger = self.joining.ledger.as_ref().unwrap_or(&none);
        let most = limit.saturating_mul(TRIED);
        let to_ask = ToAsk { policy: &policy, pathway: &id, ledger, disagreements: &[], most };
        let measure = Measure::new(&self.map);
        let asked = questions(&measure, &self.harmony, to_ask, &mut progress).map_err(Failure::new)?;
        match asked {
            Some(mut asked) => {
                asked.questions.truncate(limit);
                output::json(&asked)
            }
            None => Err(programme(self.of_route(&id)?, &id).err().unwrap_or_else(|| Failure::new("no programme"))),
        }
    }

    /// Where new occupations belong, as `tlevel suggest --format json --explain`.
    ///
    /// # Errors
    ///
    /// What is not an occupation as JSON: `{"title": 1}`.
    pub fn suggest(&mut self, new: &str, limit: usize) -> Answer<String> {
        let map = &self.map;
        let placer = self.placer.get_or_insert_with(|| stages::placer(map, false));
        functions::suggestions(placer, new, limit, true)
    }

    /// What changes to the map would do, as `tlevel whatif --format json`.
    ///
    /// # Errors
    ///
    /// What is not a list of changes, or cannot be applied to the map.
    pub fn effects(&mut self, changes: &str) -> Answer<String> {
        let policy = self.policy();
        let changes = if Changes::is_json(changes.as_bytes()) {
            Changes::from_json(changes)
        } else {
            let table = read_table(changes.as_bytes(), Changes::COLUMNS).map_err(|e| Failure::of("changes", e))?;
            Changes::from_table(&table)
        };
        let changes = changes.map_err(|e| Failure::of("changes", e))?;
        let proposed = apply(&self.map, &changes).map_err(|e| Failure::of("changes", e))?;
        let new = tlevel::check(proposed).map_err(|e| Failure::of("changes", e))?.map;
        let with = (&self.joining.vocabulary, &self.joining.topic_decisions);
        let carried = carry_over_with_topics(&self.map, self.concepts(), &new, self.joining.threshold(), with)
            .ok_or_else(|| Failure::new("the concepts do not fit the map"))?;
        let (before, after) = ((&self.map, self.concepts()), (&new, &carried));
        let difference = diff_with_effects(before, after, &policy, &changes.policy(&policy)).map_err(Failure::new)?;
        let json = output::json(&difference)?;
        self.effects = Some(difference);
        Ok(json)
    }

    /// What responses to a consultation propose, as `tlevel consult responses --format
    /// json`: CSV or a workbook. Names, addresses and numbers are left out, as far as they
    /// are found.
    ///
    /// # Errors
    ///
    /// What is not a table of responses.
    pub fn responses(&mut self, bytes: &[u8], name: &str, progress: impl FnMut(usize, usize)) -> Answer<String> {
        let policy = self.policy();
        let table = read_table(bytes, Consultation::RESPONSES).map_err(|e| Failure::of(name, e))?;
        let consultation = Consultation::new(&self.map, self.concepts(), &policy).map_err(Failure::new)?;
        let consultation = consultation
            .joining(self.joining.threshold())
            .with_topics(self.joining.vocabulary.clone(), self.joining.topic_decisions.clone());
        let intake = Intake::new(&table).with_people(People::LeftOut);
        let (screening, _) = consultation.take_in(&intake, progress);
        let report = consultation.report(screening);
        let json = output::json(&report)?;
        self.responses = Some(report);
        Ok(json)
    }
}
