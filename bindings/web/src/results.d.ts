/** A map in the native format; fixtures/schema/tlevel-map.schema.json describes it, too. */
export interface MapFile {
    format: 'tlevel-map';
    version: number;
    title?: string | null;
    published?: string | null;
    source?: { name?: string | null; url?: string | null; licence?: string | null; attribution?: string | null } | null;
    routes: MapRoute[];
    set_aside?: { reason: string; route?: string | null; pathway?: string | null; cluster?: string | null; occupation: MapOccupation }[];
}
export interface MapMark { reasons: string[]; note?: string | null }
export interface MapBranch { id: string | null; name: string | null; apprenticeship_only?: MapMark | null }
export interface MapTaught { first_teaching_planned?: string | null; first_teaching?: string | null; last_teaching?: string | null }
export interface MapRoute extends MapBranch, MapTaught { pathways: MapPathway[] }
export interface MapPathway extends MapBranch, MapTaught { clusters: MapCluster[] }
export interface MapCluster extends MapBranch { occupations: MapOccupation[] }
export interface MapOccupation {
    id: string | null;
    title: string | null;
    level: number | null;
    status?: string | null;
    standard?: { reference?: string | null; version?: string | null; url?: string | null } | null;
    url?: string | null;
    occupation_code?: string | null;
    overview?: string | null;
    product?: string | null;
    product_of?: string[];
    progresses_to?: string[];
    job_titles?: string[];
    keywords?: string[];
    mandatory_qualifications?: string[];
    barriers?: string[];
    regulated?: boolean | null;
    regulated_by?: string | null;
    degree?: string | null;
    duration_months?: number | null;
    max_funding?: number | null;
    options?: { id: string | null; title: string | null }[];
    statements?: {
        id: string | null; kind: string | null; text: string | null;
        option?: string | string[] | null; source_id?: string | null; source_text?: string | null;
    }[];
    duties?: {
        id: string | null; text?: string | null; core?: boolean | null; statements?: string[]; options?: string[];
        source_id?: string | null;
    }[];
}

/** Concepts, topics and links: `tlevel harmonise`. */
export interface Harmony {
    format: 'tlevel-concepts';
    version: number;
    map: string | null;
    threshold: number | null;
    concepts: {
        id: string; kind: Kind; text: string; statements: (StatementRef & { text: string })[];
        cohesion: number; weakest: { a: StatementRef; b: StatementRef; score: number } | null; topic: string | null;
    }[];
    topics: {
        id: string; heading: string; source: HeadingSource; nature: Nature;
        statements: (StatementRef & { score: number })[]; concepts: string[];
    }[];
    links: Link[];
    stale: { line: number; place: string; occupation: string; statement: string; reason: string }[];
}
export type HeadingSource = 'vocabulary' | 'map' | 'decision';
export interface Share { term: string; share: number }
/** Two statements that are joined, or almost. */
export interface Link {
    a: StatementRef;
    b: StatementRef;
    score: number;
    joined: boolean;
    shared: Share[];
    company: Share[];
    near_words?: { first: string; second: string; share: number }[];
    unmatched: { first: string; second: string; share: number } | null;
    only_a: string[];
    only_b: string[];
    contradictions: Contradiction[];
}
export type Contradiction =
    | { numbers: { first: string[]; second: string[] } }
    | { levels: { first: string[]; second: string[] } }
    | { negation: { word: string; in_first: boolean } }
    | { responsibility: { first: string; second: string } }
    | { opposites: { first: string; second: string } };

/** Which occupation has which topic: `tlevel derive --matrix`. */
export interface TopicMatrix {
    areas: { id: string; heading: string; nature: Nature; units: number }[];
    rows: {
        occupation: string; option: string | null; statements: number;
        cells: { area: number; statements: number; has: boolean }[];
    }[];
}

