/** Pattern: what the families say of a code, as a hint while one types. The server decides. */
import type { Family } from '../../api';
import { clean } from '../../scanner/code';
import { plural } from '../../words/words';
import { capacityOf, familyOf } from '../../scanner/family';

/** What a pattern ends in where the code's last number is how many children its bag holds. */
export const countTail = '-([1-9]\\d?|[1-4]\\d\\d|500)$';

export function verdictOn(code: string, families: readonly Family[]): string {
  const family = familyOf(code, families);
  if (family !== undefined)
    return `${clean(code)} is a parent of ${family.name}, and holds ${plural(capacityOf(family, code), 'child', 'children')}.`;
  return `${clean(code)} is of no family${/^[A-Z0-9]{4,20}$/.test(clean(code)) ? ': it is a child.' : ', and can’t be a child.'}`;
}
