-- audit_insert(user_id, action, entity, entity_id, before, after, reason, address, request_id)
INSERT INTO audit_log (org_id, user_id, action, entity, entity_id, before, after, reason, address,
                       request_id)
VALUES ($1, $2::bigint, $3, $4, $5::bigint, $6::jsonb, $7::jsonb, $8, $9, $10);
