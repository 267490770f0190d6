-- profile_show(user_id bigint)
SELECT u.id, u.username, u.email, u.role, a.name AS area, o.time_zone AS zone, u.created_at,
       u.signed_in_at
  FROM users u
  JOIN org o ON o.org_id = $1
  LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
 WHERE u.org_id = $1
   AND u.id = $2::bigint;
