// What the engine answers: the shapes that the workbench reads.

export interface Info {
  name: string;
  title: string | null;
  published: string | null;
  source: string | null;
  licence: string | null;
  occupations: number;
  statements: number;
  routes: number;
  pathways: number;
}

export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'note';
  place: { pointer?: string; line?: number; column?: number; sheet?: string; cell?: string } | string | null;
  message: string;
}

export interface Findings {
  findings: Finding[];
  counts: { error: number; warning: number; note: number; rules: Record<string, number>; set_aside?: number };
}

export interface Mark {
  reasons: string[];
  note?: string | null;
}

export interface MapOccupation {
  id: string;
  title: string;
  level: number | null;
  status: string;
  standing: string;
  reason?: string | null;
  statements: number;
}

export interface MapCluster {
  id: string;
  name: string;
  mark?: Mark | null;
  occupations: MapOccupation[];
}

export interface MapPathway {
  id: string;
  name: string;
  mark?: Mark | null;
  programme: boolean;
  why?: string | null;
  core: { route: number; pathway: number };
  specialisms: number;
  clusters: MapCluster[];
}

export interface MapRoute {
  id: string;
  name: string;
  mark?: Mark | null;
  pathways: MapPathway[];
}

export interface Overview {
  routes: MapRoute[];
}

export interface PolicyEntry {
  name: string;
  description: string;
  policy: Policy;
}

export interface Policy {
  name: string;
  pathway_quorum: number;
  route_quorum: number;
  near: number;
  levels: number[];
  [key: string]: unknown;
}

export type Tier = 'route' | 'pathway' | 'group' | 'specialism' | 'near';

export interface MatrixRow {
  id: string;
  heading: string;
  nature: string;
  tier: Tier;
  holders: number;
  of: number;
  cells: number[];
  count: number[];
}

export interface Matrix {
  /** How many occupations the pathway core needs. */
  need: number;
  occupations: { id: string; title: string; level: number | null; option?: string | null }[];
  rows: MatrixRow[];
}

export interface CurvePoint {
  needed: number;
  of: number;
  route: number;
  pathway: number;
}

export interface TopicStatement {
  occupation: string;
  statement: string;
  kind: string;
  text: string;
  score: number;
  concept: string;
  shared?: string[];
}

export interface Topic {
  id: string;
  heading: string;
  scope?: string | null;
  statements: TopicStatement[];
  lacking: { id: string; title: string; nearest?: string | null }[];
  why: string[];
}

export interface QuestionSide {
  occupation: string;
  title?: string;
  statement: string;
  text: string;
}

interface QuestionItem {
  text: string;
  tier: string;
  topic?: string | null;
}

interface QuestionTopic {
  heading?: string;
  tier?: string;
}

export interface Question {
  sides: [QuestionSide, QuestionSide];
  score: number;
  /** Whether the program joins them now. */
  joined: boolean;
  shared: string[];
  changes: {
    enter: QuestionItem[];
    leave: QuestionItem[];
    moved: QuestionItem[];
    topics_enter: (QuestionTopic | string)[];
    topics_leave: (QuestionTopic | string)[];
  };
}

interface CoreItem {
  support: { have: number; of: number };
}

export interface Programme {
  route_core: CoreItem[];
  pathway_core: CoreItem[];
}

export interface Questions {
  questions: Question[];
}

export interface Suggestion {
  route_name: string;
  pathway_name: string;
  cluster: string;
  cluster_name: string;
  score: number;
  confidence: number;
  evidence: { term: string; share: number }[];
  near_words?: { word: string; near: string[]; share: number }[];
}

export interface Placement {
  verdict: string;
  because?: string | null;
  known?: { id: string; title: string }[];
  suggestions: Suggestion[];
  explanations?: {
    cluster: string;
    nearest?: { occupation: string; title: string; score: number }[];
    against?: string[];
  }[];
}

export interface LedgerAnswer {
  applied: number;
  problems: { file?: string; line?: number | null; message: string }[];
}

export interface EffectContent {
  text: string;
  kind?: string;
  other?: string;
  support?: { have: number; of: number };
}

export interface EffectTopic {
  heading: string;
  was: string | null;
  is: string | null;
  support?: { have: number; of: number };
}

export interface EffectProgramme {
  route: { id: string; name: string };
  pathway: { id: string; name: string };
  fate: string;
  topics?: EffectTopic[];
  route_core?: { gained: EffectContent[]; lost: EffectContent[] };
  pathway_core?: { gained: EffectContent[]; lost: EffectContent[] };
  counting_gained?: { id: string; title: string }[];
  counting_lost?: { id: string; title: string }[];
  specialisms_gained?: { title: string }[];
  specialisms_lost?: { title: string }[];
  specialisms_changed?: { title: string }[];
}

export interface Effects {
  changes: { summary: Record<string, number> };
  effect: { programmes: EffectProgramme[] };
}

export interface Proposal {
  key: string;
  question: string;
  title: string;
  routes: { id: string; name: string }[];
  responses: number;
  rationales: string[];
  size?: number;
  screening?: {
    kind: string;
    placement?: Placement | null;
    outcome?: { size: number; effect: { programmes?: EffectProgramme[] } } | null;
    open_questions?: { code: string; asks: string }[];
  };
}

export interface Responses {
  screening: {
    kind: string;
    responses: number;
    proposals: Proposal[];
    not_screened: { line: number; message: string }[];
    notes?: { line: number; message: string }[];
  };
}

/** A file that the engine makes. */
export type Format = 'docx' | 'xlsx' | 'html' | 'md' | 'json' | 'svg' | 'png' | 'csv';
