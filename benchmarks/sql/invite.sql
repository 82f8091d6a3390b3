-- Drafts of the filling become approved applications whose people are invited to be recorded: after their approval
-- only this is left of the way there. No recordings are entered, so that no draw begins while the rush is measured.
WITH approved AS (
    UPDATE applications_application SET state = 'approved', submitted_at = created_at, due_at = created_at,
        decided_at = created_at, decided_by = %(nobody)s, ends_at = NULL
    WHERE region_id = %(region)s AND id = ANY (%(applications)s) RETURNING *)
INSERT INTO issuance_product (id, region_id, application_id, owner_id, subject_index, service_id, output, state,
    step_id, step_kind, entered_at, reason, created_at)
SELECT gen_random_uuid(), region_id, id, owner_id, subject_index, service_id, 'ktp_el', 'open', 'rekam', 'recording',
    created_at, '', created_at FROM approved