/** Clusters for a new occupation: `tlevel suggest`. */
export interface Placement {
    occupation: string;
    verdict: 'place' | 'ambiguous' | 'overlaps' | 'same-title' | 'known-as' | 'too-little' | 'none';
    because: string | null;
    known?: { occupation: string | null; title: string; cluster: string; list?: string }[];
    suggestions: Suggestion[];
    /** With the option `explain`: all that is behind each suggestion. */
    explanations?: {
        cluster: string; name: string; score: number; shares: Share[]; near_words?: MeaningShare[];
        nearest: { occupation: string; title: string; cluster: string; score: number }[]; against: string[];
    }[];
}
export interface Suggestion {
    route: string;
    route_name: string;
    pathway: string;
    pathway_name: string;
    cluster: string;
    cluster_name: string;
    score: number;
    confidence: number;
    evidence: Share[];
    near_words?: MeaningShare[];
}
export interface MeaningShare { word: string; near: string[]; share: number }

/** Why something is or is not core: `tlevel derive --explain`. */
export type Explanation = ExplainedConcept | ExplainedTopic;
/** A tier of a programme as explanations write it; `dropped` by people. */
export type Role = 'route-core' | 'pathway-core' | 'group-core' | 'specialism' | 'near-miss' | 'dropped';
export interface ExplainedConcept {
    format: 'tlevel-explanation';
    version: number;
    concept: string;
    kind: Kind;
    label: string | null;
    text: string;
    topic: { id: string; heading: string } | null;
    statements: (StatementRef & { text: string })[];
    places: {
        route: string; pathway: string; role: Role; decided?: boolean;
        part?: 'element' | 'source' | 'left' | 'not-core' | 'no-topic';
        need: number; of: number;
        holders: { occupation: Titled; statements: StatementRef[] }[];
        missing: { occupation: Titled; nearest: { statement: string; text: string; score: number; like: string } | null }[];
        change: string;
    }[];
    links: Link[];
    almost: Link[];
    /** Which topics the statement that was asked for may have. */
    topics?: {
        occupation: string; statement: string; candidates: Record<string, unknown>[]; verdict: string;
    };
}
export interface ExplainedTopic {
    format: 'tlevel-explained-topic';
    version: number;
    id: string;
    heading: string;
    source: HeadingSource;
    nature: Nature;
    usual: Support;
    places: {
        route: Named; pathway: Named; role: Role; groups?: Named[]; decided?: boolean; support: Support; need: number;
        holders: TopicUnit[]; missing: TopicUnit[]; chance: number; change: string;
    }[];
}
/** An occupation, or an option of one, with its statements on a topic. */
export type TopicUnit = Record<string, unknown> & { short: number };

export type BranchTier = 'route' | 'pathway' | 'cluster';
export type Status = 'approved' | 'plan-in-development' | 'in-development' | 'none' | 'unknown';
export interface BranchAt extends Named { tier: BranchTier; parent?: string }
export interface OccupationPlace { route: Named; pathway: Named; cluster: Named }
/** A statement or a duty of an occupation, with its wording. */
export interface OfOccupation { occupation: string; title: string }

