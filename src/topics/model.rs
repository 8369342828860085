//! The fast way: phrases are found by their rarest stem, centroids and similar
//! statements by posting lists. Every sum is in the order of [`reference`](super::reference).

use std::borrow::Cow;

use super::prepare::{
    DECIDED, GIVES, MEMBERS, MOST_WORDS, Phrase, Prepared, Run, SIMILAR, SIMILARITY, SPEAKS_FOR, SURE, TOO_FREQUENT,
};
use crate::each::each;

/// The minimum number of statements that a thread scores with one scratch.
const AT_ONCE: usize = 256;

/// A topic's number and a value.
pub(super) type Valued = (u32, f64);

/// What a run has learnt, from which each statement's scores follow.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) run: Run,
    /// The phrases whose rarest stem each stem is.
    by_rarest: Vec<Vec<u32>>,
    /// The statements as unit vectors, stems in order.
    vectors: Vec<Vec<(u32, f64)>>,
    /// The topic in whose centroid each statement is.
    member_of: Vec<Option<u32>>,
    /// The length of each topic's centroid before it is scaled; 0 for none.
    lengths: Vec<f64>,
    /// For each stem the centroids that have it.
    centroids: Vec<Vec<Valued>>,
    /// For each stem that is not too frequent the statements that have it.
    holders: Vec<Vec<(u32, f64)>>,
    /// How much each statement's words say for each topic.
    words: Vec<Vec<Valued>>,
    /// Each statement's best topics by words and centroids.
    best: Vec<Vec<Valued>>,
}

/// A statement of the run, or one that is read by what the run has learnt.
pub(super) struct Read<'r> {
    pub(super) statement: &'r Prepared,
    /// Its stems, weighted and of length 1.
    pub(super) vector: &'r [(u32, f64)],
    /// The topic in whose centroid it is.
    pub(super) member_of: Option<u32>,
    /// Its number in the run.
    pub(super) number: Option<u32>,
}

/// A phrase that a statement has, and the place of its first word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) phrase: u32,
    pub(super) place: usize,
}

/// A stem of a topic's phrase in a statement, and what it is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    pub(super) topic: u32,
    pub(super) stem: u32,
    pub(super) value: f64,
    pub(super) hit: Hit,
}

/// How much words and the centroid say for a topic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub(super) topic: u32,
    pub(super) words: f64,
    pub(super) centroid: f64,
}

impl Parts {
    pub(super) fn sum(self) -> f64 {
        self.words.min(MOST_WORDS) + self.centroid
    }
}

/// Memory that is used again from statement to statement.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    topics: Vec<f64>,
    statements: Vec<f64>,
    touched: Vec<u32>,
}

impl Scratch {
    pub(super) fn new(model: &Model) -> Scratch {
        let (topics, statements) = (vec![0.0; model.run.topics()], vec![0.0; model.run.statements.len()]);
        Scratch { topics, statements, touched: Vec::new() }
    }
}

/// Adds to a sum and remembers which sums are not zero.
fn add(sums: &mut [f64], touched: &mut Vec<u32>, at: u32, value: f64) {
    let sum = &mut sums[at as usize];
    if *sum == 0.0 {
        touched.push(at);
    }
    *sum += value;
}

/// Takes the sums out, in order of their numbers; all are zero again.
fn drain(sums: &mut [f64], touched: &mut Vec<u32>) -> Vec<Valued> {
    touched.sort_unstable();
    touched.dedup();
    touched.drain(..).map(|at| (at, std::mem::take(&mut sums[at as usize]))).collect()
}

/// The best first; of equal ones that with the lower number.
pub(super) fn best_first(a: &Valued, b: &Valued) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

impl Model {
    pub(super) fn new(run: Run) -> Model {
        let mut by_rarest = vec![Vec::new(); run.stems.len()];
        for (p, phrase) in run.phrases.iter().enumerate() {
            let rarest = phrase.stems.iter().min_by_key(|stem| (run.frequency[**stem as usize], **stem));
            if let Some(&stem) = rarest.filter(|stem| run.frequency[**stem as usize] > 0) {
                by_rarest[stem as usize].push(p as u32);
            }
        }
        let vectors: Vec<Vec<(u32, f64)>> = run.statements.iter().map(|s| unit_vector(&run, s)).collect();
        let mut holders = vec![Vec::new(); run.stems.len()];
        for (i, vector) in vectors.iter().enumerate() {
            for &(stem, value) in vector.iter().filter(|(stem, _)| run.frequency[*stem as usize] < TOO_FREQUENT) {
                holders[stem as usize].push((i as u32, value));
            }
        }
        let (member_of, lengths, centroids) = (Vec::new(), Vec::new(), vec![Vec::new(); run.stems.len()]);
        let (words, best) = (Vec::new(), Vec::new());
        let mut model = Model { run, by_rarest, vectors, member_of, lengths, centroids, holders, words, best };
        model.words = each(&model.run.statements, AT_ONCE, || (), |(), statement| model.words(statement));
        model.member_of = model.words.iter().map(|words| sure(words)).collect();
        model.learn_centroids();
        model.best = model.of_each(|own, scratch| model.best(own, scratch));
        model
    }

