-- user_list(after text, limit bigint, q text, role user_role, state user_state, area text,
--     idle_seconds integer, absolute_seconds integer, id bigint, username text)
-- People sorted by name; or, with an id or a name, only that person.
SELECT lower(u.username) AS key, u.id, u.username, u.email, u.role, a.name AS area, u.state,
       u.created_at, u.signed_in_at,
       (SELECT l.locked_until
          FROM login_attempt l
         WHERE l.org_id = $1
           AND l.name_hash = sha256(convert_to(lower(u.username), 'UTF8'))
           AND l.locked_until > now()) AS locked_until,
       (SELECT count(*)
          FROM session s
         WHERE s.org_id = $1
           AND s.user_id = u.id
           AND s.used_at > now() - make_interval(secs => $8::integer)
           AND s.created_at > now() - make_interval(secs => $9::integer)) AS sessions,
       EXISTS (SELECT
                 FROM two_factor t
                WHERE t.org_id = $1
                  AND t.user_id = u.id
                  AND t.confirmed_at IS NOT NULL) AS two_factor
  FROM ((SELECT u.id
           FROM users u
           LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
          WHERE u.org_id = $1
            AND $10::bigint IS NULL
            AND $11::text IS NULL
            AND lower(u.username) > COALESCE($2::text, '')
            AND ($4::text IS NULL
                 OR strpos(lower(u.username), lower($4)) > 0
                 OR strpos(lower(u.email), lower($4)) > 0)
            AND ($5::user_role IS NULL OR u.role = $5::user_role)
            AND CASE WHEN $6::user_state IS NULL THEN u.state <> 'deleted'
                     ELSE u.state = $6::user_state
                END
            AND ($7::text IS NULL OR a.name_key = $7)
          ORDER BY lower(u.username)
          LIMIT $3::bigint)
         UNION ALL
        SELECT COALESCE($10::bigint, (SELECT u.id
                                        FROM users u
                                       WHERE u.org_id = $1
                                         AND lower(u.username) = lower($11)
                                         AND u.state <> 'deleted'))) AS found
  JOIN users u ON u.org_id = $1 AND u.id = found.id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
 ORDER BY lower(u.username);
