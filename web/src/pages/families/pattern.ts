/** Pattern: whether a code is of a family, as a hint while one types. The server decides. */
import type { Family } from '../../api';
import { clean } from '../../scanner/code';
import { plural } from '../../app/words';

/** What a pattern ends in where the code's last number is how many children its bag holds. */
export const countTail = '-([1-9]\\d?|[1-4]\\d\\d|500)$';

/** null: the pattern can't be read (yet). */
export function fits(pattern: string, code: string): boolean | null {
  if (!/^\^.*\$$/.test(pattern)) return null;
  try {
    return new RegExp(pattern).test(clean(code));
  } catch {
    return null;
  }
}

/** What the bag with this code holds. */
const capacityOf = ({ capacity }: Family, code: string): number => capacity ?? Number(/\d+$/.exec(clean(code))?.[0]);

/** What the families say of a code: the first one that it fits. */
export function verdictOn(code: string, families: readonly Family[]): string {
  const family = families.find(({ pattern }) => fits(pattern, code));
  if (family !== undefined) return `${clean(code)} is a parent of ${family.name}, and holds ${plural(capacityOf(family, code), 'child', 'children')}.`;
  return `${clean(code)} is of no family${/^[A-Z0-9]{4,20}$/.test(clean(code)) ? ': it is a child.' : ', and can’t be a child.'}`;
}
