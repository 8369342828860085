//! `tlevel derive --matrix`: which occupation has which topic.

use tlevel::derive::Derivation;
use tlevel::map::{Map, Unit};
use tlevel::topics::{TopicMatrix, Topics};
use tlevel_report::report;

use super::Stop;
use super::format::{Format, Print};
use super::output::Output;
use super::run::Run;

/// Why there is no matrix.
pub(crate) const NO_TOPICS: &str = "statements are shared, so there are no topics; add --share topic";

/// The format of the file: that of its ending, or a table.
pub(crate) fn printer(output: Output) -> Result<Print, Stop> {
    let format = Format::of(&output, Format::Csv, &[])?;
    Ok(Print::new(format, output))
}

/// Writes the matrix of the occupations that count for the programmes.
pub(crate) fn write(
    run: &mut Run<'_>,
    print: Print,
    (map, topics, derivation): (&Map, &Topics, &Derivation),
    wanted: &[String],
) -> Result<(), Stop> {
    let counting = derivation.programmes.iter().flat_map(|programme| &programme.counting);
    let occupations = counting.filter_map(|occupation| map.occupation(&occupation.id));
    let units: Vec<Unit<'_>> = occupations.flat_map(|occupation| occupation.units()).collect();
    let matrix = run.step("matrix", "counting topics", || TopicMatrix::new(topics, &units));
    let of = match (wanted, derivation.programmes.as_slice()) {
        ([_], [one]) => one.pathway.name.as_str(),
        ([], _) => map.title().unwrap_or("the whole map"),
        _ => "the pathways asked for",
    };
    let document = || report::topic_matrix(&matrix, of, |id| map.occupation(id).map(|o| o.title()));
    run.step("write_matrix", "writing the matrix", || print.result(&matrix, document, true))
}
