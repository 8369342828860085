const REASONS: Record<string, string> = {
  level: 'not at the level of this policy',
  'apprenticeship-only': 'its branch is for apprenticeships only',
  'policy-exception': 'an exception of the policy',
  'no-statements': 'no statements in this map',
  status: 'not approved yet',
  option: 'it is an option of another',
};

/** Why an occupation does not count, in words. */
export const reasonInWords = (code: string): string => REASONS[code] ?? code.replaceAll('-', ' ');
