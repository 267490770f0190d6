/** Returns: why a parent that came back stays off its bill. */
import type { TicketStay } from '../api';

const stays: Record<TicketStay, string> = {
  bag_gone: 'it was deleted',
  bag_billed: 'it is on a bill again',
  bag_returned: 'it has come back once more',
  bill_gone: 'the bill was deleted',
  bill_full: 'the bill is full',
  bill_completed: 'the bill was completed without it',
};

export const stayWords = (why: string): string => (stays as Partial<Record<string, string>>)[why] ?? why;
