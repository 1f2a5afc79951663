-- One case for its applicant, by hand: what the door must know (session with account, person with mandates), then the
-- case with its owner and the organ that handles it. The same rows as the product reads, in one transaction.
SELECT s.session_data, a.id, a.password, a.is_active, a.phone, a.home
FROM people_session s
JOIN people_account a ON a.id = s.account_id
WHERE s.session_key = %(session)s AND s.expire_date > %(now)s;
SELECT p.id, p.name, p.assurance, m.firm_id, m.firm_shard, m.kind, m.services
FROM people_person p
LEFT JOIN people_mandate m ON m.shard = p.shard AND m.person_id = p.id AND m.valid_from <= %(now)s
                          AND (m.valid_to IS NULL OR m.valid_to > %(now)s)
WHERE p.shard = %(home)s AND p.account_id = %(account)s;
SELECT c.number, c.service_name, c.state, c.outcome, c.version, c.received_on, c.accepted_on, c.deemed, c.promised_due_on,
       c.statutory_due_on, c.delivery_due_on, c.supplement_until, c.gaps, c.service_code, o.name, a.applicant_kind,
       a.applicant, a.account
FROM cases_case c
JOIN cases_application a ON a.shard = c.shard AND a.id = c.application
JOIN network_organ o ON o.id = c.handled_by
WHERE c.number = %(number)s;
