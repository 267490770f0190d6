-- Who made a bill hears that it is completed, by a job.
ALTER TYPE job_kind ADD VALUE 'bill_completed';
ALTER TYPE notice_kind ADD VALUE 'bill_completed';
