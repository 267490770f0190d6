/**
 * Family: which family a parent's code is of, by the patterns that the server has told. It decides; this
 * is a hint for the moments when it can't be asked, and while one types.
 */
import { clean } from './code';

/** What of a family its codes show. */
export interface Shape {
  pattern: string;
  capacity: number | null; // null: the number that the code ends in
}

/** Whether the code is of the pattern. null: the pattern can't be read (yet). */
export function fits(pattern: string, code: string): boolean | null {
  if (!/^\^.*\$$/.test(pattern)) return null;
  try {
    return new RegExp(pattern).test(clean(code));
  } catch {
    return null;
  }
}

/** The first family that the code fits, as the server chooses. */
export function familyOf<F extends Shape>(code: string, families: readonly F[]): F | undefined {
  return families.find(({ pattern }) => fits(pattern, code));
}

/** How many children the bag with this code holds, which is of the family. */
export function capacityOf({ capacity }: Shape, code: string): number {
  return capacity ?? Number(/\d+$/.exec(clean(code))?.[0]);
}
