//! The doors to JavaScript: what `wasm-bindgen` exports. What fails throws an `Error`
//! with a sentence for people, and with the place in the file if there is one.

#![allow(clippy::missing_errors_doc, reason = "each throws as the manual says")]
#![allow(clippy::needless_pass_by_value, reason = "a function of JavaScript is passed by value")]

use js_sys::{Error, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::{Answer, Failure, functions};

/// What a function throws.
#[derive(Debug)]
pub struct Thrown(Failure);

impl From<Failure> for Thrown {
    fn from(failure: Failure) -> Self {
        Thrown(failure)
    }
}

impl From<Thrown> for JsValue {
    fn from(Thrown(failure): Thrown) -> Self {
        let error = Error::new(&failure.message);
        if let Some(place) = failure.place {
            // an Error takes any member
            let _ = Reflect::set(&error, &JsValue::from_str("place"), &JsValue::from_str(&place));
        }
        error.into()
    }
}

/// What TypeScript knows of options and results.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
#[wasm_bindgen(typescript_custom_section)]
const RESULTS: &str = include_str!("results.d.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
}

/// Says on the console where a panic was: a page would see `unreachable` alone.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| console_error(&format!("tlevel: {panic}"))));
}

/// Options as JSON.
fn plain(options: Option<Object>) -> Answer<Option<String>> {
    let Some(options) = options else { return Ok(None) };
    let text = JSON::stringify(&options).map_err(|_| Failure::new("options: they must be plain data"))?;
    Ok(text.as_string())
}

/// Returns a map in the native format: `tlevel convert`.
#[wasm_bindgen(unchecked_return_type = "Json<MapFile>")]
pub fn read(bytes: &[u8]) -> Result<String, Thrown> {
    Ok(functions::read(bytes)?)
}

/// Returns every finding: `tlevel check --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Findings>")]
pub fn check(bytes: &[u8]) -> Result<String, Thrown> {
    Ok(functions::check(bytes)?)
}

/// Returns concepts and topics: `tlevel harmonise --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Harmony>")]
pub fn harmonise(
    bytes: &[u8],
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::harmonise(bytes, plain(options)?.as_deref())?)
}

/// Returns which occupation has which topic: `tlevel derive --matrix FILE.json`.
#[wasm_bindgen(unchecked_return_type = "Json<TopicMatrix>")]
pub fn topics(
    bytes: &[u8],
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::topics(bytes, plain(options)?.as_deref())?)
}

/// Returns all programmes: `tlevel derive --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Derivation>")]
pub fn derive(
    bytes: &[u8],
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::derive(bytes, plain(options)?.as_deref())?)
}

/// Returns clusters for new occupations: `tlevel suggest --new FILE --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Placement[]>")]
pub fn suggest(
    bytes: &[u8],
    occupations: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::suggest(bytes, occupations, plain(options)?.as_deref())?)
}

/// Returns why something is core or not: `tlevel derive --explain ABOUT --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Explanation>")]
pub fn explain(
    bytes: &[u8],
    about: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::explain(bytes, about, plain(options)?.as_deref())?)
}

