/** JSON of a `T`: `parse` reads it. */
export type Json<T> = string & { readonly __json?: T };

/** The name of a built-in policy, or a policy. */
export type PolicyOption = 't-level' | 'panel' | Policy | string;

/** Options of the plain functions, named as those of the command line. Files are given as texts. */
export interface Options {
    /** `--policy`; by default `t-level`, and for `harmonise` `panel`. */
    policy?: PolicyOption;
    /** `--new-policy` of `diff`. */
    newPolicy?: PolicyOption;
    /** `--quorum`: `0.6`, `60 %`, `2/3` or `3 of 4`. */
    quorum?: string;
    /** `--route-quorum`. */
    routeQuorum?: string;
    near?: number;
    /** `unit`, `cluster`, `merged` or `merged=SHARE`. */
    specialisms?: string;
    /** The date for which the policy's marks are read. */
    on?: string;
    /** The score that joins statements. */
    threshold?: number;
    /** The same as `threshold`. */
    join?: number;
    exact?: boolean;
    /** Concepts that people judged, as CSV. */
    concepts?: string;
    share?: 'topic' | 'statement';
    /** Decisions on pairs, as CSV. */
    ledger?: string | string[];
    /** Decisions on a draft, as CSV. */
    decisions?: string | string[];
    /** A vocabulary, as JSON or CSV. */
    topics?: string;
    onlyTopics?: boolean;
    /** Decisions on topics, as CSV. */
    topicDecisions?: string;
    /** Only these pathways. */
    pathway?: string | string[];
    /** The format of `spec`; by default `docx`. */
    format?: Format;
    /** The date that a draft shows. */
    date?: string;
    /** How many clusters to suggest. */
    top?: number;
    /** All the evidence for suggestions. */
    explain?: boolean;
    wordsOnly?: boolean;
    /** The names of the two maps of `diff`. */
    names?: [string, string];
}

export type Format = 'docx' | 'xlsx' | 'html' | 'md' | 'csv' | 'svg' | 'txt' | 'json';

/** What is told while something takes long: the stage, how much is done, of how much. */
export type Progress = (stage: string, done: number, total: number) => void;

export interface Named { id: string; name: string }
export interface Titled { id: string; title: string }
export interface StatementRef { occupation: string; statement: string }
/** Of how many, how many have it. */
export interface Support { have: number; of: number }
export type Kind = 'knowledge' | 'skill' | 'behaviour';
export type Nature = 'general' | 'occupational';

/** A policy: fixtures/policies has examples. */
export interface Policy {
    format: 'tlevel-policy';
    version: number;
    name: string;
    levels: number[];
    /** A number, or `k/n` where that is not exact. */
    pathway_quorum: number | string;
    route_quorum: number | string;
    min_sharers: number;
    min_pathways: number;
    near: number;
    grouping: { by: 'unit' | 'cluster' } | { by: 'merged'; overlap: number | string };
    share?: 'topic' | 'statement';
    exceptions: { occupation: string; role: 'counts' | 'specialism-only' | 'left-out'; note: string }[];
    hours: { qualification_min: number; qualification_max: number; specialism_min_share: number; placement_min: number };
    apprenticeship_only: { branch: string; also_known_as: string[]; reasons: string[]; note: string; from: string | null; until: string | null }[];
    on: string | null;
}

/** What the rules found: `tlevel check`. */
export interface Findings {
    format: 'tlevel-findings';
    version: number;
    findings: Finding[];
    counts: {
        error: number; warning: number; note: number; rules: Record<string, number>;
        routes: number; pathways: number; clusters: number; occupations: number; statements: number; set_aside: number;
    };
}

export interface Finding {
    rule: string;
    severity: 'error' | 'warning' | 'note';
    place: { pointer: string; line: number | null; column: number | null };
    message: string;
}

/** All programmes: `tlevel derive`. */
export interface Derivation {
    format: 'tlevel-programmes';
    version: number;
    map: { title: string | null; published: string | null; licence: string | null; attribution: string | null };
    policy: Policy;
    programmes: Programme[];
    no_programme: { route: Named; pathway: Named; reason: string; branch: string | null; excluded: Excluded[] }[];
    set_aside: { occupation: string; title: string; level: number | null; reason: string; route: string | null; pathway: string | null }[];
    notes: Note[];
}

export interface Note { code: string; message: string; pair?: NearPair }

/** Two statements that are nearly alike, one in the core and one outside it. */
export interface NearPair { score: number; core: NearStatement; outside: NearStatement }

export interface NearStatement { occupation: string; title: string; statement: string; text: string }

export interface Excluded { occupation: string; title: string; level: number | null; reason: string; branch: string | null }

