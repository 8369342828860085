//! A vocabulary of topics of a framework.

use serde_json::Value;
use tlevel::topics::{Nature, Vocabulary, VocabularyTopic};

use super::error::FrameworkError;
use super::model::{Framework, Item};

impl Framework {
    /// Returns the items of a framework as a vocabulary of topics, for `--topics`, and
    /// notes on how it was read.
    ///
    /// What an item says is the heading of a topic, its code the id, its notes the
    /// scope, and its keywords the cues; without keywords the heading is the only cue.
    /// The item above it is the broader topic. A topic of another system is read as
    /// occupational.
    ///
    /// # Errors
    ///
    /// * [`FrameworkError::Nothing`]: a framework without items.
    /// * [`FrameworkError::Content`]: two items with the same code.
    ///
    /// # Examples
    ///
    /// ```
    /// use tlevel::topics::Vocabulary;
    /// use tlevel_exchange::{Framework, Naming};
    ///
    /// let own = Vocabulary::from_csv("heading,cues\nBeekeeping,bees; hives\n")?;
    /// let (again, _) = Framework::of_topics(&own, &Naming::default()).to_topics("topics")?;
    /// assert_eq!(again.topics(), own.topics());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_topics(&self, file: &str) -> Result<(Vocabulary, Vec<String>), FrameworkError> {
        if self.items.is_empty() {
            let advice = "give a vocabulary that has concepts";
            return Err(FrameworkError::Nothing { file: file.to_owned(), wanted: "topics", advice });
        }
        let mut without_cues = 0;
        let mut topics = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let mut topic = VocabularyTopic::new(topic_id(item), item.text.trim());
            topic.scope = item.notes.clone().unwrap_or_default();
            topic.cues.clone_from(&item.keywords);
            if topic.cues.is_empty() && item.more.get("nature").is_none() {
                without_cues += 1;
                topic.cues.push(topic.heading.to_lowercase());
            }
            let text = |name: &str| item.more.get(name).and_then(Value::as_str);
            let list = |name: &str| -> Vec<String> {
                let values = item.more.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            };
            topic.nature = text("nature").and_then(Nature::from_name).unwrap_or(Nature::Occupational);
            topic.routes = list("routes");
            topic.pathways = list("pathways");
            topic.source = text("source").map(str::to_owned);
            let broader = item.parent.map(|parent| topic_id(&self.items[parent]));
            topic.broader = broader.or_else(|| text("broader").map(str::to_owned));
            topics.push(topic);
        }
        let mut notes = Vec::new();
        if without_cues > 0 {
            notes.push(format!(
                "{without_cues} of {} topics have no keywords; their headings are their cues",
                topics.len()
            ));
        }
        let vocabulary = Vocabulary::new(topics)
            .map_err(|error| FrameworkError::Content { file: file.to_owned(), message: error.to_string() })?;
        Ok((vocabulary, notes))
    }
}

fn topic_id(item: &Item) -> String {
    item.code.clone().filter(|code| !code.trim().is_empty()).unwrap_or_else(|| item.id.clone())
}