    /// The results of `work` for each statement of the run, on several threads with the
    /// feature `parallel`.
    pub(super) fn of_each<R: Send>(&self, work: impl Fn(&Read<'_>, &mut Scratch) -> R + Sync + Send) -> Vec<R> {
        let numbers: Vec<usize> = (0..self.run.statements.len()).collect();
        each(&numbers, AT_ONCE, || Scratch::new(self), |scratch, &i| work(&self.own(i), scratch))
    }

    /// The phrases that a statement has.
    pub(super) fn hits(&self, statement: &Prepared) -> Vec<Hit> {
        let mut places: Vec<(u32, usize)> = statement.tokens.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let phrases = statement.counts.iter().flat_map(|(stem, _)| &self.by_rarest[*stem as usize]);
        let hit = |&phrase: &u32| {
            let place = begins(self.run.phrases.get(phrase as usize)?, &places)?;
            Some(Hit { phrase, place })
        };
        phrases.filter_map(hit).collect()
    }

    /// The stems of phrases in a statement, by topic and stem; of several
    /// phrases the one that is worth most.
    pub(super) fn worths(&self, statement: &Prepared) -> Vec<Worth> {
        let mut worths: Vec<Worth> = Vec::new();
        for hit in self.hits(statement) {
            let phrase = &self.run.phrases[hit.phrase as usize];
            let factor = phrase.factor_at(hit.place);
            for &stem in &phrase.stems {
                let value = self.run.weight[stem as usize] * factor;
                worths.extend(phrase.topics.iter().map(|(topic, _)| Worth { topic: *topic, stem, value, hit }));
            }
        }
        let is_out = |topic: &u32| statement.decided.not.contains(topic);
        worths.retain(|worth| !is_out(&worth.topic));
        worths.sort_by(|a, b| {
            let place = (a.topic, a.stem).cmp(&(b.topic, b.stem));
            place.then(b.value.total_cmp(&a.value)).then(a.hit.phrase.cmp(&b.hit.phrase))
        });
        worths.dedup_by_key(|worth| (worth.topic, worth.stem));
        worths
    }

    /// The first step: how much the words of a statement say for each topic.
    pub(super) fn words(&self, statement: &Prepared) -> Vec<Valued> {
        if !statement.decided.belongs.is_empty() {
            return statement.decided.belongs.iter().map(|topic| (*topic, DECIDED)).collect();
        }
        let worths = self.worths(statement);
        let of_topic = |worths: &[Worth]| {
            let topic = worths.first()?.topic;
            let sum: f64 = worths.iter().map(|worth| worth.value).sum();
            Some((topic, self.run.part(statement, topic) * sum / statement.total))
        };
        worths.chunk_by(|a, b| a.topic == b.topic).filter_map(of_topic).collect()
    }

    /// The same; what is known of the run's own statements is not found again.
    fn words_of(&self, read: &Read<'_>) -> Cow<'_, [Valued]> {
        let known = read.number.and_then(|number| self.words.get(number as usize));
        known.map_or_else(|| Cow::Owned(self.words(read.statement)), |words| Cow::Borrowed(&**words))
    }

    /// The centroids of topics with enough sure statements.
    fn learn_centroids(&mut self) {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.run.topics()];
        for (i, topic) in self.member_of.iter().enumerate() {
            if let Some(topic) = topic {
                members[*topic as usize].push(i);
            }
        }
        let (mut sums, mut touched) = (vec![0.0; self.run.stems.len()], Vec::new());
        self.lengths = vec![0.0; members.len()];
        for (topic, members) in members.iter().enumerate().filter(|(_, members)| members.len() >= MEMBERS) {
            for &i in members {
                self.vectors[i].iter().for_each(|(stem, value)| add(&mut sums, &mut touched, *stem, *value));
            }
            let sum = drain(&mut sums, &mut touched);
            let length = sum.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
            self.lengths[topic] = length;
            for (stem, value) in sum {
                self.centroids[stem as usize].push((topic as u32, value / length));
            }
        }
    }

    /// A statement of the run.
    pub(super) fn own(&self, i: usize) -> Read<'_> {
        let member_of = self.member_of.get(i).copied().flatten();
        Read { statement: &self.run.statements[i], vector: &self.vectors[i], member_of, number: Some(i as u32) }
    }

