-- The first fifty steps that wait for an organ, by hand.
SELECT s.id, s.key, s.due_on, c.number, c.service_name, a.number, a.applicant_name
FROM cases_step s
JOIN cases_case c ON c.id = s."case"
JOIN cases_application a ON a.id = s.application
WHERE s.organ = %s AND s.state IN ('ready', 'working')
ORDER BY s.due_on NULLS LAST, s.id
LIMIT 50;
