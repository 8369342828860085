//! Points, clusterings and measures.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use tlevel::derive::Quorum;
use tlevel::harmonise::{Ledger, Measure, Threshold};
use tlevel::study::{self, Method, MisfitStudy, OfficialGrouping, Similarity, SweepStudy};
use tlevel_bindings::options;

use crate::fault::Fault;
use crate::heavy::{caught, heavy};
use crate::labels::Labels;
use crate::map::Map;
use crate::outcome::{Data, Outcome};
use crate::table::Table;
use crate::tables;

/// Figures with their names.
type Values = Vec<(String, f64)>;

/// Points with the similarity of every pair.
#[pyclass(frozen, module = "tlevel._tlevel")]
#[derive(Debug)]
pub(crate) struct Points {
    ids: Vec<String>,
    titles: Vec<String>,
    similarity: Arc<Similarity>,
    /// The map whose occupations they are.
    map: Option<Arc<tlevel::map::Map>>,
}

/// The numbers of a table of measured numbers, `f4` or `f8`.
fn measured(bytes: &[u8], format: &str) -> Result<Vec<f64>, Fault> {
    Ok(match format {
        "f4" => bytes.as_chunks::<4>().0.iter().map(|bytes| f64::from(f32::from_ne_bytes(*bytes))).collect(),
        "f8" => bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_ne_bytes(*bytes)).collect(),
        _ => return Err(Fault::table("X", format!("numbers of the type {format} are not read; give float64"))),
    })
}

/// The numbers of `rows` times `columns` cells, all finite.
fn cells(bytes: &[u8], format: &str, rows: usize, columns: usize) -> Result<Vec<f64>, Fault> {
    let cells = measured(bytes, format)?;
    if rows.checked_mul(columns) != Some(cells.len()) {
        return Err(Fault::shape(format!("X: {} numbers are not {rows} rows of {columns}", cells.len())));
    }
    if let Some(at) = cells.iter().position(|cell| !cell.is_finite()) {
        let place = format!("X, row {}, column {}", at / columns.max(1), at % columns.max(1));
        return Err(Fault::table(place, format!("{} is not a finite number", cells[at])));
    }
    Ok(cells)
}

/// The most points whose pairs are held: four bytes a pair, 5 GB.
const MOST: usize = 50_000;

fn check_size(points: usize) -> Result<(), Fault> {
    if points > MOST {
        return Err(Fault::shape(format!(
            "X: {points} points are more than the {MOST} whose pairs can be held; take a sample"
        )));
    }
    Ok(())
}

fn unnamed(similarity: Option<Similarity>, points: usize, fault: &str) -> Result<Points, Fault> {
    let similarity = similarity.ok_or_else(|| Fault::shape(fault))?;
    let ids: Vec<String> = (0..points).map(|point| point.to_string()).collect();
    Ok(Points { titles: ids.clone(), ids, similarity: Arc::new(similarity), map: None })
}

#[pymethods]
impl Points {
    /// The occupations of a map, compared by their words.
    #[staticmethod]
    fn of_map(py: Python<'_>, map: PyRef<'_, Map>) -> PyResult<Self> {
        let map = map.map.clone();
        heavy(py, move || {
            let points = study::Points::new(&tlevel::place::Placer::new(&map));
            Ok(Points {
                ids: points.ids().to_vec(),
                titles: points.titles().to_vec(),
                similarity: Arc::new(points.similarity().clone()),
                map: Some(map),
            })
        })
    }

    /// Rows of numbers, compared by their cosine; a row of zeros is like none.
    #[staticmethod]
    fn of_vectors(py: Python<'_>, bytes: PyBackedBytes, format: String, rows: usize, columns: usize) -> PyResult<Self> {
        heavy(py, move || {
            check_size(rows)?;
            let mut cells = cells(&bytes, &format, rows, columns)?;
            for row in cells.chunks_mut(columns.max(1)) {
                // the largest first, so that no square is beyond a number
                let largest = row.iter().fold(0.0_f64, |most, cell| most.max(cell.abs()));
                if largest > 0.0 {
                    row.iter_mut().for_each(|cell| *cell /= largest);
                    let length = row.iter().map(|cell| cell * cell).sum::<f64>().sqrt();
                    row.iter_mut().for_each(|cell| *cell /= length);
                }
            }
            let row = |i: usize| &cells[i * columns..(i + 1) * columns];
            let mut condensed = Vec::with_capacity(rows * rows.saturating_sub(1) / 2);
            for i in 0..rows {
                condensed.extend((i + 1..rows).map(|j| {
                    let cosine: f64 = row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum();
                    cosine as f32
                }));
            }
            unnamed(Similarity::new(rows, condensed), rows, "X: the rows cannot be compared")
        })
    }

