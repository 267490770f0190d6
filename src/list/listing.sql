-- list_days(from date, to date)
-- The first moment of a day in the organisation's zone, and the first one after another.
SELECT (extract(epoch FROM $2::date::timestamp AT TIME ZONE o.time_zone) * 1000000)::bigint AS since_us,
       (extract(epoch FROM ($3::date + 1)::timestamp AT TIME ZONE o.time_zone) * 1000000)::bigint
           AS until_us
  FROM org o
 WHERE o.org_id = $1;
