-- The first fifty steps that wait for an officer's organ, by hand: session with account, posts with organs, then the steps
-- with their cases. The same rows as the product reads, in one transaction.
SELECT s.session_data, a.id, a.password, a.is_active, a.phone, a.home
FROM people_session s
JOIN people_account a ON a.id = s.account_id
WHERE s.session_key = %(session)s AND s.expire_date > %(now)s;
SELECT p.role, p.organ_id, o.path, p.region_code, p.services
FROM people_post p
JOIN network_organ o ON o.id = p.organ_id
WHERE p.account_id = %(account)s AND p.valid_from <= %(now)s AND (p.valid_to IS NULL OR p.valid_to > %(now)s);
SELECT s.id, s.key, s.version, s.due_on, s.claimed_by, c.number, c.service_code, c.service_name, c.kind, c.state,
       c.received_on, c.version
FROM cases_step s
JOIN cases_case c ON c.shard = s.shard AND c.id = s."case"
WHERE s.organ = %(organ)s AND s.state IN ('ready', 'working') AND s.kind NOT IN ('decision', 'wait')
ORDER BY s.due_on NULLS LAST, s.id
LIMIT 51;
