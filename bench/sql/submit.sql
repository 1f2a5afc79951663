-- The same rows as POST /api/applications with three papers, written by hand: six statements in one transaction.

-- Left out, to the product's disadvantage: numbers from registers, the idempotency key, the timer, the sealed values.

INSERT INTO cases_application
    (id, shard, version, number, title, applicant_kind, applicant, applicant_shard, account, agent, channel,
     bundle, region, answers, personal_answers, applicant_name, applicant_index, delivery, received_at)
VALUES
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);

INSERT INTO cases_case
    (id, shard, version, application, key, number, service, service_code, service_name, procedure, kind,
     organ, handled_by, plan, clock, state, received_on, outcome, accepted_on, deemed, statutory_due_on,
     promised_due_on, delivery_due_on, running, provisional, supplement_until, gaps, reason, decided_at,
     delivered_at, hearing)
VALUES
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
     %s, %s, %s, %s);

INSERT INTO cases_requirement
    (id, shard, version, application, key, name, cases, way, file, reference, grade, verdict, reason)
VALUES
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);

INSERT INTO journal_entry
    (id, shard, kind, subject, number, act, name, schema, at, actor, on_behalf_of, calendar, law, data, digest)
VALUES
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s),
    (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);

INSERT INTO journal_pending
    (entry, shard)
VALUES
    (%s, %s),
    (%s, %s),
    (%s, %s),
    (%s, %s),
    (%s, %s);

INSERT INTO journal_unsequenced
    (entry, shard)
VALUES
    (%s, %s),
    (%s, %s),
    (%s, %s),
    (%s, %s),
    (%s, %s);
