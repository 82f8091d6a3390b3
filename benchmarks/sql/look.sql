-- What a page of an application reads: session, account, the case and its pages, as the role of the app.
BEGIN;
SELECT set_config('app.ctx', :context, true);
SELECT key, content, expires_at FROM foundation_session WHERE key = sha256('nobody') AND expires_at > now();
SELECT session_epoch, regions FROM sec.session_of(:owner);
SELECT id, region_id, state, subject, answers, facts FROM applications_application WHERE id = :application;
SELECT id, requirement, kind, position FROM documents_page
WHERE application_id = :application AND region_id = 5171 AND removed_at IS NULL ORDER BY requirement, position;
COMMIT;