    /// The second step: words and centroid for each topic that has either.
    pub(super) fn parts(&self, read: &Read<'_>, scratch: &mut Scratch) -> Vec<Parts> {
        let (statement, words) = (read.statement, self.words_of(read));
        if !statement.decided.belongs.is_empty() {
            return words.iter().map(|&(topic, _)| Parts { topic, words: 0.0, centroid: DECIDED }).collect();
        }
        let Scratch { topics, touched, .. } = scratch;
        for (stem, value) in read.vector {
            for (topic, other) in &self.centroids[*stem as usize] {
                add(topics, touched, *topic, value * other);
            }
        }
        if let Some(topic) = read.member_of {
            let (product, length) = (topics[topic as usize], self.lengths[topic as usize]);
            if product > 0.0 {
                topics[topic as usize] = without_itself(product, length);
            }
        }
        touched.extend(words.iter().map(|(topic, _)| *topic));
        let mut words = words.iter().peekable();
        let mut parts = Vec::with_capacity(touched.len());
        for (topic, cosine) in drain(topics, touched) {
            let words = words.next_if(|(other, _)| *other == topic).map_or(0.0, |(_, words)| *words);
            if !statement.decided.not.contains(&topic) {
                parts.push(Parts { topic, words, centroid: self.run.part(statement, topic) * cosine });
            }
        }
        parts.retain(|parts| parts.sum() > 0.0);
        parts
    }

    fn best(&self, read: &Read<'_>, scratch: &mut Scratch) -> Vec<Valued> {
        let mut best: Vec<Valued> =
            self.parts(read, scratch).into_iter().map(|parts| (parts.topic, parts.sum())).collect();
        best.sort_by(best_first);
        best.truncate(SPEAKS_FOR);
        best
    }

    /// The statements most like one, and how like.
    pub(super) fn similar(&self, read: &Read<'_>, scratch: &mut Scratch) -> Vec<(u32, f64)> {
        let Scratch { statements, touched, .. } = scratch;
        for (stem, value) in read.vector {
            for (other, its) in &self.holders[*stem as usize] {
                add(statements, touched, *other, value * its);
            }
        }
        let mut similar = drain(statements, touched);
        similar.retain(|(other, likeness)| Some(*other) != read.number && *likeness >= SIMILARITY);
        similar.sort_by(best_first);
        similar.truncate(SIMILAR);
        similar
    }

    /// What a similar statement speaks for, and how much it gives.
    pub(super) fn given(&self, (other, likeness): (u32, f64)) -> impl Iterator<Item = Valued> + '_ {
        self.best[other as usize].iter().map(move |(topic, score)| (*topic, GIVES * likeness * score))
    }

    /// The third step: the scores of a statement, the best first.
    pub(super) fn scores(&self, read: &Read<'_>, scratch: &mut Scratch) -> Vec<Valued> {
        let statement = read.statement;
        let parts = self.parts(read, scratch);
        if !statement.decided.belongs.is_empty() {
            return parts.into_iter().map(|parts| (parts.topic, parts.sum())).collect();
        }
        let similar = self.similar(read, scratch);
        let Scratch { topics, touched, .. } = scratch;
        parts.iter().for_each(|parts| add(topics, touched, parts.topic, parts.sum()));
        for (topic, given) in similar.into_iter().flat_map(|similar| self.given(similar)) {
            if !statement.decided.not.contains(&topic) {
                add(topics, touched, topic, given);
            }
        }
        let mut scores = drain(topics, touched);
        scores.sort_by(best_first);
        scores
    }
}

/// The place of the first occurrence of a phrase's first stem that has all the
/// others near it; `places` are a statement's stems with their places, in
/// order.
fn begins(phrase: &Phrase, places: &[(u32, usize)]) -> Option<usize> {
    let from = |stem: u32, place: usize| places.partition_point(|other| *other < (stem, place));
    let (first, others) = phrase.stems.split_first()?;
    let is_near = |stem: &u32, at: usize| {
        let next = places.get(from(*stem, at.saturating_sub(phrase.reach())));
        next.is_some_and(|(other, place)| other == stem && *place <= at + phrase.reach())
    };
    let occurrences = places[from(*first, 0)..].iter().take_while(|(stem, _)| stem == first);
    occurrences.map(|(_, at)| *at).find(|at| others.iter().all(|stem| is_near(stem, *at)))
}

/// The topic that a statement's words are sure of.
pub(super) fn sure(words: &[Valued]) -> Option<u32> {
    words.iter().min_by(|a, b| best_first(a, b)).filter(|(_, score)| *score >= SURE).map(|(topic, _)| *topic)
}

/// The cosine of a statement and the centroid of the others in it; `product` is
/// that with the centroid it is in, which was so long.
pub(super) fn without_itself(product: f64, length: f64) -> f64 {
    let sum = product * length;
    let others = (length * length - 2.0 * sum + 1.0).max(1e-9);
    ((sum - 1.0) / others.sqrt()).max(0.0)
}

/// A statement's stems, weighted and of length 1.
pub(super) fn unit_vector(run: &Run, statement: &Prepared) -> Vec<(u32, f64)> {
    let value = |&(stem, count): &(u32, u32)| (stem, (1.0 + libm::log(f64::from(count))) * run.weight[stem as usize]);
    let mut vector: Vec<(u32, f64)> = statement.counts.iter().map(value).collect();
    let length = vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, value)| *value /= length);
    vector
}