    /// A square table of cosines.
    #[staticmethod]
    fn of_similarities(py: Python<'_>, bytes: PyBackedBytes, format: String, points: usize) -> PyResult<Self> {
        heavy(py, move || {
            check_size(points)?;
            let cells = cells(&bytes, &format, points, points)?;
            let mut condensed = Vec::with_capacity(points * points.saturating_sub(1) / 2);
            for i in 0..points {
                for j in i + 1..points {
                    let (cosine, other) = (cells[i * points + j], cells[j * points + i]);
                    if (cosine - other).abs() > 1e-6 {
                        let place = format!("X, row {i}, column {j}");
                        return Err(Fault::table(place, format!("{cosine} differs from {other} on the other side")));
                    }
                    if cosine.abs() > 1.0001 {
                        let place = format!("X, row {i}, column {j}");
                        return Err(Fault::table(
                            place,
                            format!("{cosine} is not a cosine; give similarities from -1 to 1"),
                        ));
                    }
                    condensed.push(cosine as f32);
                }
            }
            unnamed(Similarity::new(points, condensed), points, "X: not a table of cosines")
        })
    }

    /// Points as [`condensed`](Self::condensed) kept them; `map` is that of occupations.
    #[staticmethod]
    fn of_condensed(
        py: Python<'_>,
        bytes: PyBackedBytes,
        ids: Vec<String>,
        titles: Vec<String>,
        map: Option<PyRef<'_, Map>>,
    ) -> PyResult<Self> {
        let map = map.map(|map| map.map.clone());
        heavy(py, move || {
            let (pairs, rest) = bytes.as_chunks::<4>();
            let similarity = Similarity::new(ids.len(), pairs.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect());
            let similarity = similarity.filter(|_| rest.is_empty() && titles.len() == ids.len());
            let similarity = similarity.ok_or_else(|| Fault::shape("not the pairs of these points"))?;
            Ok(Points { ids, titles, similarity: Arc::new(similarity), map })
        })
    }

    /// The similarities of all pairs, four bytes each.
    fn condensed<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes: Vec<u8> = self.similarity.condensed().iter().flat_map(|cosine| cosine.to_le_bytes()).collect();
        PyBytes::new(py, &bytes)
    }

    #[getter]
    fn ids(&self) -> Vec<String> {
        self.ids.clone()
    }

    #[getter]
    fn titles(&self) -> Vec<String> {
        self.titles.clone()
    }

    /// The cosine of two points.
    fn similarity(&self, i: usize, j: usize) -> f64 {
        self.similarity.get(i, j)
    }

    /// The groups of the map, in the order of the points.
    fn official(&self, by: &str) -> PyResult<Vec<String>> {
        let map = self.map.as_ref().ok_or_else(|| Fault::option("these points are not the occupations of a map"))?;
        let by = match by {
            "route" => OfficialGrouping::Route,
            "pathway" => OfficialGrouping::Pathway,
            "cluster" => OfficialGrouping::Cluster,
            "band" => OfficialGrouping::Band,
            _ => {
                let hint = tlevel::text::DidYouMean(tlevel::text::closest(by, ["route", "pathway", "cluster", "band"]));
                let message = format!("by: \"{by}\" is neither route, pathway, cluster nor band{hint}");
                return Err(Fault::option(message).into());
            }
        };
        let labels = study::Labels::of(map, by);
        Ok(self.ids.iter().map(|id| labels.get(id).unwrap_or_default().to_owned()).collect())
    }

    fn __len__(&self) -> usize {
        self.ids.len()
    }
}

/// Every measure of how alike two labellings are, and how many points were left out.
#[pyfunction]
pub(crate) fn agreement(py: Python<'_>, a: PyRef<'_, Labels>, b: PyRef<'_, Labels>) -> PyResult<(Values, usize)> {
    let (a, b): (&Labels, &Labels) = (&a, &b);
    let measure = || {
        let measured = |a: &[u32], b: &[u32]| study::agreement::agreement(a, b).map_err(Fault::shape);
        if a.values.len() != b.values.len() || (a.noise.is_empty() && b.noise.is_empty()) {
            return Ok((measured(&a.values, &b.values)?, 0));
        }
        let is_noise = |of: &Labels, point: usize| of.noise.get(point).copied().unwrap_or_default();
        let kept: Vec<usize> =
            (0..a.values.len()).filter(|point| !is_noise(a, *point) && !is_noise(b, *point)).collect();
        let pick = |of: &Labels| kept.iter().map(|point| of.values[*point]).collect::<Vec<u32>>();
        Ok((measured(&pick(a), &pick(b))?, a.values.len() - kept.len()))
    };
    let (measures, left_out) = py.detach(|| caught(measure))?;
    Ok((measures.into_iter().map(|of| (of.measure, of.value)).collect(), left_out))
}

