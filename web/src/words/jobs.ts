/** Jobs: what the server does by itself, in words. */
import type { JobKind, JobState } from '../api';

export const jobWords: Record<JobKind, string> = {
  end_of_day: 'Mail of a day',
  bill_completed: 'Telling of a completed bill',
  retention: 'Deleting what is old',
  import: 'Import of a file',
};

export const jobStates: Record<JobState, string> = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  parked: 'failed',
};
