-- young_tables()
-- How many tables have outgrown their statistics, and were analysed; $1 is 0.
SELECT young_tables_analyse() AS count WHERE $1::bigint = 0;
