-- What one press of "Kirim" writes, in one transaction, as the role of the app and under row-level security.
BEGIN;
SELECT set_config('app.ctx', :context, true);
SELECT gen_random_uuid() AS application, gen_random_uuid() AS entry, gen_random_uuid() AS message, gen_random_uuid() AS event \gset
INSERT INTO foundation_answer (key, created_at) VALUES (sha256(convert_to(:application, 'UTF8')), now()) ON CONFLICT (key) DO NOTHING;
INSERT INTO applications_application (id, region_id, owner_id, number, service_id, release_id, state, is_matched,
    needs_consent, subject_index, kk_index, subject, answers, facts, status_index, round, created_at, changed_at,
    submitted_at, due_at, reason, kept)
VALUES (:application, 5171, :owner, left(:application, 24), 'ktp_el_hilang', :release, 'submitted', true, false,
    sha256(convert_to(:application, 'UTF8')), sha256(convert_to(:application, 'UTF8')), decode(repeat('ab', 180), 'hex'),
    decode(repeat('ab', 260), 'hex'), decode(repeat('ab', 620), 'hex'), sha256(convert_to(:event, 'UTF8')), 0, now(), now(),
    now(), now(), '', 'whole');
INSERT INTO applications_event (id, region_id, owner_id, application_id, at, act, state, actor_kind, actor_id, reason, is_internal)
VALUES (:event, 5171, :owner, :application, now(), 'submit', 'submitted', 'citizen', :owner, '', false);
INSERT INTO applications_claim (id, service_id, subject_index, application_id, region_id, owner_id)
VALUES (gen_random_uuid(), 'ktp_el_hilang', sha256(convert_to(:application, 'UTF8')), :application, 5171, :owner);
INSERT INTO workqueue_item (application_id, region_id, owner_id, queued_at, due_at, kk_index, is_escalated)
VALUES (:application, 5171, :owner, now(), now(), sha256(convert_to(:application, 'UTF8')), false);
INSERT INTO notifications_message (id, region_id, owner_id, application_id, event, language, channel, address, params,
    status, planned_at, due_at)
VALUES (:message, 5171, :owner, :application, 'application_received', 'id', 'email', decode(repeat('cd', 60), 'hex'),
    decode(repeat('cd', 300), 'hex'), 'planned', now(), now());
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)
VALUES ('benchmark', 'benchmark', jsonb_build_object('message_id', :message::text), 'succeeded');
INSERT INTO audit_entry (id, region_id, at, actor_kind, actor_id, act, object_kind, object_id, reason)
VALUES (:entry, 5171, now(), 'citizen', :owner, 'case.send', 'application', :application, '');
INSERT INTO audit_pending (entry_id, region_id) VALUES (:entry, 5171);
UPDATE foundation_answer SET answer = decode(repeat('ef', 64), 'hex') WHERE key = sha256(convert_to(:application, 'UTF8'));
COMMIT;