/// Returns what differs between two maps: `tlevel diff OLD NEW --format json`.
#[wasm_bindgen(unchecked_return_type = "Json<Difference>")]
pub fn diff(
    old: &[u8],
    new: &[u8],
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<String, Thrown> {
    Ok(functions::diff(old, new, plain(options)?.as_deref())?)
}

/// Returns a draft specification as the bytes of a file: `tlevel spec`.
#[wasm_bindgen]
pub fn spec(
    bytes: &[u8],
    pathway: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: Option<Object>,
) -> Result<Vec<u8>, Thrown> {
    Ok(functions::spec(bytes, pathway, plain(options)?.as_deref())?)
}

/// A map kept open.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workspace(crate::workspace::Workspace);

#[wasm_bindgen]
impl Workspace {
    /// Opens a map; `null` is the bundled one. `progress` is called at each stage.
    pub fn open(
        bytes: Option<Vec<u8>>,
        name: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "Progress")] progress: Option<Function>,
    ) -> Result<Workspace, Thrown> {
        let told = |stage: &str, done: usize, total: usize| {
            if let Some(progress) = &progress {
                let (stage, done, total) = (JsValue::from_str(stage), done.into(), total.into());
                // what a listener throws is its own affair
                let _ = progress.call3(&JsValue::NULL, &stage, &done, &total);
            }
        };
        Ok(Workspace(crate::workspace::Workspace::open(bytes, name, told)?))
    }

    /// What the file is, and how much it holds.
    #[wasm_bindgen(unchecked_return_type = "Json<Info>")]
    pub fn info(&self) -> Result<String, Thrown> {
        Ok(self.0.info()?)
    }

    /// What the rules found: `tlevel check --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Findings>")]
    pub fn findings(&self) -> Result<String, Thrown> {
        Ok(self.0.findings()?)
    }

    /// The map, with the size of each pathway's core.
    #[wasm_bindgen(unchecked_return_type = "Json<Overview>")]
    pub fn overview(&mut self) -> Result<String, Thrown> {
        Ok(self.0.overview()?)
    }

    /// The built-in policies, and the one in force.
    #[wasm_bindgen(unchecked_return_type = "Json<NamedPolicy[]>")]
    pub fn policies(&self) -> Result<String, Thrown> {
        Ok(self.0.policies()?)
    }

    /// Chooses a policy: a name, or a policy as JSON.
    #[wasm_bindgen(js_name = setPolicy)]
    pub fn set_policy(&mut self, policy: &str) -> Result<(), Thrown> {
        Ok(self.0.set_policy(policy)?)
    }

    /// Sets the shares that make core; an empty text is the policy's own.
    #[wasm_bindgen(js_name = setQuorum)]
    pub fn set_quorum(&mut self, pathway: &str, route: &str) -> Result<(), Thrown> {
        Ok(self.0.set_quorum(pathway, route)?)
    }

    /// Makes an exception for an occupation: include, exclude, specialism or clear.
    pub fn except(&mut self, occupation: &str, how: &str) -> Result<(), Thrown> {
        Ok(self.0.except(occupation, how)?)
    }

    /// All programmes: `tlevel derive --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Derivation>")]
    pub fn derivation(&mut self) -> Result<String, Thrown> {
        Ok(self.0.derivation()?)
    }

    /// The programme of a pathway.
    #[wasm_bindgen(unchecked_return_type = "Json<Programme>")]
    pub fn programme(&mut self, pathway: &str) -> Result<String, Thrown> {
        Ok(self.0.programme(pathway)?)
    }

    /// Which occupation of a pathway has which topic.
    #[wasm_bindgen(unchecked_return_type = "Json<Matrix>")]
    pub fn matrix(&mut self, pathway: &str) -> Result<String, Thrown> {
        Ok(self.0.matrix(pathway)?)
    }

    /// The size of a pathway's core for each quorum.
    #[wasm_bindgen(unchecked_return_type = "Json<CurvePoint[]>")]
    pub fn curve(&mut self, pathway: &str) -> Result<String, Thrown> {
        Ok(self.0.curve(pathway)?)
    }

    /// The statements of a pathway on a topic.
    #[wasm_bindgen(unchecked_return_type = "Json<TopicView>")]
    pub fn topic(&mut self, pathway: &str, topic: &str) -> Result<String, Thrown> {
        Ok(self.0.topic(pathway, topic)?)
    }

    /// The statements behind an item.
    #[wasm_bindgen(unchecked_return_type = "Json<ItemView>")]
    pub fn item(&mut self, pathway: &str, concept: &str) -> Result<String, Thrown> {
        Ok(self.0.item(pathway, concept)?)
    }

    /// The decisions in force.
    #[wasm_bindgen(unchecked_return_type = "Json<Required<DecisionFiles>>")]
    pub fn ledger(&self) -> Result<String, Thrown> {
        Ok(self.0.ledger()?)
    }

    /// Replaces the decisions.
    #[wasm_bindgen(js_name = setLedger, unchecked_return_type = "Json<Applied>")]
    pub fn set_ledger(&mut self, text: &str) -> Result<String, Thrown> {
        Ok(self.0.set_ledger(text)?)
    }

    /// Decisions as a workbook, which the command line reads too; the argument is that of
    /// `setLedger`.
    #[wasm_bindgen(js_name = decisionWorkbook)]
    pub fn decision_workbook(&self, given: &str) -> Result<Vec<u8>, Thrown> {
        Ok(self.0.decision_workbook(given)?)
    }

    /// The decisions of a workbook: one of `decisionWorkbook`, or a review filled in.
    #[wasm_bindgen(js_name = decisionsOfWorkbook, unchecked_return_type = "Json<Required<DecisionFiles>>")]
    pub fn decisions_of_workbook(&self, bytes: &[u8]) -> Result<String, Thrown> {
        Ok(self.0.decisions_of_workbook(bytes)?)
    }

    /// What to ask a panel: `tlevel review --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Questions>")]
    pub fn questions(
        &mut self,
        pathway: &str,
        limit: usize,
        #[wasm_bindgen(unchecked_optional_param_type = "Progress")] progress: Option<Function>,
    ) -> Result<String, Thrown> {
        Ok(self.0.questions(pathway, limit, told(progress.as_ref(), "trying answers"))?)
    }

    /// Where new occupations belong: `tlevel suggest --explain --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Placement[]>")]
    pub fn suggest(&mut self, occupations: &str, limit: usize) -> Result<String, Thrown> {
        Ok(self.0.suggest(occupations, limit)?)
    }

    /// What changes would do: `tlevel whatif --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Difference>")]
    pub fn effects(&mut self, changes: &str) -> Result<String, Thrown> {
        Ok(self.0.effects(changes)?)
    }

    /// What responses propose: `tlevel consult responses --format json`.
    #[wasm_bindgen(unchecked_return_type = "Json<Responses>")]
    pub fn responses(
        &mut self,
        bytes: &[u8],
        name: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "Progress")] progress: Option<Function>,
    ) -> Result<String, Thrown> {
        Ok(self.0.responses(bytes, name, told(progress.as_ref(), "screening"))?)
    }

    /// A draft specification as the bytes of a file.
    pub fn spec(&mut self, pathway: &str, format: &str) -> Result<Vec<u8>, Thrown> {
        Ok(self.0.spec(pathway, format)?)
    }

    /// A picture as the bytes of a file.
    pub fn picture(&mut self, what: &str, id: &str, format: &str) -> Result<Vec<u8>, Thrown> {
        Ok(self.0.picture(what, id, format)?)
    }

    /// A report as the bytes of a file.
    pub fn report(&mut self, what: &str, format: &str) -> Result<Vec<u8>, Thrown> {
        Ok(self.0.report(what, format)?)
    }
}

/// Tells a listener how much of a stage is done.
fn told(progress: Option<&Function>, stage: &str) -> impl FnMut(usize, usize) {
    move |done, total| {
        if let Some(progress) = progress {
            let _ = progress.call3(&JsValue::NULL, &JsValue::from_str(stage), &done.into(), &total.into());
        }
    }
}
