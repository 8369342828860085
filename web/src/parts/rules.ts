// What the rules of the check say, for people. A rule that is not here keeps its own name.

const TITLES: Record<string, string> = {
  'eligible-without-statements': 'Occupations at level 3 without statements',
  'missing-route': 'Occupations without a route',
  'missing-pathway': 'Occupations without a pathway',
  'missing-cluster': 'Occupations without a cluster',
  'missing-level': 'Occupations without a level',
  'missing-name': 'Entries without a name',
  'missing-options': 'Occupations whose options are missing',
  'heading-among-statements': 'Headings that stand among the statements',
  'cluster-spans-bands': 'Clusters that mix levels',
  'duplicate-statement': 'Statements that occur twice in an occupation',
  'long-statement': 'Statements that are very long',
  'bundled-statement': 'Statements that say several things at once',
  'placeholder-statement': 'Statements that are only placeholders',
  'empty-statement': 'Statements without a text',
  'unread-statements': 'Statements that could not be read',
  'cleaned-text': 'Texts that were tidied',
  'untidy-name': 'Names with stray spaces or signs',
  'similar-name': 'Names that are almost the same',
  'spelt-two-ways': 'Names that are spelt in two ways',
  'same-title-and-level': 'Occupations with the same title and level',
  'approved-without-reference': 'Approved occupations without a reference',
  'unknown-field': 'Fields that are not read',
  'unknown-status': 'Statuses that are not known',
  'older-version': 'Older versions of a standard',
  'repeated-record': 'Records that occur twice',
  'misplaced-occupations': 'Occupations in the wrong place',
  'empty-route': 'Routes without a pathway',
  'empty-pathway': 'Pathways without a cluster',
  'empty-cluster': 'Clusters without an occupation',
  'apprenticeship-only-without-reason': 'Apprenticeship-only branches without a reason',
};

/** The heading of a rule. */
export function ruleInWords(rule: string): string {
  const name = rule.replaceAll('-', ' ');
  return TITLES[rule] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
