//! The options of the plain functions, named as those of the command line.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tlevel::derive::{Grouping, Policy, Quorum, Share};
use tlevel::harmonise::Threshold;

use crate::failure::{Answer, Failure, Kind};

/// One text or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Texts {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// The name of a policy, the text of one, or a policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum PolicyOption {
    /// A name, or JSON.
    Text(String),
    /// A policy.
    Data(serde_json::Value),
}

/// Options, each as the command line has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// By default `t-level`, and for `harmonise` `panel`.
    pub policy: Option<PolicyOption>,
    /// The new map's, if it differs.
    pub new_policy: Option<PolicyOption>,
    /// The share of a pathway's occupations that makes core.
    pub quorum: Option<String>,
    /// The share of a route's pathways that makes route core.
    pub route_quorum: Option<String>,
    /// How many a near miss may lack.
    pub near: Option<usize>,
    /// `unit`, `cluster`, `merged` or `merged=SHARE`.
    pub specialisms: Option<String>,
    /// The date for which the policy's marks are read.
    pub on: Option<String>,
    /// The score that joins.
    #[serde(alias = "join")]
    pub threshold: Option<f64>,
    /// Whether only equal wordings are joined.
    pub exact: bool,
    /// Concepts that people judged, as CSV.
    pub concepts: Option<String>,
    /// What is shared.
    pub share: Option<Share>,
    /// Decisions on pairs, as CSV.
    pub ledger: Option<Texts>,
    /// Decisions on a draft, as CSV.
    pub decisions: Option<Texts>,
    /// A vocabulary, as JSON or CSV.
    pub topics: Option<String>,
    /// Whether the bundled vocabulary is left out.
    pub only_topics: bool,
    /// Decisions on topics, as CSV.
    pub topic_decisions: Option<String>,
    /// Only these pathways.
    pub pathway: Option<Texts>,
    /// The format of a draft.
    pub format: Option<String>,
    /// The date that a draft shows.
    pub date: Option<String>,
    /// How many clusters to suggest.
    pub top: Option<usize>,
    /// Whether suggestions have all the evidence.
    pub explain: bool,
    /// Whether words are compared without what they mean.
    pub words_only: bool,
    /// The names of two maps that are compared.
    pub names: Option<[String; 2]>,
}

/// Reads the options of a function from JSON: an empty text and null are none.
///
/// # Errors
///
/// Another option than those there are, and values of another type.
pub fn read<T: DeserializeOwned>(json: Option<&str>) -> Answer<T> {
    let json = json.filter(|json| !json.trim().is_empty() && json.trim() != "null").unwrap_or("{}");
    serde_json::from_str(json).map_err(|e| {
        let message = e.to_string();
        Failure::new(format!("options: {}", message.split(" at line ").next().unwrap_or_default()))
    })
}

impl Options {
    /// Reads options; none at all are those of the command line.
    ///
    /// # Errors
    ///
    /// Another option than those there are: `{"polciy": 1}`.
    pub fn read(json: Option<&str>) -> Answer<Options> {
        read(json)
    }

    /// The policy: the one that is named or given, or else the usual one.
    ///
    /// # Errors
    ///
    /// What is no policy, and shares and dates that are none.
    pub fn policy(&self, usual: &str) -> Answer<Policy> {
        let mut policy = named(self.policy.as_ref(), usual)?;
        if let Some(share) = &self.quorum {
            policy.pathway_quorum = quorum(share)?;
        }
        if let Some(share) = &self.route_quorum {
            policy.route_quorum = quorum(share)?;
        }
        policy.near = self.near.unwrap_or(policy.near);
        if let Some(name) = &self.specialisms {
            policy.grouping = grouping(name)?;
        }
        if let Some(date) = &self.on {
            policy.on = Some(date_of("on", date)?);
        }
        policy.share = self.share.or(policy.share);
        Ok(policy)
    }

    /// The new map's policy, in a comparison.
    ///
    /// # Errors
    ///
    /// What is no policy.
    pub fn new_policy(&self, usual: &Policy) -> Answer<Policy> {
        let Some(given) = &self.new_policy else { return Ok(usual.clone()) };
        let mut policy = named(Some(given), "")?;
        policy.share = self.share.or(policy.share);
        Ok(policy)
    }

    /// The date to show.
    ///
    /// # Errors
    ///
    /// What is no date: `"soon"`.
    pub fn date(&self) -> Answer<Option<String>> {
        self.date.as_deref().map(|date| date_of("date", date)).transpose()
    }

    /// The score that joins.
    ///
    /// # Errors
    ///
    /// A number outside 0 to 1.
    pub fn threshold(&self) -> Answer<Option<Threshold>> {
        self.threshold.map(Threshold::new).transpose().map_err(|e| Failure::of("threshold", e))
    }
}

impl Texts {
    /// The texts of an option that may be absent.
    pub fn of(option: Option<&Texts>) -> Vec<&str> {
        match option {
            None => Vec::new(),
            Some(Texts::One(text)) => vec![text],
            Some(Texts::Several(texts)) => texts.iter().map(String::as_str).collect(),
        }
    }
}