/** What differs between two maps, or what changes would do: `tlevel diff`, `tlevel whatif`. */
export interface Difference {
    format: 'tlevel-difference';
    version: number;
    files?: { old: string; new: string };
    changes: MapChanges;
    effect: Effect;
}
/** Lists that are empty are left out. */
export interface MapChanges {
    old: MapInfo;
    new: MapInfo;
    summary: Record<
        | 'old_occupations' | 'new_occupations' | 'kept' | 'recoded' | 'added' | 'removed' | 'moved' | 'relevelled'
        | 'retitled', number>;
    not_covered?: { missing_in: 'old' | 'new'; tier: BranchTier; branches: Named[]; of: number; occupations: number }[];
    branches_added?: BranchAt[];
    branches_removed?: BranchAt[];
    branches_renamed?: { tier: BranchTier; id: string; from: string; to: string }[];
    branches_recoded?: { tier: BranchTier; name: string; from: string; to: string }[];
    branches_moved?: (Named & { tier: BranchTier; from: Named; to: Named })[];
    opened?: (Named & { tier: BranchTier; reasons: string[]; note: string | null })[];
    closed?: (Named & { tier: BranchTier; reasons: string[]; note: string | null })[];
    marks_changed?: (Named & { tier: BranchTier; from: string[]; to: string[]; note: string | null })[];
    teaching?: (Named & { tier: BranchTier; date: 'planned' | 'first' | 'last'; from: string | null; to: string | null })[];
    recoded?: { from: string; to: string; title: string; level: number; by: 'code' | 'reference' | 'number' | 'title' }[];
    occupations_added?: OccupationAt[];
    occupations_removed?: OccupationAt[];
    moved?: (Titled & { across: BranchTier; from: OccupationPlace; to: OccupationPlace })[];
    relevelled?: (Titled & { from: number; to: number })[];
    retitled?: { id: string; from: string; to: string; was_approved: boolean }[];
    status?: (Titled & { from: Status; to: Status })[];
    statements_added?: StatementAt[];
    statements_removed?: StatementAt[];
    reworded?: (OfOccupation & {
        statement: string; was: string; kind: Kind; from: string; to: string; likeness: number;
        matched_by: 'id' | 'likeness';
    })[];
    renumbered?: (OfOccupation & { from: string; to: string })[];
    options_changed?: (OfOccupation & { statement: string; from: string[]; to: string[] })[];
    options_added?: (OfOccupation & { option: string; name: string })[];
    options_removed?: (OfOccupation & { option: string; name: string })[];
    options_renamed?: (OfOccupation & { option: string; from: string; to: string })[];
    duties_added?: (OfOccupation & { duty: string; text: string })[];
    duties_removed?: (OfOccupation & { duty: string; text: string })[];
    duties_reworded?: (OfOccupation & { duty: string; was: string; from: string; to: string; likeness: number })[];
    details?: (Titled & { members: string[] })[];
}
export interface MapInfo {
    title: string | null; published: string | null; licence: string | null; attribution: string | null;
}
export interface OccupationAt extends Titled {
    level: number; status: Status; place: OccupationPlace; set_aside: string | null;
}
export interface StatementAt extends OfOccupation { statement: string; kind: Kind; text: string }

/** The effect on the programmes; what is empty is left out. */
export interface Effect {
    policy?: { quorum: (number | string)[]; route_quorum: (number | string)[]; others: string[] };
    programmes?: ProgrammeEffect[];
}
export interface ProgrammeEffect {
    route: Named;
    pathway: Named;
    fate: 'appears' | 'changes' | 'disappears';
    reason?: string;
    branch?: string;
    counting_gained?: Titled[];
    counting_lost?: Titled[];
    topics?: {
        id: string; heading: string; was: string | null; is: string | null; groups?: Named[]; support: Support;
        causes: Cause[];
    }[];
    route_core?: TierEffect;
    pathway_core?: TierEffect;
    group_core?: TierEffect;
    specialisms_gained?: SpecialismEffect[];
    specialisms_lost?: SpecialismEffect[];
    specialisms_changed?: SpecialismEffect[];
}
export interface TierEffect { gained: ItemEffect[]; lost: ItemEffect[] }
export interface ItemEffect {
    concept: string;
    kind: Kind;
    label?: string;
    text: string;
    support: Support;
    /** What it was before it was gained, or is after it was lost. */
    other: 'route-core' | 'pathway-core' | 'group-core' | 'specialism' | 'none';
    causes: Cause[];
}
/** `occupation-added`, `statement-reworded`, `policy` and so on, and where. */
export interface Cause { kind: string; occupation?: string; statement?: string; branch?: string }
export interface SpecialismEffect {
    title: string;
    occupations: string[];
    option: string | null;
    items: number;
    gained?: string[];
    lost?: string[];
    was?: string;
    outcomes_gained?: string[];
    outcomes_lost?: string[];
    outcomes_reworded?: { from: string; to: string }[];
}

