-- One case for its applicant, by hand.
SELECT c.number, c.service_name, c.state, c.outcome, c.version, c.received_on, c.accepted_on, c.deemed, c.promised_due_on,
       c.statutory_due_on, c.delivery_due_on, c.supplement_until, c.gaps, c.service_code, o.name
FROM cases_case c
JOIN cases_application a ON a.shard = c.shard AND a.id = c.application
JOIN network_organ o ON o.id = c.handled_by
WHERE c.number = %s AND a.applicant = %s;
