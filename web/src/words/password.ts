/** Password: the server's rule, in words while one types. It knows common passwords, too; this does not. */
const shortest = 8;
const passphrase = 15;

const kinds = [
  { pattern: /[A-Z]/, words: 'an upper-case letter' },
  { pattern: /[a-z]/, words: 'a lower-case letter' },
  { pattern: /[0-9]/, words: 'a digit' },
  { pattern: /[^A-Za-z0-9]/, words: 'a sign' },
] as const;

export const passwordRule =
  'A short sentence of 15 characters or more; or 8 with upper and lower case, a digit and a sign.';

/** What is still missing, or ''. */
export function passwordLacks(password: string): string {
  const length = Array.from(password).length;
  if (length >= passphrase) return '';
  const missing: string[] = kinds.filter(({ pattern }) => !pattern.test(password)).map(({ words }) => words);
  if (length < shortest) missing.unshift(`${shortest - length} more characters`);
  return missing.length === 0
    ? ''
    : `Still missing: ${missing.join(', ')}; or ${passphrase - length} more of any kind.`;
}

/** What to say below the field. */
export function passwordHelp(password: string): string {
  if (password === '') return passwordRule;
  return passwordLacks(password) || 'Long enough. Never use one that you have elsewhere.';
}

/** The errors of both fields, for Form.check(). */
export function passwordErrors(password: string, again: string): { password: string; again: string } {
  return {
    password: password === '' ? 'Choose a password.' : passwordLacks(password),
    again: again === password ? '' : 'This is not the same password.',
  };
}