/// Every measure of a labelling by the similarity of points, the table of clusters, and
/// how many points were left out. The labels are the numbers of `names`.
#[pyfunction]
pub(crate) fn internal(
    py: Python<'_>,
    points: PyRef<'_, Points>,
    labels: PyRef<'_, Labels>,
    names: Vec<String>,
) -> PyResult<(Values, Table, usize)> {
    let similarity = points.similarity.clone();
    let (values, noise) = (labels.values.clone(), labels.noise.clone());
    let (study, table, left_out) = heavy(py, move || {
        let mut left_out = 0;
        let study = if noise.is_empty() || values.len() != similarity.len() {
            study::internal::internal(&similarity, &values)
        } else {
            let kept: Vec<usize> = (0..values.len()).filter(|point| !noise.get(*point).is_some_and(|n| *n)).collect();
            left_out = values.len() - kept.len();
            let pairs = kept.iter().enumerate().flat_map(|(i, p)| kept[i + 1..].iter().map(move |q| (*p, *q)));
            let condensed = pairs.map(|(p, q)| similarity.get(p, q) as f32).collect();
            let part = Similarity::new(kept.len(), condensed).unwrap_or_default();
            let values: Vec<u32> = kept.iter().map(|point| values[*point]).collect();
            study::internal::internal(&part, &values)
        };
        let study = study.map_err(Fault::shape)?;
        let table = tables::qualities(&study, &names)?;
        Ok((study, table, left_out))
    })?;
    Ok((study.measures.into_iter().map(|of| (of.measure, of.value)).collect(), table, left_out))
}

/// The group of each point, the steps, and the numbers of clusters that were tried.
#[pyfunction]
pub(crate) fn cluster(
    py: Python<'_>,
    points: PyRef<'_, Points>,
    method: &str,
    clusters: Option<usize>,
    seed: u64,
) -> PyResult<(Vec<u32>, Table, Table)> {
    let similarity = points.similarity.clone();
    let method: Method = method.parse().map_err(|e| Fault::option(format!("method: {e}")))?;
    heavy(py, move || {
        let grouping = study::group(&similarity, method, clusters, seed).map_err(Fault::option)?;
        let (merges, tried) = (tables::merges(&grouping)?, tables::tried(&grouping)?);
        Ok((grouping.labels, merges, tried))
    })
}

/// Occupations that are nearer to another cluster: `tlevel study misfits`.
#[pyfunction]
pub(crate) fn misfits(py: Python<'_>, map: PyRef<'_, Map>, rounds: usize, seed: u64) -> PyResult<Outcome> {
    let map = map.map.clone();
    let study = heavy(py, move || {
        let placer = tlevel::place::Placer::new(&map);
        let asked = placer.len();
        let found = (0..asked).filter_map(|number| study::misfit(&placer, &map, number, rounds, seed)).collect();
        Ok(MisfitStudy::new(rounds, seed, asked, found))
    })?;
    Ok(Data::Misfits(study).into())
}

/// The size of each core by quorum: `tlevel study sweep`.
#[pyfunction]
pub(crate) fn sweep(
    py: Python<'_>,
    map: PyRef<'_, Map>,
    quorums: Vec<String>,
    thresholds: Vec<f64>,
    policy: String,
) -> PyResult<Outcome> {
    let map = map.map.clone();
    let study = heavy(py, move || {
        let quorums = quorums.iter().map(|text| options::quorum(text)).collect::<Result<Vec<Quorum>, _>>()?;
        let thresholds: Result<Vec<Threshold>, _> = thresholds.iter().map(|score| Threshold::new(*score)).collect();
        let thresholds = thresholds.map_err(|e| Fault::option(format!("thresholds: {e}")))?;
        let policy = options::policy(&policy)?;
        let measure = Measure::new(&map);
        let mut rows = Vec::new();
        for threshold in std::iter::once(None).chain(thresholds.into_iter().map(Some)) {
            let swept = study::sweep(&measure, threshold, &quorums, &policy, &Ledger::default());
            rows.extend(swept.map_err(Fault::option)?);
        }
        Ok(SweepStudy::new(rows))
    })?;
    Ok(Data::Sweep(study).into())
}

/// Measures as a table.
#[pyfunction]
pub(crate) fn measures(values: Values) -> PyResult<Table> {
    Ok(tables::measures(&values)?)
}