/// The policy that is named or given.
fn named(given: Option<&PolicyOption>, usual: &str) -> Answer<Policy> {
    match given {
        None => policy(usual),
        Some(PolicyOption::Text(text)) => policy(text),
        Some(PolicyOption::Data(data)) => policy(&data.to_string()),
    }
}

/// The built-in policies, with what each is for.
pub fn built_in() -> [(&'static str, &'static str, Policy); 2] {
    [
        (
            "t-level",
            "Core is what every occupation of a pathway, and every pathway of a route, has.",
            Policy::t_level(),
        ),
        ("panel", "Core is what at least half of them have: the view a panel starts from.", Policy::panel()),
    ]
}

/// The policy of that name or in that text.
///
/// # Errors
///
/// What is neither: `"pannel"`.
pub fn policy(text: &str) -> Answer<Policy> {
    if let Some((_, _, policy)) = built_in().into_iter().find(|(name, ..)| *name == text.trim()) {
        return Ok(policy);
    }
    if !text.trim_start().starts_with('{') {
        let names = built_in().map(|(name, ..)| name);
        let hint = tlevel::text::DidYouMean(tlevel::text::closest(text, names));
        let message = format!(
            "policy: \"{}\" is neither {} nor a policy as JSON{hint}",
            text.chars().take(40).collect::<String>(),
            names.join(", ")
        );
        return Err(Failure::new(message).with(Kind::Policy));
    }
    Policy::from_json(text).map_err(|e| Failure::of("policy", e).with(Kind::Policy))
}

/// A share as people write it: `0.6`, `2/3`, `60 %` or `3 of 4`.
///
/// # Errors
///
/// What is no share: `"all"`.
pub fn quorum(text: &str) -> Answer<Quorum> {
    let text = text.trim();
    let read = if let Some(percent) = text.strip_suffix('%') {
        percent.trim().parse().ok().and_then(|percent: f64| Quorum::try_from(percent / 100.0).ok())
    } else if let Some((have, of)) = text.split_once(" of ") {
        have.trim().parse().ok().zip(of.trim().parse().ok()).and_then(|(have, of)| Quorum::new(have, of).ok())
    } else {
        text.parse().ok()
    };
    read.ok_or_else(|| {
        let found: String = text.chars().take(40).collect();
        Failure::new(format!(
            "\"{found}\" is not a share; write a number above 0 and up to 1, such as 0.6, or 60 %, 2/3 or 3 of 4"
        ))
    })
}

fn grouping(text: &str) -> Answer<Grouping> {
    match text.split_once('=') {
        None if text == "unit" => Ok(Grouping::Unit),
        None if text == "cluster" => Ok(Grouping::Cluster),
        None if text == "merged" => quorum("4/5").map(|overlap| Grouping::Merged { overlap }),
        Some(("merged", share)) => quorum(share).map(|overlap| Grouping::Merged { overlap }),
        _ => Err(Failure::new("specialisms: expected unit, cluster, merged or merged=SHARE")),
    }
}

fn date_of(option: &str, date: &str) -> Answer<String> {
    if tlevel::check::is_date(date) {
        return Ok(date.to_owned());
    }
    Err(Failure::new(format!("{option}: not a date; give a year, a month or a day: 2022, 2022-09 or 2022-09-01")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (text, k, n) in
            [("60 %", 3, 5), ("60%", 3, 5), ("3 of 4", 3, 4), ("2/3", 2, 3), ("0.5", 1, 2), (" 1 ", 1, 1)]
        {
            assert_eq!(quorum(text).unwrap(), Quorum::new(k, n).unwrap(), "{text}");
        }
        for text in ["", "0", "%", "120 %", "all", "5 of 4", "-1", "NaN %"] {
            let message = quorum(text).unwrap_err().message;
            assert_eq!(
                message,
                format!(
                    "\"{text}\" is not a share; write a number above 0 and up to 1, such as 0.6, or 60 %, 2/3 or 3 of 4"
                )
            );
        }
    }

    #[test]
    fn messages_say_which_option_is_wrong() {
        for (json, message) in [
            ("{\"polciy\": 1}", "options: unknown field `polciy`, expected one of"),
            ("{\"policy\": \"pannel\"}", "policy: \"pannel\" is neither t-level, panel nor a policy as JSON"),
            ("{\"threshold\": 7}", "threshold: "),
            ("{\"on\": \"soon\"}", "on: not a date; give a year"),
            ("{\"specialisms\": \"x\"}", "specialisms: expected unit, cluster, merged or merged=SHARE"),
            ("[", "options: EOF while parsing a list"),
        ] {
            let options = Options::read(Some(json));
            let wrong = options.and_then(|options| {
                options.policy("panel")?;
                options.threshold()
            });
            let found = wrong.unwrap_err().message;
            assert!(found.starts_with(message), "{found}");
        }
        assert!(Options::read(None).unwrap().policy("panel").is_ok());
    }
}