/** The T Level of a pathway. */
export interface Programme {
    route: Named;
    pathway: Named;
    counting: Titled[];
    route_core: Item[];
    pathway_core: Item[];
    group_core: { group: Named; occupations: string[]; options?: string[]; content: Item[] }[];
    specialisms: Specialism[];
    near_misses: NearMiss[];
    excluded: Excluded[];
    topics: CoreTopic[];
    near_topics: NearTopic[];
    notes: Note[];
}

export interface Item {
    concept: string;
    kind: Kind;
    label?: string;
    topic?: { id: string; heading: string };
    text: string;
    support: Support;
    statements: StatementRef[];
    also_in: string[];
}

export interface Specialism {
    title: string;
    occupations: string[];
    option: string | null;
    content: Item[];
    adds: { occupation: string; option: string | null; content: Item[] }[];
}

export interface NearMiss {
    concept: string;
    kind: Kind;
    label?: string;
    text: string;
    tier: string;
    have: number;
    need: number;
    support: Support;
    blockers: string[];
}

export interface TopicHolder { occupation: string; option?: string; statements: number; of: number; has: boolean }

export interface ScoredStatement { occupation: string; statement: string; text: string; score: number }

/** An element of a topic: what two or more units share. */
export interface Element extends Item { joined?: { concept: string; text: string; score: number }[] }

export interface CoreTopic {
    id: string;
    heading: string;
    source: string;
    tier: string;
    group?: Named;
    nature: Nature;
    support: Support;
    holders: TopicHolder[];
    usual: Support;
    chance: number;
    decided?: boolean;
    elements: Element[];
    sources: ScoredStatement[];
    left: ScoredStatement[];
}

export interface NearTopic {
    id: string;
    heading: string;
    nature: Nature;
    tier: string;
    have: number;
    need: number;
    support: Support;
    chance: number;
    holders: TopicHolder[];
    blockers: string[];
}

/** What a file is, and how much it holds. */
export interface Info {
    name: string;
    title: string | null;
    published: string | null;
    source: string | null;
    url: string | null;
    licence: string | null;
    attribution: string | null;
    occupations: number;
    statements: number;
    routes: number;
    pathways: number;
    clusters: number;
    set_aside: number;
}

/** Why a branch suits apprenticeships only. */
export interface Mark { reasons: string[]; note: string; by_policy: boolean }

export interface Overview { routes: OverviewRoute[] }
export interface OverviewRoute extends Named { mark?: Mark; pathways: OverviewPathway[] }
export interface OverviewPathway extends Named {
    mark?: Mark;
    programme: boolean;
    /** Why there is no programme. */
    why?: string;
    core: { route: number; pathway: number };
    specialisms: number;
    counting: number;
    clusters: OverviewCluster[];
}
export interface OverviewCluster extends Named { mark?: Mark; occupations: OverviewOccupation[] }
export interface OverviewOccupation extends Titled {
    level: number;
    status: string;
    standing: 'counts' | 'specialism' | 'excluded';
    reason?: string;
    branch?: string;
    statements: number;
}

export interface NamedPolicy { name: string; title: string; description: string; policy: Policy }

/** Who has what in a pathway. */
export interface Matrix {
    share: 'topic' | 'statement';
    /** How many occupations must have something for it to be the pathway's. */
    need: number;
    occupations: (Titled & { level: number; statements: number })[];
    rows: MatrixRow[];
}
export type RowTier = 'route' | 'pathway' | 'group' | 'specialism' | 'near';
export interface MatrixRow {
    id: string;
    heading: string;
    nature: string;
    tier: RowTier;
    holders: number;
    of: number;
    /** From 0 (does not have it) to 1. */
    cells: number[];
    count: number[];
}

/** The size of the core if so many occupations must have a topic. */
export interface CurvePoint { needed: number; of: number; route: number; pathway: number }

export interface Lacking extends Titled { nearest?: string }

export interface TopicView {
    id: string;
    heading: string;
    scope: string;
    nature: Nature;
    tier: RowTier | 'dropped';
    statements: {
        occupation: string; title: string; statement: string; kind: Kind; text: string; score: number;
        concept: string | null; decided: boolean; shared: string[];
    }[];
    lacking: Lacking[];
    why: string[];
}

export interface ItemView {
    concept: string;
    label: string;
    kind: Kind;
    tier: RowTier | 'dropped';
    topic: string | null;
    statements: { occupation: string; title: string; id: string; kind: Kind; text: string; concept: string | null }[];
    evidence: { a: string; b: string; score: number; same: boolean; words: string[] }[];
    lacking: Lacking[];
    why: string[];
}

/** Decisions, each kind as its file on the command line (CSV). */
export interface DecisionFiles { pairs?: string; topics?: string; content?: string }
export interface Applied { applied: number; problems: { file: 'pairs' | 'topics' | 'content'; line: number; message: string }[] }