/** What to ask a panel: `tlevel review`. */
export interface Questions {
    format: 'tlevel-questions';
    version: number;
    map: string | null;
    policy: string;
    route: Named;
    pathway: Named;
    questions: Question[];
    disagreements: { sides: QuestionSide[]; answers: { place: string; verdict: PairVerdict; note: string }[] }[];
    decided: { sides: QuestionSide[]; verdict: PairVerdict; note: string; place: string; stale: string | null }[];
    /** Pairs in all, and of these: elsewhere, settled by others, without a change, not tried. */
    pairs: number;
    elsewhere: number;
    settled: number;
    unchanged: number;
    untried: number;
}
export type PairVerdict = 'same' | 'different' | 'preferred' | 'unsure';
export interface QuestionSide { occupation: string; title: string; statement: string; text: string; hash: string }
export interface Question {
    sides: QuestionSide[];
    kind: Kind;
    score: number;
    joined: boolean;
    shared: string[];
    changes: CoreChanges;
    unsure: boolean;
    note: string;
}
export interface CoreItem { text: string; tier: string; topic?: string }
export interface ChangedTopic { heading: string; tier: string; support: Support; before?: Support }
/** What the answer would change in the core. `joined` and `parted` are items with a number of others. */
export interface CoreChanges {
    enter: CoreItem[];
    leave: CoreItem[];
    moved: CoreItem[];
    joined: (CoreItem | number)[][];
    parted: (CoreItem | number)[][];
    topics_enter: ChangedTopic[];
    topics_leave: ChangedTopic[];
    topics_change: ChangedTopic[];
}

/** What responses propose: `tlevel consult responses`. */
export interface Responses {
    format: 'tlevel-consultation';
    version: number;
    map: MapInfo;
    policy: string;
    screening: {
        kind: 'responses';
        responses: number;
        proposals: Proposal[];
        not_made?: TrackedProposal[];
        not_screened: ResponseNote[];
        notes: ResponseNote[];
    };
}
export interface ResponseNote { line: number; message: string }
export interface Proposal {
    key: string;
    question: 'a' | 'b' | 'c';
    title: string;
    routes: Named[];
    responses: number;
    lines: number[];
    rationales: string[];
    respondents: { line: number; respondent: string | null; organisation: string | null; email: string | null }[];
    places?: { branch: BranchAt; responses: number }[];
    place_by_map?: Named;
    perhaps_same?: { key: string; title: string }[];
    on_the_map?: KnownOccupation;
    /** How much it changes. */
    size: number;
    tracked?: Tracked;
    /** What the tracker has of the occupation, its level and its place. */
    corrected?: { occupation?: string; level?: number; place?: string };
    screening: Screening;
}
export interface Tracked {
    status?: string; decision?: 'agreed' | 'not-agreed' | 'deferred' | 'same-as'; decided_by?: string; reason?: string;
}
export interface TrackedProposal {
    key: string; title: string; occupation?: string; level?: number; place?: string; same_as?: string; tracked: Tracked;
    at: string;
}
export interface KnownOccupation extends Titled { level: number; status: Status; place: OccupationPlace }
/** The screening of a proposal: of (a) `new-occupation`, (b) `move-occupation`, (c) `open-branch`. */
export type Screening =
    | ({ kind: 'new-occupation'; placement: Placement; outcome: Outcome | null } & Facts)
    | ({ kind: 'move-occupation'; occupation: KnownOccupation; placement: Placement; outcome: Outcome } & Facts)
    | ({ kind: 'open-branch'; branch: BranchAt; outcome: Outcome } & Facts);
export interface Outcome { size: number; effect: Effect }
/** What else a screening says, point by point; a report shows it. */
export interface Facts {
    open_questions: { code: string; asks: string }[];
    missing: { code: string; of: Titled[] }[];
    [point: string]: unknown;
}
