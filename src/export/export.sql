-- export_begin()
-- For the rest of the transaction times are in the organisation's time zone, and the transaction
-- may be idle while a workbook is compressed.
SELECT set_config('TimeZone', o.time_zone, true) AS zone,
       set_config('idle_in_transaction_session_timeout', '5min', true) AS patience,
       to_char(now() AT TIME ZONE o.time_zone, 'YYYY-MM-DD') AS day
  FROM org o
 WHERE o.org_id = $1;
